"""Numbers as printed, in digits or words, and the words of quantity as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError
from timeline.language.document import Document, Token
from timeline.records import Qualifier

__all__ = ["Quantity", "is_in_date", "numeral_at", "quantity_words"]

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d{1,2}")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_SMALL = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Bounds in persons with the tokens (first to last, inclusive) that print them; None is open or unknown."""

    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    first: int
    last: int
    negated: bool = False


@cache
def quantity_words() -> Mapping[str, Any]:
    """The tables of ``lexicons/quantities.toml``.

    Raises
    ------
    LexiconError
        If a qualifier has an unknown name or no example.
    """
    table = tomllib.loads((files("timeline") / "lexicons" / "quantities.toml").read_text("utf-8"))
    for entry in table["qualifier"]:
        unknown = set(entry) - {"id", "before", "after", "example", "expect"}
        if unknown or "example" not in entry:
            raise LexiconError(
                f"bad keys {sorted(unknown)} or no example", where=f"quantities.toml:{entry.get('id')}", advice="fix it"
            )
    return table


@cache
def _word_value(words: str) -> int | None:
    from text_to_num import text2num

    try:
        return int(text2num(words, "en"))
    except ValueError:
        return None


def _is_number_word(token: Token) -> bool:
    word = token.text.lower()
    return word in _SMALL or word in quantity_words()["units"] or all(part in _SMALL for part in word.split("-"))


def _digits(word: str) -> int | None:
    if _DIGITS.fullmatch(word):
        return int(word.replace(",", "").replace(" ", ""))
    return None


def is_in_date(document: Document, token: Token) -> bool:
    """Whether a number stands beside the name of a month."""
    around = document.tokens[max(0, token.index - 1) : token.index + 2]
    return any(word.lemma.lower() in _MONTHS and word.text[0].isupper() for word in around)


def numeral_at(document: Document, index: int) -> Quantity | None:
    """The number that begins at a token, in digits or words, without its qualifiers.

    Examples
    --------
    >>> from timeline.language import read
    >>> numeral_at(read("Twenty-two people were hurt."), 0).best
    22
    """
    found = None if is_in_date(document, document.tokens[index]) else _numeral(document, index)
    return None if found is None or _is_age(document, found.last) else found


def _is_age(document: Document, last: int) -> bool:
    """Whether "year old" or the like stands behind the number: it counts years, not people."""
    words = [token.text.lower() for token in document.tokens[last + 1 : last + 5] if token.text != "-"]
    return words[:1] in (["year"], ["years"], ["month"], ["months"]) and words[1:2] in (["old"], ["olds"])


def _numeral(document: Document, index: int) -> Quantity | None:
    tokens = document.tokens
    end = document.sentence_of(index).tokens[-1].index
    units = quantity_words()["units"]
    word = tokens[index].text
    value = _digits(word)
    last = index
    if value is None and _DECIMAL.fullmatch(word) and index < end and tokens[index + 1].text.lower() in units:
        number = float(word) * units[tokens[index + 1].text.lower()]
        return Quantity(int(number), int(number), int(number), "exact", index, index + 1)
    if value is not None:
        while last < end and tokens[last + 1].text.lower() in units:
            last += 1
            value *= units[tokens[last].text.lower()]
        return Quantity(value, value, value, "exact", index, last)
    return _number_words(document, index, end)


def _halved(whole: Quantity, first: int) -> Quantity:
    """Half of a quantity: "half a million"."""
    value = (whole.best or 0) // 2
    return Quantity(value, value, value, "about", first, whole.last)


def _number_words(document: Document, index: int, end: int) -> Quantity | None:
    tokens, units = document.tokens, quantity_words()["units"]
    first_word = tokens[index].text.lower()
    if first_word == "half" and index + 1 < end and tokens[index + 1].text.lower() in {"a", "an"}:
        whole = _number_words(document, index + 1, end)
        return None if whole is None else _halved(whole, index)
    article = first_word in {"a", "an", "half"} and index < end and tokens[index + 1].text.lower() in units
    if not article and not _is_number_word(tokens[index]):
        return None
    words, last = [] if article else [first_word], index
    while last < end:
        word = tokens[last + 1].text.lower()
        joined = word == "and" and last + 1 < end and words and words[-1] in {"hundred", "thousand"}
        if (joined and _is_number_word(tokens[last + 2])) or _is_number_word(tokens[last + 1]):
            words.append(word)
        elif word == "-" and last + 1 < end and _is_number_word(tokens[last + 2]):
            words.append(" ")
        else:
            break
        last += 1
    multiplier, rest = 1, list(words)
    for unit in ("dozen", "score", "lakh", "crore"):
        if rest and rest[-1] == unit:
            multiplier, rest = units[unit], rest[:-1]
    spoken = " ".join(rest).replace("-", " ")
    if article and rest:
        spoken = "one " + spoken
    value = _word_value(" ".join(spoken.split())) if rest else 1
    if value is None:
        return None
    value *= multiplier
    if first_word == "half":
        value //= 2
    behind = [token.text.lower() for token in tokens[last + 1 : min(last + 3, end) + 1]]
    if behind == ["and", "a", "half"] and words[-1] in {"million", "billion"}:
        value, last = value + units[words[-1]] // 2, last + 3
    about: Qualifier = "about" if words[-1] in {"dozen", "score"} or article else "exact"
    return Quantity(value, value, value, about, index, last)
