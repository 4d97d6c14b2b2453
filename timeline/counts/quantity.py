"""How many a noun phrase speaks of: printed numbers with their bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from timeline.counts.numerals import Quantity, numeral_at, quantity_words
from timeline.language.document import Document, Token
from timeline.records import Qualifier

__all__ = ["quantities", "quantity_of"]

_PARTITIVE = frozenset({"of"})
_SINGULAR_TAGS = frozenset({"NN", "NNP"})
_HARMED = frozenset({"wounded", "injured", "dead", "missing"})
_ONE_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})


@cache
def _phrases(side: str) -> tuple[tuple[tuple[str, ...], Qualifier], ...]:
    pairs = [(tuple(phrase.split()), entry["id"]) for entry in quantity_words()["qualifier"] for phrase in entry[side]]
    return tuple(sorted(pairs, key=_longest_first))


def _longest_first(pair: tuple[tuple[str, ...], Qualifier]) -> tuple[int, tuple[str, ...]]:
    return -len(pair[0]), pair[0]


def _preceded(document: Document, first: int) -> tuple[Qualifier | None, int]:
    """The qualifier that stands before token first, and the index of its first token."""
    start = document.sentence_of(first).tokens[0].index
    words = [token.text.lower() for token in document.tokens[max(start, first - 5) : first]]
    for phrase, name in _phrases("before"):
        if len(phrase) <= len(words) and tuple(words[len(words) - len(phrase) :]) == phrase:
            return name, first - len(phrase)
    return None, first


def _followed(document: Document, last: int) -> tuple[Qualifier | None, int]:
    end = document.sentence_of(last).tokens[-1].index
    words = [token.text.lower() for token in document.tokens[last + 1 : min(end, last + 3) + 1]]
    for phrase, name in _phrases("after"):
        if tuple(words[: len(phrase)]) == phrase:
            return name, last + len(phrase)
    return None, last


def _bounded(quantity: Quantity, name: Qualifier) -> Quantity:
    n = quantity.best
    bounds: dict[Qualifier, tuple[int | None, int | None, int | None]] = {
        "at_least": (n, n, None),
        "more_than": (n, n, None),
        "up_to": (1, None, n),
        "fewer_than": (1, None, n),
    }
    low, best, high = bounds.get(name, (n, n, n))
    kept = quantity.qualifier if name == "exact" else name
    return replace(quantity, low=low, best=best, high=high, qualifier=kept)


def _qualified(document: Document, quantity: Quantity) -> Quantity:
    """The quantity with the words around it: at least, about, between a and b, a to b."""
    tokens = document.tokens
    end = document.sentence_of(quantity.first).tokens[-1].index
    after = quantity.last + 1
    joint = tokens[after].text.lower() if after <= end else ""
    if joint in {"to", "-", "\u2013", "\u2014", "and", "or"} and after < end:
        upper = numeral_at(document, after + 1)
        start = document.sentence_of(quantity.first).tokens[0].index
        between = quantity.first > start and tokens[quantity.first - 1].text.lower() in {"between", "from"}
        spread = joint != "and" or between
        if upper and upper.best and quantity.best and upper.best > quantity.best and spread:
            if tokens[upper.last].text.lower() in quantity_words()["units"] and quantity.best < 100:
                quantity = replace(
                    quantity, best=quantity.best * quantity_words()["units"][tokens[upper.last].text.lower()]
                )
            first = quantity.first - between
            return Quantity(quantity.best, quantity.best, upper.best, "range", first, upper.last)
    name, first = _preceded(document, quantity.first)
    behind, last = _followed(document, quantity.last)
    if name is None and behind is None:
        return quantity
    bounded = _bounded(quantity, name or behind or "exact")
    outer, outermost = _preceded(document, first) if name == "exact" and first != quantity.first else (None, first)
    if outer and outer != "exact":
        bounded = _bounded(quantity, outer)
    return replace(bounded, first=outermost if outer else first, last=last)


def _vague(document: Document, index: int) -> Quantity | None:
    """Vague quantities: dozens, tens of thousands, several, a few hundred, an unknown number."""
    tokens, words = document.tokens, quantity_words()
    sentence = document.sentence_of(index).tokens
    start, end = sentence[0].index, sentence[-1].index
    word = tokens[index].text.lower()
    if word not in words["vague"]:
        return None
    if word == "many" and index < end and tokens[index + 1].text.lower() == "as":
        return None
    if index > start and tokens[index - 1].text.lower() in {"how", "so", "too", "as"} and word in {"many", "few"}:
        return None
    low, best = words["vague"][word]
    first = last = index
    if word in {"tens", "hundreds"} and index + 2 <= end and tokens[index + 1].text.lower() == "of":
        factor = {"thousands": 1000, "millions": 1_000_000}.get(tokens[index + 2].text.lower())
        if factor:
            low, best, last = low * factor, best * factor, index + 2
    elif word in {"few", "several", "couple", "many"} and index < end:
        step = 2 if word == "couple" and tokens[index + 1].text.lower() == "of" else 1
        unit = words["units"].get(tokens[index + step].text.lower()) if index + step <= end else None
        if unit:
            low, best, last = low * unit, best * unit, index + step
    while first > start and tokens[first - 1].text.lower() in {
        "a",
        "an",
        "the",
        "quite",
        "very",
        *words["unknown"]["words"],
        "large",
        "small",
    }:
        first -= 1
    if any(tokens[i].text.lower() in words["unknown"]["words"] for i in range(first, index)):
        return Quantity(1, None, None, "unknown", first, last)
    if word == "few" and first == index and index > start and tokens[index - 1].text.lower() != "a":
        return None
    if word == "number" and index > start and tokens[index - 1].text.lower() == "the":
        return None
    if word in {"number", "group"} and not (last < end and tokens[last + 1].text.lower() in _PARTITIVE):
        return None
    name, outer = _preceded(document, first)
    if name in {"at_least", "more_than", "about"}:
        first = outer
    return Quantity(low, best, None, "vague", first, last)


def _nobody(document: Document, index: int) -> Quantity | None:
    words = quantity_words()["nobody"]
    texts = [token.text.lower() for token in document.tokens[index : index + 3]]
    same = document.sentence_of(index).tokens[-1].index
    for phrase in words["phrases"]:
        parts = phrase.split()
        if texts[: len(parts)] == parts and index + len(parts) - 1 <= same:
            return Quantity(0, 0, 0, "none", index, index + len(parts) - 1, negated=True)
    if texts[0] in words["words"]:
        return Quantity(0, 0, 0, "none", index, index, negated=True)
    return None


def quantities(document: Document, first: int, last: int) -> Iterator[Quantity]:
    """The printed quantities whose numerals stand in tokens first to last, in order, not overlapping."""
    index = first
    while index <= last:
        found = _nobody(document, index) or _vague(document, index)
        if found is None:
            numeral = numeral_at(document, index)
            found = _qualified(document, numeral) if numeral else None
        if found is None:
            index += 1
            continue
        yield found
        index = max(found.last, index) + 1


def _own_quantifier(document: Document, head: Token) -> Token | None:
    """The numeral, determiner or adjective of the phrase that says how many."""
    words = quantity_words()
    for child in document.children(head, "nummod", "det", "amod", "compound", "advmod", "nmod", "case"):
        if child.index > head.index:
            continue
        word = child.text.lower()
        if child.dep.startswith("nummod") or word in words["vague"] or word in words["nobody"]["words"]:
            return child
    return None


def quantity_of(document: Document, head: Token) -> Quantity | None:
    """How many the noun phrase headed by a token speaks of; None where it prints no number of its own.

    A singular noun or a person's name is one, a bare plural is vague (2, 3, open), a definite plural ("the victims")
    refers back and is None.

    Examples
    --------
    >>> from timeline.language import read
    >>> document = read("More than 50 shoppers were hurt.")
    >>> quantity = quantity_of(document, document.tokens[3])
    >>> (quantity.low, quantity.best, quantity.high, quantity.qualifier)
    (50, 50, None, 'more_than')
    """
    tokens = document.tokens
    sentence = document.sentence_of(head).tokens
    left = min([token.index for token in document.subtree(head) if token.index <= head.index], default=head.index)
    left = max(left, sentence[0].index)
    special = _all_but(document, head, left) or _share(document, head) or _collective(document, head, left)
    if special:
        return special
    for start in (left, max(left - 1, sentence[0].index)):
        nothing = _nobody(document, start) if tokens[start].text.lower() == "not" else None
        if nothing is not None:
            return replace(nothing, last=head.index)
    quantifier = _own_quantifier(document, head)
    if quantifier is not None:
        for found in quantities(document, min(left, quantifier.index), head.index):
            if found.first <= quantifier.index <= found.last or found.last >= quantifier.index:
                return replace(found, last=max(found.last, head.index))
    word = head.text.lower()
    if head.tag == "CD" or word in quantity_words()["vague"] or word in {"none", "nobody", "one"}:
        for found in quantities(document, left, head.index):
            if found.last >= head.index:
                return _of_whom(document, head, found)
    if word == "nobody" or (word == "one" and head.index > left and tokens[head.index - 1].text.lower() == "no"):
        return Quantity(0, 0, 0, "none", head.index - (word == "one"), head.index, negated=True)
    return _beside(document, head) or _uncounted(document, head, left)


def _of_whom(document: Document, head: Token, found: Quantity) -> Quantity:
    """Stretch over the "of" phrases: four of the wounded, tens of thousands of soldiers."""
    token: Token | None = head
    while token is not None:
        inner = [child for child in document.children(token, "nmod", "obl") if child.index > token.index]
        token = next((c for c in inner if any(k.text.lower() == "of" for k in document.children(c, "case"))), None)
        if token is not None:
            found = replace(found, last=max(found.last, token.index))
    return found


def _beside(document: Document, head: Token) -> Quantity | None:
    """A number right before the noun that the parse hung elsewhere: "between 20 and 25 villagers"."""
    start = max(document.sentence_of(head).tokens[0].index, head.index - 8)
    for found in quantities(document, start, head.index - 1):
        between = document.tokens[found.last + 1 : head.index]
        if all(word.pos in {"ADJ", "NOUN", "PROPN"} or word.tag == "VBN" for word in between):
            return replace(found, last=head.index)
    return None


def _all_but(document: Document, head: Token, left: int) -> Quantity | None:
    end = max([head.index, *(child.index for child in document.children(head, "nmod"))])
    window = document.tokens[max(left - 6, document.sentence_of(head).tokens[0].index) : end + 1]
    words = [token.text.lower() for token in window]
    for at in range(len(words) - 4):
        if words[at : at + 2] == ["all", "but"]:
            minus = numeral_at(document, window[at + 2].index)
            total = next(
                (n for i in range(at + 3, len(words)) if (n := numeral_at(document, window[i].index)) and n.best), None
            )
            if minus and total and total.best and minus.best and total.best > minus.best:
                left_over = total.best - minus.best
                return Quantity(left_over, left_over, left_over, "exact", window[at].index, end)
    return None


def _collective(document: Document, head: Token, left: int) -> Quantity | None:
    """A number inside or before a word for several: "a family of five", "a total of four soldiers", "both pilots"."""
    word = head.text.lower()
    if word in {"family", "total", "group", "crowd"}:
        for child in document.children(head, "nmod"):
            of = any(case.text.lower() == "of" for case in document.children(child, "case"))
            counted = child.tag == "CD" or word == "total" or bool(document.children(child, "nummod"))
            found = quantity_of(document, child) if of and counted else None
            if found is not None and found.qualifier != "vague":
                return replace(found, first=min(left, found.first), last=max(found.last, child.index))
    if any(child.text.lower() == "both" for child in document.children(head, "det", "cc:preconj")):
        joined = head.tag not in {"NNS", "NNPS"}
        return None if joined else Quantity(2, 2, 2, "exact", left, head.index)
    pair = word == "couple" and any(child.dep in {"det", "amod"} for child in document.children(head))
    if pair and not any(child.index > head.index for child in document.children(head, "nmod")):
        following = document.tokens[head.index + 1 : head.index + 2]
        counting = any(token.pos in {"NOUN", "ADJ"} or token.text.lower() in {"dead", "of"} for token in following)
        return None if counting else Quantity(2, 2, 2, "exact", left, head.index)
    return None


def _share(document: Document, head: Token) -> Quantity | None:
    """Most of n, half of n."""
    word = head.text.lower()
    if word not in {"most", "half"}:
        return None
    for child in document.children(head, "nmod"):
        inner = _own_quantifier(document, child)
        total = numeral_at(document, inner.index) if inner else None
        if total and total.best:
            if word == "most":
                return Quantity(total.best // 2 + 1, None, total.best, "most", head.index, child.index)
            half = total.best // 2
            return Quantity(half, half, half, "about", head.index, child.index)
    return None


def _name_around(document: Document, head: Token) -> tuple[int, int]:
    """First and last word of the name that a token stands in: "Ismail al-Kilabi"."""
    named = [name for name in document.sentence_of(head).names if name.first <= head.index <= name.last]
    first, last = (named[0].first, named[0].last) if named else (head.index, head.index)
    inside = {head.index, *(child.index for child in document.children(head, "flat"))}
    while last + 1 in inside or (document.tokens[last + 1 : last + 2] and document.tokens[last + 1].text == "-"):
        last += 1 if last + 1 in inside else 2
    return first, min(last, document.sentence_of(head).tokens[-1].index)


def _asked(document: Document, head: Token) -> bool:
    """Whether a phrase asks for the number: "how many people had died"."""
    words = document.children(head, "amod", "det", "nmod")
    return any(document.tokens[word.index - 1].text.lower() == "how" for word in words if word.index)


def _uncounted(document: Document, head: Token, left: int) -> Quantity | None:
    if head.text.lower() == "another":
        return Quantity(1, 1, 1, "exact", head.index, head.index)
    if head.pos == "PRON":
        return Quantity(1, 1, 1, "exact", head.index, head.index) if head.text.lower() in _ONE_PRONOUNS else None
    if head.pos == "ADJ" and any(child.lemma in {"a", "an"} for child in document.children(head, "det")):
        return Quantity(1, 1, 1, "exact", left, head.index)
    if head.pos not in {"NOUN", "PROPN"} or _asked(document, head):
        return None
    determiner = next((child for child in document.children(head, "det", "nmod:poss")), None)
    if head.lemma.lower() in _HARMED and determiner is not None:
        return None
    article = determiner is not None and determiner.dep == "det" and determiner.index < head.index
    first = determiner.index if determiner and article else left
    while first < head.index and document.tokens[first].pos in {"ADP", "PUNCT", "CCONJ"}:
        first += 1
    left = max(left, first)
    if head.pos == "PROPN" and head.tag != "NNPS":
        begin, end = _name_around(document, head)
        return Quantity(1, 1, 1, "exact", min(left, begin), end)
    if determiner is not None and determiner.lemma in {"a", "an"} and head.tag == "NNS" and article:
        return Quantity(1, 1, 1, "exact", first, head.index)
    if head.tag in _SINGULAR_TAGS and head.pos == "NOUN":
        return Quantity(1, 1, 1, "exact", first, head.index)
    if determiner is None and head.lemma.lower() == "casualty":
        return Quantity(1, None, None, "unknown", left, head.index)
    if head.tag in {"NNS", "NNPS"} and determiner is None and not document.children(head, "cop"):
        return Quantity(2, 3, None, "vague", left, head.index)
    return None
