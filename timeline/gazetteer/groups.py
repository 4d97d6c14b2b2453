"""Armed groups, forces, parties, alliances, agencies and media that conflict news names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

from timeline.errors import LexiconError
from timeline.gazetteer.folding import fold
from timeline.gazetteer.states import states
from timeline.gazetteer.table import read_rows, split
from timeline.records import ActorKind

__all__ = ["Group", "Rank", "group_names", "groups", "titles"]

_KINDS = frozenset(get_args(ActorKind))
_COLUMNS = ("name", "kind", "country", "start", "end", "aliases", "conflict", "source")


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation with its other names; years in which it was active."""

    name: str
    kind: ActorKind
    country: str | None
    start: int | None
    end: int | None
    aliases: tuple[str, ...]
    conflict: str
    source: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A title that stands before a name; an office has one holder per country at a time."""

    title: str
    kind: ActorKind
    office: bool
    example: str


@cache
def groups() -> Mapping[str, Group]:
    """All groups by name.

    Raises
    ------
    LexiconError
        If a name stands twice, or a kind, country or year is wrong.

    Examples
    --------
    >>> groups()["Free Syrian Army"].aliases[0], groups()["Free Syrian Army"].country
    ('FSA', 'SYR')
    """
    found: dict[str, Group] = {}
    for where, row in read_rows("groups.csv", _COLUMNS):
        name, kind, country = row["name"], row["kind"], row["country"]
        if name in found:
            raise LexiconError(f"{name!r} stands twice", where=where, advice="keep one row")
        if kind not in _KINDS:
            raise LexiconError(f"unknown kind {kind!r}", where=where, advice="use a kind of actor")
        if country and country not in states():
            raise LexiconError(f"unknown country {country!r}", where=where, advice="use the code of states.csv")
        if any(row[year] and not row[year].isdigit() for year in ("start", "end")):
            raise LexiconError("a year is not a number", where=where, advice="write years as 2011")
        start, end = (int(row[year]) if row[year] else None for year in ("start", "end"))
        found[name] = Group(
            name, cast(ActorKind, kind), country or None, start, end, split(row["aliases"]), row["conflict"],
            row["source"],
        )  # fmt: skip
    return MappingProxyType(found)


@cache
def group_names() -> Mapping[str, tuple[Group, ...]]:
    """The groups that bear a name or alias; the key is folded, acronyms keep their case.

    Examples
    --------
    >>> [group.name for group in group_names()["RSF"]]
    ['Rapid Support Forces', 'Reporters Without Borders']
    """
    found: dict[str, tuple[Group, ...]] = {}
    for group in groups().values():
        for name in (group.name, *group.aliases):
            key = name if is_acronym(name) else fold(name.removeprefix("the ").removeprefix("The "))
            if group not in found.get(key, ()):
                found[key] = (*found.get(key, ()), group)
    return MappingProxyType(found)


def is_acronym(name: str) -> bool:
    """Whether a name is one word that is mostly capitals: FSA, MNF-I, M23, LeT.

    Examples
    --------
    >>> is_acronym("FSA"), is_acronym("LeT"), is_acronym("U.N."), is_acronym("Hamas")
    (True, True, True, False)
    """
    letters = [char for char in name if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    numbered = any(char.isdigit() for char in name) and 0 < capitals == len(letters)
    return " " not in name and len(name) <= 10 and (numbered or (capitals >= 2 and 3 * capitals >= 2 * len(letters)))


@cache
def titles() -> Mapping[str, Rank]:
    """Titles and ranks that stand before names, by lower-case form without dots.

    Examples
    --------
    >>> titles()["prime minister"].office, titles()["colonel"].kind
    (True, 'military')
    """
    found: dict[str, Rank] = {}
    for where, row in read_rows("titles.csv", ("title", "kind", "office", "example")):
        if row["kind"] not in _KINDS or row["office"] not in {"yes", "no"}:
            raise LexiconError("wrong kind or flag", where=where, advice="a kind of actor; yes or no")
        rank = Rank(row["title"], cast(ActorKind, row["kind"]), row["office"] == "yes", row["example"])
        found[row["title"].casefold().replace(".", "")] = rank
    return MappingProxyType(found)
