"""Sentences of treebank files, to train on and to measure with (spaCy DocBin; needs the extra spacy)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from timeline.errors import InputError, MissingExtraError

__all__ = ["Gold", "load_documents", "load_sentences"]

_WINDOW = 60  # words of a text without sentences that are read together
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence as its annotators see it.

    Attributes
    ----------
    words, spaces : tuple
        The words, and whether a blank follows each.
    tags, poss, deps : tuple of str or None
        None where the corpus has no syntax.
    heads : tuple of int or None
        Head of every word, counted from 1; 0 is the root.
    names : tuple of (str or None)
        BIO labels; None where nobody looked.
    events, harms : tuple of (str or None) or None
        Type of event that a word tells of, and harm that came to the people whom it names, "O" for none; None where
        nobody looked.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    names: tuple[str | None, ...]
    tags: tuple[str, ...] | None = None
    poss: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deps: tuple[str, ...] | None = None
    events: tuple[str | None, ...] | None = None
    harms: tuple[str | None, ...] | None = None


def load_documents(path: Path) -> list[list[Gold]]:
    """The documents of a file, each a list of sentences.

    Raises
    ------
    InputError
        The file is not there.
    MissingExtraError
        spaCy is not installed.
    """
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise MissingExtraError("reading a treebank", extra="spacy") from error
    if not path.is_file():
        raise InputError("no such treebank file", where=str(path), advice="name the folder with the .spacy files")
    found = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [[_gold(span, parsed=doc.has_annotation("DEP")) for span in _spans(doc)] for doc in found]


def load_sentences(path: Path) -> list[Gold]:
    """The sentences of a file that are short enough to train on."""
    return [gold for document in load_documents(path) for gold in document if len(gold.words) <= _LONGEST]


def _spans(doc: Any) -> list[Any]:
    if doc.has_annotation("DEP"):
        return list(doc.sents)
    cuts = [0]
    for token in doc:
        length = token.i + 1 - cuts[-1]
        if length >= _WINDOW or (length >= 5 and token.text in (".", "!", "?")):
            cuts.append(token.i + 1)
    cuts.append(len(doc))
    return [doc[start:end] for start, end in pairwise(cuts) if start < end]


def _gold(span: Any, *, parsed: bool) -> Gold:
    names = tuple(
        None if token.ent_iob == 0 else "O" if token.ent_iob == 2 else "-".join((token.ent_iob_, token.ent_type_))
        for token in span
    )
    words, spaces = tuple(token.text for token in span), tuple(bool(token.whitespace_) for token in span)
    if not parsed:
        return Gold(words, spaces, names)
    return Gold(
        words,
        spaces,
        names,
        tuple(token.tag_ for token in span),
        tuple(token.pos_ for token in span),
        tuple(0 if token.head.i == token.i else token.head.i - span.start + 1 for token in span),
        tuple("root" if token.dep_ == "ROOT" else token.dep_ for token in span),
    )
