"""Whether a happening is told as context of the news rather than as the news."""

from __future__ import annotations

import re

from timeline.language import Document, Token
from timeline.lexicon import Cues
from timeline.triggers.syntax import clause_head

__all__ = ["is_background"]

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
    if _is_reason(document, token, clause, cues):
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


def _is_reason(document: Document, token: Token, clause: Token, cues: Cues) -> bool:
    """Whether a happening is why something else is done: "a march against the killing", "to avenge the raid"."""
    answers, cases = (set(cues.words("background", name)) for name in ("answers", "reasons"))
    head = document.head(token)
    if token.pos == "NOUN" and head is not None:
        told = {
            case.lemma.lower(): document.tokens[max(0, case.index - 1)] for case in document.children(token, "case")
        }
        if head.lemma.lower() in answers and token.dep == "obj":
            return True
        for case, before in told.items():
            asked = {head.lemma.lower(), before.lemma.lower()} & answers
            if asked and (case in cases or (case == "to" and asked & set(cues.words("background", "answers_to")))):
                return True
    above = document.head(clause)
    if clause.dep != "advcl" or above is None or not _is_after(document, clause):
        return False
    main = {above.lemma.lower(), *(child.lemma.lower() for child in document.children(above, "obj"))}
    return bool(main & answers)


def _is_after(document: Document, clause: Token) -> bool:
    """Whether a clause says after or because of what something is done."""
    return any(mark.lemma.lower() in {"after", "because"} for mark in document.children(clause, "mark"))
