"""Second mentions: "the attack" after a car bombing is the car bombing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.language import Document, Token
from timeline.triggers.candidate import Candidate

__all__ = ["is_second_mention", "resolved"]

REACH = 4
BLASTS = frozenset({"blast", "explosion", "bombing", "bomb", "detonation"})
DEATHS = frozenset({"killing", "murder", "slaying", "massacre", "atrocity"})
GUNFIRE = frozenset({"shooting", "ambush"})
ANY = frozenset({"attack", "assault", "raid", "onslaught", "strike", "incident", "violence", "operation"})
TAKES_UP = (
    (BLASTS, frozenset({"bombing", "airstrike", "shelling"})),
    (DEATHS, frozenset({"massacre", "execution", "assassination", "attack"})),
    (GUNFIRE, frozenset({"attack", "assassination", "battle", "crackdown", "massacre"})),
)
FORCE = ("massacre", "execution", "assassination", "airstrike", "bombing", "shelling", "attack", "battle", "crackdown")
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"})


def _definite(document: Document, token: Token) -> bool:
    """A noun with a definite article and nothing that tells it from others of its kind."""
    if token.pos != "NOUN":
        return False
    dets = {child.lemma.lower() for child in document.children(token, "det", "nmod")}
    others = document.children(token, "nmod", "nummod", "acl", "compound")
    return bool(dets & DEFINITE) and not [child for child in others if child.dep != "nmod:poss"]


def _fits(noun: str, kind: str) -> bool:
    """Whether a noun such as "the blast" can stand for a happening of a type."""
    return (noun in ANY and kind in FORCE) or any(noun in nouns and kind in kinds for nouns, kinds in TAKES_UP)


def is_second_mention(document: Document, item: Candidate, earlier: Sequence[Candidate]) -> Candidate | None:
    """The happening that a definite noun takes up, None where it names a new one."""
    token = document.tokens[item.head]
    if not _definite(document, token):
        return None
    here = document.sentence_of(token).index
    noun = token.lemma.lower()
    near = [other for other in reversed(earlier) if here - document.sentence_of(other.head).index <= REACH]
    if item.type in FORCE:
        if noun in BLASTS and (bombs := [other for other in reversed(earlier) if other.type == "bombing"]):
            return bombs[0]
        fitting = [other for other in near if _fits(noun, other.type)]
        return next((other for other in fitting if other.type != "battle"), fitting[0] if fitting else None)
    same = (other for other in reversed(earlier) if other.type == item.type)
    return next((other for other in same if document.tokens[other.head].lemma == token.lemma), None)


def resolved(document: Document, items: Sequence[Candidate]) -> list[tuple[Candidate, int | None]]:
    """The readings, second mentions with the type of what they take up, and the head of that."""
    out: list[tuple[Candidate, int | None]] = []
    for item in items:
        first = is_second_mention(document, item, [found for found, _ in out])
        if first is None:
            out.append((item, None))
        else:
            out.append((replace(item, type=first.type, subtype=first.subtype), first.head))
    return out
