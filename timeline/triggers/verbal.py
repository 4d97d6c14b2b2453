"""The factuality of what a verb tells: its own auxiliaries first, then the verbs and nouns that govern it."""

from __future__ import annotations

from timeline.language import Token
from timeline.records import Factuality
from timeline.triggers.stance import Reading

__all__ = ["verbal"]

Verdict = tuple[Factuality | None, bool]
GOVERNED = ("xcomp", "ccomp", "advcl", "acl", "csubj", "obl", "nmod", "parataxis", "conj")
HEIGHT = 6


def verbal(reading: Reading, token: Token) -> Factuality:
    """Climb from the verb as long as what is above carries its own stance over.

    Parameters
    ----------
    reading : Reading
    token : Token
        A verb, or a noun or adjective that is the predicate of a clause.
    """
    for _ in range(HEIGHT):
        own = _own(reading, token)
        if own is not None:
            return own
        if reading.conditional(token) and token.dep in ("advcl", "ccomp", "acl", "parataxis", "conj"):
            return "hypothetical"
        head = reading.document.head(token)
        if head is None:
            return "happened"
        found, further = _by_governor(reading, token, head)
        if found is not None:
            shaken = found in ("planned", "threatened", "possible") and reading.negated(head)
            return "negated" if shaken else found
        early = reading.lemmas(token, "mark", "advmod") & {"before", "until", "unless"}
        if token.dep == "advcl" and early and reading.future(head):
            return "planned"
        if not further:
            return "happened"
        token = head
    return "happened"


def _own(reading: Reading, token: Token) -> Factuality | None:
    if reading.negated(token) or reading.absent(token):
        return "negated"
    own = reading.by_auxiliary(token)
    if own == "hypothetical" and reading.would(token) and not reading.under_condition(token):
        return "planned"
    if own == "planned" and reading.under_condition(token):
        return "threatened"
    return own


def _by_governor(reading: Reading, token: Token, head: Token) -> Verdict:
    """What the governing verb or noun says, and whether to look further up."""
    content = token.dep == "acl:relcl" and bool(reading.document.children(token, "mark"))
    if not content and token.dep not in GOVERNED:
        return None, False
    if head.pos in ("VERB", "AUX"):
        if token.dep == "conj":
            return None, not reading.document.children(token, "nsubj")
        return _by_verb(reading, token, head)
    if head.pos in ("NOUN", "PROPN", "ADJ"):
        return _by_noun(reading, token, head), False
    return None, False


def _by_verb(reading: Reading, token: Token, head: Token) -> Verdict:
    links = reading.lemmas(token, "mark", "case")
    infinitive = "to" in links
    if reading.is_a(head, "accusing") and "of" in links:
        return "possible", False
    if token.tag == "VBG" and ("about" in links or reading.is_a(head, "considering")):
        return "hypothetical", False
    if "from" in links and reading.is_a(head, "stop_verbs", "negative_verbs"):
        return "negated", False
    if token.dep in ("ccomp", "parataxis") and not infinitive:
        return _told(reading, head), False
    if token.dep in ("xcomp", "ccomp") or (token.dep == "advcl" and infinitive and token.tag != "VBG"):
        return _complement(reading, token, head, links)
    return None, False


def _told(reading: Reading, head: Token) -> Factuality | None:
    """A clause that a verb of speech or thought tells."""
    if reading.is_a(head, "denial"):
        return "denied"
    if reading.is_a(head, "possible_verbs", "hoping"):
        return "possible"
    return "hypothetical" if reading.is_a(head, "demanding_that") else None


def _complement(reading: Reading, token: Token, head: Token, links: set[str]) -> Verdict:
    """An infinitive or gerund below a verb."""
    infinitive, goal = "to" in links and token.tag != "VBG", token.dep == "advcl"
    verdicts: tuple[tuple[str, Factuality, bool], ...] = (
        ("denial", "denied", True),
        ("negative_verbs", "negated", not goal),
        ("threat_verbs", "threatened", True),
        ("demand_verbs", "hypothetical", True),
        ("attempt_verbs", "possible", True),
        ("planned_verbs", "planned", not goal),
        ("possible_verbs", "possible", infinitive and token.tag == "VB"),
    )
    for name, value, applies in verdicts:
        if applies and reading.is_a(head, name):
            return value, False
    if reading.is_a(head, "aspectual_verbs", "seeming_verbs"):
        return None, True
    if "whether" in links:
        return "hypothetical", False
    if infinitive and (goal or head.lemma.lower() in ("be", "have")):
        return "planned", False
    if infinitive and token.tag == "VB" and not reading.is_a(head, "implicative_verbs"):
        return "hypothetical", False
    return None, False


def _by_noun(reading: Reading, token: Token, head: Token) -> Factuality | None:
    """A clause below a noun or adjective: "rumours that", "a plan to", "ready to"."""
    infinitive = "to" in reading.lemmas(token, "mark")
    if reading.is_a(head, "possible_nouns"):
        return reading.refuted(head) or "possible"
    if reading.is_a(head, "report_nouns") and not infinitive:
        bare = head.tag == "NNS" and not reading.document.children(head, "det")
        return reading.refuted(head) or ("possible" if bare else None)
    if reading.is_a(head, "threat_nouns"):
        return "threatened"
    if not (infinitive or token.tag in ("VB", "VBG") or token.pos == "NOUN"):
        return None
    verdicts: tuple[tuple[str, Factuality], ...] = (
        ("planned_nouns", "planned"),
        ("planned_verbs", "planned"),
        ("demand_nouns", "hypothetical"),
        ("attempt_nouns", "possible"),
        ("failure_nouns", "negated"),
    )
    for name, value in verdicts:
        if reading.is_a(head, name):
            return value
    if head.pos == "ADJ" and infinitive:
        return "planned" if reading.is_a(head, "readiness") else "hypothetical"
    if infinitive and token.tag == "VB":
        return "happened" if reading.lemmas(head, "amod") & reading.sets["ordinals"] else "hypothetical"
    return None
