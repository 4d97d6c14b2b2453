"""Rules and the trained reader together: it drops readings that it rules out and adds what no rule knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from timeline.language import Document, Token, Told
from timeline.lexicon import Lexicon, Pattern, TriggerRule
from timeline.triggers.candidate import Candidate

__all__ = ["by_model", "shared"]

ENOUGH = 0.75  # share of a type from which a word tells of it though no rule says so
NEVER = 0.1  # share of all types below which a rule is not believed, unless its words have hardly any other use
OTHERWISE = 0.85  # share of another type from which that is believed


@cache
def _rule(kind: str) -> TriggerRule:
    return TriggerRule(f"{kind}/model", kind, None, Pattern())


def _told(document: Document) -> Mapping[int, Told]:
    return {item.token: item for sentence in document.sentences for item in sentence.told or ()}


def _beside(document: Document, token: Token) -> Iterator[Token]:
    """The word that a word hangs on, and those that hang on it: a light verb and its noun, a deed and its weapon."""
    head = document.head(token)
    if head is not None:
        yield head
    yield from document.children(token, "nsubj", "obj", "obl", "nmod", "compound", "xcomp", "amod")


def shared(document: Document, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The readings of rules that the trained reader does not rule out, with another type where it is sure of one."""
    told = _told(document)
    for item in found:
        if document.sentence_of(item.head).told is None or item.rule.sure:
            yield item
            continue
        own = told.get(item.head)
        near = [told[word.index] for word in _beside(document, document.tokens[item.head]) if word.index in told]
        near = [word for word in near if word.type == item.type]
        seen = [told[word] for word in item.words if word in told]
        if max((word.any for word in (*seen, *near)), default=0.0) < NEVER:
            continue
        if own is not None and own.type != item.type and own.share >= OTHERWISE and not item.factuality and not near:
            yield replace(item, rule=_rule(own.type), type=own.type, subtype=None)
        else:
            yield item


def by_model(document: Document, found: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """What the trained reader finds where no rule has found the same."""
    taken = {word: item.type for item in found for word in item.words}
    for index, item in sorted(_told(document).items()):
        word = document.tokens[index]
        if item.share < ENOUGH or index in taken or word.pos not in ("VERB", "NOUN", "ADJ"):
            continue
        same = any(taken.get(other.index) == item.type for other in _beside(document, word))
        if item.type in lexicon.types and not same:
            taken[index] = item.type
            yield Candidate((index,), _rule(item.type), item.type, None)
