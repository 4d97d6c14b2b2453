"""Dates that hang on another event: "a day after he was shot", "have died since", the sentence before."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.dates.calendar import Moment, first_day, shift
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.records import Mention, TimeExpression, When
from timeline.when import edtf

__all__ = [
    "BEGIN",
    "Told",
    "carried",
    "days_before",
    "offset_of",
    "opened_before",
    "same_paragraph",
    "shifted",
    "whole",
]

BEGIN = frozenset("begin start erupt break flare ignite open launch".split())
_LONG = frozenset(
    "war conflict fighting uprising revolt rebellion insurgency unrest revolution offensive campaign crisis troubles "
    "violence hostilities battle siege mutiny".split()
)
_SHORTLY = frozenset({"hour", "minute", "moment", "shortly", "soon", "immediately"})
_TO_THE_DAY = ("to", "the", "day")
_MEASURE = re.compile(r"P(T?)(\d+|X)([HMDWY])")
_GRAINS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_SENTENCES = 1


@dataclass(frozen=True, slots=True)
class Told:
    """The event told before: its date and its trigger."""

    when: When
    token: Token


def days_before(day: dt.date, days: int) -> dt.date:
    """The day so many days before another; the first of the calendar where that lies before it."""
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def whole(when: When) -> When:
    """The day, month or year in which something that goes on began, as the window of a point."""
    if when.start is None or when.kind != "since":
        return when
    end = when.start
    if when.precision == "month":
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    elif when.precision == "year":
        end = end.replace(month=12, day=31)
    elif when.precision != "day":
        return when
    found = replace(when, kind="point", end=end, ongoing_at=None)
    return replace(found, edtf=edtf(found))


def shifted(when: When, value: str, sign: int) -> When | None:
    """A window that lies a TIMEX3 duration before or after another; hours leave the day as it is."""
    measure = _MEASURE.fullmatch(value)
    if measure is None or when.start is None or when.end is None:
        return None
    hours, number, unit = measure.groups()
    if number == "X" and not hours:
        return None
    days = []
    for day in (when.start, when.end):
        steps = 0 if hours else sign * int(number)
        base = Moment("day", day.year, day.month, day.day)
        if not hours and unit in "MY":
            months = day.year * 12 + day.month - 1 + steps * (12 if unit == "Y" else 1)
            year, month = divmod(months, 12)
            if not 1 <= year <= dt.MAXYEAR:
                return None
            base = Moment("day", year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
            steps = 0
        moved = shift(base, steps * (7 if unit == "W" else 1), "day")
        found = None if moved is None else first_day(moved)
        if found is None:
            return None
        days.append(found)
    moved_when = replace(when, start=days[0], end=days[1], basis="relative_to_event", kind="point", ongoing_at=None)
    return replace(moved_when, edtf=edtf(moved_when))


def offset_of(
    document: Document, token: Token, times: Sequence[Mention[TimeExpression]]
) -> tuple[str, int, Token, Token] | None:
    """A measured distance to another event in the clause of a trigger.

    Returns
    -------
    tuple or None
        The TIMEX3 duration; which way to count for this trigger (-1 where it is the event told behind "after"); the
        head of what is told behind "after" or "before"; and the head of what stands before it.
    """
    sentence = document.sentence_of(token)
    clause = clause_head(document, token)
    measured = [
        (time.value.value, _link(document, time))
        for time in times
        if time.value.type == "DURATION" and sentence.start <= time.span.start < sentence.end
    ]
    shortly = [
        ("PTXH", document.tokens[word.index + 1]) for word in sentence.tokens[:-1] if word.lemma.lower() in _SHORTLY
    ]
    for value, link in (*measured, *shortly):
        if link is None or not _is_link(link):
            continue
        inner = document.head(link)
        outer = None if inner is None else document.head(inner)
        if inner is None or outer is None or outer.index == inner.index:
            continue
        sign = 1 if link.lemma == "after" else -1
        if _is_of(document, token, clause, inner):
            return value, -sign, inner, outer
        if outer.index in (token.index, clause.index):
            return value, sign, inner, outer
    return None


def _link(document: Document, time: Mention[TimeExpression]) -> Token | None:
    """The "after" or "before" right behind a duration, also behind "to the day"."""
    inside = document.tokens_in(time.span.start, time.span.end)
    if not inside:
        return None
    behind = document.tokens[inside[-1].index + 1 : inside[-1].index + 5]
    if tuple(word.lemma for word in behind[:3]) == _TO_THE_DAY:
        behind = behind[3:]
    return behind[0] if behind else None


def _is_link(token: Token) -> bool:
    return token.lemma.lower() in {"after", "before"} and token.dep in {"mark", "case"}


def _is_of(document: Document, token: Token, clause: Token, head: Token) -> bool:
    """Whether a trigger is the head of a clause, stands in it, or is a verb beside it."""
    for node in (token, clause):
        while node.index != head.index and node.dep == "conj":
            above = document.head(node)
            if above is None:
                break
            node = above
        if node.index == head.index:
            return True
    return False


def opened_before(document: Document, token: Token, times: Sequence[Mention[TimeExpression]]) -> When | None:
    """Since when the war, revolt or offensive goes on that this sentence or the one before says began."""
    sentence = document.sentence_of(token)
    for time in reversed(times):
        if time.span.start >= token.start or time.value.when.start is None:
            continue
        where = document.sentence_of(time.token)
        if sentence.index - where.index > _SENTENCES:
            return None
        verb = document.head(document.tokens[time.token])
        if verb is None or verb.lemma not in BEGIN or not same_paragraph(document, time.span.start, token.start):
            continue
        subjects = [child.lemma.lower() for child in document.children(verb, "nsubj", "nsubj:pass")]
        above = document.head(verb)
        if verb.dep == "acl:relcl" and above is not None:
            subjects.append(above.lemma.lower())
        if _LONG & set(subjects):
            return time.value.when
    return None


def same_paragraph(document: Document, start: int, end: int) -> bool:
    """Whether two places of a text are in one paragraph."""
    return "\n" not in document.text[start:end].rstrip()


def carried(document: Document, token: Token, told: Told | None) -> When | None:
    """The day of the event told just before in the same paragraph, for one that is told on from there."""
    if told is None or told.when.start is None or told.when.kind == "since" or told.when.precision != "day":
        return None
    if not same_paragraph(document, told.token.start, token.start):
        return None
    if document.sentence_of(token).index - document.sentence_of(told.token).index > _SENTENCES:
        return None
    return replace(told.when, basis="relative_to_event", span=None)
