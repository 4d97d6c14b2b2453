"""Which event of an article a number of people belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.lexicon import Lexicon
from timeline.records import Count, Harm, Mention

__all__ = ["assign", "restates"]

_TYPES: dict[str, frozenset[str]] = {
    "displaced": frozenset({"displacement", "casualty_report"}),
    "detained": frozenset({"detention", "crackdown", "casualty_report"}),
    "abducted": frozenset({"kidnapping", "release"}),
}
_DEADLY = frozenset({"crackdown", "protest", "coup", "territory_change", "siege", "kidnapping", "release", "ceasefire"})
_NEAREST = 3
_UNREAL = 4
_OTHERS = 12
_HARMFUL = frozenset(
    "attack bombing shelling airstrike massacre assassination execution battle crackdown protest".split()
)
_DENIAL = 12
_BY_THE_WAY, _MODIFIERS = 3, frozenset({"nmod", "nmod:poss", "compound"})  # "each side in the civil war"
_ASIDE = 9
_STEP = {"ccomp": 2, "advcl": 1, "acl": 1, "acl:relcl": 2, "parataxis": 2, "conj": 1}
_REASONS = frozenset("revenge retaliation reprisal vengeance retribution response avenge protest condemn mourn".split())
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
_ENTRY = re.compile(
    rf"\W{{0,4}}(?:\d{{1,2}}(?:\s?[-\u2013]\s?\d{{1,2}})?\s(?:{_MONTHS})\b|(?:{_MONTHS})\.?\s\d{{1,4}}\b|"
    r"(?:1[89]|20)\d\d\s?[:.,\u2013-]|\d\d:\d\d)",
    re.IGNORECASE,
)  # a line of a chronicle or ticker begins with a date or hour
_OTHER_ENTRY = 40
_PART = re.compile(r"\bof the (?:dead|wounded|injured|victims|bodies|corpses|killed)\b", re.IGNORECASE)
_HURT = re.compile(r"\bof the (?:wounded|injured)\b", re.IGNORECASE)
_LINE = re.compile(r"\n\s*")


def assign(
    document: Document, events: Sequence[Draft], counts: Sequence[Mention[Count]], lexicon: Lexicon
) -> tuple[list[list[Mention[Count]]], list[Mention[Count]]]:
    """The counts of each event, in the order of the events, and the counts that belong to none."""
    owned: list[list[Mention[Count]]] = [[] for _ in events]
    places = [sorted(trigger.token for trigger in event.mentions) for event in events]
    loose: list[Mention[Count]] = []
    last: dict[str, tuple[int, int]] = {}
    for mention in counts:
        index = (
            None if _of_older_deed(document, events, mention) else _owner(document, events, places, mention, lexicon)
        )
        taken_up = _taken_up(mention)
        if taken_up in last:
            before, since = last[taken_up]
            anew = not _is_part(mention) and _told_since(document, events, since, mention, before, lexicon)
            index = index if anew else before
        if index is None:
            loose.append(mention)
        else:
            last[mention.value.harm] = index, mention.token
            both_sides = events[index].type == "battle"
            owned[index].append(
                replace(mention, value=replace(mention.value, role="victim")) if both_sides else mention
            )
    return owned, loose


def restates(mention: Mention[Count]) -> bool:
    """Whether a count takes up one told before: a toll, a bare number that another source gives, "two of the dead"."""
    return _is_part(mention) or mention.rule.rpartition("/")[2] in {"toll", "spoken", "raised"}


def _taken_up(mention: Mention[Count]) -> Harm | None:
    """The harm of the people told of before that a count takes up; None if it takes up none."""
    if not restates(mention):
        return None
    hurt = _HURT.search(mention.value.span.text or "")
    return "wounded" if hurt else mention.value.harm


def _is_part(mention: Mention[Count]) -> bool:
    """Whether a count is of people told before: "two of the dead"."""
    return _PART.search(mention.value.span.text or "") is not None


def _told_since(
    document: Document, events: Sequence[Draft], since: int, mention: Mention[Count], before: int, lexicon: Lexicon
) -> bool:
    """Whether another use of force is told between the last count and this one, or in its sentence."""
    last = document.sentence_of(mention.token).tokens[-1].index
    return any(
        since < trigger.token <= last
        for index, event in enumerate(events)
        if index != before and (_violent(event, lexicon) or event.type == "coup")
        for trigger in event.mentions
        if not _went_before(document, document.tokens[trigger.token])
    )


def _went_before(document: Document, token: Token) -> bool:
    """Whether a deed is told as what led to another: "after a patrol came under fire"."""
    clause = clause_head(document, token)
    return clause.dep == "advcl" and any(child.lemma == "after" for child in document.children(clause, "mark"))


def _of_older_deed(document: Document, events: Sequence[Draft], mention: Mention[Count]) -> bool:
    """Whether the deaths are told as the reason of a deed and have no event of their own: "avenge the death of two"."""
    token = document.tokens[mention.token]
    if token.pos != "NOUN" or any(event.token.index == token.index for event in events):
        return False
    above = document.head(token)
    near = [token, above] if above is not None else [token]
    reason = any(word.lemma in _REASONS for word in near) or any(
        case.lemma in {"over", "against"} for case in document.children(token, "case")
    )
    return reason and mention.value.harm == "killed"


def _fits(event: Draft, count: Count, lexicon: Lexicon) -> bool:
    if count.harm in _TYPES:
        return event.type in _TYPES[count.harm]
    return _violent(event, lexicon) or event.type in _DEADLY


def _violent(event: Draft, lexicon: Lexicon) -> bool:
    """Whether an event is itself the use of force, so that a number nearby is likely its own."""
    if event.type == "crackdown":
        return event.subtype not in {"curfew", "martial_law", "ban", "shutdown"}
    return lexicon.types[event.type].family == "violence" or event.type == "casualty_report"


def _owner(
    document: Document,
    events: Sequence[Draft],
    places: Sequence[Sequence[int]],
    mention: Mention[Count],
    lexicon: Lexicon,
) -> int | None:
    """The event that a count belongs to, by the nearest of its triggers; None if none is near enough."""
    token = document.tokens[mention.token]
    nearest = _told_last(document, events, mention) if mention.value.negated else None
    ranked: list[tuple[int, int, int]] = []
    for index, event in enumerate(events):
        if not _fits(event, mention.value, lexicon):
            continue
        around = bisect_left(places[index], token.index)
        near = places[index][max(0, around - _NEAREST) : around + _NEAREST]
        cost = min(_cost(document, token, trigger) for trigger in near)
        if mention.value.scope == "period" and event.type != "casualty_report" and mention.value.harm not in _TYPES:
            cost += 8
        if mention.value.scope == "incident" and event.type == "casualty_report":
            cost += 3 if event.token.dep != "acl:relcl" else _ASIDE
        if mention.value.harm not in _TYPES and cost and not _violent(event, lexicon):
            cost += 9 if event.type in {"release", "ceasefire"} else 6
        if mention.value.negated and event.factuality == "negated":
            cost += _DENIAL
        if nearest is not None and index != nearest:
            cost += _OTHERS
        if cost and event.factuality not in {"happened", "disputed"}:
            cost += _UNREAL
        if any(_tells_of(document, token, trigger) for trigger in near):
            cost = min(cost, 1)
        ranked.append((cost, abs(event.token.index - token.index), index))
    if not ranked:
        return None
    cost, _, best = min(ranked)
    return best if cost <= 16 else None


def _tells_of(document: Document, token: Token, trigger: int) -> bool:
    """Whether a harm is told in a clause about a trigger: "two days of rioting in which 16 people died"."""
    clause = next((word for word in (token, *document.ancestors(token)) if word.dep != "conj"), None)
    placed = any(
        word.tag in {"WDT", "WP", "WRB"} and word.dep in {"obl", "advmod"} and word.index < token.index
        for word in (document.children(clause) if clause is not None else ())
    )
    return clause is not None and clause.dep == "acl:relcl" and clause.head == trigger and placed


def _told_last(document: Document, events: Sequence[Draft], mention: Mention[Count]) -> int | None:
    """The deed told right before a sentence that says that nobody was hurt, and that tells of nothing else."""
    sentence = document.sentence_of(mention.token)
    told = [
        (trigger.token, index)
        for index, event in enumerate(events)
        if event.factuality in {"happened", "disputed"} and event.type in _HARMFUL
        for trigger in event.mentions
        if trigger.token <= sentence.tokens[-1].index
    ]
    last = max(told, default=None)
    if last is None or not 0 < sentence.index - document.sentence_of(last[0]).index <= 2:
        return None
    return last[1]


def _cost(document: Document, token: Token, trigger: int) -> int:
    """Steps in the parse inside a sentence; whole sentences cost more, a later event does not own an earlier number."""
    if token.index == trigger:
        return 0
    here, there = document.sentence_of(token).index, document.sentence_of(trigger).index
    if here == there:
        ways = document.ways(document.tokens[trigger], token)
        if ways is None:
            return 8
        above, below, _ = ways
        return 1 + min(len(below), 3) + min(len(above), 3) + sum(_STEP.get(node.dep, 0) for node in (*below, *above))
    if there > here:
        return 12 + there - here if "\n" not in document.text[token.end : document.tokens[trigger].start] else 30
    lines = len(_LINE.findall(document.text, document.tokens[trigger].end, token.start))
    aside = _BY_THE_WAY * (document.tokens[trigger].dep in _MODIFIERS)
    if lines and _ENTRY.match(document.text, document.text.rfind("\n", 0, token.start) + 1):
        return _OTHER_ENTRY
    return 8 + min(here - there, 8) + 3 * min(lines, 3) + aside
