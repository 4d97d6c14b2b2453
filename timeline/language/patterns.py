"""Sentences of our own to train on, made from patterns with their trees and names (``patterns.toml``)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from timeline.errors import LexiconError
from timeline.language.treebank import Gold
from timeline.language.words import split_words

__all__ = ["made_sentences"]

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "CD": "NUM", "IN": "ADP", "DT": "DET",
    "CC": "CCONJ", "TO": "PART", "PRP": "PRON", "RB": "ADV", "RP": "ADP", "WDT": "PRON", "VB": "VERB", "VBD": "VERB",
    "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "JJR": "ADJ", "JJS": "ADJ", "HYPH": "PUNCT",
}  # fmt: skip
_PLURALS = frozenset({"children", "gunmen", "militiamen", "people", "police", "policemen", "women"})


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a phrase; head is its place in the phrase, or -1 for the head of the phrase."""

    text: str
    tag: str
    head: int
    dep: str
    name: str = "O"


def made_sentences(count: int, *, seed: int) -> list[Gold]:
    """So many sentences, the same ones for the same seed.

    Raises
    ------
    LexiconError
        A pattern names a slot that there is not.

    Examples
    --------
    >>> gold = made_sentences(1, seed=1)[0]
    >>> gold.heads.count(0), len(gold.words) == len(gold.deps)
    (1, True)
    """
    data = tomllib.loads((files("timeline.language") / "patterns.toml").read_text("utf-8"))
    dice = random.Random(seed)  # noqa: S311
    return [_sentence(data["patterns"][number % len(data["patterns"])], data, dice) for number in range(count)]


def _sentence(pattern: str, data: Mapping[str, Any], dice: random.Random) -> Gold:
    phrases: list[list[_Word]] = []
    rules: list[tuple[str, int]] = []
    for part in pattern.split(" "):
        label, _, rule = part.partition(":")
        relation, _, above = rule.rpartition(":")
        rules.append((relation, int(above)))
        phrases.append(_phrase(label, data, dice))
    starts, at = [], 0
    for phrase in phrases:
        starts.append(at)
        at += len(phrase)
    tops = [start + _top(phrase) for start, phrase in zip(starts, phrases, strict=True)]
    words, heads, deps = [], [], []
    for start, phrase, (dep, head) in zip(starts, phrases, rules, strict=True):
        for word in phrase:
            words.append(word)
            heads.append(start + word.head + 1 if word.head >= 0 else tops[head - 1] + 1 if head else 0)
            deps.append(word.dep if word.head >= 0 else dep)
    texts = [word.text for word in words]
    texts[0] = texts[0][:1].upper() + texts[0][1:]
    return Gold(
        tuple(texts),
        tuple(True for _ in words),
        tuple(word.name for word in words),
        tuple(word.tag for word in words),
        tuple(_pos(word.tag, dep) for word, dep in zip(words, deps, strict=True)),
        tuple(heads),
        tuple(deps),
    )


def _pos(tag: str, dep: str) -> str:
    if dep.startswith("aux"):
        return "AUX"
    if dep == "mark" and tag == "IN":
        return "SCONJ"
    return _POS.get(tag, "PUNCT")


def _top(phrase: Sequence[_Word]) -> int:
    return next(place for place, word in enumerate(phrase) if word.head < 0)


def _phrase(label: str, data: Mapping[str, Any], dice: random.Random) -> list[_Word]:
    nouns, names, words = data["nouns"], data["names"], data["words"]
    if label in words:
        return [_Word(dice.choice(words[label].split()), label.rpartition("_")[2], -1, "")]
    if "_" in label:
        text, _, tag = label.rpartition("_")
        return [_Word(text, tag, -1, "")]
    for prefix, preposition in (("IN", "in"), ("BY", "by"), ("ON", "on"), ("FROM", "from")):
        rest = label.removeprefix(prefix)
        if rest != label and rest:
            return _marked(preposition, _phrase(rest, data, dice))
    if label in ("GROUP", "CITY", "COUNTRY"):
        return _name(dice.choice(names[label.lower()]), "ORG" if label == "GROUP" else "LOC")
    makers = {
        "FORCE": lambda: _plural(nouns["force"], nouns, dice, "the" if dice.random() < 0.2 else None),
        "FORCES": lambda: _plural(nouns["force"], nouns, dice, None),
        "VICTIMS": lambda: _counted(dice.choice(nouns["victim"].split()), nouns, dice),
        "OTHERS": lambda: [
            _Word(dice.choice(nouns["number"].split()), "CD", 1, "nummod"),
            _Word("others", "NNS", -1, ""),
        ],
        "BARE": lambda: _number(nouns, dice, -1, ""),
        "DOZENS": lambda: _dozens(nouns, dice),
        "ATTACK": lambda: _attack(nouns, dice, article=True),
        "ATTACK0": lambda: _attack(nouns, dice, article=False),
        "BOMBER": lambda: _noun("bomber", "suicide_NN", "a"),
        "THING": lambda: _noun(dice.choice(nouns["thing"].split()), None, dice.choice(["a", "the", "the"])),
        "SOURCE": lambda: [_Word(dice.choice(nouns["source"].split()), "NNS", -1, "")],
        "DAY": lambda: [_Word(dice.choice(nouns["day"].split()), "NNP", -1, "")],
        "GROUPMEN": lambda: _of_group(_name(dice.choice(names["group"]), "ORG"), dice.choice(nouns["force"].split())),
        "PERSON": lambda: _person(names, dice),
    }
    if label not in makers:
        raise LexiconError("no such slot", where=f"patterns.toml:{label}", advice="write WORD_TAG or a known slot")
    return makers[label]()


def _marked(preposition: str, phrase: Sequence[_Word]) -> list[_Word]:
    moved = _moved(phrase, 1)
    return [_Word(preposition, "IN", _top(moved) + 1, "case"), *moved]


def _moved(phrase: Sequence[_Word], by: int) -> list[_Word]:
    return [_Word(w.text, w.tag, w.head + by if w.head >= 0 else -1, w.dep, w.name) for w in phrase]


def _name(text: str, label: str) -> list[_Word]:
    """A name; an English one is headed by its last word, another by its first."""
    pieces = [text[start:end] for start, end in split_words(text)]
    article = pieces[0] == "the"
    inner = pieces[1:] if article else pieces
    english = inner[-1] in (
        "Forces",
        "Army",
        "Nations",
        "Cross",
        "Watch",
        "State",
        "Group",
        "Militia",
        "Union",
        "Front",
        "International",
    )
    top = len(inner) - 1 if english else 0
    if "-" in inner and not english:
        top = len(inner) - 1
    made = []
    for place, piece in enumerate(inner):
        tag = "HYPH" if piece == "-" else "NNPS" if piece in ("Forces", "Nations") else "NNP"
        dep = "punct" if piece == "-" else "compound" if place < top else "flat"
        made.append(_Word(piece, tag, -1 if place == top else top, dep, ("I-" if place else "B-") + label))
    return [_Word("the", "DT", top + 1, "det"), *_moved(made, 1)] if article else made


def _plural(choices: str, nouns: Mapping[str, str], dice: random.Random, article: str | None) -> list[_Word]:
    return _noun(dice.choice(choices.split()), dice.choice(nouns["kind"].split()) if dice.random() < 0.6 else None,
                 article)  # fmt: skip


def _noun(text: str, modifier: str | None, article: str | None) -> list[_Word]:
    size = (article is not None) + (modifier is not None)
    made = [] if article is None else [_Word(article, "DT", size, "det")]
    if modifier is not None:
        word, _, tag = modifier.rpartition("_")
        made.append(_Word(word, tag, size, "amod" if tag == "JJ" else "compound"))
    many = text in _PLURALS or (text.endswith("s") and text != "barracks")
    tag = "NNS" if many else "NN"
    return [*made, _Word(text, tag, -1, "")]


def _number(nouns: Mapping[str, str], dice: random.Random, head: int, dep: str) -> list[_Word]:
    """A number, half of the time with words that say how exact it is; head counts from behind the number."""
    number = dice.choice(nouns["number"].split())
    how = dice.choice(["", "", "", "at least", "more than", "up to", "about", "nearly", "some", "around"])
    top = len(how.split())
    own = _Word(number, "CD", head if head < 0 else head + top + 1, dep)
    if how == "at least":
        return [_Word("at", "IN", 1, "case"), _Word("least", "JJS", 2, "nmod"), own]
    if how == "more than":
        return [_Word("more", "JJR", 2, "advmod"), _Word("than", "IN", 0, "fixed"), own]
    if how == "up to":
        return [_Word("up", "IN", 2, "advmod"), _Word("to", "IN", 0, "fixed"), own]
    if how:
        return [_Word(how, "DT" if how == "some" else "RB", 1, "advmod"), own]
    return [own]


def _counted(noun: str, nouns: Mapping[str, str], dice: random.Random) -> list[_Word]:
    if dice.random() < 0.2:
        return _noun(noun, dice.choice(nouns["kind"].split()) if dice.random() < 0.5 else None, None)
    modifier = dice.choice(nouns["kind"].split()) if dice.random() < 0.35 else None
    number = _number(nouns, dice, int(modifier is not None), "nummod")
    return [*number, *_moved(_noun(noun, modifier, None), len(number))]


def _dozens(nouns: Mapping[str, str], dice: random.Random) -> list[_Word]:
    noun = dice.choice(nouns["victim"].split())
    many = dice.choice(["dozens", "hundreds", "scores", "thousands"])
    return [_Word(many, "NNS", -1, ""), _Word("of", "IN", 2, "case"), _Word(noun, "NNS", 0, "nmod")]


def _attack(nouns: Mapping[str, str], dice: random.Random, *, article: bool) -> list[_Word]:
    head, _, before = dice.choice(nouns["attack"].split()).partition("_")
    first = before or head
    word = None if not article else "the" if dice.random() < 0.5 else "an" if first[0] in "aeiou" else "a"
    return _noun(head, f"{before}_NN" if before else None, word)


def _of_group(group: Sequence[_Word], noun: str) -> list[_Word]:
    """As in "Hezbollah fighters", the name is a compound of the noun, an article hangs on the noun."""
    top, size = _top(group), len(group)
    made = [_Word(w.text, w.tag, size if place == top or w.dep == "det" else w.head,
                  "compound" if place == top else w.dep, w.name) for place, w in enumerate(group)]  # fmt: skip
    return [*made, _Word(noun, "NNS", -1, "")]


def _person(names: Mapping[str, Sequence[str]], dice: random.Random) -> list[_Word]:
    made = [_Word(dice.choice(names["first"]), "NNP", -1, "", "B-PER"),
            _Word(dice.choice(names["last"]), "NNP", 0, "flat", "I-PER")]  # fmt: skip
    if dice.random() < 0.3:
        made = [_Word(dice.choice(names["last"]), "NNP", -1, "", "B-PER")]
    if dice.random() < 0.5:
        return [_Word(dice.choice(names["title"]), "NNP", 1, "nmod:desc"), *_moved(made, 1)]
    return made
