"""Graphs: no label on a label, no line through a label."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest

from timeline.charts import layout
from timeline.charts.edges import cut
from timeline.charts.network import network_scene
from timeline.charts.ties import from_events, from_graph
from timeline.errors import InputError
from timeline.graph import to_graph

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


def test_forty_actors(invent, faults, monkeypatch):
    """Forty actors pass all checks."""
    monkeypatch.setattr("timeline.charts.lanes._NO_ACTORS", ())
    events = _with(invent, 90)
    assert len(from_events(events).names) == 40
    assert faults(network_scene(events, view="actors")) == []


def _with(invent, number):
    from dataclasses import replace

    from timeline.records import Role, Span

    span = Span(0, 4, "word")
    return [
        replace(
            event,
            roles=tuple(Role("side", None, name, "rebel", span) for name in {MANY[k % 40]: 0, MANY[k * k % 40]: 0}),
        )
        for k, event in enumerate(invent(number, **KIND))
    ]


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
