"""Readers of days and months: with and without year, in words and in figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from timeline.dates.calendar import Moment, day_moment, read_calendar, shift, timex, window
from timeline.dates.clock import clock_time
from timeline.dates.grammar import grammar
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State, months_from, of_moment
from timeline.dates.told import TOLD
from timeline.dates.years import any_year, day_number, infer_year, short_year, stretch_of
from timeline.records import Basis

__all__ = ["READERS"]

Readings = list[Reading]
CLEAR_MONTHS = frozenset("january february march july september october november december".split())
NAME_BEFORE = re.compile(r"[A-Z][a-z]+")


def read_date(match: Match, state: State) -> Readings:
    """A month and a day, with or without weekday, year, part of day or clock time."""
    day, month = day_number(match), match.get("m", "MONTH")
    if day is None:
        return []
    year, printed = any_year(match, state)
    moment = Moment("day", year, month, day)
    basis: Basis = "explicit" if printed else "relative_to_doc"
    if not 1 <= day <= 31:
        return []
    if year is None:
        if day > (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
            moment = Moment("month", None, month)
        moment, basis = infer_year(state, match, moment)
        if moment.grain == "month":
            return [of_moment(match, moment, basis, approximate=True)]
    if basis == "relative_to_event" and month == 2 and day == 29 and moment.year is not None:
        moment = replace(
            moment,
            year=next(
                (year for year in (moment.year, moment.year + 1, moment.year - 1, moment.year + 2) if year % 4 == 0),
                moment.year,
            ),
        )
    if moment.year is not None and moment.year > 0 and read_calendar(day, month, moment.year) is None:
        return [of_moment(match, Moment("month", moment.year, month), basis, approximate=True)]
    time = clock_time(match)
    return [of_moment(match, replace(moment, time=time or ""), basis, confidence=1.0 if printed else 0.9)]


def read_day_range(match: Match, state: State) -> Readings:
    """Two days of one month: "8-10 March"."""
    month, year_printed = match.get("m", "MONTH"), any_year(match, state)
    numbers = [day_number(match, "d"), day_number(match, "d2")]
    if None in numbers:
        return []
    year, printed = year_printed
    moments = [Moment("day", year, month, number) for number in numbers]
    basis: Basis = "explicit"
    if year is None:
        first, basis = infer_year(state, match, moments[0])
        moments = [replace(moment, year=first.year) for moment in moments]
    elif not printed:
        basis = "relative_to_doc"
    year = moments[0].year
    if year is not None and year > 0 and any(read_calendar(m.day or 0, month, year) is None for m in moments):
        return []
    (d_first, d_end), (e_first, _) = match.groups["d"], match.groups["d2"]
    month_first = match.groups["m"][0]
    cuts = [(min(d_first, month_first) if month_first < d_first else d_first, d_end - 1), (e_first, match.last)]
    if match.has("d3"):
        middle, (d3_first, d3_end) = day_number(match, "d3"), match.groups["d3"]
        if middle is None or ((year or 0) > 0 and read_calendar(middle, month, year or 0) is None):
            return []
        moments.insert(1, replace(moments[0], day=middle))
        cuts.insert(1, (d3_first, d3_end - 1))
    return [
        replace(of_moment(match, moment, basis), first=first, last=last, edge=None)
        for moment, (first, last) in zip(moments, cuts, strict=True)
    ]


def read_days_slash(match: Match, state: State) -> Readings:
    """4/5 August: one night over two days; the later one is the value, both are the window."""
    numbers = [int(part) for part in match.parts("dd")[0].split("/")]
    month, (year, printed) = match.get("m", "MONTH"), any_year(match, state)
    moment = Moment("day", year, month, numbers[1])
    basis: Basis = "explicit" if printed else "relative_to_doc"
    if year is None:
        moment, basis = infer_year(state, match, moment)
    if moment.year is None or moment.year < 1:
        return []
    days = [read_calendar(number, month, moment.year) for number in numbers]
    if days[0] is None or days[1] is None or (days[1] - days[0]).days != 1:
        return []
    return [of_moment(match, moment, basis, bounds=(days[0], days[1]))]


def read_half_month(match: Match, state: State) -> Readings:
    """The second half of July."""
    found = stretch_of(match, state)
    first, last, _ = window(found) if found is not None else (None, None, "")
    if found is None or first is None or last is None:
        return []
    middle = first.replace(day=15)
    bounds = (first, middle) if match.get("h", "HALF") == 1 else (middle + dt.timedelta(days=1), last)
    return [of_moment(match, found, "explicit" if match.has("y") else "relative_to_doc", bounds=bounds)]


def read_day_of_rel_month(match: Match, state: State) -> Readings:
    """The 15th of last month."""
    day, base = day_number(match), state.now
    moment = None if base is None else shift(base, int(match.get("r", "REL")), "month")
    if moment is None or day is None or read_calendar(day, moment.n or 0, moment.year or 0) is None:
        return []
    return [of_moment(match, Moment("day", moment.year, moment.n, day), "relative_to_doc")]


def read_named_day(match: Match, state: State) -> Readings:
    """A day that is known by its name: 9/11."""
    return [of_moment(match, day_moment(dt.date.fromisoformat(match.rule.options["day"])), "explicit", anchor=False)]


def read_isodate(match: Match, state: State) -> Readings:
    """2012-08-06, also with a time."""
    found = re.match(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:T(\d\d:?\d\d))?", match.text, re.IGNORECASE)
    if found is None:
        return []
    day = read_calendar(int(found[3]), int(found[2]), int(found[1]))
    if day is None:
        return []
    time = ""
    if found[4]:
        digits = found[4].replace(":", "")
        time = f"T{digits[:2]}:{digits[2:]}"
    return [of_moment(match, day_moment(day, time), "explicit")]


def read_numdate(match: Match, state: State) -> Readings:
    """06/08/2012 and the like, by the order that was asked for; ambiguous ones are approximate if none was."""
    first, second, year = (int(part) for part in re.split(r"[/.-]", match.text))
    if year < 100:
        year = short_year(year, state)
    order = state.order or ("DMY" if "." in match.text else "MDY")
    pairs = [(second, first), (first, second)]
    if order.startswith("D"):
        pairs.reverse()
    days = [read_calendar(day, month, year) for day, month in pairs]
    found = [day for day in days if day is not None]
    if not found:
        return []
    ambiguous = not state.order and len(set(found)) > 1 and "." not in match.text
    bounds = (min(found), max(found)) if ambiguous else None
    return [of_moment(match, day_moment(found[0]), "explicit", approximate=ambiguous, bounds=bounds)]


def read_dtg(match: Match, state: State) -> Readings:
    """A military date-time group: 061430Z AUG 12."""
    digits = match.words.word(match.first)[:6]
    year = match.number("yy") or 0
    year = short_year(year, state) if year < 100 else year
    day = read_calendar(int(digits[:2]), match.get("m", "MONTH"), year)
    if day is None or int(digits[2:4]) > 23 or int(digits[4:]) > 59:
        return []
    return [of_moment(match, day_moment(day, f"T{digits[2:4]}:{digits[4:]}"), "explicit")]


def read_month(match: Match, state: State) -> Readings:
    """A month, with or without its year."""
    month = match.get("m", "MONTH")
    year, printed = any_year(match, state)
    if match.rule.options.get("bare") and not _is_month(match):
        return []
    if year is not None:
        return [of_moment(match, Moment("month", year, month), "explicit" if printed else "relative_to_doc")]
    moment = Moment("month", None, month)
    step = match.get("r", "REL")
    base = state.told() if TOLD & set(match.parts("r")) else state.now
    if step is not None and base is not None and base.year is not None:
        found = _stepped(moment, base, step)
        return [of_moment(match, found, "relative_to_doc" if base is state.today else "relative_to_event")]
    moment, basis = infer_year(state, match, moment)
    return [of_moment(match, moment, basis, confidence=1.0 if basis == "explicit" else 0.85)]


def _is_month(match: Match) -> bool:
    words = match.words
    name, before, after = words.word(match.first), words.word(match.first - 1), words.word(match.first + 1)
    lower = name.lower()
    known = grammar().values["PREP"]
    if lower == "march" and before.lower() not in known and after.lower() in ("for", "of", "to", "on", "against"):
        return False
    if lower == "march" and (
        (before[:1].isupper() and before.lower() not in known)
        or before in ("'s", "’s", '"', "“")
        or (before.lower() == "the" and (not after[:1].isalpha() or after.lower() in known))
    ):
        return False
    if before.lower() in known or before.lower() in grammar().values["EDGE"]:
        return True
    if before.lower() in grammar().cues["named"]:
        return False
    if lower not in CLEAR_MONTHS or (name.isupper() and lower in ("may", "march")):
        if not before or before in '.!?"“' or before[0] == "\n" or before == ".":
            return after in ("-", "–", "—", ":", "\n")
        if NAME_BEFORE.fullmatch(before) or NAME_BEFORE.fullmatch(after):
            return False
    return not (
        lower == "march" and after.lower() in ("to", "in", "of", "on", "for", "against", "through") and not before
    )


def _stepped(moment: Moment, now: Moment, step: int) -> Moment:
    assert now.year is not None
    this = replace(moment, year=now.year)
    gap = months_from(this, now) or 0
    if step < 0:
        return this if gap < 0 else replace(moment, year=now.year - 1)
    if step > 0:
        return this if gap > 0 else replace(moment, year=now.year + 1)
    return this


def read_day_of_month(match: Match, state: State) -> Readings:
    """The 15th: of the month told before."""
    day, base = day_number(match), state.last or state.today
    follow = match.words.word(match.last + 1)
    if follow[:1].isupper() or follow.lower() in ("day", "floor", "parallel", "anniversary", "century", "time"):
        return []
    if base is None or base.year is None or base.grain not in ("day", "month") or base.n is None or day is None:
        return []
    if base.year > 0 and read_calendar(day, base.n, base.year) is None:
        return []
    return [of_moment(match, Moment("day", base.year, base.n, day), "relative_to_event")]


def read_week_of(match: Match, state: State) -> Readings:
    """The week of a day."""
    readings = read_date(match, state)
    if not readings or readings[0].moment is None:
        return []
    week = shift(readings[0].moment, 0, "week")
    return [] if week is None else [replace(readings[0], value=timex(week), moment=week)]


READERS = {
    "days_slash": read_days_slash,
    "half_month": read_half_month,
    "day_of_rel_month": read_day_of_rel_month,
    "named_day": read_named_day,
    "date": read_date,
    "day_range": read_day_range,
    "isodate": read_isodate,
    "numdate": read_numdate,
    "dtg": read_dtg,
    "month": read_month,
    "day_of_month": read_day_of_month,
    "week_of": read_week_of,
}
