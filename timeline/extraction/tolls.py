"""Which event a number belongs to, which numbers rival each other, and what they come to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import clause_head
from timeline.lexicon import Lexicon
from timeline.records import Claim, Count, Harm, Mention, Total

__all__ = ["assign", "claims_of", "restates", "settle", "spread", "total"]

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
_ASIDE = 9
_STEP = {"ccomp": 2, "advcl": 1, "acl": 1, "acl:relcl": 2, "parataxis": 2, "conj": 1}
_SUBSET = re.compile(
    r"(?:\bincluding|\bamong them|\bof them|\bof whom|\bamong whom|\bamong the (?:dead|wounded|victims)),?\s*$", re.I
)
_PART = re.compile(
    r"\bof (?:them|whom|the (?:dead|wounded|victims|injured|hostages|captives|detainees))\b", re.IGNORECASE
)
_GRAVELY = re.compile(
    r"\s*(?:of them )?(?:very )?(?:seriously|critically|badly|gravely|severely)\b(?! (?:wounded|injured|hurt))"
)
_AMONG = re.compile(r"\bamong the (?:dead|killed|wounded|injured|victims)\b", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(?:fatalit(?:y|ies)|casualt(?:y|ies)|in all|in total|altogether|a total of)\b", re.IGNORECASE)
_REASONS = frozenset("revenge retaliation reprisal vengeance retribution response avenge protest condemn mourn".split())
_OTHERS_SAY = re.compile(
    r"\b(?:but|while|whereas|though)\b[^.]{0,60}\b(?:say|says|said|report|reports|reported|claim|claims|claimed|put|counted)\b",
    re.IGNORECASE,
)
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
_ANOTHER = re.compile(r"\b(?:another|a further|other|more(?! than))\b", re.IGNORECASE)


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
        if index is not None and restates(mention) and mention.value.harm in last:
            before, since = last[mention.value.harm]
            index = index if _told_since(document, events, since, mention, before, lexicon) else before
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
    """Whether a count takes up one told before: a toll, or a bare number that another source gives."""
    return mention.rule.rpartition("/")[2] in {"toll", "spoken", "raised"}


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
    lines = document.text.count("\n", document.tokens[trigger].end, token.start)
    if lines and _ENTRY.match(document.text, document.text.rfind("\n", 0, token.start) + 1):
        return _OTHER_ENTRY
    return 8 + min(here - there, 8) + 3 * min(lines, 3)


def settle(document: Document, mentions: Sequence[Mention[Count]], *, cumulative: bool) -> tuple[Count, ...]:
    """The counts of one event with their subsets, updates and rival claims marked."""
    counts = [mention.value for mention in mentions]
    if cumulative:
        counts = [
            replace(count, scope="period", cumulative=True) if count.scope == "incident" else count for count in counts
        ]
    for index, count in enumerate(counts):
        whole = _whole(document, counts, index)
        if whole is not None:
            counts[index] = replace(count, subset_of=whole)
    for index in range(len(counts)):
        counts = _summed(document, counts, index)
    for index, count in enumerate(counts):
        if count.scope == "toll_update":
            counts = [_superseded(counts, other, index) for other in range(len(counts))]
    return _rivals(document, mentions, counts)


def _whole(document: Document, counts: Sequence[Count], index: int) -> int | None:
    """The index of the count that holds this one: "including three children", "four of the wounded"."""
    count = counts[index]
    before = document.text[max(0, count.span.start - 24) : count.span.start]
    after = document.text[count.span.end : count.span.end + 40]
    larger = [
        other
        for other, whole in enumerate(counts)
        if other != index
        and whole.harm == count.harm
        and (whole.low or 0) >= (count.low or 0)
        and whole.role == count.role
    ]
    if not larger:
        return None
    earlier = [other for other in larger if counts[other].span.start < count.span.start]
    marked = (
        _GRAVELY.match(after) or _SUBSET.search(before) or _PART.search(count.span.text or "") or _AMONG.search(after)
    )
    update = [
        other
        for other in larger
        if counts[other].scope == "toll_update" and 0 < counts[other].span.start - count.span.end < 120
    ]
    if marked and earlier:
        return earlier[0] if _PART.search(count.span.text or "") else earlier[-1]
    general = [other for other in earlier if counts[other].group == "people" and count.group != "people"]
    same_voice = [other for other in general if count.source in {None, counts[other].source} and not count.negated]
    if same_voice and not _ANOTHER.search(count.span.text or ""):
        return same_voice[-1]
    return update[0] if update else None


def _summed(document: Document, counts: list[Count], index: int) -> list[Count]:
    """The counts, those before one that sums them up as its parts: "A woman died. So did a man. 2 fatalities"."""
    whole = counts[index]
    around = document.text[max(0, whole.span.start - 12) : whole.span.end + 12]
    if whole.subset_of is not None or not _IN_ALL.search(around):
        return counts
    parts = [
        other
        for other, part in enumerate(counts)
        if (part.harm, part.role, part.scope) == (whole.harm, whole.role, whole.scope)
        and part.span.end < whole.span.start and part.subset_of is None and part.best is not None
    ]  # fmt: skip
    if not parts or sum(counts[other].best or 0 for other in parts) != whole.best:
        return counts
    return [replace(count, subset_of=index) if other in parts else count for other, count in enumerate(counts)]


def _superseded(counts: Sequence[Count], index: int, update: int) -> Count:
    count, newer = counts[index], counts[update]
    older = index != update and count.harm == newer.harm and count.span.start < newer.span.start
    if older and count.subset_of is None and count.superseded_by is None and count.scope != "period":
        return replace(count, superseded_by=update)
    return count


def _rivals(document: Document, mentions: Sequence[Mention[Count]], counts: Sequence[Count]) -> tuple[Count, ...]:
    """Number the claim sets: counts of one harm by different sources, or restated later with another figure."""
    out = list(counts)
    number = 0
    for harm in dict.fromkeys(count.harm for count in counts):
        indices = [
            i
            for i, c in enumerate(out)
            if c.harm == harm and c.role == "victim" and c.subset_of is None and c.superseded_by is None
        ]
        groups = _claims(document, mentions, out, indices)
        if len(groups) > 1:
            number += 1
            for index in (index for group in groups for index in group):
                out[index] = replace(out[index], claim_set=number)
    return tuple(out)


def _claims(
    document: Document, mentions: Sequence[Mention[Count]], counts: Sequence[Count], indices: Sequence[int]
) -> list[list[int]]:
    """Counts that add up stand together; every group is one claim on the same quantity."""
    groups: list[list[int]] = []
    for index in indices:
        count = counts[index]
        for group in groups:
            if _adds_up(document, mentions, counts, group, index):
                group.append(index)
                break
        else:
            if any(_restates(counts[other], count) for group in groups for other in group):
                groups[0].append(index)
            else:
                groups.append([index])
    return groups


def _restates(first: Count, second: Count) -> bool:
    same = (first.low, first.high) == (second.low, second.high)
    return same and (first.source is None or second.source is None or first.source == second.source)


def _adds_up(
    document: Document, mentions: Sequence[Mention[Count]], counts: Sequence[Count], group: Sequence[int], index: int
) -> bool:
    count = counts[index]
    last = counts[group[-1]]
    if count.negated != last.negated or count.role != last.role:
        return count.role != last.role
    between = document.text[last.span.end : count.span.start]
    if mentions[group[-1]].token == mentions[index].token and ";" not in between:
        return True
    if _ANOTHER.search(document.text[max(0, count.span.start - 12) : count.span.end]):
        return True
    if _OTHERS_SAY.search(between):
        return False
    same_source = count.source == last.source or None in {count.source, last.source}
    if count.source not in {None, last.source} and mentions[index].rule.endswith("/spoken"):
        return False
    sentences = document.text.count("\n", last.span.start, count.span.start)
    told_together = document.sentence_of(mentions[group[-1]].token) == document.sentence_of(mentions[index].token)
    other_people = _other_people(last, count, same_source=same_source)
    together = (same_source and told_together) or (other_people and not sentences)
    return together and not _restates(last, count)


def _other_people(first: Count, second: Count, *, same_source: bool) -> bool:
    """Whether two counts name different people; of two sources only if these are not of one kind: soldiers, troops."""
    one, two = first.group or "people", second.group or "people"
    if one == two or "people" in {one, two}:
        return False
    kinds = [known.kind if (known := nouns().get(name.removesuffix("s"))) else name for name in (one, two)]
    return same_source or kinds[0] != kinds[1]


def _sum(counts: Sequence[Count]) -> Total:
    def plus(values: list[int | None]) -> int | None:
        return None if any(value is None for value in values) else sum(value for value in values if value is not None)

    lows = [count.low for count in counts if count.low is not None]
    return Total(sum(lows) if lows else None, plus([c.best for c in counts]), plus([c.high for c in counts]))


def total(counts: Sequence[Count], harm: Harm) -> Total | None:
    """Bounds over the claims of an event on one harm, in persons; None where the text gives no number.

    Over rival claims: the lowest low, the highest high (open if the claim with the largest low is open), the lower
    median of the bests. Subsets, superseded, denied and unreal counts are left out, and so are dead attackers unless
    only they were harmed; a claim about one side is completed by the other sides of the first claim.
    """
    nothing = [count for count in counts if count.harm == "casualties" and count.negated]
    if nothing and harm in {"killed", "wounded"} and not any(count.harm == harm for count in counts):
        return Total(0, 0, 0)
    wanted = [
        count
        for count in counts
        if count.harm == harm and count.subset_of is None and count.superseded_by is None
        and count.factuality in {"happened", "disputed"}
    ]  # fmt: skip
    wanted = [count for count in wanted if count.role == "victim"] or wanted
    if not wanted:
        return None
    updates = [count for count in wanted if count.scope == "toll_update"]
    if updates:
        wanted = updates
    claims: dict[tuple[int | str | None, ...] | None, list[Count]] = {}
    key: tuple[int | str | None, ...] | None
    for count in wanted:
        key = None if count.claim_set is None else (count.claim_set, count.source)
        while key is not None and claims.get(key) and not _additive(claims[key][-1], count):
            key = (*key, "again")
        claims.setdefault(key, [])
        if count not in claims[key] and not any(
            _restates(other, count) and other.span != count.span and key is None and not _additive(other, count)
            for other in claims[key]
        ):
            claims[key].append(count)
    told = list(claims.values())
    sums = [_sum(_completed(group, told[0])) for group in told]
    return sums[0] if len(sums) == 1 else spread(sums)


def _completed(claim: Sequence[Count], first: Sequence[Count]) -> Sequence[Count]:
    """A claim that speaks of one side only, with what the first claim says of the others."""
    sides = {count.group for count in first}
    spoken = {count.group for count in claim}
    if claim is first or len(sides) < 2 or not spoken < sides:
        return claim
    return [*claim, *(count for count in first if count.group not in spoken)]


def _additive(first: Count, second: Count) -> bool:
    """Whether two equal numbers count different people: "two soldiers and two policemen"."""
    if _ANOTHER.search(second.span.text or ""):
        return True
    return first.group != second.group or 0 <= second.span.start - first.span.end < 60


def spread(sums: Sequence[Total]) -> Total:
    """Bounds over rival totals: lowest low, highest high unless the largest is open, lower median of the bests.

    Examples
    --------
    >>> spread([Total(18, 18, None), Total(27, 27, 27), Total(11, 11, 11)])
    Total(low=11, best=18, high=27)
    """
    lows = [item.low for item in sums if item.low is not None]
    bests = sorted(item.best for item in sums if item.best is not None)
    highs = [item.high for item in sums if item.high is not None]
    largest = max(sums, key=lambda item: (item.low or 0, item.high is None))
    return Total(
        min(lows) if lows else None,
        bests[(len(bests) - 1) // 2] if bests else None,
        None if largest.high is None or not highs else max(highs),
    )


def claims_of(counts: Sequence[Count]) -> tuple[Claim, ...]:
    """The rival claims among some counts, as printed."""
    return tuple(
        Claim(count.harm, {"low": count.low, "best": count.best, "high": count.high}, count.source, count.span)
        for count in counts
        if count.claim_set is not None or count.superseded_by is not None
    )
