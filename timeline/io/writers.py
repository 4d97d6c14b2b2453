"""Events, articles, actors, times and graphs to files; each line form can be read back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from timeline.codec import event_from_json, to_json
from timeline.errors import InputError, MissingExtraError
from timeline.io.files import replacing, write_text
from timeline.records import Actor, Article, Event, Title

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from timeline.records import Mention, TimeExpression

__all__ = [
    "event_lines",
    "read_actors",
    "read_articles",
    "read_events",
    "time_lines",
    "write_actors",
    "write_articles",
    "write_events",
    "write_graph",
    "write_table",
    "write_times",
]

T = TypeVar("T")
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_events(events: Iterable[Event], path: Path | str) -> Path:
    """Write events as JSON lines, sorted by article, trigger start, type and id.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    return write_text(path, (_line(to_json(event)) for event in sorted(events, key=_place_in_text)))


def _place_in_text(event: Event) -> tuple[str, int, str, str]:
    return (event.article, event.trigger.start, event.type, event.id)


def write_articles(articles: Iterable[Article], path: Path | str) -> Path:
    """Write the texts that offsets refer to, with their hashes, as JSON lines sorted by id."""
    rows = (
        {
            "id": article.id,
            "text": article.text,
            "sha256": article.sha256,
            "published": to_json(article.published),
            "title": article.title,
            "source": article.source,
            "url": article.url,
        }
        for article in sorted(articles, key=_article_id)
    )
    return write_text(path, (_line(row) for row in rows))


def _article_id(article: Article) -> str:
    return article.id


def write_actors(actors: Iterable[Actor], path: Path | str) -> Path:
    """Write actors with their aliases as JSON lines sorted by id."""
    return write_text(path, (_line(to_json(actor)) for actor in sorted(actors, key=_actor_id)))


def _actor_id(actor: Actor) -> str:
    return actor.id


def write_times(times: Iterable[tuple[str, Mention[TimeExpression]]], path: Path | str) -> Path:
    """Write time expressions, pairs of article id and mention, one JSON line each in the given order."""
    return write_text(path, time_lines(times))


def time_lines(times: Iterable[tuple[str, Mention[TimeExpression]]]) -> Iterator[str]:
    """The lines of ``times.jsonl``."""
    for article, mention in times:
        yield _line(time_row(article, mention))


def time_row(article: str, mention: Mention[TimeExpression]) -> dict[str, Any]:
    """What ``times.jsonl`` says of one time expression; ``from`` and ``to`` are days, both inclusive."""
    value, span = mention.value, mention.span
    return {
        "doc_id": article,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "type": value.type,
        "value": value.value,
        "from": to_json(value.when.start),
        "to": to_json(value.when.end),
    }


def write_table(table: pd.DataFrame, path: Path | str) -> Path:
    """Write a table as CSV or Parquet; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns that hold records instead of plain values are left out.
    path : path
        Ends in ``.csv`` or ``.parquet``.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    plain = table.drop(columns=[name for name in ("event",) if name in table.columns])
    if Path(path).suffix.lower() == ".parquet":
        if find_spec("pyarrow") is None:
            raise MissingExtraError(f"{path}: writing Parquet", extra="parquet")
        with replacing(path) as beside:
            plain.to_parquet(beside, index=False)
        return Path(path)
    safe = plain.assign(**{str(name): _spreadsheet_safe(plain[name]) for name in plain.columns})
    return write_text(path, [safe.to_csv(index=False, lineterminator="\n")])


def _spreadsheet_safe(column: pd.Series[Any]) -> pd.Series[Any]:
    if column.dtype.kind not in "OU" and str(column.dtype) not in ("str", "string"):
        return column
    return column.map(harmless)


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("- 12 killed"), harmless("Homs")
    ("'=1+1", "'- 12 killed", 'Homs')
    """
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def write_graph(graph: nx.Graph[Any], path: Path | str) -> Path:
    """Write a graph as GraphML, the same bytes for the same graph.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    import networkx as nx

    text = "\n".join(nx.generate_graphml(graph, named_key_ids=True))
    return write_text(path, ('<?xml version="1.0" encoding="utf-8"?>\n', text, "\n"))


def read_events(path: Path | str) -> Iterator[Event]:
    """Read what `write_events` wrote.

    Raises
    ------
    InputError
        If a line is no event, with its number.
    """
    return _rows(path, event_from_json, "event")


def read_articles(path: Path | str) -> Iterator[Article]:
    """Read what `write_articles` wrote; a text that does not fit its hash is an error.

    Raises
    ------
    InputError
        If a line is no article, or the text was changed.
    """
    return _rows(path, _article, "article")


def read_actors(path: Path | str) -> Iterator[Actor]:
    """Read what `write_actors` wrote.

    Raises
    ------
    InputError
        If a line is no actor.
    """
    return _rows(path, _actor, "actor")


def _rows(path: Path | str, build: Callable[[Mapping[str, Any]], T], what: str) -> Iterator[T]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise InputError(f"cannot be read: {reason.lower()}", where=str(path)) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield build(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"key {error} is missing" if isinstance(error, KeyError) else str(error)[:160]
            raise InputError(f"is no {what}: {reason}", where=f"{path}, line {number}") from None


def _article(row: Mapping[str, Any]) -> Article:
    import datetime as dt

    published = row.get("published")
    article = Article(
        str(row["id"]),
        row["text"],
        dt.date.fromisoformat(published[:10]) if published else None,
        row.get("title"),
        row.get("source"),
        row.get("url"),
    )
    if row.get("sha256") not in (None, article.sha256):
        raise ValueError("the text does not fit its sha256; it was changed after it was written")
    return article


def _actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        row["id"],
        row["name"],
        row.get("kind", "unknown"),
        row.get("side"),
        row.get("country"),
        row.get("inter_code"),
        tuple(Title(**title) for title in row.get("titles", ())),
        tuple(row.get("aliases", ())),
        tuple((name, value) for name, value in row.get("external_ids", ())),
        row.get("protected", False),
    )


def _line(row: Mapping[str, Any]) -> str:
    """One line of JSON; half of a surrogate pair, which UTF-8 cannot hold, is written as an escape."""
    line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return (json.dumps(row, allow_nan=False) if _SURROGATE.search(line) else line) + "\n"


def event_lines(events: Sequence[Event]) -> str:
    """The text of ``events.jsonl``."""
    return "".join(_line(to_json(event)) for event in sorted(events, key=_place_in_text))
