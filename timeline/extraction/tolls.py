"""What the numbers of one event come to: which is part of which, which rival each other, and the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.gazetteer import nouns
from timeline.language.document import Document
from timeline.records import Claim, Count, Harm, Mention, Total

__all__ = ["claims_of", "settle", "spread", "total"]

_SUBSET = re.compile(
    r"\b(?:including|among them|of them|of whom|among whom|"
    r"among (?:the|those) (?:dead|wounded|victims|killed|injured)),?\s*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\bof (?:them|whom|the (?:dead|wounded|victims|injured|bodies|corpses|hostages|captives|detainees))\b",
    re.IGNORECASE,
)
_GRAVELY = re.compile(
    r"\s*(?:of them )?(?:very )?(?:seriously|critically|badly|gravely|severely)\b(?! (?:wounded|injured|hurt))"
)
_AMONG = re.compile(r"\bamong (?:the|those) (?:dead|killed|wounded|injured|victims)\b", re.IGNORECASE)
_IN_ALL = re.compile(
    r"\b(?:fatalit(?:y|ies)|casualt(?:y|ies)|in all|in total|altogether|a total of|(?:coded|recorded) (?:as|to))\b",
    re.IGNORECASE,
)
_OTHERS_SAY = re.compile(
    r"\b(?:but|while|whereas|though)\b[^.]{0,60}\b(?:say|says|said|report|reports|reported|claim|claims|claimed|put|counted)\b",
    re.IGNORECASE,
)
_VAGUE = frozenset({"vague", "unknown"})
_ANOTHER = re.compile(r"\b(?:another|a further|other|more(?! than))\b", re.IGNORECASE)


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
        counts = _summed(document, mentions, counts, index)
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


def _summed(document: Document, mentions: Sequence[Mention[Count]], counts: list[Count], index: int) -> list[Count]:
    """The counts, those before one that sums them up as its parts: "A woman died. So did a man. 2 fatalities".

    Parts make up the sum, or none of them has a figure of its own: "several fighters. Total fatalities coded as 10".
    """
    whole = counts[index]
    around = document.text[max(0, whole.span.start - 14) : whole.span.end + 12]
    if whole.subset_of is not None or not _IN_ALL.search(around):
        return counts
    parts = [
        other
        for other, part in enumerate(counts)
        if (part.harm, part.role, part.scope) == (whole.harm, whole.role, whole.scope)
        and part.span.end < whole.span.start and part.subset_of is None
    ]  # fmt: skip
    vague = all(counts[other].qualifier in _VAGUE for other in parts)
    known = sum(counts[other].best or 0 for other in parts)
    bare = all(word.pos not in {"VERB", "AUX"} for word in document.sentence_of(mentions[index].token).tokens)
    if not parts or not (vague or known == whole.best or (bare and known < (whole.best or 0))):
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
