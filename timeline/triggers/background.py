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
    """Whether the clause gives context: pluperfect, since and after clauses, an earlier year, words of memory.

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
