"""What a map shows: events gathered by place, and those that no place can be given for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from timeline.charts import palette, wording
from timeline.charts.text import tidy
from timeline.gazetteer import states
from timeline.records import Event, Place, Total

_SIGNS = {
    "disputed": "disputed",
    "denied": "denied",
    "negated": "denied",
    **dict.fromkeys(("planned", "threatened", "possible", "hypothetical"), "planned"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Events at one place that are drawn as one marker: of one type, told as the same, all background or none.

    Parameters
    ----------
    factuality : str
        One of happened, disputed, denied, planned, which have a sign each.
    confidence : float
        That of the middle one.
    """

    type: str
    factuality: str
    background: bool
    number: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Site:
    """A place on the map with its events.

    Parameters
    ----------
    lat, lon : float
        Degrees, WGS84.
    form : {"town", "about", "area"}
        A known town or district; somewhere near it; a region or country whose town is not told.
    killed : Total or None
        Killed in its incidents, added up.
    """

    name: str
    country: str
    lat: float
    lon: float
    form: str
    kinds: tuple[Kind, ...]
    killed: Total | None

    @property
    def number(self) -> int:
        """How many events it stands for."""
        return sum(kind.number for kind in self.kinds)

    @property
    def best(self) -> int:
        """Killed, 0 where no number is told: for the order of places only."""
        return wording.span_of(self.killed)[1] if self.killed else 0


@dataclass(frozen=True, slots=True)
class Places:
    """All events of a map: at sites, the most events first; at names without coordinates; without any place."""

    sites: tuple[Site, ...]
    unknown: tuple[str, ...]
    none: int

    @property
    def number(self) -> int:
        """How many events stand on the map."""
        return sum(site.number for site in self.sites)


def gather(events: Sequence[Event]) -> Places:
    """Sort events by where they happened; events known to a country only stand for all of it.

    Examples
    --------
    >>> gather([])
    Places(sites=(), unknown=(), none=0)
    """
    groups: dict[tuple[str, float, float], list[Event]] = {}
    unknown, none = [], 0
    for event in sorted(events, key=lambda event: event.id):
        where = _where(event.place)
        if where is not None:
            groups.setdefault(where, []).append(event)
        elif event.place is not None and event.place.name:
            unknown.append(wording.place_text(event))
        else:
            none += 1
    sites = [_site(level, lat, lon, group) for (level, lat, lon), group in groups.items()]
    sites.sort(key=lambda site: (-site.number, -site.best, site.name, site.form, site.lat, site.lon))
    return Places(tuple(sites), tuple(sorted(unknown)), none)


def _where(place: Place | None) -> tuple[str, float, float] | None:
    """Whether a point or an area, and its coordinates to a thousandth of a degree (about 100 m)."""
    if place is None:
        return None
    state = states().get(place.country or "")
    if place.precision == "country" and state is not None:
        return "area", state.lat, state.lon
    if place.lat is None or place.lon is None or not (abs(place.lat) <= 90 and math.isfinite(place.lon)):
        return None
    level = "area" if place.precision in ("region", "country") else "point"
    return level, round(place.lat, 3), round((place.lon + 180) % 360 - 180, 3)


def _site(level: str, lat: float, lon: float, events: Sequence[Event]) -> Site:
    places = [event.place for event in events if event.place is not None]
    names = Counter(tidy(place.name or place.country_name or "") for place in places)
    known = any(place.precision in ("town", "district") for place in places)
    countries = Counter(place.country_name or "" for place in places)
    return Site(
        min(names, key=lambda name: (-names[name], name)),
        min(countries, key=lambda name: (-countries[name], name)),
        lat,
        lon,
        "area" if level == "area" else "town" if known else "about",
        _kinds(events),
        added([dead for event in events if (dead := wording.incident_dead(event)) is not None]),
    )


def _kinds(events: Sequence[Event]) -> tuple[Kind, ...]:
    groups: dict[tuple[str, str, bool], list[float]] = {}
    for event in events:
        key = event.type, _SIGNS.get(event.factuality, "happened"), event.background
        groups.setdefault(key, []).append(event.confidence)
    made = [Kind(*key, len(values), median_low(values)) for key, values in groups.items()]
    rank = {name: number for number, name in enumerate(palette.looks({kind.type for kind in made}))}
    return tuple(sorted(made, key=lambda kind: (kind.background, -kind.number, rank[kind.type], kind.factuality)))


def added(totals: Sequence[Total]) -> Total | None:
    """The sum of some totals; None for none, an open end where one of them has one.

    Examples
    --------
    >>> added([Total(2, 2, 2), Total(5, 7, None)])
    Total(low=7, best=9, high=None)
    """
    if not totals:
        return None
    spans = [wording.span_of(total) for total in totals]
    highs = [high for _, _, high in spans if high is not None]
    return Total(
        sum(low for low, _, _ in spans),
        sum(best for _, best, _ in spans),
        sum(highs) if len(highs) == len(spans) else None,
    )


def joined(sites: Sequence[Site]) -> Site:
    """Sites that lie on each other on the page as one, under the name of the first."""
    first = sites[0]
    counts: dict[tuple[str, str, bool], list[Kind]] = {}
    for kind in (kind for site in sites for kind in site.kinds):
        counts.setdefault((kind.type, kind.factuality, kind.background), []).append(kind)
    kinds = [
        Kind(*key, sum(kind.number for kind in group), median_low([kind.confidence for kind in group]))
        for key, group in counts.items()
    ]
    names = list(dict.fromkeys(site.name for site in sites))
    name = f"{first.name}, {names[1]}" if len(names) == 2 else f"{first.name} and {len(names) - 1} more"
    return Site(
        name if len(names) > 1 else first.name,
        first.country,
        first.lat,
        first.lon,
        first.form,
        tuple(sorted(kinds, key=lambda kind: (kind.background, -kind.number, kind.type, kind.factuality))),
        added([site.killed for site in sites if site.killed is not None]),
    )
