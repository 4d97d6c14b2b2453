"""Records to what JSON can hold, and back: the same keys in the order of the fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from timeline.records import Attribution, Claim, Count, Event, Evidence, Place, Relation, Role, Span, Total, When

__all__ = ["event_from_json", "to_json"]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def to_json(value: Any) -> Any:
    """Turn a record into what ``json.dumps`` takes, keys in the order of the fields.

    Examples
    --------
    >>> to_json(When(start=dt.date(2012, 8, 6), precision="day"))["start"]
    '2012-08-06'
    >>> to_json(Span(0, 4, "army"))
    {'start': 0, 'end': 4, 'text': 'army'}
    """
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Span):
        out: dict[str, Any] = {"start": value.start, "end": value.end, "text": value.text}
        if value.article is not None:
            out["article"] = value.article
        if value.redacted:
            out["redacted"] = True
        return out
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    kind: type = type(value)
    out = {name: to_json(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, Event):
        out["sentence"].pop("text")
        out["alternatives"] = {name: to_json(whens) for name, whens in value.alternatives}
    return out


def _day(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _span(value: Mapping[str, Any] | None) -> Span | None:
    if value is None:
        return None
    return Span(value["start"], value["end"], value.get("text"), value.get("article"), value.get("redacted", False))


def _known(kind: type, value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[name] for name in _names(kind) if name in value}


def _when(value: Mapping[str, Any]) -> When:
    days = {name: _day(value.get(name)) for name in ("start", "end", "ongoing_at")}
    return When(**{**_known(When, value), **days, "span": _span(value.get("span"))})


def _attribution(value: Mapping[str, Any] | None) -> Attribution | None:
    if value is None:
        return None
    return Attribution(**{**_known(Attribution, value), "chain": tuple(value["chain"]), "span": _span(value["span"])})


def _spanned(kind: type, value: Mapping[str, Any], *names: str) -> Any:
    return kind(**{**_known(kind, value), **{name: _span(value.get(name)) for name in names or ("span",)}})


def event_from_json(value: Mapping[str, Any]) -> Event:
    """Read back what `to_json` wrote of an event; unknown keys are ignored.

    Raises
    ------
    KeyError
        If a key of the record is missing.
    """
    total = {name: None if value[name] is None else Total(**value[name]) for name in ("killed", "wounded")}
    sentence = value["sentence"]
    return Event(
        **{
            **_known(Event, value),
            **total,
            "trigger": _span(value["trigger"]),
            "when": _when(value["when"]),
            "roles": tuple(_spanned(Role, role) for role in value["roles"]),
            "place": None if value["place"] is None else _spanned(Place, value["place"]),
            "counts": tuple(_spanned(Count, count, "span", "source_span") for count in value["counts"]),
            "sentence": _span(sentence),
            "attribution": _attribution(value["attribution"]),
            "evidence": tuple(Evidence(**item) for item in value["evidence"]),
            "claims": tuple(_spanned(Claim, claim) for claim in value["claims"]),
            "also": tuple(value["also"]),
            "relations": tuple(Relation(**item) for item in value["relations"]),
            "alternatives": tuple(
                (name, tuple(_when(when) for when in whens)) for name, whens in value["alternatives"].items()
            ),
            "members": tuple(value["members"]),
            "triggers": tuple(_span(item) for item in value.get("triggers", ())),
            "sources": tuple(value.get("sources", ())),
        }
    )
