"""The grammar of time expressions: words with classes, and rules as patterns over classes, both read from data.

Every word of a text becomes one character that stands for the set of its classes, and every rule is a regex over such
characters. A rule never looks at the text itself, so that matching is linear and a rule reads like a phrase::

    pattern = "the? REL <u:UNIT>"

In a pattern a word in capitals is a class (or a macro, see ``[macros]``), one in small letters is that word, ``<x: >``
names a group, and ``( ) | ? {m,n} (?! )`` mean what they mean in a regex.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError

__all__ = ["OTHER", "Grammar", "Pattern", "Rule", "code", "grammar"]

FILES = ("dates_words.toml", "dates_calendar.toml", "dates_relative.toml", "dates_spans.toml")
OTHER = "."
FIRST_CODE = 0x100
KEYS = {
    "id",
    "pattern",
    "read",
    "type",
    "value",
    "example",
    "expect",
    "published",
    "after",
    "not_after",
    "mode",
    "options",
    "weight",
}
PART = re.compile(
    r"\s+|(?P<ahead>\(\?[=!])|<(?P<open>\w+):|(?P<name>[A-Z][A-Z0-9_]*)|(?P<word>'?[a-z][a-z0-9']*)"
    r"|(?P<times>\{\d+,\d+\}|\?)|(?P<mark>[()|>])|(?P<bad>.)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the name of the function that reads what it matched."""

    id: str
    pattern: re.Pattern[str]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    first: frozenset[str]
    read: str
    type: str
    value: str | None
    example: str
    expect: str
    published: str | None
    after: frozenset[str] | None
    not_after: frozenset[str]
    mode: str | None
    options: Mapping[str, Any]
    weight: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words, classes and rules, ready for matching.

    Attributes
    ----------
    values : mapping
        Class to word to the value of the word in that class.
    cues : mapping
        Name to words around an expression that decide how it is read.
    codes : mapping
        Set of classes to the character that stands for it.
    by_first : mapping
        Character to the rules that can begin with it, in the order of the files.
    """

    values: Mapping[str, Mapping[str, Any]]
    classes: Mapping[str, tuple[str, ...]]
    capital: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    codes: Mapping[frozenset[str], str]
    rules: tuple[Rule, ...]
    by_first: Mapping[str, tuple[Rule, ...]]
    starters: re.Pattern[str]

    def of_class(self, name: str) -> frozenset[str]:
        """The characters of all words that belong to a class."""
        return frozenset(code for classes, code in self.codes.items() if name in classes)


def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = {"words": {}, "cues": {}, "capital": {}, "macros": {}, "rule": []}
    for name in FILES:
        text = files("timeline").joinpath("lexicons", name).read_text(encoding="utf-8")
        try:
            loaded = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"is not TOML ({error})", where=name, advice="mend the line") from error
        for key, value in loaded.items():
            if key not in tables:
                raise LexiconError("unknown table", where=f"{name}:{key}", advice=f"use one of {sorted(tables)}")
            if key == "rule":
                tables[key].extend({**rule, "file": name} for rule in value)
            else:
                tables[key].update(value)
    return tables


def number_classes(text: str) -> frozenset[str]:
    """The classes of a token that begins with a digit (or an apostrophe before digits)."""
    if text.isdecimal():
        value, length = int(text[:9]), len(text)
        found = {"NUM"}
        if length <= 2:
            found |= {"YY"} if length == 2 else set()
            found |= {"DAY"} if 1 <= value <= 31 else set()
            found |= {"HOUR"} if value <= 24 else set()
            found |= {"MONTHNUM"} if 1 <= value <= 12 else set()
        if length == 4 and 1000 <= value <= 2099:
            found.add("YEAR")
        if length == 4 and value <= 2400:
            found.add("MILITARY")
        if 1 <= length <= 4 and value > 0:
            found.add("ANYYEAR")
        if length == 6:
            found.add("DDHHMM")
        return frozenset(found)
    return _shape_classes(text)


SHAPES = tuple(
    (re.compile(pattern), frozenset(classes))
    for pattern, *classes in (
        (r"\d{4}-\d\d?-\d\d?(T.*)?", "ISODATE"),
        (r"\d{4}/\d\d?/\d\d?", "ISODATE"),
        (r"\d\d?([/.-])\d\d?\1(\d{4}|\d\d)", "NUMDATE"),
        (r"9/11", "NINEELEVEN"),
        (r"\d\d?/\d\d?", "FRACTION", "SLASHED"),
        (r"\d\d?:\d\d(:\d\d)?", "CLOCK"),
        (r"\d\d?\.\d\d", "DECIMAL", "DOTCLOCK"),
        (r"['’]\d\d", "SHORTYEAR"),
        (r"['’]?\d{1,3}0['’]?s", "DECADE"),
        (r"\d+(st|nd|rd|th)", "ORDNUM", "ORD"),
        (r"\d[\d,]*\.\d+", "DECIMAL"),
        (r"\d[\d,]*", "NUM"),
        (r"\d{6}Z", "DDHHMM"),
        (r"[½¼¾]", "FRACTION"),
    )
)


def _shape_classes(text: str) -> frozenset[str]:
    for pattern, classes in SHAPES:
        if pattern.fullmatch(text):
            return classes
    return frozenset()


def _all_codes(words: Mapping[str, Mapping[str, Any]], literals: set[str]) -> dict[frozenset[str], str]:
    by_word: dict[str, set[str]] = {word: {word} for word in literals}
    for name, table in words.items():
        for word in table:
            by_word.setdefault(word, set()).add(name)
    signatures = {frozenset(found) for found in by_word.values()}
    samples = [
        *(
            str(value)
            for value in (
                0,
                1,
                12,
                24,
                13,
                25,
                31,
                32,
                "00",
                "01",
                "10",
                100,
                1000,
                1999,
                2000,
                2399,
                2500,
                12345,
                123456,
                1234567,
                "0000",
                "0900",
                "000",
            )
        )
    ]
    signatures |= {number_classes(sample) for sample in samples} | {classes for _, classes in SHAPES}
    ordered = sorted(signatures, key=sorted)
    return {signature: chr(FIRST_CODE + index) for index, signature in enumerate(ordered)}


@cache
def grammar() -> Grammar:
    """The grammar of the package, read once.

    Raises
    ------
    LexiconError
        If a rule has an unknown key, an unknown class, or a broken pattern.
    """
    tables = _tables()
    words = {name: _word_table(name, table) for name, table in tables["words"].items()}
    parsers = [Pattern(rule, tables["macros"]) for rule in tables["rule"]]
    literals = {word for parser in parsers for word in parser.literals}
    codes = _all_codes(words, literals)
    sets = {
        name: frozenset(code for classes, code in codes.items() if name in classes)
        for name in {name for classes in codes for name in classes}
    }
    rules = tuple(parser.compile(sets) for parser in parsers)
    starts = sorted({code for rule in rules for code in rule.first})
    by_first = {code: tuple(rule for rule in rules if code in rule.first) for code in starts}
    classes: dict[str, list[str]] = {}
    for name, table in words.items():
        for word in table:
            classes.setdefault(word, []).append(name)
    for word in literals:
        classes.setdefault(word, []).append(word)
    return Grammar(
        values=words,
        classes={word: tuple(names) for word, names in classes.items()},
        capital=frozenset(tables["capital"].get("words", ())),
        cues={name: frozenset(listed) for name, listed in tables["cues"].items()},
        codes=codes,
        rules=rules,
        by_first=by_first,
        starters=re.compile("[" + re.escape("".join(starts)) + "]"),
    )


def _word_table(name: str, table: Any) -> dict[str, Any]:
    if isinstance(table, list):
        return dict.fromkeys(table, True)
    if isinstance(table, dict):
        return table
    raise LexiconError("is neither a list nor a table", where=f"words.{name}", advice="list the words of the class")


@lru_cache(maxsize=1 << 16)
def code(text: str) -> str:
    """The character that stands for the classes of a word of the text."""
    known = grammar()
    if text[0].isdecimal() or (text[0] in "'’½¼¾" and text[-1:] != "t" and len(text) != 1 and text[1].isdecimal()):
        return known.codes.get(number_classes(text), OTHER)
    word = text.lower().replace("’", "'")
    if word in known.capital and text[0].islower():
        return OTHER
    names = known.classes.get(word)
    return OTHER if names is None else known.codes[frozenset(names)]


class Pattern:
    """A small parser: pattern to regex over codes, with the set of characters that it can begin with."""

    def __init__(self, entry: Mapping[str, Any], macros: Mapping[str, str]) -> None:
        self.entry, self.where = entry, f"{entry['file']}:{entry.get('id', '?')}"
        unknown = sorted(set(entry) - KEYS - {"file"})
        if unknown:
            raise LexiconError(f"unknown key {unknown[0]}", where=self.where, advice=f"use one of {sorted(KEYS)}")
        missing = [key for key in ("id", "pattern", "read", "example", "expect") if key not in entry]
        if missing:
            raise LexiconError(f"lacks {missing[0]}", where=self.where, advice="add it")
        self.parts = self._split(entry["pattern"], macros)
        near = [*entry.get("after", []), *entry.get("not_after", [])]
        self.literals = {text for kind, text in self.parts if kind == "word"} | {
            text for text in near if text.islower()
        }
        self.groups: dict[str, list[str]] = {}

    def _split(self, pattern: str, macros: Mapping[str, str]) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        for match in PART.finditer(pattern):
            kind = match.lastgroup
            if kind == "bad":
                raise LexiconError(f"cannot read {match.group()!r} in the pattern", where=self.where, advice="mend it")
            if kind == "name" and match.group() in macros:
                parts += [("mark", "("), *self._split(macros[match.group()], macros), ("mark", ")")]
            elif kind is not None:
                parts.append((kind, match.group(kind)))
        return parts

    def compile(self, sets: Mapping[str, frozenset[str]]) -> Rule:
        """The rule, with its pattern as a regex over the characters of the classes."""
        self.sets, self.at = sets, 0
        regex, first, empty = self._choice()
        if self.at != len(self.parts) or empty:
            raise LexiconError("pattern does not close or may be empty", where=self.where, advice="mend it")
        entry = self.entry
        return Rule(
            id=entry["id"],
            pattern=re.compile(regex),
            groups=tuple((name, tuple(names)) for name, names in self.groups.items()),
            first=first,
            read=entry["read"],
            type=entry.get("type", "DATE"),
            value=entry.get("value"),
            example=entry["example"],
            expect=entry["expect"],
            published=entry.get("published"),
            after=self._named(entry["after"]) if "after" in entry else None,
            not_after=self._named(entry.get("not_after", [])),
            mode=entry.get("mode"),
            options=entry.get("options", {}),
            weight=entry.get("weight", 0),
        )

    def _named(self, names: list[str]) -> frozenset[str]:
        return frozenset(code for name in names for code in self._set(name))

    def _set(self, name: str) -> frozenset[str]:
        if name not in self.sets:
            raise LexiconError(f"unknown class {name}", where=self.where, advice="add it under [words]")
        return self.sets[name]

    def _choice(self) -> tuple[str, frozenset[str], bool]:
        options = [self._row()]
        while self._peek() == ("mark", "|"):
            self.at += 1
            options.append(self._row())
        regex = "|".join(option[0] for option in options)
        first = frozenset().union(*(option[1] for option in options))
        return regex, first, any(option[2] for option in options)

    def _peek(self) -> tuple[str, str] | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def _row(self) -> tuple[str, frozenset[str], bool]:
        regex, first, empty = "", frozenset[str](), True
        while (part := self._peek()) is not None and part not in (("mark", "|"), ("mark", ")"), ("mark", ">")):
            piece, starts, nullable = self._item()
            regex += piece
            if empty:
                first |= starts
            empty = empty and nullable
        return regex, first, empty

    def _item(self) -> tuple[str, frozenset[str], bool]:
        kind, text = self.parts[self.at]
        self.at += 1
        if kind in ("name", "word"):
            codes = self._set(text)
            regex, first, empty = "[" + re.escape("".join(sorted(codes))) + "]", codes, False
        elif kind in ("ahead", "open") or text == "(":
            inner, first, empty = self._choice()
            closing = ("mark", ">" if kind == "open" else ")")
            if self._peek() != closing:
                raise LexiconError("a bracket does not close", where=self.where, advice="mend the pattern")
            self.at += 1
            if kind == "ahead":
                return f"{text}{inner})", frozenset(), True
            regex = f"(?:{inner})" if kind == "mark" else f"(?P<{self._group(text)}>{inner})"
        else:
            raise LexiconError(f"misplaced {text}", where=self.where, advice="mend the pattern")
        follow = self._peek()
        if follow is not None and follow[0] == "times":
            self.at += 1
            regex += follow[1]
            empty = empty or follow[1] == "?" or follow[1].startswith("{0")
        return regex, first, empty

    def _group(self, name: str) -> str:
        names = self.groups.setdefault(name, [])
        names.append(f"{name}__{len(names)}")
        return names[-1]
