"""Linked events against pairs of mentions that tell the same happening, or different ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from timeline.evaluation.figures import Miss, Scores, f1
from timeline.records import Event

__all__ = ["score_links"]

Row = Mapping[str, Any]


def score_links(gold: Iterable[Row], events: Sequence[Event]) -> Scores:
    """Measure how reports of one happening are joined.

    Parameters
    ----------
    gold : iterable of mappings
        Groups with ``id``, ``type``, ``different`` and ``mentions`` (article, start, end, text). Unless ``different``
        is true all mentions of a group tell one happening; otherwise each tells another.
    events : sequence of Event
        Linked events; each trigger says in ``article`` where it stands.

    Returns
    -------
    Scores
        ``found``: share of the mentions on whose words an event stands; ``recall``: share of the pairs of the same
        happening, both found, that are in one event; ``apart``: share of the pairs of different happenings, both
        found, that are not; ``precision``: share of the joined pairs that are rightly so; ``f1`` of the two; each
        with its number. ``whole``: share of the groups of one happening of which every mention is in one event.

    Examples
    --------
    >>> score_links([], []).figures["f1"]
    0.0
    """
    tally: Counter[str] = Counter()
    errors: list[Miss] = []
    standing = _standing(events)
    for row in gold:
        where = [_events_at(mention, row["type"], standing) for mention in row["mentions"]]
        tally.update(mentions=len(where), found=sum(map(bool, where)))
        for mention, ids in zip(row["mentions"], where, strict=True):
            if not ids:
                errors.append(Miss("mention missed", mention["article"], mention["text"], "", row["type"]))
        if not row.get("different"):
            tally["groups"] += 1
            tally["whole"] += bool(frozenset.intersection(*where))
        for one, two in combinations(range(len(where)), 2):
            if where[one] and where[two]:
                errors.extend(_pair(row, one, two, bool(where[one] & where[two]), tally))
    precision, recall, both = f1(tally["joined_right"], tally["joined"], tally["same"])
    figures: dict[str, float] = {
        "precision": precision,
        "recall": recall,
        "f1": both,
        "apart": 1 - tally["joined_wrong"] / tally["different"] if tally["different"] else 0.0,
        "whole": tally["whole"] / tally["groups"] if tally["groups"] else 0.0,
        "found": tally["found"] / tally["mentions"] if tally["mentions"] else 0.0,
    }
    for name in ("same", "different", "groups", "mentions"):
        figures[f"{name}_n"] = tally[name]
    return Scores(figures, tuple(errors))


Standing = Mapping[str, Sequence[tuple[int, int, str, str]]]


def _standing(events: Iterable[Event]) -> Standing:
    """Article to the triggers in it: start, end, type and id of the event."""
    found: dict[str, list[tuple[int, int, str, str]]] = {}
    for event in events:
        for span in (event.trigger, *event.triggers):
            found.setdefault(span.article or event.article, []).append((span.start, span.end, event.type, event.id))
    return found


def _events_at(mention: Row, kind: str, standing: Standing) -> frozenset[str]:
    """Events on the words of a mention; those of the right type if there are any."""
    here = [
        (name, event)
        for start, end, name, event in standing.get(mention["article"], ())
        if start < mention["end"] and mention["start"] < end
    ]
    return frozenset(event for name, event in here if name == kind) or frozenset(event for _, event in here)


def _pair(row: Row, one: int, two: int, joined: bool, tally: Counter[str]) -> list[Miss]:
    first, second = row["mentions"][one], row["mentions"][two]
    words = f"{first['text']} ({first['article']}) and {second['text']} ({second['article']})"
    tally["joined"] += joined
    if row.get("different"):
        tally["different"] += 1
        tally["joined_wrong"] += joined
        return [Miss("joined wrongly", row["id"], words)] if joined else []
    tally["same"] += 1
    tally["joined_right"] += joined
    return [] if joined else [Miss("not joined", row["id"], words)]
