"""Where a sentence ends without a mark that says so: weights learned from treebanks (averaged perceptron)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from timeline.language.tables import weights_of
from timeline.language.treebank import Gold

__all__ = ["break_score", "learn", "paragraphs_of"]

_ROUNDS = 6
_MARGIN = 2.0
_SMALLEST = 0.6  # weights nearer to 0 are left out
_FAR = 6


def break_score(words: Sequence[str], glued: Sequence[bool], place: int, begin: int) -> float:
    """How much speaks for a sentence break before a word; above 0 it is likelier than not.

    Parameters
    ----------
    words : sequence of str
        The words of a paragraph.
    glued : sequence of bool
        Whether a word follows the one before it without a blank.
    place : int
        The word that might begin a sentence.
    begin : int
        The word with which the present sentence begins.
    """
    weights = weights_of("breaks.tsv")
    return sum(weights.get(feature, 0.0) for feature in _features(words, glued, place, begin))


def _features(words: Sequence[str], glued: Sequence[bool], place: int, begin: int) -> Iterator[str]:
    before, after = words[place - 1], words[place]
    earlier = words[place - 2] if place - 2 >= begin else ""
    later = words[place + 1] if place + 1 < len(words) else ""
    low_before, low_after = before.lower(), after.lower()
    gap = "+" if glued[place] else "_"
    kinds = _kind(earlier), _kind(before), _kind(after), _kind(later)
    pair = f"{kinds[1]}{gap}{kinds[2]}"
    far = min(place - begin, _FAR)
    yield f"a{pair}"
    yield f"b{pair}{kinds[3]}"
    yield f"c{kinds[0]}{pair}"
    yield f"d{low_before}{gap}{kinds[2]}"
    yield f"e{low_after}{gap}{kinds[1]}"
    yield f"f{far}{kinds[1]}{kinds[2]}"
    yield f"g{kinds[0]}{pair}{kinds[3]}"
    yield f"h{earlier.lower()}|{kinds[1]}{kinds[2]}"
    yield f"i{low_after}|{kinds[3]}"
    yield f"k{far}{low_before}|{kinds[2]}"
    yield f"l{later.lower()}|{kinds[2]}{kinds[1]}"
    yield f"m{words[begin].lower()}|{kinds[1]}{kinds[2]}"


def _kind(word: str) -> str:
    if not word:
        return "^"
    if any(character.isdigit() for character in word):
        return "9"
    if not word[0].isalpha():
        return word[:2]
    if word.isupper() and len(word) > 1:
        return "X"
    return "x" if word[0].islower() else "T"


def learn(paragraphs: Sequence[tuple[Sequence[str], Sequence[bool], frozenset[int]]], *, seed: int) -> dict[str, float]:
    """The weights that tell the first words of sentences from the others.

    Parameters
    ----------
    paragraphs : sequence of (words, glued, first words)
        The last are the places at which sentences begin.
    """
    dice = random.Random(seed)  # noqa: S311
    order = list(paragraphs)
    weights: dict[str, float] = {}
    sums: dict[str, float] = {}
    clock = 1
    for _ in range(_ROUNDS):
        dice.shuffle(order)
        for words, glued, firsts in order:
            begin = 0
            for place in range(1, len(words)):
                goal = 1 if place in firsts else -1
                features = list(_features(words, glued, place, begin))
                if goal * sum(weights.get(feature, 0.0) for feature in features) <= _MARGIN:
                    for feature in features:
                        weights[feature] = weights.get(feature, 0.0) + goal
                        sums[feature] = sums.get(feature, 0.0) + goal * clock
                clock += 1
                if goal > 0:
                    begin = place
    mean = {feature: round(weight - sums[feature] / clock, 1) for feature, weight in weights.items()}
    return {feature: weight for feature, weight in sorted(mean.items()) if abs(weight) >= _SMALLEST}


def paragraphs_of(
    documents: Iterable[Sequence[Gold]],
) -> list[tuple[Sequence[str], Sequence[bool], frozenset[int]]]:
    """Gold paragraphs in the form that :func:`learn` takes."""
    found: list[tuple[Sequence[str], Sequence[bool], frozenset[int]]] = []
    for document in documents:
        words = [word for gold in document for word in gold.words]
        spaces = [space for gold in document for space in gold.spaces]
        firsts = accumulate([0, *(len(gold.words) for gold in document)])
        found.append((words, [False, *(not space for space in spaces[:-1])], frozenset(firsts)))
    return found
