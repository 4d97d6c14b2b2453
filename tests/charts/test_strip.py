"""The strip, and how pictures show themselves in a notebook."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from dataclasses import replace

import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.core.pylabtools import print_figure
from matplotlib.figure import Figure
from PIL import Image

from timeline import charts
from timeline.charts.strip import strip_scene
from timeline.records import When

TODAY = dt.date(2012, 8, 6)


def _on(event, day, name, **style):
    return replace(event, id=name, when=When(day, day, "day"), background=False, **style)


def _knots(scene):
    """Markers from left to right: their edges, their fill, and the events that they stand for."""
    found = [shape for shape in scene.shapes if shape.key.startswith("knot:")]
    edges = [[min(x for x, _ in shape.points), max(x for x, _ in shape.points)] for shape in found]
    return sorted((*edge, shape.fill, int(shape.key[5:])) for edge, shape in zip(edges, found, strict=True))


def _drawn(scene):
    return sum(knot[3] for knot in _knots(scene))


@pytest.mark.parametrize("number", [0, 1, 2, 9, 40, 300, 1000])
@pytest.mark.parametrize("days", [1, 500, 365 * 60])
def test_every_number(invent, faults, number, days):
    """No text overlaps or leaves the strip, and every event is in a marker or counted beside the line."""
    events = invent(number, days=days)
    scene = strip_scene(events)
    words = " ".join(item.text for item in scene.texts)
    beside = [int(word.split()[0]) for word in (item.text for item in scene.texts) if " earlier, from" in word]
    assert faults(scene) == []
    assert _drawn(scene) + sum(beside) == number
    assert ("No events." in words) == (number == 0)


def test_markers_do_not_touch(invent):
    """Crowded events share a marker; markers keep apart."""
    for one, other in itertools.pairwise(_knots(strip_scene(invent(300)))):
        assert one[1] < other[0]


def test_undated_and_earlier_are_counted(invent):
    """What has no date, and background of long ago, stands beside the line with its number and year."""
    event = replace(invent(1)[0], type="attack", counts=(), killed=None)
    news = [_on(event, TODAY + dt.timedelta(days=k), f"n{k}") for k in range(5)]
    old = replace(_on(event, dt.date(1982, 2, 3), "old"), background=True)
    scene = strip_scene([*news, old, replace(event, id="none", when=When())])
    words = [item.text for item in scene.texts]
    assert "1 earlier, from 1982" in words
    assert "1 without a date" in words
    assert _drawn(scene) == 5


def test_a_window_is_not_a_day(invent):
    """A marker is dark only where all its days are known."""
    event = replace(invent(1)[0], background=False, type="attack", counts=())
    window = replace(event, id="w", when=When(dt.date(2012, 8, 1), dt.date(2012, 8, 31), "month"))
    scene = strip_scene([_on(event, dt.date(2012, 6, 1), "d"), window])
    assert [knot[2] == "#ffffff" for knot in _knots(scene)] == [False, True]


def test_order_of_input_does_not_matter(invent):
    """Shuffled events give the same strip."""
    events = invent(60)
    assert strip_scene(events) == strip_scene([*events[17:], *reversed(events[:17])])


@pytest.mark.parametrize("inline", [False, True])
def test_a_notebook_shows_a_picture(invent, inline):
    """Jupyter gets the PNG with its alt text, 96 pixels to the inch, whether or not pyplot's backend is on."""
    formatter = DisplayFormatter()
    if inline:
        formatter.formatters["image/png"].for_type(Figure, lambda figure: print_figure(figure, "png", base64=True))
    figure = charts.plot(invent(3), width="A4", title="Three")
    data, about = formatter.format(figure)
    with Image.open(io.BytesIO(data["image/png"])) as image:
        assert image.text["Title"] == "Three"
        assert image.text["Description"] == about["image/png"]["alt"]
        assert about["image/png"]["width"] == round(595.3 / 72 * 96)
        assert image.width >= 1.5 * about["image/png"]["width"] - 2


def test_a_single_day_stands_over_its_name(invent):
    """The marker of one day is over the middle of that day, not over the next."""
    event = _on(replace(invent(1)[0], counts=()), TODAY, "one")
    scene = strip_scene([event])
    left, right, *_ = _knots(scene)[0]
    name = next(item for item in scene.texts if item.text == "6")
    assert (left + right) / 2 == pytest.approx(name.x, abs=1)


def test_a_strip_of_no_dates_is_no_blank(invent):
    """Undated events alone are counted, with no empty axis around them."""
    scene = strip_scene(invent(12, when=When()))
    assert {item.text for item in scene.texts} == {"12 without a date", "As reported, not verified."}
    assert scene.height < strip_scene(invent(12)).height
