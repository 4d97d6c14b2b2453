"""Which time expressions of a sentence can date a trigger, nearest first by the parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline.extraction.datelines import usable
from timeline.extraction.undated import SAYING, UNREAL, is_perfect
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.records import Mention, TimeExpression, Trigger

__all__ = ["is_when", "ranked"]

_SUBORDINATE = {"ccomp": 4, "advcl": 4, "acl": 4, "acl:relcl": 4, "parataxis": 4, "csubj": 4, "conj": 3}
_GOING_UP = {"advcl": 1, "acl": 1, "acl:relcl": 2, "xcomp": 0, "conj": 1, "ccomp": 2, "parataxis": 2}
_ATTRIBUTES = frozenset({"amod", "compound", "nummod", "nmod:poss"})
_AHEAD = frozenset("due schedule expect plan set announce order impose call".split())
_MEANWHILE = frozenset({"as", "when", "while", "whilst"})
_STANDING = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last latest only most least such".split()
)
_MOVES = frozenset({"statement", "sanctions", "negotiation", "protest"})
_STANDING_REACH = 6
_BESIDE = 3
_MAX_COST = 6


def ranked(
    document: Document,
    token: Token,
    mention: Mention[Trigger],
    times: Sequence[Mention[TimeExpression]],
    triggers: Mapping[int, str],
) -> list[Mention[TimeExpression]]:
    """The expressions of a trigger's sentence that can date it, the nearest by the parse first.

    Parameters
    ----------
    triggers : mapping of int to str
        Token and type of every trigger of the document; a date on a public move about something else is the move's.
    """
    sentence = document.sentence_of(token)
    near = [time for time in times if sentence.start < time.span.end <= sentence.end and usable(document, time)]
    ranges = [time for time in near if time.value.signal == "range"]
    near = [
        t
        for t in near
        if not any(r is not t and r.span.start <= t.span.start and t.span.end <= r.span.end for r in ranges)
    ]
    found = []
    inside = [index for index in triggers if sentence.start <= document.tokens[index].start < sentence.end]
    alone = len(near) == 1 and len(inside) < 2
    for time in near:
        governor = document.tokens[time.token].head
        shares = _shares_subject(document, token, governor)
        move = governor != token.index and triggers.get(governor) in _MOVES and not shares
        if _is_standing(document, time) and not is_when(document, token, time):
            continue
        cost = _cost(document, token, time) + 5 * move
        own = _in_own_clause(document, token, time)
        cost += _MAX_COST * (own and time.value.signal == "since")
        cost = min(cost, _BESIDE) if not own and _adjacent(document, token, time) else cost
        cost += 2 * _MAX_COST * (_is_of_speech(document, token, time) or _is_of_past(document, token, time))
        said = document.tokens[governor].lemma in SAYING and governor != token.index
        lenient = alone and not said and not own
        if cost <= (_MAX_COST + 5 if lenient else _MAX_COST) and _plausible(document, mention, time):
            found.append((cost, abs(time.span.start - token.start), time.span.start, time))
    found.sort(key=_rank)
    return [time for *_, time in found]


def _rank(entry: tuple[int, int, int, Mention[TimeExpression]]) -> tuple[int, int, int]:
    return entry[:3]


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
    if is_when(document, token, time):
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


def is_when(document: Document, token: Token, time: Mention[TimeExpression]) -> bool:
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
