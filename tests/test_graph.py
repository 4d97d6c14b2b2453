"""Graphs of actors and events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from timeline import io
from timeline.errors import InputError
from timeline.graph import to_graph
from timeline.records import Relation
from timeline.sides import sides
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


@pytest.fixture(scope="module")
def cases() -> Timeline:
    """The events of the cases with their actors."""
    return Timeline.load(CORPUS)


def test_nodes_are_actors_events_and_sources(cases: Timeline) -> None:
    """Every event is a node, every participant too, and who tells it."""
    graph = to_graph(cases.events, actors=cases.actors)
    kinds = nx.get_node_attributes(graph, "node")
    assert sum(kind == "event" for kind in kinds.values()) == len(cases)
    assert kinds["free-talvar-brigade"] == "actor"
    assert kinds["source:The health office"] == "source"
    assert graph.nodes["free-talvar-brigade"]["aliases"] == "FTB"


def test_edges_carry_roles(cases: Timeline) -> None:
    """An edge leads from a participant to the event and names the role, as a claim where it is one."""
    graph = to_graph(cases.events, actors=cases.actors)
    shelling = next(event.id for event in cases if event.trigger.text == "Artillery fire")
    assert graph.edges["harvan-army", shelling, "perpetrator"] == {
        "role": "perpetrator",
        "claimed_by": "Residents",
        "disputed": True,
    }
    assert graph.edges["source:two surgeons at the Red Gate hospital", shelling, "source"]["evidence_kind"] == "medical"


def test_the_same_name_without_id_in_two_articles_is_two_nodes(cases: Timeline) -> None:
    """Unnamed participants of different articles are not taken for one."""
    event = next(event for event in cases if event.trigger.text == "arrested")
    role = replace(event.roles[1], actor=None)
    twin = replace(event, id="other", article="other.txt", roles=(role,))
    graph = to_graph([replace(event, roles=(role,)), twin])
    assert {"students@students.txt", "students@other.txt"} <= set(graph)


def test_actors_alone(cases: Timeline) -> None:
    """Between two actors stands one edge for each type, with its number and days."""
    twice = [*cases.events, *(replace(event, id=event.id + "b") for event in cases.events)]
    graph = to_graph(twice, actors=cases.actors, view="actors")
    edge = graph.edges["anton-vesely", "harvan-government", "defection"]
    assert (edge["count"], edge["first"], edge["last"]) == (2, "2012-07-18", "2012-07-18")
    assert all(kind == "actor" for kind in nx.get_node_attributes(graph, "node").values())


def test_parties_stand_on_two_sides(cases: Timeline) -> None:
    """Where one role names all parties, the first faces the others."""
    event = next(event for event in cases if event.trigger.text == "left")
    talks = replace(event, type="negotiation", roles=tuple(replace(role, role="parties") for role in event.roles))
    acting, upon = sides(talks)
    assert [role.actor for role in acting] == ["anton-vesely"]
    assert [role.actor for role in upon] == ["harvan-government", "free-talvar-brigade"]


def test_relations_join_events(cases: Timeline) -> None:
    """A known order between two events is an edge; one to an event that is not there is none."""
    first, second = cases[0], cases[1]
    related = replace(second, relations=(Relation("after", first.id, "since"), Relation("after", "gone", None)))
    graph = to_graph([first, related])
    assert graph.edges[second.id, first.id, "after"]["text"] == "since"
    assert "gone" not in graph


def test_graphml_holds_every_node_and_odd_characters(cases: Timeline, tmp_path: Path) -> None:
    """The file is read back with all nodes and edges, also with characters that XML does not allow."""
    odd = replace(cases[1], sentence=replace(cases[1].sentence, text="A \x00\ud800 <b> & é"))
    graph = to_graph([odd, *cases.events[2:]], actors=cases.actors)
    io.write_graph(graph, tmp_path / "a.graphml")
    back = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert set(back) == set(graph)
    assert back.number_of_edges() == graph.number_of_edges()
    assert back.nodes[odd.id]["sentence"] == "A \ufffd\ufffd <b> & é"


def test_the_same_events_give_the_same_bytes(cases: Timeline, tmp_path: Path) -> None:
    """Writing twice, with the actors in another order, gives the same file."""
    io.write_graph(to_graph(cases.events, actors=cases.actors), tmp_path / "a.graphml")
    io.write_graph(to_graph(cases.events, actors=cases.actors[::-1]), tmp_path / "b.graphml")
    assert (tmp_path / "a.graphml").read_bytes() == (tmp_path / "b.graphml").read_bytes()


def test_a_protected_actor_has_no_name(cases: Timeline) -> None:
    """The node of a protected actor says that it is one, and nothing else."""
    hidden = [replace(actor, protected=True) if actor.id == "anton-vesely" else actor for actor in cases.actors]
    node = to_graph(cases.events, actors=hidden).nodes["anton-vesely"]
    assert node["name"] == "[protected]"
    assert "aliases" not in node
    assert "titles" not in node


def test_an_unknown_view_is_an_error() -> None:
    """The error names the views there are."""
    with pytest.raises(InputError, match="events or actors"):
        to_graph([], view="places")  # type: ignore[arg-type]
