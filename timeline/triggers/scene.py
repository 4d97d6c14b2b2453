"""A document seen through a lexicon: word classes, evidence of conflict, subject matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from timeline.gazetteer import fold, group_names, lookup, nouns
from timeline.gazetteer.nouns import Noun
from timeline.language import Document, Sentence, Token, Told
from timeline.lexicon import Lexicon
from timeline.triggers.inflection import inflections
from timeline.triggers.syntax import QUANTITY
from timeline.triggers.topic import Topic

__all__ = ["Scene"]

PERSONAL = frozenset("he she they him her them who we us you i himself themselves".split())
CASUALTY = frozenset(
    "kill wound injure dead casualty victim corpse killed wounded injured dying fatality maim behead slay murder "
    "die".split()
)
FORCES = frozenset({"rebel", "militia", "military", "police"})
CROWD = frozenset("protester demonstrator crowd marcher rioter demonstration protest rally march sit-in riot".split())


def _singulars(text: str) -> tuple[str, ...]:
    """What a plural may be the plural of."""
    if text.endswith("ies"):
        return (text[:-3] + "y",)
    if text.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (text[:-2], text[:-1])
    return (text[:-1],) if text.endswith("s") and not text.endswith("ss") else ()


@dataclass(frozen=True)
class Scene:
    """What the rules need to know of a document, computed once.

    Parameters
    ----------
    document : Document
    lexicon : Lexicon
    """

    document: Document
    lexicon: Lexicon
    _found: dict[tuple[int, str], bool] = field(default_factory=dict, repr=False)
    _forms: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Lemma of every word in lower case."""
        verbs = inflections(self.lexicon)
        return tuple(
            verbs.get(token.text.lower(), token.lemma.lower()) if token.pos in ("VERB", "ADJ") else token.lemma.lower()
            for token in self.document.tokens
        )

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Label of the name that a word belongs to."""
        return {
            index: name.label
            for sentence in self.document.sentences
            for name in sentence.names
            for index in range(name.first, name.last + 1)
        }

    @cached_property
    def _spans(self) -> Mapping[int, tuple[str, int]]:
        """Text of the name that a word belongs to, and how many words it has."""
        return {
            index: (self.document.token_span(name.first, name.last).text or "", name.last - name.first + 1)
            for sentence in self.document.sentences
            for name in sentence.names
            for index in range(name.first, name.last + 1)
        }

    def _group_kinds(self, token: Token) -> frozenset[str]:
        """Kinds of the organisations that bear the name that the word stands in."""
        if token.pos != "PROPN" and token.index not in self.names:
            return frozenset()
        text = self._spans.get(token.index, (token.text, 1))[0]
        found = group_names().get(fold(text)) or group_names().get(fold(token.text)) or ()
        return frozenset(group.kind for group in found)

    def _is_place(self, token: Token) -> bool:
        """A name labelled as a place, or one word that the gazetteer knows as a place and nobody's title precedes."""
        if self.names.get(token.index) == "LOC":
            return True
        if token.pos != "PROPN":
            return False
        text, length = self._spans.get(token.index, (token.text, 1))
        if self.names.get(token.index) == "PER" and (length > 1 or self.document.children(token, "compound", "flat")):
            return False
        return bool(lookup(text))

    @cached_property
    def _nouns(self) -> Mapping[str, Noun]:
        return nouns()

    def forms(self, token: Token) -> tuple[str, ...]:
        """The lemma, and the lemma with up to three words before it, hyphens left out or kept."""
        if token.index not in self._forms:
            self._forms[token.index] = self._read_forms(token)
        return self._forms[token.index]

    def _read_forms(self, token: Token) -> tuple[str, ...]:
        out, words, index = [self.keys[token.index]], [self.keys[token.index]], token.index - 1
        text = token.text.lower()
        out.extend(form for form in (text, *_singulars(text)) if form not in out)
        while index >= 0 and len(words) < 4 and self.document.sentence_of(index) == self.document.sentence_of(token):
            word = self.document.tokens[index]
            if word.text == "-":
                index -= 1
                continue
            if word.pos not in ("NOUN", "PROPN", "ADJ", "VERB", "ADP", "NUM"):
                break
            words.insert(0, word.text.lower() if word.pos != "NOUN" else self.keys[index])
            out.append(" ".join(words))
            if len(words) == 2 and index + 2 == token.index:
                out.append("-".join(words))
            index -= 1
        return tuple(out)

    def noun(self, token: Token) -> Noun | None:
        """The longest entry of the gazetteer that ends at this word."""
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        for form in reversed(self.forms(token)):
            if form in self._nouns:
                return self._nouns[form]
        return None

    def _titles(self, token: Token) -> tuple[str, ...]:
        """Lemmas of the titles and appositions of a name: "General" for "General Otto Mbeya"."""
        if token.pos != "PROPN":
            return ()
        return tuple(
            self.keys[child.index] for child in self.document.children(token, "compound", "flat", "appos", "nmod")
        )

    def is_a(self, token: Token, item: str) -> bool:
        """Whether a word is the given lemma, or of the given class ("@armed")."""
        if not item.startswith("@"):
            return item in self.forms(token)
        if item == "@prominent" and token.pos == "PRON" and self.keys[token.index] in ("he", "him", "she", "her"):
            return self._stands_for_prominent(token)
        key = (token.index, item)
        if key not in self._found:
            words = self.lexicon.cues.classes.get(item[1:])
            if words is None:
                self._found[key] = self._built_in(token, item[1:])
            else:
                self._found[key] = any(form in words for form in (*self.forms(token), *self._titles(token))) or any(
                    self.is_a(token, word) for word in words if word.startswith("@")
                )
        return self._found[key]

    def _stands_for_prominent(self, token: Token) -> bool:
        """Whether the last person named before a pronoun, in this sentence or the one before, is prominent."""
        sentence = self.document.sentence_of(token).index
        first = self.document.sentences[max(0, sentence - 1)].tokens[0].index
        for index in range(token.index - 1, first - 1, -1):
            other = self.document.tokens[index]
            if other.pos in ("NOUN", "PROPN") and other.dep.split(":")[0] in ("nsubj", "obj", "appos"):
                if other.tag in ("NNS", "NNPS"):
                    continue
                if self.is_a(other, "@prominent"):
                    return True
                if self.is_a(other, "@person"):
                    return False
        return False

    def _built_in(self, token: Token, name: str) -> bool:
        label, noun = self.names.get(token.index), self.noun(token)
        kind = noun.kind if noun else None
        answers = {
            "any": True,
            "clause": token.dep == "ccomp",
            "none": False,
            "armed": (noun is not None and (noun.armed or kind in FORCES)) or bool(self._group_kinds(token) & FORCES),
            "person": label == "PER" or self.keys[token.index] in PERSONAL or (noun is not None and noun.person),
            "authority": kind in ("government", "police", "military"),
            "civilians": kind in ("civilians", "population", "crowd"),
            "crowd": kind == "crowd" or self.keys[token.index] in CROWD,
            "party": kind == "party",
            "media": kind == "media",
            "igo": kind in ("igo", "ngo"),
            "facility": kind == "facility",
            "loc": self._is_place(token),
            "place": self._is_place(token) or self.is_a(token, "@settlement"),
            "org": label == "ORG",
            "name": label is not None or token.pos == "PROPN",
            "number": token.pos == "NUM" or self.keys[token.index] in QUANTITY,
        }
        return answers[name]

    def any_is(self, tokens: Iterable[Token], items: Iterable[str]) -> bool:
        """Whether one of the words is one of the items; ``@none`` is met by no words at all."""
        found = tuple(tokens)
        return any((item == "@none" and not found) or any(self.is_a(token, item) for token in found) for item in items)

    @cached_property
    def _sentence_words(self) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset(
                word
                for token in sentence.tokens
                if token.index not in self.names
                for word in (self.keys[token.index], token.text.lower())
            )
            for sentence in self.document.sentences
        )

    @cached_property
    def _sentence_text(self) -> tuple[str, ...]:
        return tuple(
            " " + " ".join(self.document.text[s.start : s.end].lower().replace("-", " ").split()) + " "
            for s in self.document.sentences
        )

    def mentions(self, sentence: Sentence, item: str) -> bool:
        """Whether a word or word sequence, or a word of a class, stands in the sentence."""
        if item.startswith("@"):
            words = self.lexicon.cues.classes.get(item[1:])
            if words is None:
                return any(self.is_a(token, item) for token in sentence.tokens)
            return any(self.mentions(sentence, word) for word in sorted(words))
        if " " in item or "-" in item:
            return f" {item.replace('-', ' ')}" in self._sentence_text[sentence.index]
        return item in self._sentence_words[sentence.index]

    def evidence(self, sentence: Sentence) -> frozenset[str]:
        """Which needs of rules the sentence meets."""
        return self._evidence[sentence.index]

    @cached_property
    def _evidence(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(self._needs(sentence)) for sentence in self.document.sentences)

    def _needs(self, sentence: Sentence) -> Iterable[str]:
        words = self._sentence_words[sentence.index]
        weak = self.lexicon.cues.words("evidence", "weak_armed")
        if any(self.is_a(token, "@armed") and self.keys[token.index] not in weak for token in sentence.tokens):
            yield "armed"
        weapons = self.lexicon.cues.classes["weapon"]
        if any(self.keys[token.index] in weapons and token.pos in ("NOUN", "PROPN") for token in sentence.tokens):
            yield "weapon"
        if words & CASUALTY:
            yield "casualty"
        if any(self.is_a(token, name) for token in sentence.tokens for name in ("@authority", "@post", "@state")):
            yield "authority"
        if any(self.is_a(token, "@crowd") for token in sentence.tokens):
            yield "crowd"
        if any(self.is_a(token, "@place") for token in sentence.tokens):
            yield "place"
        if any(token.pos == "NUM" or self.keys[token.index] in QUANTITY for token in sentence.tokens):
            yield "count"
        if self.is_period(sentence):
            yield "period"
        if self.topic.score(sentence.tokens[0].index, (sentence.tokens[0].index,)) > 0:
            yield "conflict"

    def is_period(self, sentence: Sentence) -> bool:
        """Whether the sentence speaks of a stretch of time longer than an incident."""
        if any(self.mentions(sentence, phrase) for phrase in self.lexicon.cues.words("period", "phrases")):
            return True
        lengths = self.lexicon.cues.words("period", "lengths")
        for token in sentence.tokens:
            key = self.keys[token.index]
            if key == "since" and token.index + 1 < len(self.keys):
                return True
            if key in lengths and any(
                case.lemma.lower() in ("in", "over", "during", "within")
                for case in self.document.children(token, "case")
            ):
                return True
        return False

    @cached_property
    def told(self) -> Mapping[int, Told]:
        """What the trained reader takes words for, by token; empty where the reader looks for no events."""
        return {item.token: item for sentence in self.document.sentences for item in sentence.told or ()}

    @cached_property
    def topic(self) -> Topic:
        """Subject matter around each word."""
        proper = {token.index for token in self.document.tokens if token.pos == "PROPN" and token.text[0].isupper()}
        return Topic(self.document, self.keys, self.lexicon.cues, frozenset(self.names) | proper)
