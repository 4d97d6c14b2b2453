"""Readers of durations and of repeated times."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

from timeline.dates.calendar import day_moment, first_day, shift, window
from timeline.dates.durations import measure, period, unit_of
from timeline.dates.grammar import grammar
from timeline.dates.numbers import count_of, number_of
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State
from timeline.dates.told import unknown
from timeline.dates.years import stretch_of

__all__ = ["READERS"]

Readings = list[Reading]

PAST = frozenset(("past", "last"))
COMING = frozenset(("next", "coming"))
DAYS = {"TM": 1 / 1440, "TH": 1 / 24, "D": 1, "W": 7, "2W": 14, "M": 30.44, "Y": 365.25, "10Y": 3652.5}


def read_duration(match: Match, state: State) -> Readings:
    """Three days, the past two months."""
    follow = match.words.lower(match.last + 1)
    second = match.words.lower(match.last + 2)
    if follow == "old" or (follow == "-" and second == "old"):
        return []
    dashed = match.words.lower(match.last - 1) == "-"
    if unit_of(match) in ("Q", "TS") and match.has("c") and (follow == "of" or dashed):
        return []
    return [_placed(measure(match, "DURATION"), match, state)]


def _placed(reading: Reading, match: Match, state: State) -> Reading:
    """Give "the past three days" its days, counted back from publication (or on, for "the next")."""
    words = {match.words.lower(index) for index in range(match.first, match.last + 1)}
    steps = -1 if words & PAST else 1 if words & COMING else 0
    count, unit = count_of(match) or (1 if match.rule.read == "past_unit" else None), unit_of(match)
    if not steps or count is None or count != int(count) or state.published is None or state.mode != "news":
        return reading
    days = DAYS.get(unit)
    if days is not None:
        length = max(math.ceil(days * count), 1)
        other = shift(day_moment(state.published), steps * length, "day")
    else:
        other = None
    far = None if other is None else first_day(other)
    if far is None:
        return reading
    bounds = (far, state.published) if steps < 0 else (state.published, far)
    return replace(reading, bounds=bounds, basis="relative_to_doc", approximate=unit not in ("D", "W", "TH", "TM"))


def read_duration_age(match: Match, state: State) -> Readings:
    """Twenty years old."""
    return [measure(match, "DURATION")]


def read_duration_ahead(match: Match, state: State) -> Readings:
    """The weeks ahead."""
    return [measure(match, "DURATION", period(None, unit_of(match)))]


def read_duration_one(match: Match, state: State) -> Readings:
    """A month, a day-long."""
    unit = match.get("u", "UNIT")
    if unit is None:
        return [measure(match, "DURATION", period(None, unit_of(match)))]
    parts = [match.words.lower(index) for index in range(match.first, match.last + 1)]
    count = 1.5 if parts[-1] == "half" else 1.0
    if unit == "TS":
        return []
    return [measure(match, "DURATION", period(count, unit))]


def read_duration_half(match: Match, state: State) -> Readings:
    """Half an hour."""
    unit = unit_of(match)
    return [measure(match, "DURATION", period(0.5, unit))] if unit != "TS" else []


def read_duration_two(match: Match, state: State) -> Readings:
    """Two hours and ten minutes."""
    first, second = unit_of(match), unit_of(match, "u2")
    counts = [number_of([match.words.lower(i) for i in range(*span)]) for span in _counts(match)]
    if len(counts) != 2 or None in counts:
        return []
    left, right = period(counts[0], first), period(counts[1], second)
    if left.startswith("PT") and right.startswith("PT"):
        return [measure(match, "DURATION", left + right[2:])]
    return [measure(match, "DURATION", left + right[1:])]


def _counts(match: Match) -> list[tuple[int, int]]:
    units = grammar().values
    cut = [
        i
        for i in range(match.first, match.last + 1)
        if match.words.lower(i) in units["UNIT"] or match.words.lower(i) in units["UNITS"]
    ]
    return [(match.first, cut[0]), (cut[0] + 1, match.last)] if cut else []


def read_duration_range(match: Match, state: State) -> Readings:
    """Two to three weeks: at least the lower number."""
    return [measure(match, "DURATION", period(number_of(match.parts("c")), unit_of(match)))]


def read_duration_bare(match: Match, state: State) -> Readings:
    """For weeks."""
    unit = unit_of(match)
    return [] if unit == "TS" else [measure(match, "DURATION", period(None, unit))]


def read_past_unit(match: Match, state: State) -> Readings:
    """The past week: a duration up to now; the past year is a year."""
    unit = unit_of(match)
    return [_placed(measure(match, "DURATION", period(1, unit)), match, state)]


def read_part_of_stretch(match: Match, state: State) -> Readings:
    """The last two weeks of March: a duration whose days are known."""
    unit, count = unit_of(match), count_of(match) or 1
    if unit == "Q" and not match.has("c"):
        return []
    reading = measure(match, "DURATION", period(count, unit))
    inner = stretch_of(match, state)
    if inner is None:
        return [reading]
    first, last, _ = window(inner)
    if first is None or last is None or count != int(count):
        return [reading]
    word = match.parts("k")[0]
    ordinal = 0 if word in ("opening",) else match.get("k", "ORD", 0)
    if unit in ("D", "W"):
        days = int(count) * (7 if unit == "W" else 1)
        if word in ("last", "final", "closing"):
            bounds = (max(first, last - dt.timedelta(days=days - 1)), last)
        else:
            start = first + dt.timedelta(days=days * max(ordinal - 1, 0))
            bounds = (min(start, last), min(start + dt.timedelta(days=days - 1), last))
        return [replace(reading, moment=inner, bounds=bounds, basis="explicit")]
    return [reading]


def read_vague_span(match: Match, state: State) -> Readings:
    """Recent weeks."""
    parts = match.parts("r")
    unit = unit_of(match)
    if unit == "Y" or (parts[0] in ("future", "coming") and unit != "W"):
        return [unknown(match, "PAST_REF" if parts[0] in ("recent", "past") else "FUTURE_REF")]
    return [measure(match, "DURATION", period(None, unit))]


def read_every(match: Match, state: State) -> Readings:
    """Every day, each month, twice a week."""
    unit = match.get("u", "UNIT") or match.get("u", "UNITS")
    if unit is None:
        part = match.parts("u")[0] if match.has("u") else ""
        table = grammar().values["PART"]
        value = "XXXX-WXX-WE" if part == "weekend" else f"XXXX-XX-XX{table.get(part, '')}"
        return [unknown(match, value, "SET")]
    if unit == "TS":
        return []
    count = count_of(match) or 1
    return [unknown(match, period(count, unit), "SET")]


def read_every_name(match: Match, state: State) -> Readings:
    """Every Friday, each July, Mondays."""
    time = match.get("p", "PART", "") or match.get("ps", "PARTS", "")
    if match.has("m"):
        return [unknown(match, f"XXXX-{match.get('m', 'MONTH'):02d}", "SET")]
    if match.has("s"):
        return [unknown(match, "XXXX-" + ("SP", "SU", "FA", "WI")[match.get("s", "SEASON")], "SET")]
    weekday = match.get("w", "WEEKDAY") or match.get("ws", "WEEKDAYS")
    return [replace(unknown(match, f"XXXX-WXX-{weekday}{time}", "SET"), weekday=weekday)]


def read_set_adverb(match: Match, state: State) -> Readings:
    """Daily, annually."""
    return [unknown(match, match.get("ev", "EVERY"), "SET")]


def read_nothing(match: Match, state: State) -> Readings:
    """Not a time expression: an age."""
    return []


READERS = {
    "duration": read_duration,
    "duration_age": read_duration_age,
    "duration_ahead": read_duration_ahead,
    "duration_one": read_duration_one,
    "duration_half": read_duration_half,
    "duration_two": read_duration_two,
    "duration_range": read_duration_range,
    "duration_bare": read_duration_bare,
    "past_unit": read_past_unit,
    "part_of_stretch": read_part_of_stretch,
    "vague_span": read_vague_span,
    "every": read_every,
    "every_name": read_every_name,
    "set_adverb": read_set_adverb,
    "nothing": read_nothing,
}
