"""Where names begin and end: the lexicons, the language model and runs of proper nouns, put in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timeline.actors.matching import Entry, Hit, known_names
from timeline.gazetteer import demonyms, nouns, titles, words
from timeline.language.document import Document, Sentence, Token

__all__ = ["Stretch", "stretches"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A name: tokens first to last, both inclusive, with the label of the model or ``RUN``, and its lexicon entry."""

    first: int
    last: int
    label: str
    hit: Hit | None = None


def stretches(
    document: Document, sentence: Sentence, own: Mapping[str, Entry], own_prefixes: frozenset[str]
) -> list[Stretch]:
    """All names of a sentence in order, without overlap; of rivals the longer one, the lexicon's at equal length."""
    hits = list(known_names(document, sentence, own, own_prefixes))
    rivals = [Stretch(hit.first, hit.last, hit.type, hit) for hit in hits]
    for name in sentence.names:
        first, last = _trim(document, *_grow(document, sentence, name.first, name.last))
        if first <= last:
            rivals += _parted(document, Stretch(first, last, name.label))
    for first, last in _runs(document, sentence):
        rivals += _parted(document, Stretch(first, last, "RUN"))
    chosen: list[Stretch] = []
    taken: set[int] = set()
    for rival in sorted(rivals, key=_rank):
        cells = range(rival.first, rival.last + 1)
        if not taken.intersection(cells):
            chosen.append(rival)
            taken.update(cells)
    return sorted(chosen, key=lambda stretch: stretch.first)


def _parted(document: Document, stretch: Stretch) -> Iterator[Stretch]:
    """A name without the titles in it; one that ends in a title or role noun, or is no actor, goes."""
    tokens = document.tokens
    low = tokens[stretch.last].text.casefold()
    inside = tokens[stretch.first : stretch.last + 1]
    if not any(char.isupper() for token in inside for char in token.text):
        return
    if tokens[stretch.first].text.casefold() in words("thing") or (low in words("thing") and stretch.label != "PER"):
        return
    if document.text[inside[0].start : inside[-1].end] in words("notname"):
        return
    noun = nouns().get(low) or nouns().get(tokens[stretch.last].text.rstrip("s"))
    if noun is not None and tokens[stretch.last].text[0].islower():
        return
    if noun is not None and noun.person and low not in words("orgword") and stretch.label != "PER":
        return
    cut = stretch.first
    for index in range(stretch.first, stretch.last):
        if _is_title(document, index) or _ends_title(document, index):
            cut = index + 1
    if stretch.last == cut - 1 or (stretch.first == stretch.last and _is_title(document, stretch.first)):
        return
    while cut < stretch.last and not any(char.isalnum() for char in tokens[cut].text):
        cut += 1
    if cut == stretch.first:
        yield stretch
    elif tokens[cut].text.lower() not in {"of", "for", "and", "general"}:
        yield Stretch(cut, stretch.last, "PER")
    else:
        yield stretch


def _rank(stretch: Stretch) -> tuple[int, int, int, int]:
    known = stretch.hit is not None
    firm = stretch.label in {"trap", "actor", "group", "seat", "defined"}
    order = 0 if stretch.label == "trap" else 1
    long = stretch.last - stretch.first
    return order, -long - (2 if firm and long else 0), 0 if known else 1 if stretch.label != "RUN" else 2, stretch.first


def _grow(document: Document, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    tokens, low, high = document.tokens, sentence.tokens[0].index, sentence.tokens[-1].index
    while first > low and _joins(tokens[first - 1]) and not _is_title(document, first - 1):
        first -= 1
    while last < high and _joins(tokens[last + 1]):
        last += 1
    while last + 2 <= high and tokens[last + 1].text == "-" and _joins(tokens[last + 2]) and _tight(tokens, last):
        last += 2
    while (
        first - 2 >= low
        and tokens[first - 1].text == "-"
        and _tight(tokens, first - 2)
        and len(tokens[first - 2].text) > 1
    ):
        first -= 2
    return first, last


def _tight(tokens: tuple[Token, ...], index: int) -> bool:
    return tokens[index].end == tokens[index + 1].start and tokens[index + 1].end == tokens[index + 2].start


def _joins(token: Token) -> bool:
    return (
        token.tag in {"NNP", "NNPS"}
        and token.text[0].isupper()
        and token.text not in words("calendar")
        and token.text not in demonyms()
    )


def _is_title(document: Document, index: int) -> bool:
    following = document.tokens[index + 1].text.casefold() if index + 1 < len(document.tokens) else ""
    return document.tokens[index].text.casefold().rstrip(".") in titles() and following not in words("orgword")


def _ends_title(document: Document, index: int) -> bool:
    """Whether a token is the last of a title of several words: "Secretary of State"."""
    words_ = [token.text.casefold() for token in document.tokens[max(0, index - 3) : index + 1]]
    return any(" ".join(words_[start:]) in titles() for start in range(len(words_) - 1))


def _trim(document: Document, first: int, last: int) -> tuple[int, int]:
    tokens = document.tokens
    while first <= last and (
        tokens[first].tag in {"DT", "POS", "PRP$", "CD", "IN", "CC", "``", "''", ",", ".", "-LRB-", "HYPH", ":"}
        or not any(char.isalnum() for char in tokens[first].text)
        or tokens[first].text in words("calendar")
    ):
        first += 1
    while last >= first and (
        tokens[last].tag in {"POS", ",", ".", "''", "``", "-RRB-", "HYPH", ":", "CC", "IN"}
        or not any(char.isalnum() for char in tokens[last].text)
        or tokens[last].text in words("calendar")
    ):
        last -= 1
    return first, last


def _runs(document: Document, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield runs of proper nouns, with particles and hyphens inside."""
    tokens, start = sentence.tokens, 0
    while start < len(tokens):
        if not _begins(tokens[start]):
            start += 1
            continue
        end = start
        while end + 1 < len(tokens):
            following = tokens[end + 1]
            if _joins(following):
                end += 1
            elif (
                end + 2 < len(tokens)
                and (following.text in {"-", "–"} or following.text.lower() in words("particle"))
                and _joins(tokens[end + 2])
                and following.tag not in {"POS"}
                and (following.text not in {"-", "–"} or following.end == tokens[end + 2].start)
            ):
                end += 2
            else:
                break
        if len(tokens[start].text) > 1 or end > start:
            yield tokens[start].index, tokens[end].index
        start = end + 1


def _begins(token: Token) -> bool:
    return _joins(token) and token.text not in words("notname")
