"""Tolls beside deeds: what sums up a period, what only counts the dead of a deed, and deeds with the same dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft
from timeline.extraction.mentions import Mentions
from timeline.extraction.merging import agree, joined
from timeline.extraction.owners import restates
from timeline.extraction.sameness import FORCE, REAL, places_fit, roles_clash
from timeline.extraction.tolls import settle, total
from timeline.extraction.undated import over_by
from timeline.language.document import Document
from timeline.lexicon import Lexicon
from timeline.records import Count, Mention, Total

__all__ = ["is_emptied", "joined_by_toll", "toll_or_event", "tolls_with_deeds"]

_INCIDENT_DAYS = 31
_TOLL_PERSONS = 500
_BARE_HARM = frozenset({"kill", "die", "perish", "murder", "dead", "death"})
_TOLL_REACH = 2  # sentences
_SUMS = frozenset({"conflict_total", "group_total", "period_total"})
_TELLING = 2  # persons from which an equal toll says that a deed is the same


def toll_or_event(draft: Draft, mentions: Mentions) -> Draft:
    """A bare "killed" over a long time sums up a period; it is a toll, not an attack."""
    start, end = draft.when.start, draft.when.end
    long = draft.when.kind == "since" or (start is not None and end is not None and (end - start).days > _INCIDENT_DAYS)
    summed = any(mention.token == draft.token.index and mention.value.scope == "period" for mention in mentions.counts)
    own = [mention.value for mention in mentions.counts if mention.token == draft.token.index]
    huge = not draft.own_date and any((count.low or 0) >= _TOLL_PERSONS for count in own)
    if draft.type == "casualty_report" and huge and draft.dated_by == "dating/doc-date":
        return replace(draft, when=over_by(end), dated_by="dating/open")
    if (
        draft.type == "attack"
        and draft.subtype is None
        and draft.token.lemma in _BARE_HARM
        and (long or summed or huge)
    ):
        when = over_by(end) if huge and end else draft.when
        return replace(draft, type="casualty_report", subtype="period_total", when=when)
    return draft


def tolls_with_deeds(document: Document, events: Sequence[Draft], mentions: Mentions, lexicon: Lexicon) -> list[Draft]:
    """The events, a toll without a time of its own joined to the use of force told right before it."""
    counts: dict[int, list[Mention[Count]]] = {}
    for mention in mentions.counts:
        counts.setdefault(mention.token, []).append(mention)
    found: list[Draft] = []
    for draft in events:
        own = counts.get(draft.token.index, ())
        deed = _deed_before(document, found, draft) if _is_of_a_deed(draft, own) else None
        if deed is None:
            found.append(draft)
        else:
            found[deed] = joined(found[deed], replace(draft, type=found[deed].type, subtype=None), lexicon)
    return found


def _is_of_a_deed(draft: Draft, own: Sequence[Mention[Count]]) -> bool:
    """Whether a toll counts the dead of one deed: some printed number, and nothing that says since when."""
    summed = any(
        mention.value.scope == "period" or ((mention.value.low or 0) >= _TOLL_PERSONS and not restates(mention))
        for mention in own
    )
    return (
        draft.type == "casualty_report"
        and draft.subtype not in _SUMS
        and not draft.own_date
        and draft.when.kind == "point"
        and bool(own)
        and not summed
    )


def _deed_before(document: Document, events: Sequence[Draft], draft: Draft) -> int | None:
    """The use of force told last, at most two sentences before a toll, if nothing in the toll speaks against it."""
    here = document.sentence_of(draft.token).index
    told = [
        (mention.token, index)
        for index, event in enumerate(events)
        if event.type in FORCE and event.factuality in REAL
        for mention in event.mentions
        if mention.token < draft.token.index and here - document.sentence_of(mention.token).index <= _TOLL_REACH
    ]
    if not told:
        return None
    index = max(told)[1]
    event = events[index]
    fits = places_fit(event.place, draft) and not roles_clash(event, draft) and event.background == draft.background
    return index if fits and draft.factuality in REAL else None


def joined_by_toll(
    document: Document, events: list[Draft], owned: list[list[Mention[Count]]], lexicon: Lexicon
) -> tuple[list[Draft], list[list[Mention[Count]]]]:
    """Events that come to the same dead and contradict each other in nothing are one."""
    kept: list[Draft] = []
    counts: list[list[Mention[Count]]] = []
    by_toll: dict[Total, list[int]] = {}
    for draft, own in zip(events, owned, strict=True):
        dead = total(settle(document, own, cumulative=False), "killed") if own else None
        telling = dead is not None and (dead.low or 0) >= _TELLING
        same = by_toll.setdefault(dead, []) if telling and dead is not None else []
        index = next((place for place in same if _told_alike(kept[place], draft)), None)
        if index is None:
            same.append(len(kept))
            kept.append(draft)
            counts.append(list(own))
        else:
            kept[index] = joined(kept[index], draft, lexicon)
            counts[index] = [*counts[index], *own]
    return kept, counts


def _told_alike(first: Draft, second: Draft) -> bool:
    stance = first.factuality == second.factuality and first.background == second.background
    return stance and agree(first, second)


def is_emptied(event: Draft, own: Sequence[Mention[Count]]) -> bool:
    """Whether a toll told in a relative clause lost its number to the deed: "an operation that cost 40 lives"."""
    return event.type == "casualty_report" and event.token.dep == "acl:relcl" and not own
