"""Which events weigh most, where a page has no room for all."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.charts import wording
from timeline.charts.parties import parties
from timeline.records import Event

RULE = "most killed, then most reports, then most actors"


def weightiest(events: Sequence[Event], most: int) -> list[Event]:
    """The weightiest: most killed, then most reports, then most actors, in order of time."""
    weights = {}
    for event in events:
        dead = wording.incident_dead(event)
        weights[event.id] = (
            -(wording.span_of(dead)[1] if dead is not None else 0),
            -event.n_sources,
            -len(parties(event)),
            event.id,
        )
    top = {event.id for event in sorted(events, key=lambda event: weights[event.id])[:most]}
    return [event for event in events if event.id in top]
