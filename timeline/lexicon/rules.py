"""What a lexicon holds: event types, roles, trigger rules, traps, word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from timeline.records import Factuality

__all__ = ["Conditions", "Cues", "EventType", "Lexicon", "Pattern", "RoleSpec", "TrapRule", "TriggerRule"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold around the word; empty fields ask for nothing, filled ones must all hold.

    A list is met by any of its items. An item is a lemma, or a class with an at sign: ``@armed``, ``@person``,
    ``@place``, ``@name`` (built in), or a word class of the lexicon such as ``@weapon``; ``@none``: no such word,
    ``@any``: some such word.

    Parameters
    ----------
    subject, object : tuple of str
        Logical subject (agent of a passive) and object (subject of a passive) of a verb.
    modifier : tuple of str
        Adjectives, compounds and possessors before a noun; adverbs and particles of a verb.
    head : tuple of str
        The verb or noun that the word depends on.
    prep : tuple of (str, tuple of str)
        Preposition, and what must follow it.
    sentence : tuple of str
        Words anywhere in the sentence.
    near : tuple of str
        Words at most four tokens away.
    needs : tuple of str
        Evidence of conflict, any of which must stand in the sentence.
    passive : bool or None
        Whether a verb must be passive.
    form : tuple of str
        Penn Treebank tags.
    """

    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    modifier: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    prep: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sentence: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    passive: bool | None = None
    form: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) not in ((), None) for item in fields(self))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words of one of three shapes, the conditions under which they count, and those under which they do not.

    ``verb``: a verb, with its particle if any ("gun down"); ``noun``: a noun with the words directly before it
    ("car bomb"); ``phrase``: a verb or noun and words that follow it at most a few tokens apart ("come under fire"),
    or its object before it in the passive; a word with an exclamation mark must stand as it is; ``text``: words in a
    row, as printed, in lower case.
    """

    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    when: Conditions = field(default_factory=Conditions)
    unless: tuple[Conditions, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """A role of an event type and the syntactic slots that fill it, best first.

    Slots: ``subject`` (agent of a passive included), ``object`` (subject of a passive included), ``agent``, ``poss``,
    ``modifier``, ``iobj``, ``complement``, ``prep:of`` and the like; ``self`` (the word itself), ``aimed`` (at whom a
    weapon is aimed), ``governed`` (the object of the verb that governs a noun), ``subject-of`` and ``object-of`` (whose
    they are), ``load`` (what a vehicle carries), ``demanded``, ``brokered`` (who arranged it),
    ``home`` (where those who move are from).
    """

    name: str
    required: bool
    filled_by: str
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """A rule that finds mentions of an event type; ``id`` is ``type/name``.

    Parameters
    ----------
    sure : bool
        The words are hardly ever used of anything but conflict and unrest.
    harm : bool
        The words tell a result ("killed"): no event of their own where the sentence names the deed.
    roles : tuple of (str, tuple of str)
        Slots of this rule that differ from those of the type.
    factuality : str or None
        Set where the words themselves say so ("foil a plot").
    """

    id: str
    type: str
    subtype: str | None
    pattern: Pattern
    also: tuple[str, ...] = ()
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sure: bool = False
    harm: bool = False
    factuality: Factuality | None = None
    example: str = ""
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrapRule:
    """A rule against a misreading: suppress the mention, or change how the text stands to it. ``id``: ``type/name``."""

    id: str
    type: str
    pattern: Pattern
    do: str
    why: str
    example: str = ""
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event.

    Parameters
    ----------
    casualties : bool
        Whether counts of killed and wounded belong to this type.
    crosswalk : mapping
        Scheme (acled, cameo, plover, ucdp, gtd, ace, muc4) to what it calls this type.
    export : mapping
        Subtype (empty for the type itself) to codes: ``acled`` (event type, sub-event type), ``cameo``,
        ``plover`` (event, mode), ``ucdp``.
    """

    id: str
    family: str
    quad: str
    definition: str
    includes: str
    excludes: str
    casualties: bool
    subtypes: Mapping[str, str]
    roles: tuple[RoleSpec, ...]
    rules: tuple[TriggerRule, ...]
    traps: tuple[TrapRule, ...]
    crosswalk: Mapping[str, str]
    export: Mapping[str, Mapping[str, Any]]

    def codes(self, subtype: str | None = None) -> Mapping[str, Any]:
        """Codes of a subtype, else of the type itself.

        Examples
        --------
        >>> Lexicon.load().types["bombing"].codes("suicide")["cameo"]
        '1831'
        """
        return self.export.get(subtype or "", self.export.get("", {}))


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """Word lists without a type: word classes, factuality, attribution, background and subject matter."""

    classes: Mapping[str, frozenset[str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]

    def words(self, section: str, key: str) -> tuple[str, ...]:
        """One list; empty where there is none."""
        return self.lists.get(section, {}).get(key, ())


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All event types, the traps across types, and the word lists.

    Attributes
    ----------
    priority : tuple of str
        Types, the one that wins first where several fit one word.
    """

    types: Mapping[str, EventType]
    traps: tuple[TrapRule, ...]
    cues: Cues
    families: Mapping[str, str]
    priority: tuple[str, ...]

    @classmethod
    def load(cls, *paths: str | Path) -> Lexicon:
        """The packaged lexicon with the files of a user on top; see `timeline.lexicon.load`."""
        from timeline.lexicon import load

        return load(*paths)

    @property
    def rules(self) -> tuple[TriggerRule, ...]:
        """The trigger rules of all types."""
        return tuple(rule for kind in self.types.values() for rule in kind.rules)

    def slots(self, kind: str, *, noun: bool, rule: TriggerRule | None = None) -> dict[str, tuple[str, ...]]:
        """Slots of every role of a type for a verb or a noun, with what the rule says otherwise.

        Examples
        --------
        >>> Lexicon.load().slots("siege", noun=False)["besieger"]
        ('subject',)
        """
        out = {role.name: role.noun if noun else role.verb for role in self.types[kind].roles}
        return out | dict(rule.roles if rule else ())
