"""From articles to documents: sentences, words, one pass of the network, trees, names and lemmas."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from timeline.language.adapters import read_with
from timeline.language.casing import Casing, casing, truecased
from timeline.language.decoding import best_names, best_relations, best_tree, likely_labels
from timeline.language.document import Document, Name, Sentence, Token, Told
from timeline.language.lemmas import lemma
from timeline.language.network import Network, Scores, load
from timeline.language.repair import repaired
from timeline.language.sentences import paragraphs, split_paragraph
from timeline.language.words import Offsets
from timeline.records import Article

__all__ = ["Reader", "read", "reader"]

Reader = Callable[[Iterable[Article]], Iterator[Document]]

_ISLAMIC_STATE = ("Islamic State", "ISIS", "ISIL", "Daesh", "Daish")
_UNLIKE = {"IS": "ISIS"}  # an acronym that is spelt like a small word, and what it is read as
_CELLS = 2000  # pieces of a batch, blanks included
_PIECES = 500  # of a sentence; the encoder reads 512


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a sentence before it is parsed."""

    offsets: tuple[Offsets, ...]
    words: tuple[str, ...]
    casing: Casing
    size: int


def read(text: str | Article, *, published: dt.date | None = None, language: Any = None) -> Document:
    """Read one text.

    Parameters
    ----------
    text : str or Article
    published : datetime.date, optional
        Day of publication of a text given as str.
    language : optional
        What reads it, as for :func:`reader`.

    Returns
    -------
    Document
        Every token with ``document.text[token.start : token.end] == token.text``.

    Raises
    ------
    ModelError
        The shipped model is missing or damaged.

    Examples
    --------
    >>> document = read("Rebels seized the town of Azaz.")
    >>> [token.text for token in document.tokens if token.dep == "nsubj"]
    ['Rebels']
    """
    article = Article("text", text, published) if isinstance(text, str) else text
    return next(iter(reader(language)([article])))


def reader(language: Any = None, *, n_jobs: int = 1) -> Reader:
    """What reads a stream of articles, their order kept.

    Parameters
    ----------
    language : optional
        None for the model that ships with the library; the name of a spaCy pipeline (``"en_core_web_trf"``) or a loaded
        one; or any callable from Article to Document.
    n_jobs : int
        Threads. The documents do not depend on their number.

    Raises
    ------
    ModelError
        The shipped model is missing or damaged.
    InputError, MissingExtraError
        The other pipeline cannot be used.

    Examples
    --------
    >>> read_all = reader(n_jobs=2)
    >>> [len(document.tokens) for document in read_all([Article("a", "Troops fled."), Article("b", "")])]
    [3, 0]
    """
    read_one = partial(_document, load()) if language is None else read_with(language)
    return partial(_stream, read_one, max(1, n_jobs))


def _stream(read_one: Callable[[Article], Document], n_jobs: int, articles: Iterable[Article]) -> Iterator[Document]:
    if n_jobs == 1:
        yield from map(read_one, articles)
        return
    with ThreadPoolExecutor(n_jobs) as pool:
        waiting: deque[Future[Document]] = deque()
        for article in articles:
            waiting.append(pool.submit(read_one, article))
            if len(waiting) > 2 * n_jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _document(network: Network, article: Article) -> Document:
    rows = list(_rows(article.text, network))
    read_as = _UNLIKE if any(name in article.text for name in _ISLAMIC_STATE) else {}
    sentences, base = [], 0
    for index, (row, scores) in enumerate(zip(rows, _scores(rows, network, read_as), strict=True)):
        sentences.append(_sentence(index, base, row, scores, network))
        base += len(row.words)
    return Document(article, tuple(sentences))


def _rows(text: str, network: Network) -> Iterator[_Row]:
    for start, end in paragraphs(text):
        kind = casing(text[start:end])
        for offsets in split_paragraph(text, start, end):
            yield from _fitting(text, offsets, kind, network)


def _fitting(text: str, offsets: Sequence[Offsets], kind: Casing, network: Network) -> Iterator[_Row]:
    """A sentence, in parts if the encoder cannot read it whole."""
    part: list[Offsets] = []
    words: list[str] = []
    size = 2
    for start, end in offsets:
        word = text[start:end]
        pieces = len(network.vocabulary.pieces_of(word))
        if size + pieces > _PIECES:
            yield _Row(tuple(part), tuple(words), kind, size)
            part, words, size = [], [], 2
        part.append((start, end))
        words.append(word)
        size += pieces
    yield _Row(tuple(part), tuple(words), kind, size)


def _scores(rows: Sequence[_Row], network: Network, read_as: Mapping[str, str]) -> list[Scores]:
    """The scores of all sentences; those in unusual case are read twice, the second time as they would be printed."""
    found = _scored(rows, [row.words for row in rows], network, read_as)
    unusual = [place for place, row in enumerate(rows) if row.casing != "usual"]
    if unusual:
        printed = []
        for place in unusual:
            tags = [network.tags[tag] for tag in found[place].tag.argmax(axis=1).tolist()]
            printed.append(truecased(rows[place].words, tags))
        again = _scored([rows[place] for place in unusual], printed, network, read_as)
        for place, scores in zip(unusual, again, strict=True):
            found[place] = scores
    return found


def _scored(
    rows: Sequence[_Row], printed: Sequence[Sequence[str]], network: Network, read_as: Mapping[str, str]
) -> list[Scores]:
    by_place: dict[int, Scores] = {}
    for batch in _batches(rows):
        meant = [read_as if rows[place].casing == "usual" else {} for place in batch]
        words = [[one.get(word, word) for word in rows[place].words] for place, one in zip(batch, meant, strict=True)]
        seen = [[one.get(word, word) for word in printed[place]] for place, one in zip(batch, meant, strict=True)]
        scores = network.score(words, seen)
        by_place.update(zip(batch, scores, strict=True))
    return [by_place[place] for place in range(len(rows))]


def _batches(rows: Sequence[_Row]) -> Iterator[list[int]]:
    """Places of sentences of about the same length; the batches depend on this article alone."""
    batch: list[int] = []
    for place in sorted(range(len(rows)), key=lambda place: rows[place].size):
        if batch and rows[place].size * (len(batch) + 1) > _CELLS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _sentence(index: int, base: int, row: _Row, scores: Scores, network: Network) -> Sentence:
    heads = best_tree(scores.arc)
    relations = best_relations(scores, heads, network.relations, network.root)
    tags, poss = scores.tag.argmax(axis=1).tolist(), scores.pos.argmax(axis=1).tolist()
    tokens = []
    for place, ((start, end), word) in enumerate(zip(row.offsets, row.words, strict=True)):
        pos, tag = network.poss[poss[place]], network.tags[tags[place]]
        head = heads[place] - 1 if heads[place] else place
        dep = network.deps[relations[place]]
        tokens.append(Token(base + place, start, end, word, lemma(word, pos, tag), pos, tag, base + head, dep))
    names = best_names(scores.name, network.names)
    told, harmed = (
        tuple(Told(base + place, label, share, some) for place, label, share, some in likely_labels(row, labels))
        for row, labels in ((scores.event, network.events), (scores.harm, network.harms))
    )
    spans = tuple(Name(base + first, base + last, label) for first, last, label in names)
    return Sentence(index, repaired(tokens), spans, told, harmed)
