"""Tables of events, in our layout and in those of others."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from timeline import io
from timeline.errors import InputError
from timeline.frame import LAYOUTS, codebook, from_frame, to_frame
from timeline.records import Event, Place, Role, Span, Total
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    """The events of the cases, by date."""
    return Timeline.load(CORPUS).events


def test_columns_are_those_of_the_codebook(events: tuple[Event, ...]) -> None:
    """Each layout has the columns that its codebook explains, with and without rows."""
    for layout in LAYOUTS:
        for rows in (events, ()):
            assert list(to_frame(rows, layout=layout).columns) == list(codebook(layout).column)
        assert codebook(layout).meaning.str.len().min() > 5


def test_an_unknown_layout_is_an_error(events: tuple[Event, ...]) -> None:
    """The error lists the layouts there are."""
    with pytest.raises(InputError, match="timeline, acled, ged, plover"):
        to_frame(events, layout="gdelt")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no such layout"):
        codebook("gdelt")  # type: ignore[arg-type]


def test_values_have_types_and_gaps(events: tuple[Event, ...]) -> None:
    """Days are dates, an open bound is missing and never 0."""
    table = to_frame(events).set_index("trigger")
    shelling = table.loc["Artillery fire"]
    assert shelling.start == pd.Timestamp("2012-07-17")
    assert (shelling.killed_low, shelling.killed_best) == (14, 14)
    assert shelling.killed_high is pd.NA
    assert shelling.wounded_low is pd.NA
    assert shelling.actors == "perpetrator: Harvan army; target: market"
    assert pd.isna(table.loc["arrested"].start)


def test_old_years_fit(events: tuple[Event, ...]) -> None:
    """A day of the year 1066 is a day in the table."""
    old = replace(events[0], when=replace(events[0].when, start=dt.date(1066, 10, 14)))
    assert to_frame([old]).start[0] == pd.Timestamp("1066-10-14")
    assert from_frame(to_frame([old])) == (old,)


def test_table_and_back_is_the_same(events: tuple[Event, ...]) -> None:
    """The way back gives equal records."""
    assert from_frame(to_frame(events)) == events


def test_an_edit_in_the_table_is_an_edit_of_the_event(events: tuple[Event, ...]) -> None:
    """A plain column that was changed is laid over the record; the rest stays."""
    table = to_frame(events)
    table.loc[0, "factuality"] = "disputed"
    table.loc[0, "killed_low"] = 3
    changed = from_frame(table)[0]
    assert (changed.factuality, changed.killed) == ("disputed", Total(3, None, None))
    assert changed.roles == events[0].roles


def test_a_file_read_back_gives_plain_events(events: tuple[Event, ...], tmp_path: Path) -> None:
    """From CSV the plain fields come back, without roles."""
    io.write_table(to_frame(events), tmp_path / "a.csv")
    back = from_frame(pd.read_csv(tmp_path / "a.csv"))
    assert [(item.id, item.when.start, item.killed, item.roles) for item in back] == [
        (item.id, item.when.start, item.killed, ()) for item in events
    ]


def test_a_wrong_value_is_named(events: tuple[Event, ...]) -> None:
    """A value that the field cannot have is an error with the event and the choices."""
    table = to_frame(events)
    table.loc[1, "factuality"] = "true"
    with pytest.raises(InputError, match=f"event {events[1].id}: factuality is 'true'"):
        from_frame(table)
    with pytest.raises(InputError, match="without id"):
        from_frame(pd.DataFrame({"text": []}))


def test_acled_rows(events: tuple[Event, ...]) -> None:
    """ACLED's columns follow its codebook: lowest deaths, inter codes, what it leaves out."""
    table = to_frame(events, layout="acled")
    row = table[table.event_id_cnty == _id(events, "Artillery fire")].iloc[0]
    assert (row.event_type, row.sub_event_type) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (row.actor1, row.inter1, row.fatalities, row.time_precision) == ("Harvan army", 1, 14, 1)
    assert (row.country, row.iso3, row.location, row.geo_precision) == ("Harvan", "HRV", "Talvar", 1)
    assert table.attrs["left_out"] == {
        "date vaguer than a month, or longer": 1,
        "no date": 1,
        "no place in the scheme": 2,
    }


def test_what_did_not_happen_is_no_row(events: tuple[Event, ...]) -> None:
    """Denied, planned and possible events stay out of the layouts of what happened, and are counted."""
    denied = [replace(event, factuality="denied") for event in events]
    for layout in ("acled", "ged", "plover"):
        table = to_frame(denied, layout=layout)
        assert len(table) == 0
        assert table.attrs["left_out"] == {"told as denied": len(denied)}


def test_ged_rows(events: tuple[Event, ...]) -> None:
    """UCDP GED takes dated events with deaths, with low, best and open high."""
    table = to_frame(events, layout="ged")
    assert list(table.id) == [_id(events, "Artillery fire"), _id(events, "shelling")]
    row = table.iloc[0]
    assert (row.low, row.best, row.date_prec, row.where_prec, row.type_of_violence) == (14, 14, 1, 1, 1)
    assert row.high is pd.NA
    assert table.attrs["left_out"]["no death reported"] == 4


def test_plover_rows(events: tuple[Event, ...]) -> None:
    """PLOVER takes undated events too and gives the countries of known actors."""
    actors = list(io.read_actors(CORPUS / "actors.jsonl"))
    table = to_frame(events, layout="plover", actors=actors).set_index("event_id")
    row = table.loc[_id(events, "left")]
    assert (row.event_type, row.event_mode, row.cameo) == ("RETREAT", "resign", "120")
    assert (row.actor_name, row.actor_country, row.recipient_name) == ("Anton Vesely", "HRV", "Harvan government")
    assert pd.isna(table.loc[_id(events, "arrested")].event_date)


def test_who_took_a_place_decides_its_code(events: tuple[Event, ...]) -> None:
    """A change of control is a government's or another's, by the captor."""
    held = next(event for event in events if event.trigger.text == "held")
    taken = replace(held, subtype="capture", when=replace(held.when, end=held.when.start))
    state = Role("captor", "harvan-army", "Harvan army", "military", Span(0, 1, "T"))
    table = to_frame([taken, replace(taken, roles=(state,))], layout="acled")
    assert list(table.sub_event_type) == [
        "Non-state actor overtakes territory",
        "Government regains territory",
    ]


def test_protected_names_are_marked(events: tuple[Event, ...]) -> None:
    """A role without a name is shown as protected, not as None."""
    hidden = replace(events[1], roles=tuple(replace(role, name=None) for role in events[1].roles))
    assert "[protected]" in to_frame([hidden]).actors[0]
    assert "None" not in to_frame([hidden]).actors[0]


def test_a_place_without_a_point_is_no_point(events: tuple[Event, ...]) -> None:
    """Missing degrees are missing, also beside known ones."""
    nowhere = replace(events[1], place=Place("Leska"))
    table = to_frame([events[1], nowhere, replace(events[1], place=None)])
    assert table.lat.isna().tolist() == [False, True, True]
    assert table.place.tolist() == ["Talvar", "Leska", None]


def test_many_events_become_a_table_fast(events: tuple[Event, ...]) -> None:
    """20,000 events take no longer than column by column needs (generous bound for slow machines)."""
    many = events * (20_000 // len(events))
    to_frame(events)
    start = time.process_time()
    to_frame(many)
    assert time.process_time() - start < 0.6


def _id(events: tuple[Event, ...], trigger: str) -> str:
    return next(event.id for event in events if event.trigger.text == trigger)
