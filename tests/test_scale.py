"""The same extraction on a cluster."""

from __future__ import annotations

import sys

import pytest

from timeline.errors import MissingExtraError
from timeline.flow import extract, gathered
from timeline.io import read
from timeline.scale import extract_bag

TEXTS = ["Rebels shelled the town of Homs on 3 May 2012, killing six people.", "The talks opened in Geneva on Monday."]


def test_without_dask_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named with the command."""
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(MissingExtraError, match=r"conflict-timeline\[dask\]"):
        extract_bag(read(TEXTS))


def test_a_bag_gives_the_same_events() -> None:
    """In pieces of any number the result is that of one run."""
    pytest.importorskip("dask.bag")
    corpus = read(TEXTS, published="2012-05-08")
    bag = extract_bag(corpus, npartitions=2)
    assert gathered(bag.compute(scheduler="synchronous"), corpus) == extract(corpus)
