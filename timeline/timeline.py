"""The face that people touch: a Timeline of events that carries its articles, and `extract`, which makes one."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from timeline.errors import InputError, OutputError
from timeline.records import Actor, Article, Event, Skipped, When
from timeline.when import format_when, is_known, overlaps, sort_key

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.figure import Figure

    from timeline.extraction import Unresolved
    from timeline.frame import Layout
    from timeline.graph import View

__all__ = ["Timeline"]

ROWS_SHOWN = 30
_WORDS = re.compile(r"[^\w]+")
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Timeline(Sequence[Event]):
    """Events in order of their dates, the undated last, with the articles they come from.

    Every step gives a new Timeline; nothing is changed in place.

    Parameters
    ----------
    events : tuple of Event
        In any order; they are sorted by first known day, article and place in the text.
    articles : tuple of Article
        The stored texts that all offsets refer to.
    actors : tuple of Actor
    unresolved : tuple of Unresolved
        What was found but could not be placed: dates, pronouns, counts.
    skipped : tuple of Skipped
        What was not read, or only in part.
    undated : int
        Number of events without any date that `between` left out.

    Examples
    --------
    >>> timeline = Timeline(())
    >>> len(timeline), len(timeline.between("2012-07", "2012-12"))
    (0, 0)
    """

    events: tuple[Event, ...]
    articles: tuple[Article, ...] = ()
    actors: tuple[Actor, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    undated: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", tuple(sorted(self.events, key=_by_date)))

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Timeline: ...
    def __getitem__(self, index: int | slice) -> Event | Timeline:
        if isinstance(index, slice):
            return replace(self, events=self.events[index])
        return self.events[index]

    def __repr__(self) -> str:
        return f"<Timeline: events {len(self.events)}, articles {len(self.articles)}>"

    def link(self) -> Timeline:
        """Join the reports of one happening into one event each; rival claims are kept in ``.claims``."""
        from timeline.link import link

        return replace(self, events=link(self.events, articles=self.articles))

    def between(self, start: str | dt.date | None = None, end: str | dt.date | None = None) -> Timeline:
        """Keep the events that happened, or may have happened, from start to end, both inclusive.

        Parameters
        ----------
        start, end : str or datetime.date, optional
            A day, month or year: ``2012-07-18``, ``2012-07``, ``2012``. None is open.

        Returns
        -------
        Timeline
            Without events that have no date at all; their number is ``.undated``.

        Raises
        ------
        InputError
            If a bound is no date, or the end comes before the start.
        """
        first = dt.date.min if start is None else _bound(start, last=False)
        last = dt.date.max if end is None else _bound(end, last=True)
        if last < first:
            raise InputError(f"{end} comes before {start}", where="between", advice="give the earlier one first")
        kept = tuple(event for event in self.events if _overlaps(event.when, When(first, last)))
        undated = sum(_is_undated(event.when) for event in self.events)
        return replace(self, events=kept, undated=self.undated + undated)

    def about(self, name: str) -> Timeline:
        """Keep the events in which an actor takes part, or that happened at a place.

        Parameters
        ----------
        name : str
            Id, name or alias of an actor, or name or country (also the code of three letters) of a place, in upper or
            lower case. A part of a name counts if it is a whole word of it.
        """
        wanted = " ".join(name.casefold().split())
        ids = {
            actor.id
            for actor in self.actors
            if actor.id.casefold() == wanted or any(_names(wanted, alias) for alias in (actor.name, *actor.aliases))
        }
        return replace(self, events=tuple(event for event in self.events if _is_about(event, wanted, ids)))

    def of_type(self, *types: str) -> Timeline:
        """Keep the events of these types; ``shelling.mortar`` names a subtype."""
        wanted = set(types)
        return replace(
            self,
            events=tuple(
                event for event in self.events if event.type in wanted or f"{event.type}.{event.subtype}" in wanted
            ),
        )

    def to_frame(self, *, layout: Layout = "timeline") -> pd.DataFrame:
        """A table of the events; see `timeline.frame.to_frame`."""
        from timeline.frame import to_frame

        return to_frame(self.events, layout=layout, actors=self.actors)

    def graph(self, *, view: View = "events") -> nx.MultiDiGraph[str]:
        """A graph of the events; see `timeline.graph.to_graph`."""
        from timeline.graph import to_graph

        return to_graph(self.events, actors=self.actors, view=view)

    def plot(self, **options: Any) -> Figure:
        """A picture of the events; see `timeline.charts.plot` for the options."""
        from timeline.charts import plot

        return plot(self.events, articles=self._by_id(), **options)

    def network(self, **options: Any) -> Figure:
        """A picture of who appears with whom; see `timeline.charts.network`."""
        from timeline.charts import network

        return network(self.events, articles=self._by_id(), **options)

    def _by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    def report(self) -> str:
        """What was read, found, unresolved and skipped, as Markdown."""
        from timeline.report import report

        return report(
            self.events,
            articles=self.articles,
            actors=self.actors,
            unresolved=self.unresolved,
            skipped=self.skipped,
        )

    def explain(self, event: str | int) -> str:
        """Why an event is what it is: its sentence with every span marked, and the rule behind each field.

        Parameters
        ----------
        event : str or int
            Its id (the beginning is enough if it fits one event only) or its position.

        Raises
        ------
        InputError
            If there is no such event, or several.
        """
        from timeline.explanation import explain

        if isinstance(event, int):
            return explain(self.events[event])
        found = [item for item in self.events if item.id.startswith(event) or event in item.members]
        exact = [item for item in found if item.id == event]
        if len(exact or found) != 1:
            raise InputError(f"{len(found)} events fit", where=f"id {event!r}", advice="give the whole id of an event")
        return explain((exact or found)[0])

    def to_jsonl(self) -> str:
        """The events as the lines of ``events.jsonl``, sorted by article and place in the text."""
        from timeline.io import event_lines

        return event_lines(self.events)

    def save(self, path: str | Path) -> Path:
        """Write the events as what the suffix says.

        ``.jsonl`` (all of it), ``.csv`` and ``.parquet`` (table), ``.graphml`` (graph), ``.png``, ``.svg`` and ``.pdf``
        (picture), ``.html`` (page), ``.md`` (report).

        Raises
        ------
        OutputError
            If the suffix is none of these, or the file cannot be written.
        """
        from timeline import io

        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".jsonl":
            return io.write_events(self.events, target)
        if suffix in (".csv", ".parquet"):
            return io.write_table(self.to_frame(), target)
        if suffix == ".graphml":
            return io.write_graph(self.graph(), target)
        if suffix == ".md":
            return io.write_text(target, [self.report()])
        if suffix == ".html":
            from timeline.page import page

            return io.write_text(target, [page(self.events, articles=self.articles)])
        if suffix not in (".png", ".svg", ".pdf"):
            known = ".jsonl .csv .parquet .graphml .png .svg .pdf .html .md"
            raise OutputError(f"{suffix or 'no suffix'} is no known form", where=str(path), advice=f"use {known}")
        from timeline.charts import save

        save(self.plot(), target)
        return target

    @classmethod
    def load(cls, path: str | Path) -> Timeline:
        """Read back what was saved: ``events.jsonl`` or the folder that holds it.

        Articles and actors are read from ``articles.jsonl`` and ``actors.jsonl`` beside it, if they are there.

        Raises
        ------
        InputError
            If there is no such file, or a line is no record.
        """
        from timeline import io

        target = Path(path)
        target = target / "events.jsonl" if target.is_dir() else target
        if not target.is_file():
            raise InputError("does not exist", where=str(target), advice="give events.jsonl or its folder")
        beside = target.with_name("articles.jsonl")
        articles = tuple(io.read_articles(beside)) if beside.is_file() else ()
        named = target.with_name("actors.jsonl")
        actors = tuple(io.read_actors(named)) if named.is_file() else ()
        return cls(tuple(with_sentences(io.read_events(target), articles)), articles, actors)

    def _repr_html_(self) -> str:
        from timeline.headline import headline

        head = "".join(f"<th>{name}</th>" for name in ("date", "what", "killed", "told as", "source", "id"))
        rows = "".join(_html_row(event, format_when(event.when), headline(event)) for event in self.events[:ROWS_SHOWN])
        more = len(self.events) - ROWS_SHOWN
        notes = [
            f"{len(self.events)} events from {len(self.articles)} articles, as reported, not verified",
            *([f"{more} more not shown"] if more > 0 else []),
            *([f"{self.undated} undated events left out"] if self.undated else []),
        ]
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f"{self._strip_html()}{table}<p>{escape('; '.join(notes))}</p>"

    def _strip_html(self) -> str:
        """All events on one line, as a picture that needs no other file."""
        import base64

        from timeline.charts import strip
        from timeline.charts.picture import png, shown_width

        if not self.events:
            return ""
        figure = strip(self.events)
        data = base64.b64encode(png(figure)).decode("ascii")
        alt = escape(str(figure.get_label()))
        return f'<img src="data:image/png;base64,{data}" width="{shown_width(figure)}" alt="{alt}">'


def with_sentences(events: Iterable[Event], articles: Iterable[Article]) -> Iterator[Event]:
    """Events with the text of their sentences, which JSON lines leave to the articles."""
    texts = {article.id: article.text for article in articles}
    for event in events:
        text = texts.get(event.sentence.article or event.article)
        sentence = event.sentence
        if text is not None and sentence.text is None:
            sentence = replace(sentence, text=text[sentence.start : sentence.end])
        yield replace(event, sentence=sentence)


def _by_date(event: Event) -> tuple[tuple[int, ...], str, int, str, str]:
    return (sort_key(event.when), event.article, event.trigger.start, event.type, event.id)


def _is_undated(when: When) -> bool:
    return not is_known(when) and when.ongoing_at is None


def _overlaps(when: When, window: When) -> bool:
    """Whether it happened or may have happened in the window.

    What goes on is known to do so until ``ongoing_at``; what is only known to be over by a day counts for that day.
    """
    end = when.end or when.ongoing_at
    return overlaps(replace(when, start=when.start or end, end=end), window)


def _bound(value: str | dt.date, *, last: bool) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = _PART.fullmatch(value.strip())
    try:
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            year = year or 1
            month = month or (12 if last else 1)
            day = day or (calendar.monthrange(year, month)[1] if last else 1)
            return dt.date(year, month, day)
    except ValueError:
        pass
    raise InputError("is no day, month or year", where=repr(value), advice="write 2012-07-18, 2012-07 or 2012")


def _names(wanted: str, name: str | None) -> bool:
    """Whether the words are a name, or stand in it one behind the other."""
    if name is None:
        return False
    words = _WORDS.sub(" ", name.casefold()).strip()
    return wanted == name.casefold() or f" {_WORDS.sub(' ', wanted).strip()} " in f" {words} "


def _is_about(event: Event, wanted: str, ids: set[str]) -> bool:
    if any(role.actor in ids or role.actor == wanted or _names(wanted, role.name) for role in event.roles):
        return True
    place = event.place
    return place is not None and (
        _names(wanted, place.name) or _names(wanted, place.country_name) or wanted == (place.country or "").casefold()
    )


def _html_row(event: Event, date: str, sentence: str) -> str:
    killed = event.killed
    bounds = [] if killed is None else [value for value in (killed.low, killed.high) if value is not None]
    number = "–".join(f"{value:,}" for value in dict.fromkeys(bounds))
    opened = "+" if killed is not None and killed.high is None and bounds else ""
    source = (event.attribution and event.attribution.source) or ""
    told = f"{event.factuality}, background" if event.background else event.factuality
    cells = (date, sentence, number + opened, told, f"{source} ({event.article})".strip(), event.id[:8])
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
