"""Rules and the trained reader together: it adds victims that no rule knows and drops those that it rules out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from timeline.counts.harm import harm_words
from timeline.counts.victims import Victim, caused_by_nature, is_negated, is_person
from timeline.counts.voices import figure_source
from timeline.language.document import Document, Token
from timeline.records import Count, Mention

__all__ = ["find_told", "is_ruled_out", "is_told_before"]

ENOUGH = 0.92  # share of a harm from which a word for people is believed to name its victims
SURELY = 0.98  # and any other word
FIGURE = 0.85  # and a bare number, once harm was told
NEVER = 0.02  # share of all harms below which a rule is not believed


def find_told(document: Document) -> Iterator[Victim]:
    """The victims that the trained reader sees, in order of the text; none with another pipeline."""
    words = harm_words()
    for sentence in document.sentences:
        for item in sentence.harmed or ():
            head = document.tokens[item.token]
            enough = FIGURE if _is_figure(document, head) else ENOUGH if is_person(document, head) else SURELY
            deed = _deed(document, head)
            barred = head.lemma.lower() in words.nonpersons or deed.lemma.lower() in words.harmless
            barred = barred or is_negated(document, deed) or _is_of_things(document, head)
            if item.share >= enough and not barred and not caused_by_nature(document, head, words):
                figure = _is_figure(document, head)
                source = figure_source(document, head) if figure else None
                rule = f"{item.type}/{'spoken' if figure else 'model'}"
                yield Victim(item.type, head, deed, rule, source=source)  # type: ignore[arg-type]


def _is_of_things(document: Document, head: Token) -> bool:
    """Whether "others" are things: "claimed this attack and seven others"."""
    first = document.head(head)
    others = head.lemma.lower() == "other" and head.dep == "conj" and first is not None
    return others and first is not None and first.pos == "NOUN" and not is_person(document, first)


def _is_figure(document: Document, head: Token) -> bool:
    """Whether a word is a number that stands for people named before: "the bishop says 25"."""
    around = document.tokens[max(head.index - 1, 0) : head.index + 2]
    bare = not any(word.pos in {"NOUN", "ADJ", "PROPN"} for word in around[2:]) and head.lemma.lower() != "one"
    age = len(around) == 3 and around[0].text == around[2].text == ","
    return head.tag == "CD" and not head.dep.startswith("nummod") and bare and not age and bool(head.index)


def _deed(document: Document, head: Token) -> Token:
    """The verb above a victim's phrase, else the phrase itself."""
    return next((word for word in document.ancestors(head) if word.pos == "VERB"), head)


def is_ruled_out(document: Document, mention: Mention[Count]) -> bool:
    """Whether the trained reader sees nobody harmed in the words of a count that a rule found; printed zeros stay."""
    sentence = document.sentence_of(document.tokens_in(mention.span.start, mention.span.end)[0])
    if sentence.harmed is None or mention.value.negated or mention.rule.endswith(("/part", "/included")):
        return False
    inside = {token.index for token in document.tokens_in(mention.span.start, mention.span.end)}
    return (
        mention.token not in inside
        and max((item.any for item in sentence.harmed if item.token in inside), default=0.0) < NEVER
    )


def is_told_before(document: Document, mention: Mention[Count], others: Iterable[Mention[Count]]) -> bool:
    """Whether people may be counted already: where a rule counts the same harm in their sentence, or "the victims".

    "killed the deputy commander, Abu Yahya", "opened fire on ten mourners, killing all ten", "three of the victims".
    """
    words = document.tokens_in(mention.span.start, mention.span.end)
    sentence = document.sentence_of(words[0])
    if any(word.lemma == "victim" for word in words) or _names_one(document, words, others):
        return True
    if mention.rule.endswith("/spoken"):
        return False
    return any(
        other.value.harm == mention.value.harm
        and not other.rule.endswith("/model")
        and sentence.start <= other.span.start < sentence.end
        for other in others
    )


def _names_one(document: Document, words: Sequence[Token], others: Iterable[Mention[Count]]) -> bool:
    """Whether words only name someone who is counted right before them: "shot the pharmacist, Eliseo Parra"."""
    named = next((document.head(word) for word in words if word.dep == "appos" and word.pos == "PROPN"), None)
    return named is not None and any(other.span.start <= named.start < other.span.end for other in others)
