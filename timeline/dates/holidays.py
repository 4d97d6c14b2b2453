"""Holidays that have a date of their own, by year.

Easter by the rule of Gauss as given by Meeus for the Gregorian calendar; days of the Islamic year by the tabular civil
calendar, which may be a day off what was observed.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from timeline.dates.calendar import Moment, day_moment, shift
from timeline.errors import LexiconError

__all__ = ["easter", "holiday_moment", "islamic_day"]

EPOCH = 227015
DROPPED = frozenset(("-", "'s", "'", "’s", "’", ".", "s"))


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    name = "dates_holidays.toml"
    tables = tomllib.loads(files("timeline").joinpath("lexicons", name).read_text(encoding="utf-8"))
    unknown = sorted(set(tables) - {"fixed", "from_easter", "nth_weekday", "islamic", "check"})
    if unknown:
        raise LexiconError("unknown table", where=f"{name}:{unknown[0]}", advice="use fixed, from_easter ...")
    for table, length in (("fixed", 2), ("nth_weekday", 3), ("islamic", 2)):
        for holiday, value in tables[table].items():
            if not isinstance(value, list) or len(value) != length:
                raise LexiconError(f"wants {length} numbers", where=f"{name}:{holiday}", advice="give month, day ...")
    return tables


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar.

    Examples
    --------
    >>> easter(2012)
    datetime.date(2012, 4, 8)
    """
    century, golden = divmod(year, 100), year % 19
    moon = (19 * golden + century[0] - century[0] // 4 - (century[0] - (century[0] + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century[0] % 4) + 2 * (century[1] // 4) - moon - century[1] % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def islamic_day(year: int, month: int, day: int) -> dt.date:
    """A day of the Islamic year (anno Hegirae) in the tabular civil calendar.

    Examples
    --------
    >>> islamic_day(1433, 9, 1)
    datetime.date(2012, 7, 20)
    """
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + EPOCH - 1
    return dt.date.fromordinal(ordinal)


def _islamic_in(year: int, month: int, day: int) -> dt.date | None:
    first = (year - 622) * 33 // 32 - 1
    for hijri in range(max(first, 1), first + 5):
        found = islamic_day(hijri, month, day)
        if found.year == year:
            return found
    return None


@lru_cache(maxsize=1024)
def holiday_moment(name: str, year: int) -> Moment | None:
    """The day (of Ramadan the first one, of Easter week the week) of a holiday in a year; None if it is not known.

    Movable days are given for the years from 1583 on.

    Examples
    --------
    >>> holiday_moment("new year ' s eve", 2011)
    Moment(grain='day', year=2011, n=12, day=31, time='')
    """
    tables = _tables()
    name = " ".join(part for part in name.split() if part not in DROPPED)
    if name in tables["fixed"]:
        return day_moment(dt.date(year, *tables["fixed"][name])) if 1 <= year <= 9999 else None
    if not 1583 <= year <= 9990:
        return None
    if name in tables["from_easter"]:
        return day_moment(easter(year) + dt.timedelta(days=tables["from_easter"][name]))
    if name == "easter week":
        return shift(day_moment(easter(year)), 0, "week")
    if name in tables["nth_weekday"]:
        return day_moment(_nth(year, *tables["nth_weekday"][name]))
    if name in tables["islamic"]:
        found = _islamic_in(year, *tables["islamic"][name])
        return None if found is None else day_moment(found)
    return None


def _nth(year: int, month: int, weekday: int, nth: int) -> dt.date:
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7)
