"""What the time axis is about: the news, and apart from it the old background that would press it into a corner."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.charts import wording
from timeline.charts.timing import Timing
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


def _is_background(event: Event, item: Timing) -> bool:
    lasting = item.form == "lasted" and (item.open_end or item.end - item.start > _LONG)
    return event.background or lasting or wording.is_cumulative(event)
