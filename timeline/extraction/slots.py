"""Where a participant may stand: the slots of verbs and nouns that need more than the word's own dependents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from timeline.language.document import Document, Token
from timeline.language.syntax import fillers, is_passive, preposition

__all__ = ["heads"]

_CARRIERS = frozenset(
    "adopt agree announce approve begin break broker call carry clamp commit conclude conduct declare ease end "
    "enforce execute extend finish give go hold impose join keep launch lead lift make mount observe offer open order "
    "organise organize place press proclaim propose put renew resort resume sign slap stage start step strike suspend "
    "take trigger detonate drop throw hurl lob fire plant lay explode unleash stand tighten undertake wage impose "
    "initial reach accept honour honor respect".split()
)
_CONTAINERS = frozenset("package round series wave string set number state campaign spate batch raft start".split())
_AIMS = frozenset(
    "aim address direct drop fire hide hurl intend launch lay leave lob mean place plant point position target throw "
    "toss bury".split()
)
_AIMED_AT = frozenset({"at", "for", "to", "on", "against", "outside", "under", "beside", "into", "in front of"})
_TERMS = frozenset("jail prison year month life death term custody imprisonment labour labor".split())
_ASKING = frozenset("demand press call seek ask urge want push plead".split())
_SHOUTING = frozenset("shout chant protest demonstrate rally march".split())
_BROKERS = frozenset("broker mediate arrange facilitate host sponsor negotiate oversee lead".split())
_UNDER = frozenset({"to", "under", "on", "into", "for"})
_JOINED = 2
_CARGO = frozenset({"with", "of", "carrying", "full of", "loaded with"})


def heads(document: Document, token: Token, slot: str) -> Iterator[Token]:
    """The heads of the phrases in a slot of a word.

    The slots of `timeline.language.syntax.fillers` and these: ``self`` the word itself ("an arms embargo"), ``aimed``
    whom a weapon is aimed at or meant for, ``governed`` the object of the verb that governs a noun ("put the town
    under curfew"), ``subject-of`` and ``object-of`` whose subject or object it is ("the army's last base"), ``load``
    what the subject carries ("lorries with flour"), ``demanded`` what is called for ("marched to demand"),
    ``brokered`` who arranged it, ``home`` where those who move are from.
    """
    special = _SPECIAL.get(slot)
    if special is not None:
        yield from special(document, token)
    elif slot.startswith("prep:"):
        yield from _prepositional(document, token, slot)
    else:
        yield from fillers(document, token, slot)


def _self(_: Document, token: Token) -> Iterator[Token]:
    yield token


def _subject(document: Document, token: Token) -> Iterator[Token]:
    """The subject, also of "reports that planes had bombed", of a second passive, of the verb that carries a noun."""
    if token.pos in {"NOUN", "PROPN"} and preposition(document, token) == "behind":
        return
    if token.pos in {"NOUN", "PROPN"}:
        own = list(fillers(document, token, "subject")) or _inside(document, token, "subject")
        carrier = None if own else _carrier(document, token)
        yield from own or (fillers(document, carrier, "subject") if carrier is not None else ())
        return
    active = [child for child in document.children(token, "nsubj") if child.dep == "nsubj"]
    if active and token.dep in {"acl", "acl:relcl"} and not document.children(token, "aux:pass"):
        for head in active:
            yield from (head, *document.children(head, "conj"))
    elif _is_second_passive(document, token):
        yield from fillers(document, token, "agent")
    else:
        yield from fillers(document, token, "subject")


def _inside(document: Document, token: Token, slot: str) -> list[Token]:
    """What the clause says that tells a noun: "the coup in which the army toppled the president"."""
    for clause in document.children(token, "acl:relcl"):
        if any(
            child.tag == "WDT" and preposition(document, child) == "in" for child in document.children(clause, "obl")
        ):
            return list(fillers(document, clause, slot))
    return []


def _object(document: Document, token: Token) -> Iterator[Token]:
    """The object, shared by "shot and killed"; of a second passive the subject: "sat down and were driven off"."""
    if token.pos in {"NOUN", "PROPN"}:
        yield from fillers(document, token, "object")
        yield from _inside(document, token, "object")
        return
    head = document.head(token)
    own = document.children(token, "nsubj:pass", "obj", "iobj")
    second = document.children(token, "aux:pass") or _is_second_passive(document, token)
    if head is not None and not own and token.dep in {"conj", "advcl"} and second:
        yield from fillers(document, head, "object" if is_passive(document, head) else "subject")
        return
    found = list(fillers(document, token, "object"))
    if not found and token.pos == "VERB" and not is_passive(document, token):
        joined = (child for child in document.children(token, "conj") if child.index - token.index <= _JOINED)
        found = [noun for verb in joined for noun in fillers(document, verb, "object")]
    yield from found


def _is_second_passive(document: Document, token: Token) -> bool:
    """Whether a participle is passive by the verb it goes with: "were arrested and let go", "freed, they left"."""
    head = document.head(token)
    if token.tag == "VBN" and token.dep == "advcl" and head is not None and head.pos in {"VERB", "AUX"}:
        return not document.children(token, "nsubj", "aux", "obj", "mark")
    form = token.dep == "conj" and (token.tag == "VBN" or token.lemma == "let")
    bare = form and not document.children(token, "nsubj", "aux", "obj")
    return bare and head is not None and is_passive(document, head)


def _prepositional(document: Document, token: Token, slot: str) -> Iterator[Token]:
    """Prepositional phrases of the word, of its object, of the verb that carries it, and of a term of prison."""
    yield from fillers(document, token, slot)
    wanted = slot.removeprefix("prep:")
    if wanted == "in front of":
        for front in document.children(token, "obl", "nmod"):
            if front.lemma.lower() == "front" and preposition(document, front) == "in":
                yield from fillers(document, front, "prep:of")
    if token.pos in {"NOUN", "PROPN"}:
        carrier = _carrier(document, token)
        if carrier is not None and wanted not in {"of", "in", "to", "for", "from"}:
            yield from fillers(document, carrier, slot)
    for particle in document.children(token, "advmod"):
        if particle.tag == "RB":
            yield from fillers(document, particle, slot)
    if wanted == "against" and token.pos == "VERB":
        for clause in document.children(token, "advcl", "xcomp", "conj"):
            if clause.lemma.lower() in _SHOUTING:
                yield from fillers(document, clause, slot)
    if wanted in {"with", "between"} and token.pos == "VERB":
        for noun in document.children(token, "obj", "nsubj:pass"):
            yield from fillers(document, noun, slot)
    elif wanted == "for" and token.pos == "VERB":
        for term in document.children(token, "obl"):
            if term.lemma.lower() in _TERMS:
                yield from fillers(document, term, slot)


def _carrier(document: Document, token: Token) -> Token | None:
    """The verb that says what becomes of a noun: "adopted a package of sanctions", "the truce that both signed"."""
    for clause in document.children(token, "acl:relcl"):
        own = [child for child in document.children(clause, "nsubj") if child.tag not in {"WDT", "WP"}]
        if own and clause.lemma.lower() in _CARRIERS and not any(child.lemma == "that" for child in own):
            return clause
    head = document.head(token)
    while head is not None and token.dep in {"nmod", "compound"} and head.lemma.lower() in _CONTAINERS:
        token, head = head, document.head(head)
    object_of = token.dep in {"obj", "nsubj:pass"} or (token.dep == "obl" and preposition(document, token) in _UNDER)
    governed = head is not None and object_of and head.pos == "VERB"
    return head if governed and head is not None and head.lemma.lower() in _CARRIERS else None


def _governed(document: Document, token: Token) -> Iterator[Token]:
    carrier = _carrier(document, token)
    if carrier is None:
        return
    if token.dep == "obl":
        yield from fillers(document, carrier, "object")
    else:
        for preposed in ("prep:on", "prep:in", "prep:across", "prep:over"):
            yield from fillers(document, carrier, preposed)


def _aimed(document: Document, token: Token) -> Iterator[Token]:
    """Of a weapon or of the verb that has it as subject or object: "a bomb meant for the mayor"."""
    weapons = [token] if token.pos in {"NOUN", "PROPN"} else document.children(token, "nsubj", "nsubj:pass", "obj")
    for weapon in weapons:
        for clause in document.children(weapon, "acl", "acl:relcl"):
            if clause.lemma.lower() in _AIMS:
                for goal in sorted(_AIMED_AT):
                    yield from heads(document, clause, f"prep:{goal}")


def _of_subject(document: Document, token: Token) -> Iterator[Token]:
    for head in fillers(document, token, "subject"):
        yield from _owners(document, head)


def _of_object(document: Document, token: Token) -> Iterator[Token]:
    for head in fillers(document, token, "object"):
        yield from _owners(document, head)


def _owners(document: Document, head: Token) -> Iterator[Token]:
    yield from fillers(document, head, "poss")
    yield from fillers(document, head, "modifier")
    yield from fillers(document, head, "prep:of")


def _load(document: Document, token: Token) -> Iterator[Token]:
    for carrier in (*fillers(document, token, "subject"), *fillers(document, token, "object")):
        for child in document.children(carrier, "nmod"):
            if preposition(document, child) in _CARGO:
                yield child


def _home(document: Document, token: Token) -> Iterator[Token]:
    """Where those who move are from: "the people of two villages fled"."""
    for head in (*heads(document, token, "object"), *heads(document, token, "subject")):
        yield from fillers(document, head, "prep:from")
        yield from fillers(document, head, "prep:of")


def _demanded(document: Document, token: Token) -> Iterator[Token]:
    for clause in document.children(token, "advcl", "xcomp", "acl", "conj"):
        if clause.lemma.lower() in _ASKING:
            found = [*fillers(document, clause, "prep:for"), *fillers(document, clause, "object")]
            yield from found[:1]


def _brokered(document: Document, token: Token) -> Iterator[Token]:
    nouns = [token] if token.pos in {"NOUN", "PROPN"} else document.children(token, "obl", "obj")
    for noun in nouns:
        for clause in document.children(noun, "acl", "amod"):
            if clause.lemma.lower() in _BROKERS:
                yield from fillers(document, clause, "agent")


_SPECIAL: Mapping[str, Callable[[Document, Token], Iterator[Token]]] = {
    "self": _self,
    "subject": _subject,
    "object": _object,
    "aimed": _aimed,
    "governed": _governed,
    "subject-of": _of_subject,
    "object-of": _of_object,
    "load": _load,
    "home": _home,
    "demanded": _demanded,
    "brokered": _brokered,
}
