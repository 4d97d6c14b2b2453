"""Who does what to whom: logical subjects, objects and other slots of a verb or noun, from Universal Dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.language.document import Document, Token
from timeline.records import Span

__all__ = ["clause_head", "fillers", "is_passive", "noun_phrase", "phrase_span", "preposition"]

_CLAUSES = frozenset(
    {"root", "conj", "advcl", "ccomp", "xcomp", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass"}
)
_SUPPORT = frozenset(
    "launch carry conduct mount stage begin make commit perpetrate open start lead wage resume intensify "
    "deliver plan order execute undertake press unleash announce declare issue hold impose give break sign "
    "reach keep".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today month week year".split())
_HELP = frozenset({"help", "assistance", "aid", "backing", "support", "cooperation"})
_QUANTIFIERS = frozenset(
    "some many most several few all dozen score hundred thousand million number group majority half rest".split()
)
_INSIDE = frozenset({"compound", "flat", "amod", "nummod", "det", "nmod:poss", "fixed", "advmod", "case", "goeswith"})


def is_passive(document: Document, token: Token) -> bool:
    """Whether a verb form is passive: by its subject or auxiliary, or as a bare past participle on a noun."""
    if any(child.dep in {"nsubj:pass", "aux:pass", "csubj:pass"} for child in document.children(token)):
        return True
    if _continues_passive(document, token):
        return True
    if token.tag != "VBN":
        return False
    if token.dep in {"acl", "amod"}:
        return True
    return bool(document.children(token, "obl:agent")) and not document.children(token, "nsubj")


def _continues_passive(document: Document, token: Token) -> bool:
    """Whether a bare participle goes on a passive: "were locked in a hut and burned alive" (or tagged as a past)."""
    head = document.head(token)
    done = token.tag == "VBN" or (token.tag == "VBD" and bool(document.children(token, "xcomp")))
    bare = done and not document.children(token, "nsubj", "aux", "obj")
    return token.dep == "conj" and bare and head is not None and bool(document.children(head, "aux:pass"))


def preposition(document: Document, token: Token) -> str:
    """The preposition of a noun in lower case, its words joined by blanks; empty if there is none."""
    words = []
    for case in document.children(token, "case"):
        words += [case, *document.children(case, "fixed")]
    return " ".join(word.text.lower() for word in words if word.text not in {"'s", "\u2019s", "'", "\u2019"})


def clause_head(document: Document, token: Token) -> Token:
    """The verb or predicate whose clause holds a token; the token itself if it heads one."""
    while token.dep not in _CLAUSES or (token.dep == "conj" and token.pos not in {"VERB", "AUX"}):
        head = document.head(token)
        if head is None:
            return token
        token = head
    return token


def fillers(document: Document, token: Token, slot: str) -> Iterator[Token]:
    """The heads of the phrases in a slot of a verb or noun, coordinated ones one by one.

    Parameters
    ----------
    slot : str
        ``subject`` (logical), ``object`` (logical), ``agent``, ``poss``, ``modifier``, ``iobj``, ``complement``,
        ``help`` (with the help of), or
        ``prep:`` and a preposition.
    """
    seen: set[int] = set()
    for head in _direct(document, token, slot):
        resolved = _antecedent(document, head)
        for member in (resolved, *document.children(resolved, "conj")):
            item = _counted(document, member)
            if item.index not in seen and item.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"}:
                seen.add(item.index)
                yield item


def _counted(document: Document, token: Token) -> Token:
    """The noun that a number or quantifier counts: "one of the sons", "hundreds of men"."""
    if token.lemma.lower() == "life":
        return next(iter(document.children(token, "nmod:poss")), token)
    if token.tag == "CD" or token.lemma.lower() in _QUANTIFIERS:
        for child in document.children(token, "nmod"):
            if preposition(document, child) == "of":
                return _counted(document, child)
    return token


def _direct(document: Document, token: Token, slot: str) -> Iterator[Token]:
    if slot.startswith("prep:"):
        wanted = slot.removeprefix("prep:")
        yield from _oblique(document, token, wanted)
    elif slot == "subject":
        yield from _subjects(document, token)
    elif slot == "object":
        yield from _objects(document, token)
    elif slot == "agent":
        yield from _agents(document, token)
    elif slot == "poss":
        yield from document.children(token, "nmod:poss")
    elif slot == "help":
        yield from _helpers(document, token)
    elif slot == "iobj":
        yield from document.children(token, "iobj")
    elif slot == "complement":
        yield from document.children(token, "xcomp", "ccomp")
    elif slot == "modifier":
        yield from (
            child for child in document.children(token, "compound", "amod", "nmod:desc") if child.index < token.index
        )


def _oblique(document: Document, token: Token, wanted: str) -> Iterator[Token]:
    places = [token]
    head = document.head(token)
    if head is not None and token.dep in {"obj", "xcomp"} and head.lemma in _SUPPORT:
        places.append(head)
    for place in places:
        for child in document.children(place, "obl", "nmod"):
            if preposition(document, child) == wanted:
                yield child
            elif child.lemma.lower() in _DAYS:
                yield from (c for c in document.children(child, "nmod") if preposition(document, c) == wanted)
    if token.dep in {"xcomp", "conj"} and head is not None and head.pos == "VERB" and token.dep == "xcomp":
        yield from (child for child in document.children(head, "obl") if preposition(document, child) == wanted)


def _helpers(document: Document, token: Token) -> Iterator[Token]:
    head = document.head(token)
    places = [token, head] if head is not None and token.dep in {"obj", "xcomp"} else [token]
    for place in places:
        for child in document.children(place, "obl", "nmod"):
            if preposition(document, child) == "with" and child.lemma in _HELP:
                yield from (
                    c for c in document.children(child, "nmod") if preposition(document, c) in {"of", "from", ""}
                )


def _agents(document: Document, token: Token) -> Iterator[Token]:
    for child in document.children(token, "obl", "nmod"):
        if child.dep == "obl:agent" or preposition(document, child) in {"by", "at the hands of"}:
            yield child
    if token.dep == "conj" and token.pos == "VERB" and is_passive(document, token):
        return
    head = document.head(token)
    if token.pos == "NOUN":
        for clause in document.children(token, "acl"):
            yield from document.children(clause, "obl:agent")
    if token.pos == "NOUN" and head is not None and token.dep in {"obj", "nsubj:pass"}:
        yield from (child for child in document.children(head, "obl:agent"))


def _subjects(document: Document, token: Token) -> Iterator[Token]:
    if token.pos not in {"VERB", "AUX"} and not document.children(token, "cop", "nsubj"):
        head = document.head(token)
        if head is not None and token.dep in {"obj", "obl", "xcomp"} and head.lemma in _SUPPORT:
            yield from _subjects(document, head)
        yield from _agents(document, token)
        return
    if is_passive(document, token):
        yield from _agents(document, token)
        return
    own = [child for child in document.children(token, "nsubj") if child.dep != "nsubj:pass"]
    if own:
        yield from own
        return
    yield from _shared_subject(document, token)


def _shared_subject(document: Document, token: Token, depth: int = 0) -> Iterator[Token]:
    """The subject that a verb shares with the verb above it."""
    head = document.head(token)
    if head is None or depth > 4:
        return
    if token.dep in {"conj", "xcomp"} or (token.dep == "advcl" and not document.children(token, "nsubj")):
        subjects = document.children(head, "nsubj")
        controlled = document.children(head, "obj") if token.dep == "xcomp" else ()
        if subjects or controlled:
            yield from controlled or subjects
        else:
            yield from _shared_subject(document, head, depth + 1)
    elif token.dep in {"acl", "acl:relcl"} and token.tag != "VBN":
        yield head


def _objects(document: Document, token: Token) -> Iterator[Token]:
    passive = document.children(token, "nsubj:pass")
    objects = document.children(token, "obj") or document.children(token, "iobj")
    if passive or objects:
        yield from (*passive, *objects)
        return
    head = document.head(token)
    if token.tag == "VBN" and head is not None:
        if token.dep in {"acl", "amod", "acl:relcl"}:
            yield head
        elif token.dep == "conj":
            yield from document.children(head, "nsubj:pass") or document.children(head, "obj")


def _antecedent(document: Document, token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token."""
    if token.tag not in {"WP", "WDT"} and not (token.lemma == "that" and token.pos == "PRON"):
        return token
    for verb in document.ancestors(token):
        if verb.dep == "acl:relcl":
            return document.tokens[verb.head]
    return token


def noun_phrase(document: Document, head: Token) -> tuple[int, int]:
    """First and last token of a noun phrase without relative clauses, appositions and most prepositional phrases."""
    first = last = head.index
    stack = [head]
    while stack:
        token = stack.pop()
        for child in document.children(token):
            of_phrase = child.dep == "nmod" and preposition(document, child) == "of"
            if child.dep not in _INSIDE and not of_phrase:
                continue
            if child.dep == "case" and token is head:
                continue
            first, last = min(first, child.index), max(last, child.index)
            stack.append(child)
    while first < head.index and document.tokens[first].pos in {"PUNCT", "ADP", "CCONJ"}:
        first += 1
    return first, last


def phrase_span(document: Document, head: Token) -> Span:
    """The characters of the noun phrase that a token heads."""
    return document.token_span(*noun_phrase(document, head))
