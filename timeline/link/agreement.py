"""Whether two reports can tell one happening, and how strongly they agree."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from timeline.records import Event, Place, Total, When

__all__ = ["LASTING", "VIOLENT", "agreement", "compatible", "is_town", "is_vague", "named", "retold", "window_of"]

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
_NEXT_KM = 6.0
_SHORT_DAYS = 10
_OPEN_DAYS = 3
_RETOLD_DAYS = 60
_LASTING_DAYS = 45
_ONCE_DAYS = 3
_DISTINCT = 20
_TOLL_GROWS = 1.25
_TOLL_AGAIN = 1.1
_ENOUGH = 1.9
_ENOUGH_ACROSS = 2.3
_ENOUGH_VAGUE = 2.5
LASTING = frozenset({"battle", "siege", "displacement", "protest"})
_RARE = frozenset({"massacre", "coup", "defection", "ceasefire", "assassination", "siege", "execution"})
_ONCE_HERE = frozenset({"territory_change", "withdrawal"})
_ONCE_IN_LIFE = frozenset({"defection", "assassination"})
_WIDE = frozenset({"country", "region"})
_STATE = frozenset({"state", "government", "military", "police"})
_REBEL = frozenset({"rebel", "militia"})


def compatible(first: Event, second: Event) -> bool:
    """Whether nothing in type, reality, time, place or participants keeps two reports apart."""
    if not _same_reality(first, second) or _is_tally(first) != _is_tally(second):
        return False
    if first.type != second.type and not {first.type, second.type} <= VIOLENT:
        return False
    if first.type == "statement" and first.subtype != second.subtype:
        return False
    if _is_national(first) and _is_national(second) and _starts_meet(first.when, second.when):
        return _country(first) == _country(second) or None in {_country(first), _country(second)}
    same_time = _same_time(first, second) or (first.type == second.type and _lasts(first, second))
    return same_time and _same_place(first, second) and not _clash(first, second)


def _same_reality(first: Event, second: Event) -> bool:
    """Told as real by both, or planned by one and done on that very day, or in those days, by the other.

    What befalls a person but once on a known day is one, however a report puts it: "the killing of the mayor on
    4 May would be examined".
    """
    if first.factuality in _REAL and second.factuality in _REAL:
        return True
    kinds = {first.factuality, second.factuality}
    if kinds & _REAL and _once_in_life(first, second) and _same_day(first.when, second.when):
        return "negated" not in kinds
    if "planned" not in kinds or not kinds <= _REAL | {"planned"}:
        return False
    if _same_day(first.when, second.when):
        return True
    exact = {when.basis for when in (first.when, second.when)} & {"doc_date", "none"}
    return not exact and not is_vague(first) and not is_vague(second) and _same_spot(first, second)


def _is_tally(event: Event) -> bool:
    """Whether the dead of a report are those of a period: a running toll is no incident."""
    killed = [count for count in event.counts if count.harm == "killed"]
    return bool(killed) and all(count.scope == "period" for count in killed)


def _is_national(event: Event) -> bool:
    """Whether a report tells of an uprising: protests that go on since a month; its town is that of the sentence."""
    when = event.when
    return event.type == "protest" and when.kind == "since" and when.start is not None and when.precision != "day"


def _same_day(first: When, second: When) -> bool:
    exact = all(when.precision == "day" and when.basis != "doc_date" for when in (first, second))
    return exact and first.start == second.start and first.end == second.end


def _same_time(first: Event, second: Event) -> bool:
    if first.when.kind == "since" or second.when.kind == "since":
        return (
            first.when.kind == second.when.kind
            and first.when.start is not None
            and _starts_meet(first.when, second.when)
        )
    one, two = window_of(first), window_of(second)
    if one is None or two is None:
        return False
    slack = dt.timedelta(days=_slack(first, second))
    return one[0] <= two[1] + slack and two[0] <= one[1] + slack


def _slack(first: Event, second: Event) -> int:
    """Days that two reports may be apart: some for what happens but once, one for news without a day of its own."""
    if _once(first, second) or _same_dead(first, second, _TOLL_GROWS):
        return _ONCE_DAYS
    return int("doc_date" in {first.when.basis, second.when.basis})


def _once(first: Event, second: Event) -> bool:
    """Whether both tell what cannot happen twice in some days: a town taken by one side, a person's going over.

    Nor is a village, one too small for a map, struck by two massacres in three days.
    """
    if first.type != second.type:
        return False
    if first.type in _ONCE_HERE:
        return _same_spot(first, second) and not _opposed(first, second)
    if first.type == "massacre" and first.place and first.place.lat is None:
        return _same_spot(first, second)
    return _once_in_life(first, second)


def _opposed(first: Event, second: Event) -> bool:
    """Whether a town is taken or left by other named actors, or by the state's men in one report and rebels in one."""
    roles = ("captor", "force")
    mine, its = _names(first, roles), _names(second, roles)
    if any(not mine[role] & its[role] for role in mine if role in its):
        return True
    one, two = ({role.kind for role in event.roles if role.role in roles} for event in (first, second))
    return bool((one & _STATE and two & _REBEL) or (one & _REBEL and two & _STATE))


def _once_in_life(first: Event, second: Event) -> bool:
    """Whether both tell of one named person's going over or being killed."""
    if first.type != second.type or first.type not in _ONCE_IN_LIFE:
        return False
    mine, its = _names(first, _ONE_OF), _names(second, _ONE_OF)
    return any(mine[role] & its[role] for role in mine if role in its)


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


def window_of(event: Event) -> tuple[dt.date, dt.date] | None:
    """The days to compare; what is only known to be over by a day is news of days before, or background of weeks."""
    when = event.when
    if when.end is None:
        return None
    reach = _RETOLD_DAYS if event.background or event.type in _RARE else _OPEN_DAYS
    return when.start or when.end - dt.timedelta(days=reach), when.end


def is_vague(event: Event) -> bool:
    """Whether a report gives no day but weeks in which it may have been: "last month's massacre"."""
    window = window_of(event)
    return window is not None and (window[1] - window[0]).days > _SHORT_DAYS


def _same_place(one: Event, two: Event) -> bool:
    first, second = one.place, two.place
    if first is None or second is None or _same_spot(one, two):
        return True
    same_country = first.country == second.country or None in {first.country, second.country}
    if _WIDE & {first.precision, second.precision} or (first.lat is None) != (second.lat is None):
        return same_country
    return False


def _same_spot(one: Event, two: Event) -> bool:
    """Whether both stand in one town or village: its name, a short way, or one named as the other's target.

    Two towns with names of their own are two places, however near; a quarter and its town are one.
    """
    first, second = one.place, two.place
    if first is None or second is None or _WIDE & {first.precision, second.precision}:
        return False
    if (first.name or "").lower() == (second.name or "").lower():
        return bool(first.name)
    if _names_place(two, first) or _names_place(one, second):
        return True
    distance = _km(first, second)
    near = _NEXT_KM if first.precision == second.precision == "town" else _NEAR_KM
    return distance is not None and distance <= near


def _names_place(event: Event, place: Place) -> bool:
    """Whether a village or quarter that no gazetteer knows is named in what was hit: "the Lushanga camp in Goma"."""
    if place.lat is not None or not place.name:
        return False
    hit = (f" {(role.name or '').lower()} " for role in event.roles if role.role in {"target", "place", "victims"})
    return any(f" {place.name.lower()} " in name for name in hit)


def _km(first: Place, second: Place) -> float | None:
    """Great-circle distance in kilometres (haversine, sphere of 6371 km)."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(second.lon - first.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def named(event: Event) -> frozenset[str]:
    """The named actors of a report in roles that only one can fill."""
    return frozenset(name for names in _names(event, _ONE_OF).values() for name in names)


def retold(first: Event, second: Event) -> bool:
    """Whether one article may hold both reports of one happening: the same distinctive dead, or what goes on."""
    return _same_dead(first, second, _TOLL_AGAIN) or _goes_on(first, second)


def _same_dead(first: Event, second: Event, growth: float) -> bool:
    """Whether two reports give the same distinctive number of dead, and no other place."""
    if not (_same_toll(first, second, growth) and _is_distinct(first)):
        return False
    if _same_spot(first, second):
        return True
    equal = first.killed is not None and second.killed is not None and first.killed.best == second.killed.best
    return equal and _same_place(first, second) and None not in (first.place, second.place)


def _goes_on(first: Event, second: Event) -> bool:
    """Whether one tells since when a town is fought over and the other, undated, that it is: "the clashes"."""
    since = [event.when.kind == "since" for event in (first, second)]
    undated = any(event.when.basis in {"none", "doc_date"} for event in (first, second) if event.when.kind != "since")
    return first.type == second.type and sum(since) == 1 and undated and _lasts(first, second)


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
    spot = _same_spot(first, second)
    score = 1.0 if same_type else 0.4
    score += 0.6 * _same_day(first.when, second.when)
    score += 0.5 * (same_type and first.type in _RARE)
    lasting = "since" in {first.when.kind, second.when.kind}
    score += 0.6 * (lasting and _starts_meet(first.when, second.when))
    score += 1.0 * (lasting and _is_national(first) and _is_national(second))
    score += 1.0 * spot
    score -= 0.6 * (not spot and _elsewhere(first, second))
    country = _country(first)
    score += 0.4 * (country is not None and country == _country(second))
    mine, its = _names(first, _CORE), _names(second, _CORE)
    score += 0.5 * sum(1 for role in mine if role in its and mine[role] & its[role])
    score += 0.8 * sum(1 for role in _ONE_OF if role in mine and role in its and mine[role] & its[role])
    score += 0.8 * _same_toll(first, second)
    needed = _ENOUGH if same_type else _ENOUGH_ACROSS
    shared = any(mine[role] & its[role] for role in mine if role in its)
    if is_vague(first) or is_vague(second) or not (spot or shared or lasting or _same_day(first.when, second.when)):
        needed = _ENOUGH_VAGUE
    return score if score >= needed else 0.0


def _elsewhere(first: Event, second: Event) -> bool:
    """Whether two places have names of their own and no map says whether one holds the other."""
    places = [place for place in (first.place, second.place) if place and place.precision not in _WIDE]
    return len(places) == 2


def _same_toll(first: Event, second: Event, growth: float = _TOLL_GROWS) -> bool:
    """Whether the dead are as many, or one report gives an open number that the other's meets: over 90, then 92."""
    one, two = first.killed, second.killed
    if not one or not two or not one.best or not two.best:
        return False
    if one.best == two.best:
        return True
    lower, upper = sorted((one, two), key=_best)
    grown = _best(upper) <= _best(lower) * growth
    return lower.high is None and _best(lower) >= _DISTINCT and grown


def _best(total: Total) -> int:
    return total.best or 0


def _is_distinct(event: Event) -> bool:
    """Whether a number of dead is so large that two happenings hardly share it."""
    return event.killed is not None and _best(event.killed) >= _DISTINCT


def _country(event: Event) -> str | None:
    """The country of the place, else of the actors, if they have but one."""
    if event.place is not None and event.place.country:
        return event.place.country
    return None


def is_town(place: Place | None) -> bool:
    """Whether a place is known to the town or better."""
    return place is not None and place.precision in {"town", "district", "approximate"}
