"""Markers in the lanes: where each one sits, kept apart without leaving its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.charts.axis import Scale
from timeline.charts.columns import Columns
from timeline.charts.furniture import duration, factuality_sign, halo
from timeline.charts.lanes import Lanes
from timeline.charts.palette import Look
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing
from timeline.records import Event


@dataclass(frozen=True, slots=True)
class Spot:
    """Place of a marker; ``shared`` where it stands for several events of the same day, ``others`` further lanes.

    ``bar`` is where the window or duration stands if that is not where the marker does.
    """

    x: float
    y: float
    shared: bool = False
    first: bool = True
    others: tuple[float, ...] = ()
    bar: float | None = None


def _offsets(room: float, size: float) -> list[float]:
    """Steps to the side that keep a marker in its lane, the middle first."""
    out = [0.0]
    step = size * 1.02
    while out[-1] <= room - step:
        out.append(out[-1] + step)
    return [0.0] + [side for step in out[1:] for side in (-step, step)]


def spots(sheet: Page, dated: Sequence[tuple[Event, Timing]], lanes: Lanes, cols: Columns, scale: Scale) -> list[Spot]:
    """A place for every marker, in the given order.

    A marker that would touch another of its lane moves aside within the lane, then up or down within its own day;
    where no room is left it shares the place of the nearest one.
    """
    size = sheet.mark
    taken: dict[int, list[tuple[float, float]]] = {}
    bars: dict[int, list[tuple[float, float, float]]] = {}
    out: list[Spot] = []
    shared: dict[tuple[int, float, float], int] = {}
    for event, item in dated:
        own, *others = lanes.of[event.id]
        middle = cols.lanes + (own + 0.5) * cols.lane
        ideal = scale(item.anchor)
        aside = _offsets(cols.lane / 2 - size / 2, size)
        span = (scale(item.start), scale(item.end))
        if item.form != "day":
            aside = _beside(bars.setdefault(own, []), span, aside, cols.lane / 2 - size * 0.35, size)
        found = _free(taken.setdefault(own, []), ideal, _slack(item, scale, size), aside, size)
        if found is not None and item.form != "day":
            bars[own].append((found[0], *span))
        across = tuple(cols.lanes + (lane + 0.5) * cols.lane for lane in others)
        if found is not None:
            taken[own].append(found)
            shared[own, *found] = len(out)
            out.append(Spot(middle + found[0], found[1], others=across))
            continue
        near = min(taken[own], key=lambda spot: (abs(spot[1] - ideal) + abs(spot[0]) * 0.01, spot))
        host = shared[own, *near]
        out[host] = replace(out[host], shared=True, first=True)
        out.append(Spot(middle + near[0], near[1], True, False, across, middle + aside[0]))
        if item.form != "day":
            bars[own].append((aside[0], *span))
    return out


def _beside(
    bars: Sequence[tuple[float, float, float]],
    span: tuple[float, float],
    offsets: Sequence[float],
    room: float,
    size: float,
) -> list[float]:
    """Steps to the side for a bar, first those where it lies over the fewest other bars of its lane."""
    every = [*offsets, *(side for side in (-room, room) if side not in offsets)]

    def over(aside: float) -> int:
        return sum(abs(aside - x) < size * 0.42 and min(low, span[1]) > max(top, span[0]) for x, top, low in bars)

    return sorted(every, key=over)


def _slack(item: Timing, scale: Scale, size: float) -> float:
    """How far a marker may move and still stand on its day (or in its window)."""
    if item.form == "window":
        return max(0.0, min(scale(item.anchor) - scale(item.start), scale(item.end) - scale(item.anchor)) - size / 2)
    return max(0.0, (scale(item.anchor + 0.5) - scale(item.anchor - 0.5)) / 2 - size * 0.6)


def _free(
    taken: Sequence[tuple[float, float]], y: float, slack: float, offsets: Sequence[float], size: float
) -> tuple[float, float] | None:
    steps = int(slack / (size * 1.05))
    for k in range(steps + 1):
        for down in (0.0,) if k == 0 else (k * size * 1.05, -k * size * 1.05):
            for x in offsets:
                if all(abs(x - a) >= size * 0.98 or abs(y + down - b) >= size * 0.98 for a, b in taken):
                    return x, y + down
    return None


def draw_spot(scene: Scene, sheet: Page, event: Event, item: Timing, spot: Spot, look: Look, scale: Scale) -> None:
    """Marker in its lane with its window or duration, and hollow dots in the lanes of the other parties."""
    size = sheet.mark * (0.68 if event.background else 1.0)
    if item.form != "day":
        x = spot.x if spot.bar is None else spot.bar
        duration(scene, x, scale(item.start), scale(item.end), item, look.colour, sheet.mark)
    if spot.others:
        ends = (*spot.others, spot.x)
        scene.rule((min(ends), spot.y), (max(ends), spot.y), colour=look.colour, width=0.9, layer=1.6)
        for x in spot.others:
            scene.mark(x, spot.y, look_of_party(look), sheet.mark * 0.5, 0.0, layer=4.5)
    scene.mark(spot.x, spot.y, look, size, event.confidence, key=f"ev:{event.id}:mark", layer=5 if spot.first else 4.8)
    if spot.first:
        factuality_sign(scene, spot.x, spot.y, size, event.factuality, look.colour)
    if spot.shared and spot.first:
        halo(scene, spot.x, spot.y, sheet.mark, look.colour)


def look_of_party(look: Look) -> Look:
    """A plain dot in the colour of a type."""
    return Look(look.label, look.family, look.colour, "disc")
