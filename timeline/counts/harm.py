"""The words that say that people were harmed, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError
from timeline.records import Harm

__all__ = ["HarmRule", "HarmWords", "harm_words"]

_SLOTS = ("object", "subject", "of", "head", "bearer")


@dataclass(frozen=True, slots=True)
class HarmRule:
    """A harm predicate and where in the sentence the harmed stand."""

    id: str
    harm: Harm
    victim: str
    example: str
    expect: str
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    particle: str | None = None
    result: tuple[str, ...] = ()
    with_object: tuple[str, ...] = ()
    with_oblique: tuple[str, ...] = ()
    without_case: tuple[str, ...] = ()
    plural: bool = False
    fighters: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class HarmWords:
    """All tables of ``lexicons/harm.toml``, the rules indexed by lemma and kind of word."""

    rules: tuple[HarmRule, ...]
    by_word: Mapping[tuple[str, str], tuple[HarmRule, ...]]
    toll: Mapping[str, Any]
    perpetrators: Mapping[str, Any]
    causes: frozenset[str]
    phrases: tuple[str, ...]
    nonpersons: frozenset[str]
    harmless: frozenset[str]
    habits: frozenset[str]


def _rule(entry: Mapping[str, Any]) -> HarmRule:
    name = f"harm.toml:{entry.get('id')}"
    unknown = set(entry) - set(HarmRule.__dataclass_fields__)
    if unknown:
        raise LexiconError(f"unknown key {sorted(unknown)[0]!r}", where=name, advice="remove or correct it")
    missing = {"id", "harm", "victim", "example", "expect"} - set(entry)
    if missing:
        raise LexiconError(f"missing key {sorted(missing)[0]!r}", where=name, advice="add it")
    if entry["victim"] not in _SLOTS:
        raise LexiconError(f"victim {entry['victim']!r} is not one of {_SLOTS}", where=name, advice="correct it")
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return HarmRule(**{**entry, **lists})


@cache
def harm_words() -> HarmWords:
    """The packaged harm words, checked.

    Raises
    ------
    LexiconError
        If an entry has an unknown or missing key.
    """
    table = tomllib.loads((files("timeline") / "lexicons" / "harm.toml").read_text("utf-8"))
    rules = tuple(_rule(entry) for entry in table["harm"])
    index: dict[tuple[str, str], list[HarmRule]] = {}
    for rule in rules:
        for kind in ("verb", "noun", "adjective"):
            for word in getattr(rule, kind):
                index.setdefault((kind, word), []).append(rule)
    gate = table["gate"]
    return HarmWords(
        rules=rules,
        by_word={key: tuple(value) for key, value in index.items()},
        toll=table["toll"],
        perpetrators=table["perpetrators"],
        causes=frozenset(gate["causes"]),
        phrases=tuple(gate["phrases"]),
        nonpersons=frozenset(gate["nonpersons"]),
        harmless=frozenset(gate["harmless"]),
        habits=frozenset(gate["habits"]),
    )
