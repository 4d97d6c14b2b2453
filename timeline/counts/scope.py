"""Whether a number belongs to one incident, updates its toll, or sums up a period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.records import Scope

if TYPE_CHECKING:
    from timeline.counts.victims import Victim
    from timeline.language.document import Document, Token

__all__ = ["scope_of"]

_SINCE = re.compile(r"\b(?:ever )?since (?P<since>(?:the |an? )?[^,.;:]{2,60})", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:(?:so far )?this (?:year|month)|in the (?:past|last) (?:[a-z]+ )?(?:weeks|months|years|decade|year|month)|"
    r"over the (?:past|last|course of)[a-z ]{0,20}(?:weeks|months|years|decade|year|month|war|conflict)|"
    r"(?:every|each|per) (?:week|month|year)|a (?:month|year)\b(?! (?:ago|after|before|earlier|later|old))|"
    r"during the (?:war|conflict|civil war|uprising|insurgency|campaign)|"
    r"in the (?:[a-z0-9-]+ ){0,2}?(?:war|conflict|uprising|insurgency|rebellion|campaign)|"
    r"in the (?:unrest|violence|fighting|bloodshed|turmoil|chaos) (?:that|which) (?:has |have )?(?:since )?followed|"
    r"in (?:[a-z]+ |\d+ )(?:years|months) of (?:war|conflict|fighting|civil war)|"
    r"(?:over|in|for) (?:nearly |almost |more than |about )?(?:[a-z]+|\d+) years)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:early |late |last |on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|dawn|midnight|noon|sunrise|"
    r"(?:this |the |yesterday )?(?:morning|afternoon|evening|night)|the (?:previous|day before))\b",
    re.IGNORECASE,
)
_LONG = frozenset("war conflict insurgency revolt rebellion uprising unrest campaign struggle troubles".split())
_SINCE_ENDS = re.compile(r"\s+(?:and|but|when|while|as|according|killing|,)\b.*", re.IGNORECASE)


def scope_of(document: Document, victim: Victim) -> tuple[Scope, str | None]:
    """Scope of a count and the words after "since", if any, from the clause of its harm word.

    Cumulative counts carry a perfect tense or an adverbial of period; "since" in another clause does not count.
    """
    clause = _clause(document, victim)
    text = document.text[clause[0] : clause[1]]
    found = _SINCE.search(text)
    if found and victim.harm in {"killed", "wounded"} and _SHORT.match(found["since"]):
        return "incident", None
    if found and victim.harm != "casualties":
        words = _SINCE_ENDS.sub("", found["since"]).strip()
        perfect = any(child.lemma == "have" for child in document.children(victim.predicate, "aux"))
        if perfect or victim.harm == "displaced" or victim.predicate.pos != "VERB":
            return "period", words
    if _PERIOD.search(text):
        return "period", None
    perfect = any(child.lemma == "have" and child.tag != "VBN" for child in document.children(victim.predicate, "aux"))
    if perfect and any(child.lemma in _LONG for child in document.children(victim.predicate, "nsubj")):
        return "period", None
    sentence = document.sentence_of(victim.predicate)
    whole = _SINCE.search(document.text, sentence.start, sentence.end)
    if whole is not None and _elsewhere(document, victim.predicate, whole.start()):
        whole = None
    if whole is not None and victim.harm in {"killed", "wounded"} and _SHORT.match(whole["since"]):
        return "incident", None
    if perfect and whole and victim.harm in {"killed", "wounded", "displaced"}:
        return "period", _SINCE_ENDS.sub("", whole["since"]).strip()
    return "incident", None


def _elsewhere(document: Document, predicate: Token, offset: int) -> bool:
    """Whether the words at an offset stand in a relative clause that the predicate is not part of."""
    token = document.token_at(offset)
    mine = {predicate.index, *(node.index for node in document.ancestors(predicate))}
    while token is not None and token.index not in mine:
        if token.dep in {"acl", "acl:relcl"}:
            return True
        token = document.head(token)
    return False


def _clause(document: Document, victim: Victim) -> tuple[int, int]:
    """Offsets of the harm word's clause: its subtree, without a clause coordinated to it."""
    token = victim.predicate
    skip: set[int] = set()
    for child in document.children(token, "conj", "parataxis", "ccomp", "acl:relcl"):
        skip.update(word.index for word in document.subtree(child))
    words = [word for word in document.subtree(token) if word.index not in skip]
    head = document.head(token)
    if token.dep in {"acl", "amod", "nmod", "xcomp"} and head is not None:
        words += [word for word in document.subtree(head) if word.index not in skip]
    return min(word.start for word in words), max(word.end for word in words)
