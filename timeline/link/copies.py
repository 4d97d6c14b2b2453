"""Copies of one text: articles that share most of their words in the same order are one source family."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable

from timeline.records import Article

__all__ = ["families"]

_SHINGLE = 5
_COPY = 0.8


def families(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> id of the first article (by id) of its family of copies.

    Examples
    --------
    >>> text = "Shells fell on the town before dawn and six people were killed, residents said."
    >>> families([Article("a", text), Article("b", text + " More follows."), Article("c", "Nothing of the kind.")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    ordered = sorted(articles, key=_article_id)
    prints = {article.id: _shingles(article.text) for article in ordered}
    owners: dict[int, list[str]] = defaultdict(list)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for name, shingles in prints.items():
        for shingle in sorted(shingles):
            for other in owners[shingle][:50]:
                shared[other, name] += 1
            owners[shingle].append(name)
    first = {name: name for name in prints}
    for (one, two), count in sorted(shared.items()):
        if count >= _COPY * min(len(prints[one]), len(prints[two])):
            first[two] = min(first[two], first[one])
    return first


def _article_id(article: Article) -> str:
    return article.id


def _shingles(text: str) -> frozenset[int]:
    words = text.lower().split()
    runs = (" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)
