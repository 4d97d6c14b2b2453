"""What the library reads and writes: frozen records, standard library only.

Field names and their order are a contract; other tools read them from JSON lines. Offsets are character positions,
half open, in the stored text of an article: ``article.text[span.start:span.end] == span.text``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Precision = Literal["day", "week", "month", "quarter", "season", "year", "decade", "weekday_only", "unknown"]
DateKind = Literal["point", "extent", "since"]
Basis = Literal["explicit", "doc_date", "relative_to_doc", "relative_to_event", "weekday_only", "duration_only", "none"]
Factuality = Literal["happened", "disputed", "denied", "negated", "planned", "threatened", "possible", "hypothetical"]
Harm = Literal["killed", "wounded", "missing", "detained", "displaced", "abducted", "casualties"]
Qualifier = Literal[
    "exact",
    "at_least",
    "more_than",
    "up_to",
    "fewer_than",
    "about",
    "nearly",
    "range",
    "vague",
    "none",
    "unknown",
    "most",
]
Scope = Literal["incident", "toll_update", "period"]
ActorKind = Literal[
    "state",
    "government",
    "military",
    "police",
    "rebel",
    "militia",
    "party",
    "igo",
    "ngo",
    "media",
    "source",
    "person",
    "civilians",
    "crowd",
    "population",
    "facility",
    "object",
    "unknown",
]
EvidenceKind = Literal[
    "eyewitness", "medical", "official", "belligerent", "ngo_un", "media", "anonymous", "unattributed"
]
MentionKind = Literal["name", "alias", "acronym", "surname", "title", "demonym", "metonym", "nominal", "pronoun"]
PlacePrecision = Literal["district", "town", "region", "country", "approximate"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of its publication.

    Parameters
    ----------
    id : str
        The JSONL id, else the path below the input folder.
    text : str
        The stored text, the one that every offset refers to.
    published : datetime.date, optional
        Day of publication at the place of publication.
    """

    id: str
    text: str
    published: dt.date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the UTF-8 bytes of the text (lone surrogates kept as they are)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the input that could not be read, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text; ``text`` is None where it is redacted."""

    start: int
    end: int
    text: str | None
    article: str | None = None
    redacted: bool = False

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character of the same article.

        Examples
        --------
        >>> Span(0, 4, "army").overlaps(Span(3, 6, "y of"))
        True
        """
        return self.article == other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as far as the text says it.

    Parameters
    ----------
    start, end : datetime.date or None
        First and last possible (``point``) or actual (``extent``) day, both inclusive; None is open or unknown.
    kind : str
        ``point``: one day somewhere in the window; ``extent``: lasted from start to end; ``since``: began, goes on.
    ongoing_at : datetime.date or None
        For ``since``: the last day on which it is known to go on.
    weekday : int or None
        ISO weekday (Monday is 1) where nothing but the weekday is known.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision = "unknown"
    kind: DateKind = "point"
    basis: Basis = "none"
    edtf: str | None = None
    approximate: bool = False
    ongoing_at: dt.date | None = None
    span: Span | None = None
    weekday: int | None = None

    def __str__(self) -> str:
        """As an editor would print it: "27 Sep-1 Oct 2011", "in Oct 2011", "day not known, by 6 Aug 2012"."""
        from timeline.when import format_when

        return format_when(self)

    def __and__(self, other: When) -> When | None:
        """The days that both can stand for; None if there are none."""
        from timeline.when import intersection

        return intersection(self, other)

    def __or__(self, other: When) -> When:
        """From the first day of either to the last day of either."""
        from timeline.when import union

        return union(self, other)

    def overlaps(self, other: When) -> bool:
        """Whether the two windows share a day; an open bound reaches without end."""
        from timeline.when import overlaps

        return overlaps(self, other)

    def contains(self, other: When) -> bool:
        """Whether every day of the other window lies in this one."""
        from timeline.when import contains

        return contains(self, other)

    def before(self, other: When) -> bool:
        """Whether this is certainly over before the other begins."""
        from timeline.when import before

        return before(self, other)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in the sense of TimeML's TIMEX3, with the window of days that it stands for.

    Parameters
    ----------
    type : {"DATE", "TIME", "DURATION", "SET"}
    value : str
        TIMEX3 value: ``2012-08-06``, ``2012-W31``, ``P3D``, ``PAST_REF`` ...
    when : When
        The same as a window of days. Unresolved expressions have null bounds.
    signal : str or None
        The word before it that says how it binds, in lower case: since, until, by, before, after, from, during, for.
    """

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    when: When
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One printed number of people (or a printed "no one"), with its bounds in persons. None is never 0."""

    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    scope: Scope
    cumulative: bool
    since: str | None
    negated: bool
    superseded_by: int | None
    group: str | None
    role: Literal["victim", "perpetrator"]
    source: str | None
    source_span: Span | None
    factuality: Factuality
    subset_of: int | None
    claim_set: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Total:
    """Bounds over all claims on one quantity, in persons."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Title:
    """A post that a person holds or held."""

    title: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts, is acted upon, or speaks."""

    id: str
    name: str | None
    kind: ActorKind = "unknown"
    side: str | None = None
    country: str | None = None
    inter_code: int | None = None
    titles: tuple[Title, ...] = ()
    aliases: tuple[str, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map, as precisely as the text allows; degrees WGS84."""

    name: str | None
    country: str | None = None
    country_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: the nearest source, and behind it the chain of further ones."""

    source: str | None
    verb: str | None
    chain: tuple[str, ...]
    evidence_kind: EvidenceKind
    self_interested: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Role:
    """A participant of an event, as a claim if someone is named who makes it."""

    role: str
    actor: str | None
    name: str | None
    kind: ActorKind
    span: Span
    claimed_by: str | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A value for a field as one source gives it."""

    field: str
    value: Any
    source: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rule behind a field."""

    field: str
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """An order or link between events that is known, also without dates."""

    kind: str
    event: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a trigger mention says: the type of event and how the text stands to it."""

    type: str
    subtype: str | None
    factuality: Factuality = "happened"
    background: bool = False
    attribution: Attribution | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """What a finder found: a value, the characters it came from, and the rule that found it.

    Parameters
    ----------
    token : int
        Index in the document of the token that heads the mention.
    kind : str or None
        For actors, how they are named: name, alias, acronym, surname, title, demonym, metonym, nominal, pronoun.
    """

    value: T
    span: Span
    rule: str
    token: int
    kind: MentionKind | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """One event of one article, or, after linking, one happening told by several."""

    id: str
    article: str
    type: str
    subtype: str | None
    trigger: Span
    when: When
    roles: tuple[Role, ...]
    place: Place | None
    counts: tuple[Count, ...]
    killed: Total | None
    wounded: Total | None
    factuality: Factuality
    background: bool
    sentence: Span
    attribution: Attribution | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    also: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    alternatives: tuple[tuple[str, tuple[When, ...]], ...] = ()
    members: tuple[str, ...] = ()
    n_sources: int = 1
    triggers: tuple[Span, ...] = ()
    sources: tuple[str, ...] = ()

    def explain(self) -> str:
        """The sentence with every span marked, and the rule behind each field; see `timeline.explanation.explain`."""
        from timeline.explanation import explain

        return explain(self)
