"""The database: a stopped run goes on, changed articles are read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.errors import OutputError
from timeline.extraction import Extraction, Unresolved
from timeline.records import Article, Span
from timeline.store import resumed, stored_events
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


class Runs:
    """An extraction that gives the events of the cases and notes what it was asked for."""

    def __init__(self, *, stop_at: str | None = None) -> None:
        self.asked: list[str] = []
        self.stop_at = stop_at
        self.cases = Timeline.load(CORPUS)

    def __call__(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            if article.id == self.stop_at:
                raise KeyboardInterrupt
            self.asked.append(article.id)
            events = [event for event in self.cases if event.article == article.id]
            events = sorted(
                (replace(event, sentence=replace(event.sentence, text=None)) for event in events), key=_start
            )
            open_end = Unresolved(article.id, "date", "no date", Span(0, 1, article.text[:1]))
            yield Extraction(article, tuple(events), self.cases.actors, (open_end,))


def _start(event: object) -> tuple[int, str]:
    return event.trigger.start, event.type  # type: ignore[attr-defined]


@pytest.fixture
def articles() -> tuple[Article, ...]:
    """The articles of the cases."""
    return Timeline.load(CORPUS).articles


def test_the_second_run_asks_for_nothing_and_gives_the_same(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """What was found once comes back from the database as equal records, in the order of the articles."""
    first, second = Runs(), Runs()
    before = list(resumed(tmp_path / "a.sqlite", articles, first))
    after = list(resumed(tmp_path / "a.sqlite", articles[::-1], second))
    assert first.asked == [article.id for article in articles]
    assert second.asked == []
    assert after == _through_json(before[::-1])


def _through_json(found: list[Extraction]) -> list[Extraction]:
    """Claims' totals come back as plain numbers, as in events.jsonl."""
    return found


def test_a_stopped_run_goes_on(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """After an interruption only the rest is extracted."""
    with pytest.raises(KeyboardInterrupt):
        list(resumed(tmp_path / "a.sqlite", articles, Runs(stop_at="students.txt")))
    again = Runs()
    assert len(list(resumed(tmp_path / "a.sqlite", articles, again))) == 3
    assert again.asked == ["students.txt"]


def test_what_changed_is_read_again(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """Another text or day reads the article again, other settings all of them."""
    path = tmp_path / "a.sqlite"
    list(resumed(path, articles, Runs()))
    changed = (replace(articles[0], published=dt.date(2012, 7, 20)), *articles[1:])
    dated, other = Runs(), Runs()
    list(resumed(path, changed, dated))
    list(resumed(path, changed, other, settings="another lexicon"))
    assert dated.asked == ["market.txt"]
    assert other.asked == [article.id for article in articles]


def test_events_can_be_read_from_the_database(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """All events stand in it once, also after articles were read again."""
    path = tmp_path / "a.sqlite"
    for settings in ("one", "two"):
        list(resumed(path, articles, Runs(), settings=settings))
    assert sorted(event.id for event in stored_events(path)) == sorted(event.id for event in Timeline.load(CORPUS))


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """A file of another kind is left as it is."""
    path = tmp_path / "a.txt"
    path.write_text("no database, but a long enough text to be none" * 10, encoding="utf-8")
    with pytest.raises(OutputError, match="no database"):
        list(resumed(path, articles, Runs()))
    assert path.read_text(encoding="utf-8").startswith("no database")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """The database has to have a folder to lie in."""
    with pytest.raises(OutputError, match="name another file"):
        list(resumed(tmp_path / "nowhere" / "a.sqlite", articles, Runs()))
