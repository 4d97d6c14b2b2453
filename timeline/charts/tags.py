"""Tags of places on a map: name, killed and markers in a small box, off each other, tied to their places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import furniture, text, wording
from timeline.charts.edges import Box, clear, crosses
from timeline.charts.palette import INK, MUTE, RED, Look
from timeline.charts.scene import Point, Scene, Shape
from timeline.charts.sites import Kind, Site
from timeline.charts.sizes import Page
from timeline.charts.window import Window

_AWAY = (3.0, 9.0, 18.0, 30.0, 46.0, 66.0, 92.0, 124.0)
_TURNS = tuple(
    math.radians(angle) for angle in (0, 180, 45, 315, 135, 225, 90, 270, 22, 338, 158, 202, 67, 293, 113, 247)
)
_ACROSS = 9
_SIZES = {"town": 2.1, "about": 3.2, "area": 6.0}


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands in a tag, and how large it is in points."""

    site: Site
    name: str
    killed: str
    rows: tuple[tuple[Kind, ...], ...]
    wide: float
    deep: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A site on the page, with the radius of its disc."""

    site: Site
    x: float
    y: float
    radius: float

    @property
    def size(self) -> float:
        """Radius of the dot or ring at the place."""
        return _SIZES[self.site.form]

    @property
    def dot(self) -> Box:
        """The square that a line keeps off."""
        return self.x - self.size, self.y - self.size, self.x + self.size, self.y + self.size

    @property
    def box(self) -> Box:
        """The square that a tag keeps off: all of a small disc, the middle of a large one."""
        reach = max(min(self.radius, 9.0), self.size) + 1.5
        return self.x - reach, self.y - reach, self.x + reach, self.y + reach


def make_tag(site: Site, sheet: Page) -> Tag:
    """Measure a tag."""
    rows = tuple(site.kinds[k : k + _ACROSS] for k in range(0, len(site.kinds), _ACROSS))
    killed = f"{wording.short_total(site.killed)} killed" if site.killed is not None else ""
    name = text.tidy(site.name)
    head = text.width(name, sheet.body, "bold") + (
        text.width(killed, sheet.small, "bold") + sheet.body * 0.7 if killed else 0.0
    )
    wide = max(head, *(sum(_wide(kind, sheet) for kind in row) for row in rows)) + sheet.body * 0.9
    return Tag(site, name, killed, rows, wide, sheet.body * (1.75 + 1.4 * len(rows)))


def _wide(kind: Kind, sheet: Page) -> float:
    number = text.width(str(kind.number), sheet.small) + sheet.body * 0.25 if kind.number > 1 else 0.0
    return sheet.body * 1.55 + number


def place_tags(
    spots: Sequence[Spot], tags: Sequence[Tag], window: Window, fixed: Sequence[Box | None] = ()
) -> list[Box | None]:
    """A box for each tag in the order given, None where there is no room near its place.

    A box keeps off all places, its own among them, and other boxes; its line to its place runs through no box and
    crosses no line.

    Parameters
    ----------
    fixed : sequence of box or None
        Boxes that stand already.
    """
    dots = [spot.box for spot in spots]
    placed: list[Box | None] = list(fixed) or [None] * len(spots)
    leads = [lead(spot, box) for spot, box in zip(spots, placed, strict=True) if box is not None]
    for k, (spot, tag) in enumerate(zip(spots, tags, strict=True)):
        if placed[k] is not None:
            continue
        boxes = [box for box in placed if box is not None]
        others = [*boxes, *dots[:k], *dots[k + 1 :]]
        barred = [*boxes, *(other.dot for n, other in enumerate(spots) if n != k)]
        found = next(
            (
                (box, lead)
                for box, lead in _candidates(spot, tag, window)
                if clear(box, others)
                and not any(crosses(*lead, other) for other in barred)
                and not any(crosses(*earlier, box) or _cross(lead, earlier) for earlier in leads)
            ),
            None,
        )
        if found:
            placed[k] = found[0]
            leads.append(found[1])
    return placed


def _candidates(spot: Spot, tag: Tag, window: Window) -> list[tuple[Box, tuple[Point, Point]]]:
    out = []
    for away in _AWAY:
        for turn in _TURNS:
            reach = max(spot.radius, spot.size) + away
            x, y = spot.x + math.cos(turn) * reach, spot.y - math.sin(turn) * reach
            left = x - tag.wide / 2 + math.cos(turn) * tag.wide / 2
            top = y - tag.deep / 2 - math.sin(turn) * tag.deep / 2
            box = (left, top, left + tag.wide, top + tag.deep)
            if (
                box[0] < window.left + 3
                or box[2] > window.right - 3
                or box[1] < window.top + 3
                or box[3] > window.low - 3
                or not clear(box, [spot.dot])
            ):
                continue
            out.append((box, lead(spot, box)))
    return out


def lead(spot: Spot, box: Box) -> tuple[Point, Point]:
    """The line from a place to the nearest point of its tag."""
    return (spot.x, spot.y), (min(max(spot.x, box[0]), box[2]), min(max(spot.y, box[1]), box[3]))


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two straight lines cross."""
    (a, b), (c, d) = one, other

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def draw_tag(scene: Scene, sheet: Page, tag: Tag, box: Box, looks: Mapping[str, Look]) -> None:
    """Name and killed on the first line, the markers with their numbers below."""
    left, top, right, low = box
    scene.box(left, top, right, low, fill="#ffffff", edge="#c9c6bf", width=0.5, layer=4.5)
    x, y = left + sheet.body * 0.45, top + sheet.body * 0.9
    area = tag.site.form == "area"
    line = scene.write(x, y, tag.name, sheet.body, weight="bold", colour=MUTE if area else INK, key="name")
    if tag.killed:
        scene.write(x + line.wide + sheet.body * 0.7, y, tag.killed, sheet.small, weight="bold", colour=RED, key="name")
    for row in tag.rows:
        y += sheet.body * 1.4
        draw_kinds(scene, sheet, x, y, row, looks)


def draw_kinds(
    scene: Scene, sheet: Page, x: float, y: float, kinds: Sequence[Kind], looks: Mapping[str, Look]
) -> float:
    """Markers with the number of events that each stands for; returns the x behind the last."""
    for kind in kinds:
        look, size = looks[kind.type], sheet.mark * (0.68 if kind.background else 1.0)
        middle = x + sheet.body * 0.65
        scene.mark(middle, y, look, size, kind.confidence, layer=5, key="site:mark")
        furniture.factuality_sign(scene, middle, y, size, kind.factuality, look.colour)
        if kind.number > 1:
            scene.write(x + sheet.body * 1.4, y, str(kind.number), sheet.small, key="number")
        x += _wide(kind, sheet)
    return x


def draw_spot(scene: Scene, spot: Spot) -> None:
    """A disc by killed and a dot at a town; a dashed ring where only the surroundings or the country are known."""
    if spot.site.killed is not None and spot.radius > 0:
        scene.shapes.append(Shape(_circle(spot, spot.radius), RED, RED, 0.6, 3, 0.28, "site:killed"))
    if spot.site.form == "town":
        scene.shapes.append(Shape(_circle(spot, spot.size), INK, "#ffffff", 0.7, 4, key="site:dot"))
        return
    points = _circle(spot, spot.size)
    scene.shapes.append(Shape(points, "#ffffff", "#ffffff", 0.0, 3.9, 0.55, key="site:ring"))
    scene.rule(*points, points[0], colour=INK, width=0.9, layer=4, dash=(0.0, (2.0, 1.3)), key="site:ring")


def _circle(spot: Spot, radius: float) -> tuple[Point, ...]:
    return tuple(
        (spot.x + radius * math.cos(k * math.pi / 20), spot.y + radius * math.sin(k * math.pi / 20)) for k in range(40)
    )
