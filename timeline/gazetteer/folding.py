"""One written form for names that are spelt with and without marks, hyphens and articles."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "skeleton"]

_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e",
        "-": " ", "‐": " ", "‑": " ", "–": " ", "_": " ", "/": " ", ",": " ",
        "'": None, "’": None, "‘": None, "`": None, "ʿ": None, "ʾ": None, "ʼ": None, "ʻ": None, "´": None, ".": None,
        "“": None, "”": None, '"': None,
    }
)  # fmt: skip


def fold(name: str) -> str:
    """Lower case without accents, apostrophes, dots and hyphens, words one space apart.

    Examples
    --------
    >>> fold("Ḩimş"), fold("Al-Ḥasakah"), fold("U.S.")
    ('hims', 'al hasakah', 'us')
    """
    if name.isascii():
        return " ".join(name.lower().translate(_PLAIN).split())
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(_PLAIN).split())


def skeleton(name: str) -> str:
    """The consonants of a name in one spelling: what the transcriptions of one Arabic name have in common.

    Examples
    --------
    >>> skeleton("al-Mahmoudiya"), skeleton("Mahmudiyah"), skeleton("Tuz Khormato"), skeleton("Tuz Khurmatu")
    ('mhmd', 'mhmd', 'tzrmt', 'tzrmt')
    """
    parts = [part for part in fold(name).split() if part not in _ARTICLES]
    word = "".join(parts) or "".join(fold(name).split())
    for pair, letter in _SOUNDS:
        word = word.replace(pair, letter)
    kept = [char for index, char in enumerate(word) if (index == 0 or char not in "aeiouyw") and char.isalpha()]
    out = [char for index, char in enumerate(kept) if index == 0 or char != kept[index - 1]]
    if len(out) > 1 and out[-1] == "h":
        out.pop()
    if out and out[0] in "eiouy":
        out[0] = "a"
    return "".join(out)


_ARTICLES = frozenset("al el as ash ad ar at az an adh ath ez es ed e i ul".split())
_SOUNDS = tuple(pair.split(":") for pair in "gh:g kh:h dh:d th:t sh:s ch:s q:k c:k zh:z dj:j".split())
