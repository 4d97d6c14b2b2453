"""What the time axis is about: the news, and apart from it the old background that would press it into a corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.charts import axis, wording
from timeline.charts.timing import Timing, axis_days
from timeline.records import Event

_LONG, _TIMES, _WEEK = 62, 3, 7
Dated = tuple[Event, Timing]


def focus(dated: Sequence[Dated]) -> tuple[list[Dated], list[Dated]]:
    """Part dated events into those that the axis is drawn to scale for, and older background.

    Background, running tolls and what has lasted for more than two months are "earlier" if they lie before all news
    (by more than a week and half the length of the news) and would make the axis more than three times as long.
    Nothing is earlier if there is no news, and news never is.

    Parameters
    ----------
    dated : sequence of (Event, Timing)
        In order of time.

    Returns
    -------
    list, list
        The events on the axis, and those before it, each in the given order.
    """
    old = [pair for pair in dated if _is_background(*pair)]
    news = [item for event, item in dated if not _is_background(event, item)]
    if not old or not news:
        return list(dated), []
    first = min(item.anchor if item.end - item.start > _LONG else item.start for item in news)
    last = max(item.anchor for item in news)
    length = max(last - first + 1, 2 * _WEEK)
    limit = first - max(_WEEK, length / 2)
    early = [pair for pair in old if pair[1].anchor < limit]
    if not early or last - early[0][1].anchor <= _TIMES * length:
        return list(dated), []
    away = {event.id for event, _ in early}
    return [pair for pair in dated if pair[0].id not in away], early


def clipped(near: Sequence[Dated]) -> list[Dated]:
    """Windows and durations of more than two months cut to the rest, with open ends, where they would press it.

    They are cut if the axis would be more than three times as long as what is known more narrowly, empty years left
    out.

    Parameters
    ----------
    near : sequence of (Event, Timing)
        What the axis is about.
    """
    known = [item for event, item in near if not _is_wide(event, item)]
    if not known or len(known) == len(near):
        return list(near)
    low, high = min(item.start for item in known), max(item.end for item in known)
    length = max(high - low, 2 * _WEEK)
    whole = axis.scale(axis_days([item for _, item in near]), 0, 1).length
    if whole <= _TIMES * length:
        return list(near)
    edge = max(_WEEK, 0.1 * length)
    return [(event, _cut(item, low - edge, high + edge) if _is_wide(event, item) else item) for event, item in near]


def _is_wide(event: Event, item: Timing) -> bool:
    return item.end - item.start > _LONG and (item.form == "window" or _is_background(event, item))


def _cut(item: Timing, low: float, high: float) -> Timing:
    """The part of a window or duration between two days, open where it goes on; whole if no day of it lies there."""
    start, end = max(item.start, low), min(item.end, high)
    if end <= start:
        return item
    anchor = (start + end) / 2 if item.form == "window" else min(max(item.anchor, start + 0.5), end - 0.5)
    return replace(
        item,
        start=start,
        end=end,
        anchor=anchor,
        open_start=item.open_start or start > item.start,
        open_end=item.open_end or end < item.end,
    )


def _is_background(event: Event, item: Timing) -> bool:
    lasting = item.form == "lasted" and (item.open_end or item.end - item.start > _LONG)
    return event.background or lasting or wording.is_cumulative(event)
