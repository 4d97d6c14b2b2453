"""Which reports belong together: pairs that agree, the best joined first, in blocks of kind and day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from timeline.link.agreement import LASTING, MAX_DAYS, VIOLENT, agreement, compatible, window_of
from timeline.records import Event

__all__ = ["clusters"]


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    one: int
    two: int

    @property
    def rank(self) -> tuple[float, int, int]:
        return -self.score, self.one, self.two


def clusters(reports: Sequence[Event], family: Mapping[str, str]) -> list[list[int]]:
    """Groups of report indices, the best agreeing pairs joined first; an article has one report in a group."""
    pairs = sorted([*_copies(reports, family), *_pairs(reports)], key=_rank)
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
    """Whether two groups share no article and no pair of their reports contradicts each other."""
    if {reports[i].article for i in one} & {reports[i].article for i in two}:
        return False
    return all(compatible(reports[i], reports[j]) for i in one for j in two)


def _pairs(reports: Sequence[Event]) -> Iterator[_Pair]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, event in enumerate(reports):
        for key in _keys(event):
            blocks[key].append(index)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        for one, two in combinations(blocks[key], 2):
            if (one, two) in seen:
                continue
            seen.add((one, two))
            first, second = reports[one], reports[two]
            if first.article == second.article or (first.members and second.members):
                continue
            score = agreement(first, second)
            if score > 0:
                yield _Pair(score, one, two)


def _keys(event: Event) -> Iterator[tuple[str, str]]:
    """Blocks in which a report is compared: its kind with each day of a short window, or month of a long one."""
    kind = "violence" if event.type in VIOLENT else event.type
    if event.type in LASTING and (event.when.kind == "since" or event.when.start is None):
        yield kind, "lasting"
    if event.when.kind == "since":
        if event.when.start:
            yield kind, event.when.start.isoformat()[:7]
        return
    window = None if event.background and event.when.start is None else window_of(event.when)
    if window is None or (window[1] - window[0]).days > MAX_DAYS:
        return
    start, end = window
    if (end - start).days <= 10:
        for day in range(-1, (end - start).days + 2):
            yield kind, (start + dt.timedelta(days=day)).isoformat()
    else:
        yield kind, start.isoformat()[:7]
