"""Whether two reports can tell one happening, and how strongly they agree."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from timeline.records import Event, Place, When

__all__ = ["LASTING", "MAX_DAYS", "VIOLENT", "agreement", "compatible", "is_town", "window_of"]

_CORE = (
    "perpetrator", "target", "victims", "defector", "captor", "besieger", "besieged", "force", "authority", "detainees",
    "released", "displaced", "protesters", "plotters", "person", "speaker", "imposer", "parties", "provider",
    "recipient", "side_a", "side_b",
)  # fmt: skip
_ONE_OF = ("defector", "target", "person", "speaker", "imposer", "released", "detainees")
VIOLENT = frozenset(
    {"attack", "bombing", "shelling", "airstrike", "massacre", "assassination", "execution", "crackdown"}
)
_REAL = frozenset({"happened", "disputed", "denied"})
_NEAR_KM = 30.0
MAX_DAYS = 40
_OPEN_DAYS = 3
_LASTING_DAYS = 45
_ENOUGH = 1.9
_ENOUGH_ACROSS = 2.3
LASTING = frozenset({"battle", "siege", "displacement", "protest"})
_RARE = frozenset({"massacre", "coup", "defection", "ceasefire", "assassination", "siege", "execution"})


def compatible(first: Event, second: Event) -> bool:
    """Whether nothing in type, reality, time, place or participants keeps two reports apart."""
    if not _same_reality(first, second):
        return False
    if first.type != second.type and not {first.type, second.type} <= VIOLENT:
        return False
    if first.type == "statement" and first.subtype != second.subtype:
        return False
    same_time = _same_time(first.when, second.when) or (first.type == second.type and _lasts(first, second))
    return same_time and _same_place(first.place, second.place) and not _clash(first, second)


def _same_reality(first: Event, second: Event) -> bool:
    """Told as real by both, or planned by one and done on that very day by the other."""
    if first.factuality in _REAL and second.factuality in _REAL:
        return True
    kinds = {first.factuality, second.factuality}
    return "planned" in kinds and kinds <= _REAL | {"planned"} and _same_day(first.when, second.when)


def _same_day(first: When, second: When) -> bool:
    exact = all(when.precision == "day" and when.basis != "doc_date" for when in (first, second))
    return exact and first.start == second.start and first.end == second.end


def _same_time(first: When, second: When) -> bool:
    if first.kind == "since" or second.kind == "since":
        return first.kind == second.kind and first.start is not None and _starts_meet(first, second)
    one, two = window_of(first), window_of(second)
    if one is None or two is None:
        return False
    slack = dt.timedelta(days=int("doc_date" in {first.basis, second.basis}))
    return one[0] <= two[1] + slack and two[0] <= one[1] + slack


def _starts_meet(first: When, second: When) -> bool:
    """Whether two beginnings can be the same: equal, or one is known to the month that the other falls in."""
    if first.start is None or second.start is None:
        return False
    coarse = {first.precision, second.precision} & {"month", "season", "quarter", "year", "decade"}
    apart = abs((first.start - second.start).days)
    return apart == 0 or (bool(coarse) and apart <= 31)


def _lasts(first: Event, second: Event) -> bool:
    """Whether two reports tell of the same lasting state in one town: fighting or a siege that goes on."""
    if first.type not in LASTING or not (is_town(first.place) and is_town(second.place)):
        return False
    whens = (first.when, second.when)
    if not any(when.kind == "since" for when in whens):
        return False
    starts = [when.start for when in whens if when.start]
    known = [day for when in whens if (day := when.ongoing_at or when.end)]
    if len(known) < 2 or abs((known[0] - known[1]).days) > _LASTING_DAYS:
        return False
    return not starts or max(starts) <= min(known)


def window_of(when: When) -> tuple[dt.date, dt.date] | None:
    """The days to compare; what is only known to be over by a day is taken to be news of the days before."""
    if when.end is None:
        return None
    return when.start or when.end - dt.timedelta(days=_OPEN_DAYS), when.end


def _same_place(first: Place | None, second: Place | None) -> bool:
    if first is None or second is None:
        return True
    if (first.name or "").lower() == (second.name or "").lower():
        return True
    if "country" in {first.precision, second.precision} or "region" in {first.precision, second.precision}:
        return first.country == second.country or None in {first.country, second.country}
    distance = _km(first, second)
    return distance is not None and distance <= _NEAR_KM


def _km(first: Place, second: Place) -> float | None:
    """Great-circle distance in kilometres (haversine, sphere of 6371 km)."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(second.lon - first.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def _names(event: Event, roles: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        if role.role in roles and role.actor and "@" not in role.actor:
            found[role.role].add(role.actor)
    return {name: frozenset(ids) for name, ids in found.items()}


def _clash(first: Event, second: Event) -> bool:
    """Whether a role that only one can fill is filled by different named actors, and not by similar names."""
    mine, its = _names(first, _ONE_OF), _names(second, _ONE_OF)
    return any(role in its and not mine[role] & its[role] and not _alike(mine[role], its[role]) for role in mine)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    from rapidfuzz.fuzz import token_set_ratio

    return any(token_set_ratio(a.replace("-", " "), b.replace("-", " ")) >= 88 for a in first for b in second)


def agreement(first: Event, second: Event) -> float:
    """How strongly two reports agree; 0 if they contradict each other or share nothing particular."""
    if not compatible(first, second):
        return 0.0
    same_type = first.type == second.type
    score = 1.0 if same_type else 0.4
    score += 0.6 * _same_day(first.when, second.when)
    score += 0.5 * (same_type and first.type in _RARE)
    lasting = "since" in {first.when.kind, second.when.kind}
    score += 0.6 * (lasting and _starts_meet(first.when, second.when))
    score += 1.0 * (is_town(first.place) and is_town(second.place))
    country = _country(first)
    score += 0.4 * (country is not None and country == _country(second))
    mine, its = _names(first, _CORE), _names(second, _CORE)
    score += 0.5 * sum(1 for role in mine if role in its and mine[role] & its[role])
    score += 0.8 * sum(1 for role in _ONE_OF if role in mine and role in its and mine[role] & its[role])
    score += 0.8 * _same_toll(first, second)
    needed = _ENOUGH if same_type else _ENOUGH_ACROSS
    return score if score >= needed else 0.0


def _same_toll(first: Event, second: Event) -> bool:
    return bool(first.killed and second.killed and first.killed.best and first.killed.best == second.killed.best)


def _country(event: Event) -> str | None:
    """The country of the place, else of the actors, if they have but one."""
    if event.place is not None and event.place.country:
        return event.place.country
    return None


def is_town(place: Place | None) -> bool:
    """Whether a place is known to the town or better."""
    return place is not None and place.precision in {"town", "district", "approximate"}
