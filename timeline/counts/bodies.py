"""Bodies found of people who were told of before: "Eleven workers were kidnapped. Their bodies were found later"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.counts.numerals import Quantity
from timeline.counts.victims import Victim
from timeline.language.document import Document, Token
from timeline.records import Count, Mention

__all__ = ["find_bodies"]

_BODIES = frozenset({"body", "corpse", "remains"})
_FOUND = frozenset("find discover recover dump dig turn wash retrieve exhume throw return leave lie pull fish".split())
_TAKEN = frozenset({"abducted", "detained", "missing", "killed"})
_BACK = 2  # sentences
_ONE = frozenset({"his", "her"})


def find_bodies(document: Document, earlier: Sequence[Mention[Count]]) -> Iterator[Victim]:
    """The dead whose bodies are found, counted as they were when they were taken; not those counted as dead already."""
    for token in document.tokens:
        owner = _owner(document, token) if token.lemma.lower() in _BODIES else None
        if owner is None or not any(word.lemma.lower() in _FOUND for word in document.ancestors(token)):
            continue
        here = document.sentence_of(token).index
        near = [
            mention
            for mention in earlier
            if mention.span.start < token.start
            and 0 <= here - document.sentence_of(mention.token).index <= _BACK
            and mention.value.harm in _TAKEN
        ]
        quantity = _as_taken(owner, token, near)
        if quantity is not None:
            yield Victim("killed", token, token, "killed/bodies-of", quantity=quantity)


def _owner(document: Document, token: Token) -> Token | None:
    """The "his", "her" or "their" of a body."""
    return next((word for word in document.children(token, "nmod:poss") if word.pos == "PRON"), None)


def _as_taken(owner: Token, token: Token, near: Sequence[Mention[Count]]) -> Quantity | None:
    """How many the bodies are: one of a person, as many as were last told of; None if those are counted as dead."""
    one = owner.text.lower() in _ONE
    if not one and owner.text.lower() != "their":
        return None
    fitting = [mention.value for mention in near if (mention.value.high == 1) == one and not mention.value.negated]
    if any(count.harm == "killed" for count in fitting):
        return None
    if fitting:
        last = fitting[-1]
        return Quantity(last.low, last.best, last.high, last.qualifier, owner.index, token.index)
    return Quantity(1, 1, 1, "exact", owner.index, token.index) if one and token.tag == "NN" else None
