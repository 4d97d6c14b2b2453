"""Who gives a figure: "a doctor spoke of 48 dead", "..., survivors of more than 300"."""

from __future__ import annotations

from timeline.counts.harm import harm_words
from timeline.counts.victims import is_person
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.records import Span

__all__ = ["figure_source", "spoken_by"]


def figure_source(document: Document, figure: Token) -> Span | None:
    """Who gives a bare number: the subject of its verb, or the noun before it where the verb is left out."""
    above = document.head(figure)
    if above is None or figure.dep.startswith("nsubj"):
        return None
    told = above if _left_out(document, figure, above) else _speaker(document, figure)
    return None if told is None or told.index > figure.index else _phrase(document, told)


def spoken_by(document: Document, word: Token) -> Span | None:
    """Whose words tell of harm: the subject of the verb that speaks of it, or puts its number."""
    told = None if word.pos == "VERB" else _speaker(document, word)
    return None if told is None or told.index > word.index else _phrase(document, told)


def _phrase(document: Document, told: Token) -> Span:
    """The words of a noun phrase up to its head."""
    inside = [
        word for word in document.subtree(told) if word.index <= told.index and word.pos not in {"PUNCT", "CCONJ"}
    ]
    return document.token_span(min(word.index for word in inside), told.index)


def _left_out(document: Document, figure: Token, above: Token) -> bool:
    """Whether the verb is left out between a source and its figure: "..., survivors of more than 300"."""
    known = nouns().get(above.lemma.lower())
    source = above.pos == "PROPN" or (above.pos == "NOUN" and (known is not None or is_person(document, above)))
    return source and any(case.lemma in {"of", "at"} for case in document.children(figure, "case"))


def _speaker(document: Document, word: Token) -> Token | None:
    toll = harm_words().toll
    verb = next((above for above in document.ancestors(word) if above.pos == "VERB"), None)
    speaking = verb is not None and verb.lemma in {*toll["speak"], *toll["put"], *toll["say"]}
    return next(iter(document.children(verb, "nsubj")), None) if verb is not None and speaking else None
