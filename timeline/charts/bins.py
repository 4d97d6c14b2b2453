"""Counting many events by day, week, month, quarter or year, without pretending that a vague date is a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.charts import wording
from timeline.charts.axis import SIZES, starts
from timeline.charts.focus import focus
from timeline.charts.lanes import Lanes
from timeline.charts.timing import Timing
from timeline.records import Event

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[np.float64]

LEAST = 3.2


@dataclass(frozen=True, slots=True)
class Bins:
    """Events by lane (rows) and bin (columns).

    Parameters
    ----------
    unit : str
    edges : tuple of int
        First days of the bins and the day after the last one, as ordinals.
    known, vague : array of shape (lanes, bins)
        Events whose day (or first day) is known, and shares of those known only to a window, which sum to one each.
    earlier, later, undated : array of shape (lanes,)
        Events beyond the axis, and without a date.
    best, low, high, vague_best : array of shape (bins,)
        Killed in incidents, in persons.
    open_high : array of shape (bins,)
        How many of the incidents give no upper bound.
    clipped : int
        Windows that run past the axis and are drawn within it.
    dead_beyond : int
        Killed in incidents beyond the axis.
    """

    unit: str
    edges: tuple[int, ...]
    known: Table
    vague: Table
    earlier: Table
    later: Table
    undated: Table
    best: Table
    low: Table
    high: Table
    vague_best: Table
    open_high: Table
    clipped: int
    dead_beyond: int

    @property
    def total(self) -> float:
        """All events: drawn, beyond the axis, and without a date."""
        return float(sum(part.sum() for part in (self.known, self.vague, self.earlier, self.later, self.undated)))


def _core(anchors: Sequence[float]) -> tuple[int, int]:
    """First and last day of the axis; less a few (one in thirty) far away that would take most of it."""
    ordered = sorted(anchors)
    few = max(1, len(ordered) // 30)
    for _ in range(4):
        gap, at = max((b - a, k + 1) for k, (a, b) in enumerate(pairwise(ordered))) if len(ordered) > 9 else (0.0, 0)
        if gap < max(200.0, 0.7 * (ordered[-1] - ordered[0])) or few < min(at, len(ordered) - at):
            break
        ordered = ordered[at:] if at <= few else ordered[:at]
    return int(ordered[0]), int(ordered[-1])


def edges_for(first: int, last: int, length: float) -> tuple[str, tuple[int, ...]]:
    """The finest unit whose bins are at least 3.2 points wide on an axis of ``length`` points, and its edges."""
    for unit, days in SIZES:
        if (last - first + 1) / days * LEAST <= length and (unit == "day" or last - first >= 1.5 * days):
            break
        if unit == "day" and last - first < 14:
            break
    found = starts(dt.date.fromordinal(max(first, 1)), last, unit)
    return unit, tuple(found if len(found) > 1 else [found[0], found[0] + 1])


def count(dated: Sequence[tuple[Event, Timing]], undated: Sequence[Event], lanes: Lanes, length: float) -> Bins:
    """Count events on an axis of ``length`` points."""
    import numpy as np

    news, _ = focus(dated)
    sure = [item.anchor for _, item in news if item.form != "window" or item.end - item.start <= 40]
    first, last = _core(sure or [item.anchor for _, item in news]) if dated else (1, 1)
    near = [
        item
        for _, item in dated
        if item.form == "window" and item.end - item.start <= 40 and first <= item.anchor <= last
    ]
    first = min([first, *(int(item.start) for item in near if not item.open_start)])
    last = max([last, *(int(item.end) - 1 for item in near if not item.open_end)])
    unit, edges = edges_for(first, last, length)
    line = np.array(edges, dtype=float)
    shape = (len(lanes.names), len(edges) - 1)
    known, vague = np.zeros(shape), np.zeros(shape)
    earlier, later, missing = (np.zeros(shape[0]) for _ in range(3))
    best, low, high, vague_best, open_high = (np.zeros(shape[1]) for _ in range(5))
    clipped, beyond = 0, 0
    for event in undated:
        missing[lanes.of[event.id][0]] += 1
    for event, item in dated:
        row = lanes.of[event.id][0]
        dead = wording.incident_dead(event)
        if item.form == "window" and not item.open_start and not item.open_end:
            share = np.clip(np.minimum(line[1:], item.end) - np.maximum(line[:-1], item.start), 0, None)
            if (whole := share.sum()) > 0:
                clipped += bool(whole < item.end - item.start - 1e-9)
                vague[row] += share / whole
                vague_best += share / whole * (wording.span_of(dead)[1] if dead is not None else 0)
                continue
        day = item.anchor
        if not line[0] <= day < line[-1] and dead is not None:
            beyond += wording.span_of(dead)[1]
        if day < line[0]:
            earlier[row] += 1
        elif day >= line[-1]:
            later[row] += 1
        else:
            at = int(np.searchsorted(line, day, side="right")) - 1
            unsure = item.form == "window" or item.open_start
            (vague if unsure else known)[row, at] += 1
            if dead is not None:
                lower, middle, upper = wording.span_of(dead)
                open_high[at] += upper is None
                if unsure:
                    vague_best[at] += middle
                else:
                    best[at] += middle
                    low[at] += lower
                    high[at] += middle if upper is None else upper
    return Bins(
        unit, edges, known, vague, earlier, later, missing, best, low, high, vague_best, open_high, clipped, beyond
    )
