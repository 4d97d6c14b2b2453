"""Events of articles against gold events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from timeline.evaluation.figures import Miss, Scores, f1
from timeline.records import Event, Role

__all__ = ["score_events"]

REAL = ("happened", "disputed")
_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'])|\n+")

Row = Mapping[str, Any]


def score_events(gold: Iterable[Row], events: Iterable[Event]) -> Scores:
    """Measure events of single articles (not linked ones).

    Parameters
    ----------
    gold : iterable of mappings
        Articles with ``id``, ``text``, ``published``, ``conflict``, ``events`` and ``must_not_extract``.
    events : iterable of Event

    Returns
    -------
    Scores
        ``precision``, ``recall``, ``f1`` of required events; ``traps`` and ``false_in_clean`` among the false ones;
        ``dates``, ``dates_inside``, ``factuality``, ``subtypes``, ``killed``, ``wounded``, ``places``: shares of the
        matched ones that are right, each with its number; ``roles_*``: of participants of matched required events.

    Notes
    -----
    Matching is one to one: first pairs whose triggers overlap, then pairs in the same sentence; types must agree or be
    allowed by the gold (``also_ok``); required events choose before optional ones. An optional event counts neither
    way, except that telling it as happened when it did not is false. Unmatched events that are not told as happened
    or disputed count as ``unreal`` only. A date is right if both bounds are the gold's, or are one of
    ``date_also_ok``, or are one single day inside the gold's window of precision day; with kind since or extent an
    open end is as good as the gold's end at publication. Inventing a date or number that the gold leaves open is
    wrong. A place is right if it has the gold's name or its words overlap, a role if a gold participant of that role
    has the same name or overlapping words; a participant that the gold takes for one ("a policeman and two guards")
    is found once, however many it is found as.

    Examples
    --------
    >>> score_events([{"id": "a", "text": "All was calm.", "conflict": False, "events": []}], []).figures["f1"]
    0.0
    """
    by_article: dict[str, list[Event]] = {}
    for event in events:
        by_article.setdefault(event.article, []).append(event)
    tally: Counter[str] = Counter()
    errors: list[Miss] = []
    for row in gold:
        errors.extend(_article(row, by_article.get(str(row["id"]), []), tally))
    precision, recall, both = f1(tally["right"], tally["right"] + tally["false"], tally["right"] + tally["missed"])
    role_precision, role_recall, role_f1 = f1(tally["role_right"], tally["role_found"], tally["role_wanted"])
    figures: dict[str, float] = {"precision": precision, "recall": recall, "f1": both}
    for name in ("right", "false", "missed", "traps", "false_in_clean", "unreal"):
        figures[name] = tally[name]
    for name in ("dates", "dates_inside", "factuality", "subtypes", "killed", "wounded", "places"):
        total = tally["dates_n" if name == "dates_inside" else f"{name}_n"]
        figures[name] = tally[name] / total if total else 0.0
        figures[f"{name}_n"] = total
    figures |= {"roles_precision": role_precision, "roles_recall": role_recall, "roles_f1": role_f1}
    return Scores(figures, tuple(errors))


def _article(row: Row, events: Sequence[Event], tally: Counter[str]) -> Iterator[Miss]:
    pairs = _pairs(row, events)
    for index, wanted in enumerate(row["events"]):
        if index not in pairs:
            if not wanted["optional"]:
                tally["missed"] += 1
                yield Miss("missed", row["id"], wanted["trigger"]["text"], "", wanted["type"])
        elif wanted["optional"]:
            yield from _optional(row, wanted, events[pairs[index]], tally)
        else:
            tally["right"] += 1
            yield from _fields(row, wanted, events[pairs[index]], tally)
    used = set(pairs.values())
    for index, event in enumerate(events):
        if index not in used:
            yield from _unmatched(row, event, tally)


def _pairs(row: Row, events: Sequence[Event]) -> dict[int, int]:
    """Index of the gold event to index of the event found."""
    bounds = _sentences(row["text"])

    def overlapping(wanted: Row, event: Event) -> bool:
        return any(_overlap(event.trigger.start, event.trigger.end, span) for span in _triggers(wanted))

    def near(wanted: Row, event: Event) -> bool:
        where = _index(bounds, event.trigger.start)
        return any(_index(bounds, span["start"]) == where for span in _triggers(wanted))

    pairs: dict[int, int] = {}
    rounds: tuple[Callable[[Row, Event], bool], ...] = (overlapping, near)
    for fits in rounds:
        for optional in (False, True):
            for index, wanted in enumerate(row["events"]):
                if index in pairs or wanted["optional"] != optional:
                    continue
                used = set(pairs.values())
                types = (wanted["type"], *(wanted.get("also_ok") or ()))
                found = [
                    (event.type != wanted["type"], number)
                    for number, event in enumerate(events)
                    if number not in used and event.type in types and fits(wanted, event)
                ]
                if found:
                    pairs[index] = min(found)[1]
    return pairs


def _triggers(wanted: Row) -> list[Row]:
    return [wanted["trigger"], *(wanted.get("other_triggers") or ())]


def _overlap(start: int, end: int, span: Row) -> bool:
    return bool(start < span["end"] and span["start"] < end)


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for found in _BREAK.finditer(text):
        bounds.append((start, found.start()))
        start = found.end()
    return [*bounds, (start, len(text))]


def _index(bounds: Sequence[tuple[int, int]], offset: int) -> int:
    return next((number for number, (start, end) in enumerate(bounds) if start <= offset <= end), -1)


def _optional(row: Row, wanted: Row, event: Event, tally: Counter[str]) -> Iterator[Miss]:
    allowed = (wanted["factuality"], *(wanted.get("factuality_also_ok") or ()))
    if wanted["factuality"] not in REAL and event.factuality in REAL and event.factuality not in allowed:
        tally["false"] += 1
        yield Miss("not real", row["id"], event.trigger.text or "", event.factuality, wanted["factuality"])


def _fields(row: Row, wanted: Row, event: Event, tally: Counter[str]) -> Iterator[Miss]:
    words = f"{event.type}: {event.trigger.text}"
    allowed = (wanted["factuality"], *(wanted.get("factuality_also_ok") or ()))
    miss = Miss("factuality", row["id"], words, event.factuality, allowed[0])
    yield from _judged(event.factuality in allowed, miss, tally)
    if event.type == wanted["type"] and wanted.get("subtype"):
        miss = Miss("subtypes", row["id"], words, str(event.subtype), wanted["subtype"])
        yield from _judged(event.subtype == wanted["subtype"], miss, tally)
    yield from _date(row, wanted, event, words, tally)
    for harm, total in (("killed", event.killed), ("wounded", event.wounded)):
        number, got = _bounds(wanted.get(harm)), (total.low, total.high) if total is not None else (None, None)
        if number != (None, None) or got != (None, None):
            yield from _judged(number == got, Miss(harm, row["id"], words, str(got), str(number)), tally)
    place = wanted.get("location") or wanted.get("place")
    if place and place.get("name"):
        found = event.place.name if event.place is not None else None
        span = event.place.span if event.place is not None else None
        right = (found or "").casefold() == place["name"].casefold() or (
            span is not None and bool(place.get("span")) and _overlap(span.start, span.end, place["span"])
        )
        yield from _judged(right, Miss("places", row["id"], words, str(found), place["name"]), tally)
    yield from _roles(row, wanted, event, words, tally)


def _judged(right: bool, miss: Miss, tally: Counter[str]) -> Iterator[Miss]:
    tally[f"{miss.kind}_n"] += 1
    tally[miss.kind] += right
    if not right:
        yield miss


def _date(row: Row, wanted: Row, event: Event, words: str, tally: Counter[str]) -> Iterator[Miss]:
    gold = wanted.get("date") or wanted.get("when") or {}
    start, end = (day.isoformat() if day else None for day in (event.when.start, event.when.end))
    if not gold.get("start") and not gold.get("end"):
        if start is None and end is None:
            return
        right = False
    else:
        right = _date_right(gold, wanted.get("date_also_ok") or (), start, end, row.get("published"))
    miss = Miss("dates", row["id"], words, f"{start}..{end}", f"{gold.get('start')}..{gold.get('end')}")
    yield from _judged(right, miss, tally)
    first, last = gold.get("start"), gold.get("end")
    tally["dates_inside"] += (last is None or (start or "") <= last) and (first is None or (end or "9999") >= first)


def _date_right(gold: Row, also: Sequence[Row], start: str | None, end: str | None, published: str | None) -> bool:
    first, last = gold["start"], gold["end"]
    if (start, end) == (first, last) or any((start, end) == (day["start"], day["end"]) for day in also):
        return True
    goes_on = gold.get("kind") in ("extent", "since") and first is not None and (start, end) == (first, None)
    if goes_on and (last is None or (published is not None and last >= published)):
        return True
    single = start is not None and start == end and first is not None
    return gold.get("precision") == "day" and single and first <= (start or "") <= (last or start or "")


def _bounds(gold: Row | None) -> tuple[int | None, int | None]:
    return (gold["low"], gold["high"]) if gold else (None, None)


def _roles(row: Row, wanted: Row, event: Event, words: str, tally: Counter[str]) -> Iterator[Miss]:
    gold = list(wanted.get("actors") or wanted.get("roles") or ())
    left = list(event.roles)
    tally["role_wanted"] += len(gold)
    for item in gold:
        hits = [role for role in left if _is_filler(role, item)]
        if not hits:
            yield Miss("role missed", row["id"], words, "", f"{item['role']} {item.get('name')}")
            continue
        parts = [role for role in hits if item.get("span") and _inside(role, item["span"])]
        left = [role for role in left if role is not hits[0] and role not in parts]
        tally["role_right"] += 1
        tally["role_found"] += 1
    tally["role_found"] += len(left)
    for role in left:
        yield Miss("role false", row["id"], words, f"{role.role} {role.name}")


def _is_filler(role: Role, item: Row) -> bool:
    span, named = item.get("span"), (role.name or "").casefold() == (item.get("name") or "").casefold()
    near = span is not None and _overlap(role.span.start, role.span.end, span)
    return bool(role.role == item["role"] and (near or named))


def _inside(role: Role, span: Row) -> bool:
    return bool(span["start"] <= role.span.start and role.span.end <= span["end"])


def _unmatched(row: Row, event: Event, tally: Counter[str]) -> Iterator[Miss]:
    if event.factuality not in REAL:
        tally["unreal"] += 1
        return
    start, end = event.trigger.start, event.trigger.end
    trap = any(
        _overlap(start, end, item["span"]) and (not item.get("wrong_type") or event.type in item["wrong_type"])
        for item in row.get("must_not_extract") or ()
    )
    again = any(_overlap(start, end, span) for wanted in row["events"] for span in _triggers(wanted))
    tally["false"] += 1
    tally["traps"] += trap
    tally["false_in_clean"] += not row.get("conflict", True)
    kind = "trap" if trap else "double or type" if again else "false"
    yield Miss(kind, row["id"], event.trigger.text or "", event.type)
