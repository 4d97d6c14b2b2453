"""Publication dates as people write them into files."""

from __future__ import annotations

import datetime as dt
import re
from math import isnan
from typing import Any

from timeline.errors import InputError

__all__ = ["is_missing", "parse_day"]

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d.*)?")


def parse_day(value: Any, *, where: str, allow_future: bool = False) -> dt.date | None:
    """Read a publication date; None, an empty text and a missing table cell are None.

    Parameters
    ----------
    value : datetime.date or str or None
        A day, ``YYYY-MM-DD``; a time of day behind it is left out.
    where : str
        What the error names: a file, a line, an option.
    allow_future : bool
        Without it a day after tomorrow is an error. Tomorrow is allowed: it may have begun in another time zone.

    Raises
    ------
    InputError
        If it is no day, or in the future.

    Examples
    --------
    >>> parse_day("2012-08-06T09:30:00Z", where="a.txt")
    datetime.date(2012, 8, 6)
    """
    if is_missing(value) or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        day = _written(str(value).strip(), where)
    if not allow_future and day > _today() + dt.timedelta(days=1):
        raise InputError(f"publication date {day.isoformat()} is in the future", where=where)
    return day


def _written(value: str, where: str) -> dt.date:
    found = _DAY.fullmatch(value)
    try:
        if found:
            return dt.date.fromisoformat(found[1])
    except ValueError:
        pass
    raise InputError(f"publication date {value[:40]!r} is not a day", where=where, advice="write it as YYYY-MM-DD")


def _today() -> dt.date:
    return dt.date.today()


def is_missing(value: Any) -> bool:
    """Whether a table cell holds nothing: None, NaN, NaT or NA.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing("")
    (True, False)
    """
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and isnan(value))
