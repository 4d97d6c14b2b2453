"""Whether a word meets the words and conditions of a rule."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

from timeline.language import Token
from timeline.lexicon import Conditions, Lexicon, Pattern, TrapRule, TriggerRule
from timeline.triggers.scene import Scene
from timeline.triggers.syntax import complements, governor, is_passive, modifiers, objects, subjects

__all__ = ["Match", "holds", "index_of", "matched_words", "trapped"]

Match = tuple[int, ...]
PHRASE_GAP = 8
DOUBT, DOUBT_SURE = 2.2, 1.2


@cache
def _words(pattern: str) -> tuple[str, ...]:
    return tuple(word for word in pattern.replace("-", " ").split() if word)


def _named(scene: Scene, token: Token) -> bool:
    return token.pos == "PROPN" and token.index in scene.names


def _is_noun(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN") or (token.pos == "VERB" and token.tag == "VBG" and token.dep in NOMINAL)


NOMINAL = frozenset({"nsubj", "obj", "obl", "nmod", "nsubj:pass", "compound", "appos", "conj", "root", "obl:agent"})


def _is_verb(token: Token) -> bool:
    if token.tag == "VBG" and token.dep in ("nsubj", "nmod", "nsubj:pass", "compound"):
        return False
    return token.pos == "VERB" or (token.tag in ("VBD", "VBN", "VBZ", "VBP") and token.pos in ("AUX", "ADJ"))


def _verb(scene: Scene, token: Token, words: tuple[str, ...]) -> Match | None:
    if not _is_verb(token) or scene.keys[token.index] != words[0]:
        return None
    last, taken = token.index, [token.index]
    for word in words[1:]:
        found = [
            child.index
            for child in scene.document.children(token)
            if scene.keys[child.index] == word and child.index > token.index and child.index - token.index < 8
            and child.dep in ("compound:prt", "advmod", "xcomp", "compound", "obj")
        ]  # fmt: skip
        following = [
            index
            for index in range(last + 1, min(last + 3, len(scene.keys)))
            if scene.keys[index] == word
            and all(scene.document.tokens[between].text != "," for between in range(last + 1, index))
        ]
        if not found and not following:
            return None
        last = min([*found, *following])
        taken.append(last)
    return tuple(taken)


def _noun(scene: Scene, token: Token, words: tuple[str, ...]) -> Match | None:
    if not _is_noun(token) or not _same(scene, token, words[-1]) or _named(scene, token):
        return None
    index, sentence = token.index, scene.document.sentence_of(token).index
    for word in reversed(words[:-1]):
        index -= 1
        while index >= 0 and scene.document.tokens[index].text in ("-", "'"):
            index -= 1
        if index < 0 or not _same(scene, scene.document.tokens[index], word):
            return None
        if scene.document.sentence_of(index).index != sentence:
            return None
    if any(word in ("of", "in", "to") for word in words):
        return _of_phrase(scene, index, token.index)
    return token.index, *range(index, token.index)


def _of_phrase(scene: Scene, first: int, last: int) -> Match:
    for index in range(first, last + 1):
        token = scene.document.tokens[index]
        if not first <= token.head <= last or token.head == token.index:
            return index, *(other for other in range(first, last + 1) if other != index)
    return tuple(range(first, last + 1))


def _same(scene: Scene, token: Token, word: str) -> bool:
    if word.endswith("!"):
        return token.text.lower() == word[:-1]
    return scene.keys[token.index] == word or token.text.lower() == word


def _phrase(scene: Scene, token: Token, words: tuple[str, ...]) -> Match | None:
    if not (_is_verb(token) or _is_noun(token)) or not _same(scene, token, words[0]) or _named(scene, token):
        return None
    document, index = scene.document, token.index
    ends = document.sentence_of(token).tokens[-1].index
    patients = [child for child in objects(document, token) if child.index < token.index]
    taken = [token.index]
    for word in words[1:]:
        before = [child.index for child in patients if scene.keys[child.index] == word]
        if before:
            taken.extend(before)
            continue
        for ahead in range(index + 1, min(index + 1 + PHRASE_GAP, ends + 1)):
            other = document.tokens[ahead]
            if other.text in (",", ";", ":", "(", ")", "-", ".") and other.text != "-":
                return None
            if _same(scene, other, word):
                index = ahead
                taken.append(ahead)
                break
            if other.pos in ("VERB", "AUX", "SCONJ", "CCONJ") and other.tag != "VBN":
                return None
        else:
            return None
    return tuple(taken)


def _text(scene: Scene, token: Token, words: tuple[str, ...]) -> Match | None:
    last = token.index + len(words)
    texts = tuple(item.text.lower() for item in scene.document.tokens[token.index : last])
    return tuple(range(token.index, last)) if texts == words else None


def matched_words(scene: Scene, token: Token, pattern: Pattern) -> tuple[Match, int] | None:
    """Tokens of the words of a rule at this token, the head first, and how many words the rule has."""
    best: tuple[Match, int] | None = None
    for shape, find in (("verb", _verb), ("noun", _noun), ("phrase", _phrase), ("text", _text)):
        for entry in getattr(pattern, shape):
            words = tuple(entry.split()) if shape == "text" else _words(entry)
            if best is None or len(words) > best[1]:
                found = find(scene, token, words)
                if found is not None:
                    best = found, len(words)
    return best


def _heads(scene: Scene, token: Token) -> list[Token]:
    """The governor, and behind a light or partitive one its own."""
    out: list[Token] = []
    head = governor(scene.document, token)
    for _ in range(2):
        if head is None:
            break
        out.append(head)
        head = governor(scene.document, head)
        if out[-1].pos == "VERB" and not out[-1].dep.startswith("xcomp"):
            break
    return out


def _met(scene: Scene, token: Token, when: Conditions, doubt: float = math.inf) -> Iterator[bool]:
    """One answer for each list that is filled; lone words of the sentence count if the topic is below ``doubt``."""
    document, sentence = scene.document, scene.document.sentence_of(token)
    if when.subject:
        yield scene.any_is(subjects(document, token), when.subject)
    if when.object:
        yield scene.any_is((*objects(document, token), *document.children(token, "ccomp")), when.object)
    if when.modifier:
        yield scene.any_is(modifiers(document, token), when.modifier)
    if when.head:
        yield scene.any_is(_heads(scene, token)[: 1 if token.pos == "VERB" else 2], when.head)
    if when.prep:
        yield any(scene.any_is(complements(document, token, prep), items) for prep, items in when.prep)
    if when.sentence:
        telling = scene.topic.score(token.index, (token.index,)) < doubt
        yield any((telling or " " in item) and scene.mentions(sentence, item) for item in when.sentence)
    if when.near:
        around = [item for item in sentence.tokens if 0 < abs(item.index - token.index) <= 4]
        yield scene.any_is(around, when.near)
    if when.needs:
        yield bool(scene.evidence(sentence) & set(when.needs))


def _strict(scene: Scene, token: Token, when: Conditions) -> bool:
    if when.form and token.tag not in when.form:
        return False
    return when.passive is None or when.passive == is_passive(scene.document, token)


def holds(scene: Scene, token: Token, rule: TriggerRule) -> bool:
    """Whether all conditions of a rule hold, and none of the sets of conditions that speak against it."""
    pattern = rule.pattern
    if not _strict(scene, token, pattern.when) or not all(_met(scene, token, pattern.when)):
        return False
    return not any(_strict(scene, token, when) and all(_met(scene, token, when)) for when in pattern.unless)


def trapped(scene: Scene, token: Token, trap: TrapRule, *, sure: bool = False) -> bool:
    """Whether a trap closes: its words fit (if it has any), any of its conditions holds, none of its exceptions.

    Single words that merely stand in the same sentence do not close a trap in a text about conflict, nor, for a rule
    that is sure, in one about nothing in particular.
    """
    pattern = trap.pattern
    if (pattern.verb or pattern.noun or pattern.phrase) and matched_words(scene, token, pattern) is None:
        return False
    if not _strict(scene, token, pattern.when):
        return False
    answers = list(_met(scene, token, pattern.when, DOUBT_SURE if sure else DOUBT))
    if answers and not any(answers):
        return False
    return not any(_strict(scene, token, when) and all(_met(scene, token, when)) for when in pattern.unless)


@cache
def index_of(lexicon: Lexicon) -> dict[str, tuple[TriggerRule, ...]]:
    """Rules by the word at which they are tried."""
    out: dict[str, dict[str, TriggerRule]] = {}
    for rule in lexicon.rules:
        for entry in (*rule.pattern.verb, *rule.pattern.phrase):
            out.setdefault(_words(entry)[0], {})[rule.id] = rule
        for entry in rule.pattern.text:
            out.setdefault(entry.split()[0], {})[rule.id] = rule
        for entry in rule.pattern.noun:
            out.setdefault(_words(entry)[-1], {})[rule.id] = rule
    return {word: tuple(found.values()) for word, found in out.items()}
