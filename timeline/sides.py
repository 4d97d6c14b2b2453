"""Who acts upon whom in an event, by the names of its roles."""

from __future__ import annotations

from timeline.records import Event, Role

__all__ = ["sides"]

ACTING = (
    "perpetrator", "side_a", "besieger", "captor", "force", "provider", "defector", "plotters", "by", "authority",
    "protesters", "imposer", "speaker", "displaced", "parties", "person", "mediator", "instigator", "sender", "counted",
)  # fmt: skip
ACTED_UPON = (
    "target", "side_b", "besieged", "loser", "victims", "to_actor", "against", "recipient", "from", "detainees",
    "released", "addressee", "parties", "person", "to",
)  # fmt: skip


def sides(event: Event) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """The roles of the acting side and of the side acted upon, the foremost first.

    Where one role names all parties, as in a ceasefire, the first party stands on the one side and the others on the
    other. No actor stands on both sides.

    Examples
    --------
    >>> from timeline.records import Span, When
    >>> roles = tuple(
    ...     Role(role, name, name, "unknown", Span(0, 0, ""))
    ...     for role, name in (("target", "market"), ("perpetrator", "army"))
    ... )
    >>> event = Event("e", "a", "shelling", None, Span(0, 0, ""), When(), roles, None, (), None, None, "happened",
    ...     False, Span(0, 0, ""), None, 1.0)
    >>> [[role.name for role in side] for side in sides(event)]
    [['army'], ['market']]
    """
    acting = [role for name in ACTING for role in event.roles if role.role == name]
    if acting:
        first = acting[0].role
        acting = acting[:1] if first in ("parties", "person") else [role for role in acting if role.role == first]
    known = {_key(role) for role in acting}
    upon = []
    for name in ACTED_UPON:
        for role in event.roles:
            if role.role == name and _key(role) not in known:
                known.add(_key(role))
                upon.append(role)
    return tuple(acting), tuple(upon)


def _key(role: Role) -> tuple[str | None, str | None, int]:
    return (role.actor, role.name, role.span.start if role.actor is None and role.name is None else -1)
