"""Who takes part: the slots of a role, filled by syntax, then named by the actor that stands there."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.extraction.draft import actor_role
from timeline.extraction.mentions import Mentions
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import fillers, phrase_span
from timeline.lexicon import Lexicon, TriggerRule
from timeline.records import ActorKind, Evidence, Mention, Role, Trigger

__all__ = ["find_roles"]

_AGENTS = frozenset(
    "perpetrator side_a side_b besieger captor force defector plotters authority protesters parties imposer speaker "
    "provider mediator instigator sender by loser helper".split()
)
_PEOPLE = frozenset("victims detainees released displaced defector person protesters besieged target".split())
_THINGS = frozenset(
    "weapon goods measure topic content demand charge reason means cause size period in_return post body".split()
)
_PLACES = frozenset("place origin destination from_place to_place".split())


def find_roles(
    document: Document, mention: Mention[Trigger], mentions: Mentions, lexicon: Lexicon
) -> tuple[tuple[Role, ...], tuple[Evidence, ...]]:
    """The participants of an event and the slot that each was found in."""
    token = document.tokens[mention.token]
    rule = _rule(lexicon, mention)
    slots = lexicon.slots(mention.value.type, noun=token.pos in {"NOUN", "PROPN"}, rule=rule)
    taken: dict[int, str] = {}
    roles: list[Role] = []
    evidence: list[Evidence] = []
    for name, places in slots.items():
        if name in _PLACES and name == "place":
            continue
        for slot in places:
            if name in _AGENTS and slot == "subject" and _is_weapon(document, token, lexicon):
                continue
            found = [
                role
                for head in fillers(document, token, slot)
                if (role := _role(document, name, head, mentions, taken))
            ]
            if found:
                roles += found
                evidence.append(Evidence(f"roles.{name}", f"roles/{slot}"))
                break
    if "weapon" in slots and not any(role.role == "weapon" for role in roles):
        roles += _means(document, token, lexicon, taken)
    if mention.value.type == "battle":
        roles = list(_sides(roles))
    return tuple(roles), tuple(evidence)


def _means(document: Document, token: Token, lexicon: Lexicon, taken: dict[int, str]) -> list[Role]:
    """The weapon that stands as the subject: "shells hit the queue", "jets bombed the base"."""
    weapons = lexicon.cues.classes.get("weapon", frozenset())
    return [
        Role("weapon", None, _plain(phrase_span(document, head).text or ""), "object", phrase_span(document, head))
        for head in fillers(document, token, "subject")
        if head.lemma.lower() in weapons and head.index not in taken
    ]


def _is_weapon(document: Document, token: Token, lexicon: Lexicon) -> bool:
    """Whether what acts is a thing: "a mortar bomb fell", "shells hit the queue"."""
    weapons = lexicon.cues.classes.get("weapon", frozenset())
    return any(head.lemma.lower() in weapons for head in fillers(document, token, "subject"))


def _rule(lexicon: Lexicon, mention: Mention[Trigger]) -> TriggerRule | None:
    name = mention.rule.removeprefix("triggers/")
    return next((rule for rule in lexicon.types[mention.value.type].rules if rule.id == name), None)


def _role(document: Document, name: str, head: Token, mentions: Mentions, taken: dict[int, str]) -> Role | None:
    """The role of a phrase if it can fill it; one phrase fills one role."""
    if head.index in taken:
        return None
    actor = mentions.actor_of.get(head.index)
    place = mentions.place_of.get(head.index)
    if name in _PLACES:
        if place is None:
            return None
        role = Role(name, None, place.value.name, "unknown", place.span)
    elif actor is not None and name not in _THINGS and actor.token == head.index:
        role = actor_role(name, actor)
    elif head.pos == "PRON" or (name in _AGENTS and (place is not None or head.pos in {"ADJ", "DET"})):
        return None
    else:
        known = nouns().get(head.lemma.lower())
        if place is not None and name in _THINGS:
            return None
        kind: ActorKind = known.kind if known else "object" if name in _THINGS else "unknown"
        if place is not None:
            kind = "facility"
        elif known is None and (name in _AGENTS or (name in _PEOPLE and name != "target")):
            return None
        span = phrase_span(document, head)
        role = Role(name, None, _plain(span.text or ""), kind, span)
    taken[head.index] = name
    return role


def _plain(text: str) -> str:
    """A phrase without its article."""
    words = " ".join(text.split())
    for article in ("the ", "a ", "an "):
        if words.lower().startswith(article):
            return words[len(article) :]
    return words


def _sides(roles: list[Role]) -> Iterator[Role]:
    """Two parties found in one slot of a battle are its two sides."""
    first = [role for role in roles if role.role == "side_a"]
    second = [role for role in roles if role.role == "side_b"]
    for role in roles:
        if len(first) > 1 and not second and role is first[1]:
            yield Role("side_b", role.actor, role.name, role.kind, role.span, role.claimed_by, role.disputed)
        elif role.role == "side_a" and role is not first[0]:
            continue
        else:
            yield role
