"""Deaths that no deed is told for: "Three people were killed on Friday" is an event by its harm alone."""

from __future__ import annotations

from collections import defaultdict
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
_PLAINLY = 1.6
_SEEN = 0.08  # share of all types from which the trained reader sees a deed
_MANY = 500  # persons
_HURT = frozenset({"kill", "wound", "injure", "hurt"})
_TALLIED = frozenset({"fatality", "casualty", "death", "injury"}) | _HURT
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
    here: defaultdict[int, set[str]] = defaultdict(set)
    for trigger in mentions.triggers:
        if trigger.value.factuality in _REAL:
            here[document.sentence_of(trigger.token).index].add(trigger.value.type)
    seen: set[int] = set()
    scene = Scene(document, lexicon)
    for mention in mentions.counts:
        count = mention.value
        kind = _kind(count)
        sentence = document.sentence_of(mention.token).index
        near = told if not _of_many(count) else here[sentence] - ({"battle"} if count.scope == "period" else set())
        belongs = kind in told if count.harm in _TYPES else bool(near & violent)
        if seen and _summing(document, mention):
            continue
        if belongs or sentence in seen or not _is_of_conflict(scene, mention):
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


def _is_of_conflict(scene: Scene, mention: Mention[Count]) -> bool:
    """Whether the text is about conflict, plainly so where the trained reader sees no deed in the word of harm."""
    topic = scene.topic.score(mention.token, (mention.token,))
    if topic < _SURE or topic >= _PLAINLY:
        return topic >= _PLAINLY
    sentence = scene.document.sentence_of(mention.token)
    if sentence.told is None:
        return True
    deed = scene.told[mention.token].any if mention.token in scene.told else 0.0
    return deed >= _SEEN


def _of_many(count: Count) -> bool:
    """Whether a count sums up more than one deed, so that no deed of another sentence owns it."""
    return count.harm not in _TYPES and (count.scope == "period" or (count.low or 0) >= _MANY)


def _summing(document: Document, mention: Mention[Count]) -> bool:
    """Whether a count only sums up or revises harm told before: "3 fatalities", "put the figure at 30"."""
    toll = mention.rule.rpartition("/")[2] in {"toll", "spoken", "raised"}
    verbs = [word for word in document.sentence_of(mention.token).tokens if word.pos in {"VERB", "AUX"}]
    verbless = all(word.tag == "VBN" and word.lemma in _HURT for word in verbs)
    return toll or (verbless and document.tokens[mention.token].lemma in _TALLIED)


def _of_protest(document: Document, token: Token, mentions: Mentions) -> bool:
    """Whether a death is told as what a protest is about: "marched over the death of a courier"."""
    protests = {mention.token for mention in mentions.triggers if mention.value.type == "protest"}
    case = {child.lemma for child in document.children(token, "case", "mark")}
    above = [token, *document.ancestors(token)]
    return bool({"over", "against", "of", "at", "after"} & case) and any(word.index in protests for word in above[1:])


def _kind(count: Count) -> str:
    if count.harm in _TYPES:
        return _TYPES[count.harm]
    return "casualty_report" if _of_many(count) else "attack"
