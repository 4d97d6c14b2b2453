"""Whether the text around a word is about conflict or about something else: sport, markets, weather, arts ...

Counts of words that speak for conflict and for the strongest other subject, in the sentence, the paragraph and the
article, without the word itself; a small logistic model weighs them. Its weights are data in this file and can be read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from timeline.language import Document
from timeline.lexicon import Cues

__all__ = ["Topic"]

WEIGHTS = (1.7, 0.35, -2.0, 0.6, -1.5, 1.0, -1.7)


@dataclass(frozen=True)
class Topic:
    """Subject matter of the parts of a document.

    Parameters
    ----------
    document : Document
    keys : sequence of str
        Lemma of every token, lower case.
    cues : Cues
        Section ``domain``: ``conflict_hard`` and any number of other subjects.
    named : frozenset of int
        Tokens of names, which speak for no other subject.
    """

    document: Document
    keys: Sequence[str]
    cues: Cues
    named: frozenset[int] = frozenset()

    @cached_property
    def _sets(self) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
        lists = self.cues.lists.get("domain", {})
        others = tuple(frozenset(lists[name]) for name in sorted(lists) if name != "conflict_hard")
        return frozenset(lists.get("conflict_hard", ())), others

    @cached_property
    def _marks(self) -> tuple[tuple[bool, tuple[bool, ...]], ...]:
        hard, others = self._sets
        return tuple(
            (key in hard, tuple(key in words and index not in self.named for words in others))
            for index, key in enumerate(self.keys)
        )

    @cached_property
    def _sums(self) -> tuple[tuple[int, ...], ...]:
        """Running sums over the tokens: of conflict words, then of each other subject's words."""
        columns = zip(*((hard, *others) for hard, others in self._marks), strict=True) if self._marks else ()
        return tuple((0, *accumulate(int(mark) for mark in column)) for column in columns)

    def _count(self, first: int, last: int, without: Sequence[int]) -> tuple[int, int]:
        if not self._sums:
            return 0, 0
        left_out = [
            (hard, *others) for index in set(without) if first <= index <= last for hard, others in [self._marks[index]]
        ]
        counts = [sums[last + 1] - sums[first] for sums in self._sums]
        for marks in left_out:
            counts = [count - int(mark) for count, mark in zip(counts, marks, strict=True)]
        return counts[0], max(counts[1:], default=0)

    @cached_property
    def _paragraphs(self) -> tuple[tuple[int, int], ...]:
        """First and last token of the paragraph of each sentence."""
        sentences, out, start = self.document.sentences, [], 0
        for index, sentence in enumerate(sentences):
            last = index + 1 == len(sentences)
            gap = "" if last else self.document.text[sentence.end : sentences[index + 1].start]
            if last or "\n\n" in gap or (gap.count("\n") and len(gap.strip()) == 0 and self._lined):
                bounds = sentences[start].tokens[0].index, sentence.tokens[-1].index
                out.extend([bounds] * (index + 1 - start))
                start = index + 1
        return tuple(out)

    @cached_property
    def _lined(self) -> bool:
        return "\n\n" not in self.document.text.strip()

    @cached_property
    def _whole(self) -> tuple[int, int]:
        return self._count(0, len(self.keys) - 1, ())

    @property
    def conflict_words(self) -> int:
        """How many words of the article speak for conflict."""
        return self._whole[0]

    def features(self, token: int, words: Sequence[int]) -> tuple[float, ...]:
        """Bias; conflict and other words in the sentence, in the rest of the paragraph, in the rest of the article."""
        sentence = self.document.sentence_of(token)
        near = self._count(sentence.tokens[0].index, sentence.tokens[-1].index, words)
        inside = self._count(*self._paragraphs[sentence.index], words)
        own = self._count(min(words), max(words), ())
        return (
            1.0,
            float(min(near[0], 4)),
            float(min(near[1], 4)),
            math.log1p(max(0, inside[0] - near[0])),
            math.log1p(max(0, inside[1] - near[1])),
            math.log1p(max(0, self._whole[0] - own[0] - inside[0])),
            math.log1p(max(0, self._whole[1] - own[1] - inside[1])),
        )

    def score(self, token: int, words: Sequence[int]) -> float:
        """Log odds that the word is meant as conflict."""
        return sum(weight * value for weight, value in zip(WEIGHTS, self.features(token, words), strict=True))
