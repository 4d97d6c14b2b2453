"""Who did what to whom around a word, read from Universal Dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.language import Document, Token

__all__ = ["arguments", "clause_head", "complements", "governor", "is_passive", "modifiers", "objects", "subjects"]

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
QUANTITY = frozenset(
    "hundred thousand dozen score number group couple million band handful half most crowd member unit "
    "team pair wave column ton tonne kilo sack truckload lorry-load bag litre load convoy shipment ten "
    "hundreds thousands dozens scores tens millions majority rest one some many all each both".split()
)
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "root", "csubj"})
INTRANSITIVE = frozenset(
    "cross flee arrive defect surrender withdraw retreat return escape resign march protest clash die gather "
    "land".split()
)


def _spread(document: Document, token: Token) -> Iterator[Token]:
    """The word, what is joined to it by "and", and what a quantity word counts."""
    yield token
    for child in document.children(token, "conj", "appos"):
        if child.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            yield child
    if token.lemma.lower() in QUANTITY or token.pos == "NUM":
        yield from document.children(token, "nmod")


def is_passive(document: Document, token: Token) -> bool:
    """Whether a verb stands in the passive, or as a past participle after a noun."""
    deps = {child.dep for child in document.children(token)}
    if token.lemma.lower() in INTRANSITIVE and not deps & {"aux:pass", "obl:agent"}:
        return False
    if deps & {"aux:pass", "obl:agent"} or ("nsubj:pass" in deps and token.tag not in ("VBD", "VBZ", "VBP")):
        return True
    if token.dep == "conj" and token.tag == "VBN" and not document.children(token, "nsubj", "obj", "aux"):
        head = document.head(token)
        return head is not None and head.pos == "VERB" and is_passive(document, head)
    return token.tag == "VBN" and token.dep in ("acl", "amod") and not document.children(token, "obj", "aux")


def _antecedent(document: Document, token: Token, found: Token) -> Token:
    if found.lemma.lower() in RELATIVE and token.dep.startswith("acl"):
        head = document.head(token)
        return head or found
    return found


def _own_subject(document: Document, token: Token) -> Token | None:
    for child in document.children(token):
        if child.dep.split(":")[0] in ("nsubj", "csubj"):
            return _antecedent(document, token, child)
    return None


def _surface_subject(document: Document, token: Token) -> Token | None:
    """The grammatical subject, if need be that of the clause that the verb hangs on."""
    seen = 0
    while seen < 6:
        found = _own_subject(document, token)
        if found is not None:
            return found
        head = document.head(token)
        if head is None:
            return None
        if token.dep in ("acl", "acl:relcl", "amod") and head.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            return head
        if token.dep not in ("conj", "xcomp", "advcl", "aux", "cop") or head.pos not in ("VERB", "ADJ", "AUX", "NOUN"):
            return None
        if token.dep == "xcomp":
            other = document.children(head, "obj")
            if other:
                return other[0]
        if token.dep == "conj" and head.dep.startswith("acl") and _own_subject(document, head) is None:
            token = head
            continue
        token, seen = head, seen + 1
    return None


def subjects(document: Document, token: Token) -> tuple[Token, ...]:
    """The logical subject of a verb: who does it, in the passive the agent."""
    if is_passive(document, token):
        agents = document.children(token, "obl:agent") or tuple(
            child
            for child in document.children(token, "obl")
            if any(case.lemma == "by" for case in document.children(child, "case"))
        )
        return tuple(item for agent in agents for item in _spread(document, agent))
    found = _surface_subject(document, token)
    return () if found is None else tuple(_spread(document, found))


def objects(document: Document, token: Token) -> tuple[Token, ...]:
    """The logical object of a verb: its direct object, in the passive the grammatical subject."""
    own = [
        item
        for child in document.children(token, "obj")
        for item in _spread(document, _antecedent(document, token, child))
    ]
    own += [child for child in document.children(token, "xcomp") if child.pos in ("NOUN", "PROPN") and not own]
    own += [
        item
        for child in document.children(token, "obl")
        if not own and any(case.tag == "RP" for case in document.children(child, "case"))
        for item in _spread(document, child)
    ]
    own += [
        item
        for child in document.children(token, "obl", "nmod")
        if child.dep in ("obl:unmarked", "obl:npmod") and not is_passive(document, token)
        for item in _spread(document, child)
    ]
    if not own and is_passive(document, token) and not document.children(token, "obj"):
        found = _surface_subject(document, token)
        if found is not None and found.index != token.index:
            own = list(_spread(document, found))
    if not own and token.dep == "acl:relcl" and _own_subject(document, token) is not None:
        head = document.head(token)
        subject = next(iter(document.children(token, "nsubj")), None)
        if head is not None and subject is not None and subject.lemma.lower() not in RELATIVE:
            own = list(_spread(document, head))
    if not own and token.dep == "conj" and (token.tag == "VBN" or token.pos == "VERB"):
        shared = [child for child in document.children(token, "conj") if child.pos == "VERB"]
        own = [item for verb in shared for child in document.children(verb, "obj") for item in _spread(document, child)]
    if not own:
        later = [child for child in document.children(token, "conj") if child.pos == "VERB"]
        own = [
            item
            for verb in later[:1]
            if not _own_subject(document, verb)
            for child in document.children(verb, "obj")
            for item in _spread(document, child)
        ]
    return tuple(own)


def complements(document: Document, token: Token, prep: str) -> tuple[Token, ...]:
    """What follows a preposition that belongs to the word."""
    words = prep.split()
    out: list[Token] = []
    near = document.children(token, "obl", "nmod", "advcl", "acl", "xcomp", "obj")
    if token.pos == "VERB":
        near += tuple(inner for child in document.children(token, "obj") for inner in document.children(child, "nmod"))
    elif token.dep == "obj":
        near += tuple(
            child for child in document.children(document.tokens[token.head], "obl") if child.index > token.index
        )
    for child in near:
        cases = [case.lemma.lower() for case in document.children(child, "case", "mark")]
        cases += [extra.lemma.lower() for case in document.children(child, "case") for extra in document.children(case)]
        if all(word in cases for word in words):
            out.extend(_spread(document, child))
    return tuple(out)


def modifiers(document: Document, token: Token) -> tuple[Token, ...]:
    """Adjectives, compounds and possessors of a noun; adverbs and particles of a verb."""
    out = []
    for child in document.children(token, "amod", "compound", "nmod", "advmod", "flat", "nummod"):
        if child.dep in ("nmod", "nmod:of") and child.index > token.index:
            continue
        out.append(child)
        out.extend(document.children(child, "compound", "conj", "amod"))
    return tuple(out)


def governor(document: Document, token: Token) -> Token | None:
    """The word that a noun or verb depends on; for "wave of attacks" what "wave" depends on is left out."""
    if token.dep == "conj":
        head = document.head(token)
        return None if head is None else governor(document, head)
    return document.head(token)


def clause_head(document: Document, token: Token) -> Token:
    """The verb (or other predicate) of the clause that the word stands in."""
    while token.head != token.index and token.dep not in CLAUSAL:
        token = document.tokens[token.head]
    return token


def arguments(document: Document, token: Token) -> tuple[Token, ...]:
    """Subjects and objects together."""
    return subjects(document, token) + objects(document, token)
