"""The casualty chart: every figure with its source, and no toll taken for an incident."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from timeline.charts.casualties import casualties_scene
from timeline.charts.tolls import tolls
from timeline.charts.wording import incident_dead, rivals, short_total, span_of
from timeline.records import Total, When


@pytest.mark.parametrize("width", ["A3", "A4", "slide", 5.0])
@pytest.mark.parametrize("number", [0, 1, 40, 300])
def test_every_width_holds_every_number(invent, faults, width, number):
    """No text overlaps or leaves the page."""
    assert faults(casualties_scene(invent(number), width=width)) == []


def test_every_incident_has_its_number(invent):
    """Each event with dead in the incident has its row with the number behind the bar."""
    events = invent(40)
    found = {item.key: item.text for item in casualties_scene(events).texts if item.key.endswith(":killed")}
    totals = {f"ev:{event.id}:killed": incident_dead(event) for event in events}
    assert found == {key: short_total(total) for key, total in totals.items() if total is not None}


def test_what_is_left_out_is_counted(invent):
    """Beyond sixty incidents the rest is stated with its sum."""
    events = [event for event in invent(600) if incident_dead(event) is not None]
    scene = casualties_scene(events)
    shown = {item.key.split(":")[1] for item in scene.texts if item.key.endswith(":killed")}
    rest = sum(span_of(incident_dead(event))[1] for event in events if event.id not in shown)
    assert len(shown) == 60
    assert f"the 60 deadliest are drawn, the others add {rest:,}" in " ".join(item.text for item in scene.texts)


def test_running_tolls_are_named_by_source(invent, faults):
    """Tolls over time stand in their own panel, each with its source and latest figure."""
    events = [event for event in invent(300) if event.type == "casualty_report"]
    scene = casualties_scene(events)
    words = " ".join(item.text for item in scene.texts)
    assert faults(scene) == []
    assert "Running tolls, by source" in words
    assert "Watch: " in words
    assert "Ministry: " in words


def test_tolls_without_a_source_are_not_joined(invent, faults):
    """Figures that name no source are dots, each with its day and value, and no line runs through them."""
    events = [event for event in invent(200) if event.type == "casualty_report"][:4]
    bare = [replace(event, counts=tuple(replace(count, source=None) for count in event.counts)) for event in events]
    scene = casualties_scene(bare)
    known = tolls(bare, None)
    words = " ".join(item.text for item in scene.texts)
    assert faults(scene) == []
    assert len([mark for mark in scene.marks if mark.key == "loose"]) == len(known) > 1
    assert "White dots, no source named: " in words
    assert all(f"{toll.value:,} (" in words for toll in known)
    assert not any(line.width == 1.4 for line in scene.lines)


def test_undated_incidents_are_drawn(invent):
    """An incident without a date keeps its row."""
    event = replace(next(event for event in invent(9) if incident_dead(event)), when=When())
    assert any(item.key == f"ev:{event.id}:killed" for item in casualties_scene([event]).texts)


def test_rivals_are_listed_once(invent):
    """Two sources with the same figure are no rivals; different figures are listed with their sources."""
    event = next(event for event in invent(40) if len(event.counts) > 1)
    same = replace(event, counts=(event.counts[0], event.counts[0]), claims=())
    assert rivals(same) == ()
    assert rivals(event)[0].startswith("Killed: at least 5 (doctors), 20 (the army)")


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (Total(11, 18, 27), "18 (11–27)"),
        (Total(18, 18, None), "18+"),
        (Total(5, 18, None), "18 (5+)"),
        (Total(None, 40, 40), "up to 40"),
        (Total(2, 3, None), "several"),
        (Total(0, 0, 0), "0"),
    ],
)
def test_short_numbers(total, words):
    """The number behind a bar shows its range, or that it is open."""
    assert short_total(total) == words


def test_a_slide_keeps_its_height(invent, faults):
    """A slide shows as many incidents as it holds, the deadliest, and says what the others add."""
    scene = casualties_scene(invent(300), width="slide")
    shown = [item for item in scene.texts if item.key.endswith(":killed")]
    assert faults(scene) == []
    assert scene.height == 540
    assert f"the {len(shown)} deadliest are drawn" in " ".join(item.text for item in scene.texts)


def test_every_rival_figure_is_a_dot(invent):
    """A figure above the best one is drawn too, also where the range is open."""
    event = next(event for event in invent(40) if event.killed and event.killed.high is None and event.claims)
    figures = {count.best for count in event.counts} | {claim.value["best"] for claim in event.claims}
    scene = casualties_scene([event])
    assert len({mark.x for mark in scene.marks if mark.key == "figure"}) == len(figures) > 1


def test_what_the_fill_means_is_in_the_legend(invent):
    """Confidence and factuality are explained where they are drawn."""
    words = {item.text for item in casualties_scene(invent(120)).texts}
    assert {"high confidence (0.8 or more)", "low", "disputed"} <= words


def _toll(event, day, value, source):
    count = replace(event.counts[0], low=value, best=value, source=source, cumulative=True)
    return replace(event, id=f"{source}{value}", when=When(day, day, "day"), counts=(count,))


def test_tolls_far_apart_are_told_apart(invent, faults):
    """Where one toll is a thousand times another, the axis goes by powers of ten and says so."""
    event = next(event for event in invent(200) if event.type == "casualty_report")
    days = [dt.date(2012, 1, 1), dt.date(2012, 6, 1)]
    near = [_toll(event, day, value, "Watch") for day, value in zip(days, (4000, 9000), strict=True)]
    far = [*near, _toll(event, days[0], 60, "Ministry")]
    words = [" ".join(item.text for item in casualties_scene(events).texts) for events in (near, far)]
    assert faults(casualties_scene(far)) == []
    assert ["logarithmic" in said for said in words] == [False, True]
    assert "0 2,500 5,000 7,500 10,000" in words[0]


def test_a_source_has_one_name(invent):
    """ "The Watch" and "the Watch," are one source, and one line."""
    event = next(event for event in invent(200) if event.type == "casualty_report")
    events = [
        _toll(event, dt.date(2012, month, 1), 1000 * month, name)
        for month, name in enumerate(("The Watch", "the Watch,", "Watch"), 1)
    ]
    assert [toll.source for toll in tolls(events, None)] == ["Watch"] * 3


def test_alt_text_is_a_sentence(invent):
    """The alt text names the chart, the number of events and the deadliest incident."""
    said = casualties_scene(invent(40)).description
    assert said.startswith("Chart of deaths, of 40 events, 2011-")
    assert "Deadliest reported incident: " in said
