"""What a graph says beside its nodes and lines: facts, remarks, legend, alt text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline.charts import furniture, matrix, palette
from timeline.charts.ties import Ties
from timeline.records import Event


def remarks(whole: Ties, ties: Ties, *, dense: bool) -> list[str]:
    """What the foot says about who is not drawn, and why there is a table."""
    said = ["Lines would lie over each other: a table is drawn."] if dense else []
    if len(whole.names) > len(ties.names):
        said.append(f"The {len(ties.names)} actors with the most events of {len(whole.names)} are drawn.")
    if ties.unnamed:
        said.append(
            f"Groups without a name are not drawn, as they are not one actor; their events: {kinds(ties.unnamed)}."
        )
    if alone := sum(not happening.actors for happening in whole.happenings):
        said.append(f"{alone:,} of {whole.number:,} events have no named actor.")
    return said


def keys(ties: Ties, view: str, events: Sequence[Event], *, marked: bool) -> list[list[furniture.Key]]:
    """Types that are drawn, and what the fill of a marker means where it means something."""
    if view == "actors":
        used = {kind for types in ties.pairs.values() for kind in types} if marked else set()
        return [furniture.type_keys(palette.looks(used))]
    shown = {happening.id for happening in ties.happenings}
    states = furniture.state_keys([event for event in events if event.id in shown])
    return [
        furniture.type_keys(palette.looks(happening.type for happening in ties.happenings)),
        [key for key in states if key.sign != "background"],
    ]


def facts(ties: Ties, view: str, *, dense: bool, marked: bool) -> str:
    """How many actors and events, and what the signs mean."""
    number = f"{len(ties.names):,} actors, {ties.number:,} events"
    if dense:
        return f"{number} · {matrix.FACTS}{matrix.MARKERS if marked else ''}"
    if view == "actors":
        return (
            f"{number} · circle: events that the actor takes part in · line: events that two share, one line per type, "
            "its number where it is more than one"
            + (" · with: its events with unnamed groups" if any(ties.beside) else "")
        )
    return f"{number} · dark: actors · box edge and marker: type · fill of the marker: confidence"


def alt(ties: Ties, view: str) -> str:
    """Alt text: the actors with the most events."""
    top = ", ".join(f"{name} {weight}" for name, weight in zip(ties.names[:10], ties.weights, strict=False))
    kind = "Graph of actors" if view == "actors" else "Graph of actors and events"
    return f"{kind}: {len(ties.names)} actors, {ties.number} events. Most events: {top}. As reported, not verified."


def kinds(counted: Mapping[str, int]) -> str:
    """Kinds of unnamed groups with the number of their events, the most frequent first.

    Examples
    --------
    >>> kinds({"unnamed rebels": 4, "unnamed civilians": 11})
    'unnamed civilians 11, rebels 4'
    """
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    said = ", ".join(f"{kind.removeprefix('unnamed ')} {count}" for kind, count in ordered)
    return f"unnamed {said}" if ordered[0][0].startswith("unnamed ") else said
