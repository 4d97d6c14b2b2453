"""What single words around a verb or noun say of its reality: negation, modals, rumours called false."""

from __future__ import annotations

from timeline.language import Document, Token
from timeline.lexicon import Cues
from timeline.records import Factuality

__all__ = ["Reading"]


class Reading:
    """A document read for factuality.

    Parameters
    ----------
    document : Document
    cues : Cues
        Section ``factuality`` lists the words by what they do.
    """

    def __init__(self, document: Document, cues: Cues) -> None:
        self.document = document
        self.sets = {name: frozenset(words) for name, words in cues.lists["factuality"].items()}

    def is_a(self, token: Token, *names: str) -> bool:
        """Whether the lemma, alone or with its particle, stands in one of the lists."""
        keys = {token.lemma.lower()}
        keys |= {f"{token.lemma} {child.lemma}".lower() for child in self.document.children(token, "compound")}
        return any(keys & self.sets[name] for name in names)

    def lemmas(self, token: Token, *deps: str) -> set[str]:
        """Lemmas of the dependents of these relations, lower case."""
        return {child.lemma.lower() for child in self.document.children(token, *deps)}

    def texts(self, token: Token, *deps: str) -> set[str]:
        """Forms of the dependents of these relations, lower case."""
        return {child.text.lower() for child in self.document.children(token, *deps)}

    def negated(self, token: Token) -> bool:
        """Whether "not", "no", "never" or "without" belongs to the word itself."""
        if "without" in self.lemmas(token, "mark", "case") or (token.pos == "NOUN" and self._behind_not(token)):
            return True
        for child in self.document.children(token, "advmod", "neg", "det", "aux", "cc"):
            word = {child.lemma.lower(), child.text.lower()}
            if word & self.sets["negation"] and not (child.dep == "advmod" and word & {"no", "none"}):
                return True
        return False

    def _behind_not(self, token: Token) -> bool:
        """Whether "not" stands up to three words before a noun: "not a coup"."""
        for index in range(token.index - 1, max(-1, token.index - 4), -1):
            word = self.document.tokens[index]
            if word.lemma.lower() == "not":
                return True
            if word.pos in ("VERB", "AUX", "PUNCT"):
                return False
        return False

    def absent(self, token: Token) -> bool:
        """Whether the subject or object says that nobody did it, or that it was done to nobody."""
        for child in self.document.children(token, "nsubj", "obj"):
            if child.lemma.lower() in self.sets["nobody"] or self.lemmas(child, "det") & {"no", "neither"}:
                return True
            if child.lemma.lower() == "one" and self.lemmas(child) & {"no", "not"}:
                return True
        return False

    def by_auxiliary(self, token: Token) -> Factuality | None:
        """What the verb's own auxiliaries and adverbs say."""
        words = self.texts(token, "aux") | self.lemmas(token, "aux")
        if words & self.sets["possible_modals"]:
            return "possible"
        if words & self.sets["hypothetical_modals"]:
            return None if {"have", "must"} <= words else "hypothetical"
        if words & self.sets["future_modals"]:
            return "planned"
        if token.tag == "VB" and "be" in self.lemmas(token, "aux", "cop") and "to" in self.lemmas(token):
            return "planned"
        children = self.document.children(token)
        if any(child.lemma.lower() == "due" and child.index < token.index for child in children):
            return "planned"
        if any(child.dep == "advmod" and self.is_a(child, "possible_adverbs") for child in children):
            return "possible"
        return None

    def conditional(self, token: Token) -> bool:
        """Whether the clause of the verb is a condition."""
        return bool(self.lemmas(token, "mark", "advmod") & self.sets["conditions"])

    def under_condition(self, token: Token) -> bool:
        """Whether a clause below the verb is a condition for it."""
        return any(self.conditional(child) for child in self.document.children(token, "advcl"))

    def future(self, token: Token) -> bool:
        """Whether the verb stands in the future."""
        return bool(self.texts(token, "aux") & self.sets["future_modals"])

    def would(self, token: Token) -> bool:
        """Whether the verb stands in reported future: "said it would attack"."""
        head = self.document.head(token)
        past = head is not None and head.tag in ("VBD", "VBN") and token.dep in ("ccomp", "parataxis")
        return past and "would" in self.texts(token, "aux")

    def refuted(self, noun: Token) -> Factuality | None:
        """Negated or denied where the clause of a rumour or report calls it false."""
        verb = self.document.head(noun)
        if verb is None:
            return None
        inside = {item.index for item in self.document.subtree(noun)}
        around = [item for item in self.document.subtree(verb) if item.index not in inside]
        if any(self.is_a(item, "false_words") for item in around):
            return "denied" if self.is_a(verb, "dismissal") else "negated"
        return "denied" if self.is_a(verb, "denial", "dismissal") else None

    def accused(self, token: Token) -> bool:
        """Whether the word is who is accused."""
        head = self.document.head(token)
        return (
            head is not None and head.lemma.lower() == "accuse" and token.dep.split(":")[0] in ("obj", "obl", "nsubj")
        )
