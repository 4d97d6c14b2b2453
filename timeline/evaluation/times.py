"""Time expressions against TIMEX3 gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from timeline.evaluation.figures import Miss, Scores, f1
from timeline.records import Mention, TimeExpression

__all__ = ["score_times"]

Times = Mapping[str, Sequence[Mention[TimeExpression]]]


def score_times(gold: Iterable[Mapping[str, Any]], found: Times) -> Scores:
    """Measure time expressions in the way of TempEval-3.

    Parameters
    ----------
    gold : iterable of mappings
        Documents with ``id`` (or ``doc_id``), ``text`` and ``timexes`` (start, end, type, value).
    found : mapping
        Id of the document to the mentions found in it.

    Returns
    -------
    Scores
        ``strict_f1`` (same characters), ``relaxed_f1`` (overlap), and over relaxed matches ``value_f1`` and
        ``type_f1``; ``value_accuracy`` is the share of relaxed matches with the right value.

    Examples
    --------
    >>> score_times([{"id": "d1", "text": "Soon.", "timexes": []}], {}).figures["wanted"]
    0
    """
    tally: Counter[str] = Counter()
    errors: list[Miss] = []
    for row in gold:
        name = str(row.get("id", row.get("doc_id")))
        mentions = list(found.get(name, ()))
        pairs = _pairs(row["timexes"], mentions)
        tally.update(wanted=len(row["timexes"]), found=len(mentions), relaxed=len(pairs))
        for index, wanted in enumerate(row["timexes"]):
            words = str(wanted.get("text", row["text"][wanted["start"] : wanted["end"]]))
            if index not in pairs:
                errors.append(Miss("time missed", name, words, "", str(wanted.get("value"))))
                continue
            mention = mentions[pairs[index]]
            value = (wanted.get("value") or "").strip()
            right = value != "" and value == mention.value.value.strip()
            tally["strict"] += (mention.span.start, mention.span.end) == (wanted["start"], wanted["end"])
            tally["value"] += right
            tally["type"] += mention.value.type == wanted.get("type")
            if not right:
                errors.append(Miss("time value", name, words, mention.value.value, value))
        used = set(pairs.values())
        errors += [
            Miss("time false", name, mention.span.text or "", mention.value.value)
            for number, mention in enumerate(mentions)
            if number not in used
        ]
    return Scores(_figures(tally), tuple(errors))


def _figures(tally: Counter[str]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name in ("strict", "relaxed", "value", "type"):
        precision, recall, both = f1(tally[name], tally["found"], tally["wanted"])
        figures |= {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": both}
    figures["value_accuracy"] = tally["value"] / tally["relaxed"] if tally["relaxed"] else 0.0
    return {**figures, "wanted": tally["wanted"], "found": tally["found"]}


def _pairs(gold: Sequence[Mapping[str, Any]], found: Sequence[Mention[TimeExpression]]) -> dict[int, int]:
    """One to one: the same characters first, then the longest overlaps."""
    spans = [(mention.span.start, mention.span.end) for mention in found]
    overlaps: list[tuple[int, int, int]] = []
    for index, wanted in enumerate(gold):
        for number, (start, end) in enumerate(spans):
            shared = min(end, wanted["end"]) - max(start, wanted["start"])
            if (start, end) == (wanted["start"], wanted["end"]):
                shared = 1_000_000
            if shared > 0:
                overlaps.append((-shared, index, number))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, index, number in sorted(overlaps):
        if index not in pairs and number not in used:
            pairs[index] = number
            used.add(number)
    return pairs
