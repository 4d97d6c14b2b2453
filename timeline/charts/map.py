"""The map: events at their places, over coasts and borders, sized by the killed; nothing is lost off its edge."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from timeline.charts import furniture, ground, palette, tags, text, wording
from timeline.charts.beyond import number_dots
from timeline.charts.edges import Box
from timeline.charts.palette import INK, MUTE, RED, Look
from timeline.charts.scene import Scene, Shape, paint
from timeline.charts.sites import Places, Site, gather, joined
from timeline.charts.sizes import Page, page
from timeline.charts.tags import Spot, Tag
from timeline.charts.window import Window, whole, window
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEAR, NEAR_AREA = 5.0, 16.0
MOST_LISTED = 60
_FITS = (
    *((0.4, False), (0.34, False), (0.28, False)),
    *((share, True) for share in (0.4, 0.36, 0.32, 0.29, 0.26, 0.24, 0.22, 0.2, 0.17, 0.14)),
)


def map_(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw events at their places; parameters as for the ledger.

    A disc grows with the killed of the events at a place, a dot is a town, a dashed ring a place that is known less
    well. Events far from the others stand in a list beside the map, events without a place in the line of facts.

    Examples
    --------
    >>> map_([]).get_gid()
    'Where it happened'
    """
    return paint(map_scene(events, articles=articles, width=width, title=title, note=note, language=language))


def map_scene(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
    remarks: Sequence[str] = (),
) -> Scene:
    """The map as a scene; on a page with a height as high as that allows, the lists beside it in short if need be."""
    sheet, every = page(width), list({event.id: event for event in events}.values())
    name = text.tidy(title or "") or "Where it happened"
    said = [*remarks, *wording.noted(note)]

    def composed(scene: Scene, fit: tuple[float, bool]) -> Scene:
        return _compose(scene, sheet, every, articles, said, *fit)

    return furniture.fitted(sheet, name, _FITS, composed)


def _compose(
    scene: Scene,
    sheet: Page,
    every: Sequence[Event],
    articles: Mapping[str, Article] | None,
    remarks: Sequence[str],
    share: float,
    brief: bool,
) -> Scene:
    """Write the whole page, the map no higher than a share of its width, the lists as running text if ``brief``."""
    places = gather(every)
    scene.description = _alt(every, places)
    looks = palette.looks(event.type for event in every)
    y = furniture.header(scene, sheet, scene.title, _facts(every, places))
    said = list(remarks)
    if places.sites:
        y = _draw(scene, sheet, places, looks, y + sheet.body * 0.4, said, share if sheet.height else 0.0, brief)
    else:
        words = f"None of the {len(every)} events has a place that can be drawn." if every else ""
        scene.write(
            sheet.margin,
            y + sheet.body * 2,
            words or "No events were found: there is nothing to draw.",
            sheet.body + 1,
        )
        y += sheet.body * 4
    y = furniture.legend(scene, sheet, y, [furniture.type_keys(looks), furniture.state_keys(every)]) if every else y
    if places.unknown:
        said.append(f"Places without known coordinates: {wording.counted(places.unknown, 20)}.")
    scene.height = furniture.foot(scene, sheet, y, every, articles, said)
    return scene


def _facts(events: Sequence[Event], places: Places) -> str:
    areas = sum(site.number for site in places.sites if site.form == "area")
    towns = sum(site.form != "area" for site in places.sites)
    parts = [f"{places.number:,} of {len(events):,} events drawn, by type and number beside their place"]
    if places.number > areas:
        parts.append(f"{places.number - areas:,} at {towns:,} place{'' if towns == 1 else 's'}")
    for number, words in (
        (areas, "known to a region or country only"),
        (len(places.unknown), "at places without known coordinates"),
        (places.none, "without a place"),
    ):
        if number:
            parts.append(f"{number:,} {words}")
    return " · ".join(parts)


def _alt(events: Sequence[Event], places: Places) -> str:
    top = ", ".join(f"{site.name} {site.number}" for site in places.sites[:10])
    said = wording.summary(events, "Map").removesuffix(" As reported, not verified.")
    return f"{said} Most events: {top or 'no place known'}. {_facts(events, places)}. As reported, not verified."


def _draw(
    scene: Scene,
    sheet: Page,
    places: Places,
    looks: Mapping[str, Look],
    top: float,
    said: list[str],
    share: float,
    brief: bool,
) -> float:
    """The map itself, its scale, and the lists of what did not fit; returns the y below."""
    shares = (min(0.28, share), share) if share else (0.44, 0.68 if sheet.width > 800 else 1.0)
    frame = window(places.sites, sheet.margin, top, sheet.width - 2 * sheet.margin, shares)
    most = max((site.best for site in places.sites if site.form != "area" and frame.holds(site)), default=0)
    beyond = [site for site in places.sites if not frame.holds(site)]
    held = sorted((site for site in places.sites if frame.holds(site)), key=lambda site: site.form == "area")
    spots = _spots(held, frame, sheet, most)
    gathered = [group for group, _ in spots if len(group) > 1]
    ground.draw_ground(scene, frame)
    listed = _tagged(scene, sheet, [spot for _, spot in spots], looks, frame)
    ground.draw_frame(scene, frame)
    y = _scales(scene, sheet, frame, most, any(site.form != "town" for site in places.sites))
    numbered = list(enumerate(beyond, len(listed) + 1))
    if brief:
        y = _in_short(scene, sheet, y, "For want of room on the map, with their events", listed)
        y = _in_short(scene, sheet, y, "Beyond the map, with their events", numbered)
    else:
        y = _list(scene, sheet, y, "Written here for want of room on the map", listed, looks, sheet.margin)
        y = _beyond(scene, sheet, y, frame, numbered, looks) if beyond else y
    said.append("Borders are those of Natural Earth (public domain) and no statement of ours.")
    if most:
        said.append(
            "A disc adds up the killed of the events at its place; reports that were not joined count twice. "
            "Regions and countries have no disc, as the place of their dead is not known."
        )
    if gathered:
        said.append(f"Too near to each other to part: {'; '.join(_names(group) for group in gathered)}.")
    return y


def _names(group: Sequence[Site]) -> str:
    return text.joined(list(dict.fromkeys(site.name for site in group))[:12])


def _spots(sites: Sequence[Site], frame: Window, sheet: Page, most: int) -> list[tuple[list[Site], Spot]]:
    """Places on the page; those that would cover each other are one, in the place of the one with the most events."""
    groups: list[list[Site]] = []
    for site in sites:
        x, y = frame(site.lon, site.lat)
        near = NEAR_AREA if site.form == "area" else NEAR
        home = next(
            (
                group
                for group in groups
                if (group[0].form == "area") == (site.form == "area")
                and math.dist(frame(group[0].lon, group[0].lat), (x, y)) < near
            ),
            None,
        )
        if home is None:
            groups.append([site])
        else:
            home.append(site)
    out = []
    for group in groups:
        site = joined(group) if len(group) > 1 else group[0]
        out.append(
            (
                group,
                Spot(
                    site,
                    *frame(site.lon, site.lat),
                    0.0 if site.form == "area" else _radius(site.best, most, sheet, frame),
                ),
            )
        )
    return out


def _radius(killed: int, most: int, sheet: Page, frame: Window) -> float:
    """Area by killed; the largest disc of a map stands for a hundred at least, and covers little of a low map."""
    largest = min(sheet.body * 4.2, (frame.low - frame.top) * 0.085)
    return max(largest * math.sqrt(killed / max(most, 100)), 3.0) if killed else 0.0


def _tagged(
    scene: Scene, sheet: Page, spots: Sequence[Spot], looks: Mapping[str, Look], frame: Window
) -> list[tuple[int, Site]]:
    """Draw places and tags; those without room for a tag get a number, and are returned."""
    whole_tags = [tags.make_tag(spot.site, sheet) for spot in spots]
    boxes = tags.place_tags(spots, whole_tags, frame)
    missing = [k for k, box in enumerate(boxes) if box is None]
    short = list(whole_tags)
    for number, k in enumerate(missing, 1):
        wide = text.width(str(number), sheet.body, "bold") + sheet.body * 0.9
        short[k] = Tag(spots[k].site, str(number), "", (), wide, sheet.body * 1.75)
    if missing:
        boxes = tags.place_tags(spots, short, frame, fixed=boxes)
    taken: list[Box] = [spot.box for spot in spots]
    for spot, tag, box in zip(spots, short, boxes, strict=True):
        tags.draw_spot(scene, spot)
        if box is not None:
            scene.rule(*tags.lead(spot, box), colour=MUTE, width=0.7, layer=2.5, key="tie")
            tags.draw_tag(scene, sheet, tag, box, looks)
            taken.append(box)
    ground.name_lands(scene, frame, taken, sheet.small)
    return [(number, spots[k].site) for number, k in enumerate(missing, 1)]


def _scales(scene: Scene, sheet: Page, frame: Window, most: int, rings: bool) -> float:
    """A bar of kilometres, discs by killed, and what dots and rings mean."""
    high = max(_radius(_steps(most)[0], most, sheet, frame) if most else 0.0, sheet.body * 0.9)
    y = frame.low + high + sheet.body * 0.9
    length = _round_down(sheet.body * 13 / frame.per_kilometre)
    x, bar = frame.left, length * frame.per_kilometre
    scene.rule((x, y - 3), (x, y), (x + bar, y), (x + bar, y - 3), colour=INK, width=0.9, layer=3)
    words = f"{length:,.0f} km" + (" at mid-height" if frame.unit * 40 < frame.low - frame.top else "")
    x += bar + sheet.body * 0.7
    x += scene.write(x, y, words, sheet.small).wide + sheet.body * 2.5
    if most:
        x += scene.write(x, y, "killed in incidents:", sheet.small).wide + sheet.body * 0.8
        for value in _steps(most):
            radius = _radius(value, most, sheet, frame)
            scene.shapes.append(Shape(_round(x + radius, y, radius), RED, RED, 0.6, 3, 0.28))
            x += 2 * radius + sheet.body * 0.4
            x += scene.write(x, y, f"{value:,}", sheet.small).wide + sheet.body * 1.2
        x += sheet.body
    keys = [("town", "a town, or a part of it")]
    if rings:
        keys += [("about", "near it, or only its surroundings known"), ("area", "somewhere in this region or country")]
    for form, words in keys:
        if x + text.width(words, sheet.small) + sheet.body * 2 > frame.right:
            x, y = frame.left, y + high + sheet.body * 1.2
            high = sheet.body * 0.7
        x = _key(scene, sheet, x, y, form, words)
    return y + high + sheet.body * 0.6


def _key(scene: Scene, sheet: Page, x: float, y: float, form: str, words: str) -> float:
    tags.draw_spot(scene, Spot(Site("", "", 0.0, 0.0, form, (), None), x + 6, y, 0.0))
    return x + sheet.body * 3 + scene.write(x + sheet.body * 1.9, y, words, sheet.small).wide


def _steps(most: int) -> list[int]:
    """Up to three round numbers for discs, the largest first, none above ``most``."""
    top = _round_down(float(most))
    return sorted({int(top), int(_round_down(top / 5)), int(_round_down(top / 25))} - {0}, reverse=True)


def _round_down(value: float) -> float:
    """The greatest of 1, 2 and 5 times a power of ten that is not above a value.

    Examples
    --------
    >>> _round_down(0.7), _round_down(340.0)
    (0.5, 200.0)
    """
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 0.0
    return next((step * power for step in (5, 2, 1) if step * power <= value), 0.0)


def _round(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    return tuple((x + radius * math.cos(k * math.pi / 20), y + radius * math.sin(k * math.pi / 20)) for k in range(40))


def _beyond(
    scene: Scene,
    sheet: Page,
    y: float,
    frame: Window,
    numbered: Sequence[tuple[int, Site]],
    looks: Mapping[str, Look],
) -> float:
    """A small world that shows where the map lies and what lies beyond it, and the list of those places."""
    small = whole(sheet.margin, y + sheet.body * 2.4, (sheet.width - 2 * sheet.margin) * 0.27)
    ground.draw_ground(scene, small)
    _outline(scene, small, frame)
    number_dots(scene, small, numbered, sheet.small)
    ground.draw_frame(scene, small)
    end = _list(scene, sheet, y, "Beyond the map", numbered, looks, small.right + sheet.body * 2)
    return max(end, small.low + sheet.body)


def _outline(scene: Scene, small: Window, frame: Window) -> None:
    """The frame of the map on the small world."""
    across, up = (frame.right - frame.left) / 2 / frame.squeeze, (frame.low - frame.top) / 2
    half, high = across / frame.unit * small.unit, up / frame.unit
    x, _ = small(frame.lon, 0.0)
    top = max((small.top + small.low) / 2 - (frame.lat + high - small.lat) * small.unit, small.top)
    low = min((small.top + small.low) / 2 - (frame.lat - high - small.lat) * small.unit, small.low)
    for turn in (-360, 0, 360):
        left, right = max(x - half + turn * small.unit, small.left), min(x + half + turn * small.unit, small.right)
        if left < right:
            scene.box(left, top, right, low, edge=RED, width=1.0, layer=3)


def _list(
    scene: Scene,
    sheet: Page,
    y: float,
    heading: str,
    numbered: Sequence[tuple[int, Site]],
    looks: Mapping[str, Look],
    left: float,
) -> float:
    """Places in columns: number, name and country, killed, markers."""
    if not numbered:
        return y
    body, right = sheet.body, sheet.width - sheet.margin
    y += body * 1.2
    scene.write(left, y, heading, body + 0.4, weight="bold")
    y += body * 1.9
    across = max(1, int((right - left) / (body * 34)))
    wide = (right - left) / across
    shown = numbered[:MOST_LISTED]
    deep = -(-len(shown) // across)
    low = y
    for column in range(across):
        at = y
        for number, site in shown[column * deep : (column + 1) * deep]:
            at = _entry(scene, sheet, left + column * wide, at, wide - body, number, site, looks)
        low = max(low, at)
    if rest := numbered[MOST_LISTED:]:
        names = Counter({site.name: site.number for _, site in rest})
        words = f"{len(rest)} more: {wording.counted(list(names.elements()), 80)}."
        for line in text.wrap(words, sheet.small, right - left):
            scene.write(left, low, line, sheet.small, colour=MUTE)
            low += sheet.small * 1.3
    return low + body * 0.4


def _in_short(scene: Scene, sheet: Page, y: float, heading: str, numbered: Sequence[tuple[int, Site]]) -> float:
    """Places as running text: number, name, and how many events."""
    if not numbered:
        return y
    room = sheet.width - 2 * sheet.margin
    lines = [f"{heading}:"]
    for k, (number, site) in enumerate(numbered):
        words = f"{number} {text.tidy(site.name)} ({site.number})"
        longer = f"{lines[-1]} {words}" if k == 0 else f"{lines[-1]} · {words}"
        if text.width(f"{longer} ·", sheet.small) <= room:
            lines[-1] = longer
        else:
            lines = [*lines[:-1], f"{lines[-1]} ·" if k else lines[-1], words]
    for line in (part for words in lines for part in text.wrap(words, sheet.small, room)):
        y += sheet.small * 1.3
        scene.write(sheet.margin, y, line, sheet.small)
    return y + sheet.small * 0.6


def _entry(
    scene: Scene, sheet: Page, x: float, y: float, wide: float, number: int, site: Site, looks: Mapping[str, Look]
) -> float:
    body, small = sheet.body, sheet.small
    start = x + body * 2.2
    scene.write(start - body * 0.6, y, str(number), small, colour=MUTE, align="right")
    tag = tags.make_tag(site, sheet)
    where = site.country if site.country and site.country != site.name else ""
    name = text.wrap(tag.name, body, wide - body * 3, "bold")
    for line in name[:-1]:
        scene.write(start, y, line, body, weight="bold")
        y += sheet.step
    at = start + scene.write(start, y, name[-1], body, weight="bold").wide + body * 0.6
    for words, colour in ((where, MUTE), (tag.killed, RED)):
        if words and at + text.width(words, small) > x + wide:
            at, y = start, y + sheet.step
        if words:
            at += scene.write(at, y, words, small, colour=colour).wide + body * 0.6
    for k, row in enumerate(tag.rows):
        if k or at + tag.wide > x + wide:
            at, y = start, y + body * 1.4
        tags.draw_kinds(scene, sheet, at, y, row, looks)
    return y + body * 1.7
