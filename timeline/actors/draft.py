"""What the readers of names and nouns hand to coreference."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.records import ActorKind, MentionKind

__all__ = ["Draft", "slug"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention before it is known who is meant.

    Parameters
    ----------
    first, last, token : int
        First, last and head token in the document.
    key : str or None
        Id of the actor where the words alone tell it.
    country : str or None
        ISO 3166-1 alpha-3 code that the words themselves give.
    lemma : str
        Head noun of a nominal, in the singular; empty for names.
    title : str or None
        Title before or beside the name.
    definite : bool
        Told as known: with "the", "this", a possessive.
    """

    first: int
    last: int
    token: int
    how: MentionKind
    kind: ActorKind
    name: str
    rule: str
    key: str | None = None
    country: str | None = None
    plural: bool = False
    person: bool = False
    definite: bool = False
    lemma: str = ""
    title: str | None = None
    protected: bool = False
    counted: bool = False


def slug(name: str) -> str:
    """An id that is readable in a URL.

    Examples
    --------
    >>> slug("Free Syrian Army"), slug("Séléka (ex)"), slug("B'Tselem")
    ('free-syrian-army', 'seleka-ex', 'btselem')
    """
    from timeline.gazetteer import fold

    plain = "".join(char if char.isalnum() else " " for char in fold(name))
    return "-".join(plain.split()) or "unnamed"
