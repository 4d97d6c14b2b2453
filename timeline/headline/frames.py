"""The frames and word lists behind a headline, read from ``lexicons/headlines.toml`` and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError

_FILE = "lexicons/headlines.toml"
_KEYS = {
    "type",
    "subtype",
    "subject",
    "object",
    "verb",
    "alone",
    "passive",
    "thing",
    "noun",
    "harm",
    "tails",
    "direct",
    "direct_verb",
    "direct_passive",
    "example",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """How a type of event is put into words; each verb phrase is (plural, singular, participle)."""

    subject: tuple[str, ...]
    object: tuple[str, ...]
    verb: tuple[str, str, str]
    alone: tuple[str, str, str] | None
    passive: str | None
    thing: str | None
    noun: str
    harm: str | None
    tails: tuple[tuple[str, str], ...]
    example: str
    direct: tuple[str, ...] = ()
    direct_verb: tuple[str, str, str] | None = None
    direct_passive: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """All frames by type and subtype, and the word lists."""

    frames: Mapping[tuple[str, str | None], Frame]
    words: Mapping[str, frozenset[str]]


def _forms(value: Any, where: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in str(value).split("|")]
    if len(parts) != 3 or not all(parts):
        raise LexiconError("a verb needs three forms", where=where, advice='write "plural | singular | participle"')
    return parts[0], parts[1], parts[2]


def _frame(entry: Mapping[str, Any], where: str) -> Frame:
    if unknown := sorted(set(entry) - _KEYS):
        raise LexiconError(f"unknown key {unknown[0]!r}", where=where, advice=f"keys are {', '.join(sorted(_KEYS))}")
    for key in ("type", "subject", "object", "verb", "noun", "example"):
        if key not in entry:
            raise LexiconError(f"has no {key!r}", where=where)
    return Frame(
        subject=tuple(entry["subject"]),
        object=tuple(entry["object"]),
        verb=_forms(entry["verb"], where),
        alone=_forms(entry["alone"], where) if "alone" in entry else None,
        passive=entry.get("passive"),
        thing=entry.get("thing"),
        noun=entry["noun"],
        harm=entry.get("harm"),
        tails=tuple((role, words) for role, words in entry.get("tails", ())),
        example=entry["example"],
        direct=tuple(entry.get("direct", ())),
        direct_verb=_forms(entry["direct_verb"], where) if "direct_verb" in entry else None,
        direct_passive=entry.get("direct_passive"),
    )


@cache
def book() -> Book:
    """The frames that ship with the library."""
    data = tomllib.loads((files("timeline") / _FILE).read_text(encoding="utf-8"))
    frames: dict[tuple[str, str | None], Frame] = {}
    for number, entry in enumerate(data["frame"], 1):
        where = f"{_FILE}: frame {number} ({entry.get('type')}/{entry.get('subtype')})"
        key = (entry.get("type"), entry.get("subtype"))
        if key in frames:
            raise LexiconError("stands twice", where=where)
        frames[key] = _frame(entry, where)
    return Book(frames, {name: frozenset(words) for name, words in data["words"].items()})
