"""Readers of expressions that count from the day of publication: today, Friday, last week, two days ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from timeline.dates.anaphora import read_anaphoric
from timeline.dates.calendar import Grain, Moment, coarsen, day_moment, first_day, shift
from timeline.dates.clock import clock_time
from timeline.dates.grammar import grammar
from timeline.dates.numbers import count_of
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State, months_from, of_moment
from timeline.dates.tense import is_past, tense_near
from timeline.dates.told import END, TOLD, from_told, quarter_near, rough, stepped, unknown
from timeline.records import Basis

__all__ = ["READERS"]

Readings = list[Reading]
MAYBE_DAYS = 3
TALE_REACH = 40
CALL_REACH = 10
MONTH_DAYS = 31
FINER = {"Y": (12, "M"), "10Y": (10, "Y"), "100Y": (100, "Y"), "W": (7, "D")}
FINE = ("day", "weekend", "week")


def read_today(match: Match, state: State) -> Readings:
    """Today, yesterday, tomorrow, with a part of day or a clock time."""
    word = "".join(match.parts("t")).replace("-", "")
    time = clock_time(match)
    if word == "tonight":
        time = time if time and match.has("ck") else "TNI"
    steps = int(grammar().values["TODAY"][word])
    if match.has("x"):
        steps *= 2
    shown, before = match.words.word(match.first), match.words.lower(match.first - 1)
    if (word == "tomorrow" and before == "of") or (shown == "Today" and before[:1].isalpha()):
        return []
    if state.mode == "narrative" and word == "today":
        return [unknown(match, "PRESENT_REF")]
    base = state.today if state.mode == "news" else state.told()
    if base is None:
        return [unknown(match, "XXXX-XX-XX" + (time or ""), "TIME" if time else "DATE")]
    moment = shift(base, steps, "day")
    if moment is None:
        return []
    basis: Basis = "relative_to_doc" if state.mode == "news" else "relative_to_event"
    return [of_moment(match, replace(moment, time=time or ""), basis)]


def read_weekday(match: Match, state: State) -> Readings:
    """A weekday: in news the nearest one, backwards unless the clause is in the future."""
    weekday = match.get("w", "WEEKDAY") or match.get("w", "WEEKDAYABBR")
    time = clock_time(match) or ""
    counted = bool(TOLD & set(match.parts("r"))) and state.last_day is not None
    if state.mode == "news" and not counted:
        base = None if state.today is None else first_day(state.today)
    elif counted:
        base = first_day(state.last_day) if state.last_day is not None else None
    else:
        base = first_day(state.last) if state.last and state.last.grain in FINE else None
    if base is None:
        value = f"XXXX-WXX-{weekday}{time}"
        return [replace(unknown(match, value, "TIME" if time else "DATE"), basis="weekday_only", weekday=weekday)]
    if match.first == match.last and _is_name(match):
        return []
    gap = _weekday_gap(match, state, base, int(weekday))
    day = dt.date.fromordinal(max(base.toordinal() + gap, 8))
    basis: Basis = "relative_to_doc" if state.mode == "news" and not counted else "relative_to_event"
    sure = 0.95 if gap == 0 or state.tense(match) in ("past", "future") else 0.85
    return [of_moment(match, day_moment(day, time), basis, confidence=sure)]


def read_weekday_day(match: Match, state: State) -> Readings:
    """Mon 6: the nearest day of that number that falls on that weekday, at the head of a line."""
    day, base = match.number("d"), state.published
    weekday = match.get("w", "WEEKDAYABBR") or match.get("w", "WEEKDAY")
    if base is None or day is None or not state.at_head(match.first, match.last):
        return []
    near = range(max(base.toordinal() - 2 * MONTH_DAYS, 1), min(base.toordinal() + MONTH_DAYS, dt.date.max.toordinal()))
    days = [dt.date.fromordinal(ordinal) for ordinal in near]
    fitting = [each for each in days if each.day == day and each.isoweekday() == weekday]
    if not fitting:
        return []
    nearest = min(fitting, key=lambda each: (each > base, abs((each - base).days)))
    return [of_moment(match, day_moment(nearest), "relative_to_doc", confidence=0.9)]


def read_ago_in(match: Match, state: State) -> Readings:
    """Ten years ago last month: the month before publication, ten years earlier."""
    years, base = count_of(match), state.now
    if base is None or years is None or years != int(years) or base.grain != "day":
        return []
    if match.has("t"):
        near = shift(base, int(match.get("t", "TODAY")), "day")
    else:
        near = shift(base, int(match.get("r", "REL")), match.get("k", "CALUNIT"))
    if near is None or near.year is None:
        return []
    if near.grain != "week":
        return [of_moment(match, replace(near, year=near.year - int(years)), "relative_to_doc")]
    then = shift(replace(base, year=(base.year or 0) - int(years)), int(match.get("r", "REL")), "week")
    return [] if then is None else [of_moment(match, then, "relative_to_doc")]


def read_this_day(match: Match, state: State) -> Readings:
    """On this day last year, that day in 1990: the day of publication, or the one told, in another year."""
    basis: Basis = "relative_to_doc"
    base = state.today
    if "this" not in match.parts("d"):
        base, basis = from_told(state)
    if base is None or base.grain != "day" or base.year is None:
        return []
    year = match.number("y") if match.has("y") else base.year + int(match.get("r", "REL", -1))
    return [] if year is None else [of_moment(match, replace(base, year=year, time=""), basis)]


def read_weekdays_ago(match: Match, state: State) -> Readings:
    """Two Fridays ago: not the last Friday but the one before."""
    count, weekday = count_of(match), int(match.get("ws", "WEEKDAYS"))
    if count is None or count != int(count) or state.published is None or state.mode != "news":
        return []
    back = (state.published.isoweekday() - weekday) % 7 or 7
    moment = shift(day_moment(state.published), -back - 7 * (int(count) - 1), "day")
    return [] if moment is None else [of_moment(match, moment, "relative_to_doc")]


def _is_name(match: Match) -> bool:
    """Whether a weekday is a person's first name: "Friday Okoro, a farmer" at the head of a sentence."""
    words, after = match.words, match.words.word(match.last + 1)
    opens = match.first == 0 or words.word(match.first - 1) in (".", "!", "?") or words.word(match.first - 1)[0] == "\n"
    return opens and after[:1].isupper() and after[1:2].islower() and words.word(match.last + 2) == ","


def _weekday_gap(match: Match, state: State, base: dt.date, weekday: int) -> int:
    ahead = (weekday - base.isoweekday()) % 7
    parts = match.parts("r")
    weeks: int | None = match.rule.options.get("weeks")
    if weeks is not None:
        return (-((base.isoweekday() - weekday) % 7)) + 7 * weeks
    shifted = {"before": -1, "after": 1}.get(match.parts("x")[0], 0) if match.has("x") else 0
    if match.rule.id == "weekday-week":
        monday = -(base.isoweekday() - 1)
        return monday + weekday - 1 + 7 * {"last": -1, "next": 1}.get(parts[0], 0)
    if "last" in parts or "past" in parts or "previous" in parts or "preceding" in parts:
        return (ahead - 7 if ahead else -7) + shifted
    if "next" in parts or "coming" in parts or "following" in parts:
        return (ahead or 7) + shifted
    if match.words.lower(match.last + 1) == "'s" and not parts:
        return (ahead - 7 if ahead else 0) + shifted
    if "this" in parts:
        return ahead if state.tense(match) != "past" else (ahead - 7 if ahead else 0)
    if ahead == 0:
        return shifted
    if state.mode == "narrative":
        return ahead + shifted
    tense = "past" if state.in_entry() and state.tense(match) != "future" else state.tense(match)
    forward = tense == "future" or (tense == "maybe" and ahead <= MAYBE_DAYS)
    forward = forward or (match.words.lower(match.first - 1) in ("for", "from") and _is_called(match))
    return (ahead if forward else ahead - 7) + shifted


def _is_called(match: Match) -> bool:
    """Whether something is called for a day: "has called a strike for Monday", "announced a curfew from Friday"."""
    words, calls = match.words, grammar().cues["calls"]
    for index in range(match.first - 2, max(match.first - CALL_REACH, -1), -1):
        word = words.word(index)
        if word in ".;!?" or word[:1] == "\n":
            return False
        if word.lower() in calls:
            return words.lower(index - 1) != "had"
    return False


def read_rel_unit(match: Match, state: State) -> Readings:
    """Last week, this year, next month."""
    grain: Grain = match.get("u", "CALUNIT")
    parts = match.parts("r")
    step = int(match.get("r", "REL", 0)) if parts else 0
    step = match.rule.options.get("steps", step)
    if "coming" in parts:
        step = 1
    if grain == "week" and match.words.word(match.last) == "Week" and not match.words.word(match.first).isupper():
        return []
    if grain == "day" and parts in (["last"], ["past"]):
        return []
    if parts and parts[-1] == "past":
        step = -1
    before = match.words.lower(match.first)
    if parts == ["next"] and before == "the" and grain == "day":
        return read_anaphoric(match, state)
    lead = match.words.lower(match.first - 1)
    if (
        state.mode == "narrative"
        and before == "the"
        and lead in ("for", "over", "in")
        and parts in (["next"], ["past"], ["last"])
        and grain in ("week", "month", "year", "decade")
    ):
        value = {"week": "P1W", "month": "P1M", "year": "P1Y", "decade": "P10Y"}[grain]
        return [replace(unknown(match, value, "DURATION"), basis="duration_only")]
    counts_from_told = parts and parts[0] in ("previous", "preceding", "prior", "following", "subsequent")
    if counts_from_told or state.mode == "narrative":
        base, basis = from_told(state)
    else:
        base, basis = state.today, "relative_to_doc"
    if grain in ("century",) and step == 0 and base is None:
        return [unknown(match, "PRESENT_REF")]
    if grain == "weekend":
        return _weekend(match, state, base, step, basis)
    moment = None if base is None else shift(base, step, grain)
    if moment is None:
        blank = {"week": "XXXX-WXX", "month": "XXXX-XX", "day": "XXXX-XX-XX"}.get(grain, "XXXX")
        return [unknown(match, blank)]
    trailing = parts == ["past"] or (parts == ["last"] and before == "the")
    bounds = _trailing(state, grain) if trailing and basis == "relative_to_doc" else None
    return [of_moment(match, moment, basis, bounds=bounds)]


def _trailing(state: State, grain: Grain) -> tuple[dt.date, dt.date] | None:
    """The days of "the past year": not the calendar's last, but those up to publication."""
    days = {"week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}.get(grain)
    if days is None or state.published is None or state.published.toordinal() <= days:
        return None
    return state.published - dt.timedelta(days=days), state.published


def _weekend(match: Match, state: State, base: Moment | None, step: int, basis: Basis) -> Readings:
    day = None if base is None else first_day(base)
    if day is None:
        return [unknown(match, "XXXX-WXX-WE")]
    lead = match.words.lower(match.first - 1)
    tense = "past" if lead == "since" else tense_near(match.words, match.first - 1, match.last) if lead == "by" else ""
    tense = tense or state.tense(match)
    if not match.has("r") and (
        (day.isoweekday() <= 3 and tense != "future") or (day.isoweekday() < 6 and tense == "past")
    ):
        step = -1
    week = shift(day_moment(day), step, "weekend")
    return [] if week is None else [of_moment(match, week, basis)]


def read_this_unit(match: Match, state: State) -> Readings:
    """The end of the month, year-end: of the stretch told before or of the present one."""
    grain: Grain = match.get("u", "CALUNIT")
    fresh = state.last is not None and (state.mode == "narrative" or _is_tale(state, match))
    base, basis = from_told(state) if fresh else (state.today, "relative_to_doc")
    if base is None:
        base, basis = from_told(state)
    moment = None if base is None else shift(base, 0, grain)
    if moment is None and base is not None and base.grain in ("year", "month", "season") and grain != "week":
        moment = coarsen(base, grain)
    return [] if moment is None else [of_moment(match, moment, basis)]


def _is_tale(state: State, match: Match) -> bool:
    """Whether the text is just telling of a time long before publication."""
    told, today = state.last_month, state.today
    if told is None or today is None or told is not state.last or match.first - state.last_word > TALE_REACH:
        return False
    months = months_from(told, today)
    return months is not None and abs(months) > 1


def read_the_quarter(match: Match, state: State) -> Readings:
    """The quarter: the one told before, else the one before publication."""
    base = state.today
    current = None if base is None else shift(base, 0, "quarter")
    steps = -1 if "latest" in (match.words.lower(match.first), match.words.lower(match.first + 1)) else 0
    if state.quarter is not None and not (steps and state.quarter == current):
        return [of_moment(match, state.quarter, "relative_to_event")]
    if match.words.lower(match.first) not in ("the", "latest"):
        return []
    moment = None if base is None else shift(base, steps, "quarter")
    return [] if moment is None else [of_moment(match, moment, "relative_to_doc")]


def read_the_year(match: Match, state: State) -> Readings:
    """The year: a duration where its end is told, else the year of publication or the one told before."""
    follow = match.words.lower(match.last + 1)
    if follow in ("ended", "ending", "to", "through"):
        return [replace(unknown(match, "P1Y", "DURATION"), basis="duration_only")]
    if follow not in END and follow not in ("and", "to", "from", "in", "after", "before", "with", "was", "were", "had"):
        return []
    return read_this_unit(match, state)


def read_year_ago(match: Match, state: State) -> Readings:
    """The year-ago quarter, the same period last year: the quarter told before, a year earlier."""
    if match.parts("u")[-1:] == ["month"]:
        return _year_ago_month(match, state)
    if state.quarter is not None:
        moment = shift(state.quarter, -4, "quarter")
    elif state.today is not None:
        moment = shift(state.today, -1, "year")
        if "quarter" in match.parts("u"):
            moment = shift(state.today, -4, "quarter")
    else:
        moment = None
    return [] if moment is None else [of_moment(match, moment, "relative_to_doc", anchor=False)]


def _year_ago_month(match: Match, state: State) -> Readings:
    """The same month a year earlier; without "a year" it is the month told before."""
    if not match.has("y"):
        return []
    base, basis = (state.last_month, "relative_to_event") if state.last_month else (state.today, "relative_to_doc")
    month = None if base is None else shift(base, 0, "month")
    moment = None if month is None else shift(month, -12, "month")
    return [] if moment is None else [of_moment(match, moment, basis, anchor=False)]  # type: ignore[arg-type]


def read_year_period(match: Match, state: State) -> Readings:
    """The 1988 period: the quarter told before, in that year."""
    year = match.number("y") if match.has("y") else None
    if year is None and state.today is not None and match.has("r"):
        year = (state.today.year or 0) + int(match.get("r", "REL"))
    if year is None:
        return []
    if state.quarter is not None and state.quarter.n:
        return [of_moment(match, Moment("quarter", year, state.quarter.n), "explicit", anchor=False)]
    return [of_moment(match, Moment("year", year), "explicit")]


def read_ago(match: Match, state: State) -> Readings:
    """N units ago or from now, counted from publication."""
    steps, unit = count_of(match), match.get("u", "UNIT") or match.get("u", "UNITS")
    sign = match.rule.options.get("sign", -1)
    vague = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "PAST_REF")
    if steps is None:
        return [unknown(match, "PAST_REF" if sign < 0 else "FUTURE_REF")]
    base = state.now
    if base is None:
        return [unknown(match, vague)]
    if steps == int(steps) and "half" in (match.words.lower(index) for index in range(match.first, match.last)):
        steps += 0.5
    if steps != int(steps) and unit in FINER:
        factor, unit = FINER[unit]
        steps = round(steps * factor)
    if unit.startswith("T"):
        hours = steps if unit == "TH" else 0
        base = shift(base, sign * (hours // 24), "day") or base
        return [of_moment(match, replace(base, time=""), "relative_to_doc")]
    if quarter_near(state, match) and state.quarter and unit == "Y" and steps == 1:
        moment = shift(state.quarter, 4 * sign, "quarter")
    else:
        moment = stepped(base, sign * int(steps), unit)
    if moment is None:
        return [unknown(match, vague)]
    anchor = not (state.quarter is not None and unit == "Y")
    bounds = _decade_bounds(base, sign * int(steps)) if unit == "10Y" else None
    return [
        of_moment(
            match,
            moment,
            "relative_to_doc",
            anchor=anchor,
            approximate=rough(match) or bounds is not None,
            bounds=bounds,
        )
    ]


def _decade_bounds(base: Moment, decades: int) -> tuple[dt.date, dt.date] | None:
    """The year that lies so many decades off: "two decades ago" is about twenty years, not a decade by name."""
    year = (base.year or 0) + 10 * decades
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if 1 <= year <= dt.MAXYEAR else None


def read_fixed(match: Match, state: State) -> Readings:
    """A reference that the rule itself gives a value."""
    if match.rule.mode and match.rule.mode != state.mode:
        return []
    return [unknown(match, match.rule.value or "PAST_REF", match.rule.type)]


def read_soon(match: Match, state: State) -> Readings:
    """Soon, unless it tells of the past: "he soon fled"."""
    after, before = match.words.lower(match.last + 1), match.words.lower(match.first - 1)
    if is_past(match.words, match.last + 1) or before in ("was", "were", "had") or after in ("became", "as"):
        return []
    return [unknown(match, match.rule.value or "FUTURE_REF")]


READERS = {
    "weekday_day": read_weekday_day,
    "ago_in": read_ago_in,
    "this_day": read_this_day,
    "weekdays_ago": read_weekdays_ago,
    "today": read_today,
    "weekday": read_weekday,
    "rel_unit": read_rel_unit,
    "this_unit": read_this_unit,
    "the_quarter": read_the_quarter,
    "the_year": read_the_year,
    "year_ago": read_year_ago,
    "year_period": read_year_period,
    "ago": read_ago,
    "fixed": read_fixed,
    "soon": read_soon,
}
