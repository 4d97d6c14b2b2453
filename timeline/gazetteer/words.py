"""Small word lists that the finders share: verbs of speech, particles of names, words that type organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from timeline.errors import LexiconError
from timeline.gazetteer.states import states
from timeline.gazetteer.table import read_rows

__all__ = ["People", "peoples", "words"]


@dataclass(frozen=True, slots=True)
class People:
    """A people that is no nationality; the country is the one it is mostly written about in, or None."""

    person: str
    people: str
    adjective: str
    country: str | None


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for where, row in read_rows("actor_words.csv", ("list", "word", "value")):
        words = found.setdefault(row["list"], {})
        if row["word"] in words:
            raise LexiconError(f"{row['word']!r} stands twice", where=where, advice="keep one row")
        words[row["word"]] = row["value"]
    for name in ("calendar", "notname"):
        capitals = {word.upper(): value for word, value in found.get(name, {}).items() if len(word) > 3}
        found[name] = {**capitals, **found.get(name, {})}
    return MappingProxyType(found)


def words(name: str) -> Mapping[str, str]:
    """The words of a list, each with its value (empty where the list has none).

    Raises
    ------
    KeyError
        If there is no such list.

    Examples
    --------
    >>> "say" in words("speech"), words("orgword")["ministry"]
    (True, 'government')
    """
    return _lists()[name]


@cache
def peoples() -> Mapping[str, People]:
    """Peoples by singular, plural and adjective.

    Examples
    --------
    >>> peoples()["Kurds"].adjective, peoples()["Alawite"].country
    ('Kurdish', 'SYR')
    """
    found: dict[str, People] = {}
    for where, row in read_rows("peoples.csv", ("person", "people", "adjective", "country")):
        if row["country"] and row["country"] not in states():
            raise LexiconError(f"unknown country {row['country']!r}", where=where, advice="use the code of states.csv")
        people = People(row["person"], row["people"], row["adjective"], row["country"] or None)
        for word in (people.person, people.people, people.adjective):
            found.setdefault(word, people)
    return MappingProxyType(found)
