"""Learn which words to believe: ``python data/learn_belief.py GOLD...`` writes ``lexicons/belief.tsv``.

Annotated articles that the trained reader has never seen say which words tell of events; a logistic regression weighs
what rules and reader see of every word that either takes for one (:mod:`timeline.triggers.told`). Words that only
optional events are told with count neither way. Prints precision, recall and F1 of words, each article judged by
weights learned without it. The shipped weights were learned from heldout_3, heldout_5 and heldout_6.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from regression import Row, keep

from timeline.language import read
from timeline.lexicon import Lexicon, load
from timeline.records import Article
from timeline.triggers.scene import Scene
from timeline.triggers.senses import by_rules
from timeline.triggers.told import evidence

OUT = Path(__file__).parents[1] / "timeline" / "lexicons" / "belief.tsv"
RIDGE = 0.5


def rows_of(article: dict[str, Any], lexicon: Lexicon) -> Iterator[Row]:
    """Every word that may tell of an event: what is seen of it, whether it does, the article."""
    day = dt.date.fromisoformat(article["published"]) if article["published"] else None
    scene = Scene(read(Article(article["id"], article["text"], day)), lexicon)
    told = [
        (span["start"], span["end"], event["optional"])
        for event in article["events"]
        for span in (event["trigger"], *event["other_triggers"])
    ]
    tokens = scene.document.tokens
    for words, seen in evidence(scene, by_rules(scene)):
        start, end = min(tokens[word].start for word in words), max(tokens[word].end for word in words)
        hits = [optional for first, last, optional in told if first < end and start < last]
        if not hits or not all(hits):
            yield seen, bool(hits), article["id"]


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: learn_belief.py GOLD... (annotated articles that the reader has not seen)")
    REMARK = "log-odds that a word tells of an event; made by data/learn_belief.py"
    print(*keep(sys.argv[1:], partial(rows_of, lexicon=load()), RIDGE, OUT, REMARK), sep="\n")
