"""Rules and the trained reader weighed together: which words tell of an event, and of which type.

A word is believed by its log-odds: what the reader takes it for, what it takes the other words of the text for, whether
it sees somebody harmed in the sentence, how much the text is about conflict, whether a rule fires on it. The weights
(``lexicons/belief.tsv``) are those of a logistic regression on annotated articles that the reader never saw;
``data/learn_belief.py`` makes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from timeline.language import Document, Token
from timeline.language.events import EVENTS
from timeline.lexicon import Pattern, TriggerRule, weights_of
from timeline.triggers.candidate import Candidate
from timeline.triggers.factuality import factuality_of
from timeline.triggers.matching import index_of, matched_words
from timeline.triggers.scene import Scene

__all__ = ["evidence", "weighed"]

ENOUGH = 0.0  # log-odds from which a word is believed: a false event costs as much as a missed one
SEEN = 0.1  # share of all types from which a word without a rule is weighed at all
PLAIN = 0.58  # part of the share of all types from which one type is plain enough to be told without a rule
FEW, ALONE = 2, 1.6  # sentences of a text too short to weigh on its words, and log-odds that a rule gains there
PEACEFUL = 0.75  # log-odds of the mean share around below which a text is likely about something else
TELLING = 0.5  # share of all types from which a word without a rule speaks for the text around it
OTHERWISE = 0.85  # share of another type from which that is believed
PLAINLY = 1.0  # score of a subject from which it is plainly conflict
_OFF, _PAD = 0.3, 4  # distance from conflict, and weight in words, of a text of which nothing is known
_USUAL, _RULED, _WORDS = 0.82, 0.95, 2  # shares, and weight in words, of a text of which nothing is known
HARMS = frozenset({"kill", "die", "wound", "injure", "hurt", "maim", "perish", "slay"})  # what a deed does
UNREAL = frozenset({"planned", "threatened", "possible", "hypothetical"})
HURT = 0.5  # share of all harms from which somebody in a sentence is seen as harmed
_FLOOR = 0.002  # no share is nearer to 0 or 1


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


@dataclass(frozen=True, slots=True)
class _Climate:
    """The shares of the words of a text that may tell of an event: their sum and number, of all and by sentence.

    ``off``: how far the text around those words is from conflict, 0 if it is plainly about it; four words of a usual
    text are added.
    """

    off: float
    total: float
    number: int
    sums: tuple[float, ...]
    numbers: tuple[int, ...]

    def around(self, sentence: int, *, ruled: bool) -> float:
        """The mean share in the other sentences, two words of a usual text added."""
        total = self.total - self.sums[sentence] + (_RULED if ruled else _USUAL) * _WORDS
        return total / (self.number - self.numbers[sentence] + _WORDS)


def weighed(scene: Scene, found: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The readings of rules that are believed, and apart those of the trained reader.

    Without a trained reader (another pipeline) the rules are believed as they are; so are types of a user's own.
    """
    document = scene.document
    if all(sentence.told is None for sentence in document.sentences):
        return list(found), []
    climate = _climate(scene, found)
    believed = [item for item in found if _is_believed(scene, climate, item)]
    otherwise = {item.head: kind for item in believed if (kind := _other_type(scene, item)) is not None}
    kept = [item for item in believed if item.head not in otherwise]
    retyped = [_reading(scene, document.tokens[head], kind) for head, kind in sorted(otherwise.items())]
    return kept, [*retyped, *_added(scene, climate, [*kept, *retyped])]


def _climate(scene: Scene, found: Sequence[Candidate]) -> _Climate:
    document = scene.document
    shares = {index: item.any for index, item in scene.told.items() if item.any >= TELLING}
    shares |= {
        item.head: _share(scene, item.words)
        for item in found
        if item.type in EVENTS and not _says_who_was_hurt(scene, item)
    }
    sums, numbers = [0.0] * len(document.sentences), [0] * len(document.sentences)
    for index, share in shares.items():
        sentence = document.sentence_of(index).index
        sums[sentence] += share
        numbers[sentence] += 1
    far = [
        max(0.0, PLAINLY - scene.topic.score(words[0], tuple(words)))
        for words, item in _candidates(scene, found)
        if item is None or item.type in EVENTS
    ]
    off = (sum(far) + _OFF * _PAD) / (len(far) + _PAD)
    return _Climate(off, sum(sums), sum(numbers), tuple(sums), tuple(numbers))


def _says_who_was_hurt(scene: Scene, item: Candidate) -> bool:
    """Whether a word only says what a deed did to people whom the reader sees harmed: it takes no such word for one."""
    harm = item.rule.harm or scene.keys[item.head] in HARMS
    return harm and _harm_seen(scene, item.head) >= HURT


def _harm_seen(scene: Scene, head: int) -> float:
    """The share of all harms of the likeliest word in the sentence of a word."""
    return max((item.any for item in scene.document.sentence_of(head).harmed or ()), default=0.0)


def _share(scene: Scene, words: Iterable[int]) -> float:
    """The share of all types that the reader gives to the likeliest of some words."""
    return max((scene.told[word].any for word in words if word in scene.told), default=0.0)


def _odds(share: float) -> float:
    share = min(max(share, _FLOOR), 1 - _FLOOR)
    return math.log(share / (1 - share))


def _seen(
    scene: Scene, climate: _Climate, head: int, words: Sequence[int], rule: TriggerRule | None
) -> dict[str, float]:
    """What is seen of words that may tell of an event, by name; shares as log-odds."""
    document = scene.document
    sentence = document.sentence_of(head)
    seen = {
        "off topic": climate.off,
        "harm here": _harm_seen(scene, head),
        "reader": _odds(_share(scene, words)),
        "little around": max(0.0, PEACEFUL - _odds(climate.around(sentence.index, ruled=rule is not None))),
        "rule": float(rule is not None),
        "rule, not real": float(rule is not None and _is_unreal(scene, head)),
        "rule, sure": float(rule is not None and rule.sure),
        "noun": float(document.tokens[head].pos == "NOUN"),
    }
    return {name: value for name, value in seen.items() if value}


def _is_unreal(scene: Scene, head: int) -> bool:
    """Whether a word is told as planned, threatened, possible or hypothetical: readers and writers differ there."""
    return factuality_of(scene.document, scene.document.tokens[head], scene.lexicon.cues) in UNREAL


def _belief(scene: Scene, climate: _Climate, head: int, words: Sequence[int], rule: TriggerRule | None) -> float:
    """The log-odds that words tell of an event."""
    weights, seen = weights_of("belief.tsv"), _seen(scene, climate, head, words, rule)
    alone = rule is not None and len(scene.document.sentences) <= FEW
    return weights["bias"] + ALONE * alone + sum(weights[name] * value for name, value in seen.items())


def evidence(scene: Scene, found: Sequence[Candidate]) -> Iterator[tuple[Sequence[int], dict[str, float]]]:
    """Words that a rule or the reader may take for an event, and what is seen of them, to learn the weights from."""
    climate = _climate(scene, found)
    for words, item in _candidates(scene, found):
        head, rule = (item.head, item.rule) if item is not None else (words[0], None)
        yield words, _seen(scene, climate, head, words, rule)


def _candidates(scene: Scene, found: Sequence[Candidate]) -> Iterator[tuple[Sequence[int], Candidate | None]]:
    """The words that a rule takes for an event, with its reading, then those that only the reader does."""
    ruled = {word for item in found for word in item.words}
    yield from ((item.words, item) for item in found)
    for index, told in sorted(scene.told.items()):
        if told.any >= SEEN and index not in ruled and scene.document.tokens[index].pos in ("VERB", "NOUN", "ADJ"):
            yield (index,), None


def _is_believed(scene: Scene, climate: _Climate, item: Candidate) -> bool:
    if item.type not in EVENTS:
        return True
    return _belief(scene, climate, item.head, item.words, item.rule) > ENOUGH


def _other_type(scene: Scene, item: Candidate) -> str | None:
    """The type that the reader is sure of in place of a rule's, None if there is none."""
    own = scene.told.get(item.head)
    if own is None or own.type == item.type or own.share < OTHERWISE or item.factuality or item.type not in EVENTS:
        return None
    beside = _beside(scene.document, scene.document.tokens[item.head])
    same = any(scene.told[word.index].type == item.type for word in beside if word.index in scene.told)
    return None if same else own.type


def _added(scene: Scene, climate: _Climate, believed: Sequence[Candidate]) -> Iterator[Candidate]:
    """What the trained reader finds where no rule has found the same."""
    document = scene.document
    taken = {word: item.type for item in believed for word in item.words}
    for index, item in sorted(scene.told.items()):
        word = document.tokens[index]
        if (
            item.any < SEEN
            or item.share < PLAIN * item.any
            or index in taken
            or word.pos not in ("VERB", "NOUN", "ADJ")
        ):
            continue
        if _belief(scene, climate, index, (index,), None) <= ENOUGH or item.type not in scene.lexicon.types:
            continue
        known = scene.noun(word)
        if known is not None and known.person and item.type != "casualty_report":
            continue
        reading = _reading(scene, word, item.type)
        beside = any(taken.get(other.index) == item.type for other in _beside(document, word))
        if not beside and not any(other in taken for other in reading.words):
            taken.update(dict.fromkeys(reading.words, item.type))
            yield reading
