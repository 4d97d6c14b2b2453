"""How good the reader is: ``python -m timeline.language.measure TREEBANK_DIR`` (needs the extra spacy).

Everything is measured from raw text: words and sentences are the reader's own. A word counts as right if its characters
and its label are those of the gold standard, an arc if its head is the right word too (F1, as in the CoNLL 2018 shared
task); a name if its characters and its class are.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline.language.decoding import spans
from timeline.language.document import Document
from timeline.language.reading import Reader, reader
from timeline.language.treebank import Gold, load_documents
from timeline.records import Article

__all__ = ["Facts", "facts_of_document", "facts_of_gold", "f1", "main", "table"]

_PARAGRAPHS = 20  # of a corpus that make one article

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an analysis says of one text, as sets that can be compared."""

    words: frozenset[Offsets]
    sentences: frozenset[Offsets]
    pos: frozenset[tuple[Offsets, str]]
    tags: frozenset[tuple[Offsets, str]]
    unlabelled: frozenset[tuple[Offsets, Offsets | None]]
    arcs: frozenset[tuple[Offsets, Offsets | None, str]]
    names: frozenset[tuple[Offsets, str]]
    bare: frozenset[Offsets]
    proper: frozenset[Offsets]


def facts_of_document(document: Document) -> Facts:
    """The facts of a document that was read."""
    tokens = document.tokens
    place = [(token.start, token.end) for token in tokens]
    head = [None if token.head == token.index else place[token.head] for token in tokens]
    names = [name for sentence in document.sentences for name in sentence.names]
    spanned = [(tokens[name.first].start, tokens[name.last].end) for name in names]
    taken = {index for name in names for index in range(name.first, name.last + 1)}
    return Facts(
        frozenset(place),
        frozenset((sentence.start, sentence.end) for sentence in document.sentences),
        frozenset(zip(place, (token.pos for token in tokens), strict=True)),
        frozenset(zip(place, (token.tag for token in tokens), strict=True)),
        frozenset(zip(place, head, strict=True)),
        frozenset(zip(place, head, (token.dep for token in tokens), strict=True)),
        frozenset(zip(spanned, (name.label for name in names), strict=True)),
        frozenset(spanned),
        frozenset(spanned) | frozenset(_proper_runs(document, taken)),
    )


def _proper_runs(document: Document, taken: set[int]) -> Iterator[Offsets]:
    """Runs of proper nouns that no name takes."""
    for sentence in document.sentences:
        run: list[int] = []
        for token in (*sentence.tokens, None):
            if token is not None and token.pos == "PROPN":
                run.append(token.index)
                continue
            if run and not taken.intersection(run):
                yield document.tokens[run[0]].start, document.tokens[run[-1]].end
            run = []


def facts_of_gold(documents: Sequence[Sequence[Gold]]) -> tuple[str, Facts]:
    """The text of some gold paragraphs, parted by blank lines, and what its annotators say of it."""
    text = ""
    words: list[Offsets] = []
    sentences: list[Offsets] = []
    names: list[tuple[Offsets, str]] = []
    pos: list[tuple[Offsets, str]] = []
    tags: list[tuple[Offsets, str]] = []
    unlabelled: list[tuple[Offsets, Offsets | None]] = []
    arcs: list[tuple[Offsets, Offsets | None, str]] = []
    for document in documents:
        for gold in document:
            place: list[Offsets] = []
            for word, space in zip(gold.words, gold.spaces, strict=True):
                place.append((len(text), len(text) + len(word)))
                text += word + (" " if space else "")
            words.extend(place)
            sentences.append((place[0][0], place[-1][1]))
            for first, last, label in spans([name or "O" for name in gold.names]):
                names.append(((place[first][0], place[last][1]), label))
            head = [None if not head else place[head - 1] for head in gold.heads or ()]
            pos.extend(zip(place, gold.poss or (), strict=False))
            tags.extend(zip(place, gold.tags or (), strict=False))
            unlabelled.extend(zip(place, head, strict=False))
            arcs.extend(zip(place, head, gold.deps or (), strict=False))
        text = text.rstrip(" ") + "\n\n"
    return text, Facts(
        frozenset(words),
        frozenset(sentences),
        frozenset(pos),
        frozenset(tags),
        frozenset(unlabelled),
        frozenset(arcs),
        frozenset(names),
        frozenset(span for span, _ in names),
        frozenset(span for span, _ in names),
    )


def f1(found: int, right: int, gold: int) -> float:
    """The harmonic mean of precision and recall; 0 where nothing is right.

    Examples
    --------
    >>> f1(4, 2, 4)
    0.5
    """
    return 2 * right / (found + gold) if right else 0.0


def measured(path: Path, read_all: Reader, *, capitals: bool = False) -> dict[str, tuple[int, int, int]]:
    """Found, right and gold of every kind of fact, over a whole corpus."""
    documents = load_documents(path)
    pairs = [facts_of_gold(documents[at : at + _PARAGRAPHS]) for at in range(0, len(documents), _PARAGRAPHS)]
    articles = (Article(str(number), _capitals(text) if capitals else text) for number, (text, _) in enumerate(pairs))
    sums = dict.fromkeys(Facts.__slots__, (0, 0, 0))
    for (_, gold), document in zip(pairs, read_all(articles), strict=True):
        found = facts_of_document(document)
        for kind, (a, b, c) in sums.items():
            mine, theirs = getattr(found, kind), getattr(gold, kind)
            sums[kind] = a + len(mine), b + len(mine & theirs), c + len(theirs)
    return sums


def _capitals(text: str) -> str:
    """The text in capitals, letter for letter, so that offsets stay."""
    return "".join(upper if len(upper := letter.upper()) == 1 else letter for letter in text)


def table(folder: Path, read_all: Reader) -> Iterator[str]:
    """The rows of the results, Markdown."""
    yield "| corpus | words | sentences | UPOS | tag | UAS | LAS | names | spans P / R | or proper nouns P / R |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    corpora = [
        ("EWT dev", "ewt_dev", False),
        ("EWT test", "ewt_test", False),
        ("EWT test in capitals", "ewt_test", True),
        ("PUD", "pud_test", False),
        ("PUD news", "pud_news", False),
        ("GUM news", "gum_news_test", False),
    ]
    for title, name, capitals in corpora:
        sums = measured(folder / f"{name}.spacy", read_all, capitals=capitals)
        yield _row(title, sums)


def _row(title: str, sums: dict[str, tuple[int, int, int]]) -> str:
    kinds = ("words", "sentences", "pos", "tags", "unlabelled", "arcs", "names")
    scores = " | ".join(f"{f1(*sums[kind]):.3f}" for kind in kinds)
    return f"| {title} | {scores} | {_ratio(sums['bare'])} | {_ratio(sums['proper'])} |"


def _ratio(counts: tuple[int, int, int]) -> str:
    found, right, gold = counts
    return f"{right / max(found, 1):.3f} / {right / max(gold, 1):.3f}"


def speed(folder: Path) -> Iterator[str]:
    """Load time, words per CPU second and memory of one process."""
    began = time.process_time()
    read_all = reader()
    loaded = time.process_time() - began
    documents = load_documents(folder / "pud_news.spacy")
    texts = [facts_of_gold(documents[at : at + _PARAGRAPHS])[0] for at in range(0, len(documents), _PARAGRAPHS)]
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    list(read_all(articles[:2]))
    began = time.process_time()
    words = sum(len(document.tokens) for document in read_all(articles))
    spent = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"loading {loaded:.2f} s CPU; {words / spent:.0f} words a CPU second; at most {memory} MB"


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m timeline.language.measure", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with the .spacy files")
    chosen = parser.parse_args(arguments)
    _write(speed(chosen.folder))
    _write(table(chosen.folder, reader()))


if __name__ == "__main__":
    main()
