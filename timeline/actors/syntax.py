"""Small questions to the syntax that the readers of actors share."""

from __future__ import annotations

from timeline.gazetteer import words
from timeline.language.document import Document, Token

__all__ = ["beside_speech", "case_of", "head_of", "is_addressed", "is_speaker", "is_subject", "text_of", "top_of_chain"]


def text_of(document: Document, first: int, last: int) -> str:
    """The text of tokens first to last, line breaks as spaces."""
    return " ".join(document.text[document.tokens[first].start : document.tokens[last].end].split())


def head_of(document: Document, first: int, last: int) -> int:
    """The token of a stretch that hangs outside it (the last one, if several do)."""
    found = last
    for token in document.tokens[first : last + 1]:
        if (token.head == token.index or not first <= token.head <= last) and token.dep != "punct":
            found = token.index
            break
    return found


def top_of_chain(document: Document, token: Token) -> Token:
    """The first member of the coordination or apposition that a token belongs to."""
    steps = 0
    while token.dep in {"conj", "appos", "flat"} and token.head != token.index and steps < 20:
        token = document.tokens[token.head]
        steps += 1
    return token


def case_of(document: Document, token: Token) -> str:
    """The preposition of a noun in lower case, also that of the coordination it stands in; else empty."""
    for member in (token, top_of_chain(document, token)):
        for child in document.children(member, "case"):
            if child.index < member.index and child.tag != "POS":
                return child.text.lower()
    return ""


def is_subject(token: Token) -> bool:
    """Whether a noun is the subject of a verb, active or passive."""
    return token.dep in {"nsubj", "nsubj:pass", "csubj"}


def is_addressed(document: Document, token: Token) -> bool:
    """Whether a noun is the one that is urged, warned or accused, as only people and governments are."""
    verb = document.head(token)
    return token.dep in {"obj", "iobj", "nsubj:pass"} and verb is not None and verb.lemma in words("address")


def is_speaker(document: Document, token: Token) -> bool:
    """Whether a noun is the subject of a verb of speech, or stands in "according to"."""
    top = top_of_chain(document, token)
    head = document.head(top)
    if is_subject(top) and head is not None and head.lemma in words("speech"):
        return True
    if token.dep != "obj" and beside_speech(document, token.index, token.index):
        return True
    if not is_subject(top) and _said_after(document, token):
        return True
    return any(child.text.lower() == "according" for child in document.children(top, "case"))


_SAID = frozenset({"say", "tell", "add", "warn", "note", "ask", "claim"})


def beside_speech(document: Document, first: int, last: int) -> bool:
    """Whether a finite verb of speech stands right before or after a stretch: "said X", "X said"."""
    for index in (first - 1, last + 1):
        if 0 <= index < len(document.tokens):
            word = document.tokens[index]
            if word.tag in {"VBD", "VBZ", "VBP"} and word.lemma in {
                "say",
                "tell",
                "add",
                "warn",
                "note",
                "ask",
                "claim",
            }:
                return True
    return False


def _said_after(document: Document, token: Token) -> bool:
    """Whether a verb of speech without a subject of its own follows within a few words (the parser missed it)."""
    last = document.sentence_of(token).tokens[-1].index
    for word in document.tokens[token.index + 1 : min(last, token.index + 6) + 1]:
        if word.tag in {"VBD", "VBZ", "VBP"}:
            return word.lemma in words("speech") and not document.children(word, "nsubj")
        if word.tag not in {"NN", "NNS", "NNP", "CC", "JJ", ","}:
            return False
    return False
