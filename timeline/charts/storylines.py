"""Storylines: chains of happenings that belong together, each with a title that says what holds it together."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from timeline.charts import wording
from timeline.charts.parties import has_name, taking_part
from timeline.charts.text import tidy
from timeline.charts.timing import timing
from timeline.records import Event, When

DAYS = 30
ALONE = "single events"
RULE = (
    f"A storyline joins events at one town or smaller place, with one named person, or with the same two named actors, "
    f"each within {DAYS} days of the next."
)
_WIDE = ("region", "country")
_LONGEST = 62
_Tie = tuple[int, str, str]


def storylines(events: Sequence[Event], language: str = "en") -> dict[str, str]:
    """Sort events into storylines.

    Two events are linked if they lie at most 30 days apart (middle of the window where the day is not known) and share
    a place (a town or smaller, not a region or country), a named person, or two named actors; or if the record of one
    relates it to the other. A storyline is all that hangs together by such links, two events at least. The definition
    is our own: a chain of one place or of the same people, with no claim that one event led to the next. Windows
    longer than two months, and events without a date, are linked by relations only. Groups without a name ("gunmen")
    link nothing.

    Parameters
    ----------
    events : sequence of Event
        In any order.
    language : str
        Language of the months in the titles.

    Returns
    -------
    dict of str to str
        For each event id the title of its storyline: what most of its events share, and its first and last day;
        ``single events`` for those that are linked to none.

    Examples
    --------
    >>> storylines([])
    {}
    """
    known = {event.id: event for event in sorted(events, key=lambda event: (event.article, event.id))}
    days = {key: day for key, event in known.items() if (day := _day(event)) is not None}
    by_tie: dict[_Tie, list[str]] = defaultdict(list)
    for key in sorted(days, key=lambda key: (days[key], key)):
        for tie in _ties(known[key]):
            by_tie[tie].append(key)
    groups = _Groups(known)
    held: dict[str, set[_Tie]] = defaultdict(set)
    for tie, keys in by_tie.items():
        for one, other in pairwise(keys):
            if days[other] - days[one] <= DAYS:
                groups.join(one, other)
                held[one].add(tie)
                held[other].add(tie)
    for event in known.values():
        for relation in event.relations:
            if relation.event in known and relation.event != event.id:
                groups.join(event.id, relation.event)
    return _titled(known, groups, held, language)


class _Groups:
    """Disjoint sets of ids."""

    def __init__(self, ids: Sequence[str] | dict[str, Event]) -> None:
        self._above = {key: key for key in ids}

    def top(self, key: str) -> str:
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.top(one), self.top(other)))
        self._above[high] = low


def _day(event: Event) -> float | None:
    item = timing(event.when)
    return None if item is None or (item.form == "window" and item.end - item.start > 2 * DAYS + 2) else item.anchor


def _ties(event: Event) -> Iterator[_Tie]:
    """What may hold an event to another, the most telling kind first: place, person, two actors."""
    place = event.place
    if place is not None and place.name and place.precision not in _WIDE:
        yield 0, tidy(place.name), place.country or ""
    named = [role for role in taking_part(event) if has_name(role)]
    people = {tidy(role.name or "") for role in named if role.kind == "person"}
    groups = sorted({tidy(role.name or "") for role in named} - people)
    yield from ((1, name, "") for name in sorted(people))
    yield from ((2, f"{one} and {other}", "") for one, other in combinations(groups[:12], 2))


def _titled(known: dict[str, Event], groups: _Groups, held: dict[str, set[_Tie]], language: str) -> dict[str, str]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in known:
        members[groups.top(key)].append(key)
    out: dict[str, str] = {}
    used: Counter[str] = Counter()
    for keys in members.values():
        title = ALONE if len(keys) < 2 else _title([known[key] for key in keys], held, language)
        used[title] += title != ALONE
        out |= dict.fromkeys(keys, f"{title} ({used[title]})" if used[title] > 1 else title)
    return out


def _title(events: Sequence[Event], held: dict[str, set[_Tie]], language: str) -> str:
    """What most events of a storyline share, "and more" where that is not all, with the days from first to last."""
    shared = Counter(tie for event in events for tie in held.get(event.id, ()))
    spread = _spread(events, language)
    if not shared:
        return f"told as related{spread}"
    (_, name, _), number = min(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    short = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"
    return f"{short}{'' if number == len(events) else ' and more'}{spread}"


def _spread(events: Sequence[Event], language: str) -> str:
    found = [item for event in events if (item := timing(event.when)) is not None]
    if not found:
        return ""
    first = dt.date.fromordinal(int(min(item.start for item in found)))
    last = dt.date.fromordinal(int(max(item.end for item in found)) - 1)
    return f", {wording.date_text(When(first, last, 'day', 'extent'), language)}"
