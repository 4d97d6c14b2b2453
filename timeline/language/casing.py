"""Paragraphs printed in capitals or without any, as in older wire copy and headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

__all__ = ["Casing", "casing", "truecased"]

Casing = Literal["usual", "capitals", "small"]

_FEWEST = 12  # letters that a verdict needs
_MOSTLY = 0.85
_PROPER = frozenset({"NNP", "NNPS"})


def casing(text: str) -> Casing:
    """How a paragraph is printed.

    Examples
    --------
    >>> casing("REBELS SEIZE TOWN, TROOPS FLEE"), casing("rebels seize town, troops flee"), casing("UN: NATO")
    ('capitals', 'small', 'usual')
    """
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    if upper + lower < _FEWEST:
        return "usual"
    if upper > _MOSTLY * (upper + lower):
        return "capitals"
    return "small" if upper == 0 and text.count(" ") > 2 else "usual"


def truecased(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Words as they would be printed in mixed case, given a first guess of their tags.

    Examples
    --------
    >>> truecased(["REBELS", "SEIZE", "AZAZ"], ["NNS", "VBP", "NNP"])
    ['Rebels', 'seize', 'Azaz']
    """
    printed = []
    for place, (word, tag) in enumerate(zip(words, tags, strict=True)):
        proper = tag in _PROPER or place == 0
        printed.append(word[:1].upper() + word[1:].lower() if proper else word.lower())
    return printed
