"""Which date an event has: the expression that dates it by syntax, else what the text allows, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.dates import other_readings
from timeline.extraction.discourse import BEGIN, Told, days_before, offset_of, shifted, whole
from timeline.extraction.undated import (
    DURABLE,
    SAYING,
    UNREAL,
    Dated,
    going_on,
    inferred,
    is_fresh,
    is_perfect,
    lasted,
)
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.records import Mention, Span, TimeExpression, Trigger, When
from timeline.when import edtf as edtf_of

__all__ = ["date_of", "told_on"]

_SUBORDINATE = {"ccomp": 4, "advcl": 4, "acl": 4, "acl:relcl": 4, "parataxis": 4, "csubj": 4, "conj": 3}
_GOING_UP = {"advcl": 1, "acl": 1, "acl:relcl": 2, "xcomp": 0, "conj": 1, "ccomp": 2, "parataxis": 2}
_LIST_HEAD = re.compile(r"[)\]]?\s*(?:[-\u2013\u2014:.|\u2022]|\n)|,\s|\s+[A-Z]")
_DATED = (
    r"[ \t]*(?:[A-Z][A-Z.' -]+(?:, [^\n\d]{2,30})?,? )?"
    r"((?:\d{1,2} [A-Z]\w{2,8}|[A-Z]\w{2,8}\.? \d{1,2})[^\n]{0,40}?) ?(?:--?|[\u2013\u2014]) "
)
_DATELINE, _DATELINES = re.compile(r"\s*" + _DATED), re.compile("^" + _DATED, re.MULTILINE)
_LAG = 3  # days
_ATTRIBUTES = frozenset({"amod", "compound", "nummod", "nmod:poss"})
_AHEAD = frozenset("due schedule expect plan set announce order impose call".split())
_MEANWHILE = frozenset({"as", "when", "while", "whilst"})
_STANDING = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last latest only most least such".split()
)
_MOVES = frozenset({"statement", "sanctions", "negotiation", "protest"})
_STANDING_REACH = 6
_UP = 5
_BESIDE = 3
_MAX_COST = 6


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
    found = _ranked(document, token, mention, times, triggers or {})
    counted = _counted_from(document, token, times, found, previous, told or document.article.published)
    if counted is not None:
        return Dated(counted, "dating/counted-from", True)
    if found:
        best = found[0]
        when = _bounded(_fitted(document, mention, best, times), mention, best, told or document.article.published)
        others = (*other_readings(best), *(other.value.when for other in found[1:] if other.value.when.start))
        return Dated(when, f"dating/syntax:{best.rule}", True, others)
    head = _line_head(document, token, times)
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
    near = [t for t in times if sentence.start <= t.span.start < sentence.end and _usable(document, t)]
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


def _usable(document: Document, time: Mention[TimeExpression]) -> bool:
    when = time.value.when
    if time.value.type in {"DURATION", "SET"} and when.start is None:
        return False
    if _is_dateline(document, time):
        return False
    return when.start is not None or when.end is not None or when.precision == "weekday_only"


def _is_dateline(document: Document, time: Mention[TimeExpression]) -> bool:
    """Whether a date only says when the report was written: behind a place in capitals, before a dash, first of all."""
    published, day = document.article.published, time.value.when.start
    line = _DATELINE.match(document.text)
    if line is None or published is None or day is None or not line.start(1) <= time.span.start < line.end(1):
        return False
    return 0 <= (published - day).days <= _LAG and len(_DATELINES.findall(document.text)) < 2


def _is_standing(document: Document, time: Mention[TimeExpression]) -> bool:
    """Whether an expression only says how long nothing like it was seen: "the first since May"."""
    if time.value.signal != "since":
        return False
    inside = document.tokens_in(time.span.start, time.span.end)
    before = document.tokens[max(inside[0].index - _STANDING_REACH, 0) : inside[0].index] if inside else ()
    for word in reversed(before):
        if word.pos in {"VERB", "AUX", "PUNCT"}:
            return False
        if word.tag == "JJS" or word.lemma.lower() in _STANDING:
            return True
    return False


def _ranked(
    document: Document,
    token: Token,
    mention: Mention[Trigger],
    times: Sequence[Mention[TimeExpression]],
    triggers: Mapping[int, str],
) -> list[Mention[TimeExpression]]:
    sentence = document.sentence_of(token)
    near = [time for time in times if sentence.start < time.span.end <= sentence.end and _usable(document, time)]
    ranges = [time for time in near if time.value.signal == "range"]
    near = [
        t
        for t in near
        if not any(r is not t and r.span.start <= t.span.start and t.span.end <= r.span.end for r in ranges)
    ]
    ranked = []
    inside = [index for index in triggers if sentence.start <= document.tokens[index].start < sentence.end]
    alone = len(near) == 1 and len(inside) < 2
    for time in near:
        governor = document.tokens[time.token].head
        shares = _shares_subject(document, token, governor)
        move = governor != token.index and triggers.get(governor) in _MOVES and not shares
        if _is_standing(document, time) and not _is_when(document, token, time):
            continue
        cost = _cost(document, token, time) + 5 * move
        own = _in_own_clause(document, token, time)
        cost += _MAX_COST * (own and time.value.signal == "since")
        cost = min(cost, _BESIDE) if not own and _adjacent(document, token, time) else cost
        cost += 2 * _MAX_COST * (_is_of_speech(document, token, time) or _is_of_past(document, token, time))
        said = document.tokens[governor].lemma in SAYING and governor != token.index
        lenient = alone and not said and not own
        if cost <= (_MAX_COST + 5 if lenient else _MAX_COST) and _plausible(document, mention, time):
            ranked.append((cost, abs(time.span.start - token.start), time.span.start, time))
    ranked.sort(key=_rank)
    return [time for *_, time in ranked]


def _shares_subject(document: Document, token: Token, governor: int) -> bool:
    """Whether a verb shares its subject with the governor of a date: "met on Monday and called for"."""
    return token.dep == "conj" and token.head == governor and not document.children(token, "nsubj")


def _is_of_speech(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether a date stands right behind a verb of saying and dates that: "..., he said on Monday"."""
    inside = document.tokens_in(time.span.start, time.span.end)
    before = document.tokens[max(inside[0].index - 2, 0) : inside[0].index] if inside else ()
    while before and before[-1].pos == "ADP":
        before = before[:-1]
    said = before[-1] if before else token
    return said.lemma in SAYING and said.pos == "VERB" and said.index != token.index


def _is_of_past(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether a date is that of a past clause beside a perfect: "fell that night, and 112 have been held"."""
    clause = clause_head(document, token)
    joined = clause.dep == "conj" and time.value.signal != "since" and is_perfect(document, clause)
    return joined and document.tokens[time.token].index < clause.index


def _in_own_clause(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether an expression belongs to a clause about something else: "the girls who were taken in May were freed"."""
    if time.value.signal == "since" and _is_of_verb_before(document, token, time):
        return True
    mine = {token.index, *(node.index for node in document.ancestors(token))}
    anchor = document.tokens[time.token]
    for node in (anchor, *document.ancestors(anchor)):
        if node.index in mine:
            return False
        if node.dep in {"acl", "acl:relcl", "advcl"}:
            return True
    return False


def _adjacent(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether an expression stands right before or behind a verb: "on Friday killed", "resigned Monday"."""
    inside = document.tokens_in(time.span.start, time.span.end)
    if not inside or token.pos != "VERB":
        return False
    before = document.tokens[inside[-1].index + 1 : token.index]
    if inside[-1].index < token.index and all(word.pos in {"AUX", "ADV"} for word in before):
        return True
    behind = document.tokens[token.index + 1 : inside[0].index]
    return token.index < inside[0].index and len(behind) < 2 and all(word.pos == "ADP" for word in behind)


def _rank(entry: tuple[int, int, int, Mention[TimeExpression]]) -> tuple[int, int, int]:
    return entry[:3]


def _plausible(document: Document, mention: Mention[Trigger], time: Mention[TimeExpression]) -> bool:
    """Whether the expression can date this event: real events are not later than publication."""
    published, start = document.article.published, time.value.when.start
    if published is None or start is None or mention.value.factuality in UNREAL:
        return True
    return start <= published or _is_ahead(document, time)


def _is_ahead(document: Document, time: Mention[TimeExpression]) -> bool:
    """Whether something is announced for a day: "talks are due to open on Saturday"."""
    anchor = document.tokens[time.token]
    return any(node.lemma in _AHEAD for node in (anchor, *document.ancestors(anchor)))


def _cost(document: Document, token: Token, time: Mention[TimeExpression]) -> int:
    """How far a time expression is from a trigger in the parse; clause borders count more than steps."""
    anchor = document.tokens[time.token]
    if _is_when(document, token, time):
        return 0
    sentence = document.sentence_of(token)
    if anchor.start < sentence.start:  # a sentence cut in two inside its date
        return 1 if any(word.head == word.index for word in (token, document.tokens[token.head])) else _BESIDE
    ways = document.ways(token, anchor)
    if ways is None:
        return _MAX_COST + 1
    above, below, governor = ways
    meanwhile = {node.index for node in below if node.dep == "advcl" and _is_meanwhile(document, node)}
    cost = sum(_SUBORDINATE.get(node.dep, 0) for node in below if node.index not in meanwhile) + min(len(below), 3)
    if not above and below and token.pos == "NOUN" and below[-1].dep in {"acl", "acl:relcl"}:
        cost -= 3
    cost += sum(_GOING_UP.get(node.dep, 0) for node in above) + min(len(above), 2)
    crosses_saying = governor.lemma in SAYING and any(node.dep in {"ccomp", "parataxis"} for node in above)
    if anchor.dep in _ATTRIBUTES and below and len(below) > 1 and anchor.head != token.index:
        cost += 2
    initial = anchor.index <= document.sentence_of(token).tokens[0].index + 3
    if crosses_saying and below and not initial:
        cost += 4
    verbs = [n for n in below[1:] if n.pos == "VERB" and n.index != token.index and n.index not in meanwhile]
    if meanwhile and any(node.dep == "conj" and document.children(node, "nsubj") for node in above):
        cost += 6
    shared = [node for node in verbs if node.dep == "conj" and not document.children(node, "nsubj")]
    return cost + 2 * len(verbs) - 4 * len(shared)


def _is_of_verb_before(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether the verb right before "since" is another one: "two men they had been holding since May"."""
    inside = document.tokens_in(time.span.start, time.span.end)
    before = document.tokens[max(inside[0].index - 2, 0)] if inside else token
    return before.pos == "VERB" and before.dep != "conj" and before.index != token.index


def _is_meanwhile(document: Document, clause: Token) -> bool:
    """Whether a clause tells what went on at the same time, or since when: "as he left", "since it began"."""
    if any(child.lemma == "have" and child.tag == "VBD" for child in document.children(clause, "aux")):
        return False
    words = {"since", "in"} | _MEANWHILE if clause.tag == "VBG" else {"since"} | _MEANWHILE
    return any(child.lemma in words for child in document.children(clause, "mark", "advmod"))


def _is_when(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
    """Whether a trigger is told behind a date as what happened then: "since 17 July, when rebels burned a mill"."""
    inside = document.tokens_in(time.span.start, time.span.end)
    behind = document.tokens[inside[-1].index + 1 : inside[-1].index + 3] if inside else ()
    when = next((word for word in behind if word.text != ","), None)
    if when is None or when.lemma != "when":
        return False
    clause = document.head(when)
    node: Token | None = clause_head(document, token)
    while node is not None and clause is not None and node.index != clause.index and node.dep == "conj":
        node = document.head(node)
    return node is not None and clause is not None and node.index == clause.index


def _line_head(
    document: Document, token: Token, times: Sequence[Mention[TimeExpression]]
) -> Mention[TimeExpression] | None:
    """The date at the head of a token's line ("4 January 2021 - Militiamen ..."), or on a line of its own above."""
    text = document.text
    line = text.rfind("\n", 0, token.start) + 1
    above: Mention[TimeExpression] | None = None
    for time in times:
        if time.span.start > token.start:
            break
        if not _usable(document, time):
            continue
        start = text.rfind("\n", 0, time.span.start) + 1
        end = text.find("\n", time.span.end)
        bare = not text[start : time.span.start].strip(" \t\u2022*-([#0123456789.")
        if not bare:
            continue
        if start == line and _LIST_HEAD.match(text, time.span.end):
            return time
        if not text[time.span.end : end if end >= 0 else None].strip(" \t:.-)]\u2013\u2014"):
            above = time
    return above


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
    if _is_when(document, token, time):
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


def told_on(document: Document, times: Sequence[Mention[TimeExpression]]) -> dt.date | None:
    """The day of the dateline, if it is at most three days before publication; else the publication day."""
    published = document.article.published
    if published is None:
        return None
    for time in times:
        sentence = document.sentence_of(time.token)
        if sentence.index > 2:
            break
        day = time.value.when.start
        closed = sentence.tokens[-1].text in {"-", "--", "\u2013", "\u2014"}
        if closed and day and time.value.when.precision == "day" and 0 <= (published - day).days <= 3:
            return day
    return published
