"""Mentions of actors and who is who among them, against annotated articles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from timeline.actors import find_actors
from timeline.counts import find_counts
from timeline.evaluation.figures import Miss, Scores, f1
from timeline.language.document import Document
from timeline.records import Actor, Mention, Span

__all__ = ["judged_mentions", "score_actors"]

_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_NAMES = frozenset({"name", "alias", "acronym", "surname"})

Row = Mapping[str, Any]


def score_actors(gold: Iterable[Row], found: Mapping[str, Sequence[Mention[Actor]]]) -> Scores:
    """Measure which words name actors, and which of them name the same one.

    Parameters
    ----------
    gold : iterable of mappings
        Articles with ``id``, ``text`` and ``actors``, each with its ``mentions`` (``start``, ``end``, ``text``).
    found : mapping
        Id of the article to the mentions found; those with one ``Actor.id`` are one actor.

    Returns
    -------
    Scores
        ``mentions_*``: precision, recall and F1 of mentions; ``b_cubed_*``: of their links; ``links_*``: the same over
        the mentions that both sides have.

    Notes
    -----
    A mention is found if one with the same last word overlaps it, one to one. B-cubed (Bagga and Baldwin 1998): every
    mention is judged by the share of its group that belongs there, over all mentions, those that the other side lacks
    counting 0 (as in Stoyanov et al. 2009).

    Examples
    --------
    >>> score_actors([{"id": "a", "text": "All was calm.", "actors": []}], {}).figures["b_cubed_f1"]
    0.0
    """
    sums = dict.fromkeys(("hits", "found", "wanted"), 0)
    cubed = dict.fromkeys(("precision", "recall", "shared_precision", "shared_recall"), 0.0)
    errors: list[Miss] = []
    for row in gold:
        name = str(row["id"])
        wanted = [(place, _span(mention)) for place, actor in enumerate(row["actors"]) for mention in actor["mentions"]]
        mine = [(mention.value.id, mention.span) for mention in found.get(name, ())]
        pairs = _paired([span for _, span in wanted], [span for _, span in mine])
        sums["hits"] += len(pairs)
        sums["found"] += len(mine)
        sums["wanted"] += len(wanted)
        turned = {its: own for own, its in pairs.items()}
        theirs, ours = [key for key, _ in wanted], [key for key, _ in mine]
        cubed["recall"] += _cubed(theirs, ours, pairs)
        cubed["precision"] += _cubed(ours, theirs, turned)
        cubed["shared_recall"] += _cubed(theirs, ours, pairs, shared=True)
        cubed["shared_precision"] += _cubed(ours, theirs, turned, shared=True)
        errors += [
            Miss("missed mention", name, str(span.text), "", str(row["actors"][key].get("name", "")))
            for number, (key, span) in enumerate(wanted)
            if number not in pairs
        ]
        errors += [
            Miss("false mention", name, str(span.text), key)
            for number, (key, span) in enumerate(mine)
            if number not in turned
        ]
    precision, recall, both = f1(sums["hits"], sums["found"], sums["wanted"])
    hits, found_, wanted_ = (sums[key] or 1 for key in ("hits", "found", "wanted"))
    all_of = cubed["precision"] / found_, cubed["recall"] / wanted_
    shared = cubed["shared_precision"] / hits, cubed["shared_recall"] / hits
    figures = {
        "mentions_precision": precision,
        "mentions_recall": recall,
        "mentions_f1": both,
        "b_cubed_precision": all_of[0],
        "b_cubed_recall": all_of[1],
        "b_cubed_f1": _mean(*all_of),
        "links_precision": shared[0],
        "links_recall": shared[1],
        "links_f1": _mean(*shared),
        "wanted": sums["wanted"],
        "found": sums["found"],
    }
    return Scores(figures, tuple(errors))


def judged_mentions(document: Document) -> list[Mention[Actor]]:
    """The mentions of actors in a document that annotators mark too.

    Left out are relative pronouns, and several people who are only counted as victims ("nine worshippers"), with all
    that takes them up.

    Examples
    --------
    >>> from timeline.language import read
    >>> [m.span.text for m in judged_mentions(read("Rebels who shelled Homs killed nine worshippers."))]
    ['Rebels']
    """
    found = [m for m in find_actors(document) if (m.span.text or "").lower() not in _RELATIVE]
    counted = [count.span for count in find_counts(document) if count.value.role == "victim" and count.value.high != 1]
    named = {m.value.id for m in found if m.kind in _NAMES}
    victims = {m.value.id for m in found if any(_overlapping(m.span, span) for span in counted)} - named
    return [mention for mention in found if mention.value.id not in victims]


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _span(mention: Row) -> Span:
    return Span(int(mention["start"]), int(mention["end"]), str(mention["text"]))


def _paired(wanted: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """Number of the gold mention to number of the mention found, equal spans first."""
    pairs: dict[int, int] = {}
    for fits in (_equal, _overlapping):
        for number, span in enumerate(wanted):
            if number in pairs:
                continue
            used = set(pairs.values())
            match = next((n for n, other in enumerate(found) if n not in used and fits(span, other)), None)
            if match is not None:
                pairs[number] = match
    return pairs


def _equal(first: Span, second: Span) -> bool:
    return (first.start, first.end) == (second.start, second.end)


def _overlapping(first: Span, second: Span) -> bool:
    return first.overlaps(second) and _last(first) == _last(second)


def _last(span: Span) -> str:
    words = (span.text or "").lower().replace("'s", "").split()
    return words[-1] if words else ""


def _cubed(
    mine: Sequence[Hashable], its: Sequence[Hashable], pairs: Mapping[int, int], *, shared: bool = False
) -> float:
    """Sum over all mentions of the share of a mention's own group that the other side puts into one group with it."""
    total = 0.0
    for number, key in enumerate(mine):
        if number not in pairs:
            continue
        group = [other for other, name in enumerate(mine) if name == key and (other in pairs or not shared)]
        together = [other for other in group if other in pairs and its[pairs[other]] == its[pairs[number]]]
        total += len(together) / len(group)
    return total
