"""What else an expression could have meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from timeline.records import Mention, TimeExpression, When
from timeline.when import edtf

__all__ = ["other_readings"]

WEEK = dt.timedelta(days=7)


def other_readings(mention: Mention[TimeExpression]) -> tuple[When, ...]:
    """The next likely readings of an expression whose reading rests on context, the nearest first; often none.

    A bare weekday could be a week earlier or later, a day or month without its year a year earlier or later, and
    06/08/2012 either of two days.

    Parameters
    ----------
    mention : Mention of TimeExpression
        As `find_dates` yields it.

    Examples
    --------
    >>> from timeline.dates import find_dates_in
    >>> (friday,) = find_dates_in("They fled on Friday.", published=dt.date(2012, 8, 6))
    >>> [str(when.start) for when in other_readings(friday)]
    ['2012-08-10', '2012-07-27']
    """
    when, rule = mention.value.when, mention.rule.removeprefix("dates/")
    if when.start is None:
        return ()
    if rule == "numeric" and when.approximate and when.end is not None:
        days = [day for day in (when.start, when.end) if day.isoformat() != mention.value.value[:10]]
        return tuple(_told(replace(when, start=day, end=day, approximate=False)) for day in days)
    if when.basis not in ("relative_to_doc", "relative_to_event"):
        return ()
    if rule in ("weekday", "weekday-part", "part-weekday", "clock-weekday", "weekday-clock", "the-weekday"):
        return tuple(_moved(when, WEEK * weeks) for weeks in (1, -1))
    if rule in ("date", "month", "mid-month", "day-range", "month-day-range"):
        found = (_year(when, years) for years in (-1, 1))
        return tuple(other for other in found if other is not None)
    return ()


def _told(when: When) -> When:
    return replace(when, edtf=edtf(when))


def _moved(when: When, by: dt.timedelta) -> When:
    start = None if when.start is None else when.start + by
    return _told(replace(when, start=start, end=None if when.end is None else when.end + by))


def _year(when: When, years: int) -> When | None:
    ends = []
    for day in (when.start, when.end):
        try:
            ends.append(None if day is None else day.replace(year=day.year + years))
        except ValueError:
            if day is None or not 1 <= day.year + years <= 9999:
                return None
            ends.append(dt.date(day.year + years, 2, 28))
    return _told(replace(when, start=ends[0], end=ends[1]))
