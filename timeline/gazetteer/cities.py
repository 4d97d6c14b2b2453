"""Where names lie: towns and regions of GeoNames, war towns of our own, and the states themselves."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from timeline.errors import LexiconError
from timeline.gazetteer.folding import fold, skeleton
from timeline.gazetteer.states import state_names, states
from timeline.gazetteer.table import read_rows, split

__all__ = ["Spot", "lookup", "similar"]

FEATURES = ("town", "district", "county", "region", "country", "area", "feature")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a name can stand for.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code; empty for places across borders.
    lat, lon : float
        Degrees, WGS84.
    population : int
        Inhabitants of a town; for the rest a weight on the same scale.
    feature : str
        town, district, county, region, country, area (across borders), feature (river, mountain, road).
    own : bool
        Whether it was found under its own name, not another one.
    """

    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    feature: str
    own: bool = True


@cache
def _table() -> tuple[bytes, bytes, bytes]:
    packed = (files("timeline") / "lexicons" / "cities.tsv.gz").read_bytes()
    places, names, sounds = gzip.decompress(packed).split(b"\n\n")
    return places + b"\n", b"\n" + names + b"\n", b"\n" + sounds


@cache
def _codes() -> Mapping[str, str]:
    return {state.iso2: code for code, state in states().items() if state.iso2}


@cache
def extras() -> Mapping[str, tuple[Spot, ...]]:
    """Places of our own table by folded name.

    Raises
    ------
    LexiconError
        If a country or feature is unknown or a number is not one.

    Examples
    --------
    >>> extras()["darfur"][0].feature
    'region'
    """
    found: dict[str, tuple[Spot, ...]] = {}
    columns = ("name", "country", "feature", "lat", "lon", "weight", "aliases")
    for where, row in read_rows("places_extra.csv", columns):
        if row["country"] and row["country"] not in states():
            raise LexiconError(f"unknown country {row['country']!r}", where=where, advice="use the code of states.csv")
        if row["feature"] not in FEATURES:
            raise LexiconError(f"unknown feature {row['feature']!r}", where=where, advice=", ".join(FEATURES))
        try:
            lat, lon, weight = float(row["lat"]), float(row["lon"]), int(row["weight"])
        except ValueError as error:
            raise LexiconError(str(error), where=where, advice="degrees and weights are numbers") from error
        spot = Spot(row["name"], row["country"], "", lat, lon, weight, row["feature"])
        for name in (row["name"], *split(row["aliases"])):
            found[fold(name)] = (*found.get(fold(name), ()), spot)
    return MappingProxyType(found)


def lookup(name: str) -> tuple[Spot, ...]:
    """All places that bear a name, in the order: our own table, states, GeoNames by population.

    Takes at most 0.3 s the first time, microseconds afterwards.

    Examples
    --------
    >>> [(spot.name, spot.country) for spot in lookup("Homs")][:1]
    [('Homs', 'SYR')]
    >>> {spot.country for spot in lookup("Tripoli")} >= {"LBY", "LBN"}
    True
    """
    key = fold(name)
    return _lookup(key.removeprefix("the ") if key.startswith("the ") else key)


@lru_cache(maxsize=65536)
def _lookup(key: str) -> tuple[Spot, ...]:
    found = list(extras().get(key, ()))
    if (code := state_names().get(key)) is not None:
        state = states()[code]
        found.append(Spot(state.name, code, "", state.lat, state.lon, 50_000_000, "country"))
    if not key:
        return ()
    taken = {(spot.name, spot.country, spot.feature) for spot in found}
    found += [
        spot
        for spot in _listed(key)
        if (spot.name, spot.country, spot.feature) not in taken and not any(_doubles(spot, own) for own in found)
    ]
    return tuple(found)


def _doubles(spot: Spot, own: Spot) -> bool:
    """Whether a listed town is the town or district that stands in our own table."""
    near = abs(spot.lat - own.lat) < 0.15 and abs(spot.lon - own.lon) < 0.15
    return near and spot.feature == "town" and own.feature in {"town", "district"} and spot.country == own.country


def similar(name: str, country: str) -> tuple[Spot, ...]:
    """The places of a country whose consonants are those of a name: other spellings of it, mostly of Arabic names.

    Examples
    --------
    >>> [(spot.country, spot.feature) for spot in similar("Mahmoodiyah", "IRQ")]
    [('IRQ', 'town')]
    """
    state = states().get(country)
    key = skeleton(name)
    if state is None or not state.iso2 or len(key) < 3:
        return ()
    places, _, sounds = _table()
    return tuple(
        _spot(places, offset) for offset in _line(sounds, f"{state.iso2} {key}".encode("utf-8", "surrogatepass"))
    )


def _listed(key: str) -> list[Spot]:
    places, names, _ = _table()
    return [_spot(places, offset) for offset in _line(names, key.encode("utf-8", "surrogatepass"))]


def _line(block: bytes, wanted: bytes) -> list[str]:
    """The offsets that a sorted block of lines holds for a key, by halving."""
    low, high = 0, len(block)
    while low < high:
        middle = block.find(b"\n", (low + high) // 2, high)
        if middle < 0:
            middle = block.find(b"\n", low, high)
            if middle < 0:
                break
        end = block.find(b"\n", middle + 1)
        if end < 0:
            high = middle
            continue
        found, _, offsets = block[middle + 1 : end].partition(b"\t")
        if found == wanted:
            return offsets.decode().split(" ")
        if found < wanted:
            low = end
        else:
            high = middle if middle > low else low
    return []


def _spot(places: bytes, offset: str) -> Spot:
    start = int(offset.removeprefix("~"), 16)
    line = places[start : places.index(b"\n", start)].decode()
    name, iso2, region, lat, lon, population, feature = line.split("\t")
    code = _codes().get(iso2, iso2)
    return Spot(name, code, region, float(lat), float(lon), int(population), feature, not offset.startswith("~"))
