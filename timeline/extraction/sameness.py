"""Whether two mentions tell the same happening: named features of the pair, weighted as annotated articles teach.

The weights (log-odds, logistic regression) stand in ``lexicons/sameness.tsv``; ``data/learn_sameness.py`` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.extraction.draft import Draft, actor_ids
from timeline.language.document import Document, Token
from timeline.lexicon import weights_of
from timeline.records import Place, Role, When

__all__ = [
    "FORCE",
    "GENERIC",
    "REAL",
    "comparable",
    "dates_fit",
    "features",
    "governs",
    "likeness",
    "places_fit",
    "roles_clash",
]

CORE_ROLES = tuple(
    "authority besieged besieger captor defector detainees displaced force imposer parties perpetrator person plotters "
    "protesters provider recipient released side_a side_b speaker target victims".split()
)
GENERIC = frozenset({"attack", "bombing", "shelling", "airstrike", "massacre", "assassination", "execution"})
FORCE = GENERIC | {"battle", "territory_change", "crackdown"}
REAL = frozenset({"happened", "disputed", "denied"})
_LASTING = frozenset(
    "protest negotiation siege battle ceasefire release detention leadership_change displacement aid".split()
)
_KIN = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "kidnapping/attack kidnapping/massacre kidnapping/execution withdrawal/territory_change negotiation/statement "
        "negotiation/ceasefire coup/leadership_change coup/detention protest/crackdown siege/displacement release/aid "
        "coup/battle detention/crackdown statement/sanctions statement/leadership_change withdrawal/defection "
        "displacement/withdrawal casualty_report/battle casualty_report/attack attack/displacement siege/battle "
        "deployment/battle aid/deployment"
    ).split()
)
_FURTHER = frozenset({"another", "second", "third", "fourth", "further", "separate", "similar", "other", "previous"})
_AGAINST = frozenset({"date other", "place other", "other name", "other description"})  # two of these are too many
_LEAD = 1  # sentences of the headline and the first line, counted from 0


def likeness(document: Document, event: Draft, draft: Draft) -> float | None:
    """The log-odds that a later mention tells the same happening as an event told before; None if it cannot.

    Parameters
    ----------
    event : Draft
        The event so far, with all its mentions.
    draft : Draft
        A later mention.
    """
    if not comparable(event, draft) or _is_another(document, draft):
        return None
    seen = list(features(document, event, draft))
    if len(_AGAINST.intersection(seen)) > 1:
        return None
    weights = weights_of("sameness.tsv")
    return weights["bias"] + sum(weights.get(name, 0.0) for name in seen)


def comparable(event: Draft, draft: Draft) -> bool:
    """Whether two types may be two words for one happening at all."""
    apart = all(mention.token != draft.token.index for mention in event.mentions)
    return _kind(event, draft) is not None and apart and not _began(event, draft)


def _kind(event: Draft, draft: Draft) -> str | None:
    if event.type == draft.type:
        return "statement" if event.type == "statement" else "same"
    if {event.type, draft.type} <= GENERIC:
        return "force"
    if {event.type, draft.type} <= FORCE:
        return "battle"
    return "kin" if frozenset((event.type, draft.type)) in _KIN else None


def features(document: Document, event: Draft, draft: Draft) -> Iterator[str]:
    """What is seen of a pair, by name; each name at most once."""
    noun = draft.token.pos in {"NOUN", "PROPN"}
    form = "verb" if not noun else "definite" if draft.definite else "indefinite"
    kind = _kind(event, draft)
    yield f"kind {kind}"
    yield f"form {form}"
    yield f"kind {kind}, {form}"
    if event.type == draft.type and event.type in _LASTING:
        yield f"type {event.type}"
    yield from _distance(document, event, draft, form)
    yield from _words(document, event, draft)
    yield from _stance(event, draft)
    yield f"date {_date(event, draft)}"
    yield f"place {_place(event.place, draft)}"
    yield from _participants(event, draft, form)


def _distance(document: Document, event: Draft, draft: Draft, form: str) -> Iterator[str]:
    before = [mention.token for mention in event.mentions if mention.token < draft.token.index]
    last = document.tokens[max(before, default=event.token.index)]
    sentences = document.sentence_of(draft.token).index - document.sentence_of(last).index
    far = "0" if sentences <= 0 else "1" if sentences == 1 else "2-3" if sentences <= 3 else "4+"
    yield f"sentences {far}"
    yield f"sentences {far}, {form}"
    if far == "0":
        yield _within(document, last, draft.token)
    elif document.text.find("\n", last.end, draft.token.start) < 0:
        yield "one paragraph"
    if document.sentence_of(event.token).index <= _LEAD:
        yield "told in the lead"


def _within(document: Document, first: Token, second: Token) -> str:
    """How two words of a sentence hang together."""
    if any(word.index == first.index for word in document.ancestors(second)):
        return f"below {second.dep.split(':')[0]}"
    if any(word.index == second.index for word in document.ancestors(first)):
        return f"above {first.dep.split(':')[0]}"
    return "apart"


def _words(document: Document, event: Draft, draft: Draft) -> Iterator[str]:
    token = draft.token
    if event.token.pos in {"NOUN", "PROPN"}:
        yield "after a noun"
    if any(document.tokens[mention.token].lemma.lower() == token.lemma.lower() for mention in event.mentions):
        yield "same word"
    if any(governs(document.tokens[mention.token], token) for mention in event.mentions):
        yield "governed"
    if draft.plural != event.plural:
        yield "one against many"
    elif draft.plural:
        yield "both many"
    if event.type != draft.type and _read_alike(document, event.token, token):
        yield "read as one type"


def governs(verb: Token, noun: Token) -> bool:
    """Whether a noun is the object of a verb that tells the same use of force: "repelled an attack"."""
    return noun.head == verb.index and noun.dep in {"obj", "nsubj:pass"}


def _read_alike(document: Document, first: Token, second: Token) -> bool:
    """Whether the trained reader takes two words for the same type."""
    told = [
        item.type
        for token in (first, second)
        for item in document.sentence_of(token).told or ()
        if item.token == token.index
    ]
    return len(told) == 2 and told[0] == told[1]


def _is_another(document: Document, draft: Draft) -> bool:
    """Whether the text says that it is a further one: "another truck bomb exploded", "a second attack"."""
    words = [draft.token, *document.children(draft.token, "nsubj")]
    marks = {child.lemma.lower() for word in words for child in document.children(word, "det", "amod")}
    return "another" in marks or ("the" not in marks and bool(_FURTHER & marks))


def _stance(event: Draft, draft: Draft) -> Iterator[str]:
    if (event.factuality in REAL) != (draft.factuality in REAL):
        yield "one of them not real"
    elif event.factuality != draft.factuality:
        yield "other factuality"
    if event.background != draft.background:
        yield "one of them context"


def _date(event: Draft, draft: Draft) -> str:
    if not (event.own_date and draft.own_date):
        return "first" if event.own_date else "second" if draft.own_date else "none"
    if _same_day(event.when, draft.when):
        return "same"
    return "may fit" if dates_fit(event, draft) else "other"


def dates_fit(event: Draft, draft: Draft) -> bool:
    """Whether two dates of one happening are possible, as far as both are told."""
    if not (event.own_date and draft.own_date):
        return True
    return _windows_meet(event.when, draft.when)


def _began(event: Draft, draft: Draft) -> bool:
    """Whether a mention says since when there is fighting, beside a deed of one day: "the battle began on 19 July"."""
    begins = draft.type == "battle" and draft.token.dep.startswith("nsubj") and draft.when.kind == "since"
    return begins and event.own_date and event.when.kind == "point" and event.when.start != draft.when.start


def _windows_meet(first: When, second: When) -> bool:
    if first.precision == "weekday_only" or second.precision == "weekday_only":
        return first.weekday == second.weekday or None in (first.weekday, second.weekday)
    starts = [when.start for when in (first, second) if when.start]
    ends = [when.end for when in (first, second) if when.end]
    return not starts or not ends or max(starts) <= min(ends)


def _same_day(first: When, second: When) -> bool:
    if first.precision == "weekday_only":
        return first.weekday == second.weekday
    return first.start == second.start and first.end == second.end


def _place(place: Place | None, draft: Draft) -> str:
    if place is None or draft.place is None:
        return "open"
    if place.name == draft.place.name:
        return "same"
    return "may fit" if places_fit(place, draft) else "other"


def places_fit(place: Place | None, draft: Draft) -> bool:
    """Whether two places of one happening are possible: equal, one inside the other, or taken up by "the"."""
    other = draft.place
    if place is None or other is None or place.name == other.name:
        return True
    if "country" in {place.precision, other.precision} and place.country == other.country:
        return True
    return bool(draft.definite and place.country == other.country)


def _participants(event: Draft, draft: Draft, form: str) -> Iterator[str]:
    seen: set[str] = set()
    for name in CORE_ROLES:
        mine, its = actor_ids(event.role(name)), actor_ids(draft.role(name))
        if mine & its:
            seen.add(f"shared {'name' if _are_named(mine & its) else 'description'}")
        elif mine and its:
            seen.add(f"other {'name' if _are_named(mine) and _are_named(its) else 'description'}")
    if not any(name.startswith("shared") for name in seen) and _share_actor(event.roles, draft.roles):
        seen.add("shared in another role")
    if not draft.roles:
        seen |= {"nobody", f"nobody, {form}"}
    if not event.roles:
        seen.add("nobody before")
    if _same_target(event, draft):
        seen.add("same target")
    elif draft.definite_target:
        seen.add("definite target")
    yield from sorted(seen)


def _are_named(ids: frozenset[str]) -> bool:
    """Whether any of some actors has a name of its own, not only a description like "the rebels"."""
    return any("@" not in name for name in ids)


def _share_actor(first: tuple[Role, ...], second: tuple[Role, ...]) -> bool:
    mine, its = (actor_ids(tuple(role for role in roles if role.role in CORE_ROLES)) for roles in (first, second))
    return bool(mine & its)


def roles_clash(event: Draft, draft: Draft) -> bool:
    """Whether a core role is filled by named actors on both sides, and by different ones."""
    for name in CORE_ROLES:
        mine, its = actor_ids(event.role(name)), actor_ids(draft.role(name))
        if mine and its and not mine & its and _are_named(mine) and _are_named(its):
            return True
    return False


def _same_target(event: Draft, draft: Draft) -> bool:
    """Whether a later telling hits what was hit before: "overran a base ... attacked the base"."""
    if not draft.definite_target:
        return False
    before = {(role.name or "").lower().split(" ")[-1] for role in (*event.role("target"), *event.role("place"))}
    return any((role.name or "").lower().split(" ")[-1] in before for role in draft.role("target"))
