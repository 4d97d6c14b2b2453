"""What kind of text it is, and the day that its dateline gives."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from timeline.dates.calendar import read_calendar
from timeline.dates.grammar import OTHER, grammar
from timeline.dates.scan import Words
from timeline.dates.state import Mode

__all__ = ["dateline_day", "find_mode"]

DATELINE = re.compile(
    r"\b([A-Z][A-Za-z]{2,8})\.? (\d{1,2})(?:,? (\d{4}))?\b|\b(\d{1,2}) ([A-Z][A-Za-z]{2,8})\.?(?:,? (\d{4}))?\b"
)
PLACE = re.compile(
    r"^[ \t]*[A-Z][A-Z .'-]{2,40}(?:, [A-Z][\w. ]{2,30}){0,2}?, [^\n]{3,20}?(?: ?\([^()\n]{2,40}\)\.?)? ?(?:-|--|–|—) ",
    re.MULTILINE,
)
LAG = 3
HEAD = 300


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(r"\((?:" + "|".join(sorted(map(re.escape, grammar().cues["agencies"]))) + r")\)")


def dateline_day(words: Words, published: dt.date | None) -> dt.date | None:
    """The day to count from: that of the dateline if it prints one that fits, else the day of publication.

    A dateline without a year ("BEIRUT, Aug 6 (Reuters)") takes the year of publication; without one it gives no day.
    """
    head = words.text[:HEAD]
    line = PLACE.search(head)
    close = _agency().search(head)
    if close is None and line is None:
        return published
    months = grammar().values["MONTH"]
    start, end = (line.start(), line.end()) if line else (0, close.end() + 40 if close else 0)
    for found in DATELINE.finditer(head[start:end]):
        name, day, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        month = months.get(name.lower())
        if not month:
            continue
        if year:
            printed = read_calendar(int(day), month, int(year))
        else:
            printed = None if published is None else _near(int(day), month, published)
        if printed is not None and (published is None or 0 <= (published - printed).days <= LAG):
            return printed
    return published


def _near(day: int, month: int, published: dt.date) -> dt.date | None:
    year = published.year - (1 if month == 12 and published.month == 1 else 0)
    return read_calendar(day, month, year)


def _points_here(words: Words, index: int) -> bool:
    """Whether a word begins "last week", "this month" or the like."""
    units = grammar().values["CALUNIT"]
    return words.lower(index) in ("last", "this", "next") and words.lower(index + 1) in units


def find_mode(words: Words, published: dt.date | None) -> Mode:
    """News if the text points at its own present, narrative if it tells of years gone by."""
    if _agency().search(words.text[:HEAD]):
        return "news"
    known = grammar()
    years, months, eras = known.of_class("YEAR"), known.of_class("MONTH"), known.of_class("BC")
    dated = old = named = deictic = 0
    for index, code in enumerate(words.codes):
        if code == OTHER:
            continue
        if code in months:
            named += 1
        elif code in years:
            year = int(words.word(index))
            if published is None or year < published.year:
                old += 1
                dated += any(other in months for other in words.codes[max(index - 3, 0) : index])
        elif code in eras:
            dated += 1
            old += 1
        elif words.lower(index) in known.cues["deictic"] or _points_here(words, index):
            deictic += 1
    return "narrative" if old >= 4 and (dated >= 4 or named >= 8) and old + named > 12 * deictic else "news"
