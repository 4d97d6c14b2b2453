"""Readers of expressions that count from the date told before: the next day, three days later, at dawn."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.calendar import Grain, Moment, first_day, shift, timex
from timeline.dates.clock import clock_time, part_time
from timeline.dates.durations import measure
from timeline.dates.numbers import count_of
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State, of_moment
from timeline.dates.told import END, day_told, from_told, quarter_near, stepped, unknown
from timeline.records import Basis

__all__ = ["READERS", "read_anaphoric"]

Readings = list[Reading]
DAY_PARTS = frozenset(("morning", "afternoon", "evening", "night"))
ORDER = ("day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century")


def read_later(match: Match, state: State) -> Readings:
    """Three days later, a year earlier: counted from the date told before."""
    steps, unit = count_of(match), match.get("u", "UNIT") or match.get("u", "UNITS")
    word = match.parts("s")[0]
    sign = -1 if word in ("earlier", "before", "previously") else 1
    blank = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")
    if word in ("after", "before") and match.words.lower(match.last + 1) not in END:
        return [_measure(match)]
    if steps is None:
        return [unknown(match, "FUTURE_REF" if sign > 0 else "PAST_REF")]
    if unit == "Y" and steps == 1 and state.quarter and quarter_near(state, match):
        moment = shift(state.quarter, 4 * sign, "quarter")
        return [] if moment is None else [of_moment(match, moment, "relative_to_event", anchor=False)]
    base, basis = from_told(state)
    if base is None:
        return [unknown(match, blank)]
    if unit.startswith("T"):
        return [of_moment(match, replace(base, time="TXX" if base.grain == "day" else ""), basis, anchor=False)]
    if unit in ("D", "W") and base.grain in ("month", "season", "quarter", "year"):
        return [of_moment(match, base, basis, anchor=False, approximate=True)]
    moment = stepped(base, sign * int(steps), unit)
    if moment is None:
        return [unknown(match, blank)]
    return [of_moment(match, moment, basis)]


def _measure(match: Match) -> Reading:
    return replace(measure(match, "DURATION"), last=match.last - 1, signal=match.parts("s")[0])


def read_later_vague(match: Match, state: State) -> Readings:
    """Weeks later: how many is not said."""
    unit = match.get("u", "UNITS")
    if match.parts("s")[0] == "before" and match.words.lower(match.last + 1) not in END:
        return [_measure(match)]
    return [unknown(match, {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "PAST_REF"))]


def read_anaphoric(match: Match, state: State) -> Readings:
    """The next day, that week: counted from the date told before."""
    word = match.parts("u")[0]
    steps = match.rule.options.get("steps")
    if steps is None:
        steps = int(match.get("r", "ANA", 0))
    base, basis = from_told(state)
    next_in_news = match.parts("r")[-1:] == ["next"] and state.mode == "news"
    time = f"{_part(word)}" if word in DAY_PARTS else ""
    grain: Grain = "day" if word in DAY_PARTS else match.get("u", "CALUNIT", "season")
    if word in DAY_PARTS and base is not None and base.grain != "day":
        base, basis = (state.last_day, "relative_to_event") if state.last_day is not None else day_told(state)
    if grain == "season":
        return _same_season(match, base, basis)
    if next_in_news and grain in ("year", "month", "week", "decade"):
        base, basis = (state.last, "relative_to_event") if state.last else (state.today, "relative_to_doc")
    if base is None:
        blank = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(grain, "XXXX")
        return [unknown(match, blank + time, "TIME" if time else "DATE")]
    moment = shift(base, steps, grain) if base.grain == grain or _finer(base.grain, grain) else None
    if moment is None:
        if state.mode == "news" and steps == 0:
            return []
        blank = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(grain, "XXXX")
        if base.grain in ("month", "year") and base.year and grain == "day":
            blank = timex(replace(base, time="")) + ("-XX" if base.grain == "month" else "-XX-XX")
        return [unknown(match, blank + time, "TIME" if time else "DATE")]
    return [of_moment(match, replace(moment, time=time), basis)]


def _part(word: str) -> str:
    return {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}[word]


def _finer(fine: str, coarse: str) -> bool:
    return ORDER.index(fine) <= ORDER.index(coarse)


def _same_season(match: Match, base: Moment | None, basis: Basis) -> Readings:
    if base is None or base.year is None:
        return []
    season = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}[match.parts("u")[0]]
    return [of_moment(match, Moment("season", base.year, season), basis)]


def read_day_after(match: Match, state: State) -> Readings:
    """The day before, the day after: with no event named it counts from the date told before."""
    word = "before" if match.parts("r")[0] == "before" else "after"
    steps = -1 if word == "before" else 1
    base, basis = from_told(state)
    grain: Grain = match.get("u", "CALUNIT")
    if base is None or not _finer(base.grain, grain):
        return [unknown(match, "XXXX-XX-XX" if grain == "day" else "XXXX")]
    follow = match.words.lower(match.last + 1)
    moment = shift(base, steps, grain)
    if moment is None:
        return []
    if follow not in END and grain == "day":
        if state.mode == "news":
            return [replace(unknown(match, "XXXX-XX-XX"), signal=word)]
        return [of_moment(match, moment, basis, anchor=False, approximate=True, signal=word)]
    return [of_moment(match, moment, basis)]


def read_then(match: Match, state: State) -> Readings:
    """Since then, by then: the date told before."""
    if state.last is None or match.words.lower(match.last + 1) == "-":
        return []
    return [of_moment(match, replace(state.last, time=""), "relative_to_event", anchor=False)]


def read_nth_day(match: Match, state: State) -> Readings:
    """On the third day, for a second night."""
    base, basis = from_told(state)
    word = match.parts("u")[0]
    if match.words.lower(match.last + 1) == "of" and match.words.word(match.last + 2)[:1].isupper():
        return []
    if word in DAY_PARTS or base is None or base.grain != "day" or word != "day":
        return []
    return [of_moment(match, replace(base, time=""), basis, anchor=False, approximate=True)]


def read_this_part(match: Match, state: State) -> Readings:
    """Last night, that morning, early the next evening."""
    parts = match.parts("r")
    time = part_time(match) or ""
    steps = {"last": -1, "yesterday": -1, "tomorrow": 1, "next": 1, "following": 1, "previous": -1}.get(parts[-1], 0)
    anaphoric = parts[0] in ("that", "the", "next", "following", "previous") or state.mode == "narrative"
    if parts == ["the"] and match.words.lower(match.first - 1) not in ("in", "during", "throughout", "of"):
        return []
    base, basis = day_told(state) if anaphoric else (state.today, "relative_to_doc")
    if base is None:
        return [unknown(match, f"XXXX-XX-XX{time}", "TIME")]
    moment = shift(base, steps, "day")
    return [] if moment is None else [of_moment(match, replace(moment, time=time), basis)]


def read_overnight(match: Match, state: State) -> Readings:
    """Overnight: the night before publication, or of the day told before in narrative."""
    if state.mode == "narrative":
        base, steps = state.last, 0
    else:
        base, steps = state.today, -1
    basis: Basis = "relative_to_event" if state.mode == "narrative" else "relative_to_doc"
    if base is None or base.grain != "day":
        return [unknown(match, "XXXX-XX-XXTNI", "TIME")]
    moment = shift(base, steps, "day")
    if moment is None:
        return []
    bounds = (first_day(moment), first_day(shift(moment, 1, "day") or moment))
    return [of_moment(match, replace(moment, time="TNI"), basis, bounds=bounds)]


def read_part_alone(match: Match, state: State) -> Readings:
    """At dawn, at noon: of the day told before."""
    base, basis = day_told(state)
    time = part_time(match) or ""
    if base is None:
        return [unknown(match, f"XXXX-XX-XX{time}", "TIME")]
    return [of_moment(match, replace(base, time=time), basis)]


def read_clock(match: Match, state: State) -> Readings:
    """A clock time: of the day told before."""
    time = clock_time(match)
    if time is None:
        return []
    base, basis = day_told(state)
    if base is None:
        return [unknown(match, f"XXXX-XX-XX{time}", "TIME")]
    return [of_moment(match, replace(base, time=time), basis, anchor=False)]


def read_clock_head(match: Match, state: State) -> Readings:
    """A clock time at the head of a line: of the day that the entries before were of."""
    dotted = "." in match.words.word(match.first)
    if not state.at_head(match.first, match.last) or (dotted and state.last_day is None):
        return []
    time = clock_time(match)
    base, basis = (state.clock_day, "relative_to_event") if state.clock_day is not None else day_told(state)
    if time is None or base is None:
        return []
    state.clock_day = base
    return [of_moment(match, replace(base, time=time), basis, anchor=False)]


def read_part_of_any_day(match: Match, state: State) -> Readings:
    """At night: of no day in particular."""
    return [unknown(match, "XXXX-XX-XXTNI", "TIME")]


READERS = {
    "later": read_later,
    "later_vague": read_later_vague,
    "anaphoric": read_anaphoric,
    "day_after": read_day_after,
    "then": read_then,
    "nth_day": read_nth_day,
    "this_part": read_this_part,
    "overnight": read_overnight,
    "part_alone": read_part_alone,
    "clock": read_clock,
    "clock_head": read_clock_head,
    "part_of_any_day": read_part_of_any_day,
}
