"""Lemmas: a table of irregular forms, then the endings."""

from __future__ import annotations

import re

from timeline.language.tables import lemmas_of

__all__ = ["lemma"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_VOWELS = "aeiou"


def lemma(word: str, pos: str, tag: str) -> str:
    """The dictionary form of a word of a given class.

    Parameters
    ----------
    pos : str
        Universal part of speech.
    tag : str
        Penn Treebank tag.

    Examples
    --------
    >>> lemma("fled", "VERB", "VBD"), lemma("Shelling", "NOUN", "NN"), lemma("wives", "NOUN", "NNS")
    ('flee', 'shelling', 'wife')
    """
    plain = _INVISIBLE.sub("", word).replace("’", "'") or word
    if pos == "PROPN":
        return _without_s(plain) if tag == "NNPS" and not plain.isupper() else plain
    low = plain.lower()
    if any(character.isdigit() for character in low):
        return low
    known = lemmas_of("lemmas.csv").get((low, tag))
    if known is not None:
        return known
    if tag in ("NNS", "VBZ"):
        return _without_s(low)
    if tag in ("VBD", "VBN"):
        return _without_ed(low)
    if tag == "VBG":
        return _base(low[:-3]) if low.endswith("ing") and len(low) > 4 else low
    if tag in ("JJR", "RBR"):
        return _degree(low, "er")
    if tag in ("JJS", "RBS"):
        return _degree(low, "est")
    return low


def _without_s(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _without_ed(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    return _base(word[:-2]) if word.endswith("ed") and len(word) > 3 else word


def _base(stem: str) -> str:
    """A verb without its ending: a doubled consonant undone, a silent e put back."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfzaeiou":
        return stem[:-1]
    if stem.endswith(
        ("at", "iz", "is", "ys", "ur", "ir", "v", "c", "u", "dg", "ng", "rg", "bl", "pl", "tl", "dl", "gl")
    ):
        return stem if stem.endswith(("ang", "ong", "ung", "oat", "eat", "eed")) else stem + "e"
    if len(stem) > 2 and stem[-1] not in "wxyaeiou" and stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        return stem + "e" if _syllables(stem) == 1 and stem[-1] not in "rln" else stem
    return stem


def _syllables(stem: str) -> int:
    return len(re.findall("[aeiouy]+", stem))


def _degree(word: str, ending: str) -> str:
    if not word.endswith(ending) or len(word) < len(ending) + 3:
        return word
    stem = word[: -len(ending)]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lse" else stem
