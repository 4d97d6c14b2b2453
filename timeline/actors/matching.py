"""Known names in a text: the longest entries of the lexicons that begin at each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from timeline.gazetteer import (
    Group,
    People,
    Seat,
    demonyms,
    fold,
    group_names,
    is_acronym,
    peoples,
    seats,
    state_names,
    states,
    words,
)
from timeline.language.document import Document, Sentence
from timeline.records import Actor

__all__ = ["Entry", "Hit", "known_names"]

LONGEST = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """What a known name can stand for."""

    groups: tuple[Group, ...] = ()
    actors: tuple[Actor, ...] = ()
    state: str | None = None
    capital: str | None = None
    seat: Seat | None = None
    people: People | None = None
    demonym: str | None = None
    trap: bool = False
    defined: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name: tokens first to last, both inclusive."""

    first: int
    last: int
    key: str
    type: Literal["group", "actor", "state", "capital", "seat", "people", "demonym", "trap", "defined"]
    entry: Entry


def _merge(table: dict[str, dict[str, object]], key: str, field: str, value: object) -> None:
    if key:
        table.setdefault(key, {}).setdefault(field, value)


@cache
def _entries() -> Mapping[str, Entry]:
    table: dict[str, dict[str, object]] = {}
    for key, groups in group_names().items():
        _merge(table, key, "groups", groups)
    for key, code in state_names().items():
        _merge(table, key.upper() if key in _CAPITALS else key, "state", code)
    for code, state in states().items():
        for city in (state.capital, *state.capital_aliases):
            _merge(table, fold(city), "capital", code)
    for key, seat in seats().items():
        if seat.country:
            _merge(table, key, "seat", seat)
    for word, people in peoples().items():
        _merge(table, fold(word), "people", people)
    for word, code in demonyms().items():
        _merge(table, word if is_acronym(word) else fold(word), "demonym", code)
    for phrase in words("trap"):
        _merge(table, fold(phrase), "trap", True)
    return {key: Entry(**fields) for key, fields in table.items()}  # type: ignore[arg-type]


_CAPITALS = frozenset({"us", "uk", "usa", "uae", "car", "drc", "prc", "rsa", "roc", "rok", "krg", "sadr", "ksa"})


@cache
def _prefixes() -> frozenset[str]:
    return prefixes(_entries())


def prefixes(keys: Mapping[str, object]) -> frozenset[str]:
    """All beginnings of keys at a word border, the keys themselves among them."""
    found: set[str] = set()
    for key in keys:
        parts = fold(key).split()
        found.update(" ".join(parts[: count + 1]) for count in range(len(parts)))
    return frozenset(found)


def known_names(
    document: Document, sentence: Sentence, own: Mapping[str, Entry], own_prefixes: frozenset[str]
) -> Iterator[Hit]:
    """Yield the longest known names from left to right, without overlap; entries of the caller go first."""
    tokens, text = sentence.tokens, document.text
    tables, starts = (own, _entries()), (own_prefixes, _prefixes())
    position = 0
    while position < len(tokens):
        found = None
        for end in range(position, min(len(tokens), position + LONGEST)):
            raw = text[tokens[position].start : tokens[end].end]
            key = fold(raw)
            if not key or not any(key in keys for keys in starts):
                if key and end + 1 < len(tokens) and tokens[end + 1].text in {"'s", "’s", "'", "’"}:
                    continue
                break
            if not any(char.isalnum() or char == ")" for char in tokens[end].text):
                continue
            for table in tables:
                entry = _entry(table, raw, key)
                hit = entry and _hit(tokens[position].index, tokens[end].index, raw, key, entry)
                if hit:
                    found = hit
                    break
        if found:
            yield found
        position += found.last - found.first + 1 if found else 1


def _entry(table: Mapping[str, Entry], raw: str, key: str) -> Entry | None:
    if is_acronym(raw) and raw in table:
        return table[raw]
    return table.get(_dotted(raw)) or table.get(key)


def _dotted(raw: str) -> str:
    return raw.replace(".", "") if "." in raw and raw.isupper() else ""


def _hit(first: int, last: int, raw: str, key: str, entry: Entry) -> Hit | None:
    if entry.trap:
        return Hit(first, last, key, "trap", entry)
    if not any(char.isupper() for char in raw) and not (
        entry.groups and any(raw in (group.name, *group.aliases) for group in entry.groups)
    ):
        return None
    if raw.lower() in _CAPITALS and not raw.isupper():
        return None
    if entry.actors:
        return Hit(first, last, key, "actor", entry)
    if entry.groups:
        return Hit(first, last, key, "group", entry)
    if entry.defined:
        return Hit(first, last, key, "defined", entry)
    if entry.state:
        return Hit(first, last, key, "state", entry)
    if entry.seat:
        return Hit(first, last, key, "seat", entry)
    if entry.demonym:
        return Hit(first, last, key, "demonym", entry)
    if entry.people:
        return Hit(first, last, key, "people", entry)
    return Hit(first, last, key, "capital", entry) if entry.capital else None
