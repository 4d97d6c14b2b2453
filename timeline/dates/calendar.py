"""Days, weeks, months and longer stretches of the calendar, and steps between them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from timeline.records import Precision

__all__ = ["Grain", "Moment", "coarsen", "day_moment", "read_calendar", "shift", "timex", "window"]

Grain = Literal["day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century"]
SEASONS = ("SP", "SU", "FA", "WI")
PARTS = ("month", "quarter", "half")
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6}
YEARS_IN = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar at one grain.

    Parameters
    ----------
    year : int or None
        Negative before Christ (-480 is 480 BC); for decades and centuries their first year; None is unknown.
        Weeks and weekends have the ISO year.
    n : int or None
        Month, ISO week, quarter, half (from 1) or season (0 spring to 3 winter), as the grain says.
    time : str
        TIMEX3 time of day: ``TMO``, ``T22:00`` or nothing.
    """

    grain: Grain
    year: int | None
    n: int | None = None
    day: int | None = None
    time: str = ""


def day_moment(day: dt.date, time: str = "") -> Moment:
    """The moment of one day."""
    return Moment("day", day.year, day.month, day.day, time)


def week_moment(day: dt.date, grain: Grain = "week") -> Moment:
    """The ISO week (or its weekend) in which a day falls."""
    iso = day.isocalendar()
    return Moment(grain, iso.year, iso.week)


def timex(moment: Moment) -> str:
    """The TIMEX3 value.

    Examples
    --------
    >>> timex(Moment("day", 2012, 8, 6, "TMO")), timex(Moment("year", -480)), timex(Moment("decade", 1980))
    ('2012-08-06TMO', 'BC0480', '198')
    """
    year, bc = moment.year, ""
    if year is not None and year < 0:
        year, bc = -year, "BC"
    head = "XXXX" if year is None else f"{bc}{year:04d}"
    match moment.grain:
        case "century":
            return head[:-2]
        case "decade":
            return head[:-1]
        case "year":
            value = head
        case "half":
            value = f"{head}-H{moment.n}"
        case "quarter":
            value = f"{head}-Q{moment.n}" if moment.n else f"{head}-QX"
        case "season":
            value = f"{head}-{SEASONS[moment.n or 0]}"
        case "week" | "weekend":
            week = "XX" if moment.n is None else f"{moment.n:02d}"
            value = f"{head}-W{week}" + ("-WE" if moment.grain == "weekend" else "")
        case _:
            month = "XX" if moment.n is None else f"{moment.n:02d}"
            value = f"{head}-{month}"
            if moment.grain == "day":
                value += "-XX" if moment.day is None else f"-{moment.day:02d}"
    return value + moment.time


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def window(moment: Moment) -> tuple[dt.date | None, dt.date | None, Precision]:
    """First and last day, both inclusive, and the precision; None before the year 1 and where the year is unknown.

    Seasons are those of the north (spring is March to May); winter of a year runs from its December to February.

    Examples
    --------
    >>> window(Moment("month", 2012, 2))
    (datetime.date(2012, 2, 1), datetime.date(2012, 2, 29), 'month')
    """
    precision: Precision
    match moment.grain:
        case "weekend":
            precision = "day"
        case "half":
            precision = "season"
        case "century":
            precision = "unknown"
        case _:
            precision = moment.grain
    bounds = _bounds(moment)
    return (*bounds, precision) if bounds else (None, None, precision)


def _bounds(moment: Moment) -> tuple[dt.date, dt.date] | None:
    year, n, grain = moment.year, moment.n, moment.grain
    if year is None or not 1 <= year <= 9999 or (grain not in YEARS_IN and n is None):
        return None
    if grain in YEARS_IN:
        return dt.date(year, 1, 1), dt.date(min(year + YEARS_IN[grain] - 1, 9999), 12, 31)
    assert n is not None
    if grain == "day":
        if moment.day is None:
            return dt.date(year, n, 1), _month_end(year, n)
        day = dt.date(year, n, moment.day)
        return day, day
    if grain in MONTHS_IN:
        length = MONTHS_IN[grain]
        return dt.date(year, (n - 1) * length + 1, 1), _month_end(year, n * length)
    if grain == "season":
        first = 3 * n + 3
        last_year, last = (year, first + 2) if first + 2 <= 12 else (min(year + 1, 9999), (first + 1) % 12 + 1)
        return dt.date(year, first, 1), _month_end(last_year, last)
    monday = dt.date.fromisocalendar(year, n, 1)
    late = monday.toordinal() + 6
    sunday = dt.date.fromordinal(min(late, dt.date.max.toordinal()))
    return (
        dt.date.fromordinal(min(monday.toordinal() + 5, dt.date.max.toordinal())) if grain == "weekend" else monday,
        sunday,
    )


def first_day(moment: Moment) -> dt.date | None:
    """The first day, None if it cannot be told."""
    bounds = _bounds(moment)
    return bounds[0] if bounds else None


def coarsen(moment: Moment, grain: Grain) -> Moment | None:
    """The stretch of the given, coarser grain in which a moment begins; None if that cannot be told.

    Examples
    --------
    >>> timex(coarsen(Moment("day", 2012, 8, 6), "week"))
    '2012-W32'
    """
    if moment.grain == grain:
        return replace(moment, time="")
    if grain in YEARS_IN:
        if moment.year is None:
            return None
        step = YEARS_IN[grain]
        sign = -1 if moment.year < 0 else 1
        return Moment(grain, sign * (abs(moment.year) // step * step))
    if moment.grain == "day" and grain == "month":
        return Moment("month", moment.year, moment.n)
    if moment.grain == "day" and grain == "day":
        return replace(moment, time="")
    day = first_day(moment)
    return None if day is None else of_day(day, grain)


def of_day(day: dt.date, grain: Grain) -> Moment:
    """The stretch of the given grain in which a day falls."""
    if grain == "day":
        return day_moment(day)
    if grain in ("week", "weekend"):
        return week_moment(day, grain)
    if grain in MONTHS_IN:
        return Moment(grain, day.year, (day.month - 1) // MONTHS_IN[grain] + 1)
    if grain == "season":
        year = day.year - 1 if day.month < 3 else day.year
        return Moment("season", year, (day.month // 3 - 1) % 4)
    step = YEARS_IN[grain]
    return Moment(grain, day.year // step * step)


def shift(moment: Moment, steps: int, grain: Grain) -> Moment | None:
    """The stretch of the given grain that many steps later (or earlier); None outside the years 1 to 9999 or unknown.

    Years before Christ are stepped too, only years, decades and centuries of them.

    Examples
    --------
    >>> timex(shift(Moment("day", 2012, 1, 31), -1, "month")), timex(shift(Moment("year", -480), 2, "year"))
    ('2011-12', 'BC0478')
    """
    base = coarsen(moment, grain)
    if base is None or base.year is None:
        return None
    if grain in YEARS_IN:
        year = base.year + steps * YEARS_IN[grain]
        if grain == "year" and (base.year < 0) != (year < 0 or year == 0):
            year += 1 if steps > 0 else -1
        return Moment(grain, year) if -9999 <= year <= 9999 and year != 0 else None
    if base.n is None:
        return None
    if grain in PARTS or grain == "season":
        per = {"month": 12, "quarter": 4, "half": 2, "season": 4}[grain]
        low = 0 if grain == "season" else 1
        count = base.year * per + base.n - low + steps
        year = count // per
        return Moment(grain, year, count % per + low) if 1 <= year <= 9999 else None
    start = first_day(base)
    if start is None:
        return None
    ordinal = start.toordinal() + steps * (1 if grain == "day" else 7)
    if not 8 <= ordinal <= dt.date.max.toordinal() - 8:
        return None
    return of_day(dt.date.fromordinal(ordinal), grain)


@lru_cache(maxsize=1)
def _reader() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["en"], settings={"PARSERS": ["absolute-time"], "STRICT_PARSING": True})


@lru_cache(maxsize=8192)
def read_calendar(day: int, month: int, year: int) -> dt.date | None:
    """The day of a full calendar date as the calendar library reads it; None if there is no such day.

    Years before 1000 are read here, since the library wants four digits.

    Examples
    --------
    >>> read_calendar(6, 8, 2012), read_calendar(31, 2, 2012)
    (datetime.date(2012, 8, 6), None)
    """
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    if year < 1000:
        return dt.date(year, month, day)
    data = _reader().get_date_data(f"{day} {month} {year}", date_formats=["%d %m %Y"])
    return data.date_obj.date() if data.date_obj else None
