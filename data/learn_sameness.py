"""Learn which mentions tell one happening: ``python data/learn_sameness.py GOLD...`` writes ``lexicons/sameness.tsv``.

Annotated articles (see data/README.md) say which words tell each event; every later mention is compared with every
event told before it, and a logistic regression weighs the features of :mod:`timeline.extraction.sameness`. Prints
precision, recall and F1 of pairs, each article judged by weights learned without it. The shipped weights were learned
from articles_1 to articles_3, heldout, heldout_2 and heldout_4, which the trained reader knows too: its part ("read as
one type") weighs more than it would on new text.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from regression import Row, keep

from timeline.extraction import FINDERS, drafts_of
from timeline.extraction.draft import Draft
from timeline.extraction.mentions import gather
from timeline.extraction.merging import joined
from timeline.extraction.sameness import comparable, features
from timeline.language import Document, read
from timeline.lexicon import Lexicon, load
from timeline.records import Article, Mention, Trigger

OUT = Path(__file__).parents[1] / "timeline" / "lexicons" / "sameness.tsv"
RIDGE = 3.0


def triggers_of(row: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Number of the event, the event, and each span that tells of it."""
    for number, event in enumerate(row["events"]):
        for span in (event["trigger"], *event["other_triggers"]):
            yield number, event, span


def number_of(row: dict[str, Any], draft: Draft) -> int | None:
    """The annotated event that a draft's words tell of; None if they tell of none."""
    span = draft.mention.span
    fitting = [
        (draft.type in (event["type"], *event["also_ok"]), -number)
        for number, event, words in triggers_of(row)
        if words["start"] < span.end and span.start < words["end"]
    ]
    return -max(fitting)[1] if fitting else None


def with_annotated(document: Document, row: dict[str, Any], lexicon: Lexicon) -> list[Draft]:
    """The drafts of a document, those of annotated words that were not found among them."""
    mentions = gather(document, (mention for finder in FINDERS for mention in finder(document)))
    found = list(mentions.triggers)
    for _, event, span in triggers_of(row):
        if any(item.span.start < span["end"] and span["start"] < item.span.end for item in found):
            continue
        words = [token for token in document.tokens if token.start < span["end"] and token.end > span["start"]]
        inside = {word.index for word in words}
        head = next((word for word in words if word.head not in inside or word.head == word.index), None)
        if head is not None and all(item.token != head.index for item in found):
            trigger = Trigger(event["type"], None, event["factuality"], event["background"])
            found.append(Mention(trigger, document.span(span["start"], span["end"]), "annotated", head.index))
    found.sort(key=lambda mention: (mention.span.start, mention.span.end))
    return drafts_of(document, replace(mentions, triggers=tuple(found)), lexicon)


def pairs_of(row: dict[str, Any], lexicon: Lexicon) -> Iterator[Row]:
    """Every later mention beside every event before it: features, whether they are one, the article."""
    day = dt.date.fromisoformat(row["published"]) if row["published"] else None
    document = read(Article(row["id"], row["text"], day))
    events: list[tuple[int, Draft]] = []
    for draft in with_annotated(document, row, lexicon):
        number = number_of(row, draft)
        if number is None:
            continue
        for other, event in events:
            if comparable(event, draft):
                yield dict.fromkeys(features(document, event, draft), 1.0), other == number, row["id"]
        place = next((place for place, (other, _) in enumerate(events) if other == number), None)
        if place is None:
            events.append((number, draft))
        else:
            events[place] = number, joined(events[place][1], draft, lexicon)


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: learn_sameness.py GOLD... (annotated articles, as data/gold/articles_1.jsonl)")
    REMARK = "log-odds that two mentions tell one happening; made by data/learn_sameness.py"
    print(*keep(sys.argv[1:], partial(pairs_of, lexicon=load()), RIDGE, OUT, REMARK), sep="\n")
