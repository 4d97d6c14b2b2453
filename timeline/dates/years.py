"""Years that a text prints or leaves out: "in June", "of that year", "'99"."""

from __future__ import annotations

from dataclasses import replace

from timeline.dates.calendar import Moment
from timeline.dates.grammar import grammar
from timeline.dates.scan import Match, candidates
from timeline.dates.state import Reading, State, months_from, opens
from timeline.records import Basis

__all__ = ["ahead_of", "any_year", "day_number", "infer_year", "short_year", "stretch_of", "year_of"]

Readings = list[Reading]
ROLL = 11
PAST_WEIGHT = 12.0
THREAD = 60
NEAR = (0, 1)
BACKSTEP = 6


def year_of(match: Match, state: State) -> int | None:
    """The year that a match prints, negative before Christ; None if it prints none."""
    if match.has("y"):
        year = match.number("y")
    elif match.has("y3"):
        year = match.number("y3")
    elif match.has("y4"):
        year = match.number("y4")
    elif match.has("y2k"):
        year = 2000
    elif match.has("sy"):
        year = short_year(match.number("sy") or 0, state)
    elif match.has("wy"):
        year = word_year(match.parts("wy"))
    else:
        return None
    if year and match.has("bc"):
        return -year
    return year


def short_year(two: int, state: State) -> int:
    """The year of two digits: the one nearest to the years told before."""
    near = state.last_year or (state.published.year if state.published else 1970)
    if near < 0:
        return two
    century = near // 100 * 100
    options = (century + two - 100, century + two, century + two + 100)
    return min(options, key=lambda year: (abs(year - near), year))


def word_year(parts: list[str]) -> int:
    numbers = [grammar().values["NUMBER"][part] for part in parts if part in grammar().values["NUMBER"]]
    if len(numbers) > 1 and numbers[1] == 100:
        return int(numbers[0] * 100 + sum(numbers[2:]))
    return int(numbers[0] * 100 + sum(numbers[1:]))


def referred_year(match: Match, state: State) -> int | None:
    """The year of "of that year", "last year" and the like."""
    parts = match.parts("yr")
    base = state.published.year if state.published and state.mode == "news" else state.last_year
    told = state.last_year if state.last_year is not None else base
    if "that" in parts or "same" in parts:
        return told
    if "last" in parts or "previous" in parts:
        origin = told if "previous" in parts else base
        return None if origin is None else origin - 1
    if "next" in parts or "following" in parts:
        origin = told if "following" in parts else base
        return None if origin is None else origin + 1
    return base


def any_year(match: Match, state: State) -> tuple[int | None, bool]:
    """The year of a match and whether it is printed as such."""
    year = year_of(match, state)
    if year is not None:
        return year, True
    return (referred_year(match, state), False) if match.has("yr") else (None, False)


def day_number(match: Match, group: str = "d") -> int | None:
    """The day of the month of a group, in digits or as an ordinal word."""
    number = match.number(group)
    return number if number is not None else match.get(group, "ORD")


def infer_year(state: State, match: Match, moment: Moment) -> tuple[Moment, Basis]:
    """Give a month or a day its year: in news by tense and nearness, in narrative from the date told before."""
    ahead = ahead_of(match)
    if ahead is not None:
        year = ahead.year
        if year is not None and moment.n and ahead.n and moment.n > ahead.n:
            year -= 1
        return replace(moment, year=year), "explicit"
    if state.mode == "narrative" or state.published is None:
        year = told_year(state, moment)
        if year is None:
            return (
                (moment, "none")
                if state.published is None
                else (replace(moment, year=state.published.year), "relative_to_doc")
            )
        return replace(moment, year=year), "relative_to_event"
    assert state.today is not None
    second = _after_link(state, match, moment)
    if second is not None:
        return replace(moment, year=second), "relative_to_event"
    head = _after_head(state, match, moment)
    if head is not None:
        return replace(moment, year=head), "relative_to_event"
    thread = _in_thread(state, match, moment)
    if thread is not None:
        return replace(moment, year=thread), "relative_to_event"
    year = state.published.year
    tense = state.tense(match)
    before = match.words.lower(match.first - 1)
    if tense == "none" and state.at_head(match.first, match.last):
        tense = "past"
    if before in ("last", "next"):
        tense = "past" if before == "last" else "future"
    elif before in ("a", "an") and tense == "maybe":
        tense = "past"
    elif before in ("through", "until") and tense == "past":
        tense = "none"
    options = [replace(moment, year=year + step) for step in (-1, 0, 1)]
    ranked = sorted(options, key=lambda option: _badness(option, state.today, tense))
    return ranked[0], "relative_to_doc"


def _in_thread(state: State, match: Match, moment: Moment) -> int | None:
    """The year of a tale of years gone by inside the news: "In March 2011 it began. In July soldiers defected."."""
    told = state.last_month
    if told is None or told.year is None or told is not state.last or state.published is None:
        return None
    if told.year >= state.published.year or match.first - state.last_word > THREAD or not told.n or not moment.n:
        return None
    if not opens(match.words, match.first) or state.tense(match) in ("future", "maybe"):
        return None
    later = moment.n > told.n or (moment.n == told.n and (moment.day or 31) >= (told.day or 1))
    year = told.year + (0 if later else 1)
    return year if year < state.published.year or later else None


def _after_link(state: State, match: Match, moment: Moment) -> int | None:
    """The year of the second of two dates: "28 May-6 June" lies in one year, or goes on into the next."""
    told = state.last_month
    if told is None or told is not state.last or state.last_word != match.first - 2 or told.grain != moment.grain:
        return None
    linked = match.words.lower(match.first - 1) in grammar().cues["links"]
    if not linked or told.year is None or told.n is None or moment.n is None:
        return None
    return told.year + (told.n > moment.n)


def _after_head(state: State, match: Match, moment: Moment) -> int | None:
    """The year of an entry of a chronicle: that of the entry before, or the next one."""
    if not state.at_head(match.first, match.last) or state.head is None or state.head.year is None:
        return None
    month, told = moment.n or 0, state.head.n or 0
    year = state.head.year + (1 if told - month > BACKSTEP else 0)
    return year if state.published is None or year <= state.published.year else state.head.year


def ahead_of(match: Match, *readers: str) -> Moment | None:
    """The month and year that a range or pair ends with: "12 May - 3 June 1944"; None if it prints no year."""
    words = match.words
    if words.lower(match.last + 1) not in grammar().cues["links"]:
        return None
    position = match.last + 2
    if words.lower(position) in ("the", "early", "late", "mid"):
        position += 1
    if position >= len(words.codes):
        return None
    for option in candidates(words, position):
        if option.rule.read in (readers or ("date", "month")) and option.has("y"):
            return Moment("month", option.number("y"), option.get("m", "MONTH"))
    return None


def told_year(state: State, moment: Moment) -> int | None:
    """The year that a narrative has reached: that of the date told before, or a neighbour if that is much nearer."""
    year, told = state.last_year, state.last_month
    if year is None or told is None or told.year is None or not told.n or not moment.n:
        return year
    gap = moment.n - told.n
    if told.year != year:
        return told.year if year > told.year and NEAR[0] <= gap <= NEAR[1] else year
    if gap <= -ROLL:
        return year + 1 if year + 1 != 0 else 1
    if gap >= ROLL:
        return year - 1 if year - 1 != 0 else -1
    return year


def stretch_of(match: Match, state: State) -> Moment | None:
    """The month or year that a match ends with."""
    year, _ = any_year(match, state)
    if not match.has("m"):
        return None if year is None else Moment("year", year)
    moment = Moment("month", year, match.get("m", "MONTH"))
    return moment if year is not None else infer_year(state, match, moment)[0]


def _badness(option: Moment, today: Moment | None, tense: str) -> float:
    assert today is not None
    months = months_from(option, today)
    if months is None:
        return 1e9
    distance = float(months)
    if option.grain == "day" and option.day is not None and today.day is not None:
        distance += (option.day - today.day) / 31
    if tense in ("future", "maybe"):
        weight = 2.5 if tense == "future" else 1.5
        return distance if distance >= 0 else -distance * weight
    if tense == "past":
        return -distance if distance <= 0 else distance * PAST_WEIGHT
    return -distance if distance <= 0 else distance * 1.5
