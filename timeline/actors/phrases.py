"""Where a noun phrase begins, seen from its head."""

from __future__ import annotations

from collections.abc import Mapping

from timeline.actors.draft import Draft
from timeline.language.document import Document, Token

__all__ = ["LEFT", "apart", "leftmost"]


def leftmost(document: Document, token: Token, start: int) -> int:
    """Where the noun phrase begins: all neighbours to the left that hang on the head."""
    first, low = start, max(document.sentence_of(token).tokens[0].index, token.index - 14)
    inside = {token.index, *range(start, token.index)}
    for index in range(start - 1, low - 1, -1):
        word = document.tokens[index]
        if word.head in inside and (word.dep in LEFT or word.dep.startswith("nmod:poss")):
            inside.add(index)
            first = index
        elif word.head in inside:
            if word.dep in {"punct"} and word.text == "-":
                inside.add(index)
            elif word.dep in {"case", "cc", "conj", "fixed", "obl", "flat", "advmod"}:
                inside.add(index)
                if word.dep in {"advmod", "flat"}:
                    first = index
            else:
                break
        elif _reaches(document, word, inside, token.index):
            inside.add(index)
            first = index if word.tag not in {"IN", "CC", ","} else first
        else:
            break
    while first < token.index and (
        document.tokens[first].tag in _NO_START or document.tokens[first].text in {"n't", "not"}
    ):
        first += 1
    return first


def apart(document: Document, first: int, start: int, named: Mapping[int, Draft]) -> int:
    """Cut off what is coordinated: in "the X Army and opposition forces" the name is an actor of its own."""
    for index in range(start - 1, first, -1):
        if document.tokens[index].tag == "CC" and any(left in named for left in range(first, index)):
            return index + 1
    return first


_NO_START = frozenset(
    {"CC", "RP", ",", ":", "HYPH", "MD", "VBD", "VBZ", "VBP", "VB", "POS", "``", "''", "-LRB-", "-RRB-", "."}
)
LEFT = frozenset({"det", "amod", "compound", "nummod", "nmod:desc", "det:predet", "advmod", "nmod:unmarked"})


def _reaches(document: Document, word: Token, inside: set[int], head: int) -> bool:
    """Whether a word hangs below a modifier of the head further right or left within reach."""
    for steps, above in enumerate(document.ancestors(word)):
        if steps > 2 or above.index > head or head - above.index > 14:
            return False
        if above.index in inside:
            return above.index != head or word.dep in LEFT or word.dep == "nmod:poss"
        if above.index > head:
            return False
        if above.head == head and (above.dep in LEFT or above.dep == "nmod:poss"):
            return True
    return False
