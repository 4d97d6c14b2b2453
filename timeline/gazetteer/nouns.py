"""Role nouns: the common words for people and bodies that act or suffer in a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

from timeline.errors import LexiconError
from timeline.gazetteer.table import read_rows
from timeline.records import ActorKind

__all__ = ["Noun", "nouns"]

_KINDS = frozenset(get_args(ActorKind))


@dataclass(frozen=True, slots=True)
class Noun:
    """A role noun in the singular, one word or several.

    Parameters
    ----------
    noun : str
        The lemma, lower case unless it is always written with capitals.
    kind : str
        What kind of actor it names.
    person : bool
        Whether it counts people ("three villagers"), not bodies ("three brigades").
    armed : bool
        Whether it takes part in the fighting.
    """

    noun: str
    kind: ActorKind
    person: bool
    armed: bool
    example: str


@cache
def nouns() -> Mapping[str, Noun]:
    """All role nouns by lemma; keys of several words are joined by single spaces.

    Returns
    -------
    Mapping of str to Noun
        Read-only; the order is that of the file.

    Raises
    ------
    LexiconError
        If the table holds an unknown kind or a wrong flag.

    Examples
    --------
    >>> nouns()["soldier"].kind, nouns()["aid worker"].person
    ('military', True)
    """
    found: dict[str, Noun] = {}
    for where, row in read_rows("nouns.csv", ("noun", "kind", "person", "armed", "example")):
        noun, kind = row["noun"], row["kind"]
        if kind not in _KINDS:
            raise LexiconError(f"unknown kind {kind!r}", where=where, advice=f"one of {', '.join(sorted(_KINDS))}")
        if noun in found:
            raise LexiconError(f"{noun!r} stands twice", where=where, advice="keep one row")
        person, armed = _flag(row["person"], where), _flag(row["armed"], where)
        found[noun] = Noun(noun, cast(ActorKind, kind), person, armed, row["example"])
    return MappingProxyType(found)


def _flag(value: str, where: str) -> bool:
    if value not in {"yes", "no"}:
        raise LexiconError(f"wrong flag {value!r}", where=where, advice="write yes or no")
    return value == "yes"
