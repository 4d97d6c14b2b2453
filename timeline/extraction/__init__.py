"""Mentions -> Events of one article: dated, with roles, place, counts, factuality and sources."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from timeline.actors import find_actors
from timeline.counts import find_counts
from timeline.dates import find_dates
from timeline.errors import TimelineError
from timeline.extraction.blame import with_blame
from timeline.extraction.datelines import told_on
from timeline.extraction.dating import date_of
from timeline.extraction.discourse import Told
from timeline.extraction.draft import Draft
from timeline.extraction.harmed import find_harm
from timeline.extraction.mentions import Mentions, gather, named_source, with_named_source
from timeline.extraction.merging import merge, same_kind
from timeline.extraction.owners import assign
from timeline.extraction.placing import is_scene, place_of
from timeline.extraction.roles import find_roles, place_taken
from timeline.extraction.summing import is_emptied, joined_by_toll, toll_or_event, tolls_with_deeds
from timeline.extraction.tolls import claims_of, settle, total
from timeline.extraction.undated import Dated, is_headline
from timeline.extraction.victims import with_victims
from timeline.language.document import Document, Token
from timeline.lexicon import Lexicon, load
from timeline.places import find_places
from timeline.records import Actor, Article, Attribution, Count, Event, Evidence, Mention, Place, Span, Total, Trigger
from timeline.sources import source_of
from timeline.triggers import find_triggers
from timeline.triggers.background import is_reason

__all__ = ["FINDERS", "Extraction", "Finder", "Unresolved", "drafts_of", "extract", "extract_document"]

_INDEFINITE = frozenset({"a", "an", "another", "some", "no"})
_MANY = 5
_LOCAL = frozenset({"violence", "people", "control"})  # families of what happens at a spot
_SCENES = 3  # a text that tells of more spots has no scene
_SLAYING = frozenset({"kill", "shoot", "hack", "slaughter", "murder", "slay", "butcher", "burn"})
_HEADING_TOKENS = 4
_NEWS_DAYS = 7
_SUMS = frozenset({"casualty_report", "aid"})
_FRESH_DAYS = 3
_ASIDE = frozenset({"acl", "acl:relcl"})
_BELOW = 6

Finder = Callable[[Document], Iterable[Mention[Any]]]

FINDERS: tuple[Finder, ...] = (find_dates, find_counts, find_actors, find_places, find_triggers)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something that was read but could not be settled: an open date, a number without an event."""

    article: str
    what: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """The events of one article, the actors named in it, and what stayed open."""

    article: Article
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    unresolved: tuple[Unresolved, ...]


def extract(
    documents: Iterable[Document], *, finders: Sequence[Finder] = FINDERS, lexicon: Lexicon | None = None
) -> Iterator[Extraction]:
    """The events of each document, one by one, in the order given.

    An article that a finder fails on is given without events, with the error among what is unresolved; the others are
    still read.
    """
    for document in documents:
        try:
            yield extract_document(document, finders=finders, lexicon=lexicon)
        except TimelineError:
            raise
        except Exception as error:
            yield _failed(document.article, error)


def _failed(article: Article, error: Exception) -> Extraction:
    what = f"{type(error).__name__}: {error}"
    return Extraction(
        article, (), (), (Unresolved(article.id, "article", f"could not be read ({what})", Span(0, 0, "")),)
    )


def extract_document(
    document: Document, *, finders: Sequence[Finder] = FINDERS, lexicon: Lexicon | None = None
) -> Extraction:
    """The events of one document.

    Parameters
    ----------
    finders : sequence of callables
        Each takes a document and gives mentions; what they find is pooled.

    Examples
    --------
    >>> from timeline.language import read
    >>> found = extract_document(read("Rebels shelled the town of Homs on 3 May 2012, killing at least six people."))
    >>> [(event.type, str(event.when.start), event.killed.low) for event in found.events]
    [('shelling', '2012-05-03', 6)]
    """
    lexicon = lexicon or load()
    mentions = gather(document, (mention for finder in finders for mention in finder(document)))
    harm = tuple(with_named_source(trigger, mentions) for trigger in find_harm(document, mentions, lexicon))
    if harm:
        mentions = replace(mentions, triggers=tuple(sorted((*mentions.triggers, *harm), key=_place)))
    drafts = drafts_of(document, mentions, lexicon)
    merged = with_blame(document, merge(document, drafts, lexicon), mentions)
    events = tolls_with_deeds(document, [toll_or_event(draft, mentions) for draft in merged], mentions, lexicon)
    counts = [_sourced(document, mention, mentions) for mention in mentions.counts]
    owned, loose = assign(document, events, counts, lexicon)
    kept = [not is_emptied(event, own) for event, own in zip(events, owned, strict=True)]
    events, owned = list(compress(events, kept)), list(compress(owned, kept))
    events, owned = joined_by_toll(document, events, owned, lexicon)
    finished = []
    ordinals: dict[tuple[int, int, str], int] = {}
    for draft, own in zip(events, owned, strict=True):
        told = _by_number(document, with_victims(document, draft, own, mentions, lexicon), own)
        event = _event(document, told, own, ordinals)
        finished.append(event)
    finished.sort(key=_order)
    return Extraction(
        document.article,
        tuple(finished),
        _actors(mentions),
        tuple(_unresolved(document, finished, loose)),
    )


def _place(mention: Mention[Any]) -> tuple[int, int]:
    return mention.span.start, mention.span.end


def _order(event: Event) -> tuple[int, str, str]:
    return event.trigger.start, event.type, event.id


def drafts_of(document: Document, mentions: Mentions, lexicon: Lexicon) -> list[Draft]:
    """One draft a trigger mention, with its date, roles and place, in order of the text."""
    drafts: list[Draft] = []
    previous: Told | None = None
    latest: Told | None = None
    scenes: dict[str | None, Place] = {}
    triggers = {mention.token: mention.value.type for mention in mentions.triggers}
    told = told_on(document, mentions.times)
    for mention in mentions.triggers:
        token = document.tokens[mention.token]
        if _is_heading(document, token):
            continue
        dated = date_of(
            document, mention, mentions.times, previous=previous, triggers=triggers, told=told, latest=latest
        )
        going_on = dated.when.kind == "since" and dated.when.start is not None
        main = not any(node.dep in _ASIDE for node in (token, *document.ancestors(token)))
        own = dated.own and main and (going_on or (dated.when.kind == "point" and not mention.value.background))
        latest = Told(dated.when, token) if dated.own else latest
        if own or dated.rule == "dating/carried":
            previous = Told(dated.when, token)
        roles, evidence = find_roles(document, mention, mentions, lexicon)
        local = lexicon.types[mention.value.type].family in _LOCAL
        scene = next(iter(scenes.values())) if local and 0 < len(scenes) <= _SCENES else None
        place, placed_by = place_of(document, token, mentions, scene)
        if local and place is not None and is_scene(place, placed_by):
            scenes.setdefault(place.name, place)
        if _takes_place(lexicon, mention.value.type):
            taken = place_taken(document, token, place, mentions, lexicon)
            roles = (*roles, taken) if taken is not None else roles
        noun = token.pos in {"NOUN", "PROPN"}
        determiners = [child for child in document.children(token, "det", "nmod:poss") if child.index < token.index]
        drafts.append(
            Draft(
                token=token,
                mentions=(mention,),
                type=mention.value.type,
                subtype=mention.value.subtype,
                factuality=_factuality(mention, dated, told),
                background=is_reason(document, token, lexicon.cues) or _is_background(dated, mention, told),
                attribution=mention.value.attribution,
                when=dated.when,
                own_date=dated.own,
                dated_by=dated.rule,
                roles=roles,
                place=place,
                evidence=(*evidence, Evidence("place", placed_by)) if place else evidence,
                alternatives=dated.alternatives,
                plural=noun and token.tag in {"NNS", "NNPS"},
                definite=mention.kind == "nominal"
                or (noun and any(child.lemma.lower() not in _INDEFINITE for child in determiners))
                or _known_weapon(document, token, lexicon),
                definite_target=any(
                    child.lemma == "the"
                    for word in document.children(token, "obj")
                    for child in document.children(word, "det")
                ),
            )
        )
    return list(_headlines_dated(document, drafts))


def _factuality(mention: Mention[Any], dated: Dated, told: dt.date | None) -> str:
    """What is dated after the telling cannot have happened; it is planned."""
    start, told_as = dated.when.start, mention.value.factuality
    ahead = told is not None and dated.own and start is not None and start > told
    return "planned" if ahead and told_as == "happened" else str(told_as)


def _headlines_dated(document: Document, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A headline's event without a date takes that of the same kind of event in the paragraph below."""
    for index, draft in enumerate(drafts):
        if draft.own_date or draft.when.kind == "since" or not is_headline(document, draft.token):
            yield draft
            continue
        line = document.sentence_of(draft.token).end
        start = next((at for at in range(line, len(document.text)) if not document.text[at].isspace()), line)
        end = document.text.find("\n", start)
        below = (
            other
            for other in drafts[index + 1 : index + 1 + _BELOW]
            if start <= other.token.start < (end if end >= 0 else len(document.text))
        )
        same = next((other for other in below if other.own_date and same_kind(draft, other)), None)
        if same is None:
            yield draft
        else:
            when = replace(same.when, basis="relative_to_event", span=None)
            yield replace(draft, when=when, dated_by="dating/headline")


def _known_weapon(document: Document, token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb takes up a weapon told before: "the device exploded", "planted the bomb"."""
    weapons = lexicon.cues.classes.get("weapon", frozenset()) | {"device", "explosive", "vehicle"}
    words = document.children(token, "nsubj", "obj") if token.pos == "VERB" else ()
    named = [word for word in words if word.lemma.lower() in weapons]
    return any(child.lemma == "the" for word in named for child in document.children(word, "det"))


def _takes_place(lexicon: Lexicon, kind: str) -> bool:
    """Whether a place takes part in events of a type: a siege, a change of control."""
    return any(role.name == "place" and role.required for role in lexicon.types[kind].roles)


def _by_number(document: Document, draft: Draft, own: Sequence[Mention[Count]]) -> Draft:
    """Numbers decide between types: one death is no toll, five or more defenceless people killed are a massacre."""
    single = bool(own) and all(mention.value.high == 1 and not mention.value.cumulative for mention in own)
    if draft.type == "casualty_report" and single and not draft.own_date:
        return replace(draft, type="attack", subtype=None)
    if draft.type != "attack" or draft.subtype not in {None, "shooting"} or draft.factuality != "happened":
        return draft
    counts = settle(document, own, cumulative=False)
    dead = total(counts, "killed")
    victims = draft.role("victims")
    defenceless = bool(victims) and all(role.kind in {"civilians", "person", "population"} for role in victims)
    harmful = any(document.tokens[mention.token].lemma in _SLAYING for mention in draft.mentions)
    if dead is None or (dead.low or 0) < _MANY or not (defenceless and harmful):
        return draft
    return replace(draft, type="massacre", subtype=None)


def _is_background(dated: Dated, mention: Mention[Trigger], told: dt.date | None) -> bool:
    """Context or news: old or begun a week ago is context, of the last days by its own date or a sum up to now news."""
    told_as_context = mention.value.background
    start, end = dated.when.start, dated.when.end
    if told is None or not (dated.own or dated.rule == "dating/carried"):
        return told_as_context
    if end is None:
        begun = start is not None and mention.value.type not in _SUMS and (told - start).days > _NEWS_DAYS
        return told_as_context or begun
    days = (told - end).days
    return days > _NEWS_DAYS or (told_as_context and days > _FRESH_DAYS)


def _is_heading(document: Document, token: Token) -> bool:
    """Whether a word only heads its line: "Displacement. Since June, 76,000 families have left"."""
    sentence = document.sentence_of(token)
    if len(sentence.tokens) > _HEADING_TOKENS or sentence.tokens[-1].text not in {".", ":"}:
        return False
    line = document.text.rfind("\n", 0, sentence.start) + 1
    end = document.text.find("\n", sentence.end)
    more = document.text[sentence.end : end if end >= 0 else None].strip()
    verbless = all(word.pos not in {"VERB", "AUX"} for word in sentence.tokens)
    return bool(more) and verbless and not document.text[line : sentence.start].strip()


def _sourced(document: Document, mention: Mention[Count], mentions: Mentions) -> Mention[Count]:
    """The count with who says it, and with the factuality of the trigger that it stands on."""
    count = mention.value
    trigger = next((m.value for m in mentions.triggers if m.token == mention.token), None)
    if trigger is not None and not (count.negated and trigger.factuality == "negated"):
        count = replace(count, factuality=trigger.factuality)
    if count.source is None:
        source = trigger.attribution if trigger else source_of(document, document.tokens[mention.token])
        if source is not None:
            count = replace(count, source=source.source, source_span=source.span)
    return replace(mention, value=replace(count, source=named_source(count.source, count.source_span, mentions)))


def _event(
    document: Document, draft: Draft, own: Sequence[Mention[Count]], ordinals: dict[tuple[int, int, str], int]
) -> Event:
    trigger = draft.mention.span
    key = (trigger.start, trigger.end, draft.type)
    ordinal = ordinals[key] = ordinals.get(key, -1) + 1
    sentence = document.sentence_of(draft.token)
    counts = settle(document, own, cumulative=draft.type == "casualty_report")
    identity = f"{document.article.id}\0{trigger.start}\0{trigger.end}\0{draft.type}\0{ordinal}"
    evidence = [
        Evidence("type", draft.mention.rule),
        Evidence("when", draft.dated_by),
        *draft.evidence,
        *(Evidence("counts", rule) for rule in dict.fromkeys(mention.rule for mention in own)),
    ]
    return Event(
        id=hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        article=document.article.id,
        type=draft.type,
        subtype=draft.subtype,
        trigger=trigger,
        when=draft.when,
        roles=draft.roles,
        place=draft.place,
        counts=counts,
        killed=total(counts, "killed") or _unhurt(document, own),
        wounded=total(counts, "wounded"),
        factuality=draft.factuality,  # type: ignore[arg-type]
        background=draft.background,
        sentence=Span(sentence.start, sentence.end, None),
        attribution=draft.attribution or _unattributed(draft),
        confidence=_confidence(draft, counts),
        evidence=tuple(evidence),
        claims=claims_of(counts),
        also=draft.mention.value.also,
        alternatives=(("when", draft.alternatives),),
        triggers=tuple(mention.span for mention in draft.mentions[1:]),
    )


def _unhurt(document: Document, own: Sequence[Mention[Count]]) -> Total | None:
    """No deaths where the text says that no one was hurt."""
    hurt = any(mention.value.negated and document.tokens[mention.token].lemma == "hurt" for mention in own)
    return Total(0, 0, 0) if hurt else None


def _unattributed(draft: Draft) -> Attribution | None:
    """A toll that no one is named for is flagged, not hidden."""
    if draft.type != "casualty_report":
        return None
    return Attribution(None, None, (), "unattributed", self_interested=False, span=None)


def _confidence(draft: Draft, counts: Sequence[Count]) -> float:
    """How much of the event the text gives: trigger, date, participants; from 0 to 1."""
    score = draft.mention.confidence * 0.9
    score -= 0.1 * (not draft.own_date) + 0.1 * (not draft.roles)
    score += 0.02 * min(len(draft.mentions) - 1, 3) + 0.02 * bool(counts)
    return round(max(0.05, min(score, 0.99)), 2)


def _actors(mentions: Mentions) -> tuple[Actor, ...]:
    """Every actor once, with the ways it is named in the article."""
    found: dict[str, Actor] = {}
    names: dict[str, dict[str, None]] = {}
    for mention in mentions.actors:
        actor = mention.value
        found.setdefault(actor.id, actor)
        if mention.span.text and mention.kind != "pronoun":
            names.setdefault(actor.id, {})[" ".join(mention.span.text.split())] = None
    return tuple(
        replace(actor, aliases=tuple(dict.fromkeys([*actor.aliases, *names.get(key, ())])))
        for key, actor in sorted(found.items())
    )


def _unresolved(document: Document, events: Sequence[Event], loose: Sequence[Mention[Count]]) -> Iterator[Unresolved]:
    article = document.article
    for event in events:
        when = event.when
        if when.start is None and when.end is None and when.ongoing_at is None:
            if when.precision == "weekday_only":
                why = "a weekday without a publication date"
            elif article.published is None:
                why = "no date in the text and no publication date"
            else:
                why = "no date in the text"
            yield Unresolved(article.id, "date", why, when.span or event.trigger)
    for mention in loose:
        yield Unresolved(article.id, "number", "belongs to no event that was found", mention.span)
