"""The ground of a map: land, coasts, borders and the names of countries, cut to the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from timeline.charts import text
from timeline.charts.edges import Box, clear, crosses, shares_inside
from timeline.charts.palette import MUTE
from timeline.charts.scene import Line, Point, Scene, Shape
from timeline.charts.window import Window
from timeline.gazetteer import borders

SEA, LAND, COAST, BORDER = "#e9eff2", "#fbfaf6", "#8d9aa0", "#a9a59c"
_FINE = 0.45
_TURN = 360.0


def draw_ground(scene: Scene, window: Window) -> None:
    """Fill the frame with sea and land, and draw its lines."""
    world = borders()
    scene.box(window.left, window.top, window.right, window.low, fill=SEA, layer=0.05, key="sea")
    for rings in world.lands.values():
        for points in _areas(rings, window):
            scene.shapes.append(Shape(tuple(points), LAND, LAND, 0.3, 0.1, key="land"))
    for paths, colour, width, dash in (
        (world.coasts, COAST, 0.5, "-"),
        (world.borders, BORDER, 0.7, (0.0, (4.0, 1.6))),
    ):
        for path in paths:
            for points in _lines(path, window):
                scene.lines.append(Line(tuple(points), colour, width, 0.2, dash=dash, key="ground"))


def draw_frame(scene: Scene, window: Window) -> None:
    """The edge of the map."""
    corners = (
        (window.left, window.top),
        (window.right, window.top),
        (window.right, window.low),
        (window.left, window.low),
    )
    scene.rule(*corners, corners[0], corners[1], colour=MUTE, width=0.8, layer=7)


def name_lands(scene: Scene, window: Window, taken: Sequence[Box], size: float) -> None:
    """Write the names of countries where there is room for them within the country, off everything that is drawn."""
    held = list(taken)
    for name, rings in borders().lands.items():
        areas = sorted(_areas(rings, window), key=lambda points: -abs(_area(points)))
        words = name.upper()
        half, rise = text.width(words, size) / 2 + 3, size * 0.75
        if not areas or abs(_area(areas[0])) < half * rise * 6:
            continue
        for x, y in _spots(areas[0]):
            box = (x - half, y - rise, x + half, y + rise)
            corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]), (x, y))
            inner = all(_within(corner, areas[0]) for corner in corners) and clear(box, held)
            if inner and not any(crosses(a, b, box) for a, b in pairwise([*areas[0], areas[0][0]])):
                scene.write(x, y, words, size, colour=MUTE, align="center", key="land", layer=0.5)
                held.append(box)
                break


def _shown(path: Sequence[Point], window: Window) -> Iterator[list[Point]]:
    """The images of a path on the page, one a turn of the world, that may reach into the frame."""
    path = _unrolled(path)
    step = _TURN * window.squeeze * window.unit
    middle, height = (window.left + window.right) / 2, (window.top + window.low) / 2
    wide = window.squeeze * window.unit
    low = min(y for _, y in path)
    high = max(y for _, y in path)
    if (
        height - (high - window.lat) * window.unit > window.low
        or height - (low - window.lat) * window.unit < window.top
    ):
        return
    west = middle + (min(x for x, _ in path) - window.lon) * wide
    east = middle + (max(x for x, _ in path) - window.lon) * wide
    for turn in (-1, 0, 1):
        if east + turn * step < window.left or west + turn * step > window.right:
            continue
        yield _thinned(
            [(middle + (x - window.lon) * wide + turn * step, height - (y - window.lat) * window.unit) for x, y in path]
        )


def _unrolled(path: Sequence[Point]) -> Sequence[Point]:
    """A path that runs on beyond 180 degrees where it crosses the date line."""
    if all(abs(b[0] - a[0]) <= _TURN / 2 for a, b in pairwise(path)):
        return path
    out, turns = [path[0]], 0.0
    for a, b in pairwise(path):
        turns += _TURN if a[0] - b[0] > _TURN / 2 else -_TURN if b[0] - a[0] > _TURN / 2 else 0.0
        out.append((b[0] + turns, b[1]))
    return out


def _thinned(points: list[Point]) -> list[Point]:
    """A path without steps too small to see."""
    out = points[:1]
    for point in points[1:-1]:
        if abs(point[0] - out[-1][0]) + abs(point[1] - out[-1][1]) >= _FINE:
            out.append(point)
    return [*out, points[-1]]


def _areas(rings: Sequence[Sequence[Point]], window: Window) -> Iterator[list[Point]]:
    for ring in rings:
        for points in _shown(ring, window):
            cut = _clipped(points, window)
            if len(cut) > 2:
                yield cut


def _clipped(points: list[Point], window: Window) -> list[Point]:
    """The part of a polygon within the frame (Sutherland and Hodgman)."""
    for axis, bound, sign in (
        (0, window.left, 1),
        (0, window.right, -1),
        (1, window.top, 1),
        (1, window.low, -1),
    ):
        if not points or all((point[axis] - bound) * sign >= 0 for point in points):
            continue
        out: list[Point] = []
        for a, b in pairwise([points[-1], *points]):
            inside_a, inside_b = (a[axis] - bound) * sign >= 0, (b[axis] - bound) * sign >= 0
            if inside_a != inside_b:
                share = (bound - a[axis]) / (b[axis] - a[axis])
                out.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
            if inside_b:
                out.append(b)
        points = out
    return points


def _lines(path: Sequence[Point], window: Window) -> Iterator[list[Point]]:
    """The parts of a line within the frame, without the seam where the world is cut open."""
    seamless: list[list[Point]] = [[]]
    for a, b in pairwise(path):
        if (abs(a[0]) > 179.99 and abs(b[0]) > 179.99) or (a[1] < -89.9 and b[1] < -89.9):
            seamless.append([])
            continue
        seamless[-1].extend([b] if seamless[-1] else [a, b])
    for piece in seamless:
        if len(piece) > 1:
            for points in _shown(piece, window):
                yield from _inside(points, window)


def _inside(points: list[Point], window: Window) -> Iterator[list[Point]]:
    current: list[Point] = []
    for a, b in pairwise(points):
        part = _part(a, b, window)
        if part is None:
            if len(current) > 1:
                yield current
            current = []
            continue
        start, end = part
        if not current or current[-1] != start:
            if len(current) > 1:
                yield current
            current = [start]
        current.append(end)
    if len(current) > 1:
        yield current


def _part(a: Point, b: Point, window: Window) -> tuple[Point, Point] | None:
    """The part of a straight line within the frame."""
    shares = shares_inside(a, b, (window.left, window.top, window.right, window.low))
    if shares is None:
        return None
    low, high = shares
    dx, dy = b[0] - a[0], b[1] - a[1]
    start = a if low == 0 else (a[0] + dx * low, a[1] + dy * low)
    end = b if high == 1 else (a[0] + dx * high, a[1] + dy * high)
    return start, end


def _area(points: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]])) / 2


def _within(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon, by the crossings of a ray."""
    x, y = point
    inside = False
    for a, b in pairwise([ring[-1], *ring]):
        if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
            inside = not inside
    return inside


def _spots(ring: Sequence[Point]) -> Iterator[Point]:
    """Points of a grid over a polygon, those nearest to the middle of its box first."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, right, top, low = min(xs), max(xs), min(ys), max(ys)
    steps = [(k + 1) / 14 for k in range(13)]
    order = sorted(((a - 0.5) ** 2 + (b - 0.5) ** 2, a, b) for a in steps for b in steps)
    yield from ((left + a * (right - left), top + b * (low - top)) for _, a, b in order)
