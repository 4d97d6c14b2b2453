"""Which reports belong together: pairs that agree, the best joined first, in blocks of kind and day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from timeline.link.agreement import LASTING, VIOLENT, agreement, compatible, is_vague, named, retold, window_of
from timeline.records import Event

__all__ = ["clusters"]

_PARTICULAR = 3
_MAX_DAYS = 62
_ONCE_DAYS = 3
_MARGIN = 0.3
_ONCE = frozenset({"territory_change", "withdrawal", "defection", "assassination"})


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    one: int
    two: int

    @property
    def rank(self) -> tuple[float, int, int]:
        return -self.score, self.one, self.two


def clusters(reports: Sequence[Event], family: Mapping[str, str]) -> list[list[int]]:
    """Groups of report indices, the best agreeing pairs joined first.

    An article has one report in a group, or several that give the same distinctive toll.
    """
    pairs = sorted([*_copies(reports, family), *_clear(reports, list(_pairs(reports)))], key=_rank)
    group = list(range(len(reports)))
    members: dict[int, list[int]] = {index: [index] for index in group}
    for pair in pairs:
        one, two = group[pair.one], group[pair.two]
        if one == two or not _all_agree(reports, members[one], members[two]):
            continue
        keep, drop = min(one, two), max(one, two)
        for index in members[drop]:
            group[index] = keep
        members[keep] = sorted(members[keep] + members.pop(drop))
    return [members[key] for key in sorted(members)]


def _copies(reports: Sequence[Event], family: Mapping[str, str]) -> Iterator[_Pair]:
    """The same words in two copies of one text tell the same happening."""
    told: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
    ordinals: dict[tuple[str, str, str], int] = defaultdict(int)
    for index, event in enumerate(reports):
        words = (event.trigger.text or "").lower()
        ordinal = ordinals[event.article, event.type, words] = ordinals[event.article, event.type, words] + 1
        told[family.get(event.article, event.article), event.type, words, ordinal].append(index)
    for indices in told.values():
        for one, two in combinations(indices, 2):
            if reports[one].article != reports[two].article and not (reports[one].members and reports[two].members):
                yield _Pair(9.0, one, two)


def _rank(pair: _Pair) -> tuple[float, int, int]:
    return pair.rank


def _all_agree(reports: Sequence[Event], one: Sequence[int], two: Sequence[int]) -> bool:
    """Whether no pair of reports of two groups contradicts each other, or stands in one article and is not retold."""
    return all(
        compatible(reports[i], reports[j])
        and (reports[i].article != reports[j].article or retold(reports[i], reports[j]))
        for i in one
        for j in two
    )


def _pairs(reports: Sequence[Event]) -> Iterator[_Pair]:
    vague = [is_vague(event) for event in reports]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, event in enumerate(reports):
        for key in dict.fromkeys(_keys(event)):
            blocks[key].append(index)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        by_month = len(key) == _PARTICULAR
        loose = [index for index in blocks[key] if vague[index] or reports[index].type in _ONCE or not by_month]
        for one, two in _partners(loose, blocks[key]):
            if (one, two) in seen:
                continue
            seen.add((one, two))
            first, second = reports[one], reports[two]
            if first.members and second.members:
                continue
            if first.article == second.article and not retold(first, second):
                continue
            score = agreement(first, second)
            if score > 0:
                yield _Pair(score, one, two)


def _partners(loose: Sequence[int], block: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a block of which one is to be compared with all."""
    if len(loose) == len(block):
        yield from combinations(block, 2)
        return
    for one in loose:
        for two in block:
            if one != two:
                yield min(one, two), max(one, two)


def _clear(reports: Sequence[Event], pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Without the pairs of a report that could as well tell one happening as another: "the bombing last month"."""
    told: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        for index in (pair.one, pair.two):
            if is_vague(reports[index]):
                told[index].append(pair)
    unclear = {index for index, found in told.items() if _is_unclear(reports, index, found)}
    return (pair for pair in pairs if pair.one not in unclear and pair.two not in unclear)


def _is_unclear(reports: Sequence[Event], index: int, pairs: Sequence[_Pair]) -> bool:
    best = max(pair.score for pair in pairs)
    others = [pair.two if pair.one == index else pair.one for pair in pairs if pair.score > best - _MARGIN]
    dated = [other for other in others if not is_vague(reports[other])]
    return any(not compatible(reports[dated[0]], reports[other]) for other in dated[1:])


def _keys(event: Event) -> Iterator[tuple[str, ...]]:
    """Blocks in which a report is compared: its kind with each day, and with its place or person in each month."""
    kind = "violence" if event.type in VIOLENT else event.type
    if event.type in LASTING and (event.when.kind == "since" or event.when.start is None):
        yield kind, "lasting"
    if event.when.kind == "since":
        if event.when.start:
            yield kind, event.when.start.isoformat()[:7]
        return
    window = window_of(event)
    if window is None or (window[1] - window[0]).days > _MAX_DAYS:
        return
    start, end = window
    if not is_vague(event):
        for day in range(-1, (end - start).days + 2):
            yield kind, (start + dt.timedelta(days=day)).isoformat()
    for month in dict.fromkeys(
        (start + dt.timedelta(days=day)).isoformat()[:7]
        for day in (*range(-_ONCE_DAYS, (end - start).days + _ONCE_DAYS, 7), (end - start).days + _ONCE_DAYS)
    ):
        if event.place is not None and event.place.name:
            yield kind, event.place.name.lower(), month
        for name in sorted(named(event)):
            yield kind, name, month
