"""Who takes part in an event, for a picture: actors with a name, and groups that the texts do not name.

"People" in two reports are not one actor: a group without a name is only ever counted with others of its kind, and
called so.
"""

from __future__ import annotations

from timeline.charts.text import tidy
from timeline.records import Event, Role

PROTECTED = "protected persons"
UNNAMED = {
    "state": "unnamed states",
    "government": "unnamed officials",
    "military": "unnamed soldiers",
    "police": "unnamed police",
    "rebel": "unnamed rebels",
    "militia": "unnamed militias",
    "party": "unnamed parties",
    "igo": "unnamed international staff",
    "ngo": "unnamed organisations",
    "person": "unnamed persons",
    "civilians": "unnamed civilians",
    "crowd": "unnamed crowds",
    "population": "unnamed population",
    "unknown": "unnamed others",
}
NO_ACTORS = ("facility", "object", "media", "source")
NO_PARTIES = (
    "place",
    "weapon",
    "post",
    "from_place",
    "to_place",
    "origin",
    "destination",
    "size",
    "content",
    "demand",
    "topic",
    "measure",
)


def taking_part(event: Event) -> tuple[Role, ...]:
    """The roles of those who act, are acted upon or speak: no things, places or topics."""
    return tuple(role for role in event.roles if _is_party(role))


def _is_party(role: Role) -> bool:
    if role.kind in NO_ACTORS or role.role in NO_PARTIES:
        return False
    return role.actor is not None or role.kind != "unknown" or not (role.name or "")[:1].islower()


def has_name(role: Role) -> bool:
    """Whether a participant is named: known over articles by its id, or without any id called by a proper name.

    An id with ``@`` is one of its article alone ("the gunmen").

    Examples
    --------
    >>> from timeline.records import Span
    >>> has_name(Role("target", "people@a1", "people", "civilians", Span(0, 6, "people")))
    False
    >>> has_name(Role("captor", "river-front", "River Front", "rebel", Span(0, 11, "River Front")))
    True
    """
    if role.span.redacted or not tidy(role.name or ""):
        return False
    if role.actor is not None:
        return "@" not in role.actor
    return role.kind != "unknown" and not tidy(role.name or "")[:1].islower()


def named(event: Event) -> tuple[str, ...]:
    """Names of those who take part and have one, each once, in the order of the record."""
    return tuple(dict.fromkeys(tidy(role.name or "") for role in taking_part(event) if has_name(role)))


def unnamed(event: Event) -> tuple[str, ...]:
    """What kinds of unnamed groups and protected persons take part, each once."""
    kinds = (
        PROTECTED if role.span.redacted else UNNAMED.get(role.kind, UNNAMED["unknown"])
        for role in taking_part(event)
        if not has_name(role)
    )
    return tuple(dict.fromkeys(kinds))


def parties(event: Event) -> tuple[str, ...]:
    """All who take part: names first, then the kinds of those without one."""
    return named(event) + unnamed(event)
