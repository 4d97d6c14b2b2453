"""Behind the ledger: bands of the lanes, ticks, folds, and the shading of bursts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import axis, lanes, palette, text
from timeline.charts.columns import Columns
from timeline.charts.palette import INK, MUTE, RULE
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing, bursts
from timeline.charts.tolls import Toll
from timeline.records import Article, Event


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the drawing steps share.

    Parameters
    ----------
    given : tuple of Event
        All events, also those that are not drawn as the page has no room for them.
    """

    scene: Scene
    page: Page
    given: tuple[Event, ...]
    events: tuple[Event, ...]
    dated: tuple[tuple[Event, Timing], ...]
    earlier: tuple[tuple[Event, Timing], ...]
    undated: tuple[Event, ...]
    looks: Mapping[str, palette.Look]
    lanes: lanes.Lanes
    columns: Columns
    tolls: tuple[Toll, ...]
    articles: Mapping[str, Article] | None
    language: str
    stretch: float = 0.0


def shaded(plan: Plan) -> list[list[int]]:
    """Bursts that are shaded, as places in the order of time; only events whose day is known make a burst.

    None are shaded where they would fill most of the page.
    """
    known = [k for k, (_, item) in enumerate(plan.dated) if item.form != "window" and not item.open_start]
    found = [known[first : last + 1] for first, last in bursts([plan.dated[k][1].anchor for k in known])]
    return found if sum(map(len, found)) <= 0.6 * len(plan.dated) else []


def draw_grid(plan: Plan, scale: axis.Scale, top: float, high: float) -> None:
    """Bands of the lanes, ticks, names of the units, folds."""
    scene, sheet, cols = plan.scene, plan.page, plan.columns
    right = cols.lanes + cols.lane * len(plan.lanes.names)
    for k in range(0, len(plan.lanes.names), 2):
        left = cols.lanes + k * cols.lane
        scene.box(left, top - 2, left + cols.lane, top + high + 2, fill=palette.BAND, layer=0)
    scene.rule((cols.axis, top - 4), (sheet.width - sheet.margin, top - 4), colour=INK, width=0.8)
    small, large = axis.ticks(scale, spacing=sheet.small * 1.5, language=plan.language)
    short = [slot for slot in large if slot.end - slot.start < text.width(slot.label, sheet.body, "bold") + 2]
    for tick in small:
        major = tick.major
        scene.rule(
            (cols.axis, tick.start), (right, tick.start), colour=MUTE if major else RULE, width=0.8 if major else 0.5
        )
        if tick.end - tick.start >= sheet.small * 1.35:
            within = next((slot for slot in short if slot.start <= tick.start and tick.end <= slot.end), None)
            if within is not None:
                short.remove(within)
            label = tick.label if within is None else within.label
            scene.write(cols.axis - 4, (tick.start + tick.end) / 2, label, sheet.small, colour=MUTE, align="right")
    beside = sheet.margin + sheet.body * 1.1
    for tick in large:
        wide = text.width(tick.label, sheet.body, "bold")
        if tick.end - tick.start >= wide + 2:
            middle = (tick.start + tick.end) / 2 + wide / 2
            scene.write(sheet.margin + sheet.body * 0.3, middle, tick.label, sheet.body, weight="bold", turned=True)
            scene.rule((beside, tick.start + 2), (beside, tick.end - 2), colour=INK, width=0.9)
    _folds(plan, scale, right)
    if scale.begins is not None:
        _earlier(plan, scale.points[0], scale(scale.begins), right)


def _earlier(plan: Plan, top: float, low: float, right: float) -> None:
    """The stretch of older background: no ticks, its name, an arrow back in time, a zigzag to the news."""
    sheet, scene, left = plan.page, plan.scene, plan.columns.axis
    zigzag(scene, left, right, low - axis.EARLIER / 2)
    scene.write(left - 4, (top + low) / 2, "earlier", sheet.small, colour=INK, weight="bold", align="right")
    x = sheet.margin + sheet.body * 0.3
    scene.rule((x, low - axis.EARLIER), (x, top - 2), colour=INK, width=0.9)
    scene.rule((x - 2.5, top + 3), (x, top - 2), (x + 2.5, top + 3), colour=INK, width=0.9)


def zigzag(scene: Scene, left: float, right: float, y: float) -> None:
    """A line that says: not to scale across this."""
    count = max(2, int((right - left) / 6))
    step = (right - left) / count
    points = tuple((left + k * step, y + (1.6 if k % 2 else -1.6)) for k in range(count + 1))
    scene.rule(*points, colour=MUTE, width=0.6, layer=1.3)


def _folds(plan: Plan, scale: axis.Scale, right: float) -> None:
    """Two zigzags where empty years are left out."""
    for start, end in scale.folds:
        a, b = scale(start), scale(end)
        middle = (a + b) / 2
        plan.scene.box(plan.columns.axis, a, right, b, fill="#ffffff", layer=1.2)
        for y in (middle - 3.5, middle + 3.5):
            zigzag(plan.scene, plan.columns.axis, right, y)
        days = end - start
        long = f"{days / 365.25:.0f} yr" if days >= 700 else f"{days / 30.4:.0f} mo"
        plan.scene.write(plan.columns.axis - 4, middle, long, plan.page.small, colour=MUTE, align="right")


def draw_shades(
    plan: Plan, scale: axis.Scale, order: Sequence[int], centres: Sequence[float], heights: Sequence[float], gap: float
) -> None:
    """Shade bursts behind their rows and at their place on the axis."""
    sheet, cols = plan.page, plan.columns
    right = cols.lanes + cols.lane * len(plan.lanes.names)
    at = {place: k for k, place in enumerate(order)}
    for burst in shaded(plan):
        for k in sorted(at[place] for place in burst):
            top, low = centres[k] - heights[k] / 2 - gap / 2, centres[k] + heights[k] / 2 + gap / 2
            plan.scene.box(cols.date - 3, top, sheet.width - sheet.margin, low, fill=palette.BURST, layer=0.4)
        start, end = (scale(plan.dated[place][1].anchor) for place in (burst[0], burst[-1]))
        plan.scene.box(cols.axis, start - 5, right, end + 5, fill=palette.BURST, layer=0.4)
