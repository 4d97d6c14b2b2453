"""Mentions of one happening inside an article become one event; the other triggers are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft
from timeline.extraction.sameness import GENERIC, dates_fit, governs, likeness, places_fit, roles_clash
from timeline.language.document import Document
from timeline.lexicon import Lexicon
from timeline.records import Place, Role

__all__ = ["agree", "joined", "merge", "same_kind"]

_REACH = 60
_ENOUGH = -0.3  # log-odds from which two mentions are one happening; the best F1 of pairs, see learn_sameness.py


def merge(document: Document, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """Join the drafts that tell the same happening, in order of the text.

    A later mention joins the earlier event that it is likeliest to tell again, if that is likely enough.
    """
    events: list[Draft] = []
    for draft in drafts:
        near = range(max(0, len(events) - _REACH), len(events))
        alike = [(odds, index) for index in near if (odds := likeness(document, events[index], draft)) is not None]
        odds, target = max(alike, default=(_ENOUGH, 0))
        if odds > _ENOUGH:
            events[target] = joined(events[target], draft, lexicon)
        else:
            events.append(draft)
    return events


def agree(first: Draft, second: Draft) -> bool:
    """Whether nothing in type, date, place or named participants speaks against two happenings being one."""
    return (
        same_kind(first, second)
        and dates_fit(first, second)
        and places_fit(first.place, second)
        and not roles_clash(first, second)
    )


def same_kind(first: Draft, second: Draft) -> bool:
    """Whether two are of one type, or both an attack of some kind."""
    return first.type == second.type or {first.type, second.type} <= GENERIC


def joined(event: Draft, draft: Draft, lexicon: Lexicon) -> Draft:
    """One draft of two that tell the same happening; the first one leads."""
    order = {name: rank for rank, name in enumerate(lexicon.priority)}
    kind = event.type
    if kind == "attack" and draft.type == "battle":
        kind = draft.type
    elif {kind, draft.type} <= GENERIC and not governs(event.token, draft.token):
        kind = min(kind, draft.type, key=lambda name: (order.get(name, len(order)), name))
    own = event.own_date or draft.own_date
    later_dates = draft.own_date or draft.when.kind == "since"
    dated = event if event.own_date or not later_dates else draft
    return replace(
        event,
        type=kind,
        subtype=_subtype(event, draft, kind),
        mentions=(*event.mentions, *draft.mentions),
        when=dated.when,
        own_date=own,
        dated_by=dated.dated_by,
        background=event.background and draft.background,
        roles=event.roles if draft.factuality == "denied" else _united(event.roles, draft.roles),
        place=_place(event, draft, kind),
        evidence=(*event.evidence, *(item for item in draft.evidence if item not in event.evidence)),
        alternatives=event.alternatives or draft.alternatives,
        factuality="disputed" if {event.factuality, draft.factuality} == {"happened", "denied"} else event.factuality,
    )


def _place(event: Draft, draft: Draft, kind: str) -> Place | None:
    """The narrower place; of tolls the first, of a battle that an attack belongs to that of the battle."""
    if kind == "casualty_report":
        return event.place or draft.place
    if kind == draft.type == "battle" and event.type == "attack":
        return draft.place or event.place
    return _narrower(event.place, draft.place)


def _subtype(event: Draft, draft: Draft, kind: str) -> str | None:
    """The subtype of the first mention that is of the type of the whole and has one."""
    return next((item.subtype for item in (event, draft) if item.type == kind and item.subtype), None)


def _united(first: tuple[Role, ...], second: tuple[Role, ...]) -> tuple[Role, ...]:
    """All fillers; an unnamed one ("the attackers") yields where the same role has a named one."""
    known = {(role.role, role.actor or (role.name or "").lower()) for role in first}
    filled = {role.role for role in first if role.actor}
    named = {role.role for role in first if role.actor and "@" not in role.actor}
    new = [
        role
        for role in second
        if (role.role, role.actor or (role.name or "").lower()) not in known
        and (role.actor or role.role not in filled)
        and not (role.role in named and (role.actor is None or "@" in role.actor))
    ]
    return (*first, *new)


def _narrower(first: Place | None, second: Place | None) -> Place | None:
    order = {"district": 0, "town": 1, "approximate": 2, "region": 3, "country": 4, None: 5}
    if first is None or second is None:
        return first or second
    return second if order[second.precision] < order[first.precision] else first
