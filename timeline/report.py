"""What was read, found, left open and skipped, with counts, as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.headline import headline
from timeline.records import Actor, Article, Event, Skipped, When
from timeline.when import format_when, is_known

if TYPE_CHECKING:
    from timeline.extraction import Unresolved

__all__ = ["biggest", "finding", "report"]

REAL = ("happened", "disputed")
LONGEST_LIST = 500
_MARKDOWN = re.compile(r"([\\`*{}\[\]<>|#~$&]|(?<!\w)_|_(?!\w))")


def report(
    events: Sequence[Event],
    *,
    articles: Sequence[Article] = (),
    actors: Sequence[Actor] = (),
    unresolved: Sequence[Unresolved] = (),
    skipped: Sequence[Skipped] = (),
) -> str:
    """Tell what was read, found, left open and skipped.

    Returns
    -------
    str
        Markdown. Texts from articles are escaped, so that they cannot break it. Lists of more than 500 lines are cut
        with the number of those left out; events.jsonl and events.csv have all of them.

    Examples
    --------
    >>> print(report(()).splitlines()[0])
    # Report
    """
    names = {article.id: article for article in articles}
    parts = [
        _summary(events, articles, unresolved, skipped),
        _read(events, articles),
        _undatable(articles, unresolved),
        _findings(events, names),
        _found(events),
        _flags(events),
        _events(events, names),
        _actors(events, actors),
        _open(unresolved),
        _skipped(skipped),
    ]
    return "\n".join(line for part in parts if part for line in (*part, "")).rstrip("\n") + "\n"


def biggest(events: Iterable[Event], limit: int = 5) -> tuple[Event, ...]:
    """The events with the most deaths, then the most reports, then the most actors, told as happened or disputed."""
    real = [event for event in events if event.factuality in REAL]
    return tuple(sorted(real, key=_size)[:limit])


def _size(event: Event) -> tuple[int, int, int, str, int, str]:
    killed = event.killed
    deaths = 0 if killed is None else killed.best or killed.low or 0
    actors = {role.actor or role.name for role in event.roles}
    return (-deaths, -(len(event.members) or 1), -len(actors), event.article, event.trigger.start, event.id)


def finding(event: Event, articles: Iterable[Article] = ()) -> str:
    """One line on an event: its date, a sentence, how many reports tell it, and who says so."""
    names = {article.id: article for article in articles}
    reports = f"; {len(event.members)} reports" if len(event.members) > 1 else ""
    return f"{format_when(event.when)}: {headline(event)} ({_source(event, names)}{reports})"


def _source(event: Event, articles: dict[str, Article]) -> str:
    """Who says so, and where it stands."""
    told = event.attribution
    said = told.source if told is not None and told.source else None
    article = articles.get(event.article)
    outlet = article.source if article is not None else None
    where = f"{outlet}, {event.article}" if outlet else event.article
    return f"{said}, in {where}" if said else where


def _summary(
    events: Sequence[Event], articles: Sequence[Article], unresolved: Sequence[Unresolved], skipped: Sequence[Skipped]
) -> list[str]:
    reports = sum(len(event.members) or 1 for event in events)
    joined = f", joined from {reports:,} reports" if reports > len(events) else ""
    return [
        "# Report",
        "",
        "Everything below is as reported, not verified.",
        "",
        f"- read: {_number(len(articles), 'article')}",
        f"- found: {_number(len(events), 'event')}{joined}",
        f"- without a date: {_number(sum(_is_undated(event.when) for event in events), 'event')}",
        f"- left open: {_number(len(unresolved), 'mention')}",
        f"- skipped or read in part: {_number(len(skipped), 'item')}",
    ]


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _is_undated(when: When) -> bool:
    return not is_known(when) and when.ongoing_at is None


def _read(events: Sequence[Event], articles: Sequence[Article]) -> list[str]:
    told: Counter[str] = Counter()
    for event in events:
        told.update({span.article or event.article for span in (event.trigger, *event.triggers)})
    rows = [
        (
            article.id,
            article.published.isoformat() if article.published else "not given",
            article.title or "",
            article.source or "",
            f"{len(article.text):,}",
            str(told[article.id]),
        )
        for article in sorted(articles, key=_article_id)
    ]
    head = ("article", "published", "title", "source", "characters", "events")
    return ["## Read", "", *_table(head, rows)]


def _article_id(article: Article) -> str:
    return article.id


def _undatable(articles: Sequence[Article], unresolved: Sequence[Unresolved]) -> list[str]:
    missing = [article for article in articles if article.published is None]
    if not missing:
        return []
    ids = {article.id for article in missing}
    dates = sum(item.article in ids and item.what == "date" for item in unresolved)
    return [
        "## Publication date missing",
        "",
        f"{_number(len(missing), 'article')} without a publication date: "
        f"{', '.join(_escaped(article.id) for article in missing[:20])}{', ...' if len(missing) > 20 else ''}.",
        "",
        "Nothing is guessed: words such as Monday, yesterday or last week stay open there, and only dates that are "
        f"written out are used. {_number(dates, 'event')} could not be dated. To give the date:",
        "",
        "- `timeline build ... --published YYYY-MM-DD` for all articles that state none, or",
        "- a line `published: YYYY-MM-DD` in the front matter of a .txt file, or",
        '- `"published": "YYYY-MM-DD"` in a line of JSONL, a column `published` in a table.',
    ]


def _findings(events: Sequence[Event], articles: dict[str, Article]) -> list[str]:
    rows = [f"{number}. {_escaped(_line(event, articles))}" for number, event in enumerate(biggest(events), start=1)]
    return ["## Biggest findings", "", "Most deaths, then most reports, then most actors.", "", *(rows or ["none"])]


def _line(event: Event, articles: dict[str, Article]) -> str:
    return finding(event, articles.values())


def _found(events: Sequence[Event]) -> list[str]:
    types = sorted(Counter(event.type for event in events).items(), key=_most_first)
    told = sorted(Counter(event.factuality for event in events).items(), key=_most_first)
    rows = [(name, str(count)) for name, count in types]
    kinds = [(name, str(count)) for name, count in told]
    background = sum(event.background for event in events)
    return [
        "## Found",
        "",
        *_table(("type", "events"), rows),
        "",
        *_table(("told as", "events"), [*kinds, ("(of all these, background)", str(background))]),
    ]


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _flags(events: Sequence[Event]) -> list[str]:
    flagged = [(event, reason) for event in events for reason in _reasons(event)]
    rows = [(event.id, reason, headline(event)) for event, reason in flagged]
    return ["## Read with care", "", *_table(("event", "why", "what"), rows)]


def _reasons(event: Event) -> Iterator[str]:
    told = event.attribution
    if event.factuality == "disputed":
        yield "one source says it happened, another denies it"
    if event.type == "casualty_report" and (told is None or told.source is None):
        yield "a toll for which no source is named"
    if told is not None and told.self_interested:
        yield "a belligerent speaks of the enemy's losses"
    if any(role.disputed for role in event.roles):
        yield "who did it is disputed"
    if len({str(claim.value) for claim in event.claims if claim.field in ("killed", "wounded")}) > 1:
        yield "sources give different numbers"


def _events(events: Sequence[Event], articles: dict[str, Article]) -> list[str]:
    rows = [
        (format_when(event.when), headline(event), event.factuality, _source(event, articles), event.id)
        for event in events[:LONGEST_LIST]
    ]
    head = ("date", "what", "told as", "source", "event")
    return ["## Events", "", *_table(head, rows), *_more(len(events))]


def _more(count: int) -> list[str]:
    left = count - LONGEST_LIST
    return ["", f"and {left:,} more, in events.csv and events.jsonl"] if left > 0 else []


def _actors(events: Sequence[Event], actors: Sequence[Actor]) -> list[str]:
    parts: Counter[str] = Counter()
    for event in events:
        parts.update({role.actor for role in event.roles if role.actor is not None})
    rows = [
        (
            actor.name or "[protected]",
            actor.kind,
            actor.country or "",
            "; ".join(alias for alias in actor.aliases if alias != actor.name),
            str(parts[actor.id]),
        )
        for actor in sorted(actors, key=_actor_id)
    ]
    rows.sort(key=_busiest)
    return ["## Actors", "", *_table(("name", "kind", "country", "also called", "events"), rows[:LONGEST_LIST])]


def _actor_id(actor: Actor) -> str:
    return actor.id


def _busiest(row: tuple[str, ...]) -> tuple[int, str]:
    return (-int(row[-1]), row[0])


def _open(unresolved: Sequence[Unresolved]) -> list[str]:
    counts = sorted(Counter((item.what, item.why) for item in unresolved).items())
    rows = [(what, why, str(count)) for (what, why), count in counts]
    lines = [
        (item.article, _offsets(item), (item.span.text if item.span else None) or "", f"{item.what}: {item.why}")
        for item in unresolved[:LONGEST_LIST]
    ]
    detail = ["", *_table(("article", "offsets", "words", "why"), lines), *_more(len(unresolved))] if lines else []
    return ["## Left open", "", *_table(("what", "why", "mentions"), rows), *detail]


def _offsets(item: Unresolved) -> str:
    return f"{item.span.start}-{item.span.end}" if item.span else ""


def _skipped(skipped: Sequence[Skipped]) -> list[str]:
    rows = [(item.where, item.why) for item in skipped[:LONGEST_LIST]]
    left = len(skipped) - LONGEST_LIST
    more = ["", f"and {left:,} more"] if left > 0 else []
    return ["## Skipped, or read in part", "", *_table(("where", "why"), rows), *more]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return ["none"]
    return [_cells(head), _cells(["---"] * len(head), escape=False), *(_cells(row) for row in rows)]


def _cells(cells: Sequence[str], *, escape: bool = True) -> str:
    return "| " + " | ".join(_escaped(cell) if escape else cell for cell in cells) + " |"


def _escaped(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> print(_escaped("a|b\n<script>"))
    a\|b \<script\>
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
