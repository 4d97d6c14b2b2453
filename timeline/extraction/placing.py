"""Where an event happened: the place in its clause, else in its sentence, else where the story is set."""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.mentions import Mentions
from timeline.language.document import Document, Token
from timeline.language.syntax import preposition
from timeline.records import Mention, Place

__all__ = ["place_of"]

_WHERE = frozenset(
    "in at near outside around inside on across over of within along off north south east west throughout".split()
)
_NOT_HERE = frozenset("from to towards toward via into".split())
_STEP = {"ccomp": 3, "advcl": 2, "acl": 2, "acl:relcl": 3, "parataxis": 4, "conj": 2}


def place_of(document: Document, token: Token, mentions: Mentions) -> tuple[Place | None, str]:
    """The place of a trigger and the rule that chose it.

    A place behind "in", "at", "near" and the like that hangs on the trigger wins; then the object itself ("shelled
    Homs"); then the nearest in the sentence by the parse; a place of origin or destination is taken last.
    """
    sentence = document.sentence_of(token)
    inside = [m for m in mentions.places if sentence.start <= m.span.start < sentence.end]
    ranked = sorted(
        ((_cost(document, token, mention), mention.span.start, position) for position, mention in enumerate(inside))
    )
    if ranked and ranked[0][0] <= 9:
        mention = inside[ranked[0][2]]
        return replace(mention.value, span=mention.span), f"placing/sentence:{mention.rule}"
    before = [m for m in mentions.places if m.span.start < sentence.start and _same_paragraph(document, m, token)]
    if before:
        mention = before[-1]
        return replace(mention.value, span=mention.span), f"placing/paragraph:{mention.rule}"
    return None, "placing/none"


def _same_paragraph(document: Document, mention: Mention[Place], token: Token) -> bool:
    return "\n" not in document.text[mention.span.end : token.start]


def _cost(document: Document, token: Token, mention: Mention[Place]) -> int:
    anchor = document.tokens[mention.token]
    mine = [token, *document.ancestors(token)]
    its = [anchor, *document.ancestors(anchor)]
    places = {node.index: position for position, node in enumerate(mine)}
    joint = next((position for position, node in enumerate(its) if node.index in places), None)
    if joint is None:
        return 20
    up = places[its[joint].index]
    cost = (
        joint
        + up
        + sum(_STEP.get(node.dep, 0) for node in its[:joint])
        + sum(_STEP.get(node.dep, 0) // 2 for node in mine[:up])
    )
    case = preposition(document, anchor)
    if case in _NOT_HERE:
        cost += 3
    elif case.split(" ")[0] not in _WHERE and joint:
        cost += 1
    if mention.value.precision == "country":
        cost += 2
    return cost
