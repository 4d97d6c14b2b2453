"""The counted people of an event as its participants: victims, and the sides of a battle that they stood on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft, actor_role
from timeline.extraction.mentions import Mentions
from timeline.extraction.roles import NO_ONE, named_beside
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import phrase_span, preposition
from timeline.lexicon import Lexicon
from timeline.records import Count, Mention, Role

__all__ = ["with_victims"]

_ARMED = frozenset({"military", "police", "rebel", "militia", "government", "state"})
_OF_STATE = frozenset({"military", "police", "government", "state"})
_ANYONE = frozenset({"people", "person"})
_AIMED_AT = frozenset({"target", "perpetrator", "side_a", "side_b"})
_ACTING = frozenset({"perpetrator", "side_a", "authority"})
_NEAR = 1


def with_victims(
    document: Document, draft: Draft, counts: Sequence[Mention[Count]], mentions: Mentions, lexicon: Lexicon
) -> Draft:
    """The draft with the counted people among its victims; a counted target of a killing is a victim.

    Counts without a noun ("six dead") give "people" where no one else is named; the armed dead of a battle were one
    of its sides.
    """
    if "victims" not in lexicon.slots(draft.type, noun=False):
        return draft
    roles = list(draft.roles)
    bare: list[Role] = []
    for mention in counts:
        count = mention.value
        harmed = count.harm in {"killed", "wounded"} and count.role == "victim" and not count.negated
        if not harmed or count.subset_of is not None:
            continue
        same = [index for index, role in enumerate(roles) if role.span.overlaps(count.span)]
        if same and draft.type != "assassination":
            roles = [_as_victims(role) if n in same and role.role == "target" else role for n, role in enumerate(roles)]
        elif not same:
            people = _counted_people(document, count, mentions, roles)
            roles += [role for role in people if not _told(role, roles)]
            if not people and not count.cumulative and _is_near(document, draft, count):
                bare.append(Role("victims", None, "people", "unknown", count.span))
    if bare and not any(role.role == "victims" for role in roles):
        roles += bare[:1]
    if draft.type == "battle":
        roles = _with_sides(roles)
    return replace(draft, roles=tuple(roles))


def _is_near(document: Document, draft: Draft, count: Count) -> bool:
    """Whether a number stands in the sentence of the event or in the next one."""
    first = document.tokens_in(count.span.start, count.span.end)
    away = document.sentence_of(first[0]).index - document.sentence_of(draft.token).index if first else _NEAR + 1
    return 0 <= away <= _NEAR


def _as_victims(role: Role) -> Role:
    return replace(role, role="victims")


def _told(victim: Role, roles: Sequence[Role]) -> bool:
    """Whether a victim is told already: the target itself, or people in general after people in particular."""
    victims = [role for role in roles if role.role == "victims"]
    if victims and (victim.name or "").lower() in _ANYONE:
        return True
    same = [role for role in roles if victim.actor and role.actor == victim.actor]
    return any(role.role == "victims" or (role.role in _AIMED_AT and role.kind == "person") for role in same)


def _counted_people(document: Document, count: Count, mentions: Mentions, roles: Sequence[Role]) -> list[Role]:
    """The counted noun as a participant, or those of whom so many are counted: "two of them"."""
    inside = document.tokens_in(count.span.start, count.span.end)
    named = [token for token in inside if token.pos in {"NOUN", "PROPN"}]
    if not named:
        return _part_of(document, inside, count, mentions, roles)
    head = named[-1]
    if head.lemma.lower() in NO_ONE:
        return []
    actor = named_beside(document, head, mentions) or mentions.actor_of.get(head.index)
    if actor is not None:
        return [replace(actor_role("victims", actor), span=count.span)]
    known = nouns().get(head.lemma.lower())
    return [Role("victims", None, head.text.lower(), known.kind, count.span)] if known and known.person else []


def _part_of(
    document: Document, inside: Sequence[Token], count: Count, mentions: Mentions, roles: Sequence[Role]
) -> list[Role]:
    """The whole of which so many are counted; no attackers but those attacked: "ambushed a convoy and killed two"."""
    acting = {role.actor for role in roles if role.role in _ACTING and role.actor}
    for token in inside:
        for child in document.children(token, "nmod"):
            actor = mentions.actor_of.get(child.index)
            if actor is None or preposition(document, child) not in {"of", "among"}:
                continue
            if actor.value.id in acting:
                return _people_in_target(document, mentions, roles)
            named = [m.span for m in mentions.actors if m.value.id == actor.value.id and m.kind != "pronoun"]
            before = [span for span in named if span.start <= count.span.start]
            span = before[-1] if before and actor.kind == "pronoun" else actor.span
            return [replace(actor_role("victims", actor), span=span)]
    return []


def _people_in_target(document: Document, mentions: Mentions, roles: Sequence[Role]) -> list[Role]:
    """Those who are named inside the target: "a convoy of marines"."""
    for role in roles:
        if role.role != "target":
            continue
        inside = document.tokens_in(role.span.start, role.span.end)
        end = max((phrase_span(document, token).end for token in inside), default=role.span.end)
        for token in reversed(document.tokens_in(role.span.start, end)):
            actor = mentions.actor_of.get(token.index)
            if actor is not None and actor.token == token.index and actor.span != role.span:
                return [actor_role("victims", actor)]
    return []


def _with_sides(roles: Sequence[Role]) -> list[Role]:
    """The armed dead as the side that no one else is named for; a state's force is the first side."""
    found = list(roles)
    sides = [role for role in found if role.role in {"side_a", "side_b"}]
    dead = [role for role in found if role.role == "victims" and role.kind in _ARMED and role.actor]
    if len(sides) > 1:
        return found
    known = {role.actor for role in sides}
    fallen = [role for role in dead if role.actor not in known]
    pair = [*sides, *fallen][:2]
    if not fallen or len({role.kind in _OF_STATE for role in pair}) < 2:
        return found
    first, second = sorted(pair, key=lambda role: (role.kind not in _OF_STATE, role.span.start))
    rest = [role for role in found if role not in sides]
    return [replace(first, role="side_a"), replace(second, role="side_b"), *rest]
