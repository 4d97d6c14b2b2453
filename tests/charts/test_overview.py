"""The overview: counts add up, and a vague date makes no peak."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from timeline.charts import lanes
from timeline.charts.bins import count
from timeline.charts.overview import overview_scene
from timeline.charts.timing import in_order
from timeline.records import Total, When


def _bins(events, length=800.0):
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    return count(dated, undated, lanes.arrange(every, "type", room=30), length)


@pytest.mark.parametrize(("number", "days"), [(300, 500), (1000, 500), (300, 1), (300, 365 * 60), (121, 20)])
def test_counts_add_up(invent, number, days):
    """Bars, pale shares, and events beyond the axis or without a date make exactly the number of events."""
    events = [
        replace(event, when=When()) if k % 17 == 0 else event for k, event in enumerate(invent(number, days=days))
    ]
    assert np.isclose(_bins(events).total, number)


def test_a_month_makes_no_peak(invent):
    """Events known only to the month are spread over it."""
    month = When(dt.date(2011, 5, 1), dt.date(2011, 5, 31), "month")
    days = [When(day, day, "day") for day in (dt.date(2011, 3, 1), dt.date(2011, 8, 1))]
    events = [replace(event, when=when) for event, when in zip(invent(33), days + [month] * 31, strict=True)]
    assert _bins(events).vague.sum(0).max() <= 7.1


@pytest.mark.parametrize("width", ["A3", "A4", "slide", "screen"])
@pytest.mark.parametrize("number", [0, 1, 300])
def test_every_width(invent, faults, width, number):
    """No text overlaps or leaves the page."""
    assert faults(overview_scene(invent(number), width=width)) == []


@pytest.mark.parametrize("by", ["actor", "place", "source", "family"])
def test_every_kind_of_band(invent, faults, articles, by):
    """Bands by anything pass the same checks."""
    assert faults(overview_scene(invent(300), by=by, articles=articles)) == []


@pytest.mark.parametrize("days", [1, 40, 365 * 60])
def test_short_and_long(invent, faults, days):
    """One day and sixty years."""
    assert faults(overview_scene(invent(300, days=days))) == []


def test_a_slide_keeps_its_height(invent):
    """The overview of a slide is as high as a slide."""
    assert overview_scene(invent(300), width="slide").height == 540


def test_nobody_has_a_date(invent, faults):
    """Undated events are counted, not dropped."""
    scene = overview_scene(invent(130, when=When()))
    assert faults(scene) == []
    assert any("130 without a date" in item.text or "None of the 130" in item.text for item in scene.texts)


def test_order_of_input_does_not_matter(invent):
    """Shuffled events give the same scene."""
    events = invent(150)
    assert overview_scene(events) == overview_scene(events[::-1])


@pytest.mark.parametrize("width", ["A3", "A4", "slide", 5.0])
def test_old_background_does_not_press_the_news(invent, faults, width):
    """The axis is the news's own; older background is counted before it."""
    bare = replace(invent(1)[0], type="attack", counts=(), killed=None)

    def on(day, name, **style):
        return replace(bare, id=name, when=When(day, day, "day"), **style)

    news = [on(dt.date(2012, 8, 1) + dt.timedelta(days=k), f"n{k}", background=False) for k in range(20)]
    old = [on(dt.date(2011, 3 * k, 1), f"o{k}", background=True) for k in (1, 2, 3)]
    scene = overview_scene([*news, *old], width=width)
    words = [item.text for item in scene.texts]
    assert faults(scene) == []
    assert "23 of 23 events counted" in " ".join(words)
    assert "3 before the axis" in " ".join(words)
    assert "3 earlier" in words
    assert "2011" not in words


@pytest.mark.parametrize("by", ["type", "actor", "place"])
def test_without_any_date_every_event_is_in_a_bar(invent, faults, by):
    """Where no event has a date, bars without a time axis count all of them, and the weightiest are written out."""
    scene = overview_scene(invent(200, when=When()), by=by)
    assert faults(scene) == []
    assert sum(int(item.text) for item in scene.texts if item.key == "number") == 200
    assert any("deadliest" in item.text for item in scene.texts)
    assert not any(item.text.isdigit() and len(item.text) == 4 for item in scene.texts)


def test_an_open_bound_is_no_number(invent):
    """Where an incident gives no upper bound, the sum of its days has none either."""
    day = When(dt.date(2012, 5, 1), dt.date(2012, 5, 1), "day")
    bare = replace(invent(1)[0], when=day, type="attack", factuality="happened", counts=(), claims=())
    for high, said in ((None, "12+"), (20, "12 (12–20)")):
        scene = overview_scene([replace(bare, killed=Total(12, 12, high))])
        assert [item.text for item in scene.texts if item.key == "deaths:most"] == [said]


def test_no_line_runs_through_a_number(invent):
    """The ground behind the peaks and the number of the killed is white, whatever line of the grid runs there."""
    scene = overview_scene(invent(300))
    white = [shape.points for shape in scene.shapes if shape.fill == "#ffffff" and shape.layer == 1.5]
    grounds = [(min(points), max(points)) for points in white]
    numbers = [item.box for item in scene.texts if item.key in ("peak", "deaths:most")]
    assert len(numbers) > 5
    for left, top, right, low in numbers:
        assert any(a <= left and b <= top and c >= right and d >= low for (a, b), (c, d) in grounds)


def test_what_the_fill_means_is_in_the_legend(invent):
    """The markers of the written-out events show their confidence, and the legend says how."""
    assert "high confidence (0.8 or more)" in {item.text for item in overview_scene(invent(300)).texts}


@pytest.mark.parametrize("by", ["type", "actor", "place", "storyline"])
@pytest.mark.parametrize(("width", "high"), [("A3", 842), ("A4", 842), ("A4-landscape", 596)])
def test_a_sheet_of_paper_is_kept_to(invent, faults, by, width, high):
    """Bands move together, fewer events are written out, the smallest bands share one, until the sheet holds all."""
    events = invent(300, actors=tuple(f"Band {k}" for k in range(30)))
    scene = overview_scene(events, by=by, width=width)
    assert faults(scene) == []
    assert scene.height <= high
    assert "300 of 300 events counted" in " ".join(item.text for item in scene.texts)
    assert not any("…" in item.text for item in scene.texts)


def test_what_a_narrow_band_leaves_out_is_one_line(invent, faults):
    """Events before, after and off the axis never take more room than their band has."""
    far = [
        replace(event, id=f"{event.id}-{k}", when=when, background=True)
        for event in invent(27)
        for k, when in enumerate((When(dt.date(1950, 1, 1), dt.date(1950, 1, 1), "day"), When()))
    ]
    assert faults(overview_scene([*invent(300), *far], width="A4-landscape", by="place")) == []


def test_a_slide_of_long_names_keeps_its_height(invent, faults):
    """Fewer events are written out on a slide where their names are long."""
    name = "Committee for the Protection of the Hill Villages and of the Lower River Bank " * 4
    events = [
        replace(event, roles=tuple(replace(role, name=name.strip()) for role in event.roles)) for event in invent(30)
    ]
    scene = overview_scene(events, width="slide")
    assert faults(scene) == []
    assert scene.height == 540
