"""The word lists of this room, read once from its data folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from timeline.errors import LexiconError

__all__ = ["lemmas_of", "pairs_of", "weights_of", "words_of"]


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list, one a line.

    Examples
    --------
    >>> "anti" in words_of("prefixes.txt")
    True
    """
    return frozenset(line for line in _text(name).split("\n") if line)


@cache
def pairs_of(name: str) -> Mapping[str, str]:
    """The two columns of a table as a mapping from the first to the second.

    Raises
    ------
    LexiconError
        A row has more or fewer than two cells, or a key stands twice.

    Examples
    --------
    >>> pairs_of("abbreviations.csv")["gen"]
    'title'
    """
    found: dict[str, str] = {}
    rows = csv.reader(io.StringIO(_text(name)))
    next(rows)
    for number, row in enumerate(rows, start=2):
        if len(row) != 2 or row[0] in found:
            raise LexiconError("is no new pair of two cells", where=f"{name}:{number}", advice="write it as key,value")
        found[row[0]] = row[1]
    return MappingProxyType(found)


def _text(name: str) -> str:
    return (files("timeline.language") / "data" / name).read_text(encoding="utf-8")


@cache
def lemmas_of(name: str) -> Mapping[tuple[str, str], str]:
    """The three columns of a table of forms: word and tag to lemma.

    Examples
    --------
    >>> lemmas_of("lemmas.csv")["fled", "VBD"]
    'flee'
    """
    rows = csv.reader(io.StringIO(_text(name)))
    next(rows)
    return MappingProxyType({(word, tag): lemma for word, tag, lemma in rows})


@cache
def weights_of(name: str) -> Mapping[str, float]:
    """A table of features and weights, parted by tabs.

    Examples
    --------
    >>> weights_of("breaks.tsv")["a._T"] > 0
    True
    """
    rows = (line.rpartition("\t") for line in _text(name).split("\n") if line)
    return MappingProxyType({feature: float(weight) for feature, _, weight in rows})
