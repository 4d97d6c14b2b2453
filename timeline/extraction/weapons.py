"""Weapons and machines among those who take part: a shell is a means, a gunboat stands for its crew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from timeline.extraction.draft import actor_role, bare
from timeline.extraction.mentions import Mentions
from timeline.extraction.slots import heads
from timeline.gazetteer import demonyms, states
from timeline.language.document import Document, Token
from timeline.language.syntax import phrase_span
from timeline.lexicon import Lexicon
from timeline.records import Role

__all__ = ["armed", "crewed", "is_machine", "is_weapon", "means", "weapon_words"]

_HARMED = frozenset({"target", "victims"})
_UNMANNED = frozenset({"drone", "missile", "uav"})


def weapon_words(lexicon: Lexicon) -> frozenset[str]:
    """Words for weapons and for what they throw."""
    classes = lexicon.cues.classes
    return classes.get("weapon", frozenset()) | classes.get("explosive", frozenset()) | {"round", "projectile"}


def means(
    document: Document,
    token: Token,
    mentions: Mentions,
    lexicon: Lexicon,
    taken: dict[int, str],
    roles: Sequence[Role],
) -> Iterator[Role]:
    """The weapon that stands as the subject, and whose it is: "Syrian shells hit the queue"."""
    filled = {role.role for role in roles}
    for head in heads(document, token, "subject"):
        if head.lemma.lower() not in weapon_words(lexicon) or head.index in taken or _is_named(head, mentions):
            continue
        span = phrase_span(document, head)
        if "weapon" not in filled:
            yield Role("weapon", None, bare(span.text or ""), "object", span)
        owner = None if "perpetrator" in filled else _owner(document, head, mentions)
        if owner is not None:
            yield owner


def _owner(document: Document, weapon: Token, mentions: Mentions) -> Role | None:
    """Whose weapon it is, by the word before it: "Syrian rockets", "the army's guns"."""
    for word in (*document.children(weapon, "nmod:poss"), *document.children(weapon, "amod", "compound")):
        actor = mentions.actor_of.get(word.index)
        if actor is not None and actor.token == word.index:
            return actor_role("perpetrator", actor)
        code = demonyms().get(word.text)
        if code is not None:
            named = (m.value for m in mentions.actors if m.value.country == code and m.value.kind == "state")
            state = next(named, None)
            span = document.token_span(word.index, word.index)
            return Role("perpetrator", state.id if state else None, states()[code].name, "state", span)
    return None


def armed(role: Role, weapons: frozenset[str]) -> Role:
    """What is fired is the weapon, not the target: "fired two missiles at a truck"."""
    last = (role.name or "").lower().split()[-1:] or [""]
    fired = role.role in _HARMED and {last[0], last[0].removesuffix("s")} & weapons
    return replace(role, role="weapon", kind="object") if fired else role


def is_weapon(document: Document, token: Token, mentions: Mentions, lexicon: Lexicon) -> bool:
    """Whether what acts is a thing: "a mortar bomb fell", "shells hit the queue"."""
    weapons = weapon_words(lexicon) - crewed(lexicon)
    return any(
        head.lemma.lower() in weapons
        and not _is_named(head, mentions)
        and not (head.lemma.lower() == "drone" and document.children(head, "amod"))
        for head in heads(document, token, "subject")
    )


def _is_named(head: Token, mentions: Mentions) -> bool:
    """Whether a word belongs to a name, like the belt in "Security Belt"."""
    actor = mentions.actor_of.get(head.index)
    return actor is not None and actor.kind in {"name", "alias", "acronym"}


def crewed(lexicon: Lexicon) -> frozenset[str]:
    """Words for machines that stand for those who man them: jets, gunboats."""
    classes = lexicon.cues.classes
    crewed = [classes.get(name, frozenset()) for name in ("aircraft", "vehicle-military", "plane")]
    return frozenset().union(*crewed) - _UNMANNED


def is_machine(head: Token, lexicon: Lexicon) -> bool:
    """Whether a word names a vehicle or weapon, which is neither hurt nor taken as people are."""
    classes = lexicon.cues.classes
    machines = weapon_words(lexicon) | classes.get("vehicle", frozenset()) | {"freighter", "tanker", "airliner"}
    return head.lemma.lower() in machines - crewed(lexicon) - {"convoy", "patrol"}
