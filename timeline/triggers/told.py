"""Rules and the trained reader together: it drops readings that it rules out and adds what no rule knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from timeline.language import Document, Token
from timeline.language.events import EVENTS
from timeline.lexicon import Pattern, TriggerRule
from timeline.triggers.candidate import Candidate
from timeline.triggers.matching import index_of, matched_words
from timeline.triggers.scene import Scene

__all__ = ["by_model", "shared"]

ENOUGH = 0.75  # share of a type from which a word tells of it though no rule says so
NEVER = 0.1  # share of all types below which a rule is not believed where the subject is another
NEUTRAL = 1.6  # score of the topic below which words of another subject stand around
OTHERWISE = 0.85  # share of another type from which that is believed


@cache
def _plain(kind: str) -> TriggerRule:
    return TriggerRule(f"{kind}/model", kind, None, Pattern())


def _reading(scene: Scene, token: Token, kind: str) -> Candidate:
    """A word read as a type: by the words of a rule whose conditions it misses, else by the model alone."""
    keys = dict.fromkeys((scene.keys[token.index], token.text.lower()))
    rules = {rule.id: rule for key in keys for rule in index_of(scene.lexicon).get(key, ()) if rule.type == kind}
    matches = ((rule, matched_words(scene, token, rule.pattern)) for rule in rules.values())
    found = [(rule, match[0]) for rule, match in matches if match is not None]
    if not found:
        return Candidate((token.index,), _plain(kind), kind, None)
    rule, words = min(found, key=lambda item: (-len(item[1]), _conditions(item[0]), item[0].id))
    return Candidate(words, replace(rule, id=f"{rule.id}+model", sure=False), kind, rule.subtype, rule.factuality)


def _conditions(rule: TriggerRule) -> int:
    when = rule.pattern.when
    return sum(map(bool, (when.subject, when.object, when.modifier, when.head, when.prep, when.sentence, when.near)))


def _beside(document: Document, token: Token) -> Iterator[Token]:
    """The word that a word hangs on, and those that hang on it: a light verb and its noun, a deed and its weapon."""
    head = document.head(token)
    if head is not None:
        yield head
    yield from document.children(token, "nsubj", "obj", "obl", "nmod", "compound", "xcomp", "amod")


def shared(scene: Scene, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The readings of rules that the trained reader does not rule out, with another type where it is sure of one."""
    document, told = scene.document, scene.told
    for item in found:
        if document.sentence_of(item.head).told is None or item.rule.sure or item.type not in EVENTS:
            yield item
            continue
        own = told.get(item.head)
        near = [told[word.index] for word in _beside(document, document.tokens[item.head]) if word.index in told]
        near = [word for word in near if word.type == item.type]
        seen = [told[word] for word in item.words if word in told]
        if max((word.any for word in (*seen, *near)), default=0.0) < NEVER and _off_topic(scene, item):
            continue
        if own is not None and own.type != item.type and own.share >= OTHERWISE and not item.factuality and not near:
            yield _reading(scene, document.tokens[item.head], own.type)
        else:
            yield item


def _off_topic(scene: Scene, item: Candidate) -> bool:
    """Whether words around speak for another subject, and none of the sentence for conflict."""
    near = scene.topic.features(item.head, item.words)[1]
    return near == 0 and scene.topic.score(item.head, item.words) < NEUTRAL


def by_model(scene: Scene, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """What the trained reader finds where no rule has found the same."""
    document = scene.document
    taken = {word: item.type for item in found for word in item.words}
    for index, item in sorted(scene.told.items()):
        word = document.tokens[index]
        if item.share < ENOUGH or index in taken or word.pos not in ("VERB", "NOUN", "ADJ"):
            continue
        known = scene.noun(word)
        if known is not None and known.person and item.type != "casualty_report":
            continue
        same = any(taken.get(other.index) == item.type for other in _beside(document, word))
        if item.type in scene.lexicon.types and not same:
            taken[index] = item.type
            yield _reading(scene, word, item.type)
