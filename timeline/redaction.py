"""Protected actors: their names out of every record and text, every offset as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from timeline.records import Actor, Article, Event, Role, Span

__all__ = ["MASK", "Redacted", "redact"]

MASK = "█"

_PARTICLES = frozenset("al el bin ibn abu van von der den de la le da dos the of and for".split())
_FREE_TEXT = frozenset(
    "name source claimed_by text group since value chain what why edtf reason title verb aliases".split()
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redacted:
    """Events, articles, actors and other records without the names of protected actors."""

    events: tuple[Event, ...]
    articles: tuple[Article, ...]
    actors: tuple[Actor, ...]
    others: tuple[Any, ...] = ()


def redact(
    events: Sequence[Event], articles: Sequence[Article], actors: Sequence[Actor], *, others: Sequence[Any] = ()
) -> Redacted:
    """Mask the protected ones among the actors everywhere.

    In texts each character of a name, alias or single word of a person's name, and each mention in a role, becomes
    `MASK`, so that offsets hold. In records names are None, their spans keep the offsets with ``text`` None and
    ``redacted`` true, and the actor's id is replaced by ``protected-1``, ``protected-2`` ... in the order of the ids.
    Other actors whose names hold such a name ("the Novak family") are masked in that part and get such an id too.
    Ids of articles (file names) are not changed.

    Parameters
    ----------
    others : sequence of records
        Further frozen records whose texts and spans are to be masked, such as unresolved mentions.

    Examples
    --------
    >>> article = Article("a", "Jan Novak saw it.")
    >>> redact((), (article,), (Actor("jan-novak", "Jan Novak", "person", protected=True),)).articles[0].text
    '███ █████ saw it.'
    """
    protected = {actor.id: actor for actor in sorted(actors, key=_id) if actor.protected}
    if not protected:
        return Redacted(tuple(events), tuple(articles), tuple(actors), tuple(others))
    pattern = re.compile(_pattern(_names(protected, events)), re.IGNORECASE)
    named = {actor.id: actor for actor in sorted(actors, key=_id) if actor.protected or _is_named(actor, pattern)}
    ids = {name: f"protected-{number}" for number, name in enumerate(named, start=1)}
    whole = frozenset(name for name, actor in named.items() if actor.protected or not _left(actor.name, pattern))
    masker = _Masker(ids, whole, pattern, _role_spans(events, whole))
    texts = {article.id: masker.article(article) for article in articles}
    return Redacted(
        tuple(masker.record(event, texts, event.article) for event in events),
        tuple(texts.values()),
        tuple(sorted((masker.actor(actor) for actor in actors), key=_id)),
        tuple(masker.record(item, texts, getattr(item, "article", None)) for item in others),
    )


def _is_named(actor: Actor, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in (actor.name, *actor.aliases) if name)


def _left(name: str | None, pattern: re.Pattern[str]) -> str:
    """The letters and digits of a name that masking leaves."""
    return "".join(letter for letter in pattern.sub("", name or "") if letter.isalnum())


def _id(actor: Actor) -> str:
    return actor.id


def _names(hidden: Mapping[str, Actor], events: Iterable[Event]) -> list[str]:
    found: set[str] = set()
    for actor in hidden.values():
        whole = [name for name in (actor.name, *actor.aliases) if name]
        found.update(whole)
        if actor.kind in ("person", "source") and actor.name:
            words = re.split(r"[\s-]+", actor.name)
            found.update(
                word for word in words if len(word) > 2 and word.lower() not in _PARTICLES and word[0].isupper()
            )
    for event in events:
        found.update(role.name for role in event.roles if role.actor in hidden and role.name)
    return sorted(found, key=_longest_first)


def _longest_first(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _pattern(names: Sequence[str]) -> str:
    if not names:
        return r"(?!)"
    return r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + r")(?!\w)"


def _role_spans(events: Iterable[Event], hidden: frozenset[str]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for event in events:
        for role in event.roles:
            if role.actor in hidden:
                spans.setdefault(role.span.article or event.article, []).append((role.span.start, role.span.end))
    return spans


@dataclass(frozen=True, slots=True)
class _Masker:
    ids: Mapping[str, str]
    whole: frozenset[str]
    pattern: re.Pattern[str]
    spans: Mapping[str, Sequence[tuple[int, int]]]

    def text(self, text: str) -> str:
        return self.pattern.sub(_mask, text)

    def actor(self, actor: Actor) -> Actor:
        if actor.id not in self.ids:
            return actor
        if actor.id in self.whole:
            bare = replace(actor, name=None, aliases=(), titles=(), external_ids=(), protected=True)
        else:
            masked = tuple(dict.fromkeys(self.text(alias) for alias in actor.aliases))
            bare = replace(actor, name=self.text(actor.name or "") or None, aliases=masked, external_ids=())
        return replace(bare, id=self.ids[actor.id])

    def article(self, article: Article) -> Article:
        text = list(self.text(article.text))
        for start, end in self.spans.get(article.id, ()):
            text[start:end] = [letter if letter.isspace() else MASK for letter in text[start:end]]
        named = article.url is not None and self.pattern.search(re.sub(r"[\W_]+", " ", article.url))
        title = self.text(article.title) if article.title else None
        return replace(article, text="".join(text), title=title, url=None if named else article.url)

    def span(self, span: Span, texts: Mapping[str, Article], article: str | None) -> Span:
        if span.text is None:
            return span
        stored = texts.get(span.article or article or "")
        text = stored.text[span.start : span.end] if stored is not None else self.text(span.text)
        if MASK in text and not any(letter.isalnum() for letter in text.replace(MASK, "")):
            return replace(span, text=None, redacted=True)
        return replace(span, text=text)

    def record(self, value: T, texts: Mapping[str, Article], article: str | None) -> T:
        """The record with all texts and spans in it masked."""
        changes: dict[str, Any] = {}
        for item in fields(value):  # type: ignore[arg-type]
            old = getattr(value, item.name)
            new = self.value(old, item.name, texts, article)
            if new is not old:
                changes[item.name] = new
        if isinstance(value, Role) and value.actor is not None and value.actor in self.ids:
            changes["actor"] = self.ids[value.actor]
            if value.actor in self.whole:
                changes |= {"name": None, "span": replace(value.span, text=None, redacted=True)}
        return replace(value, **changes) if changes else value  # type: ignore[type-var]

    def value(self, value: Any, name: str, texts: Mapping[str, Article], article: str | None) -> Any:
        if isinstance(value, Span):
            new = self.span(value, texts, article)
            return value if new == value else new
        if isinstance(value, str):
            return self.text(value) if name in _FREE_TEXT and self.pattern.search(value) else value
        if isinstance(value, tuple):
            items = tuple(self.value(item, name, texts, article) for item in value)
            return value if all(new is old for new, old in zip(items, value, strict=True)) else items
        if is_dataclass(value) and not isinstance(value, type):
            return self.record(value, texts, article)
        return value


def _mask(found: re.Match[str]) -> str:
    return "".join(letter if letter.isspace() else MASK for letter in found[0])
