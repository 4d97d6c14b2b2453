"""The same extraction on a cluster, by dask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from timeline.errors import MissingExtraError
from timeline.extraction import Extraction
from timeline.flow import extractions
from timeline.io import Corpus
from timeline.records import Article

__all__ = ["extract_bag"]


def extract_bag(articles: Corpus | Sequence[Article], *, npartitions: int | None = None, **options: Any) -> Any:
    """A dask bag of what is found in each article, in the order given; nothing is read before it is computed.

    Parameters
    ----------
    articles : sequence of Article
    npartitions : int, optional
        Number of pieces that are sent to workers; default one for every 100 articles.
    **options
        ``finders``, ``language`` and ``lexicon`` of `timeline.flow.extractions`; they must be picklable.

    Returns
    -------
    dask.bag.Bag of Extraction
        ``timeline.flow.gathered(bag.compute(), corpus)`` is the same Timeline that `timeline.extract` makes.

    Raises
    ------
    MissingExtraError
        If dask is not installed.
    """
    try:
        from dask import bag
    except ImportError:
        raise MissingExtraError("Extraction on a cluster", extra="dask") from None
    pieces = npartitions or max(1, -(-len(articles) // 100))
    return bag.from_sequence(list(articles), npartitions=pieces).map_partitions(partial(_found, **options))


def _found(articles: Iterable[Article], **options: Any) -> list[Extraction]:
    return list(extractions(articles, **options))
