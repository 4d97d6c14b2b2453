"""Graphs: no label on a label, no line through a label."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from timeline.charts import layout
from timeline.charts.edges import crosses, cut
from timeline.charts.network import network_scene
from timeline.charts.node_names import place_names
from timeline.charts.sizes import page
from timeline.charts.ties import from_events, from_graph
from timeline.errors import InputError
from timeline.graph import to_graph
from timeline.records import Role, Span

MANY = tuple(
    f"{first} {second}"
    for second in ("Front", "Army", "League", "Council", "Brigade")
    for first in ("River", "Hill", "Coast", "Northern", "Velian", "Loma", "Eastern", "Free")
)
KIND = {"types": ("battle", "shelling", "ceasefire", "defection")}


@pytest.mark.parametrize("view", ["actors", "events"])
@pytest.mark.parametrize("width", ["A3", "A4", "slide"])
def test_forty_events(invent, faults, view, width):
    """Forty events pass all checks on every page."""
    assert faults(network_scene(invent(40), view=view, width=width)) == []


def test_forty_actors(invent, faults):
    """Forty actors pass all checks."""
    events = _with(invent, 90)
    assert len(from_events(events).names) == 40
    assert faults(network_scene(events, view="actors")) == []


def _with(invent, number):
    span = Span(0, 4, "word")
    return [
        replace(
            event,
            roles=tuple(Role("side", None, name, "rebel", span) for name in {MANY[k % 40]: 0, MANY[k * k % 40]: 0}),
        )
        for k, event in enumerate(invent(number, **KIND))
    ]


def _crowd(event, name, actor):
    """The event with its first participant, and an unnamed group of its own article."""
    group = Role("target", actor, name, "civilians", Span(0, 4, "word"))
    return replace(event, roles=(replace(event.roles[0], name="River Front", actor="river-front"), group))


@pytest.mark.parametrize("source", ["events", "graph"])
def test_unnamed_groups_are_not_one_actor(invent, faults, source):
    """The people of three reports are no node: they are counted beside the actor, by kind, and in the foot."""
    events = [_crowd(event, "people", f"people@{event.article}") for event in invent(3, **KIND)]
    drawn = events if source == "events" else to_graph(events)
    ties = from_events(events) if source == "events" else from_graph(drawn)
    assert ties.names == ("River Front",)
    assert ties.unnamed == {"unnamed civilians": 3}
    scene = network_scene(drawn)
    words = [item.text for item in scene.texts]
    assert faults(scene) == []
    assert "people" not in words
    assert "with unnamed civilians 3" in words
    assert "they are not one actor; their events: unnamed civilians 3." in " ".join(words)


def test_protected_persons_are_counted_only(invent):
    """Two masked persons are no node and no name."""
    masked = Span(0, 4, None, None, True)
    roles = tuple(Role("victims", None, None, "person", masked) for _ in range(2))
    ties = from_events([replace(event, roles=roles) for event in invent(2, **KIND)])
    assert ties.names == ()
    assert ties.unnamed == {"protected persons": 2}


def test_actors_without_ties_are_written_out(invent, faults):
    """Where others are tied, an actor that shares no event is listed with its number rather than drawn alone."""
    alone = Role("speaker", "hill-agency", "Hill Council", "party", Span(0, 4, "word"))
    events = invent(12, **KIND)
    events.append(replace(events[0], id="alone", roles=(alone,)))
    scene = network_scene(events)
    assert faults(scene) == []
    assert "Hill Council 1" in " ".join(item.text for item in scene.texts if item.key == "")


@pytest.mark.parametrize("view", ["actors", "events"])
def test_nobody_and_one(invent, faults, view):
    """No events, and one, are polite pictures."""
    assert faults(network_scene([], view=view)) == []
    assert faults(network_scene(invent(1), view=view)) == []


def test_a_graph_gives_the_same_ties(invent):
    """Events, and the graph made of them, agree on who shares what."""
    events = invent(30, **KIND)
    graph = to_graph(events)
    names = {graph.nodes[node]["name"] for node in graph if graph.nodes[node].get("node") == "actor"}
    assert set(from_events(events).names) <= names
    assert len(from_graph(graph).happenings) == 30


def test_graph_of_actors(invent, faults):
    """A graph of actors alone can be drawn."""
    assert faults(network_scene(to_graph(invent(40, **KIND), view="actors"))) == []


def test_empty_graph(faults):
    """An empty graph is a polite picture."""
    assert faults(network_scene(nx.MultiDiGraph())) == []


def test_too_many_boxes(invent):
    """More boxes than a page holds are an error that names the other view."""
    with pytest.raises(InputError, match="view of actors"):
        network_scene(invent(100), view="events")
    with pytest.raises(InputError, match="actors or events"):
        network_scene(invent(3), view="circle")


def test_boxes_come_apart():
    """Boxes at one place end without overlap."""
    sizes = np.full((25, 2), 20.0)
    points = layout.separate(np.zeros((25, 2)) + np.arange(25)[:, None] * 1e-3, sizes, 2.0)
    gaps = np.abs(points[:, None] - points[None]).max(-1) + np.eye(25) * 99
    assert gaps.min() >= 21.9


def test_layout_is_quick(invent):
    """Forty events with their actors take less than 1.5 seconds of CPU."""
    start = time.process_time()
    network_scene(invent(40), view="events")
    assert time.process_time() - start < 1.5


def test_cut_leaves_the_hole():
    """A line through two boxes loses both parts."""
    pieces = cut([(0.0, 0.0), (100.0, 0.0)], [(10, -5, 30, 5), (50, -5, 60, 5)])
    assert [(piece[0][0], piece[-1][0]) for piece in pieces] == [(0.0, 10.0), (30.0, 50.0), (60.0, 100.0)]


@pytest.mark.parametrize("width", ["A3", "A4", "slide", "screen"])
def test_too_many_lines_become_a_table(invent, faults, width):
    """Six actors with hundreds of events are a table, whose rows add up to what two share, not a tangle of lines."""
    events = invent(1000)
    scene = network_scene(events, width=width)
    words = [item.text for item in scene.texts]
    numbers = [int(item.text) for item in scene.texts if item.key == "number" and item.weight == "bold"]
    assert faults(scene) == []
    assert not [line for line in scene.lines if line.key == "tie"]
    assert any("a table is drawn" in word for word in [" ".join(words)])
    assert sum(numbers) == 2 * sum(sum(types.values()) for types in from_events(events).pairs.values())


def test_a_table_of_forty_actors(invent, faults):
    """Forty actors that all meet fit a page as a table."""
    span = Span(0, 4, "word")
    events = [
        replace(event, roles=tuple(Role("side", None, MANY[(k * step) % 40], "rebel", span) for step in (1, 7, 11)))
        for k, event in enumerate(invent(900, **KIND))
    ]
    assert faults(network_scene(events)) == []
    assert faults(network_scene(events, width="A4")) == []


@pytest.mark.parametrize("view", ["actors", "events"])
@pytest.mark.parametrize("number", [12, 40])
def test_a_slide_keeps_its_size(invent, faults, view, number):
    """A slide shows as many actors as it holds, and says of how many."""
    scene = network_scene(_with(invent, number), view=view, width="slide")
    assert faults(scene) == []
    assert (scene.width, scene.height) == (960, 540)


@pytest.mark.parametrize("view", ["actors", "events"])
@pytest.mark.parametrize("width", ["A4", "A3"])
def test_a_sheet_keeps_its_width(invent, faults, view, width):
    """A graph grows downwards, never over the side of the sheet."""
    scene = network_scene(_with(invent, 58), view=view, width=width)
    assert faults(scene) == []
    assert scene.width == network_scene([], width=width).width


def test_a_name_leaves_its_lines_free():
    """The name of a hub with six lines stands between them, not upon one."""
    hub, reach = (200.0, 200.0), 150.0
    turns = np.radians([0, 60, 120, 180, 240, 300])
    ends = [(hub[0] + reach * float(np.cos(turn)), hub[1] + reach * float(np.sin(turn))) for turn in turns]
    ways = [[(hub[0] + k / 32 * (x - hub[0]), hub[1] + k / 32 * (y - hub[1])) for k in range(33)] for x, y in ends]
    box = place_names([(14.0, 12.0)], [hub], [18.0], ways, (0.0, 400.0, 0.0))[0]
    assert not any(crosses(a, b, box) for way in ways for a, b in itertools.pairwise(way))


def test_components_share_rows():
    """Small parts of a graph stand beside and below each other next to a high one, in rows that fit the page."""
    corners = layout.pack([(60, 50), (30, 20), (30, 20), (90, 40)], 10, 100)
    assert corners == [(0.0, 0.0), (70.0, 0.0), (70.0, 30.0), (0.0, 60.0)]


def test_what_the_fill_means_is_in_the_legend(invent):
    """The boxes of events show the confidence, and the legend says how."""
    assert "high confidence (0.8 or more)" in {item.text for item in network_scene(invent(20), view="events").texts}


@pytest.mark.parametrize("width", ["A3", "A4", "A4-landscape"])
def test_a_graph_of_actors_keeps_to_its_sheet(invent, faults, width):
    """On paper the graph is no higher than the sheet; it says how many actors it shows."""
    scene = network_scene(_with(invent, 100), view="actors", width=width)
    assert scene.height <= page(width).paper
    assert faults(scene) == []
