"""What a read document tells about a date: the tense of its clause, and whether the word is a date at all."""

from __future__ import annotations

from timeline.dates.grammar import grammar
from timeline.dates.tense import Tense
from timeline.language.document import Document, Name, Token

__all__ = ["clause_tense", "head_token", "is_other_word"]

REACH = 12


def head_token(document: Document, start: int, end: int) -> Token | None:
    """The token in a stretch of text that the others hang on; None if no token begins there."""
    tokens = document.tokens_in(start, end) or ((found,) if (found := document.token_at(start)) is not None else ())
    inside = {token.index for token in tokens}
    return next(
        (token for token in tokens if token.head not in inside or token.head == token.index),
        tokens[0] if tokens else None,
    )


def is_other_word(document: Document, start: int, end: int) -> bool:
    """Whether a bare month, weekday or season is a verb here, or part of a person's or an organisation's name."""
    tokens = document.tokens_in(start, end)
    if len(tokens) != 1:
        return False
    token = tokens[0]
    if token.pos in ("VERB", "AUX"):
        return True
    for name in document.sentence_of(token).names:
        inside = name.first <= token.index <= name.last
        if inside and (name.label in ("PER", "ORG") if name.first < name.last else _is_person(token, name)):
            return True
    return False


def _is_person(token: Token, name: Name) -> bool:
    """Whether a month alone is a person who does something: "May said that"."""
    is_month = token.text.lower() in grammar().values["FULLMONTH"]
    return name.label == "PER" and is_month and token.dep.split(":")[0] in ("nsubj", "obj", "iobj", "appos")


def clause_tense(document: Document, start: int, end: int) -> Tense | None:
    """The tense of the verb that a date belongs to; None if the syntax does not say."""
    token = head = head_token(document, start, end)
    steps = 0
    while token is not None and steps < REACH:
        if token.dep.split(":")[0] == "nmod":
            return None
        token = document.head(token)
        steps += 1
        if token is not None and (token.pos in ("VERB", "AUX") or document.children(token, "cop")):
            found = _tense(document, _nearer(document, token, head))
            if found is not None or token.tag not in ("VBG", "VB", "VBN"):
                return found
    return None


def _nearer(document: Document, verb: Token, date: Token | None) -> Token:
    """Of coordinated verbs the last before the date: "demanded his release and will march on Friday"."""
    joined = [word for word in document.children(verb, "conj") if word.pos == "VERB" and word.index > verb.index]
    before = [word for word in joined if date is not None and word.index < date.index]
    return before[-1] if before else verb


def _tense(document: Document, verb: Token) -> Tense | None:
    cues = grammar().cues
    helpers = document.children(verb, "aux", "cop")
    lemmas = [helper.text.lower() for helper in helpers]
    if any(word in cues["will"] for word in lemmas):
        return "future"
    if any(word in cues["modals"] for word in lemmas):
        return "maybe"
    has = any(helper.lemma == "have" and helper.tag in ("VBZ", "VBP") for helper in helpers)
    if has and verb.lemma in cues["appointing"]:
        return "future"
    if has or (verb.lemma in cues["later"] and verb.tag in ("VBD", "VBN")):
        return None
    if any(helper.tag == "VBD" or helper.lemma == "have" for helper in helpers) or verb.tag == "VBD":
        return "past"
    if any(
        helper.tag == "TO" or helper.text.lower() == "to" for helper in (*helpers, *document.children(verb, "mark"))
    ):
        is_to = any(helper.lemma == "be" and helper.tag in ("VBZ", "VBP") for helper in helpers)
        return "future" if is_to else _infinitive(document, verb)
    if verb.tag == "VBG" and helpers:
        return "maybe"
    if verb.tag == "VBN":
        planned = verb.text.lower() in cues["plans"] and not _is_done(document, verb)
        if helpers:
            return "future" if planned else None
        return "maybe" if planned else "past"
    if verb.tag in ("VBP", "VBZ") and verb.lemma in cues["timetable"] and not helpers:
        return "maybe"
    return "past" if verb.lemma in cues["speech"] and verb.tag == "VBD" else None


def _is_done(document: Document, verb: Token) -> bool:
    """Whether "set" is no plan: "a record set on 6 August"."""
    follow = document.tokens[verb.index + 1].lemma if verb.index + 1 < len(document.tokens) else ""
    return verb.lemma == "set" and follow in ("on", "in", "by", "at")


def _infinitive(document: Document, verb: Token) -> Tense | None:
    above = document.head(verb)
    if above is None:
        return "future"
    if above.lemma in grammar().cues["implicative"] and above.tag in ("VBD", "VBN"):
        return "past"
    is_now = any(helper.tag in ("VBZ", "VBP") for helper in document.children(above, "aux", "cop"))
    if above.lemma in grammar().cues["later"]:
        return "future" if above.tag in ("VBZ", "VBP") or is_now else "maybe"
    return "maybe"
