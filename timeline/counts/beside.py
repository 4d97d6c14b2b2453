"""Victims read from the words right beside each other, whatever the parse: "26 injured", "no dead", "shot dead two"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from timeline.counts.harm import HarmWords, harm_words
from timeline.counts.numerals import Quantity, numeral_at
from timeline.counts.quantity import quantities
from timeline.counts.slots import noun_behind
from timeline.counts.victims import Victim, caused_by_nature, is_number, is_person
from timeline.language.document import Document

__all__ = ["find_beside"]


def find_beside(document: Document) -> Iterator[Victim]:
    """The victims that stand right before or behind a harm word."""
    words = harm_words()
    yield from _adjacent(document, words)
    yield from _elliptic(document, words)
    yield from _shot_dead(document, words)
    yield from _none_at_all(document, words)


def _none_at_all(document: Document, words: HarmWords) -> Iterator[Victim]:
    """A printed nothing: "no dead", "there were no deaths or injuries"."""
    for token in document.tokens[1:]:
        kind = "noun" if token.pos == "NOUN" else "adjective"
        rules = words.by_word.get((kind, token.lemma.lower()), ()) or words.by_word.get(
            ("adjective", token.text.lower()), ()
        )
        if not rules or rules[0].harm not in {"killed", "wounded"} or token.lemma.lower() in {"body", "corpse", "loss"}:
            continue
        direct = document.tokens[token.index - 1].text.lower() in {"no", "nor"}
        held = document.head(token) if token.dep == "conj" and not direct else token
        first = document.tokens[held.index - 1] if held is not None and held.index else None
        if first is None or first.text.lower() not in {"no", "nor"} or caused_by_nature(document, token, words):
            continue
        begin = first.index if held is token else token.index
        nothing = Quantity(0, 0, 0, "none", begin, token.index, negated=True)
        yield Victim(rules[0].harm, token, token, f"{rules[0].id}/none", quantity=nothing)


def _adjacent(document: Document, words: HarmWords) -> Iterator[Victim]:
    """A number with a harm word right behind it, whatever the parse: "8 dead and 26 injured", "a dozen wounded"."""
    for token in document.tokens[1:]:
        rules = words.by_word.get(("adjective", token.text.lower()), ())
        if not rules or token.dep == "amod" or not is_number(document.tokens[token.index - 1]):
            continue
        sentence = document.sentence_of(token)
        if token.index == sentence.tokens[0].index or caused_by_nature(document, token, words):
            continue
        for quantity in quantities(document, max(token.index - 6, sentence.tokens[0].index), token.index - 1):
            if quantity.last == token.index - 1:
                whole = replace(quantity, last=token.index)
                yield Victim(rules[0].harm, token, token, rules[0].id, quantity=whole)


def _shot_dead(document: Document, words: HarmWords) -> Iterator[Victim]:
    """The victim behind "shot dead" where the parse takes "shot" for a noun."""
    for token in document.tokens[1:]:
        shot = document.tokens[token.index - 1]
        if token.text.lower() == "dead" and shot.text.lower() == "shot" and not document.children(shot, "aux:pass"):
            head = noun_behind(document, token.index)
            if head is not None and is_person(document, head):
                yield Victim("killed", head, token, "killed/shot-dead")


def _elliptic(document: Document, words: HarmWords) -> Iterator[Victim]:
    """A number that shares the verb before it: "three were killed on Friday and another five on Saturday"."""
    for token in document.tokens[1:]:
        before = document.tokens[token.index - 1]
        if token.tag != "CD" or before.text.lower() != "another" or token.dep.startswith(("nummod", "nsubj")):
            continue
        sentence = document.sentence_of(token)
        verbs = [word for word in sentence.tokens if word.index < token.index and ("verb", word.lemma) in words.by_word]
        quantity = numeral_at(document, token.index)
        if verbs and quantity:
            rule = words.by_word["verb", verbs[-1].lemma][0]
            whole = replace(quantity, first=before.index)
            yield Victim(rule.harm, token, verbs[-1], f"{rule.id}/elliptic", quantity=whole)
