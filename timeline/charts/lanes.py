"""The columns (or bands) that a picture sorts its events into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import palette, wording
from timeline.charts.parties import parties
from timeline.charts.storylines import ALONE, RULE, storylines
from timeline.charts.text import tidy
from timeline.errors import InputError
from timeline.records import Article, Event

BY = ("type", "family", "actor", "place", "source", "storyline")
OTHER = "all others"
_NO = {"actor": "no actor named", "place": "no place named", "source": "no source named"}


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


def keys(
    events: Sequence[Event], by: str, articles: Mapping[str, Article] | None = None, language: str = "en"
) -> dict[str, tuple[str, ...]]:
    """What every event belongs to, by its id; at least one name.

    Raises
    ------
    InputError
        If ``by`` is none of type, family, actor, place, source, storyline.
    """
    if by not in BY:
        raise InputError(f"cannot sort by {by!r}", advice=f"use one of {', '.join(BY)}")
    if by == "storyline":
        return {key: (title,) for key, title in storylines(events, language).items()}
    return {event.id: _keys(event, by, articles) for event in events}


def _keys(event: Event, by: str, articles: Mapping[str, Article] | None) -> tuple[str, ...]:
    if by == "type":
        return (event.type,)
    if by == "family":
        return (palette.looks([event.type])[event.type].family,)
    if by == "actor":
        found = parties(event)
    elif by == "place":
        found = (tidy(event.place.name),) if event.place is not None and event.place.name else ()
    else:
        found = wording.publishers(event, articles)
        said = event.attribution.source if event.attribution is not None else None
        found = found or ((tidy(said),) if said else ())
    return found or (_NO[by],)


def arrange(
    events: Sequence[Event],
    by: str,
    *,
    room: int,
    articles: Mapping[str, Article] | None = None,
    language: str = "en",
) -> Lanes:
    """Sort events into at most ``room`` lanes.

    Types keep the order of the taxonomy, and become families where they do not fit; everything else goes by number of
    events, the rarest sharing one last lane; storylines then by their first event, single events last. No event is
    left out.

    Raises
    ------
    InputError
        If ``by`` is none of type, family, actor, place, source, storyline.
    """
    found = keys(events, by, articles, language)
    if by == "type" and len({names[0] for names in found.values()}) > room:
        return arrange(events, "family", room=room, articles=articles)
    own = Counter(names[0] for names in found.values())
    every = sorted({name for names in found.values() for name in names}, key=lambda name: (-own[name], name))
    if by == "type":
        every = list(palette.looks(every))
    elif by == "family":
        order = [*palette.FAMILIES, "other"]
        every.sort(key=order.index)
    elif by == "storyline":
        every.sort(key=lambda name: (name != ALONE, -own[name], name))
    gathered: list[str] = []
    if len(every) > room:
        every, gathered = every[: room - 1], every[room - 1 :]
        every.append(OTHER)
    if (nobody := _NO.get(by)) in every:
        every = [*(name for name in every if name not in (nobody, OTHER)), *(n for n in (nobody, OTHER) if n in every)]
    if by == "storyline":
        first = {found[event.id][0]: k for k, event in reversed(list(enumerate(events)))}
        every.sort(key=lambda name: (name in (ALONE, OTHER), name == OTHER, first.get(name, 0)))
    index = {name: k for k, name in enumerate(every)}
    last = len(every) - 1
    of = {key: tuple(dict.fromkeys(index.get(name, last) for name in names)) for key, names in found.items()}
    return Lanes(by, tuple(every), of, tuple(gathered))


def remarks(lanes: Lanes, what: str) -> list[str]:
    """What the foot says about the lanes: what a storyline is, and which names share the last lane."""
    out = [RULE] if lanes.by == "storyline" and lanes.names else []
    if lanes.gathered:
        out.append(f"The last {what} gathers {len(lanes.gathered)}: {'; '.join(lanes.gathered)}.")
    return out


def title(lanes: Lanes, name: str) -> str:
    """How a lane is headed."""
    if lanes.by == "type":
        return palette.looks([name])[name].label
    return name.capitalize() if lanes.by == "family" else name
