"""Comparisons and small multiples: one axis, one scale, every event counted."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from timeline.charts.compare import comparison_scene, multiples_scene
from timeline.errors import InputError
from timeline.records import When


@pytest.mark.parametrize("width", ["A3", "A4", "slide"])
def test_two_sides(invent, faults, width):
    """Two actors pass all checks, and their events are counted."""
    events = invent(120)
    scene = comparison_scene(events, "Northern Army", "River Front", width=width)
    assert faults(scene) == []
    facts = " ".join(item.text for item in scene.texts)
    numbers = [
        sum(name in {role.name for role in event.roles} for event in events)
        for name in ("Northern Army", "River Front")
    ]
    assert f"up: Northern Army, {numbers[0]} events" in facts
    assert f"down: River Front, {numbers[1]} events" in facts


@pytest.mark.parametrize(("by", "names"), [("place", ("Velia", "Ume")), ("source", ("Coast Wire", "Loma Post"))])
def test_two_places_and_two_sources(invent, articles, faults, by, names):
    """Places and publishers can be compared as well."""
    assert faults(comparison_scene(invent(120), *names, by=by, articles=articles)) == []


def test_unknown_side(invent):
    """A name that no event has is an error that says so."""
    with pytest.raises(InputError, match="'Atlantis'"):
        comparison_scene(invent(9), "Northern Army", "Atlantis")


@pytest.mark.parametrize("by", ["actor", "place", "type", "source", "storyline"])
@pytest.mark.parametrize("width", ["A3", "A4"])
def test_small_multiples(invent, articles, faults, by, width):
    """Panels pass all checks, and their numbers add up to all events."""
    scene = multiples_scene(invent(150), by=by, width=width, articles=articles)
    assert faults(scene) == []
    found = [re.match(r"(\d+) events?(?: ·|$)", item.text) for item in scene.texts if item.size <= 7.01]
    assert sum(int(match[1]) for match in found if match) == 150


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_and_one(invent, faults, number):
    """No event, and one, are polite pictures."""
    assert faults(multiples_scene(invent(number))) == []


def test_nobody_has_a_date(invent, faults):
    """Undated events are counted in their panels."""
    assert faults(multiples_scene(invent(20, when=When()))) == []


def test_order_of_input_does_not_matter(invent):
    """Shuffled events give the same scene."""
    events = invent(60)
    assert multiples_scene(events) == multiples_scene(events[::-1])


def test_without_a_date_there_is_no_axis(invent):
    """Panels of undated events are counted, and no axis is made up for them."""
    words = {item.text for item in multiples_scene(invent(20, when=When())).texts}
    assert any("no time axis" in word for word in words)
    assert not any(word.startswith("Jan") for word in words)


def test_pale_is_explained_where_it_is_drawn(invent):
    """The line of facts tells of pale bars only where there are some."""
    day = When(dt.date(2012, 5, 1), dt.date(2012, 5, 1), "day")
    for events, said in ((invent(20), True), (invent(20, when=day), False)):
        assert any("pale" in item.text for item in multiples_scene(events).texts) == said


def test_nobody_comes_last(invent):
    """Events without an actor have the last panel, however many they are."""
    events = [replace(event, roles=()) if k % 3 else event for k, event in enumerate(invent(30))]
    heads = [item.text for item in multiples_scene(events).texts if item.weight == "bold" and item.size == 7.6]
    assert heads.count("no actor named") == 1
    assert heads[-1] == "no actor named"


def test_each_side_is_named_beside_its_bars(invent):
    """Which side is up and which is down stands at the bars, not only above them."""
    words = [item.text for item in comparison_scene(invent(120), "Northern Army", "River Front").texts]
    assert words.count("up: Northern Army") == words.count("down: River Front") > 1


def test_slides_keep_their_height(invent, faults):
    """Twelve panels, and six families on two sides, are as high as a slide."""
    events = invent(150)
    panels = multiples_scene(events, by="type", width="slide")
    sides = comparison_scene(events, "Northern Army", "River Front", width="slide")
    assert faults(panels) == faults(sides) == []
    assert panels.height == sides.height == 540
