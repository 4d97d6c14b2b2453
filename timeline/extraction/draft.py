"""An event in the making: one trigger mention with what has been worked out around it."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.language.document import Token
from timeline.records import Actor, Attribution, Claim, Count, Evidence, Mention, Place, Role, Trigger, When

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One trigger mention, its head token, and the fields found so far.

    Parameters
    ----------
    own_date : bool
        Whether the date stands in the text for this mention, rather than being inferred.
    mentions : tuple of Mention
        The trigger mentions that tell the same happening, the best first.
    """

    token: Token
    mentions: tuple[Mention[Trigger], ...]
    type: str
    subtype: str | None
    factuality: str
    background: bool
    attribution: Attribution | None
    when: When
    own_date: bool = False
    dated_by: str = "dating/none"
    roles: tuple[Role, ...] = ()
    place: Place | None = None
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[When, ...] = ()
    plural: bool = False
    definite: bool = False
    definite_target: bool = False

    @property
    def mention(self) -> Mention[Trigger]:
        """The mention that names the happening best."""
        return self.mentions[0]

    def role(self, name: str) -> tuple[Role, ...]:
        """The fillers of one role."""
        return tuple(role for role in self.roles if role.role == name)


def actor_ids(roles: tuple[Role, ...]) -> frozenset[str]:
    """The ids of the actors in some roles."""
    return frozenset(role.actor for role in roles if role.actor)


def actor_role(name: str, mention: Mention[Actor]) -> Role:
    """A role filled by a found actor."""
    actor = mention.value
    return Role(name, actor.id, actor.name, actor.kind, mention.span)


def bare(text: str) -> str:
    """A phrase without its article."""
    words = " ".join(text.split())
    for article in ("the ", "a ", "an "):
        if words.lower().startswith(article):
            return words[len(article) :]
    return words
