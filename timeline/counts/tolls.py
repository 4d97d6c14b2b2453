"""Tolls: "the death toll rose to 45", "put the dead at 27", "confirmed only 11"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from timeline.counts.harm import harm_words
from timeline.counts.numerals import Quantity
from timeline.counts.quantity import quantities
from timeline.counts.victims import Victim, caused_by_nature, is_person
from timeline.language.document import Document, Token
from timeline.records import Harm, Scope, Span

__all__ = ["find_tolls"]

_UPDATES = frozenset({"raise", "bring", "take", "push", "rise", "climb", "increase", "grow", "mount", "jump", "reach"})


def find_tolls(document: Document) -> Iterator[Victim]:
    """Numbers that a text gives as the toll of something, with the source where the same verb has one."""
    words = harm_words()
    toll = words.toll
    yield from _spoken(document)
    yield from _raised(document)
    for token in document.tokens:
        if token.lemma.lower() not in {*toll["nouns"], *toll["harm_words"]} or token.pos not in {"NOUN", "ADJ"}:
            continue
        governor = document.head(token)
        if token.dep == "compound" and governor is not None and governor.lemma in toll["nouns"]:
            continue
        cop = governor is not None and governor.tag == "CD" and token.dep == "nsubj"
        if cop and governor is not None and document.children(governor, "cop"):
            governor = document.children(governor, "cop")[0]
        elif governor is None or governor.lemma not in {*toll["raise"], *toll["put"]}:
            governor = _of_number(document, token)
        if governor is None or caused_by_nature(document, token, words):
            continue
        quantity = _number_after(document, governor, token)
        harm = (_harm_behind(document, quantity) if quantity else None) or _harm(document, token)
        if quantity is None or harm is None:
            continue
        scope: Scope = "toll_update" if governor.lemma in _UPDATES else "incident"
        yield Victim(
            harm,
            document.tokens[quantity.last],
            governor,
            f"{harm}/toll",
            quantity=quantity,
            scope=(scope, None),
            source=_subject(document, governor, token) if governor.lemma in toll["put"] else None,
            counted=next((w for w in document.children(token, "nmod") if w.pos == "NOUN"), None),
        )


def _spoken(document: Document) -> Iterator[Victim]:
    """A bare number that another source gives for the dead told before: "a doctor spoke of 48", "admitted 35"."""
    for token in document.tokens:
        if token.tag != "CD":
            continue
        counted = document.head(token) if token.dep.startswith("nummod") else token
        verb = document.head(counted) if counted is not None else None
        if counted is None or verb is None or verb.lemma not in harm_words().toll["speak"] or verb.index > token.index:
            continue
        talked = verb.lemma in {"speak", "talk"} and is_person(document, counted)
        if talked and not any(case.lemma == "of" for case in document.children(counted, "case")):
            continue
        following = document.tokens[token.index + 1 : token.index + 2]
        bare = counted is token and not any(word.pos in {"NOUN", "ADJ", "PROPN"} for word in following)
        harm = _harm_of(document, counted) or _harm_before(document, verb)
        if harm is None or not (bare or talked):
            continue
        start = min(word.index for word in document.subtree(token))
        found = [q for q in quantities(document, start, token.index) if q.last >= token.index]
        if found:
            quantity = replace(found[0], last=max(found[0].last, counted.index))
            yield Victim(
                harm, counted, verb, f"{harm}/spoken", quantity=quantity, source=_subject(document, verb, token)
            )


def _raised(document: Document) -> Iterator[Victim]:
    """A toll taken up by a pronoun: "the clinic later raised that to 26"."""
    for verb in document.tokens:
        taken = document.children(verb, "obj") if verb.lemma in {"raise", "revise", "lower"} else ()
        if not any(word.lemma in {"that", "this", "it"} and word.pos in {"PRON", "DET"} for word in taken):
            continue
        harm = _harm_before(document, verb)
        for number in document.children(verb, "obl"):
            to = any(case.lemma == "to" for case in document.children(number, "case"))
            found = [q for q in quantities(document, verb.index + 1, number.index) if q.last >= number.index]
            if harm is not None and to and found and number.tag == "CD":
                source = _subject(document, verb, number)
                scope: tuple[Scope, None] = ("toll_update", None)
                yield Victim(harm, number, verb, f"{harm}/raised", quantity=found[0], scope=scope, source=source)


def _harm_of(document: Document, counted: Token) -> Harm | None:
    """The harm that stands before the counted noun: "200 dead rebels"."""
    kinds = harm_words().toll["harm_words"]
    return next(
        (kinds[word.text.lower()] for word in document.children(counted, "amod") if word.text.lower() in kinds), None
    )


def _harm_before(document: Document, verb: Token) -> Harm | None:
    """The harm told last before a verb, at most forty words away."""
    kinds = harm_words().toll["harm_words"]
    for word in reversed(document.tokens[max(0, verb.index - 40) : verb.index]):
        if kinds.get(word.text.lower()):
            return kinds[word.text.lower()]  # type: ignore[no-any-return]
        if word.pos == "NOUN" and word.lemma in {"body", "corpse"}:
            return "killed"
        for rule in harm_words().by_word.get(("verb", word.lemma), ()):
            if (
                word.pos == "VERB"
                and not rule.with_oblique
                and not rule.with_object
                and not rule.result
                and not rule.particle
            ):
                return rule.harm
    return None


def _harm_behind(document: Document, quantity: Quantity) -> Harm | None:
    """The harm that a number itself is of: "the tally stood at 147 dead"."""
    following = document.tokens[quantity.last + 1 : quantity.last + 2]
    return next(
        (
            harm_words().toll["harm_words"][w.text.lower()]
            for w in following
            if w.text.lower() in harm_words().toll["harm_words"]
        ),
        None,
    )


def _of_number(document: Document, token: Token) -> Token | None:
    """The verb over "the number of dead"."""
    head = document.head(token)
    if head is not None and head.lemma in harm_words().toll["nouns"]:
        verb = document.head(head)
        if verb is not None and verb.lemma in {*harm_words().toll["raise"], *harm_words().toll["put"]}:
            return verb
    return None


def _harm(document: Document, token: Token) -> Harm | None:
    """What the toll counts; a bare figure or number stands for the dead of the sentence before."""
    kinds = harm_words().toll["harm_words"]
    near = [token, *document.children(token, "compound", "amod", "nmod", "acl")]
    near += [word for clause in document.children(token, "acl") for word in document.children(clause, "xcomp", "advcl")]
    near += [word for people in document.children(token, "nmod") for word in document.children(people, "acl")]
    for word in near:
        kind = kinds.get(word.lemma.lower()) or kinds.get(word.text.lower())
        if kind == "casualties" and word is not token:
            return _harm_before(document, word) or "casualties"
        if kind:
            return kind  # type: ignore[no-any-return]
    lemma = token.lemma.lower()
    if lemma in {"toll"}:
        return "killed"
    return _harm_before(document, token) if lemma in {"figure", "number", "count", "tally"} else None


def _number_after(document: Document, governor: Token, token: Token) -> Quantity | None:
    """The first number behind "at" or "to" after the noun, or the counted complement of "be"."""
    sentence = document.sentence_of(governor)
    start = max(governor.index, token.index) + 1
    for quantity in quantities(document, governor.index + 1, token.index - 1):
        if document.tokens[quantity.first - 1].text.lower() == "to" and governor.lemma in _UPDATES:
            return quantity
    for quantity in quantities(document, start, sentence.tokens[-1].index):
        before = document.tokens[quantity.first - 1].text.lower()
        if before in {"at", "to", "as", "is", "was", "stands", "reached", "of", "be", "now", "nearer", "closer"}:
            return quantity
        return None
    return None


def _subject(document: Document, governor: Token, token: Token) -> Span | None:
    for child in document.children(governor, "nsubj"):
        if child.index != token.index:
            covered = list(document.subtree(child))
            return document.span(covered[0].start, covered[-1].end)
    return None
