"""Document -> Mention[Count]: how many people were killed, wounded, missing, detained, displaced or abducted.

Every printed number of harmed people becomes one record with its own bounds. What a number belongs to (event, rival
claims, factuality) is decided by the room that sees the events. `Mention.token` is the word that says the harm.

References
----------
ACLED codebook (vague quantities), UCDP GED (best, low, high), Every Casualty standards (keep each claim).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from timeline.counts.beside import find_beside
from timeline.counts.bodies import find_bodies
from timeline.counts.harm import harm_words
from timeline.counts.numerals import Quantity
from timeline.counts.quantity import quantity_of
from timeline.counts.scope import scope_of
from timeline.counts.told import find_told, is_ruled_out, is_told_before
from timeline.counts.tolls import find_tolls
from timeline.counts.victims import Victim, find_victims, is_person
from timeline.counts.voices import spoken_by
from timeline.gazetteer import nouns
from timeline.language.document import Document, Token
from timeline.records import Count, Mention
from timeline.sources import source_of

__all__ = ["find_counts"]

_TAKEN_UP = 2


def find_counts(document: Document) -> Iterator[Mention[Count]]:
    """Find the counts of harmed people of a document, in order of the text.

    Yields
    ------
    Mention of Count
        ``low``, ``best`` and ``high`` in persons (or households, see ``group``); None is open or unknown, never 0.
        ``factuality`` is ``happened`` and ``source`` None unless the phrase itself names the source.

    Examples
    --------
    >>> from timeline.language import read
    >>> [mention] = find_counts(read("The blast killed at least 14 people."))
    >>> mention.value.harm, mention.value.low, mention.value.best, mention.value.high
    ('killed', 14, 14, None)
    >>> mention.span.text
    'at least 14 people'
    """
    seen: dict[tuple[int, int, str], Mention[Count]] = {}
    for victim in [*find_beside(document), *find_victims(document), *find_tolls(document)]:
        mention = _mention(document, victim)
        if mention is not None and not is_ruled_out(document, mention):
            seen.setdefault((mention.span.start, mention.span.end, mention.value.harm), mention)
    for victim in find_told(document):
        mention = _mention(document, victim)
        if mention is None or any(mention.span.overlaps(other.span) for other in seen.values()):
            continue
        if not is_told_before(document, mention, seen.values()):
            seen[mention.span.start, mention.span.end, mention.value.harm] = mention
    for victim in find_bodies(document, sorted(seen.values(), key=_place)):
        mention = _mention(document, victim)
        if mention is not None and not any(mention.span.overlaps(other.span) for other in seen.values()):
            seen[mention.span.start, mention.span.end, "killed"] = mention
    found = [mention for mention in sorted(seen.values(), key=_place) if not _inside(mention, seen.values())]
    found = [mention for mention in found if not _is_habit(document, mention) and not _is_shared(document, mention)]
    following = [*found[1:], None]
    found = [one for one, after in zip(found, following, strict=False) if not _is_title(document, one, after)]
    yield from (mention for index, mention in enumerate(found) if not _told_before(document, mention, found[:index]))


def _inside(mention: Mention[Count], others: Iterable[Mention[Count]]) -> bool:
    """Whether another count of the same harm prints more of the same words."""
    span = mention.span
    return any(
        other.value.harm == mention.value.harm and other.span.overlaps(span) and other.span != span
        and other.span.end - other.span.start > span.end - span.start
        for other in others
    )  # fmt: skip


def _is_habit(document: Document, mention: Mention[Count]) -> bool:
    """Whether people without a number are only what is often harmed: "insurgents often leave dead bodies in cars"."""
    if any(word.tag == "CD" for word in document.tokens_in(mention.span.start, mention.span.end)):
        return False
    sentence = document.sentence_of(mention.token)
    often = any(word.lemma.lower() in harm_words().habits for word in sentence.tokens)
    return often and any(word.tag in {"VBP", "VBZ"} for word in sentence.tokens)


def _is_shared(document: Document, mention: Mention[Count]) -> bool:
    """Whether several whom the reader sees harmed fared differently: "shot two women. One died, the other fled"."""
    several = mention.rule.endswith("/model") and (mention.value.low or 0) > 1
    place = document.sentence_of(mention.token).index + 1
    if not several or place >= len(document.sentences):
        return False
    words = [word.text.lower() for word in document.sentences[place].tokens]
    apart = any(first == "the" and then in {"other", "others", "rest", "second"} for first, then in pairwise(words))
    return apart and document.sentences[place].tokens[0].tag == "CD"


def _is_title(document: Document, mention: Mention[Count], after: Mention[Count] | None) -> bool:
    """Whether a single person is only the title right before a name that is counted: "Councilman Pedro Ruiz"."""
    if after is None or mention.value.harm != after.value.harm or {mention.value.high, after.value.high} != {1}:
        return False
    between = document.text[mention.span.end : min(after.span.start, mention.span.end + 2)]
    return between == " " and document.tokens_in(after.span.start, after.span.end)[0].pos == "PROPN"


def _told_before(document: Document, mention: Mention[Count], earlier: Sequence[Mention[Count]]) -> bool:
    """Whether a single person only takes up someone counted before: "the victim", "he", a name after "a judge"."""
    count = mention.value
    whole = document.tokens_in(mention.span.start, mention.span.end)
    first, last = whole[0], whole[-1]
    same = [
        other
        for other in earlier
        if (other.value.harm, other.value.role, other.value.scope) == (count.harm, count.role, "incident")
    ]
    if not same or count.qualifier != "exact":
        return False
    before = document.tokens[first.index - 1] if first.index else first
    rival = any(source_of(document, word) is not None for word in (first, document.tokens[mention.token]))
    again = not rival and any(other.value.best == count.best for other in same)
    if again and first.lemma in {"all", "the", "both"}:
        return True
    if first.tag == "CD":
        definite = before.lemma in {"the", "these", "those", "all"}
        return definite and (again or last.lemma in {"kill", "dead", "victim", "man", "two"})
    owned = any(child.pos in {"NOUN", "PROPN"} for child in document.children(last, "nmod:poss"))
    if count.best != 1 or owned or first.lemma in {"a", "an", "another"}:
        return False
    here = document.sentence_of(first).index
    back = [other for other in same if here - document.sentence_of(other.token).index <= _TAKEN_UP]
    if first.lemma in {"the", "this", "that"}:
        return bool(back) or last.lemma in {"victim", "deceased"}
    if first.pos == "PRON" and len(whole) == 1:
        return any(other.value.high == 1 for other in back) and not _introduced(document, first, same)
    if last.pos != "PROPN" or first.dep == "nmod:poss":
        return False
    if any(last.text == document.tokens_in(other.span.start, other.span.end)[-1].text for other in same):
        return True
    here_named = any(last.text == word.text for other in same for word in document.sentence_of(other.token).tokens)
    if here_named and document.sentence_of(same[-1].token) != document.sentence_of(first):
        return True
    near = [other for other in same if here - document.sentence_of(other.token).index == 1]
    deed = document.tokens[mention.token].lemma
    unnamed = [other for other in near if document.tokens_in(other.span.start, other.span.end)[-1].pos != "PROPN"]
    if any(document.tokens[other.token].lemma == deed for other in unnamed):
        return True
    titled = any(child.index < last.index for child in document.children(_first_name(document, last), "nmod:desc"))
    if titled and document.children(document.tokens[mention.token], "nsubj"):
        return False
    also = any(word.lemma in {"also", "another", "too", "later"} for word in document.sentence_of(first).tokens)
    return bool(near) and not also


def _first_name(document: Document, last: Token) -> Token:
    head = document.head(last)
    return head if last.dep == "flat" and head is not None else last


def _introduced(document: Document, pronoun: Token, same: Sequence[Mention[Count]]) -> bool:
    """Whether the sentence names another person before a pronoun, one not counted yet: "dragged a clerk out and..."."""
    counted = {word.index for other in same for word in document.tokens_in(other.span.start, other.span.end)}
    before = [word for word in document.sentence_of(pronoun).tokens if word.index < pronoun.index]
    return any(
        word.tag == "NN"
        and word.dep in {"obj", "nsubj:pass"}
        and word.index not in counted
        and is_person(document, word)
        for word in before
    )


def _place(mention: Mention[Count]) -> tuple[int, int, str]:
    return mention.span.start, mention.span.end, mention.value.harm


def _mention(document: Document, victim: Victim) -> Mention[Count] | None:
    quantity = victim.quantity or quantity_of(document, victim.head)
    if quantity is None:
        return None
    if victim.harm == "displaced" and quantity.high == 1 and document.tokens[quantity.first].tag != "CD":
        return None
    span = document.token_span(quantity.first, quantity.last)
    source = victim.source or spoken_by(document, victim.predicate)
    scope, since = victim.scope or (("incident", None) if quantity.high == 1 else scope_of(document, victim))
    count = Count(
        harm=victim.harm,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        qualifier=quantity.qualifier,
        scope=scope,
        cumulative=scope != "incident",
        since=since,
        negated=quantity.negated,
        superseded_by=None,
        group=_group(document, victim, quantity),
        role="perpetrator" if victim.perpetrator else "victim",
        source=source.text if source else None,
        source_span=source,
        factuality="happened",
        subset_of=None,
        claim_set=None,
        span=span,
    )
    return Mention(count, span, f"counts/{victim.rule}", victim.predicate.index)


def _group(document: Document, victim: Victim, quantity: Quantity) -> str | None:
    """Who is counted, as printed: soldiers, families; people where the number stands alone."""
    head = victim.counted or victim.head
    inner = next((child for child in document.children(head, "nmod") if child.index <= quantity.last), None)
    word = inner if inner is not None else head
    if victim.perpetrator:
        return "attackers"
    if word.pos not in {"NOUN", "PROPN"} or word.lemma.lower() in {"number", "life", "body", "corpse", "toll", "death"}:
        return "people"
    if word.lemma.lower() in {"casualty", "fatality", "dead", "wounded", "injured", "person", "injury"}:
        return "people"
    known = nouns().get(word.lemma.lower())
    return word.text.lower() if known is not None or word.pos == "NOUN" else word.text
