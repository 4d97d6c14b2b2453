"""The columns (or bands) that a picture sorts its events into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import palette, wording
from timeline.charts.text import tidy
from timeline.errors import InputError
from timeline.records import Article, Event

BY = ("type", "family", "actor", "place", "source")
OTHER = "all others"
_NO = {"actor": "no actor named", "place": "no place named", "source": "no source named"}
_NO_ACTORS = ("facility", "object", "media", "source")


@dataclass(frozen=True, slots=True)
class Lanes:
    """Names in the order of drawing, and for every event the lanes that it touches, its own first.

    Parameters
    ----------
    gathered : tuple of str
        Names that had no room and share the last lane.
    """

    by: str
    names: tuple[str, ...]
    of: Mapping[str, tuple[int, ...]]
    gathered: tuple[str, ...] = ()


def actors(event: Event) -> tuple[str, ...]:
    """Names of those who take part, each once, in the order of the record; protected ones stay unnamed."""
    names = []
    for role in event.roles:
        if role.kind in _NO_ACTORS or role.role in (
            "place",
            "weapon",
            "post",
            "from_place",
            "to_place",
            "origin",
            "destination",
            "size",
            "content",
            "demand",
            "topic",
            "measure",
        ):
            continue
        if role.kind == "unknown" and role.actor is None and (role.name or "")[:1].islower():
            continue
        name = "a protected person" if role.span.redacted else tidy(role.name or "")
        if name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def keys(event: Event, by: str, articles: Mapping[str, Article] | None = None) -> tuple[str, ...]:
    """What an event belongs to; at least one name."""
    if by == "type":
        return (event.type,)
    if by == "family":
        return (palette.looks([event.type])[event.type].family,)
    if by == "actor":
        found = actors(event)
    elif by == "place":
        found = (tidy(event.place.name),) if event.place is not None and event.place.name else ()
    else:
        found = wording.publishers(event, articles)
        said = event.attribution.source if event.attribution is not None else None
        found = found or ((tidy(said),) if said else ())
    return found or (_NO[by],)


def arrange(events: Sequence[Event], by: str, *, room: int, articles: Mapping[str, Article] | None = None) -> Lanes:
    """Sort events into at most ``room`` lanes.

    Types keep the order of the taxonomy, and become families where they do not fit; everything else goes by number of
    events, the rarest sharing one last lane. No event is left out.

    Raises
    ------
    InputError
        If ``by`` is none of type, family, actor, place, source.
    """
    if by not in BY:
        raise InputError(f"cannot sort by {by!r}", advice=f"use one of {', '.join(BY)}")
    found = {event.id: keys(event, by, articles) for event in events}
    if by == "type" and len({names[0] for names in found.values()}) > room:
        return arrange(events, "family", room=room, articles=articles)
    own = Counter(names[0] for names in found.values())
    every = sorted({name for names in found.values() for name in names}, key=lambda name: (-own[name], name))
    if by == "type":
        every = list(palette.looks(every))
    elif by == "family":
        order = [*palette.FAMILIES, "other"]
        every.sort(key=order.index)
    gathered: list[str] = []
    if len(every) > room:
        every, gathered = every[: room - 1], every[room - 1 :]
        every.append(OTHER)
    index = {name: k for k, name in enumerate(every)}
    last = len(every) - 1
    of = {key: tuple(dict.fromkeys(index.get(name, last) for name in names)) for key, names in found.items()}
    return Lanes(by, tuple(every), of, tuple(gathered))


def title(lanes: Lanes, name: str) -> str:
    """How a lane is headed."""
    if lanes.by == "type":
        return palette.looks([name])[name].label
    return name.capitalize() if lanes.by == "family" else name
