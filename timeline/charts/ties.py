"""Who takes part in what, read from events or from a graph: the plain numbers behind a picture of a graph."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from timeline.charts import wording
from timeline.charts.parties import NO_ACTORS, NO_PARTIES, PROTECTED, UNNAMED, named, unnamed
from timeline.charts.text import tidy
from timeline.charts.timing import in_order
from timeline.headline import headline
from timeline.records import Event, When

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a node."""

    id: str
    type: str
    date: str
    words: str
    confidence: float
    factuality: str
    actors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """Actors by weight, what they share, and the events.

    Parameters
    ----------
    names, weights : tuple
        Names of the actors and the number of events of each.
    pairs : mapping of (int, int) to Counter
        For two actors, the number of events of each type that both take part in.
    beside : tuple of Counter
        For each actor, the number of its events in which an unnamed group of a kind takes part too.
    unnamed : Counter
        The number of events in which an unnamed group of a kind takes part; none of them is a node.
    """

    names: tuple[str, ...]
    weights: tuple[int, ...]
    pairs: Mapping[tuple[int, int], Counter[str]]
    happenings: tuple[Happening, ...]
    number: int
    beside: tuple[Counter[str], ...]
    unnamed: Counter[str]


def from_events(events: Sequence[Event], language: str = "en") -> Ties:
    """Read the ties from events; who has no name is counted by kind and is no node."""
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    of = {event.id: named(event) for event in every}
    weights = Counter(name for names in of.values() for name in names)
    order = sorted(weights, key=lambda name: (-weights[name], name))
    index = {name: k for k, name in enumerate(order)}
    pairs: dict[tuple[int, int], Counter[str]] = {}
    beside: list[Counter[str]] = [Counter() for _ in order]
    kinds: Counter[str] = Counter()
    for event in every:
        others = unnamed(event)
        kinds.update(others)
        for name in of[event.id]:
            beside[index[name]].update(others)
        for a, b in combinations(sorted(index[name] for name in of[event.id]), 2):
            pairs.setdefault((a, b), Counter())[event.type] += 1
    happenings = tuple(
        Happening(
            event.id,
            event.type,
            wording.date_text(event.when, language),
            tidy(headline(event)),
            event.confidence,
            event.factuality,
            tuple(index[name] for name in of[event.id]),
        )
        for event in every
    )
    heavy = tuple(weights[name] for name in order)
    return Ties(tuple(order), heavy, pairs, happenings, len(every), tuple(beside), kinds)


def from_graph(graph: nx.MultiDiGraph[Any], language: str = "en") -> Ties:
    """Read the ties from a graph of events and actors, or of actors alone; nodes without a name are counted by kind."""
    kinds = dict(graph.nodes(data="node", default="actor"))
    title = {node: tidy(str(name or node)) for node, name in graph.nodes(data="name")}
    acting = [node for node in graph if kinds[node] == "actor" and graph.nodes[node].get("kind") not in NO_ACTORS]
    nameless = {node: _kind(graph.nodes[node]) for node in acting if not _has_name(str(node), title[node])}
    actors = [node for node in acting if node not in nameless]
    weights: Counter[Any] = Counter()
    found: dict[Any, list[Any]] = {}
    pairs: dict[tuple[Any, Any], Counter[str]] = {}
    for source, target, data in graph.edges(data=True):
        if kinds[target] == "event":
            if kinds[source] != "actor" or data.get("role") in (*NO_PARTIES, "source"):
                continue
            if source not in found.setdefault(target, []):
                found[target].append(source)
                weights[source] += 1
        elif kinds[source] == kinds[target] == "actor":
            number = int(data.get("count", 1))
            pairs.setdefault((source, target), Counter())[str(data.get("type", "tie"))] += number
            weights.update({source: number, target: number})
    beside, counted = _beside(found, pairs, actors, nameless)
    order = sorted(actors, key=lambda node: (-weights[node], title[node], str(node)))
    index = {node: k for k, node in enumerate(order)}
    shared: dict[tuple[int, int], Counter[str]] = {}
    for (source, target), types in pairs.items():
        if source in index and target in index:
            a, b = sorted((index[source], index[target]))
            shared.setdefault((a, b), Counter()).update(types)
    happenings = []
    for node in sorted((node for node in graph if kinds[node] == "event"), key=str):
        data = graph.nodes[node]
        taking = tuple(sorted(index[actor] for actor in found.get(node, ()) if actor in index))
        for a, b in combinations(taking, 2):
            shared.setdefault((a, b), Counter())[str(data.get("type", "event"))] += 1
        happenings.append(
            Happening(
                str(node),
                str(data.get("type", "event")),
                wording.date_text(_when(data), language),
                tidy(str(data.get("headline") or data.get("sentence") or title[node])),
                float(data.get("confidence", 1.0)),
                str(data.get("factuality", "happened")),
                taking,
            )
        )
    number = len(happenings) or sum(sum(types.values()) for types in pairs.values())
    return Ties(
        tuple(title[node] for node in order),
        tuple(weights[node] for node in order),
        shared,
        tuple(happenings),
        number,
        tuple(beside[node] for node in order),
        counted,
    )


def _beside(
    found: Mapping[Any, Sequence[Any]],
    pairs: Mapping[tuple[Any, Any], Counter[str]],
    actors: Sequence[Any],
    nameless: Mapping[Any, str],
) -> tuple[dict[Any, Counter[str]], Counter[str]]:
    """Unnamed groups by kind: beside each actor, and in all."""
    beside: dict[Any, Counter[str]] = {node: Counter() for node in actors}
    counted: Counter[str] = Counter()
    for taking in found.values():
        others = list(dict.fromkeys(nameless[node] for node in taking if node in nameless))
        counted.update(others)
        for node in taking:
            if node in beside:
                beside[node].update(others)
    for (source, target), types in pairs.items():
        number = sum(types.values())
        for one, other in ((source, target), (target, source)):
            if other in nameless:
                counted[nameless[other]] += number
                if one in beside:
                    beside[one][nameless[other]] += number
    return beside, counted


def _has_name(node: str, title: str) -> bool:
    """Whether the node of an actor is named, as in `timeline.charts.parties.has_name`.

    A name without an id makes a node ``Name@article``; the id of an unnamed group is ``name@article`` as well.
    """
    head, at, _ = node.partition("@")
    return not at or (head == title and not head[:1].islower() and not head.startswith("["))


def _kind(data: Mapping[str, Any]) -> str:
    return PROTECTED if data.get("protected") else UNNAMED.get(str(data.get("kind")), UNNAMED["unknown"])


def _when(data: Mapping[str, Any]) -> When:
    start, end = (dt.date.fromisoformat(data[key]) if data.get(key) else None for key in ("start", "end"))
    return When(start, end, data.get("precision", "unknown"), data.get("date_kind", "point"), edtf=data.get("edtf"))


def strongest(ties: Ties, most: int) -> Ties:
    """The actors with the most events, and what they share."""
    if len(ties.names) <= most:
        return ties
    return Ties(
        ties.names[:most],
        ties.weights[:most],
        {pair: types for pair, types in ties.pairs.items() if max(pair) < most},
        tuple(happening for happening in ties.happenings if any(actor < most for actor in happening.actors)),
        ties.number,
        ties.beside[:most],
        ties.unnamed,
    )


def tied(ties: Ties) -> tuple[Ties, tuple[int, ...]]:
    """The actors that share an event with another, and the places of those that do not; all if nobody does."""
    among = sorted({actor for pair in ties.pairs for actor in pair}) or list(range(len(ties.names)))
    place = {actor: k for k, actor in enumerate(among)}
    kept = replace(
        ties,
        names=tuple(ties.names[actor] for actor in among),
        weights=tuple(ties.weights[actor] for actor in among),
        pairs={(place[a], place[b]): types for (a, b), types in ties.pairs.items()},
        beside=tuple(ties.beside[actor] for actor in among),
    )
    return kept, tuple(actor for actor in range(len(ties.names)) if actor not in place)
