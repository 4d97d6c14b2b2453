"""What an overview will show: lanes, bins, scale, and the events that are written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import axis, lanes, palette, text, wording
from timeline.charts.bins import Bins, count
from timeline.charts.parties import parties
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing, in_order
from timeline.records import Article, Event


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


def make_plan(
    sheet: Page,
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    by: str,
    title: str,
    language: str,
    *,
    lane: float | None = None,
    listed: int = 14,
) -> Plan:
    """Sort and count the events for a page."""
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    sorted_in = lanes.arrange(
        every, by, room=6 if sheet.height else 27 if sheet.width >= 800 else 14, articles=articles, language=language
    )
    names = [text.width(lanes.title(sorted_in, name), sheet.body + 0.6, "bold") for name in sorted_in.names]
    left = (
        sheet.margin
        + sheet.body * (5.2 if sheet.height else 2.4)
        + min(max([*names, sheet.body * 9]), 0.2 * sheet.width)
    )
    right = sheet.width - sheet.margin - sheet.body * 2.0
    bins = count(dated, undated, sorted_in, right - left)
    if undated or bins.earlier.any() or bins.later.any():
        right -= sheet.body * 4.0
        bins = count(dated, undated, sorted_in, right - left)
    scale = axis.Scale((float(bins.edges[0]), float(bins.edges[-1])), (left, right))
    number = max(len(sorted_in.names), 1)
    lane = lane or sheet.body * (5.0 if number <= 9 else 4.0 if number <= 14 else 2.7)
    chosen = _chosen([event for event, _ in dated] or undated, listed)
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
        sheet.body * (0.6 if sheet.height else 0.95),
        tuple(chosen),
        language,
    )


def _chosen(events: Sequence[Event], most: int) -> list[Event]:
    """The weightiest: most killed, then most reports, then most actors, in order of time."""
    weights = {}
    for event in events:
        dead = wording.incident_dead(event)
        weights[event.id] = (
            -(wording.span_of(dead)[1] if dead is not None else 0),
            -event.n_sources,
            -len(parties(event)),
            event.id,
        )
    top = {event.id for event in sorted(events, key=lambda event: weights[event.id])[:most]}
    return [event for event in events if event.id in top]
