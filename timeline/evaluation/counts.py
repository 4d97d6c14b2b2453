"""Casualty records against sentences with their complete records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from timeline.evaluation.figures import Miss, Scores, f1
from timeline.records import Count, Event

__all__ = ["score_counts"]


def score_counts(gold: Iterable[Mapping[str, Any]], events: Iterable[Event]) -> Scores:
    """Measure the casualty records of sentences.

    Parameters
    ----------
    gold : iterable of mappings
        Sentences with ``id``, ``text`` and ``expected`` records.
    events : iterable of Event

    Returns
    -------
    Scores
        ``sentences``: share of the sentences with every record right in harm, low and high and none too many;
        ``sentences_full``: the same with best and scope; ``precision``, ``recall``, ``f1`` of records.

    Examples
    --------
    >>> score_counts([{"id": "c1", "text": "No one came.", "expected": []}], []).figures["sentences"]
    1.0
    """
    found: dict[str, dict[Count, None]] = {}
    for event in events:
        for count in event.counts:
            found.setdefault(event.article, {})[count] = None
    total = whole = full = hits = got_n = wanted_n = 0
    errors: list[Miss] = []
    for row in gold:
        wanted = [_of_row(record) for record in row["expected"]]
        got = [_of_count(count) for count in found.get(str(row["id"]), {})]
        loose_wanted, loose_got = Counter(_loose(key) for key in wanted), Counter(_loose(key) for key in got)
        total += 1
        whole += loose_wanted == loose_got
        full += Counter(wanted) == Counter(got)
        hits += sum((loose_wanted & loose_got).values())
        got_n += len(got)
        wanted_n += len(wanted)
        missed, extra = loose_wanted - loose_got, loose_got - loose_wanted
        errors += [Miss("count missed", row["id"], row["text"], "", str(key)) for key in sorted(missed, key=str)]
        errors += [Miss("count false", row["id"], row["text"], str(key)) for key in sorted(extra, key=str)]
    precision, recall, both = f1(hits, got_n, wanted_n)
    figures = {
        "sentences": whole / total if total else 0.0,
        "sentences_full": full / total if total else 0.0,
        "sentences_n": total,
        "precision": precision,
        "recall": recall,
        "f1": both,
    }
    return Scores(figures, tuple(errors))


Key = tuple[str, int | None, int | None, int | None, str | None]


def _of_row(row: Mapping[str, Any]) -> Key:
    return (row["harm"], row["low"], row["best"], row["high"], row.get("scope"))


def _of_count(count: Count) -> Key:
    return (count.harm, count.low, count.best, count.high, count.scope)


def _loose(key: Key) -> tuple[str, int | None, int | None]:
    return (key[0], key[1], key[3])
