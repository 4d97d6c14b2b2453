"""Mentions of conflict events in a document: type, subtype, factuality, background and source."""

from __future__ import annotations

import math
from collections.abc import Iterator

from timeline.language import Document, Token
from timeline.lexicon import Lexicon, load
from timeline.records import Factuality, Mention, Span, Trigger
from timeline.sources import source_of
from timeline.triggers.anaphora import resolved
from timeline.triggers.background import is_background
from timeline.triggers.candidate import Candidate
from timeline.triggers.factuality import factuality_of, is_contested
from timeline.triggers.happenings import happenings
from timeline.triggers.scene import Scene
from timeline.triggers.senses import candidates

__all__ = ["find_triggers"]

WIDEST = 6


def _span(document: Document, words: tuple[int, ...]) -> Span:
    """The words of the rule with what stands between, or its head alone where that would be long."""
    first, last = min(words), max(words)
    return document.token_span(first, last) if last - first < WIDEST else document.token_span(words[0], words[0])


def _confidence(score: float) -> float:
    """How sure it is that the text around is about conflict; 0.5 where it could as well be something else."""
    return round(max(0.5, min(0.99, 1 / (1 + math.exp(-score)))), 2)


def _told(document: Document, found: Candidate) -> Token:
    """The word whose stance counts: the governing verb where the rule needs it ("lift the embargo")."""
    token = document.tokens[found.head]
    head = document.head(token)
    if found.rule.pattern.when.head and token.pos != "VERB" and head is not None and head.pos == "VERB":
        return head
    return token


def find_triggers(document: Document, *, lexicon: Lexicon | None = None) -> Iterator[Mention[Trigger]]:
    """Find the words that tell of conflict events.

    Parameters
    ----------
    document : Document
        Read by `timeline.language.read`.
    lexicon : Lexicon, optional
        Types, rules and traps; the packaged ones if not given.

    Yields
    ------
    Mention of Trigger
        In order of the text. ``rule`` is ``triggers/TYPE/RULE``; ``token`` heads the trigger; ``kind`` is "nominal"
        where a definite noun takes up a happening that was told before ("the attack").

    Examples
    --------
    >>> from timeline.language import read
    >>> [(m.span.text, m.value.type) for m in find_triggers(read("Rebels shelled the port and seized two towns."))]
    [('shelled', 'shelling'), ('seized', 'territory_change')]
    """
    lexicon = lexicon or load()
    scene = Scene(document, lexicon)
    stances: dict[int, Factuality] = {}
    for found, first in resolved(document, list(happenings(scene, candidates(scene)))):
        token = document.tokens[found.head]
        stance = found.factuality or factuality_of(document, _told(document, found), lexicon.cues)
        if first is not None and stances.get(first) == "happened" and stance in ("planned", "hypothetical", "possible"):
            stance = "happened"
        if stance == "happened" and is_contested(document, token, lexicon.cues):
            stance = "disputed"
        stances[found.head] = stance
        yield Mention(
            value=Trigger(
                type=found.type,
                subtype=found.subtype,
                factuality=stance,
                background=found.background or is_background(document, token, lexicon.cues),
                attribution=source_of(document, token, lexicon=lexicon),
                also=found.rule.also if found.type == found.rule.type else (found.rule.type,),
            ),
            span=_span(document, found.words),
            rule=f"triggers/{found.rule.id}",
            token=found.head,
            kind=None if first is None else "nominal",
            confidence=_confidence(scene.topic.score(found.head, found.words)),
        )
