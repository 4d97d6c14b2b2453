"""The articles that were read, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import overload

from timeline.records import Article, Skipped

__all__ = ["Corpus"]

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Corpus(Sequence[Article]):
    """Articles in the order in which they were read.

    Parameters
    ----------
    articles : tuple of Article
    skipped : tuple of Skipped
        What was left out, or read only in part, and why.

    Examples
    --------
    >>> corpus = Corpus((Article("a.txt", "Shells fell on the town."),))
    >>> len(corpus), corpus[0].id, corpus.skipped
    (1, 'a.txt', ())
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Corpus: ...
    def __getitem__(self, index: int | slice) -> Article | Corpus:
        if isinstance(index, slice):
            return Corpus(self.articles[index], self.skipped)
        return self.articles[index]

    def __repr__(self) -> str:
        return f"<Corpus: articles {len(self.articles)}, skipped or read in part {len(self.skipped)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("id", "published", "title", "source", "characters"))
        rows = "".join(_row(article) for article in self.articles[:ROWS_SHOWN])
        more = len(self.articles) - ROWS_SHOWN
        foot = f"<p>and {more} more articles</p>" if more > 0 else ""
        notes = "".join(f"<li>{escape(item.where)}: {escape(item.why)}</li>" for item in self.skipped[:ROWS_SHOWN])
        left = f"<p>Skipped, or read in part: {len(self.skipped)}</p><ul>{notes}</ul>" if self.skipped else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{foot}{left}"


def _row(article: Article) -> str:
    cells = (
        article.id,
        article.published.isoformat() if article.published else "",
        article.title or "",
        article.source or "",
        f"{len(article.text):,}",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
