"""The face that people touch: choosing, saving, loading, explaining."""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from timeline.errors import InputError, OutputError
from timeline.records import When
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


@pytest.fixture(scope="module")
def cases() -> Timeline:
    """The events of the cases."""
    return Timeline.load(CORPUS)


def triggers(timeline: Timeline) -> list[str | None]:
    """The words of the triggers, in order."""
    return [event.trigger.text for event in timeline]


def test_events_stand_by_date_and_undated_ones_last(cases: Timeline) -> None:
    """The order is by first known day, then by article and place in the text, for any order given."""
    expected = ["held", "Artillery fire", "shelling", "denied", "left", "arrested", "killed"]
    assert triggers(cases) == ["held", "Artillery fire", "denied", "shelling", "left", "arrested", "killed"] or (
        triggers(cases) == expected
    )
    assert Timeline(cases.events[::-1]).events == cases.events


def test_it_is_a_sequence_that_does_not_change(cases: Timeline) -> None:
    """An index gives an event, a slice a Timeline with the same articles, and nothing can be set."""
    assert cases[0] is cases.events[0]
    assert cases[1:3].events == cases.events[1:3]
    assert cases[1:3].articles == cases.articles
    assert cases[0] in cases
    with pytest.raises(FrozenInstanceError):
        cases.events = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2012-07", "2012-12", {"held", "Artillery fire", "shelling", "denied", "left"}),
        ("2012-07-18", "2012-07-18", {"held", "denied", "left"}),
        ("2012-06", "2012-06", {"held"}),
        ("2011", "2011", set()),
        (None, "2012-05-01", {"held"}),
        ("2012-07-19", None, set()),
        (dt.date(2012, 7, 17), dt.date(2012, 7, 17), {"held", "Artillery fire", "shelling", "denied"}),
    ],
)
def test_between_keeps_what_may_have_happened_then(
    cases: Timeline, start: str | None, end: str | None, expected: set[str]
) -> None:
    """Days, months and years bound a window; an event stays if its own window meets it."""
    assert set(triggers(cases.between(start, end))) == expected


def test_between_counts_the_undated(cases: Timeline) -> None:
    """Events without any date are left out, and their number is kept."""
    assert cases.between("2012").undated == 2
    assert cases.between("2012").between("2012").undated == 2


def test_an_open_start_counts_for_its_last_day(cases: Timeline) -> None:
    """What is only known to be over by a day does not turn up in every earlier window."""
    early = replace(cases[0], when=When(None, dt.date(2012, 8, 6), "unknown", "point", "doc_date"))
    assert len(Timeline((early,)).between("2010", "2010")) == 0
    assert len(Timeline((early,)).between("2012-08", "2012-08")) == 1
    assert len(Timeline((early,)).between("2012-09", None)) == 0


@pytest.mark.parametrize("bound", ["July 2012", "2012-13", "2012-02-30", "12", ""])
def test_a_bound_that_is_no_date_is_an_error(cases: Timeline, bound: str) -> None:
    """The error says how to write a bound."""
    with pytest.raises(InputError, match="no day, month or year"):
        cases.between(bound)


def test_bounds_in_the_wrong_order_are_an_error(cases: Timeline) -> None:
    """An end before the start is a mistake, not an empty answer."""
    with pytest.raises(InputError, match="comes before"):
        cases.between("2012-08", "2012-07")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Free Talvar Brigade", {"held", "left"}),
        ("free-talvar-brigade", {"held", "left"}),
        ("FTB", {"held", "left"}),
        ("vesely", {"left"}),
        ("Talvar", {"held", "left", "Artillery fire", "shelling"}),
        ("HRV", {"Artillery fire", "shelling"}),
        ("Harvan", {"left", "Artillery fire", "shelling"}),
        ("alvar", set()),
        ("students", {"arrested"}),
        ("nobody", set()),
    ],
)
def test_about_finds_actors_and_places(cases: Timeline, name: str, expected: set[str]) -> None:
    """Ids, names, aliases, whole words of names, places and countries count; parts of words do not."""
    assert set(triggers(cases.about(name))) == expected


def test_of_type_takes_types_and_subtypes(cases: Timeline) -> None:
    """A type keeps all its subtypes, a subtype itself."""
    assert set(triggers(cases.of_type("shelling", "detention"))) == {"Artillery fire", "shelling", "arrested"}
    assert triggers(cases.of_type("shelling.artillery")) == ["Artillery fire"]


def test_saved_events_come_back_with_their_sentences(cases: Timeline, tmp_path: Path) -> None:
    """JSON lines are loaded again as the same records; without the articles the sentences are offsets only."""
    cases.save(tmp_path / "events.jsonl")
    bare = Timeline.load(tmp_path / "events.jsonl")
    assert bare[0].sentence.text is None
    assert bare.to_jsonl() == cases.to_jsonl() == (tmp_path / "events.jsonl").read_text(encoding="utf-8")
    assert cases[0].sentence.text == "The Free Talvar Brigade has held the old town since May 2012."


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".graphml", ".md", ".html"])
def test_save_writes_what_the_suffix_says(cases: Timeline, tmp_path: Path, suffix: str) -> None:
    """Each text form is written, twice as the same bytes."""
    first = cases.save(tmp_path / f"a{suffix}").read_bytes()
    assert (
        first == Timeline(cases.events[::-1], cases.articles, cases.actors).save(tmp_path / f"b{suffix}").read_bytes()
    )
    assert b"Talvar" in first


def test_an_unknown_suffix_is_an_error(cases: Timeline, tmp_path: Path) -> None:
    """The error lists the forms there are and writes nothing."""
    with pytest.raises(OutputError, match=r"\.docx is no known form"):
        cases.save(tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", ["nowhere", "nowhere/events.jsonl"])
def test_loading_from_nowhere_is_an_error(tmp_path: Path, where: str) -> None:
    """A folder or file that is not there is named."""
    with pytest.raises(InputError, match="does not exist"):
        Timeline.load(tmp_path / where)


def test_explain_takes_ids_their_beginnings_and_positions(cases: Timeline) -> None:
    """An event is found by id, by the beginning of it and by position; else the error says how many fit."""
    event = cases[0]
    assert cases.explain(event.id) == cases.explain(event.id[:6]) == cases.explain(0)
    with pytest.raises(InputError, match="0 events fit"):
        cases.explain("nothing")
    with pytest.raises(InputError, match="7 events fit"):
        cases.explain("")


def test_a_notebook_shows_strip_and_table(cases: Timeline) -> None:
    """Above the table stands a picture that needs no other file, with its size and its words; nothing for no events."""
    shown = cases._repr_html_()
    found = re.match(r'<img src="data:image/png;base64,([^"]+)" width="(\d+)" alt="([^"]+)"><table>', shown)
    assert found
    image = base64.b64decode(found[1])
    assert image.startswith(b"\x89PNG")
    assert int.from_bytes(image[16:20], "big") >= 2 * int(found[2])
    assert f"of {len(cases)} events" in found[3]
    assert "not verified" in found[3]
    assert shown == cases._repr_html_()
    assert "<img" not in Timeline(())._repr_html_()


def test_the_table_in_a_notebook_is_escaped(cases: Timeline) -> None:
    """Names from articles cannot bring markup into a page, and the numbers of events are said."""
    roles = tuple(replace(role, name="<img src=x>") for role in cases[1].roles)
    shown = Timeline((replace(cases[1], roles=roles, article="<b>.txt"),))._repr_html_()
    assert "<img src=x" not in shown
    assert "<b>" not in shown
    assert "as reported, not verified" in shown
    assert "2 undated events left out" in cases.between("2012")._repr_html_()
