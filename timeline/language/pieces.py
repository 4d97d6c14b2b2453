"""Words to word pieces of the encoder's vocabulary: lower case, without accents (WordPiece as BERT reads it)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

__all__ = ["MOST", "Vocabulary", "shape"]

MOST = 16  # pieces of one word that are read; what follows is left out
_LONGEST = 100
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def shape(word: str) -> int:
    """The class of a word's case, 1 to 7; 0 is kept for the marks around a sentence.

    Examples
    --------
    >>> [shape(word) for word in ("rebels", "Aleppo", "UN", "F16", "--", "A", "iPhone")]
    [1, 2, 3, 4, 5, 6, 7]
    """
    if any(character.isdigit() for character in word):
        return 4
    if not any(character.isalpha() for character in word):
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 6
    if word[0].isupper():
        return 2
    return 1 if word.islower() else 7


class Vocabulary:
    """The pieces that the encoder knows.

    Parameters
    ----------
    pieces : sequence of str
        In the order of their numbers; a piece inside a word begins with ``##``.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = tuple(pieces)
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces)}
        self.unknown, self.first, self.last = (self._numbers[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self.pieces_of = lru_cache(maxsize=50_000)(self._pieces_of)

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(word[: _LONGEST * MOST]):
            found.extend(self._longest_first(part))
            if len(found) >= MOST:
                break
        return tuple(found[:MOST]) or (self.unknown,)

    def _longest_first(self, part: str) -> list[int]:
        if len(part) > _LONGEST:
            return [self.unknown]
        found, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(part[start:end] if start == 0 else "##" + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _parts(word: str) -> list[str]:
    """A word as BERT normalises it, cut at every mark."""
    plain = unicodedata.normalize("NFD", _clean(word.translate(_STRAIGHT)))
    kept = (f" {letter} " if _is_mark(letter) else letter for letter in plain if unicodedata.category(letter) != "Mn")
    return "".join(kept).lower().split()


def _clean(word: str) -> str:
    return "".join(
        " "
        if character in "\t\n\r" or unicodedata.category(character) == "Zs"
        else f" {character} "
        if _is_han(character)
        else character
        for character in word
        if character in "\t\n\r"
        or (character not in "\0\ufffd" and not unicodedata.category(character).startswith("C"))
    )


def _is_mark(character: str) -> bool:
    return character in "$+<=>^`|~" or unicodedata.category(character).startswith("P")


def _is_han(character: str) -> bool:
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2CEAF or 0xF900 <= code <= 0xFAFF
    )
