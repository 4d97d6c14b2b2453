"""Other pipelines as readers: spaCy by name or object, or any callable from article to document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from timeline.errors import InputError, MissingExtraError
from timeline.language.document import Document, Name, Sentence, Token
from timeline.records import Article

__all__ = ["Language", "document_of_spacy", "read_with"]


class Language(Protocol):
    """What can stand in for the shipped model: a callable that reads one article."""

    def __call__(self, article: Article, /) -> Document:
        """Read an article; every token must lie in its text where it says."""
        ...


_SIMPLE: Mapping[str, str] = MappingProxyType({
    "ROOT": "root", "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
    "poss": "nmod:poss", "relcl": "acl:relcl", "neg": "advmod", "prt": "compound:prt", "dative": "iobj",
    "predet": "det:predet", "preconj": "cc:preconj", "npadvmod": "obl:unmarked", "nn": "compound", "oprd": "xcomp",
    "intj": "discourse", "meta": "parataxis", "quantmod": "advmod", "acomp": "xcomp", "nmod": "nmod",
    "complm": "mark", "partmod": "acl", "infmod": "acl", "rcmod": "acl:relcl", "number": "compound", "num": "nummod",
    "possessive": "case",
})  # fmt: skip
_NAMES: Mapping[str, str] = MappingProxyType({
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
})  # fmt: skip
_CLEAR = frozenset({"dobj", "nsubjpass", "pobj", "auxpass", "relcl", "prep", "agent", "attr", "acomp", "pcomp"})
_VERBAL = frozenset({"VERB", "AUX"})


def read_with(language: Any) -> Callable[[Article], Document]:
    """A reader of single articles made from a pipeline.

    Parameters
    ----------
    language : str, spaCy pipeline, or callable
        Name or path of a spaCy pipeline, a loaded one, or a callable from Article to Document.

    Raises
    ------
    MissingExtraError
        A name is given, but spaCy is not installed.
    InputError
        The pipeline is not installed or does not parse, or the object is nothing that reads.
    """
    if isinstance(language, str):
        language = _load(language)
    if hasattr(language, "pipe_names") and hasattr(language, "vocab"):
        return _spacy_reader(language)
    if callable(language):
        return _checked(language)
    raise InputError(
        f"cannot read with {type(language).__name__}", where="language",
        advice="give the name of a spaCy pipeline, a loaded one, or a callable from Article to Document",
    )  # fmt: skip


def _load(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtraError(f"language={name!r}", extra="spacy") from error
    try:
        return spacy.load(name)
    except OSError as error:
        raise InputError("no such spaCy pipeline", where=name, advice=f"python -m spacy download {name}") from error


def _spacy_reader(pipeline: Any) -> Callable[[Article], Document]:
    def read_one(article: Article) -> Document:
        return document_of_spacy(pipeline(article.text), article)

    return read_one


def _checked(language: Callable[[Article], Document]) -> Callable[[Article], Document]:
    def read_one(article: Article) -> Document:
        document = language(article)
        for token in document.tokens:
            if article.text[token.start : token.end] != token.text:
                raise InputError("a token does not lie where it says", where=f"{article.id}: {token.text!r}",
                                 advice="offsets count the characters of article.text")  # fmt: skip
        return document

    return read_one


def document_of_spacy(doc: Any, article: Article) -> Document:
    """A parsed spaCy Doc as a document, whichever scheme its pipeline was trained on.

    The scheme of ``en_core_web_*`` (CLEAR: Choi and Palmer 2012) makes prepositions and copulas heads; the noun and
    the predicate become the heads, as in Universal Dependencies. Names of OntoNotes become PER, ORG and LOC;
    its dates, numbers and nationalities are no names here.

    Raises
    ------
    InputError
        The Doc has no dependencies.
    """
    if len(doc) and not doc.has_annotation("DEP"):
        raise InputError("the pipeline does not parse", where="language", advice="take one with a parser")
    rows = [
        Token(token.i, token.idx, token.idx + len(token.text), token.text, token.lemma_ or token.text, token.pos_,
              token.tag_, token.head.i, token.dep_ or "dep")
        for token in doc
    ]  # fmt: skip
    converted = _universal(rows) if any(row.dep in _CLEAR for row in rows) else [_lower_root(row) for row in rows]
    kept = _without_blanks(converted)
    sentences = [] if not rows else list(_sentences(doc, kept, _names(doc)))
    return Document(article, tuple(sentences))


def _lower_root(row: Token) -> Token:
    return replace(row, dep="root") if row.dep == "ROOT" else row


def _universal(rows: list[Token]) -> list[Token]:
    """Tokens in the scheme of CLEAR as tokens of Universal Dependencies."""
    heads, deps = [row.head for row in rows], [row.dep for row in rows]
    children: dict[int, list[int]] = {}
    for row in rows:
        if row.head != row.index:
            children.setdefault(row.head, []).append(row.index)
    for index in range(len(rows)):
        if deps[index] in ("prep", "agent"):
            _turn_preposition(rows, heads, deps, children, index)
    for index in range(len(rows)):
        if rows[index].lemma == "be" or rows[index].pos == "AUX":
            _turn_copula(heads, deps, children, index)
    return [
        replace(row, head=head, dep=_SIMPLE.get(dep, dep)) for row, head, dep in zip(rows, heads, deps, strict=True)
    ]


def _turn_preposition(
    rows: list[Token], heads: list[int], deps: list[str], children: dict[int, list[int]], index: int
) -> None:
    """The noun behind a preposition becomes the head; the preposition its case."""
    objects = [child for child in children.get(index, ()) if deps[child] in ("pobj", "pcomp")]
    nested = [child for child in children.get(index, ()) if deps[child] == "prep"]
    if not objects and nested:  # "because of the raid", "out of the town"
        inner = children.get(nested[0], [])
        objects = [child for child in inner if deps[child] in ("pobj", "pcomp")]
        if objects:
            deps[nested[0]], heads[nested[0]] = "case", objects[0]
            children[nested[0]] = [child for child in inner if child != objects[0]]
    if not objects:
        deps[index] = "advmod" if rows[heads[index]].pos in _VERBAL else "nmod"
        return
    noun, head = objects[0], heads[index]
    clause = deps[noun] == "pcomp" and rows[noun].pos in _VERBAL
    governor_is_verb = rows[head].pos in _VERBAL or rows[head].pos in ("ADJ", "ADV")
    if deps[index] == "agent":
        relation = "obl:agent" if not clause else "advcl"
    elif clause:
        relation = "advcl" if governor_is_verb else "acl"
    else:
        relation = "obl" if governor_is_verb else "nmod"
    was_root = head == index
    heads[noun], deps[noun] = (noun, "ROOT") if was_root else (head, relation)
    heads[index], deps[index] = noun, "mark" if clause else "case"
    for child in children.get(index, ()):
        if child != noun and heads[child] == index:
            heads[child] = noun
    children[index] = []
    children.setdefault(noun, []).append(index)
    if not was_root:
        children[head] = [noun if child == index else child for child in children.get(head, [])]


def _turn_copula(heads: list[int], deps: list[str], children: dict[int, list[int]], index: int) -> None:
    """The predicate becomes the head of a clause with "to be"; the verb its copula."""
    predicates = [
        child for child in children.get(index, ()) if deps[child] in ("attr", "acomp") and heads[child] == index
    ]
    if not predicates:
        return
    predicate = predicates[0]
    was_root = heads[index] == index
    heads[predicate], deps[predicate] = (predicate if was_root else heads[index]), deps[index]
    above = heads[index]
    for child in children.get(index, ()):
        if child != predicate and heads[child] == index:
            heads[child] = predicate
            children.setdefault(predicate, []).append(child)
    if not was_root:
        children[above] = [predicate if child == index else child for child in children.get(above, [])]
    heads[index], deps[index] = predicate, "cop"
    children[index] = []
    children.setdefault(predicate, []).append(index)


def _without_blanks(rows: list[Token]) -> dict[int, Token]:
    """The tokens that are no blanks, by their old places; what hung on a blank hangs on its head."""
    blank = {row.index for row in rows if not row.text.strip()}

    def real(index: int) -> int:
        for _ in range(len(rows)):
            if index not in blank or rows[index].head == index:
                break
            index = rows[index].head
        return index

    kept = [row for row in rows if row.index not in blank]
    place = {row.index: number for number, row in enumerate(kept)}
    found = {}
    for row in kept:
        head = real(row.head)
        at = place[row.index]
        is_root = head in blank or head == row.index
        found[row.index] = replace(
            row, index=at, head=at if is_root else place[head], dep="root" if is_root else row.dep
        )
    return found


def _names(doc: Any) -> list[tuple[int, int, str]]:
    return [(span.start, span.end - 1, _NAMES[span.label_]) for span in doc.ents if span.label_ in _NAMES]


def _sentences(doc: Any, kept: Mapping[int, Token], names: list[tuple[int, int, str]]) -> Iterator[Sentence]:
    number = 0
    for span in doc.sents:
        tokens = tuple(kept[index] for index in range(span.start, span.end) if index in kept)
        if not tokens:
            continue
        found = []
        for first, last, label in names:
            inside = [kept[index].index for index in range(first, last + 1) if index in kept]
            if inside and span.start <= first and last < span.end:
                found.append(Name(inside[0], inside[-1], label))
        yield Sentence(number, tokens, tuple(found))
        number += 1
