"""Persons across articles: one id for a full name and its shorter or otherwise spelled forms, by evidence alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from timeline.actors.draft import slug
from timeline.actors.naming import name_parts, spelling
from timeline.gazetteer import skeleton, titles
from timeline.records import Actor

__all__ = ["same_persons"]


def same_persons(actors: Iterable[Actor]) -> Mapping[str, str]:
    """Which ids of persons stand for a person with a fuller name.

    Joined are a name whose words, at least a given name and the surname, are all in the other ("Moaz al-Khatib", "Ahmed
    Moaz al-Khatib"); two spellings of one given name and surname whose bearers hold one office; and a surname whose
    bearer holds the office of a person of that surname. A surname alone joins nothing, nor do names that fit two
    persons, or persons of different countries.

    Parameters
    ----------
    actors : iterable of Actor
        Each id once, with all its titles. Only those whose id was made of their name are looked at, so that what a
        user has told apart stays apart.

    Returns
    -------
    mapping of str to str
        The id to use by the id given; ids that stay are not in it.

    Examples
    --------
    >>> same_persons([Actor("omar-sabri", "Omar Sabri", "person"), Actor("ali-omar-sabri", "Ali Omar Sabri", "person")])
    {'omar-sabri': 'ali-omar-sabri'}
    """
    families: dict[str, list[tuple[tuple[str, ...], Actor]]] = {}
    for actor in actors:
        if actor.kind == "person" and actor.name and actor.id == slug(actor.name):
            parts = tuple(spelling(part) for part in name_parts(actor.name))
            if parts:
                families.setdefault(parts[-1], []).append((parts, actor))
    root: dict[str, str] = {}
    for family in families.values():
        family.sort(key=lambda pair: (-len(pair[0]), pair[1].id))
        for index, (parts, actor) in enumerate(family):
            fitting = {
                root.get(other.id, other.id)
                for fuller, other in family[:index]
                if _is_same(parts, actor, fuller, other)
            }
            if len(fitting) == 1:
                root[actor.id] = fitting.pop()
    return dict(sorted(root.items()))


def _is_same(parts: tuple[str, ...], actor: Actor, fuller: tuple[str, ...], other: Actor) -> bool:
    """Whether the evidence is enough that a name is a form of a fuller one with the same surname."""
    if actor.country and other.country and actor.country != other.country:
        return False
    if len(parts) > 1 and set(parts) <= set(fuller):
        return True
    if len(fuller) == 1 or not _offices(actor) & _offices(other):
        return False
    return len(parts) == 1 or [skeleton(part) for part in parts] == [skeleton(part) for part in fuller]


def _offices(actor: Actor) -> set[str]:
    known = titles()
    return {title.title for title in actor.titles if (rank := known.get(title.title)) is not None and rank.office}
