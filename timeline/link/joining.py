"""One event of the reports of one happening: the best report leads, every differing value is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.extraction.tolls import spread
from timeline.link.agreement import is_town
from timeline.records import Article, Claim, Count, Event, Evidence, Harm, Role, Span, Total, When

__all__ = ["joined"]

_TOTALS: tuple[Harm, ...] = ("killed", "wounded")
_SPREAD_HOURS = 72
_REAL = frozenset({"happened", "disputed", "denied"})


def joined(reports: Sequence[Event], articles: Mapping[str, Article], family: Mapping[str, str]) -> Event:
    """The event of some reports of one happening; a single report only gets its article named in each span."""
    located = [_located(event) for event in reports]
    votes = Counter(event.type for event in located)
    best = min(located, key=lambda event: _quality(event, votes[event.type]))
    sources = _sources(located, articles, family)
    count_families = len({family.get(name, name) for event in located for name in _articles(event)})
    if len(located) == 1:
        members = best.members or (best.id,)
        return replace(
            best, members=members, n_sources=max(best.n_sources, count_families), sources=best.sources or sources
        )
    members = tuple(sorted(member for event in located for member in (event.members or (event.id,))))
    counts = _counts(located)
    originals = _originals(located, family)
    kind = best.type
    return replace(
        best,
        id=hashlib.sha256("\0".join(members).encode()).hexdigest()[:16],
        type=kind,
        roles=_roles(located, best),
        place=best.place or next((event.place for event in located if event.place), None),
        counts=counts,
        killed=_total(originals, "killed", articles),
        wounded=_total(originals, "wounded", articles),
        factuality="disputed" if {"happened", "denied"} <= {event.factuality for event in located} else best.factuality,
        background=all(event.background for event in located),
        confidence=max(event.confidence for event in located),
        evidence=(*best.evidence, Evidence("members", "link/agreement")),
        claims=_claims(originals, articles),
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


def _originals(reports: Sequence[Event], family: Mapping[str, str]) -> list[Event]:
    """The reports without those that a copy of a text only repeats: the same words and the same figures."""
    first: dict[object, Event] = {}
    for event in reports:
        told = (event.trigger.text, event.killed, event.wounded)
        first.setdefault((family.get(event.article, event.article), told), event)
    return list(first.values())


def _articles(event: Event) -> list[str]:
    return sorted({event.article, *(span.article for span in event.triggers if span.article)})


def _sources(reports: Sequence[Event], articles: Mapping[str, Article], family: Mapping[str, str]) -> tuple[str, ...]:
    """Each family of copies once, by the source of its first article."""
    first = sorted({family.get(name, name) for event in reports for name in _articles(event)})
    names = (articles[name].source or name if name in articles else name for name in first)
    return tuple(sorted(dict.fromkeys(names)))


def _quality(event: Event, votes: int) -> tuple[bool, bool, int, bool, int, int, float, str, int]:
    """Order of reports: real, foreground, the narrowest date of its own, place, the common type, roles, confidence."""
    own = event.when.basis in {"explicit", "relative_to_doc", "relative_to_event"}
    days = (event.when.end - event.when.start).days if event.when.start and event.when.end else 10_000
    key = 0 if own else 1
    real = event.factuality in _REAL
    return (
        not real, event.background, key * 10_000 + days, not is_town(event.place), -votes, -len(event.roles),
        -event.confidence, event.article, event.trigger.start,
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
