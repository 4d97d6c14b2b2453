"""Trees put right where the parser is known to go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.language.document import Token

__all__ = ["repaired"]

_OPENING = frozenset({"after", "before", "until", "since"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LIGHT = frozenset({"ADV", "AUX", "PUNCT", "PART"})


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a sentence, the subject of a clause of time given back to its verb.

    "The king fell ill, two days after his brother, Omar, went over to the rebels": where the verb is read as joined to
    the one before, with "his brother" as an adverbial, the brother is its subject, "after" opens its clause.
    """
    out = list(tokens)
    base = tokens[0].index if tokens else 0
    for verb in tokens:
        if verb.tag not in _FINITE or verb.dep != "conj":
            continue
        below = [token for token in tokens if token.head == verb.index and token is not verb]
        if any(token.dep in ("cc", "mark") or token.dep.startswith(("nsubj", "csubj", "expl")) for token in below):
            continue
        for subject in (token for token in below if token.dep == "obl" and token.index < verb.index):
            case = [token for token in tokens if token.head == subject.index and token.dep == "case"]
            if len(case) != 1 or case[0].lemma not in _OPENING or not _reaches(tokens, subject, verb):
                continue
            out[subject.index - base] = replace(subject, dep="nsubj")
            out[case[0].index - base] = replace(case[0], dep="mark", head=verb.index, pos="SCONJ")
            out[verb.index - base] = replace(verb, dep="advcl")
    return tuple(out)


def _reaches(tokens: Sequence[Token], subject: Token, verb: Token) -> bool:
    """Whether nothing but the subject's own words and light ones stand between it and the verb."""
    inside = {subject.index}
    for token in tokens:
        if subject.index < token.index < verb.index and token.head in inside:
            inside.add(token.index)
    between = (token for token in tokens if subject.index < token.index < verb.index)
    return all(token.index in inside or token.pos in _LIGHT for token in between)
