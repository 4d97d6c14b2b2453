"""Sentences in numbers, in the order in which the network sees them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from timeline.language.pieces import Vocabulary, shape
from timeline.language.treebank import Gold

__all__ = ["Example", "epoch_batches", "example", "in_batches", "recased", "unfinished"]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence in numbers, with the weights of its corpus."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    owner: tuple[int, ...]
    gold: Gold
    syntax: float
    names: float
    events: float = 0.0
    harms: float = 0.0


def example(
    gold: Gold,
    vocabulary: Vocabulary,
    *,
    syntax: float = 1.0,
    names: float = 1.0,
    events: float = 0.0,
    harms: float = 0.0,
) -> Example:
    """A sentence in numbers."""
    ids, shapes, first, owner = [vocabulary.first], [0], [], [-1]
    for place, word in enumerate(gold.words):
        pieces = vocabulary.pieces_of(word)
        first.append(len(ids))
        ids.extend(pieces)
        shapes.extend([shape(word)] * len(pieces))
        owner.extend([place] * len(pieces))
    return Example(
        (*ids, vocabulary.last), (*shapes, 0), tuple(first), (*owner, -1), gold, syntax, names, events, harms
    )


def recased(item: Example, how: str) -> Example:
    """The example as if it were printed in capitals, in small letters or as a title."""
    words = item.gold.words
    if how == "capitals":
        changed = [word.upper() for word in words]
    elif how == "small":
        changed = [word.lower() for word in words]
    else:
        changed = [
            word if len(word) < 4 and place and word.islower() else word[:1].upper() + word[1:]
            for place, word in enumerate(words)
        ]
    kinds = [shape(word) for word in changed]
    return replace(item, shapes=tuple(0 if place < 0 else kinds[place] for place in item.owner))


def unfinished(item: Example, vocabulary: Vocabulary) -> Example:
    """The example without its last mark, unless something hangs on it."""
    gold = item.gold
    last = len(gold.words)
    if last < 3 or gold.events is not None:
        return item
    if gold.heads is None or gold.poss is None or gold.tags is None or gold.deps is None:
        return item
    if gold.poss[-1] != "PUNCT" or last in gold.heads or gold.heads[-1] == 0:
        return item
    shorter = Gold(
        gold.words[:-1],
        gold.spaces[:-1],
        gold.names[:-1],
        gold.tags[:-1],
        gold.poss[:-1],
        gold.heads[:-1],
        gold.deps[:-1],
    )
    return example(shorter, vocabulary, syntax=item.syntax, names=item.names)


def epoch_batches(
    corpora: Sequence[tuple[float, Sequence[Example]]], config: Mapping[str, Any], vocabulary: Vocabulary, epoch: int
) -> list[list[Example]]:
    """The batches of one epoch; they depend on the seed and the epoch alone."""
    dice = random.Random(f"{config['seed']}-{epoch}")  # noqa: S311
    casing = config["casing"]
    chosen = []
    for share, examples in corpora:
        often, rest = divmod(share, 1.0)
        for item in [*list(examples) * int(often), *dice.sample(list(examples), int(len(examples) * rest))]:
            picked = unfinished(item, vocabulary) if dice.random() < casing["unfinished"] else item
            throw = dice.random()
            for how in ("capitals", "small", "title"):
                if 0 <= throw < casing[how]:
                    picked = recased(picked, how)
                throw -= casing[how]
            chosen.append((len(picked.ids) + dice.random() * 6, picked))
    chosen.sort(key=_size)
    batches = list(in_batches([item for _, item in chosen], config["cells"]))
    dice.shuffle(batches)
    return batches


def _size(pair: tuple[float, Example]) -> float:
    return pair[0]


def in_batches(examples: Sequence[Example], cells: int) -> Iterator[list[Example]]:
    """Examples of about the same length in batches of so many pieces."""
    batch: list[Example] = []
    for item in examples:
        if batch and len(item.ids) * (len(batch) + 1) > cells:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
