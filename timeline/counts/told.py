"""Rules and the trained reader together: it adds victims that no rule knows and drops those that it rules out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.counts.harm import harm_words
from timeline.counts.victims import Victim, caused_by_nature, is_person
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.records import Count, Mention, Span

__all__ = ["find_told", "is_ruled_out", "is_told_before"]

ENOUGH = 0.88  # share of a harm from which a word for people is believed to name its victims
SURELY = 0.97  # and any other word
FIGURE = 0.75  # and a bare number, once harm was told
NEVER = 0.03  # share of all harms below which a rule is not believed


def find_told(document: Document) -> Iterator[Victim]:
    """The victims that the trained reader sees, in order of the text; none with another pipeline."""
    words = harm_words()
    for sentence in document.sentences:
        for item in sentence.harmed or ():
            head = document.tokens[item.token]
            enough = FIGURE if _is_figure(document, head) else ENOUGH if is_person(document, head) else SURELY
            deed = _deed(document, head)
            barred = head.lemma.lower() in words.nonpersons or deed.lemma.lower() in words.harmless
            if item.share >= enough and not barred and not caused_by_nature(document, head, words):
                how = "spoken" if _is_figure(document, head) else "model"
                yield Victim(item.type, head, deed, f"{item.type}/{how}", source=_voice(document, head))  # type: ignore[arg-type]


def _is_figure(document: Document, head: Token) -> bool:
    """Whether a word is a number that stands for people named before: "the bishop says 25"."""
    following = document.tokens[head.index + 1 : head.index + 2]
    bare = not any(word.pos in {"NOUN", "ADJ", "PROPN"} for word in following)
    return head.tag == "CD" and not head.dep.startswith("nummod") and bare and bool(head.index)


def _voice(document: Document, head: Token) -> Span | None:
    """Who gives a bare number: the subject of its verb, or the noun before it where the verb is left out."""
    above = document.head(head)
    if not _is_figure(document, head) or above is None or head.dep.startswith("nsubj"):
        return None
    told = above if _left_out(document, head, above) else _speaker(document, head)
    if told is None or told.index > head.index:
        return None
    inside = [
        word for word in document.subtree(told) if word.index <= told.index and word.pos not in {"PUNCT", "CCONJ"}
    ]
    return document.token_span(min(word.index for word in inside), told.index)


def _left_out(document: Document, head: Token, above: Token) -> bool:
    """Whether the verb is left out between a source and its figure: "..., survivors of more than 300"."""
    known = nouns().get(above.lemma.lower())
    source = above.pos == "PROPN" or (above.pos == "NOUN" and (known is not None or is_person(document, above)))
    return source and any(case.lemma in {"of", "at"} for case in document.children(head, "case"))


def _speaker(document: Document, head: Token) -> Token | None:
    toll = harm_words().toll
    verb = next((word for word in document.ancestors(head) if word.pos == "VERB"), None)
    speaking = verb is not None and verb.lemma in {*toll["speak"], *toll["put"], *toll["say"]}
    return next(iter(document.children(verb, "nsubj")), None) if verb is not None and speaking else None


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
    if any(word.lemma == "victim" for word in words):
        return True
    if mention.rule.endswith("/spoken"):
        return False
    return any(
        other.value.harm == mention.value.harm
        and not other.rule.endswith("/model")
        and sentence.start <= other.span.start < sentence.end
        for other in others
    )
