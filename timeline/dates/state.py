"""What the reading of one text knows so far: the day of publication, the mode, the dates told before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from timeline.dates.calendar import Moment, coarsen, day_moment, first_day, timex
from timeline.dates.grammar import grammar
from timeline.dates.scan import Match, Words
from timeline.dates.tense import Tense, is_past, tense_near
from timeline.records import Basis

__all__ = ["Mode", "Reading", "State", "months_from", "opens", "of_moment"]

Mode = Literal["news", "narrative"]
Type = Literal["DATE", "TIME", "DURATION", "SET"]
PUT_OFF = 5
BACK, AHEAD = -1, 8
ENTRIES = frozenset(("date", "iso", "numeric", "weekday-day"))
DASHES = frozenset(("-", "–", "—", ":"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a match means.

    Parameters
    ----------
    first, last : int
        The words it covers, both inclusive.
    edge : str or None
        START, MID or END: where in the moment; APPROX: about then.
    signal : str or None
        The word that binds it where that is not the word before: "after" in "two days after the truce".
    anchor : bool
        Whether later expressions may count from it.
    """

    type: Type
    value: str
    first: int
    last: int
    rule: str
    moment: Moment | None = None
    basis: Basis = "none"
    edge: str | None = None
    weekday: int | None = None
    anchor: bool = True
    bounds: tuple[dt.date | None, dt.date | None] | None = None
    approximate: bool = False
    confidence: float = 1.0
    signal: str | None = None


@dataclass(slots=True)
class State:
    """The running state of one text."""

    words: Words
    published: dt.date | None
    mode: Mode
    order: str
    clause: Callable[[int, int], Tense | None] | None = None
    other_word: Callable[[int, int], bool] | None = None
    last: Moment | None = None
    last_basis: Basis = "none"
    last_year: int | None = None
    repeats: int = 0
    last_word: int = -1
    last_day: Moment | None = None
    head: Moment | None = None
    entry: Moment | None = None
    clock_day: Moment | None = None
    entries: int = 0
    last_month: Moment | None = None
    quarter: Moment | None = None
    quarter_word: int = -1

    @property
    def today(self) -> Moment | None:
        """The day that "today" means: that of the entry in a diary, else of publication."""
        if self.published is None:
            return None
        return self.entry if self.in_entry() and self.entry else day_moment(self.published)

    def in_entry(self) -> bool:
        """Whether the text is in one of several dated entries, as of a diary or a chronicle."""
        return self.mode == "news" and self.entries > 1

    @property
    def now(self) -> Moment | None:
        """The day to count from where no date was told before."""
        return self.today if self.mode == "news" else (self.last or self.today)

    def told(self) -> Moment | None:
        """The date told last, else the day of publication."""
        return self.last if self.last is not None else self.today

    def note(self, reading: Reading) -> None:
        """Remember a reading for those that follow."""
        moment = reading.moment
        if reading.type == "DURATION" and reading.value[-1:] == "M" and reading.value[1:2].isdecimal():
            self.quarter = None
        if moment is None or not reading.anchor or reading.type == "SET":
            return
        self.last, self.last_basis, self.last_word = moment, reading.basis, reading.last
        if moment.year is not None and self.at_head(reading.first, reading.last):
            self.head = moment
        if moment.grain == "day" and moment.day is not None and self.is_entry(reading):
            self.entry, self.clock_day = replace(moment, time=""), None
            self.entries += 1
        if moment.grain in ("day", "month"):
            self.last_month = moment
        if moment.grain == "day" and moment.day is not None:
            self.last_day = moment
        if moment.grain == "quarter" and moment.n:
            self.quarter, self.quarter_word = moment, reading.last
        if moment.grain == "season" and reading.basis != "explicit":
            return
        if moment.year is not None and moment.grain not in ("decade", "century"):
            self._note_year(reading, moment.year, is_bare=moment.grain == "year")

    def _note_year(self, reading: Reading, year: int, *, is_bare: bool) -> None:
        """Move on to a year, unless it is a bare one that only looks back or far ahead."""
        opening = is_bare and opens(self.words, reading.first)
        told = None if self.last_month is None else self.last_month.year
        if is_bare and not opening and told is not None and not BACK <= year - told <= AHEAD:
            return
        self.repeats = self.repeats + 1 if is_bare and year == self.last_year else 0
        self.last_year = year
        if opening or self.repeats > 1:
            self.last_month = None

    def at_head(self, first: int, last: int) -> bool:
        """Whether words open a line and a dash or colon follows: the entry of a chronicle."""
        return self.opens_line(first) and self.words.lower(last + 1) in DASHES

    def opens_line(self, first: int) -> bool:
        """Whether a word is the first of its line."""
        gap = self.words.text[self.words.ends[first - 1] : self.words.starts[first]] if first else "\n"
        return "\n" in gap or self.words.word(first - 1)[:1] == "\n"

    def is_entry(self, reading: Reading) -> bool:
        """Whether a printed day of the month stands alone at the head of a line, up to publication."""
        words, day = self.words, None if reading.moment is None else first_day(reading.moment)
        behind = words.word(reading.last + 1)
        ends = behind[:1] in ("", ".", "\n", ":", "-", "–", "—") or self.opens_line(reading.last + 1)
        past = day is not None and (self.published is None or day <= self.published)
        return past and ends and reading.rule in ENTRIES and self.opens_line(reading.first)

    def tense(self, match: Match) -> Tense:
        """The tense of the clause in which a match stands."""
        cues, words = grammar().cues, self.words
        before = words.lower(match.first - 1)
        if before in cues["future"] or words.lower(match.first - 2) in cues["future"]:
            return "future"
        if before in cues["deadlines"] and any(
            words.lower(index) in cues["putting_off"] for index in range(match.first - PUT_OFF, match.first - 1)
        ):
            return "future"
        if before == "for" and words.lower(match.first - 2) in cues["plans"]:
            return "future"
        adjacent = is_past(words, match.first - 1) and before not in cues["plans"]
        if self.clause is not None and before not in cues["deadlines"] and not adjacent:
            found = self.clause(match.start, match.end)
            if found is not None:
                return found
        return tense_near(self.words, match.first, match.last)


def opens(words: Words, index: int) -> bool:
    """Whether a word stands at the beginning of a sentence or of a line of its own."""
    for position in range(index - 1, max(index - 4, -1), -1):
        word = words.word(position)
        if word in ".!?" or word[0] == "\n":
            return True
    return index < 3


def of_moment(match: Match, moment: Moment, basis: Basis, **more: object) -> Reading:
    """A reading of the whole match as a date, or a time if the moment has one."""
    kind: Type = "TIME" if moment.time else "DATE"
    edge = edge_of(match)
    reading = Reading(kind, timex(moment), match.first, match.last, match.rule.id, moment, basis, edge)
    return replace(reading, **more) if more else reading  # type: ignore[arg-type]


def edge_of(match: Match) -> str | None:
    """Where in its moment an expression points: START, MID, END, APPROX or nowhere special."""
    found = match.get("e", "EDGE") or match.get("e", "EDGENOUN")
    if found is None and match.has("e"):
        parts = match.parts("e")
        found = "START" if parts[0] in ("early", "first") else "END"
    if found is None and grammar().values["APPROX"].get(match.words.lower(match.first)):
        return "APPROX"
    return str(found) if found else None


def nearest(moment: Moment, year: int) -> Moment:
    """The same month and day in another year."""
    return replace(moment, year=year)


def months_from(moment: Moment, base: Moment) -> int | None:
    """How many months a month lies after another."""
    first, second = coarsen(moment, "month"), coarsen(base, "month")
    if first is None or second is None or first.year is None or second.year is None or not first.n or not second.n:
        return None
    return (first.year - second.year) * 12 + first.n - second.n
