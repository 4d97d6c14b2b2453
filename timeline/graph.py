"""Events to a graph: actors, sources and events as nodes, roles as edges; or actors alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from timeline.errors import InputError
from timeline.headline import headline
from timeline.records import Actor, Event, Role
from timeline.sides import sides

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["View", "to_graph"]

View = Literal["events", "actors"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_graph(events: Sequence[Event], *, actors: Iterable[Actor] = (), view: View = "events") -> nx.MultiDiGraph[str]:
    """Make a graph of events.

    Parameters
    ----------
    events : sequence of Event
    actors : iterable of Actor
        Gives actor nodes their kind, side, country and aliases; only actors that take part or speak become nodes.
    view : {"events", "actors"}
        ``events``: actor and event nodes, an edge from actor to event for each role, keyed by it, and from whoever
        tells it with the role ``source``; relations join events. ``actors``: only actors, an edge for each type of
        event from the acting side to the side acted upon, keyed by the type, with ``count`` and the first and last day.

    Returns
    -------
    networkx.MultiDiGraph
        Attributes are texts, numbers and truth values only, unknown ones left out, so that GraphML can hold them.
        Nodes and edges come in the order of the events.

    Raises
    ------
    InputError
        If there is no such view.

    Examples
    --------
    >>> to_graph([]).number_of_nodes()
    0
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    known = {actor.id: actor for actor in actors}
    if view == "actors":
        _actor_edges(graph, events, known)
    elif view == "events":
        names = _by_name(known.values())
        for event in events:
            _event(graph, event, known, names)
        _relations(graph, events)
    else:
        raise InputError("there is no such view", where=repr(view), advice="choose events or actors")
    return graph


def _event(graph: nx.MultiDiGraph[str], event: Event, known: dict[str, Actor], names: dict[str, str]) -> None:
    graph.add_node(event.id, **_event_attributes(event))
    for role in event.roles:
        node = _actor(graph, role, event, known)
        given = {"role": role.role, "claimed_by": role.claimed_by, "disputed": role.disputed or None}
        graph.add_edge(node, event.id, key=role.role, **_plain(given))
    told = event.attribution
    if told is None or (told.source is None and (told.span is None or not told.span.redacted)):
        return
    source = told.source or "[protected]"
    node = names.get(source.casefold(), f"source:{source}")
    if node in known:
        _known_actor(graph, known[node])
    elif node not in graph:
        graph.add_node(node, **_plain({"node": "source", "name": source, "kind": "source"}))
    given = {"role": "source", "verb": told.verb, "evidence_kind": told.evidence_kind}
    graph.add_edge(node, event.id, key="source", **_plain({**given, "self_interested": told.self_interested}))


def _event_attributes(event: Event) -> dict[str, Any]:
    when, place = event.when, event.place
    return _plain(
        {
            "node": "event",
            "name": event.trigger.text,
            "headline": headline(event),
            "type": event.type,
            "subtype": event.subtype,
            "start": when.start and when.start.isoformat(),
            "end": when.end and when.end.isoformat(),
            "precision": when.precision,
            "date_kind": when.kind,
            "edtf": when.edtf,
            "place": place and place.name,
            "country": place and place.country,
            "lat": place and place.lat,
            "lon": place and place.lon,
            "killed_low": event.killed and event.killed.low,
            "killed_best": event.killed and event.killed.best,
            "killed_high": event.killed and event.killed.high,
            "wounded_low": event.wounded and event.wounded.low,
            "wounded_best": event.wounded and event.wounded.best,
            "wounded_high": event.wounded and event.wounded.high,
            "factuality": event.factuality,
            "background": event.background,
            "confidence": event.confidence,
            "n_sources": event.n_sources,
            "article": event.article,
            "sentence": event.sentence.text and " ".join(event.sentence.text.split()),
        }
    )


def _actor(graph: nx.MultiDiGraph[str], role: Role, event: Event, known: dict[str, Actor]) -> str:
    """The node of a participant, made if it is not there; without an actor id it is one of this article alone."""
    if role.actor in known:
        return _known_actor(graph, known[role.actor])
    node = role.actor or f"{role.name or '[protected]'}@{role.span.article or event.article}"
    if node not in graph:
        graph.add_node(node, **_plain({"node": "actor", "name": role.name or "[protected]", "kind": role.kind}))
    return node


def _known_actor(graph: nx.MultiDiGraph[str], actor: Actor) -> str:
    if actor.id not in graph:
        given = {
            "node": "actor",
            "name": "[protected]" if actor.protected else actor.name,
            "kind": actor.kind,
            "side": actor.side,
            "country": actor.country,
            "aliases": None if actor.protected else "; ".join(actor.aliases) or None,
            "titles": None if actor.protected else "; ".join(title.title for title in actor.titles) or None,
            "protected": actor.protected or None,
        }
        graph.add_node(actor.id, **_plain(given))
    return actor.id


def _by_name(actors: Iterable[Actor]) -> dict[str, str]:
    """Names and aliases to ids, without those that two actors share."""
    found: dict[str, str | None] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            if name and not actor.protected:
                key = name.casefold()
                found[key] = actor.id if found.get(key, actor.id) == actor.id else None
    return {name: actor for name, actor in found.items() if actor is not None}


def _relations(graph: nx.MultiDiGraph[str], events: Sequence[Event]) -> None:
    ids = {event.id for event in events}
    for event in events:
        for relation in event.relations:
            if relation.event in ids and relation.event is not None:
                given = _plain({"role": relation.kind, "text": relation.text})
                graph.add_edge(event.id, relation.event, key=relation.kind, **given)


def _actor_edges(graph: nx.MultiDiGraph[str], events: Sequence[Event], known: dict[str, Actor]) -> None:
    for event in events:
        acting, upon = sides(event)
        left = [_actor(graph, role, event, known) for role in acting]
        right = [_actor(graph, role, event, known) for role in upon]
        days = sorted(day.isoformat() for day in (event.when.start, event.when.end) if day is not None)
        for source in left:
            for target in right:
                if source != target:
                    _count(graph, source, target, event, days)


def _count(graph: nx.MultiDiGraph[str], source: str, target: str, event: Event, days: list[str]) -> None:
    if not graph.has_edge(source, target, key=event.type):
        graph.add_edge(source, target, key=event.type, type=event.type, count=0, events="")
    edge = graph.edges[source, target, event.type]
    edge["count"] += 1
    edge["events"] = f"{edge['events']}; {event.id}".removeprefix("; ")
    if days:
        edge["first"] = min(days[0], edge.get("first", days[0]))
        edge["last"] = max(days[-1], edge.get("last", days[-1]))


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attributes that GraphML can hold: nothing unknown, no control characters."""
    return {
        name: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
