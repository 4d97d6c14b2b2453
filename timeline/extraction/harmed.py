"""Deaths that no deed is told for: "Three people were killed on Friday" is an event by its harm alone."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.extraction.mentions import Mentions
from timeline.language.document import Document, Token
from timeline.lexicon import Lexicon
from timeline.records import Count, Mention, Trigger
from timeline.sources import source_of
from timeline.triggers.factuality import factuality_of
from timeline.triggers.scene import Scene

__all__ = ["find_harm"]

_TYPES = {"displaced": "displacement", "detained": "detention", "abducted": "kidnapping"}
_SURE = 0.3
_REAL = frozenset({"happened", "disputed", "possible"})


def find_harm(document: Document, mentions: Mentions, lexicon: Lexicon) -> Iterator[Mention[Trigger]]:
    """Triggers for counted harm in a text that tells no event it could belong to, one a sentence.

    Only in a text about conflict, by the same measure that tells the senses of trigger words apart.
    """
    told = {mention.value.type for mention in mentions.triggers if mention.value.factuality in _REAL}
    violent = {name for name, kind in lexicon.types.items() if kind.family == "violence"} | {
        "crackdown",
        "casualty_report",
    }
    seen: set[int] = set()
    topic = Scene(document, lexicon).topic
    for mention in mentions.counts:
        count = mention.value
        kind = _kind(count)
        belongs = kind in told if count.harm in _TYPES else bool(told & violent)
        sentence = document.sentence_of(mention.token).index
        if seen and _summing(document, mention):
            continue
        if belongs or sentence in seen or topic.score(mention.token, (mention.token,)) < _SURE:
            continue
        seen.add(sentence)
        token = document.tokens[mention.token]
        yield Mention(
            Trigger(
                type=kind,
                subtype=None,
                factuality=factuality_of(document, token, lexicon.cues),
                attribution=source_of(document, token, lexicon=lexicon),
                background=_of_protest(document, token, mentions),
            ),
            document.token_span(token.index, token.index),
            f"harm/{count.harm}",
            token.index,
            confidence=0.6,
        )


def _summing(document: Document, mention: Mention[Count]) -> bool:
    """Whether a count only sums up or revises harm told before: "3 fatalities", "put the figure at 30"."""
    toll = mention.rule.rpartition("/")[2] in {"toll", "spoken", "raised"}
    verbless = all(word.pos not in {"VERB", "AUX"} for word in document.sentence_of(mention.token).tokens)
    return toll or (verbless and document.tokens[mention.token].lemma in {"fatality", "casualty", "death"})


def _of_protest(document: Document, token: Token, mentions: Mentions) -> bool:
    """Whether a death is told as what a protest is about: "marched over the death of a courier"."""
    protests = {mention.token for mention in mentions.triggers if mention.value.type == "protest"}
    case = {child.lemma for child in document.children(token, "case", "mark")}
    above = [token, *document.ancestors(token)]
    return bool({"over", "against", "of", "at", "after"} & case) and any(word.index in protests for word in above[1:])


def _kind(count: Count) -> str:
    if count.harm in _TYPES:
        return _TYPES[count.harm]
    return "casualty_report" if count.scope == "period" else "attack"
