"""An embedded database of articles and what was found in them, so that a run can go on where it stopped."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from timeline.codec import event_from_json, to_json
from timeline.errors import OutputError
from timeline.extraction import Extraction, Unresolved
from timeline.records import Actor, Article, Event, Span, Title

__all__ = ["resumed", "stored_events"]

_SCHEMA = """
create table if not exists article (
    id text primary key,
    key text not null,
    sha256 text not null,
    published text,
    title text,
    source text,
    url text,
    found text not null
);
create table if not exists event (
    id text not null,
    article text not null references article (id) on delete cascade,
    type text not null,
    "from" text,
    "to" text,
    factuality text not null,
    record text not null,
    primary key (id, article)
);
create index if not exists event_by_day on event ("from", "to");
create index if not exists event_by_type on event (type);
"""
_BATCH = 50


def resumed(
    path: str | Path,
    articles: Sequence[Article],
    run: Callable[[Iterable[Article]], Iterator[Extraction]],
    *,
    settings: str = "",
) -> Iterator[Extraction]:
    """What is found in each article, in the order given; what the database holds already is not extracted again.

    An article is extracted again if its text, its publication day or the settings have changed. Each result is kept as
    soon as it is there, so that a run that was stopped goes on where it was. The texts themselves are not stored, only
    their hashes; articles that are no longer given stay in the database. It is a working file, no output: names of
    protected actors stand in it as in the articles, so keep it where those are kept.

    Parameters
    ----------
    path : path
        The SQLite file; made if it is not there.
    run : callable
        Articles to their extractions, in order.
    settings : str
        Whatever else the result depends on.

    Raises
    ------
    OutputError
        If the file is no database of this kind, or cannot be written.
    """
    with _opened(path) as database:
        keys = {article.id: _key(article, settings) for article in articles}
        known = dict(database.execute("select id, key from article"))
        fresh = run(article for article in articles if known.get(article.id) != keys[article.id])
        for number, article in enumerate(articles, start=1):
            if known.get(article.id) == keys[article.id]:
                yield _read(database, article)
            else:
                found = next(fresh)
                _write(database, found, keys[article.id])
                if number % _BATCH == 0:
                    database.commit()
                yield found


def stored_events(path: str | Path) -> Iterator[Event]:
    """All events of a database, by article and place in the text.

    Raises
    ------
    OutputError
        If the file is no database of this kind.
    """
    with _opened(path) as database:
        for (record,) in database.execute("select record from event order by article, id"):
            yield event_from_json(json.loads(record))


@contextlib.contextmanager
def _opened(path: str | Path) -> Iterator[sqlite3.Connection]:
    """The database; what was written before an interruption is kept."""
    try:
        database = sqlite3.connect(path)
        database.execute("pragma foreign_keys = on")
        database.executescript(_SCHEMA)
    except sqlite3.Error as error:
        raise OutputError(f"is no database to write to: {error}", where=str(path), advice="name another file") from None
    try:
        yield database
    finally:
        database.commit()
        database.close()


def _key(article: Article, settings: str) -> str:
    about = json.dumps([article.sha256, to_json(article.published), article.title, article.source, settings])
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()


def _write(database: sqlite3.Connection, found: Extraction, key: str) -> None:
    article = found.article
    rest = json.dumps({"actors": to_json(found.actors), "unresolved": to_json(found.unresolved)}, ensure_ascii=True)
    database.execute("delete from article where id = ?", (article.id,))
    database.execute(
        "insert into article values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            key,
            article.sha256,
            to_json(article.published),
            article.title,
            article.source,
            article.url,
            rest,
        ),
    )
    database.executemany("insert into event values (?, ?, ?, ?, ?, ?, ?)", [_row(event) for event in found.events])


def _row(event: Event) -> tuple[Any, ...]:
    when = event.when
    record = json.dumps(to_json(event), ensure_ascii=True)
    days = (to_json(when.start), to_json(when.end or when.ongoing_at))
    return (event.id, event.article, event.type, *days, event.factuality, record)


def _read(database: sqlite3.Connection, article: Article) -> Extraction:
    (rest,) = database.execute("select found from article where id = ?", (article.id,)).fetchone()
    records = database.execute("select record from event where article = ?", (article.id,))
    events = sorted((event_from_json(json.loads(record)) for (record,) in records), key=_place_in_text)
    found = json.loads(rest)
    return Extraction(
        article,
        tuple(events),
        tuple(_actor(actor) for actor in found["actors"]),
        tuple(_unresolved(item) for item in found["unresolved"]),
    )


def _place_in_text(event: Event) -> tuple[int, str, str]:
    return (event.trigger.start, event.type, event.id)


def _actor(row: dict[str, Any]) -> Actor:
    tuples = {
        "titles": tuple(Title(**title) for title in row["titles"]),
        "aliases": tuple(row["aliases"]),
        "external_ids": tuple((name, value) for name, value in row["external_ids"]),
    }
    return Actor(**{**row, **tuples})


def _unresolved(row: dict[str, Any]) -> Unresolved:
    span = row["span"]
    where = None if span is None else Span(span["start"], span["end"], span["text"], span.get("article"))
    return Unresolved(**{**row, "span": where})
