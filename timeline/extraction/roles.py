"""Who takes part: the slots of a role, filled by syntax, then named by the actor that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from timeline.extraction.draft import Draft, actor_role
from timeline.extraction.mentions import Mentions
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import fillers, phrase_span
from timeline.lexicon import Lexicon, TriggerRule
from timeline.records import Actor, ActorKind, Count, Evidence, Mention, Role, Trigger

__all__ = ["find_roles", "with_victims"]

_AGENTS = frozenset(
    "perpetrator side_a side_b besieger captor force defector plotters authority protesters parties imposer speaker "
    "provider mediator instigator sender by loser helper addressee recipient".split()
)
_PEOPLE = frozenset("victims detainees released displaced defector person protesters besieged target".split())
_THINGS = frozenset(
    "weapon goods measure topic content demand charge reason means cause size period in_return post body".split()
)
_NO_ONE = frozenset({"body", "corpse", "dead", "side", "toll", "casualty", "fatality", "life"})
_WITH_COMPANIONS = frozenset({"defector", "displaced"})
_PLACES = frozenset("place origin destination from_place to_place".split())


def find_roles(
    document: Document, mention: Mention[Trigger], mentions: Mentions, lexicon: Lexicon
) -> tuple[tuple[Role, ...], tuple[Evidence, ...]]:
    """The participants of an event and the slot that each was found in."""
    token = document.tokens[mention.token]
    rule = _rule(lexicon, mention)
    slots = lexicon.slots(mention.value.type, noun=token.pos in {"NOUN", "PROPN"}, rule=rule)
    verbal = lexicon.slots(mention.value.type, noun=False)
    weapons = lexicon.cues.classes.get("weapon", frozenset())
    taken = {
        word.index: "when" for time in mentions.times for word in document.tokens_in(time.span.start, time.span.end)
    }
    roles: list[Role] = []
    evidence: list[Evidence] = []
    for name, places in slots.items():
        if name == "place":
            continue
        for word, slot in _where(document, token, name, places, verbal.get(name, ())):
            if name in _AGENTS and slot == "subject" and _is_weapon(document, word, lexicon):
                continue
            heads = fillers(document, word, slot)
            if name == "weapon":
                heads = (head for head in heads if head.lemma.lower() in weapons and head.pos in {"NOUN", "PROPN"})
            found = [role for head in heads if (role := _role(document, name, head, mentions, taken))]
            if "weapon" in slots:
                found = [_armed(role, weapons) for role in found]
            roles += found
            if found and name in _WITH_COMPANIONS:
                others = fillers(document, word, "prep:with")
                roles += [
                    role for head in others if (role := _role(document, name, head, mentions, taken)) and role.actor
                ]
            if any(role.role == name for role in found):
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


def _armed(role: Role, weapons: frozenset[str]) -> Role:
    """What is fired is the weapon, not the target: "fired two missiles at a truck"."""
    last = (role.name or "").lower().split()[-1:] or [""]
    fired = role.role in {"target", "victims"} and {last[0], last[0].removesuffix("s")} & weapons
    return replace(role, role="weapon", kind="object") if fired else role


def _is_weapon(document: Document, token: Token, lexicon: Lexicon) -> bool:
    """Whether what acts is a thing: "a mortar bomb fell", "shells hit the queue"."""
    classes = lexicon.cues.classes
    crewed = [classes.get(name, frozenset()) for name in ("aircraft", "vehicle-military", "plane")]
    weapons = classes.get("weapon", frozenset()).difference(*crewed)
    return any(head.lemma.lower() in weapons for head in fillers(document, token, "subject"))


def _where(
    document: Document, token: Token, name: str, places: tuple[str, ...], verbal: tuple[str, ...]
) -> Iterator[tuple[Token, str]]:
    """The words and slots to look in: a noun's own, then, of a noun that acts or is done, those of its verb."""
    for slot in places:
        yield token, slot
    if token.pos not in {"NOUN", "PROPN"}:
        return
    if "subject" in verbal and "subject" not in places:
        yield token, "subject"
    head = document.head(token)
    if head is not None and head.pos == "VERB" and token.dep == "nsubj" and name in {"target", "victims"}:
        for slot in verbal:
            yield head, slot


def _rule(lexicon: Lexicon, mention: Mention[Trigger]) -> TriggerRule | None:
    name = mention.rule.removeprefix("triggers/")
    return next((rule for rule in lexicon.types[mention.value.type].rules if rule.id == name), None)


def _role(document: Document, name: str, head: Token, mentions: Mentions, taken: dict[int, str]) -> Role | None:
    """The role of a phrase if it can fill it; one phrase fills one role."""
    if head.index in taken or (head.pos == "NOUN" and head.lemma.lower() in _NO_ONE):
        return None
    actor = _named_beside(document, head, mentions) or mentions.actor_of.get(head.index)
    if actor is not None and actor.token in taken:
        return None
    if name == "post" and actor is not None and actor.value.kind == "person" and actor.kind == "name":
        return None
    place = mentions.place_of.get(head.index)
    if name in _PLACES:
        role = Role(name, None, place.value.name, "unknown", place.span) if place is not None else None
    elif actor is not None and name not in _THINGS and (actor.token == head.index or actor.kind == "name"):
        role = actor_role(name, actor)
    else:
        role = _described(document, name, head, is_place=place is not None)
    if role is not None:
        taken[head.index] = name
    return role


def _named_beside(document: Document, head: Token, mentions: Mentions) -> Mention[Actor] | None:
    """The name that stands in apposition to a noun: "the deputy mayor, Rene Argueta"."""
    for child in document.children(head, "appos"):
        actor = mentions.actor_of.get(child.index)
        if actor is not None and actor.kind == "name" and head.pos == "NOUN":
            return actor
    return None


def _described(document: Document, name: str, head: Token, *, is_place: bool) -> Role | None:
    """A role filled by a noun that is no actor of its own: people, a facility, a thing."""
    known = nouns().get(head.lemma.lower())
    thing = known is None or known.kind in {"facility", "object"}
    if head.pos == "PRON" or (is_place and name in _THINGS):
        return None
    if name in _AGENTS and (is_place or thing or head.pos in {"ADJ", "DET"}):
        return None
    if known is None and name in _PEOPLE and name != "target" and not is_place:
        return None
    kind: ActorKind = "facility" if is_place else known.kind if known else "object" if name in _THINGS else "unknown"
    span = phrase_span(document, head)
    return Role(name, None, _plain(span.text or ""), kind, span)


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


def with_victims(
    document: Document, draft: Draft, counts: Sequence[Mention[Count]], mentions: Mentions, lexicon: Lexicon
) -> Draft:
    """The draft with the counted people among its victims; a counted target of a killing is a victim."""
    if "victims" not in lexicon.slots(draft.type, noun=False):
        return draft
    roles = list(draft.roles)
    for mention in counts:
        count = mention.value
        harmed = count.harm in {"killed", "wounded"} and count.role == "victim" and not count.negated
        if not harmed or count.subset_of is not None:
            continue
        same = [index for index, role in enumerate(roles) if role.span.overlaps(count.span)]
        if same and draft.type != "assassination":
            roles = [_as_victims(role) if n in same and role.role == "target" else role for n, role in enumerate(roles)]
        elif not same:
            roles += _counted_people(document, count, mentions)
    return replace(draft, roles=tuple(roles))


def _as_victims(role: Role) -> Role:
    return replace(role, role="victims")


def _counted_people(document: Document, count: Count, mentions: Mentions) -> list[Role]:
    """The counted noun as a participant; a bare number names no one."""
    inside = [token for token in document.tokens_in(count.span.start, count.span.end) if token.pos in {"NOUN", "PROPN"}]
    if not inside:
        return []
    head = inside[-1]
    if head.lemma.lower() in _NO_ONE:
        return []
    actor = mentions.actor_of.get(head.index)
    if actor is not None:
        return [replace(actor_role("victims", actor), span=count.span)]
    known = nouns().get(head.lemma.lower())
    return [Role("victims", None, head.text.lower(), known.kind, count.span)] if known and known.person else []
