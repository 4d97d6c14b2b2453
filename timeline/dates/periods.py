"""Readers of longer stretches: years, decades, centuries, quarters, seasons; and of holidays."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from timeline.dates.calendar import Moment, day_moment, shift
from timeline.dates.clock import clock_time
from timeline.dates.grammar import grammar
from timeline.dates.holidays import holiday_moment
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State, months_from, of_moment
from timeline.dates.told import TOLD
from timeline.dates.years import ahead_of, any_year, short_year, year_of
from timeline.records import Basis

__all__ = ["READERS"]

Readings = list[Reading]


def read_year(match: Match, state: State) -> Readings:
    """A year as such."""
    year = year_of(match, state)
    if year is None:
        return []
    plain = match.has("y") and match.first == match.last
    if plain and (_is_label(match) or _is_count(match)):
        return []
    return [of_moment(match, Moment("year", year), "explicit")]


def _is_count(match: Match) -> bool:
    """Whether a number of four digits counts something: "some 2000 people", "free 1350 captives"."""
    words, cues = match.words, grammar().cues
    before, after = words.lower(match.first - 1), words.lower(match.last + 1)
    if before in cues["counted"]:
        return True
    if after in ("-", "/") and (digits := words.word(match.last + 2)[:9]).isdecimal():
        return not 1000 <= int(digits) <= 2100 and len(digits) != 2
    known = before in grammar().values["PREP"] or before in cues["determiners"]
    if known or before in ("early", "late", "(", ",", "-"):
        return False
    return (after.endswith("s") and len(after) > 3 and after.isalpha()) or before in cues["numbered"]


def _is_label(match: Match) -> bool:
    """Whether a number of four digits names something else: "Hill 1951", "AF 1611", "555-1212"."""
    words, known = match.words, grammar().values
    before = words.word(match.first - 1)
    lower = before.lower()
    if before in ("-", "–"):
        digits = words.word(match.first - 2)
        return digits.isdecimal() and not 1000 <= int(digits[:9]) <= 2100
    if not before[:1].isalpha() or not before[0].isupper():
        return False
    return (
        not any(lower in known[name] for name in ("PREP", "EDGE", "MONTH", "SEASON", "REL", "ROUGH", "EDGENOUN"))
        and lower not in grammar().cues["determiners"]
    )


def read_year_range(match: Match, state: State) -> Readings:
    """1997-98: two years."""
    first, second = match.number("y") or 0, match.number("yy") or 0
    if second < 100:
        second += first // 100 * 100
        if second < first:
            second += 100
    if not first < second <= first + 150:
        return []
    cut = match.groups["yy"][0]
    return [
        replace(of_moment(match, Moment("year", first), "explicit"), last=match.groups["y"][0]),
        replace(of_moment(match, Moment("year", second), "explicit"), first=cut),
    ]


def read_era_range(match: Match, state: State) -> Readings:
    """264-241 BC: two years."""
    first, second = match.number("y3") or 0, match.number("z3") or 0
    if first <= second:
        return []
    return [
        replace(of_moment(match, Moment("year", -first), "explicit"), last=match.groups["y3"][0]),
        replace(of_moment(match, Moment("year", -second), "explicit"), first=match.groups["z3"][0]),
    ]


def read_decade(match: Match, state: State) -> Readings:
    """The 1990s, the '80s, the seventies."""
    if match.has("dec"):
        number = match.number("dec") or 0
        digits = re.sub(r"\D", "", match.parts("dec")[0])
        if number % 10:
            return []
        year = number if len(digits) > 2 else short_year(number, state)
        if len(digits) == 3 and not match.has("bc"):
            return []
        year = -year if match.has("bc") else year
    else:
        century = match.get("cw", "TEEN", 19)
        year = century * 100 + match.get("dw", "TENSPLURAL")
    return [of_moment(match, Moment("decade", year), "explicit")]


def read_century(match: Match, state: State) -> Readings:
    """The 19th century."""
    number = match.number("o")
    if number is None:
        words = grammar().values
        number = sum(words["TENS"].get(part, 0) + words["ORD"].get(part, 0) for part in match.parts("o"))
    if not 1 <= number <= 30:
        return []
    year = (number - 1) * 100
    moment = Moment("century", -year if match.has("bc") and year else year)
    reading = of_moment(match, moment, "explicit")
    return [replace(reading, value=f"BC{number - 1:02d}")] if match.has("bc") else [reading]


def quarter_base(state: State, match: Match) -> int | None:
    """The year of a quarter without year."""
    return state.published.year if state.published and state.mode == "news" else state.last_year


def read_quarter(match: Match, state: State) -> Readings:
    """A quarter of a year."""
    number = match.get("o", "QORD")
    if match.has("q"):
        number = int(match.parts("q")[0][1])
    year, printed = any_year(match, state)
    basis: Basis = "explicit" if printed else "relative_to_doc"
    if year is None:
        year = quarter_base(state, match)
        if year is None:
            return [of_moment(match, Moment("quarter", None, number), "none")]
        if state.published is not None and state.mode == "news" and not match.has("f"):
            current = (state.published.month - 1) // 3 + 1
            future = state.tense(match) in ("future", "maybe")
            if number > current + (1 if future else 0):
                year -= 1
            elif future and number < current - 2:
                year += 1
        if match.has("r"):
            year -= 1
    return [of_moment(match, Moment("quarter", year, number), basis)]


def read_half(match: Match, state: State) -> Readings:
    """A half of a year."""
    year, printed = any_year(match, state)
    if year is None:
        year = quarter_base(state, match)
    return [
        of_moment(
            match, Moment("half", year, min(match.get("h", "HALF"), 2)), "explicit" if printed else "relative_to_doc"
        )
    ]


def read_season(match: Match, state: State) -> Readings:
    """A season, with or without its year."""
    season = match.get("s", "SEASON")
    named = match.rule.options.get("name")
    if match.words.word(match.first)[0].isupper() and match.first == match.last and not named:
        return []
    year, printed = any_year(match, state)
    if year is not None:
        return [of_moment(match, Moment("season", year, season), "explicit" if printed else "relative_to_doc")]
    pair = ahead_of(match, "season")
    if pair is not None:
        return [of_moment(match, Moment("season", pair.year, season), "explicit")]
    told = state.mode == "narrative" or TOLD & set(match.parts("r"))
    base, step = state.told() if told else state.today, match.get("r", "REL")
    if base is None or base.year is None:
        return [of_moment(match, Moment("season", None, season), "none")]
    basis: Basis = "relative_to_doc" if state.mode == "news" else "relative_to_event"
    current = shift(base, 0, "season")
    found = Moment("season", base.year, season)
    if (
        season == 3
        and step is None
        and state.mode == "narrative"
        and (base.n or 0) >= 9
        and base.grain in ("day", "month")
    ):
        year = base.year + 1 if base.year != -1 else 1
        days = (dt.date(year - 1, 12, 1), dt.date(year, 3, 1) - dt.timedelta(days=1)) if 1 < year <= 9999 else None
        return [of_moment(match, replace(found, year=year), basis, bounds=days)]
    if base.year < 0 or base.grain == "year":
        return [of_moment(match, Moment("season", base.year + (step or 0), season), basis)]
    if current is not None and current.year is not None and current.n is not None:
        gap = (base.year - current.year) * 4 + season - current.n
        if "past" in match.parts("r") or step == -1:
            found = replace(found, year=base.year - (1 if gap >= 0 else 0))
        elif step == 1 and gap <= 0:
            found = replace(found, year=base.year + 1)
        elif step is None and state.mode == "news" and gap > 0 and state.tense(match) == "past":
            found = replace(found, year=base.year - 1)
        elif step is None and state.mode == "news" and gap < 0 and state.tense(match) == "future":
            found = replace(found, year=base.year + 1)
    return [of_moment(match, found, basis)]


def read_holiday(match: Match, state: State) -> Readings:
    """A holiday with a date of its own."""
    year, printed = any_year(match, state)
    name = " ".join(match.parts("hd"))
    if not match.words.word(match.groups["hd"][0])[0].isupper() or _in_name(match):
        return []
    base = state.published if state.mode == "news" else None
    step = match.get("r", "REL")
    if year is None and base is not None:
        moments = [holiday_moment(name, base.year + step) for step in (-1, 0, 1)]
        dated = [moment for moment in moments if moment is not None]
        if not dated:
            return []
        moment = _choose(dated, base, step, state.tense(match))
        return [
            of_moment(
                match,
                replace(moment, time=clock_time(match) or moment.time),
                "relative_to_doc",
                approximate=_moves(name),
                bounds=_days_of(name, moment),
            )
        ]
    year = year if year is not None else state.last_year
    if year is None or year < 1:
        return [Reading("DATE", "XXXX-XX-XX", match.first, match.last, match.rule.id, anchor=False)]
    found = holiday_moment(name, year)
    if found is None:
        return []
    return [
        of_moment(
            match,
            replace(found, time=clock_time(match) or found.time),
            "explicit" if printed else "relative_to_event",
            approximate=_moves(name),
            bounds=_days_of(name, found),
        )
    ]


def _in_name(match: Match) -> bool:
    """Whether a feast is part of a name: "Operation Ramadan", a song called "Christmas"."""
    before = match.words.word(match.first - 1)
    lower = before.lower()
    if before in ('"', "“") or lower in grammar().cues["named"]:
        return True
    known = lower in grammar().values["PREP"] or lower in ("the", "early", "late")
    return before[:1].isupper() and not known


def _days_of(name: str, moment: Moment) -> tuple[dt.date, dt.date] | None:
    """The days of a feast that lasts: Ramadan is a month."""
    if name != "ramadan" or moment.year is None or not moment.n or not moment.day:
        return None
    first = dt.date(moment.year, moment.n, moment.day)
    return first, first + dt.timedelta(days=29)


def _moves(name: str) -> bool:
    return name.startswith(("eid", "ramadan", "ashura", "mawlid"))


def _choose(dated: list[Moment], base: dt.date, step: int | None, tense: str) -> Moment:
    today = day_moment(base)

    def distance(moment: Moment) -> float:
        months = months_from(moment, today) or 0
        gap = months + ((moment.day or 1) - base.day) / 31
        wanted = step if step is not None else (1 if tense == "future" else -1 if tense == "past" else 0)
        if wanted and gap * wanted < 0:
            return abs(gap) * (100 if step else 2)
        return abs(gap)

    return min(dated, key=distance)


READERS = {
    "year": read_year,
    "year_range": read_year_range,
    "era_range": read_era_range,
    "decade": read_decade,
    "century": read_century,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "holiday": read_holiday,
}
