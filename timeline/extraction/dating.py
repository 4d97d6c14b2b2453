"""Which date an event has: the expression that dates it by syntax, else what the text allows, never a guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.dates import other_readings
from timeline.extraction.datelines import line_head, usable
from timeline.extraction.discourse import BEGIN, Told, days_before, offset_of, shifted, whole
from timeline.extraction.governing import is_when, ranked
from timeline.extraction.undated import (
    DURABLE,
    UNREAL,
    Dated,
    going_on,
    inferred,
    is_fresh,
    is_perfect,
    lasted,
)
from timeline.language.document import Document, Token
from timeline.records import Mention, Span, TimeExpression, Trigger, When
from timeline.when import edtf as edtf_of

__all__ = ["date_of"]

_UP = 5


def date_of(
    document: Document,
    mention: Mention[Trigger],
    times: Sequence[Mention[TimeExpression]],
    *,
    previous: Told | None = None,
    triggers: Mapping[int, str] | None = None,
    told: dt.date | None = None,
    latest: Told | None = None,
) -> Dated:
    """The date of one trigger mention.

    Parameters
    ----------
    times : sequence of Mention
        Time expressions of the document, in order.
    previous : Told, optional
        The event told before that has a date of its own.
    triggers : mapping of int to str, optional
        Token and type of every trigger of the document; a date on a public move about something else is the move's.
    told : datetime.date, optional
        Day of the telling, if not the publication day (see `told_on`).
    latest : Told, optional
        The last event, of the background or not, whose date the text gives: "at that time" is its.

    Notes
    -----
    An expression in the sentence dates the event that it hangs on by the parse; one in a subordinate clause does not
    date the main clause, one on a verb of saying does not date what is said. A date at the head of a line dates the
    line. Without any, fresh news told in the past tense happened from the day before publication on (basis
    ``doc_date``); everything else stays open.
    """
    token = document.tokens[mention.token]
    found = ranked(document, token, mention, times, triggers or {})
    counted = _counted_from(document, token, times, found, previous, told or document.article.published)
    if counted is not None:
        return Dated(counted, "dating/counted-from", True)
    if found:
        best = found[0]
        when = _bounded(_fitted(document, mention, best, times), mention, best, told or document.article.published)
        others = (*other_readings(best), *(other.value.when for other in found[1:] if other.value.when.start))
        return Dated(when, f"dating/syntax:{best.rule}", True, others)
    head = line_head(document, token, times)
    if head is not None:
        return Dated(_fitted(document, mention, head, times), f"dating/line:{head.rule}", True)
    return inferred(document, mention, times, previous, told or document.article.published, latest)


def _counted_from(
    document: Document,
    token: Token,
    times: Sequence[Mention[TimeExpression]],
    found: Sequence[Mention[TimeExpression]],
    previous: Told | None,
    told: dt.date | None,
) -> When | None:
    """The date of an event that the text measures from another: "it fell on Saturday, a day after he had fled"."""
    offset = offset_of(document, token, times)
    if offset is None:
        return None
    measure, sign, inner, outer = offset
    inside = {node.index for node in document.subtree(inner)}
    of_inner = inner.index in {token.index, *(node.index for node in document.ancestors(token))}
    sentence = document.sentence_of(token)
    near = [t for t in times if sentence.start <= t.span.start < sentence.end and usable(document, t)]
    if of_inner and any(t.token in inside for t in near):
        return None
    fixed = [t for t in near if (t.token in inside) != of_inner and t.value.when.end is not None]
    if not of_inner and found and found[0].token not in inside:
        return None
    if fixed:
        base: When | None = replace(fixed[0].value.when, span=fixed[0].span)
    elif of_inner and previous is not None and previous.when.end is not None and previous.when.precision == "day":
        base = previous.when
    elif of_inner and told is not None and is_fresh(document, outer):
        base = When(days_before(told, 1), told, "day", "point", "doc_date")
    else:
        base = None
    return None if base is None else shifted(base, measure, sign)


def _fitted(
    document: Document,
    mention: Mention[Trigger],
    time: Mention[TimeExpression],
    times: Sequence[Mention[TimeExpression]],
) -> When:
    """The window of an expression as the date of this event: durations stretch it, what began goes on."""
    when = _both_days(document, time, times)
    published = document.article.published
    token = document.tokens[mention.token]
    if is_when(document, token, time):
        return whole(when)
    counted = mention.value.type == "casualty_report" and time.value.signal in {"to", "until", "till"}
    by = time.value.signal == "by" and time.value.type == "DATE" and mention.value.factuality not in UNREAL
    if by or counted:
        open_start = replace(when, start=None, approximate=False)
        return replace(open_start, edtf=edtf_of(open_start))
    summed = mention.value.type == "casualty_report" and when.precision in {"month", "year"}
    if (
        when.kind == "since"
        or (summed and is_perfect(document, token))
        or (when.start and _is_since(document, token, time))
    ):
        return going_on(when, published)
    if mention.value.type in DURABLE and when.start and not when.approximate and _begins(document, token):
        return going_on(when, published)
    days = lasted(document, token, times)
    if days and mention.value.type in DURABLE | {"negotiation"} and when.precision == "day" and when.end:
        start = days_before(when.end, days)
        return replace(when, start=start, kind="extent", edtf=f"{start}/{when.end}")
    return when


def _both_days(document: Document, time: Mention[TimeExpression], times: Sequence[Mention[TimeExpression]]) -> When:
    """The window of an expression; of two days joined by "and", both: "on 26 and 27 August"."""
    when = replace(time.value.when, span=time.span)
    if not time.rule.endswith("day-range") or when.end is None:
        return when
    for other in times:
        joint = document.text[time.span.end : other.span.start].strip()
        if other.rule == time.rule and joint == "and" and other.value.when.end is not None:
            span = Span(time.span.start, other.span.end, document.text[time.span.start : other.span.end])
            both = replace(when, end=other.value.when.end, kind="extent", span=span)
            return replace(both, edtf=f"{both.start}/{both.end}")
    return when


def _is_since(document: Document, trigger: Token, time: Mention[TimeExpression]) -> bool:
    """Whether an expression says when something that goes on began: "since May", "since the coup of 1 May"."""
    if time.value.signal == "since":
        return True
    token: Token | None = document.tokens[time.token]
    for _ in range(_UP):
        if token is None or token.index == trigger.index:
            return False
        if any(child.lemma == "since" for child in document.children(token, "case", "mark")):
            return True
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADV"}:
            return False
        token = document.head(token)
    return False


def _begins(document: Document, token: Token) -> bool:
    """Whether the text says that something began: "fighting broke out", "the strike that began on Monday"."""
    head = document.head(token)
    ahead = head is not None and ("subj" in token.dep or (token.tag == "VBG" and token.index < head.index))
    if head is not None and ahead and head.lemma in BEGIN:
        return True
    return any(clause.lemma in BEGIN for clause in document.children(token, "acl:relcl"))


def _bounded(when: When, mention: Mention[Trigger], time: Mention[TimeExpression], told: dt.date | None) -> When:
    """A window that ends after the telling is cut: what happened is over by then, what is planned comes after."""
    if told is None or when.start is None or when.end is None or when.end <= told:
        return when
    unreal = mention.value.factuality in UNREAL
    if when.start > told and not (unreal and time.value.signal in {"by", "before", "until"}):
        return when
    if unreal:
        return replace(when, start=told, edtf=f"{told}/{when.end}")
    if mention.value.type == "casualty_report" and when.kind != "extent":
        return going_on(when, told)
    cut = replace(when, end=told)
    return replace(cut, edtf=edtf_of(cut))
