"""Where an event happened: the place in its clause, else in its sentence, else where the story is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.mentions import Mentions
from timeline.gazetteer import nouns, titles, words
from timeline.language.document import Document, Token
from timeline.language.syntax import preposition
from timeline.records import Mention, Place

__all__ = ["is_scene", "place_of"]

_WHERE = frozenset(
    "in at near outside around inside on across over of within along off north south east west throughout".split()
)
_NOT_HERE = frozenset("from to towards toward via into".split())
_MAX_COST = 9
_HEADING_CHARACTERS = 110
_SETTING_VOTES = 2
_SETTING_SHARE = 0.6
_BREADTH = {"region": 1, "country": 2}
_KINDS = frozenset(
    "city town village port camp hamlet commune municipality district neighbourhood neighborhood suburb quarter area"
    " province governorate region state county prefecture oblast department island valley river".split()
)
_STEP = {"ccomp": 3, "advcl": 2, "acl": 2, "acl:relcl": 3, "parataxis": 4, "conj": 2}


def place_of(
    document: Document, token: Token, mentions: Mentions, scene: Place | None = None
) -> tuple[Place | None, str]:
    """The place of a trigger and the rule that chose it.

    A place behind "in", "at", "near" and the like that hangs on the trigger wins; then the object itself ("shelled
    Homs"); then the nearest in the sentence by the parse; a place of origin or destination is taken last. Without any,
    the place named before in the paragraph, the scene of the text where the caller knows one, the dateline, a heading.
    """
    sentence = document.sentence_of(token)
    told = [m for m in mentions.places if not _in_dateline(document, m) and not _describes_people(document, m)]
    inside = [mention for mention in told if sentence.start <= mention.span.start < sentence.end]
    ranked = sorted((_cost(document, token, mention), *_rank(mention), n) for n, mention in enumerate(inside))
    if ranked and ranked[0][0] <= _MAX_COST:
        return _placed(inside[ranked[0][-1]], "sentence")
    before = [
        mention for mention in told if mention.span.start < sentence.start and _told_here(document, mention, token)
    ]
    if before:
        return _placed(before[-1], "paragraph")
    if scene is not None:
        return scene, "placing/scene"
    stated = [mention for mention in mentions.places if _in_dateline(document, mention)]
    countries = {mention.value.country for mention in told if mention.value.country}
    if stated and (not countries or countries == {stated[0].value.country}):
        return _placed(stated[0], "dateline")
    heading = _heading_town(document, told)
    if heading is not None:
        return _placed(heading, "heading")
    setting = _setting(told)
    return (setting, "placing/setting") if setting else (None, "placing/none")


def is_scene(place: Place, placed_by: str) -> bool:
    """Whether a place that a sentence gives to an event is narrow enough to be the scene of a text."""
    return placed_by.startswith("placing/sentence") and place.precision != "country"


def _heading_town(document: Document, told: Sequence[Mention[Place]]) -> Mention[Place] | None:
    """The town that a short first line names: "Baghdad, Sunday 26 November, hour by hour"."""
    end = document.text.find("\n")
    if not 0 < end < _HEADING_CHARACTERS:
        return None
    return next((m for m in told if m.span.end <= end and m.value.precision in {"town", "district"}), None)


def _setting(told: Sequence[Mention[Place]]) -> Place | None:
    """The country that most places of the article are in; a place without words of its own."""
    votes = Counter(mention.value.country for mention in told if mention.value.country)
    for country, count in votes.most_common(1):
        if count >= _SETTING_VOTES and count >= _SETTING_SHARE * sum(votes.values()):
            name = next(m.value.country_name for m in told if m.value.country == country)
            return Place(name, country, name, precision="country")
    return None


def _placed(mention: Mention[Place], how: str) -> tuple[Place, str]:
    return replace(mention.value, span=mention.span), f"placing/{how}:{mention.rule}"


def _in_dateline(document: Document, mention: Mention[Place]) -> bool:
    """Whether a place only says where the report was written: "BEIRUT, Aug 6 (Reuters) -"."""
    sentence = document.sentence_of(mention.token)
    heads = sentence.tokens[-1].text == "." and sentence.start == mention.span.start and _only(document, mention)
    return sentence.index <= 2 and (heads or sentence.tokens[-1].text in {"-", "--", "\u2013", "\u2014", ":"})


def _only(document: Document, mention: Mention[Place]) -> bool:
    """Whether a sentence is nothing but a place in capitals: "PERU. Gunmen ..."."""
    sentence, name = document.sentence_of(mention.token), mention.span.text or ""
    return name.isupper() and mention.span.end >= sentence.tokens[-1].start


def _describes_people(document: Document, mention: Mention[Place]) -> bool:
    """Whether a place only says whose people or deed it is: "a U.S. official", "US drone strikes"."""
    token = document.tokens[mention.token]
    head = document.head(token)
    if head is None or (token.index and document.tokens[token.index - 1].text in {"In", "At", "Near"}):
        return False
    modifier = token.dep in {"compound", "amod", "nmod:poss"}
    if modifier and mention.value.precision == "country" and head.lemma.lower() in words("acts"):
        return True
    if token.dep == "nmod" and mention.value.precision == "country":
        return head.lemma.lower() in titles() and preposition(document, token) == "of"
    known = nouns().get(head.lemma.lower()) if modifier else None
    return known is not None and known.kind != "facility"


def _told_here(document: Document, mention: Mention[Place], token: Token) -> bool:
    return "\n" not in document.text[mention.span.end : token.start] and mention.value.precision != "country"


def _rank(mention: Mention[Place]) -> tuple[bool, int, int]:
    """Of places as near as each other the named one, then the narrower, then the first: "in Basra, in Ashar"."""
    return mention.rule == "places/again", _BREADTH.get(mention.value.precision or "", 0), mention.span.start


def _anchor(document: Document, mention: Mention[Place]) -> Token:
    """The word by which a place hangs in its clause: "village" in "the village of X" and in "X village"."""
    anchor = document.tokens[mention.token]
    head = document.head(anchor)
    while head is not None and head.lemma.lower() in _KINDS and anchor.dep in {"compound", "flat", "nmod", "appos"}:
        if anchor.dep == "nmod" and preposition(document, anchor) != "of":
            break
        anchor, head = head, document.head(head)
    return anchor


def _cost(document: Document, token: Token, mention: Mention[Place]) -> int:
    """Steps in the parse from a place to a trigger, more for clause borders, origins, whole countries and doers."""
    anchor = _anchor(document, mention)
    ways = document.ways(token, anchor)
    if ways is None:
        return _MAX_COST + 1
    above, below, joint = ways
    taken = anchor.dep in {"obj", "nsubj:pass"} or (anchor.dep == "nsubj" and token.lemma == "fall")
    if len(below) == 1 and joint is token and taken:
        return 0
    cost = len(below) + len(above)
    cost += sum(_STEP.get(node.dep, 0) for node in below) + sum(_STEP.get(node.dep, 0) // 2 for node in above)
    cost += 2 * any(node.dep == "nsubj" for node in below[1:])
    case = preposition(document, anchor)
    if case in _NOT_HERE:
        cost += 3
    elif case.split(" ")[0] not in _WHERE and below:
        cost += 1
    return cost + 2 * (mention.value.precision == "country")
