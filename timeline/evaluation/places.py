"""Places of short reports against one gold city and country each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from timeline.evaluation.figures import Miss, Scores
from timeline.gazetteer import fold, lookup, skeleton, state_names
from timeline.records import Event, Mention, Place

__all__ = ["score_places"]

NEAR = 25.0
_BROAD = ("country", "region")


def score_places(
    gold: Iterable[Mapping[str, Any]], events: Iterable[Event], found: Mapping[str, Sequence[Mention[Place]]]
) -> Scores:
    """Measure where reports of one happening each say that it happened.

    Parameters
    ----------
    gold : iterable of mappings
        Reports with ``id``, ``text`` and ``location`` (``city`` and ``country``, in English, either may be null).
    events : iterable of Event
        Of all reports; their ``article`` is the report's id.
    found : mapping
        Id of the report to the places found in it.

    Returns
    -------
    Scores
        ``countries``: share of reports whose place lies in the gold's country, of those whose country is a state of
        the lexicon; ``cities``: share whose place is the city, of those whose text names the city; ``cities_found``:
        share of these where the city is among the places found.

    Notes
    -----
    The place of a report is that of its first event in the news (not background) that is narrower than a region, else
    the first such place found, else the first place of an event or of the text at all; its country, where that has
    none, is the one that most places lie in. A place is the city if it has its name (letters and sounds folded) and
    country, or lies within 25 km of it, as a district does.

    Examples
    --------
    >>> score_places([{"id": "a", "text": "Calm.", "location": {"city": None, "country": "Chad"}}], [], {}).figures
    {'countries': 0.0, 'countries_n': 1, 'cities': 0.0, 'cities_found': 0.0, 'cities_n': 0}
    """
    by_article: dict[str, list[Event]] = {}
    for event in events:
        by_article.setdefault(event.article, []).append(event)
    tally: Counter[str] = Counter()
    errors: list[Miss] = []
    for row in gold:
        name, wanted = str(row["id"]), row.get("location") or {}
        mentions = list(found.get(name, ()))
        told = [event.place for event in by_article.get(name, []) if event.place is not None and not event.background]
        place, country = _told(told, [mention.value for mention in mentions])
        code = state_names().get(fold(str(wanted.get("country") or "")))
        if code is not None:
            tally.update(countries_n=1, countries=int(country == code))
            if country != code:
                errors.append(Miss("country", name, _start(row), str(country), str(wanted["country"])))
        city = str(wanted.get("city") or "")
        if not city or fold(city) not in fold(str(row["text"])):
            continue
        right = place is not None and _is_city(place, place.name, city, code)
        known = any(_is_city(mention.value, mention.span.text, city, code) for mention in mentions)
        tally.update(cities_n=1, cities=int(right), cities_found=int(known))
        if not right:
            kind = "city" if known else "city not found"
            errors.append(Miss(kind, name, _start(row), str(place.name if place else None), city))
    shares = {
        "countries": tally["countries"] / (tally["countries_n"] or 1),
        "countries_n": tally["countries_n"],
        "cities": tally["cities"] / (tally["cities_n"] or 1),
        "cities_found": tally["cities_found"] / (tally["cities_n"] or 1),
        "cities_n": tally["cities_n"],
    }
    return Scores(shares, tuple(errors))


def _told(events: Sequence[Place], mentions: Sequence[Place]) -> tuple[Place | None, str | None]:
    """The place of a report and its country."""
    ordered = [
        *(place for place in events if place.precision not in _BROAD),
        *(place for place in mentions if place.precision not in _BROAD),
        *events,
        *mentions,
    ]
    place = ordered[0] if ordered else None
    votes = Counter(other.country for other in (*events, *mentions) if other.country)
    usual = min(votes, key=lambda code: (-votes[code], code), default=None)
    return place, (place.country if place is not None else None) or usual


def _is_city(place: Place, words: str | None, city: str, code: str | None) -> bool:
    if code is not None and place.country not in {None, code}:
        return False
    names = {skeleton(name) for name in (place.name, words) if name}
    if skeleton(city) in names:
        return True
    if place.lat is None or place.lon is None:
        return False
    return any(
        _kilometres(place.lat, place.lon, spot.lat, spot.lon) <= NEAR
        for spot in lookup(city)
        if spot.feature == "town" and spot.country == (code or place.country)
    )


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    wide = math.cos(math.radians((lat + other_lat) / 2))
    return 111.2 * math.hypot(lat - other_lat, (lon - other_lon) * wide)


def _start(row: Mapping[str, Any]) -> str:
    return str(row["text"])[:160]
