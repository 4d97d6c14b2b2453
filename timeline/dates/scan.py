"""From a text to the places where rules of the grammar match: one pass of a tokenising regex, then rules over codes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from timeline.dates.grammar import Rule, code, grammar

__all__ = ["Match", "Words", "matches", "words"]

TOKEN = re.compile(
    r"""
    [$€£¥]\s?\d[\d.,]*                                            # money is one token and no number
    | \d{4}-\d\d?-\d\d?(?:T\d\d:?\d\d(?::?\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])
    | \d{4}/\d\d?/\d\d?(?![\w/])
    | \d\d?/\d\d?/(?:\d{4}|\d\d)(?![\w/]) | \d\d?\.\d\d?\.(?:\d{4}|\d\d)(?!\w|\.\d) | \d\d?-\d\d?-\d{4}(?![\w-])
    | \d{6}Z(?!\w) | \d\d?/\d\d?(?![\w/])
    | \d\d?:\d\d(?::\d\d)?(?![\d:])
    | ['’]?\d{1,3}0['’]?s(?!\w) | ['’]\d\d(?!\w)
    | \d+(?:st|nd|rd|th)(?!\w)
    | \d[\d,]*\d\.\d+ | \d\.\d+ | \d{1,3}(?:,\d{3})+(?!\d) | \d+ | [½¼¾]
    | (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.(?=[\s,]*\d)
    | (?:mon|tues?|wed|thur?s?|fri|sat|sun)\.(?=,\s(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec))
    | [ap]\.\s?m\.? | b\.\s?c\.(?:\s?e\.)? | b\.c(?!\w) | a\.\s?d\. | c\.(?=\s?\d) | ca\.
    | [^\W\d_]\w* (?:['’](?!s\b)[^\W\d_]+)?
    | ['’]s(?!\w)
    | \n[ \t\r]*\n
    | [^\w\s]
    """,
    re.VERBOSE | re.IGNORECASE,
)
SENTENCE_END = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: offsets, and one character of the grammar for each."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    codes: str

    def word(self, index: int) -> str:
        """A word as printed; nothing outside the text."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""

    def lower(self, index: int) -> str:
        """A word in small letters."""
        return self.word(index).lower().replace("’", "'")

    def at(self, offset: int) -> int:
        """The word that covers the offset, else the next one to the left."""
        return max(bisect_right(self.starts, offset) - 1, 0)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule at a place: words first to last, both inclusive, and the words of its groups."""

    rule: Rule
    words: Words
    first: int
    last: int
    groups: dict[str, tuple[int, int]]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.words.ends[self.last]

    @property
    def text(self) -> str:
        """The characters that matched."""
        return self.words.text[self.start : self.end]

    def has(self, group: str) -> bool:
        """Whether the group took part."""
        return group in self.groups

    def parts(self, group: str) -> list[str]:
        """The words of a group in small letters; none if it took no part."""
        if group not in self.groups:
            return []
        first, end = self.groups[group]
        return [self.words.lower(index) for index in range(first, end)]

    def get(self, group: str, name: str, default: Any = None) -> Any:
        """The value in a class of the first word of a group that belongs to it."""
        table = grammar().values.get(name, {})
        for word in self.parts(group):
            if word in table:
                return table[word]
        return default

    def number(self, group: str) -> int | None:
        """The value of the first word of a group that is a number or an ordinal in digits."""
        for word in self.parts(group):
            digits = re.match(r"['’]?(\d+)", word)
            if digits:
                return int(digits.group(1)[:9])
        return None


def words(text: str) -> Words:
    """Cut a text into words, in one pass."""
    starts, ends, codes = [], [], []
    for found in TOKEN.finditer(text):
        start, end = found.span()
        starts.append(start)
        ends.append(end)
        codes.append(code(found.group()))
    return Words(text, tuple(starts), tuple(ends), "".join(codes))


def _at(rule: Rule, cut: Words, position: int) -> Match | None:
    before = cut.codes[position - 1] if position else None
    if before in rule.not_after or (rule.after is not None and before not in rule.after):
        return None
    found = rule.pattern.match(cut.codes, position)
    if found is None:
        return None
    groups = {}
    for name, variants in rule.groups:
        for variant in variants:
            if found.end(variant) > found.start(variant):
                groups[name] = found.span(variant)
                break
    return Match(rule, cut, position, found.end() - 1, groups)


def candidates(cut: Words, position: int) -> list[Match]:
    """All rules that match at a word, the longest first, then in the order of the grammar."""
    rules = grammar().by_first.get(cut.codes[position], ())
    found = [match for rule in rules if (match := _at(rule, cut, position)) is not None]
    if len(found) > 1:
        found.sort(key=lambda match: -match.last - match.rule.weight)
    return found


def matches(cut: Words) -> Generator[list[Match], int | None, None]:
    """Candidates for every place where a rule can begin.

    The receiver sends back the last word that the chosen candidate takes, or None if it takes none.
    """
    position, starters = 0, grammar().starters
    while (found := starters.search(cut.codes, position)) is not None:
        position = found.start()
        options = candidates(cut, position)
        taken: int | None = (yield options) if options else None
        position = position + 1 if taken is None else taken + 1
