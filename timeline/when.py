"""What can be asked of a `When`: order, overlap, union, notation. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.records import Basis, DateKind, Precision, When

__all__ = [
    "before",
    "contains",
    "edtf",
    "format_when",
    "intersection",
    "is_known",
    "overlaps",
    "sort_key",
    "union",
]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = ("spring", "summer", "autumn", "winter")
FINENESS: tuple[Precision, ...] = (
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "year",
    "decade",
    "weekday_only",
    "unknown",
)
BASES: tuple[Basis, ...] = (
    "explicit",
    "relative_to_doc",
    "relative_to_event",
    "doc_date",
    "weekday_only",
    "duration_only",
    "none",
)


def is_known(when: When) -> bool:
    """Whether at least one bound is known.

    Examples
    --------
    >>> from timeline.records import When
    >>> is_known(When()), is_known(When(end=dt.date(2012, 8, 6)))
    (False, True)
    """
    return when.start is not None or when.end is not None


def _low(when: When) -> dt.date:
    return when.start or dt.date.min


def _high(when: When) -> dt.date:
    return when.end or dt.date.max


def overlaps(first: When, second: When) -> bool:
    """Whether two windows can share a day; an open bound reaches without end, a wholly unknown one shares nothing.

    Examples
    --------
    >>> from timeline.records import When
    >>> august = When(dt.date(2012, 8, 1), dt.date(2012, 8, 31))
    >>> overlaps(august, When(dt.date(2012, 8, 31), None)), overlaps(august, When())
    (True, False)
    """
    if not (is_known(first) and is_known(second)):
        return False
    return _low(first) <= _high(second) and _low(second) <= _high(first)


def contains(outer: When, inner: When) -> bool:
    """Whether every possible day of the second lies within the first.

    Examples
    --------
    >>> from timeline.records import When
    >>> august = When(dt.date(2012, 8, 1), dt.date(2012, 8, 31))
    >>> contains(august, When(dt.date(2012, 8, 6), dt.date(2012, 8, 6)))
    True
    """
    if not (is_known(outer) and is_known(inner)):
        return False
    return _low(outer) <= _low(inner) and _high(inner) <= _high(outer)


def before(first: When, second: When) -> bool:
    """Whether the first is over for certain when the second begins.

    Examples
    --------
    >>> from timeline.records import When
    >>> before(When(end=dt.date(2012, 8, 5)), When(start=dt.date(2012, 8, 6)))
    True
    """
    return first.end is not None and second.start is not None and first.end < second.start


def _coarser(first: When, second: When) -> Precision:
    return max(first.precision, second.precision, key=FINENESS.index)


def _weaker(first: When, second: When) -> Basis:
    return max(first.basis, second.basis, key=BASES.index)


def union(first: When, second: When) -> When:
    """The smallest window with every day of both; open where either is open.

    A wholly unknown one adds nothing. The result is ``since`` if either is, ``extent`` if either is, else ``point``.

    Examples
    --------
    >>> from timeline.records import When
    >>> day = When(dt.date(2012, 8, 6), dt.date(2012, 8, 6), "day", basis="explicit")
    >>> union(day, replace(day, start=dt.date(2012, 8, 8), end=dt.date(2012, 8, 8))).end
    datetime.date(2012, 8, 8)
    """
    if not is_known(first) or not is_known(second):
        return second if is_known(second) else first
    start = None if first.start is None or second.start is None else min(first.start, second.start)
    end = None if first.end is None or second.end is None else max(first.end, second.end)
    return _combined(first, second, start, end)


def intersection(first: When, second: When) -> When | None:
    """The days that both windows share; None if they share none. A wholly unknown one takes nothing away.

    Examples
    --------
    >>> from timeline.records import When
    >>> intersection(When(end=dt.date(2012, 8, 5)), When(start=dt.date(2012, 8, 6))) is None
    True
    """
    if not is_known(first) or not is_known(second):
        return second if is_known(second) else first
    if not overlaps(first, second):
        return None
    starts = [day for day in (first.start, second.start) if day is not None]
    ends = [day for day in (first.end, second.end) if day is not None]
    both = _combined(first, second, max(starts, default=None), min(ends, default=None))
    precision = min(first.precision, second.precision, key=FINENESS.index)
    basis = min(first.basis, second.basis, key=BASES.index)
    both = replace(both, precision=precision, basis=basis)
    return replace(both, edtf=edtf(both))


def _combined(first: When, second: When, start: dt.date | None, end: dt.date | None) -> When:
    kinds = (first.kind, second.kind)
    kind: DateKind = "since" if "since" in kinds and end is None else "extent" if "extent" in kinds else "point"
    if kind == "point" and "since" in kinds:
        kind = "extent"
    ongoing = [day for day in (first.ongoing_at, second.ongoing_at) if day is not None]
    found = replace(
        first,
        start=start,
        end=end,
        precision=_coarser(first, second),
        kind=kind,
        basis=_weaker(first, second),
        approximate=first.approximate or second.approximate,
        ongoing_at=max(ongoing, default=None) if kind == "since" else None,
        span=first.span or second.span,
        weekday=first.weekday if first.weekday == second.weekday else None,
    )
    return replace(found, edtf=edtf(found))


def sort_key(when: When) -> tuple[int, int, int, int]:
    """A key for order in time: by start (else end, else last), then the more exact first.

    Examples
    --------
    >>> from timeline.records import When
    >>> sorted([When(), When(dt.date(2012, 8, 6), dt.date(2012, 8, 6))], key=sort_key)[-1]
    When(start=None, end=None, precision='unknown', ...)
    """
    start, end = when.start or when.end or when.ongoing_at, when.end or when.ongoing_at or when.start
    if start is None or end is None:
        return (1, 0, 0, when.weekday or 0)
    return (0, start.toordinal(), end.toordinal(), FINENESS.index(when.precision))


def _year(year: int) -> str:
    return f"{year:04d}"


def _month_ends(day: dt.date) -> bool:
    return day == dt.date.max or (day + dt.timedelta(days=1)).day == 1


def _stretches(when: When) -> Iterator[str]:
    """Names of whole stretches of the calendar that the window is, the shortest notation first."""
    start, end = when.start, when.end
    if start is None or end is None:
        return
    if start == end:
        yield start.isoformat()
    last = _month_ends(end)
    if start.day == 1 and last:
        if start.month == end.month and start.year == end.year:
            yield f"{_year(start.year)}-{start.month:02d}"
        if start.month == 1 and end.month == 12:
            if start.year == end.year:
                yield _year(start.year)
            elif start.year % 10 == 0 and end.year == start.year + 9:
                yield _year(start.year)[:3] + "X"
            elif start.year % 100 == 0 and end.year == start.year + 99:
                yield _year(start.year)[:2] + "XX"
        if (
            start.year == end.year
            and start.month % 3 == 1
            and end.month == start.month + 2
            and when.precision == "quarter"
        ):
            yield f"{_year(start.year)}-{33 + start.month // 3}"
        if when.precision == "season" and start.month % 3 == 0 and (end - start).days < 95:
            yield f"{_year(start.year)}-{20 + start.month // 3}"


def edtf(when: When) -> str | None:
    """The window in the Extended Date/Time Format (ISO 8601-2, levels 0 to 2); None if nothing is known of it.

    A point somewhere in a window of several days that is no month or year is a set ``[a..b]`` (one of these days), an
    extent is an interval ``a/b``, something that goes on is ``a/..``, and an open bound is ``..`` (a set) or nothing
    (an interval).

    Examples
    --------
    >>> from timeline.records import When
    >>> edtf(When(dt.date(2012, 8, 1), dt.date(2012, 8, 31), "month"))
    '2012-08'
    >>> edtf(When(dt.date(2011, 3, 1), None, "month", "since"))
    '2011-03/..'
    >>> edtf(When(dt.date(2012, 8, 5), dt.date(2012, 8, 6), "day"))
    '[2012-08-05..2012-08-06]'
    """
    if not is_known(when):
        return None
    rough = "~" if when.approximate else ""
    if when.kind == "since" and when.start is not None:
        return f"{_opening(when)}{rough}/.."
    whole = next(_stretches(when), None)
    if whole is not None and (when.kind == "point" or when.start == when.end):
        return whole + rough
    start = when.start.isoformat() if when.start else ""
    end = when.end.isoformat() if when.end else ""
    if when.kind == "point":
        return f"[{start}..{end}]"
    return f"{start + rough if start else '..'}/{end + rough if end else '..'}"


def _opening(when: When) -> str:
    assert when.start is not None
    if when.precision in ("month", "quarter", "season") and when.start.day == 1:
        return f"{_year(when.start.year)}-{when.start.month:02d}"
    if when.precision in ("year", "decade") and when.start.day == 1 and when.start.month == 1:
        return _year(when.start.year)
    return when.start.isoformat()


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _from_to(start: dt.date, end: dt.date) -> str:
    if start == end:
        return _day(start)
    if start.year != end.year:
        return f"{_day(start)}-{_day(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]}-{_day(end)}"
    return f"{start.day}-{_day(end)}"


def _third(when: When) -> str | None:
    """The early, middle or late part of a month or year, if the window is one."""
    start, end = when.start, when.end
    if not when.approximate or start is None or end is None or start.year != end.year:
        return None
    if start.month == end.month and start.day in (1, 11, 21, 22) and (end - start).days in range(8, 11):
        part = "early" if start.day == 1 else "mid" if start.day < 15 else "late"
        return f"in {part}{'-' if part == 'mid' else ' '}{LONG_MONTHS[start.month - 1]} {start.year}"
    last = _month_ends(end)
    if start.day == 1 and last and end.month == start.month + 3 and start.month in (1, 5, 9):
        part = {1: "early ", 5: "mid-", 9: "late "}[start.month]
        return f"in {part}{start.year}"
    return None


def _years(when: When) -> str | None:
    """Years or months from one to another, where no day is meant."""
    start, end = when.start, when.end
    if start is None or end is None or start.day != 1 or not _month_ends(end):
        return None
    if when.precision == "year" and start.month == 1 and end.month == 12:
        return f"{start.year}-{end.year}"
    if when.precision == "month":
        first = MONTHS[start.month - 1] + (f" {start.year}" if start.year != end.year else "")
        return f"{first}-{MONTHS[end.month - 1]} {end.year}"
    return None


def _named(when: When) -> str | None:
    """A month, quarter, season, year or decade by its name."""
    start, end = when.start, when.end
    if start is None or end is None:
        return None
    whole = list(_stretches(when))
    if not whole or start == end:
        return None
    name = whole[0]
    if name.endswith("X"):
        return f"the {start.year}s" if not name.endswith("XX") else f"the years {start.year}-{end.year}"
    if len(name) == 4:
        return str(start.year)
    number = int(name[5:7])
    if number > 32:
        return f"the {('first', 'second', 'third', 'fourth')[number - 33]} quarter of {start.year}"
    if number > 20:
        years = str(start.year) if start.year == end.year else f"{start.year}-{end.year % 100:02d}"
        return f"{SEASONS[number - 21]} {years}"
    return f"{MONTHS[number - 1]} {start.year}"


def format_when(when: When) -> str:
    """The date as an editor would print it.

    Examples
    --------
    >>> from timeline.records import When
    >>> format_when(When(dt.date(2011, 9, 27), dt.date(2011, 10, 1), "day", "extent"))
    '27 Sep-1 Oct 2011'
    >>> format_when(When(dt.date(2011, 10, 1), dt.date(2011, 10, 31), "month"))
    'in Oct 2011'
    >>> format_when(When(dt.date(2011, 3, 1), None, "month", "since"))
    'since March 2011'
    >>> format_when(When(None, dt.date(2012, 8, 6), basis="doc_date"))
    'day not known, by 6 Aug 2012'
    """
    about = "about " if when.approximate else ""
    if when.kind == "since":
        return _format_since(when, about)
    if when.start is not None and when.end is not None:
        if when.start == when.end:
            return about + _day(when.start)
        third = _third(when)
        if third is not None:
            return third
        name = _named(when)
        if name is not None:
            lead = "all of" if when.kind == "extent" and when.precision != "day" else "in"
            return f"{about}{lead} {name}"
        days = _years(when) or _from_to(when.start, when.end)
        return about + days if when.kind == "extent" else f"{about}between {_day(when.start)} and {_day(when.end)}"
    if when.end is not None:
        return f"day not known, by {_day(when.end)}" if when.kind == "point" else f"until {about}{_day(when.end)}"
    if when.start is not None:
        return (
            f"day not known, from {_day(when.start)} on" if when.kind == "point" else f"from {about}{_day(when.start)}"
        )
    if when.weekday is not None:
        return f"a {WEEKDAYS[when.weekday - 1]}, date not known"
    return "date not known"


def _format_since(when: When, about: str) -> str:
    if when.start is None:
        return f"going on at {_day(when.ongoing_at)}" if when.ongoing_at else "going on, start not known"
    opening = _opening(when)
    if len(opening) == 4:
        return f"since {about}{opening}"
    if len(opening) == 7:
        return f"since {about}{LONG_MONTHS[when.start.month - 1]} {when.start.year}"
    return f"since {about}{_day(when.start)}"
