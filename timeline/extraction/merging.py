"""Mentions of one happening inside an article become one event; the other triggers are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft, actor_ids
from timeline.language.document import Document
from timeline.lexicon import Lexicon
from timeline.records import Place, Role, When

__all__ = ["agree", "joined", "merge", "same_kind"]

_CORE = frozenset(
    "perpetrator target victims defector captor besieger besieged force authority detainees released displaced "
    "protesters plotters person speaker "
    "imposer parties provider recipient side_a side_b".split()
)
_REACH = 60
_GENERIC = frozenset({"attack", "bombing", "shelling", "airstrike", "massacre", "assassination", "execution"})
_LOOSE = frozenset({"attack", "battle"})
_FORCE = _GENERIC | {"battle", "territory_change", "crackdown"}
_FURTHER = frozenset({"another", "second", "third", "fourth", "further", "separate", "similar", "other", "previous"})
_REAL = frozenset({"happened", "disputed", "denied"})


def merge(document: Document, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """Join the drafts that tell the same happening, in order of the text.

    A later mention joins an earlier one of the same or a more general type if nothing speaks against it (other date,
    other place, other participants, plural against singular) and something speaks for it: it is definite ("the
    attack", "his defection"), shares a participant, or follows at once without new particulars.
    """
    events: list[Draft] = []
    for draft in drafts:
        near = range(max(0, len(events) - _REACH), len(events))
        fitting = [index for index in near if _same(document, events[index], draft)]
        target = max(((_closeness(events[index], draft), index) for index in fitting), default=(None, None))[1]
        if target is None:
            events.append(draft)
        else:
            events[target] = joined(events[target], draft, lexicon)
    return events


def _closeness(event: Draft, draft: Draft) -> tuple[bool, bool]:
    """Same day first, then a shared participant; among equals the latest is taken."""
    return _same_day(event, draft), _shares_actor(event, draft)


def agree(first: Draft, second: Draft) -> bool:
    """Whether nothing in type, date or place speaks against two uses of force being one."""
    return (
        same_kind(first, second)
        and _dates_fit(first, second)
        and _places_fit(first.place, second)
        and not _roles_clash(first, second)
    )


def same_kind(first: Draft, second: Draft) -> bool:
    """Whether two are of one type, or both an attack of some kind."""
    return first.type == second.type or {first.type, second.type} <= _GENERIC


def _same(document: Document, event: Draft, draft: Draft) -> bool:
    if not _types_fit(event, draft) or (event.factuality in _REAL) != (draft.factuality in _REAL):
        return False
    if event.factuality not in _REAL and event.factuality != draft.factuality:
        return False
    if event.token.index == draft.token.index or _is_another(document, draft):
        return False
    if _governs(event, draft):
        return True
    if not _dates_fit(event, draft) or not _places_fit(event.place, draft) or _roles_clash(event, draft):
        return False
    if draft.plural != event.plural and not _same_day(event, draft):
        return False
    return _evidence_for(document, event, draft)


def _is_another(document: Document, draft: Draft) -> bool:
    """Whether the text says that it is a further one: "another truck bomb exploded", "a second attack"."""
    words = [draft.token, *document.children(draft.token, "nsubj")]
    marks = {child.lemma.lower() for word in words for child in document.children(word, "det", "amod")}
    return "another" in marks or ("the" not in marks and bool(_FURTHER & marks))


def _governs(event: Draft, draft: Draft) -> bool:
    """Whether a noun is the object of a verb that tells the same use of force: "repelled an attack"."""
    return draft.token.head == event.token.index and draft.token.dep in {"obj", "nsubj:pass"}


def _same_target(event: Draft, draft: Draft) -> bool:
    """Whether a later telling hits what was hit before: "overran a base ... attacked the base"."""
    if not draft.definite_target:
        return False
    before = {(role.name or "").lower().split(" ")[-1] for role in (*event.role("target"), *event.role("place"))}
    return any((role.name or "").lower().split(" ")[-1] in before for role in draft.role("target"))


def _types_fit(event: Draft, draft: Draft) -> bool:
    if _governs(event, draft):
        return {event.type, draft.type} <= _GENERIC | {"battle"}
    if event.type == draft.type:
        other_move = event.subtype != draft.subtype and draft.token.head != event.token.index
        return not (event.type == "statement" and event.subtype and draft.subtype and other_move)
    if draft.definite and draft.token.pos == "NOUN" and draft.type in _LOOSE and event.type in _FORCE:
        return not _begins(draft)
    if _same_target(event, draft) and {event.type, draft.type} <= _FORCE:
        return True
    if draft.definite and event.type in _GENERIC and draft.type in _GENERIC:
        return "attack" in {event.type, draft.type} or {event.type, draft.type} <= {
            "massacre",
            "execution",
            "assassination",
        }
    return False


def _begins(draft: Draft) -> bool:
    """Whether a mention says when fighting began, which is no deed of one day: "the battle began on 19 July"."""
    return draft.type == "battle" and draft.token.dep.startswith("nsubj") and draft.when.kind == "since"


def _dates_fit(event: Draft, draft: Draft) -> bool:
    if not (event.own_date and draft.own_date):
        return True
    if _begins(draft) and event.when.kind == "point" and event.when.start != draft.when.start:
        return False
    return _windows_meet(event.when, draft.when)


def _windows_meet(first: When, second: When) -> bool:
    if first.precision == "weekday_only" or second.precision == "weekday_only":
        return first.weekday == second.weekday or None in (first.weekday, second.weekday)
    starts = [when.start for when in (first, second) if when.start]
    ends = [when.end for when in (first, second) if when.end]
    return not starts or not ends or max(starts) <= min(ends)


def _same_day(event: Draft, draft: Draft) -> bool:
    if not (event.own_date and draft.own_date):
        return False
    if event.when.precision == "weekday_only":
        return event.when.weekday == draft.when.weekday
    return event.when.start == draft.when.start and event.when.end == draft.when.end


def _places_fit(place: Place | None, draft: Draft) -> bool:
    other = draft.place
    if place is None or other is None or place.name == other.name:
        return True
    if "country" in {place.precision, other.precision} and place.country == other.country:
        return True
    return bool(draft.definite and place.country == other.country)


def _roles_clash(event: Draft, draft: Draft) -> bool:
    """Whether a core role is filled by named actors on both sides, and by different ones."""
    for name in _CORE:
        mine, its = actor_ids(event.role(name)), actor_ids(draft.role(name))
        if mine and its and not mine & its and _are_named(mine) == _are_named(its):
            return True
    return False


def _are_named(ids: frozenset[str]) -> bool:
    """Whether any of some actors has a name of its own, not only a description like "the rebels"."""
    return any("@" not in name for name in ids)


def _shares_actor(event: Draft, draft: Draft) -> bool:
    mine = actor_ids(tuple(role for role in event.roles if role.role in _CORE))
    return bool(mine & actor_ids(tuple(role for role in draft.roles if role.role in _CORE)))


def _evidence_for(document: Document, event: Draft, draft: Draft) -> bool:
    distance = document.sentence_of(draft.token).index - document.sentence_of(event.token).index
    if draft.type == "statement" and draft.token.dep == "conj" and draft.token.head == event.token.index:
        return True
    if draft.type == "statement":
        return _shares_actor(event, draft) and distance <= 2
    if draft.definite and not (draft.background and draft.own_date):
        return True
    if _same_target(event, draft):
        return True
    if draft.plural and event.plural and not draft.own_date and not draft.roles:
        return True
    if _shares_actor(event, draft):
        return distance <= 1 or draft.token.lemma == event.token.lemma or _same_day(event, draft) or not draft.own_date
    nouns_only = (not draft.roles and draft.place is None) or draft.place == event.place
    if draft.own_date and not event.own_date and distance > 0:
        return False
    return distance <= 1 and nouns_only and (not draft.roles or not event.roles) and draft.token.pos == "NOUN"


def joined(event: Draft, draft: Draft, lexicon: Lexicon) -> Draft:
    """One draft of two that tell the same happening; the first one leads."""
    order = {name: rank for rank, name in enumerate(lexicon.priority)}
    kind = event.type
    if draft.type != kind and not _governs(event, draft) and "battle" not in {kind, draft.type}:
        kind = min(kind, draft.type, key=lambda name: (order.get(name, len(order)), name))
    own = event.own_date or draft.own_date
    later_dates = draft.own_date or draft.when.kind == "since"
    dated = event if event.own_date or not later_dates else draft
    return replace(
        event,
        type=kind,
        subtype=(event.subtype or draft.subtype) if kind == event.type else draft.subtype,
        mentions=(*event.mentions, *draft.mentions),
        when=dated.when,
        own_date=own,
        dated_by=dated.dated_by,
        background=event.background and draft.background,
        roles=_united(event.roles, draft.roles),
        place=event.place or draft.place if kind == "casualty_report" else _narrower(event.place, draft.place),
        evidence=(*event.evidence, *(item for item in draft.evidence if item not in event.evidence)),
        alternatives=event.alternatives or draft.alternatives,
        factuality="disputed" if {event.factuality, draft.factuality} == {"happened", "denied"} else event.factuality,
        plural=event.plural,
    )


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
