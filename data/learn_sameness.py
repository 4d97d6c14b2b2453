"""Learn which mentions tell one happening: ``python data/learn_sameness.py data/gold/*.jsonl`` writes the weights.

Annotated articles (see data/README.md) say which words tell each event; every later mention is compared with every
event told before it. A logistic regression with a ridge penalty (Newton's method, no chance in it) weighs the features
of :mod:`timeline.extraction.sameness`. Prints precision, recall and F1 of pairs, each article judged by weights
learned without a fifth of the articles that it is part of.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from timeline.extraction import FINDERS, drafts_of
from timeline.extraction.draft import Draft
from timeline.extraction.mentions import gather
from timeline.extraction.merging import joined
from timeline.extraction.sameness import comparable, features
from timeline.language import Document, read
from timeline.lexicon import Lexicon, load
from timeline.records import Article, Mention, Trigger

OUT = Path(__file__).parents[1] / "timeline" / "lexicons" / "sameness.tsv"
RIDGE, RAREST, FOLDS = 3.0, 8, 5

Pair = tuple[list[str], bool, str]


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


def pairs_of(row: dict[str, Any], lexicon: Lexicon) -> Iterator[Pair]:
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
                yield list(features(document, event, draft)), other == number, row["id"]
        place = next((place for place, (other, _) in enumerate(events) if other == number), None)
        if place is None:
            events.append((number, draft))
        else:
            events[place] = number, joined(events[place][1], draft, lexicon)


def learned(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weight of every feature that is not too rare, and the bias."""
    often = Counter(name for names, _, _ in pairs for name in names)
    places = {name: place for place, name in enumerate(sorted(name for name in often if often[name] >= RAREST))}
    table = np.zeros((len(pairs), len(places) + 1))
    table[:, -1] = 1.0
    for row, (names, _, _) in enumerate(pairs):
        table[row, [places[name] for name in names if name in places]] = 1.0
    goal = np.array([same for _, same, _ in pairs], dtype=float)
    penalty = np.append(np.full(len(places), RIDGE), 1e-6)
    weights = np.zeros(len(places) + 1)
    for _ in range(50):
        share = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share - goal) + penalty * weights
        bend = (table * (share * (1 - share))[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip([*places, "bias"], weights.round(2).tolist(), strict=True))


def odds(weights: dict[str, float], names: Sequence[str]) -> float:
    """The log-odds of a pair."""
    return weights["bias"] + sum(weights.get(name, 0.0) for name in names)


def judged(pairs: Sequence[Pair]) -> Iterator[tuple[float, bool]]:
    """The odds of every pair by weights that did not see its article, and whether the two are one."""
    folds = {article: place % FOLDS for place, article in enumerate(sorted({article for _, _, article in pairs}))}
    for fold in range(FOLDS):
        weights = learned([pair for pair in pairs if folds[pair[2]] != fold])
        yield from ((odds(weights, names), same) for names, same, article in pairs if folds[article] == fold)


def main(paths: Sequence[str]) -> None:
    """Learn from the files, print how good, write the weights."""
    lexicon = load()
    rows = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    pairs = [pair for row in rows for pair in pairs_of(row, lexicon)]
    told = list(judged(pairs))
    for floor in (-1.0, -0.3, 0.0, 0.5):
        right = sum(same for value, same in told if value > floor)
        joined_, wanted = sum(value > floor for value, _ in told), sum(same for _, same in told)
        print(f"above {floor}: P {right / joined_:.2f} R {right / wanted:.2f} F1 {2 * right / (joined_ + wanted):.2f}")
    lines = [f"{name}\t{weight:g}" for name, weight in sorted(learned(pairs).items())]
    text = "\n".join(["# log-odds that two mentions tell one happening; made by data/learn_sameness.py", *lines])
    OUT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
