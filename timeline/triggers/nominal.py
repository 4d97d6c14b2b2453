"""The factuality of what a noun names: its own modifiers first, then the verb or noun that carries it."""

from __future__ import annotations

from timeline.language import Token
from timeline.records import Factuality
from timeline.triggers.stance import Reading
from timeline.triggers.verbal import verbal

__all__ = ["nominal"]

HEIGHT = 5


def nominal(reading: Reading, token: Token) -> Factuality:
    """A noun takes over what its modifiers say, then what the verb that carries it says.

    Parameters
    ----------
    reading : Reading
    token : Token
    """
    if reading.negated(token):
        return "negated"
    for _ in range(HEIGHT):
        own = _by_modifier(reading, token)
        if own is not None:
            return own
        head = reading.document.head(token)
        if head is None:
            return "happened"
        if "of" in reading.lemmas(token, "case") and (reading.is_a(head, "accusing") or reading.accused(head)):
            return "possible"
        if head.pos in ("NOUN", "PROPN"):
            found = _by_noun(reading, token, head)
            if found is not None:
                return found
            if token.dep not in ("compound", "conj") and not reading.is_a(head, "carrier_nouns"):
                return "happened"
            token = head
            continue
        if head.pos == "ADJ" and reading.is_a(head, "readiness") and token.dep.startswith("nsubj"):
            return "possible" if head.lemma.lower() == "likely" else "planned"
        return _carried(reading, token, head) if head.pos in ("VERB", "AUX", "ADJ") else "happened"
    return "happened"


def _by_modifier(reading: Reading, token: Token) -> Factuality | None:
    for child in reading.document.children(token, "det", "amod", "advmod", "compound"):
        if child.lemma.lower() in ("no", "neither"):
            return "negated"
        if reading.is_a(child, "planned_adjectives"):
            return "planned"
        if child.dep == "amod" and reading.is_a(child, "possible_adjectives"):
            return "possible"
    planned = any(reading.is_a(child, "planning_of") for child in reading.document.children(token, "acl"))
    return "planned" if planned else None


def _by_noun(reading: Reading, token: Token, head: Token) -> Factuality | None:
    if token.dep == "conj":
        return None
    if reading.is_a(head, "possible_nouns"):
        return reading.refuted(head) or "possible"
    if reading.is_a(head, "threat_nouns"):
        return "threatened"
    if reading.is_a(head, "planned_nouns"):
        return "planned"
    if reading.is_a(head, "report_nouns") and (found := reading.refuted(head)):
        return found
    if reading.is_a(head, "ending_nouns"):
        return "happened"
    demanded = reading.is_a(head, "demand_nouns") and reading.lemmas(token, "case") & {"for", "to"}
    return "hypothetical" if demanded else None


def _carried(reading: Reading, token: Token, verb: Token) -> Factuality:
    """What the verb says of a noun that is its subject, object or complement."""
    cases = reading.lemmas(token, "case")
    direct = token.dep.split(":")[0] in ("obj", "nsubj") or (token.dep == "obl" and "for" in cases)
    if direct and token.dep != "nsubj":
        found = _as_object(reading, verb)
        if found is not None:
            return found
    if not direct and token.dep not in ("obl", "nmod"):
        return "happened"
    if token.dep == "nsubj" and not _occurs(reading, verb) and _known(reading, token):
        return "happened"
    carries = reading.is_a(verb, "carrier_verbs")
    if carries or token.dep.startswith("nsubj"):
        found = verbal(reading, verb)
        if token.dep == "nsubj" and not carries and found in ("hypothetical", "negated", "denied"):
            return "happened"
        return "happened" if token.dep in ("obl", "nmod") and found in ("negated", "denied") else found
    return (reading.by_auxiliary(verb) or "happened") if token.dep == "obj" else "happened"


def _as_object(reading: Reading, verb: Token) -> Factuality | None:
    """What a verb of planning, fearing, preventing or denying makes of its object."""
    verdicts: tuple[tuple[str, Factuality], ...] = (
        ("denial", "denied"),
        ("stop_verbs", "negated"),
        ("cancel_verbs", "negated"),
        ("postpone_verbs", "planned"),
        ("threat_verbs", "threatened"),
        ("demand_verbs", "hypothetical"),
        ("planning_of", "planned"),
        ("fearing_of", "possible"),
    )
    for name, value in verdicts:
        if reading.is_a(verb, name):
            return value
    ordered = verb.lemma.lower() == "order" and "had" not in reading.texts(verb, "aux")
    return "planned" if ordered else None


def _occurs(reading: Reading, verb: Token) -> bool:
    """Whether the verb says no more of its subject than that it comes about."""
    if verb.lemma.lower() == "take":
        return "place" in reading.lemmas(verb, "obj")
    return reading.is_a(verb, "occurrence_verbs")


def _known(reading: Reading, token: Token) -> bool:
    """Whether the text treats the noun as known: "the mounting defections"."""
    if reading.document.children(token, "nmod:poss"):
        return True
    return bool(reading.lemmas(token, "det", "amod") & reading.sets["known_adjectives"])
