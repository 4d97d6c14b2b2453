"""What the finders found in one document, sorted out by kind and by token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from timeline.errors import InputError
from timeline.language.document import Document
from timeline.records import Actor, Attribution, Count, Mention, Place, Span, TimeExpression, Trigger

__all__ = ["Mentions", "gather", "named_source", "with_named_source"]

_PRONOUNS = frozenset(
    "he she it they we i you who which that this these those one him her them us some others both all many".split()
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a document in order of the text; actors and places also by the tokens that they cover."""

    times: tuple[Mention[TimeExpression], ...]
    counts: tuple[Mention[Count], ...]
    actors: tuple[Mention[Actor], ...]
    places: tuple[Mention[Place], ...]
    triggers: tuple[Mention[Trigger], ...]
    actor_of: Mapping[int, Mention[Actor]]
    place_of: Mapping[int, Mention[Place]]


def gather(document: Document, found: Iterable[Mention[Any]]) -> Mentions:
    """Sort mentions by the type of their value.

    Raises
    ------
    InputError
        If a finder yields something that no event can use.
    """
    kinds: dict[type, list[Mention[Any]]] = {kind: [] for kind in (TimeExpression, Count, Actor, Place, Trigger)}
    for mention in found:
        if type(mention.value) not in kinds:
            raise InputError(
                f"a finder gave a {type(mention.value).__name__}",
                where=mention.rule,
                advice=f"give one of {', '.join(sorted(kind.__name__ for kind in kinds))}",
            )
        kinds[type(mention.value)].append(mention)
    ordered = {kind: tuple(sorted(mentions, key=_position)) for kind, mentions in kinds.items()}
    mentions = Mentions(
        times=tuple(_anchored(document, mention) for mention in ordered[TimeExpression]),
        counts=ordered[Count],
        actors=ordered[Actor],
        places=ordered[Place],
        triggers=ordered[Trigger],
        actor_of=_by_token(document, ordered[Actor]),
        place_of=_by_token(document, ordered[Place]),
    )
    return replace(mentions, triggers=tuple(with_named_source(trigger, mentions) for trigger in mentions.triggers))


def named_source(source: str | None, span: Span | None, mentions: Mentions) -> str | None:
    """The source in words of its own: for a pronoun the actor that it means, None where that is not known."""
    if source is None or source.lower() not in _PRONOUNS:
        return source
    if span is None:
        return None
    meant = (
        mention.value.name
        for mention in mentions.actors
        if mention.span.start < span.end and span.start < mention.span.end
    )
    return next((name for name in meant if name and name.lower() not in _PRONOUNS), None)


def with_named_source(trigger: Mention[Trigger], mentions: Mentions) -> Mention[Trigger]:
    """The trigger with its source in words of its own, as `named_source` gives them."""
    told: Attribution | None = trigger.value.attribution
    if told is None:
        return trigger
    source = named_source(told.source, told.span, mentions)
    if source == told.source:
        return trigger
    return replace(trigger, value=replace(trigger.value, attribution=replace(told, source=source)))


def _anchored(document: Document, mention: Mention[TimeExpression]) -> Mention[TimeExpression]:
    """The mention with the token that the expression hangs on the sentence by."""
    inside = document.tokens_in(mention.span.start, mention.span.end)
    if not inside:
        nearest = document.token_at(mention.span.start)
        return replace(mention, token=nearest.index if nearest else 0)
    first, last = inside[0].index, inside[-1].index
    head = next((token for token in inside if not first <= token.head <= last or token.head == token.index), inside[-1])
    return replace(mention, token=head.index)


def _position(mention: Mention[Any]) -> tuple[int, int, str]:
    return mention.span.start, -mention.span.end, mention.rule


def _by_token(document: Document, mentions: Iterable[Mention[Any]]) -> dict[int, Mention[Any]]:
    """The mention of each covered token; the head of a mention goes before a token inside another."""
    covered: dict[int, Mention[Any]] = {}
    for mention in mentions:
        for token in document.tokens_in(mention.span.start, mention.span.end):
            covered.setdefault(token.index, mention)
    covered.update({mention.token: mention for mention in reversed(list(mentions))})
    return covered
