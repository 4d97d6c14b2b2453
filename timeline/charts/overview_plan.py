"""What an overview will show: lanes, bins, scale, and the events that are written out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline.charts import axis, lanes, palette, text
from timeline.charts.bins import Bins, count
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing, in_order
from timeline.charts.weights import weightiest
from timeline.records import Article, Event

CLOSE, FEWEST, FEWEST_BANDS = 2.1, 8, 6


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the drawing steps of an overview share."""

    scene: Scene
    page: Page
    events: tuple[Event, ...]
    dated: tuple[tuple[Event, Timing], ...]
    looks: Mapping[str, palette.Look]
    lanes: lanes.Lanes
    bins: Bins
    scale: axis.Scale
    left: float
    right: float
    lane: float
    gap: float
    chosen: tuple[Event, ...]
    language: str

    @property
    def xs(self) -> list[float]:
        """Edges of the bins in points."""
        return [self.scale(day) for day in self.bins.edges]


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of everything an overview shows, so that it keeps to its sheet.

    Parameters
    ----------
    listed : int
        Events that are written out.
    pitch : float
        Distance between two bands in points, 0 for the usual one.
    room : int
        Bands at most, 0 for the usual number.
    """

    listed: int
    pitch: float = 0.0
    room: int = 0

    def lower(self, plan: Plan, excess: float) -> Fit:
        """The next try for a picture that is ``excess`` points too high; the same where nothing can give way.

        First the bands move together, then fewer events are written out, then the smallest bands share one.
        """
        least, listed, number = plan.page.body * CLOSE, 0 if plan.page.height else FEWEST, len(plan.lanes.names)
        if plan.lane + plan.gap > least + 0.1:
            pitch = max(plan.lane + plan.gap - excess / (number + 1.7) - 0.2, least)
            return replace(self, pitch=pitch)
        if self.listed > listed:
            fewer = 2 * math.ceil(excess / (plan.page.step + plan.page.body * 0.6) / 1.6)
            return replace(self, listed=max(self.listed - fewer, listed))
        room = max(number - math.ceil(excess / least), FEWEST_BANDS)
        return replace(self, room=room, pitch=0.0) if room < number and not plan.page.height else self


def make_plan(
    sheet: Page,
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    by: str,
    title: str,
    language: str,
    fit: Fit,
) -> Plan:
    """Sort and count the events for a page."""
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    room = fit.room or (6 if sheet.height else 27 if sheet.width >= 800 else 14)
    sorted_in = lanes.arrange(every, by, room=room, articles=articles, language=language)
    names = [text.width(lanes.title(sorted_in, name), sheet.body + 0.6, "bold") for name in sorted_in.names]
    left = (
        sheet.margin
        + sheet.body * (5.2 if sheet.height or fit.pitch else 2.4)
        + min(max([*names, sheet.body * 9]), (0.2 if sheet.width >= 800 else 0.3) * sheet.width)
    )
    right = sheet.width - sheet.margin - sheet.body * 2.0
    bins = count(dated, undated, sorted_in, right - left)
    if undated or bins.earlier.any() or bins.later.any():
        right -= sheet.body * 4.0
        bins = count(dated, undated, sorted_in, right - left)
    scale = axis.Scale((float(bins.edges[0]), float(bins.edges[-1])), (left, right))
    number = max(len(sorted_in.names), 1)
    gap = sheet.body * (0.3 if fit.pitch else 0.6 if sheet.height else 0.95)
    lane = fit.pitch - gap if fit.pitch else sheet.body * (5.0 if number <= 9 else 4.0 if number <= 14 else 2.7)
    chosen = weightiest([event for event, _ in dated] or undated, fit.listed)
    return Plan(
        Scene(sheet.width, title=title),
        sheet,
        tuple(every),
        tuple(dated),
        palette.looks(e.type for e in every),
        sorted_in,
        bins,
        scale,
        left,
        right,
        lane,
        gap,
        tuple(chosen),
        language,
    )
