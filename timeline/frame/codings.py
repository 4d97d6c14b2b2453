"""The layouts of ACLED, UCDP GED and PLOVER, filled as far as a text can fill them.

Codes of types come from the lexicon. Definitions: ACLED codebook (event types, inter codes, time and geo precision,
fatalities), UCDP GED codebook (types of violence, date_prec, where_prec, low, best, high), PLOVER manual.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from timeline import lexicon
from timeline.frame.own import as_column, days, degrees, people
from timeline.records import Actor, Count, Event, Role
from timeline.sides import sides

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ACLED", "GED", "PLOVER", "acled", "ged", "plover"]

ACLED = {
    "event_id_cnty": "id of the event in this library",
    "event_date": "the day, or the first day of the window",
    "year": "year of event_date",
    "time_precision": "1 day known, 2 within a week, 3 within a month; vaguer events are left out",
    "event_type": "event type of ACLED",
    "sub_event_type": "sub-event type of ACLED",
    "actor1": "the acting side as the text names it",
    "inter1": "1 state forces, 2 rebels, 3 political militias, 5 rioters, 6 protesters, 7 civilians, 8 others",
    "actor2": "the other side",
    "inter2": "as inter1",
    "civilian_targeting": "'Civilian targeting' where the target are civilians",
    "country": "name of the country",
    "iso3": "ISO 3166 code of three letters",
    "location": "name of the place",
    "latitude": "degrees north, WGS84",
    "longitude": "degrees east, WGS84",
    "geo_precision": "1 town, 2 part of a region, 3 region",
    "source": "who says so, as the text names them",
    "notes": "the sentence of the trigger",
    "fatalities": "lowest reported number of people killed; 0 where none is reported",
    "tags": "disputed, background, several reports",
}

GED = {
    "id": "id of the event in this library",
    "year": "year of date_start",
    "type_of_violence": "1 a state is a side, 2 organised groups without a state, 3 one-sided against civilians",
    "side_a": "the acting side as the text names it",
    "side_b": "the other side",
    "number_of_sources": "number of independent sources",
    "source_article": "ids of the articles",
    "source_original": "who says so, as the text names them",
    "where_prec": "1 exact, 2 near, 4 region, 6 country only",
    "where_coordinates": "name of the place",
    "latitude": "degrees north, WGS84",
    "longitude": "degrees east, WGS84",
    "country": "name of the country",
    "event_clarity": "1 a single event, 2 a sum over several",
    "date_prec": "1 day, 2 two to six days, 3 week, 4 month, 5 year",
    "date_start": "first day of the window",
    "date_end": "last day of the window",
    "deaths_civilians": "people killed whom the text calls civilians, best estimate",
    "deaths_unknown": "people killed of unnamed or other group, best estimate",
    "best": "people killed, best estimate",
    "high": "people killed, highest; empty: open",
    "low": "people killed, lowest",
}

PLOVER = {
    "event_id": "id of the event in this library",
    "event_date": "first day of the window; empty: unknown",
    "event_type": "event type of PLOVER",
    "event_mode": "mode of PLOVER",
    "cameo": "nearest code of CAMEO",
    "quad_code": "verbal or material, cooperation or conflict",
    "actor_name": "the acting side as the text names it",
    "actor_sector": "kind of actor",
    "actor_country": "ISO 3166 code of three letters",
    "recipient_name": "the side acted upon",
    "recipient_sector": "kind of actor",
    "recipient_country": "ISO 3166 code of three letters",
    "placename": "name of the place",
    "country": "ISO 3166 code of three letters",
    "latitude": "degrees north, WGS84",
    "longitude": "degrees east, WGS84",
    "text": "the sentence of the trigger",
}

INTER = {
    "state": 1, "government": 1, "military": 1, "police": 1, "rebel": 2, "militia": 3, "party": 3, "crowd": 6,
    "civilians": 7, "population": 7, "person": 7, "media": 7, "source": 7, "igo": 8, "ngo": 8,
}  # fmt: skip
STATE = ("state", "government", "military", "police")
UNARMED = ("civilians", "crowd", "population", "media", "ngo")
_GEO = {"district": 1, "town": 1, "approximate": 2, "region": 3}
REAL = ("happened", "disputed")


def acled(events: Sequence[Event], actors: Iterable[Actor] = ()) -> pd.DataFrame:
    """The columns of an ACLED file."""
    rows, left_out = _sorted_out(events, "acled", _acled_date)
    return _table([_acled_row(event, codes) for event, codes in rows], ACLED, left_out)


def ged(events: Sequence[Event], actors: Iterable[Actor] = ()) -> pd.DataFrame:
    """The columns of a UCDP GED file; as there, only events with at least one death."""
    rows, left_out = _sorted_out(events, "ged", _ged_reason)
    return _table([_ged_row(event) for event, _ in rows], GED, left_out)


def plover(events: Sequence[Event], actors: Iterable[Actor] = ()) -> pd.DataFrame:
    """The columns of a POLECAT file, with PLOVER's codes."""
    countries = {actor.id: actor.country for actor in actors}
    rows, left_out = _sorted_out(events, "plover", _no_reason)
    return _table([_plover_row(event, codes, countries) for event, codes in rows], PLOVER, left_out)


def _sorted_out(
    events: Sequence[Event], scheme: str, reason_of: Callable[[Event], str | None]
) -> tuple[list[tuple[Event, tuple[Any, ...]]], dict[str, int]]:
    types = lexicon.load().types
    rows: list[tuple[Event, tuple[Any, ...]]] = []
    left_out: Counter[str] = Counter()
    for event in events:
        kind = types.get(event.type)
        codes = kind.codes(event.subtype) if kind else {}
        code = (None, None) if scheme == "ged" else codes.get(scheme) or ()
        if event.factuality not in REAL:
            left_out[f"told as {event.factuality}"] += 1
        elif scheme != "ged" and not (code and code[0]):
            left_out["no place in the scheme"] += 1
        elif reason := reason_of(event):
            left_out[reason] += 1
        else:
            quad = getattr(kind, "quad", None)
            rows.append((event, (*code, codes.get("cameo"), quad)))
    return rows, dict(sorted(left_out.items()))


def _table(rows: list[dict[str, Any]], columns: dict[str, str], left_out: dict[str, int]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame({name: _typed(name, [row[name] for row in rows]) for name in columns})
    table.attrs["left_out"] = left_out
    return table


def _typed(name: str, values: list[Any]) -> Any:
    if name in ("event_date", "date_start", "date_end"):
        return days(values)
    if name in ("latitude", "longitude"):
        return degrees(values)
    if name in _NUMBERS:
        return people(values)
    return as_column(values)


_NUMBERS = frozenset(
    "year time_precision inter1 inter2 geo_precision fatalities type_of_violence number_of_sources where_prec "
    "event_clarity date_prec deaths_civilians deaths_unknown best high low".split()
)


def _window(event: Event) -> int | None:
    """Number of days in the window; None if it is open."""
    when = event.when
    end = when.end or when.ongoing_at
    return None if when.start is None or end is None else (end - when.start).days + 1


def _acled_date(event: Event) -> str | None:
    window = _window(event)
    if window is None:
        return "no date"
    return "date vaguer than a month, or longer" if window > 31 else None


def _ged_reason(event: Event) -> str | None:
    if event.killed is None or not event.killed.low:
        return "no death reported"
    return "no date" if _window(event) is None else None


def _no_reason(_event: Event) -> str | None:
    return None


def _sides(event: Event) -> tuple[Role | None, Role | None]:
    acting, upon = sides(event)
    return (acting[0] if acting else None), (upon[0] if upon else None)


def _name(role: Role | None) -> str | None:
    if role is None:
        return None
    return role.name or "[protected]"


def _acled_row(event: Event, codes: tuple[Any, ...]) -> dict[str, Any]:
    first, second = _sides(event)
    start = event.when.start or dt.date.min
    window = _window(event) or 1
    place = event.place
    violent = lexicon.load().types[event.type].family in ("violence", "people")
    targeted = violent and second is not None and second.kind in UNARMED
    tags = [
        *(["disputed"] if event.factuality == "disputed" else []),
        *(["background"] if event.background else []),
        *([f"{len(event.members)} reports"] if len(event.members) > 1 else []),
    ]
    return {
        "event_id_cnty": event.id,
        "event_date": start,
        "year": start.year,
        "time_precision": 1 if window == 1 else 2 if window <= 7 else 3,
        "event_type": codes[0],
        "sub_event_type": _sub_event(codes[1], first),
        "actor1": _name(first),
        "inter1": INTER.get(first.kind) if first else None,
        "actor2": _name(second),
        "inter2": INTER.get(second.kind) if second else None,
        "civilian_targeting": "Civilian targeting" if targeted else None,
        "country": place and place.country_name,
        "iso3": place and place.country,
        "location": place and place.name,
        "latitude": place and place.lat,
        "longitude": place and place.lon,
        "geo_precision": {"district": 1, "town": 1, "approximate": 2, "region": 3}.get(
            (place and place.precision) or ""
        ),
        "source": event.attribution and event.attribution.source,
        "notes": event.sentence.text,
        "fatalities": (event.killed and event.killed.low) or 0,
        "tags": "; ".join(tags),
    }


def _sub_event(code: str, captor: Role | None) -> str:
    """Who took the place decides ACLED's sub-event type of a change of control."""
    if not code.startswith("by captor"):
        return code
    if captor is not None and captor.kind in STATE:
        return "Government regains territory"
    return "Non-state actor overtakes territory"


def _ged_row(event: Event) -> dict[str, Any]:
    first, second = _sides(event)
    start, end = event.when.start or dt.date.min, event.when.end or event.when.ongoing_at
    window = _window(event) or 1
    killed, place = event.killed, event.place
    best = killed and (killed.best if killed.best is not None else killed.low)
    civilians = min(_civilians(event), best or 0)
    prec = {"district": 1, "town": 1, "approximate": 2, "region": 4, "country": 6}
    articles = sorted({event.article, *(span.article for span in event.triggers if span.article)})
    return {
        "id": event.id,
        "year": start.year,
        "type_of_violence": _violence(event, first, second),
        "side_a": _name(first),
        "side_b": _name(second),
        "number_of_sources": event.n_sources,
        "source_article": "; ".join(articles),
        "source_original": event.attribution and event.attribution.source,
        "where_prec": prec.get((place and place.precision) or ""),
        "where_coordinates": place and place.name,
        "latitude": place and place.lat,
        "longitude": place and place.lon,
        "country": place and place.country_name,
        "event_clarity": 2 if event.type == "casualty_report" or event.when.kind != "point" else 1,
        "date_prec": next(code for code, limit in ((1, 1), (2, 6), (3, 7), (4, 31), (5, window)) if window <= limit),
        "date_start": start,
        "date_end": end,
        "deaths_civilians": civilians,
        "deaths_unknown": (best or 0) - civilians,
        "best": best,
        "high": killed and killed.high,
        "low": killed and killed.low,
    }


def _civilians(event: Event) -> int:
    """Killed civilians, in persons: the most that one source of one article counts, each person once."""
    sums: dict[tuple[str | None, str | None], int] = {}
    counts = event.counts
    for count in counts:
        if not _is_civilian(count) or count.superseded_by is not None:
            continue
        if count.subset_of is not None and _is_civilian(counts[count.subset_of]):
            continue
        teller = (count.span.article, None if count.claim_set is None else count.source)
        sums[teller] = sums.get(teller, 0) + (count.best or count.low or 0)
    return max(sums.values(), default=0)


def _is_civilian(count: Count) -> bool:
    group = (count.group or "").lower()
    return count.harm == "killed" and count.scope != "period" and "civilian" in group


def _violence(event: Event, first: Role | None, second: Role | None) -> int | None:
    if event.type in ("massacre", "execution") or (second is not None and second.kind in UNARMED):
        return 3
    kinds = [role.kind for role in (first, second) if role is not None]
    if any(kind in STATE for kind in kinds):
        return 1
    armed = [kind for kind in kinds if kind in ("rebel", "militia")]
    return 2 if len(armed) == 2 else None


def _plover_row(event: Event, codes: tuple[Any, ...], countries: dict[str, str | None]) -> dict[str, Any]:
    first, second = _sides(event)
    place = event.place
    return {
        "event_id": event.id,
        "event_date": event.when.start,
        "event_type": codes[0],
        "event_mode": codes[1],
        "cameo": codes[2],
        "quad_code": codes[3],
        "actor_name": _name(first),
        "actor_sector": first and first.kind,
        "actor_country": countries.get(first.actor or "") if first else None,
        "recipient_name": _name(second),
        "recipient_sector": second and second.kind,
        "recipient_country": countries.get(second.actor or "") if second else None,
        "placename": place and place.name,
        "country": place and place.country,
        "latitude": place and place.lat,
        "longitude": place and place.lon,
        "text": event.sentence.text,
    }
