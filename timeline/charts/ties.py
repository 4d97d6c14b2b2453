"""Who takes part in what, read from events or from a graph: the plain numbers behind a picture of a graph."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from timeline.charts import lanes, wording
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
    """

    names: tuple[str, ...]
    weights: tuple[int, ...]
    pairs: Mapping[tuple[int, int], Counter[str]]
    happenings: tuple[Happening, ...]
    number: int


def from_events(events: Sequence[Event], language: str = "en") -> Ties:
    """Read the ties from events."""
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    of = {event.id: lanes.actors(event) for event in every}
    weights = Counter(name for names in of.values() for name in names)
    order = sorted(weights, key=lambda name: (-weights[name], name))
    index = {name: k for k, name in enumerate(order)}
    pairs: dict[tuple[int, int], Counter[str]] = {}
    for event in every:
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
    return Ties(tuple(order), tuple(weights[name] for name in order), pairs, happenings, len(every))


def from_graph(graph: nx.MultiDiGraph[Any], language: str = "en") -> Ties:
    """Read the ties from a graph of events and actors, or of actors alone."""
    kinds = dict(graph.nodes(data="node", default="actor"))
    title = {node: tidy(str(name or node)) for node, name in graph.nodes(data="name")}
    actors = [node for node in graph if kinds[node] == "actor"]
    weights: Counter[Any] = Counter()
    found: dict[Any, list[Any]] = {}
    pairs: dict[tuple[Any, Any], Counter[str]] = {}
    for source, target, data in graph.edges(data=True):
        if kinds[source] == "actor" and kinds[target] == "event" and data.get("role") != "source":
            if source not in found.setdefault(target, []):
                found[target].append(source)
                weights[source] += 1
        elif kinds[source] == kinds[target] == "actor":
            number = int(data.get("count", 1))
            pairs.setdefault((source, target), Counter())[str(data.get("type", "tie"))] += number
            weights.update({source: number, target: number})
    order = sorted(actors, key=lambda node: (-weights[node], title[node], str(node)))
    index = {node: k for k, node in enumerate(order)}
    shared: dict[tuple[int, int], Counter[str]] = {}
    for (source, target), types in pairs.items():
        a, b = sorted((index[source], index[target]))
        shared.setdefault((a, b), Counter()).update(types)
    happenings = []
    for node in sorted((node for node in graph if kinds[node] == "event"), key=str):
        data = graph.nodes[node]
        taking = tuple(sorted(index[actor] for actor in found.get(node, ())))
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
    number = len(happenings) or sum(sum(types.values()) for types in shared.values())
    return Ties(
        tuple(title[node] for node in order), tuple(weights[node] for node in order), shared, tuple(happenings), number
    )


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
    )
