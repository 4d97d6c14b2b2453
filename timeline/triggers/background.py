"""Whether a happening is told as context of the news rather than as the news."""

from __future__ import annotations

import re

from timeline.language import Document, Token
from timeline.lexicon import Cues
from timeline.triggers.syntax import clause_head

__all__ = ["is_background", "is_reason"]

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
MEMORY = frozenset({"anniversary", "memorial", "commemorate", "commemoration", "veteran", "remembrance"})


def is_background(document: Document, token: Token, cues: Cues) -> bool:
    """Whether the clause gives context: pluperfect, since clauses, earlier years, words of memory, reasons of protest.

    Examples
    --------
    >>> from timeline.language import read
    >>> from timeline.lexicon import load
    >>> document = read("The army had shelled the town in May.")
    >>> is_background(document, document.tokens[3], load().cues)
    True
    """
    clause = clause_head(document, token)
    words = {child.lemma.lower() for child in document.children(clause, "aux")}
    texts = {child.text.lower() for child in document.children(clause, "aux")}
    if texts & {"had", "'d"} and "have" in words and clause.tag == "VBN":
        return True
    if clause.dep in ("advcl", "acl") and any(
        child.lemma.lower() == "since" for child in document.children(clause, "mark", "case", "advmod")
    ):
        return True
    if any(case.lemma.lower() == "since" for case in document.children(token, "case")):
        return True
    if is_reason(document, token, cues):
        return True
    around = {item.lemma.lower() for item in document.subtree(clause)}
    if around & MEMORY or "ago" in around:
        return True
    published = document.article.published
    if published is not None:
        text = document.text[document.sentence_of(token).start : document.sentence_of(token).end]
        years = [int(year) for year in YEAR.findall(text)]
        return bool(years) and max(years) < published.year
    return any(
        child.lemma.lower() in cues.words("background", "adverbs") for child in document.children(clause, "advmod")
    )


def is_reason(document: Document, token: Token, cues: Cues) -> bool:
    """Whether a happening is why something else is done: "a march against the killing", "to avenge the raid".

    Examples
    --------
    >>> from timeline.language import read
    >>> from timeline.lexicon import load
    >>> document = read("Students protested against the killing of their classmate.")
    >>> [is_reason(document, document.tokens[index], load().cues) for index in (1, 4)]
    [False, True]
    """
    answers = frozenset(cues.words("background", "answers"))
    cases = {"after", "following", *cues.words("background", "reasons")}
    marked = _one_of(document, token, cues)
    head = document.head(marked)
    marks = document.children(marked, "case", "mark")
    done_to = marked.dep == "obj" or (marked.dep == "obl" and not marks)
    if done_to and head is not None and head.index < token.index and head.lemma.lower() in answers:
        return True
    for mark in marks:
        word, before = mark.lemma.lower(), document.tokens[max(0, mark.index - 1)].lemma.lower()
        answered = before in answers or (head is not None and _answers(document, head, answers))
        if answered and (word in cases or (word == "to" and before in cues.words("background", "answers_to"))):
            return True
    clause = clause_head(document, token)
    above = document.head(clause)
    if clause.dep != "advcl" or above is None or not _is_after(document, clause):
        return False
    return _answers(document, above, answers)


def _answers(document: Document, token: Token, answers: frozenset[str]) -> bool:
    """Whether a verb, what does it or what is done is an answer to something: "a shutdown hit the town"."""
    return any(word.lemma.lower() in answers for word in (token, *document.children(token, "nsubj", "obj")))


def _one_of(document: Document, token: Token, cues: Cues) -> Token:
    """The word that a happening is counted by, else the happening: "a string of attacks"."""
    head = document.head(token)
    counted = token.dep == "nmod" and head is not None and head.lemma.lower() in cues.words("background", "series")
    return head if counted and head is not None else token


def _is_after(document: Document, clause: Token) -> bool:
    """Whether a clause says after or because of what something is done."""
    return any(mark.lemma.lower() in {"after", "because"} for mark in document.children(clause, "mark"))
