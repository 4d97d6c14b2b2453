"""Who takes part: the slots of a role, filled by syntax, then named by the actor that stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from timeline.extraction.draft import actor_role, bare
from timeline.extraction.mentions import Mentions
from timeline.extraction.slots import heads
from timeline.extraction.weapons import armed, crewed, is_machine, is_weapon, means, weapon_words
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.language.syntax import phrase_span, preposition
from timeline.lexicon import Lexicon, TriggerRule
from timeline.records import Actor, ActorKind, Evidence, Mention, Place, Role, Span, Trigger

__all__ = ["NO_ONE", "find_roles", "named_beside", "place_taken"]

_AGENTS = frozenset(
    "perpetrator side_a side_b besieger captor force defector plotters authority protesters parties imposer speaker "
    "provider mediator instigator sender by loser helper addressee from to besieged source".split()
)
_HUMAN = frozenset("detainees released displaced defector person protesters besieged victims force counted".split())
_THINGS = frozenset(
    "weapon goods measure topic content demand charge reason means cause size period in_return post body".split()
)
_FIRST = frozenset({"detainees", "released", "displaced"})
_JOINT = frozenset({"parties"})
_HURTING = frozenset("stab knife shoot beat kill murder slay hack lynch rape torture wound injure behead club".split())
_HARMED = frozenset({"target", "victims"})
NO_ONE = frozenset("body corpse dead injured wounded toll casualty fatality life".split())
_NOTHING = frozenset(
    "fire blaze power air attempt responsibility control way ground target day line kilometre kilometer mile metre "
    "meter".split()
)
_CAPTIVE = frozenset({"hostage", "prisoner", "captive"})
_UNDERGONE = frozenset({"survive", "escape", "undergo", "suffer"})
_ON_CHARGE = frozenset({"suspicion", "charge", "count", "allegation", "accusation", "indictment"})
_OWNERS = frozenset({"subject-of", "object-of"})
_FORCES = frozenset({"military", "police", "rebel", "militia", "government"})
_OF_STATE = frozenset({"military", "police"})
_FIGHTERS = frozenset({"military", "police", "rebel", "militia"})
_WITH_COMPANIONS = frozenset({"defector", "displaced"})
_PLACES = frozenset("place origin destination from_place to_place".split())
_SITES = ("settlement", "territory", "milsite")
_PERSONAL = frozenset({"name", "surname"})
_DURING = frozenset({"in", "during", "amid", "after", "from", "of"})
_BLAMING = frozenset({"blame", "pin"})
_BESIDE = 6
_NEARBY = 1
_NO_SITE = frozenset({"home", "house", "road", "highway", "route", "ruin", "line"})


def find_roles(
    document: Document, mention: Mention[Trigger], mentions: Mentions, lexicon: Lexicon
) -> tuple[tuple[Role, ...], tuple[Evidence, ...]]:
    """The participants of an event and the slot that each was found in."""
    token = document.tokens[mention.token]
    rule = _rule(lexicon, mention)
    slots = lexicon.slots(mention.value.type, noun=_is_nominal(document, token), rule=rule)
    verbal = lexicon.slots(mention.value.type, noun=False)
    taken = {
        word.index: "when" for time in mentions.times for word in document.tokens_in(time.span.start, time.span.end)
    }
    roles: list[Role] = []
    evidence: list[Evidence] = []
    for name in _in_order(slots, rule):
        if name == "place":
            continue
        for word, slot in _where(document, token, name, slots[name], verbal.get(name, ())):
            found = list(_fill(document, name, word, slot, mentions, lexicon, taken))
            found = [role for role in found if not _is_same_person(role, roles, word)]
            if "weapon" in slots:
                found = [armed(role, weapon_words(lexicon)) for role in found]
            roles += _unnamed_yet(found, roles)
            if any(role.role == name for role in found):
                evidence.append(Evidence(f"roles.{name}", f"roles/{slot}"))
                if name not in _JOINT:
                    break
    if "weapon" in slots:
        roles += means(document, token, mentions, lexicon, taken, roles)
    roles += _counters(document, mention, mentions)
    if mention.value.type == "battle":
        sides = _fighting(document, token, mentions, list(_sides(roles)))
        roles = [*sides, *(role for role in roles if role.role not in {"side_a", "side_b"})]
    if mention.value.type == "attack" and token.lemma.lower() in _HURTING:
        roles = [replace(role, role="victims") if _is_hurt(role) else role for role in roles]
    if mention.value.type == "assassination":
        roles = list(_aimed_at_one(roles))
    return tuple(roles), tuple(evidence)


def _is_nominal(document: Document, token: Token) -> bool:
    """Whether a word names the deed, "in fighting between farmers and herders" included."""
    if token.pos in {"NOUN", "PROPN"}:
        return True
    marks = document.children(token, "mark", "case")
    within = any(mark.lemma.lower() in _DURING and mark.index == token.index - 1 for mark in marks)
    return token.tag == "VBG" and within and not document.children(token, "obj", "nsubj")


def _is_hurt(role: Role) -> bool:
    """Whether a target is of those who bleed: who is stabbed is a victim, a house that is fired on a target."""
    return role.role == "target" and role.kind in {"civilians", "person", "population"}


def _in_order(slots: Mapping[str, tuple[str, ...]], rule: TriggerRule | None) -> list[str]:
    """The roles in the order in which they choose: captives first, then those that the rule itself lists."""
    listed = list(dict(rule.roles)) if rule else []
    return sorted(slots, key=lambda name: (name not in _FIRST, listed.index(name) if name in listed else len(listed)))


def _fill(
    document: Document,
    name: str,
    word: Token,
    slot: str,
    mentions: Mentions,
    lexicon: Lexicon,
    taken: dict[int, str],
) -> Iterator[Role]:
    """The fillers of one role in one slot of one word."""
    if name in _AGENTS and slot == "subject" and is_weapon(document, word, mentions, lexicon):
        return
    pairs: list[tuple[Token, Role]] = []
    for head in heads(document, word, slot):
        if name == "weapon" and (head.lemma.lower() not in weapon_words(lexicon) or head.pos not in {"NOUN", "PROPN"}):
            continue
        if name in _AGENTS and slot == "modifier" and is_machine(head, lexicon):
            continue
        if slot == "prep:on" and _is_blamed(document, word):
            continue
        if name == "charge" and preposition(document, head) == "on" and head.lemma.lower() not in _ON_CHARGE:
            continue
        if slot == "load" and head.index in mentions.actor_of and name in _THINGS:
            continue
        if slot == "self" and name == "measure" and not document.children(head, "compound", "amod"):
            continue
        role = _role(document, name, head, mentions, taken, lexicon)
        if role is not None and not (slot in _OWNERS and (role.actor is None or role.kind not in _FORCES)):
            last = pairs[-1] if pairs else None
            if last is not None and slot != "prep:between" and _is_one_phrase(document, last[0], head, last[1], role):
                pairs[-1] = (head, _both(document, last[1], role))
                continue
            pairs.append((head, role))
            if name in _WITH_COMPANIONS:
                for other in heads(document, word, "prep:with"):
                    companion = _role(document, name, other, mentions, taken, lexicon)
                    if companion is not None and companion.actor:
                        pairs.append((other, companion))
    yield from (role for _, role in pairs)


def _is_blamed(document: Document, word: Token) -> bool:
    """Whether a deed is laid at someone's door, who then is not its target: "blamed the attack on rebels"."""
    verb = document.head(word) if word.dep == "obj" else word
    return verb is not None and verb.lemma.lower() in _BLAMING


def _is_one_phrase(document: Document, first: Token, second: Token, before: Role, role: Role) -> bool:
    """Whether two nouns make one participant: "boys and girls", but not "three boys and a girl"."""
    own = document.children(second, "det", "nummod", "nmod:poss", "amod", "compound")
    plain = second.dep == "conj" and document.head(second) in {first, document.head(first)}
    common = all(item.actor is None or "@" in item.actor for item in (before, role))
    return plain and common and not own and first.pos == second.pos == "NOUN" and second.tag == "NNS"


def _both(document: Document, first: Role, second: Role) -> Role:
    span = Span(first.span.start, second.span.end, document.text[first.span.start : second.span.end])
    return replace(first, name=f"{first.name} and {second.name}", span=span)


def _unnamed_yet(found: Sequence[Role], roles: Sequence[Role]) -> list[Role]:
    """The fillers that do not repeat an actor in the same role."""
    known = {(role.role, role.actor) for role in roles if role.actor}
    return [role for role in found if (role.role, role.actor) not in known]


def _counters(document: Document, mention: Mention[Trigger], mentions: Mentions) -> Iterator[Role]:
    """Who counts, for a toll that someone is named for."""
    told = mention.value.attribution
    if mention.value.type != "casualty_report" or told is None or told.span is None or not told.source:
        return
    inside = document.tokens_in(told.span.start, told.span.end)
    actor = next((found for word in inside if (found := mentions.actor_of.get(word.index))), None)
    if actor is not None and actor.kind != "pronoun":
        yield replace(actor_role("source", actor), span=told.span)
    else:
        yield Role("source", None, bare(told.source), "source", told.span)


def _where(
    document: Document, token: Token, name: str, places: tuple[str, ...], verbal: tuple[str, ...]
) -> Iterator[tuple[Token, str]]:
    """The words and slots to look in: a noun's own, then, of a noun that acts or is done, those of its verb."""
    if token.pos == "VERB" and token.lemma.lower() in _UNDERGONE and name in {*_HARMED, "perpetrator"}:
        if name == "target":
            yield token, "subject"
        return
    for slot in places:
        yield token, slot
    if token.pos not in {"NOUN", "PROPN"}:
        return
    if "subject" in verbal and "subject" not in places:
        yield token, "subject"
    head = document.head(token)
    if head is not None and head.pos == "VERB" and token.dep in {"nsubj", "nsubj:pass"} and name in _HARMED:
        for slot in verbal:
            if token.dep == "nsubj" or slot != "object":
                yield head, slot


def _rule(lexicon: Lexicon, mention: Mention[Trigger]) -> TriggerRule | None:
    name = mention.rule.removeprefix("triggers/")
    return next((rule for rule in lexicon.types[mention.value.type].rules if rule.id == name), None)


def _role(
    document: Document, name: str, head: Token, mentions: Mentions, taken: dict[int, str], lexicon: Lexicon
) -> Role | None:
    """The role of a phrase if it can fill it; one phrase fills one role."""
    lives = name == "counted" and head.lemma.lower() == "life"
    if head.index in taken or (head.pos == "NOUN" and head.lemma.lower() in NO_ONE and not lives):
        return None
    if _is_idle(document, head) or (name in _HUMAN and is_machine(head, lexicon)):
        return None
    actor = named_beside(document, head, mentions) or mentions.actor_of.get(head.index)
    if actor is not None and actor.token in taken:
        return None
    if name == "post" and actor is not None and actor.value.kind == "person" and actor.kind == "name":
        return None
    if name in _PLACES:
        role = _site(document, name, head, mentions, lexicon)
    elif actor is not None and name not in _THINGS and (_heads(document, head, actor) or actor.kind in _PERSONAL):
        role = _by_name(document, actor_role(name, actor), actor, mentions)
    else:
        role = _described(document, name, head, lexicon, is_place=head.index in mentions.place_of)
    if role is not None:
        taken[head.index] = name
    return role


def _heads(document: Document, head: Token, actor: Mention[Actor]) -> bool:
    """Whether a word is what a mention of an actor is about: the group in "a group of the Front"."""
    above = document.head(head)
    outside = above is None or not actor.span.start <= above.start < actor.span.end
    return actor.token == head.index or (outside and actor.span.start <= head.start < actor.span.end)


def _is_same_person(role: Role, roles: Sequence[Role], word: Token) -> bool:
    """Whether a pronoun would be both who acts and whom it is done to: "a gang dragged men off and shot them"."""
    acting = {other.actor for other in roles if other.role in _AGENTS and other.actor}
    return role.role not in _AGENTS and role.role not in _JOINT and role.actor in acting and word.pos == "VERB"


def _is_idle(document: Document, head: Token) -> bool:
    """Whether a word only completes its verb: "opened fire", "blew himself up", "took two boys hostage"."""
    word = head.lemma.lower()
    alone = not document.children(head, "det", "nummod", "nmod:poss")
    idle = word in _NOTHING or (word in _CAPTIVE and head.tag == "NN" and alone)
    return idle or head.text.lower().endswith(("self", "selves"))


def _by_name(document: Document, role: Role, actor: Mention[Actor], mentions: Mentions) -> Role:
    """For a pronoun the words of the same sentence that it stands for: "the army says it has retaken"."""
    if actor.kind != "pronoun":
        return _with_group(document, role, actor, mentions)
    sentence = document.sentence_of(document.tokens[actor.token])
    named = [
        other.span
        for other in mentions.actors
        if other.value.id == actor.value.id and other.kind != "pronoun" and sentence.start <= other.span.start
        if other.span.end <= actor.span.start
    ]
    return replace(role, span=named[-1]) if named else role


def _with_group(document: Document, role: Role, actor: Mention[Actor], mentions: Mentions) -> Role:
    """The words that say whose members they are included: "members of the Front", where the actor is the Front."""
    for child in document.children(document.tokens[actor.token], "nmod"):
        group = mentions.actor_of.get(child.index)
        whole = group is not None and group.value.id == actor.value.id and preposition(document, child) == "of"
        if whole and group is not None and role.span is not None and group.span.end > role.span.end:
            return replace(role, span=document.span(role.span.start, group.span.end))
    return role


def _site(document: Document, name: str, head: Token, mentions: Mentions, lexicon: Lexicon) -> Role | None:
    """A place by its name, that of "the town of Homs" included, or by a noun for a place: "the hills"."""
    for word in (head, *document.children(head, "nmod", "appos", "flat", "compound")):
        place = mentions.place_of.get(word.index)
        if place is not None and (word is head or preposition(document, word) in {"of", ""}):
            return Role(name, None, place.value.name, "unknown", place.span)
    known = nouns().get(head.lemma.lower())
    if head.lemma.lower() in _NO_SITE:
        return None
    classes = (lexicon.cues.classes.get(sites, frozenset()) for sites in _SITES)
    if (known is not None and known.kind == "facility") or any(head.lemma.lower() in words for words in classes):
        span = phrase_span(document, head)
        return Role(name, None, bare(span.text or ""), "facility", span)
    return None


def place_taken(
    document: Document, token: Token, found: Place | None, mentions: Mentions, lexicon: Lexicon
) -> Role | None:
    """The place that takes part, as in a siege: what the word itself names, else where it happened."""
    for slot in ("object", "prep:of", "prep:over", "prep:around"):
        for head in heads(document, token, slot):
            role = _site(document, "place", head, mentions, lexicon)
            if role is not None:
                return role
    if found is None or found.span is None:
        return None
    told = document.tokens_in(found.span.start, found.span.end)
    away = document.sentence_of(token).index - document.sentence_of(told[0]).index if told else 0
    return Role("place", None, found.name, "unknown", found.span) if abs(away) <= _NEARBY else None


def named_beside(document: Document, head: Token, mentions: Mentions) -> Mention[Actor] | None:
    """The name that stands in apposition to a noun: "the deputy mayor, Rene Argueta", "a teacher from Bor, Ana Lul"."""
    if head.pos not in {"NOUN", "ADJ"}:
        return None
    for child in document.children(head, "appos"):
        actor = mentions.actor_of.get(child.index)
        if actor is not None and actor.kind in _PERSONAL:
            return actor
    known = nouns().get(head.lemma.lower())
    if known is None or not known.person or head.tag == "NNS":
        return None
    sentence = document.sentence_of(head).tokens
    for token in sentence:
        actor = mentions.actor_of.get(token.index) if token.dep == "appos" and token.index > head.index else None
        if actor is not None and actor.kind in _PERSONAL and actor.value.kind == "person":
            above = document.head(token)
            beside = (
                above is not None and 0 < above.index - head.index <= _BESIDE and above.index not in _people(mentions)
            )
            return actor if beside else None
    return None


def _people(mentions: Mentions) -> frozenset[int]:
    return frozenset(index for index, actor in mentions.actor_of.items() if actor.value.kind == "person")


def _described(document: Document, name: str, head: Token, lexicon: Lexicon, *, is_place: bool) -> Role | None:
    """A role filled by a noun that is no actor of its own: people, a facility, a thing."""
    known = nouns().get(head.lemma.lower())
    manned = head.lemma.lower() in crewed(lexicon) and name == "perpetrator"
    thing = (known is None or known.kind in {"facility", "object"}) and not manned
    if head.pos == "PRON" or (is_place and name in _THINGS):
        return None
    if name in _AGENTS and (is_place or thing or head.pos in {"ADJ", "DET"}):
        return None
    counted = _is_number_of(document, head) or (name in _FIRST and head.pos in {"NUM", "PROPN"})
    if name in {"recipient", "body"} and thing and not is_place:
        return None
    if name in _HUMAN and (
        is_place or (known is None and name != "victims" and not counted) or (known is not None and thing)
    ):
        return None
    kind: ActorKind = "facility" if is_place else known.kind if known else "object" if name in _THINGS else "unknown"
    span = phrase_span(document, head)
    return Role(name, None, bare(span.text or ""), kind, span)


def _is_number_of(document: Document, head: Token) -> bool:
    """Whether a word counts people without naming them: "three others", "40,000 lives"."""
    return head.lemma.lower() in {"other", "life"} and bool(document.children(head, "nummod"))


def _fighting(document: Document, token: Token, mentions: Mentions, roles: Sequence[Role]) -> list[Role]:
    """The forces of the clause that a battle is told in: "troops took the hill from rebels after a firefight"."""
    verb = document.head(token)
    while verb is not None and verb.pos != "VERB":
        verb = document.head(verb) if verb.dep in {"obl", "nmod", "obj"} else None
    sides = [role for role in roles if role.role in {"side_a", "side_b"}]
    if verb is None or token.pos != "NOUN" or len(sides) > 1:
        return sides
    found: dict[str | None, Role] = {role.actor: role for role in sides}
    for slot in ("subject", "object", "object-of", "prep:from", "prep:of"):
        for head in heads(document, verb, slot):
            actor = mentions.actor_of.get(head.index)
            if actor is not None and actor.value.kind in _FIGHTERS:
                found.setdefault(actor.value.id, actor_role("side_a", actor))
    if len(found) < 2:
        return sides
    first, second = sorted(list(found.values())[:2], key=lambda role: role.kind not in _OF_STATE)
    return [replace(first, role="side_a"), replace(second, role="side_b")]


def _aimed_at_one(roles: list[Role]) -> Iterator[Role]:
    """The first target of an assassination is who was meant; those hit with him are victims."""
    first = next((role for role in roles if role.role == "target"), None)
    for role in roles:
        yield replace(role, role="victims") if role.role == "target" and role is not first else role


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
