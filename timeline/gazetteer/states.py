"""States and seats of power: names, demonyms, capitals, parliaments, palaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

from timeline.errors import LexiconError
from timeline.gazetteer.folding import fold
from timeline.gazetteer.table import read_rows, split
from timeline.records import ActorKind

__all__ = ["Seat", "State", "demonyms", "seats", "state_names", "states"]

_COLUMNS = (
    "iso3", "iso2", "name", "official", "aliases", "demonyms", "people", "capital", "capital_aliases", "forces",
    "start", "end", "part_of", "lat", "lon",
)  # fmt: skip
_KINDS = frozenset(get_args(ActorKind))


@dataclass(frozen=True, slots=True)
class State:
    """A state, past or present, or a territory that is written about as one.

    Parameters
    ----------
    iso3, iso2 : str
        ISO 3166-1 codes; own codes that begin with X (and old ISO codes) where the standard has none.
    demonyms : tuple of str
        Adjectives of nationality ("Syrian").
    people : tuple of str
        Singular nouns for nationals, where they differ from the adjective ("Briton").
    part_of : str or None
        The state that claims or succeeded it.
    lat, lon : float
        Degrees; the mean of its larger towns.
    """

    iso3: str
    iso2: str
    name: str
    official: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    capital_aliases: tuple[str, ...]
    forces: tuple[str, ...]
    start: int | None
    end: int | None
    part_of: str | None
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Seat:
    """A building or body that stands for a government; country is None where the document decides."""

    name: str
    country: str | None
    kind: ActorKind
    example: str


@cache
def states() -> Mapping[str, State]:
    """All states by ISO 3166-1 alpha-3 code.

    Raises
    ------
    LexiconError
        If a code stands twice or a number is not one.

    Examples
    --------
    >>> states()["SYR"].capital, states()["SYR"].demonyms
    ('Damascus', ('Syrian',))
    """
    found: dict[str, State] = {}
    for where, row in read_rows("states.csv", _COLUMNS):
        code = row["iso3"]
        if len(code) != 3 or code in found:
            raise LexiconError(f"wrong or repeated code {code!r}", where=where, advice="three letters, each once")
        try:
            start, end = (int(row[name]) if row[name] else None for name in ("start", "end"))
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError as error:
            raise LexiconError(str(error), where=where, advice="years and degrees are numbers") from error
        found[code] = State(
            code, row["iso2"], row["name"], row["official"], split(row["aliases"]), split(row["demonyms"]),
            split(row["people"]), row["capital"], split(row["capital_aliases"]), split(row["forces"]), start, end,
            row["part_of"] or None, lat, lon,
        )  # fmt: skip
    return MappingProxyType(found)


@cache
def state_names() -> Mapping[str, str]:
    """ISO code by folded name, official name or alias.

    Examples
    --------
    >>> state_names()["burma"], state_names()["us"], state_names()["cote divoire"]
    ('MMR', 'USA', 'CIV')
    """
    found: dict[str, str] = {}
    for code, state in states().items():
        for name in (state.name, state.official, *state.aliases):
            found.setdefault(fold(name.removeprefix("the ").removeprefix("The ")), code)
    return MappingProxyType(found)


@cache
def demonyms() -> Mapping[str, str]:
    """ISO code by demonym, adjective or noun, singular or plural, in its usual case and in capitals.

    Examples
    --------
    >>> demonyms()["Syrians"], demonyms()["Britons"], demonyms()["French"]
    ('SYR', 'GBR', 'FRA')
    """
    found: dict[str, str] = {}
    for code, state in states().items():
        for word in (*state.demonyms, *state.people):
            for form in (word, plural(word)):
                found.setdefault(form, code)
                if len(form) > 3:
                    found.setdefault(form.upper(), code)
    return MappingProxyType(found)


def plural(word: str) -> str:
    """The plural of a demonym; those in -ese, -sh, -ch and -ss have none.

    Examples
    --------
    >>> plural("Syrian"), plural("Frenchman"), plural("Chinese")
    ('Syrians', 'Frenchmen', 'Chinese')
    """
    if word.endswith("man") and not word.endswith(("German", "Roman")):
        return word.removesuffix("man") + "men"
    if word.endswith(("ese", "sh", "ch", "ss", ".", "US", "UK", "USA")):
        return word
    return word + "s"


@cache
def seats() -> Mapping[str, Seat]:
    """Seats of power by folded name.

    Examples
    --------
    >>> seats()["kremlin"].country, seats()["pentagon"].kind
    ('RUS', 'military')
    """
    found: dict[str, Seat] = {}
    for where, row in read_rows("seats.csv", ("seat", "country", "kind", "example")):
        if row["country"] and row["country"] not in states():
            raise LexiconError(f"unknown country {row['country']!r}", where=where, advice="use the code of states.csv")
        if row["kind"] not in _KINDS:
            raise LexiconError(f"unknown kind {row['kind']!r}", where=where, advice="use a kind of actor")
        kind = cast(ActorKind, row["kind"])
        found[fold(row["seat"])] = Seat(row["seat"], row["country"] or None, kind, row["example"])
    return MappingProxyType(found)
