"""How an event sits in time on a picture: precision is not duration, and neither is an open end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from timeline.errors import InputError
from timeline.records import Event, When

Form = Literal["day", "window", "lasted"]


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the marker stands, and what is drawn around it.

    Parameters
    ----------
    anchor : float
        Day (ordinal, noon) of the marker: the day, the middle of a window, the start of what lasted.
    start, end : float
        First instant and last instant (ordinals) of the window or of the duration.
    form : str
        ``day``: a marker alone; ``window``: some day between start and end; ``lasted``: all the time between them.
    open_start, open_end : bool
        Whether it may lie, or goes on, beyond the bound that is drawn.
    """

    anchor: float
    start: float
    end: float
    form: Form
    open_start: bool = False
    open_end: bool = False
    approximate: bool = False


def _bounds(when: When) -> tuple[dt.date | None, dt.date | None]:
    start, end = when.start, when.end
    if any(day is not None and day != day for day in (start, end, when.ongoing_at)):
        raise InputError("NaT is no date", where="when", advice="use None for a bound that is not known")
    if when.kind == "since":
        end = when.ongoing_at or end
    if start is not None and end is not None and end < start:
        start, end = end, start
    return start, end


def timing(when: When) -> Timing | None:
    """The place of a date on an axis, None where the text gives none.

    Raises
    ------
    InputError
        If a bound is pandas' NaT.

    Examples
    --------
    >>> timing(When(dt.date(2012, 8, 6), dt.date(2012, 8, 6), "day")).form
    'day'
    >>> timing(When(None, dt.date(2012, 8, 6))).open_start
    True
    >>> timing(When()) is None
    True
    """
    start, end = _bounds(when)
    goes_on = when.kind == "since"
    lasted = when.kind in ("extent", "since")
    if start is None and end is None:
        return None
    first = float((start or end or dt.date.min).toordinal())
    last = float((end or start or dt.date.min).toordinal()) + 1
    one_day = start == end
    form: Form = "day" if one_day and not lasted else "lasted" if lasted else "window"
    if one_day and when.kind == "extent":
        form = "day"
    if start is None:
        anchor = last - 0.5
    elif form == "window" and end is not None:
        anchor = (first + last) / 2
    else:
        anchor = first + 0.5
    return Timing(
        anchor,
        first,
        last,
        form,
        open_start=start is None,
        open_end=goes_on or (end is None and form != "day"),
        approximate=when.approximate,
    )


def in_order(events: Iterable[Event]) -> tuple[list[tuple[Event, Timing]], list[Event]]:
    """Events with a date by their place in time, and those without in the order of the text; each event once.

    The order does not depend on the order in which they were given.
    """
    once = {event.id: event for event in events}
    dated, undated = [], []
    for event in once.values():
        place = timing(event.when)
        if place is None:
            undated.append(event)
        else:
            dated.append((event, place))
    dated.sort(key=lambda pair: (pair[1].anchor, pair[1].end, pair[0].article, pair[0].trigger.start, pair[0].id))
    undated.sort(key=lambda event: (event.article, event.trigger.start, event.id))
    return dated, undated


def within(item: Timing, last: float) -> Timing:
    """The timing on an axis that ends with the day ``last``: what reaches beyond it has an open end there."""
    return replace(item, open_end=True) if item.end - 1 > last else item


def axis_days(timings: Sequence[Timing]) -> list[float]:
    """The days that an axis must show: bounds and anchors."""
    return [day for item in timings for day in (item.start, item.anchor, item.end - 1)]


def bursts(anchors: Sequence[float], *, least: int = 5, days: float = 2) -> list[tuple[int, int]]:
    """Runs of ``least`` or more within ``days`` days after the first, as first and last index.

    Examples
    --------
    >>> bursts([1, 1, 1, 2, 3, 9, 20])
    [(0, 4)]
    """
    out, first = [], 0
    while first < len(anchors):
        last = first
        while last + 1 < len(anchors) and anchors[last + 1] - anchors[first] <= days:
            last += 1
        if last - first + 1 >= least:
            out.append((first, last))
            first = last
        first += 1
    return out
