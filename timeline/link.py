"""Events -> Events: the reports of one happening become one event, rival claims kept, copies counted once.

Two reports tell one happening if type, day and place agree and nothing in who took part speaks against it. A day off is
allowed only where one report gives no more than its publication day. Reports of one article are never joined here; that
is done where the article is read. Copies of one text (shingles of five words, containment of at least 0.8) are one
source family.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from timeline.extraction.tolls import spread
from timeline.records import Article, Claim, Count, Event, Evidence, Harm, Place, Role, Span, Total, When

__all__ = ["families", "link"]

_CORE = (
    "perpetrator", "target", "victims", "defector", "captor", "besieger", "besieged", "force", "authority", "detainees",
    "released", "displaced", "protesters", "plotters", "person", "speaker", "imposer", "parties", "provider",
    "recipient", "side_a", "side_b",
)  # fmt: skip
_ONE_OF = ("defector", "target", "person", "speaker", "imposer", "released", "detainees")
_VIOLENT = frozenset(
    {"attack", "bombing", "shelling", "airstrike", "massacre", "assassination", "execution", "crackdown"}
)
_REAL = frozenset({"happened", "disputed", "denied"})
_TOTALS: tuple[Harm, ...] = ("killed", "wounded")
_SHINGLE = 5
_COPY = 0.8
_NEAR_KM = 30.0
_SPREAD_HOURS = 72
_MAX_DAYS = 40
_OPEN_DAYS = 3
_LASTING_DAYS = 45
_ENOUGH = 1.9
_ENOUGH_ACROSS = 2.3
_LASTING = frozenset({"battle", "siege", "displacement", "protest"})
_RARE = frozenset({"massacre", "coup", "defection", "ceasefire", "assassination", "siege", "execution"})


def link(events: Iterable[Event], *, articles: Iterable[Article] = ()) -> tuple[Event, ...]:
    """Join the reports of one happening.

    Parameters
    ----------
    events : iterable of Event
        Events of articles; events that are already linked stay as they are, new ones may join them.
    articles : iterable of Article
        Their articles: dates of publication (newest toll), sources and copies.

    Returns
    -------
    tuple of Event
        Sorted by article, trigger and type. Every span names its article; ``members`` are the ids joined, ``n_sources``
        counts source families, ``claims`` keep each differing value with its source.

    Examples
    --------
    >>> link(())
    ()
    """
    known = {article.id: article for article in articles}
    reports = sorted(events, key=_order)
    family = families(known.values())
    clusters = _clusters(reports, family)
    joined = [_joined([reports[index] for index in cluster], known, family) for cluster in clusters]
    return tuple(sorted(joined, key=_order))


def _order(event: Event) -> tuple[str, int, str, str]:
    return event.article, event.trigger.start, event.type, event.id


def families(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> id of the first article (by id) of its family of copies.

    Examples
    --------
    >>> text = "Shells fell on the town before dawn and six people were killed, residents said."
    >>> families([Article("a", text), Article("b", text + " More follows."), Article("c", "Nothing of the kind.")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    ordered = sorted(articles, key=_article_id)
    prints = {article.id: _shingles(article.text) for article in ordered}
    owners: dict[int, list[str]] = defaultdict(list)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for name, shingles in prints.items():
        for shingle in sorted(shingles):
            for other in owners[shingle][:50]:
                shared[other, name] += 1
            owners[shingle].append(name)
    first = {name: name for name in prints}
    for (one, two), count in sorted(shared.items()):
        if count >= _COPY * min(len(prints[one]), len(prints[two])):
            first[two] = min(first[two], first[one])
    return first


def _article_id(article: Article) -> str:
    return article.id


def _shingles(text: str) -> frozenset[int]:
    words = text.lower().split()
    runs = (" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    one: int
    two: int

    @property
    def rank(self) -> tuple[float, int, int]:
        return -self.score, self.one, self.two


def _clusters(reports: Sequence[Event], family: Mapping[str, str]) -> list[list[int]]:
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
    return all(_compatible(reports[i], reports[j]) for i in one for j in two)


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
            score = _agreement(first, second)
            if score > 0:
                yield _Pair(score, one, two)


def _keys(event: Event) -> Iterator[tuple[str, str]]:
    """Blocks in which a report is compared: its kind with each day of a short window, or month of a long one."""
    kind = "violence" if event.type in _VIOLENT else event.type
    if event.type in _LASTING and (event.when.kind == "since" or event.when.start is None):
        yield kind, "lasting"
    if event.when.kind == "since":
        if event.when.start:
            yield kind, event.when.start.isoformat()[:7]
        return
    window = None if event.background and event.when.start is None else _window(event.when)
    if window is None or (window[1] - window[0]).days > _MAX_DAYS:
        return
    start, end = window
    if (end - start).days <= 10:
        for day in range(-1, (end - start).days + 2):
            yield kind, (start + dt.timedelta(days=day)).isoformat()
    else:
        yield kind, start.isoformat()[:7]


def _compatible(first: Event, second: Event) -> bool:
    if not _same_reality(first, second):
        return False
    if first.type != second.type and not {first.type, second.type} <= _VIOLENT:
        return False
    if first.type == "statement" and first.subtype != second.subtype:
        return False
    same_time = _same_time(first.when, second.when) or (first.type == second.type and _lasts(first, second))
    return same_time and _same_place(first.place, second.place) and not _clash(first, second)


def _same_reality(first: Event, second: Event) -> bool:
    """Told as real by both, or planned by one and done on that very day by the other."""
    if first.factuality in _REAL and second.factuality in _REAL:
        return True
    kinds = {first.factuality, second.factuality}
    return "planned" in kinds and kinds <= _REAL | {"planned"} and _same_day(first.when, second.when)


def _same_day(first: When, second: When) -> bool:
    exact = all(when.precision == "day" and when.basis != "doc_date" for when in (first, second))
    return exact and first.start == second.start and first.end == second.end


def _same_time(first: When, second: When) -> bool:
    if first.kind == "since" or second.kind == "since":
        return first.kind == second.kind and first.start is not None and _starts_meet(first, second)
    one, two = _window(first), _window(second)
    if one is None or two is None:
        return False
    slack = dt.timedelta(days=int("doc_date" in {first.basis, second.basis}))
    return one[0] <= two[1] + slack and two[0] <= one[1] + slack


def _starts_meet(first: When, second: When) -> bool:
    """Whether two beginnings can be the same: equal, or one is known to the month that the other falls in."""
    if first.start is None or second.start is None:
        return False
    coarse = {first.precision, second.precision} & {"month", "season", "quarter", "year", "decade"}
    apart = abs((first.start - second.start).days)
    return apart == 0 or (bool(coarse) and apart <= 31)


def _lasts(first: Event, second: Event) -> bool:
    """Whether two reports tell of the same lasting state in one town: fighting or a siege that goes on."""
    if first.type not in _LASTING or not (_town(first.place) and _town(second.place)):
        return False
    whens = (first.when, second.when)
    if not any(when.kind == "since" for when in whens):
        return False
    starts = [when.start for when in whens if when.start]
    known = [day for when in whens if (day := when.ongoing_at or when.end)]
    if len(known) < 2 or abs((known[0] - known[1]).days) > _LASTING_DAYS:
        return False
    return not starts or max(starts) <= min(known)


def _window(when: When) -> tuple[dt.date, dt.date] | None:
    """The days to compare; what is only known to be over by a day is taken to be news of the days before."""
    if when.end is None:
        return None
    return when.start or when.end - dt.timedelta(days=_OPEN_DAYS), when.end


def _same_place(first: Place | None, second: Place | None) -> bool:
    if first is None or second is None:
        return True
    if (first.name or "").lower() == (second.name or "").lower():
        return True
    if "country" in {first.precision, second.precision} or "region" in {first.precision, second.precision}:
        return first.country == second.country or None in {first.country, second.country}
    distance = _km(first, second)
    return distance is not None and distance <= _NEAR_KM


def _km(first: Place, second: Place) -> float | None:
    """Great-circle distance in kilometres (haversine, sphere of 6371 km)."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(second.lon - first.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def _names(event: Event, roles: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        if role.role in roles and role.actor and "@" not in role.actor:
            found[role.role].add(role.actor)
    return {name: frozenset(ids) for name, ids in found.items()}


def _clash(first: Event, second: Event) -> bool:
    """Whether a role that only one can fill is filled by different named actors, and not by similar names."""
    mine, its = _names(first, _ONE_OF), _names(second, _ONE_OF)
    return any(role in its and not mine[role] & its[role] and not _alike(mine[role], its[role]) for role in mine)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    from rapidfuzz.fuzz import token_set_ratio

    return any(token_set_ratio(a.replace("-", " "), b.replace("-", " ")) >= 88 for a in first for b in second)


def _agreement(first: Event, second: Event) -> float:
    """How strongly two reports agree; 0 if they contradict each other or share nothing particular."""
    if not _compatible(first, second):
        return 0.0
    same_type = first.type == second.type
    score = 1.0 if same_type else 0.4
    score += 0.6 * _same_day(first.when, second.when)
    score += 0.5 * (same_type and first.type in _RARE)
    lasting = "since" in {first.when.kind, second.when.kind}
    score += 0.6 * (lasting and _starts_meet(first.when, second.when))
    score += 1.0 * (_town(first.place) and _town(second.place))
    country = _country(first)
    score += 0.4 * (country is not None and country == _country(second))
    mine, its = _names(first, _CORE), _names(second, _CORE)
    score += 0.5 * sum(1 for role in mine if role in its and mine[role] & its[role])
    score += 0.8 * sum(1 for role in _ONE_OF if role in mine and role in its and mine[role] & its[role])
    score += 0.8 * _same_toll(first, second)
    needed = _ENOUGH if same_type else _ENOUGH_ACROSS
    return score if score >= needed else 0.0


def _same_toll(first: Event, second: Event) -> bool:
    return bool(first.killed and second.killed and first.killed.best and first.killed.best == second.killed.best)


def _country(event: Event) -> str | None:
    """The country of the place, else of the actors, if they have but one."""
    if event.place is not None and event.place.country:
        return event.place.country
    return None


def _town(place: Place | None) -> bool:
    return place is not None and place.precision in {"town", "district", "approximate"}


def _joined(reports: Sequence[Event], articles: Mapping[str, Article], family: Mapping[str, str]) -> Event:
    located = [_located(event) for event in reports]
    best = min(located, key=_quality)
    sources = _sources(located, articles)
    count_families = len({family.get(name, name) for event in located for name in _articles(event)})
    if len(located) == 1:
        members = best.members or (best.id,)
        return replace(
            best, members=members, n_sources=max(best.n_sources, count_families), sources=best.sources or sources
        )
    members = tuple(sorted(member for event in located for member in (event.members or (event.id,))))
    counts = _counts(located)
    kind = best.type
    return replace(
        best,
        id=hashlib.sha256("\0".join(members).encode()).hexdigest()[:16],
        type=kind,
        roles=_roles(located, best),
        place=best.place or next((event.place for event in located if event.place), None),
        counts=counts,
        killed=_total(located, "killed", articles),
        wounded=_total(located, "wounded", articles),
        factuality="disputed" if {"happened", "denied"} <= {event.factuality for event in located} else best.factuality,
        background=all(event.background for event in located),
        confidence=max(event.confidence for event in located),
        evidence=(*best.evidence, Evidence("members", "link/agreement")),
        claims=_claims(located, articles),
        also=tuple(sorted({name for event in located for name in (*event.also, event.type)} - {kind})),
        relations=tuple(dict.fromkeys(relation for event in located for relation in event.relations)),
        members=members,
        n_sources=count_families,
        triggers=tuple(
            span
            for event in located
            for span in ((event.trigger, *event.triggers) if event is not best else event.triggers)
        ),
        sources=sources,
    )


def _articles(event: Event) -> list[str]:
    return sorted({event.article, *(span.article for span in event.triggers if span.article)})


def _sources(reports: Sequence[Event], articles: Mapping[str, Article]) -> tuple[str, ...]:
    names = (
        articles[name].source or name if name in articles else name for event in reports for name in _articles(event)
    )
    return tuple(sorted(dict.fromkeys(names)))


def _quality(event: Event) -> tuple[bool, int, bool, int, float, str, int]:
    """Order of reports: foreground first, the narrowest date of its own, then place, roles and confidence."""
    own = event.when.basis in {"explicit", "relative_to_doc", "relative_to_event"}
    days = (event.when.end - event.when.start).days if event.when.start and event.when.end else 10_000
    key = 0 if own else 1
    return (
        event.background, key * 10_000 + days, not _town(event.place), -len(event.roles), -event.confidence,
        event.article, event.trigger.start,
    )  # fmt: skip


def _located(event: Event) -> Event:
    """The event with the article named in each span."""

    def at(span: Span) -> Span:
        return span if span.article else replace(span, article=event.article)

    def maybe(span: Span | None) -> Span | None:
        return None if span is None else at(span)

    def when(value: When) -> When:
        return replace(value, span=maybe(value.span))

    attribution = event.attribution
    return replace(
        event,
        trigger=at(event.trigger),
        when=when(event.when),
        roles=tuple(replace(role, span=at(role.span)) for role in event.roles),
        place=None if event.place is None else replace(event.place, span=maybe(event.place.span)),
        counts=tuple(
            replace(count, span=at(count.span), source_span=maybe(count.source_span)) for count in event.counts
        ),
        sentence=at(event.sentence),
        attribution=None if attribution is None else replace(attribution, span=maybe(attribution.span)),
        claims=tuple(replace(claim, span=at(claim.span)) for claim in event.claims),
        alternatives=tuple((name, tuple(when(item) for item in whens)) for name, whens in event.alternatives),
        triggers=tuple(at(span) for span in event.triggers),
    )


def _roles(reports: Sequence[Event], best: Event) -> tuple[Role, ...]:
    """The roles of the best report, then what the others add by name."""
    out = list(best.roles)
    known = {(role.role, role.actor or (role.name or "").lower()) for role in out}
    filled = {role.role for role in out}
    for event in reports:
        for role in event.roles:
            key = (role.role, role.actor or (role.name or "").lower())
            if key not in known and (role.actor or role.role not in filled):
                out.append(role)
                known.add(key)
    return tuple(out)


def _counts(reports: Sequence[Event]) -> tuple[Count, ...]:
    """All counts, each pointing to the others by their new position; differing totals are rival claims."""
    out: list[Count] = []
    sets = 0
    for event in reports:
        offset = len(out)
        out += [
            replace(
                count,
                subset_of=None if count.subset_of is None else count.subset_of + offset,
                superseded_by=None if count.superseded_by is None else count.superseded_by + offset,
                claim_set=None if count.claim_set is None else count.claim_set + sets,
            )
            for count in event.counts
        ]
        sets = max([sets, *(count.claim_set or 0 for count in out)])
    return tuple(out)


def _total(reports: Sequence[Event], harm: Harm, articles: Mapping[str, Article]) -> Total | None:
    """Bounds over all reports; where one updates the toll, the newest sets the best and 72 hours the spread."""
    totals = [(event, getattr(event, harm)) for event in reports if getattr(event, harm) is not None]
    if not totals:
        return None
    updates = any(count.scope == "toll_update" and count.harm == harm for event, _ in totals for count in event.counts)
    days = [articles[event.article].published if event.article in articles else None for event, _ in totals]
    if updates and all(days):
        newest = max(day for day in days if day)
        window = dt.timedelta(hours=_SPREAD_HOURS)
        recent = [total for (_, total), day in zip(totals, days, strict=True) if day and newest - day <= window]
        last = [total for (_, total), day in zip(totals, days, strict=True) if day == newest]
        bounds, best = spread(recent), spread(last)
        return Total(bounds.low, best.best, bounds.high)
    return spread([total for _, total in totals])


def _claims(reports: Sequence[Event], articles: Mapping[str, Article]) -> tuple[Claim, ...]:
    """What each report says where they differ: figures, with the source that it names, else the paper."""
    out: list[Claim] = [claim for event in reports for claim in event.claims]
    for harm in _TOTALS:
        values = {getattr(event, harm) for event in reports if getattr(event, harm) is not None}
        if len(values) < 2:
            continue
        silent = [event for event in reports if not any(claim.field == harm for claim in event.claims)]
        out += [claim for event in silent if (claim := _claim(event, harm, articles)) is not None]
    return tuple(out)


def _claim(event: Event, harm: Harm, articles: Mapping[str, Article]) -> Claim | None:
    """What one report says in all, with the source that it names, else the paper."""
    total: Total | None = getattr(event, harm)
    if total is None:
        return None
    printed = next((count for count in event.counts if count.harm == harm), None)
    article = articles.get(event.article)
    source = (printed.source if printed else None) or (article.source if article else None) or event.article
    value = {"low": total.low, "best": total.best, "high": total.high}
    return Claim(harm, value, source, printed.span if printed else event.trigger)
