"""All mentions of actors in a document, with one id for one actor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from timeline.actors.coreference import Entity, Linker, country_votes, inter_code
from timeline.actors.definitions import CALLING, DEFINING, defined
from timeline.actors.draft import Draft
from timeline.actors.matching import prefixes
from timeline.actors.names import name_drafts
from timeline.actors.nominals import nominal_drafts
from timeline.actors.pronouns import FIRST, PERSONAL, RELATIVE, Spot, antecedent, quoted
from timeline.actors.registry import Actors
from timeline.actors.segmenting import Stretch, stretches
from timeline.actors.syntax import is_speaker, text_of
from timeline.gazetteer import nouns, titles
from timeline.language.document import Document, Token
from timeline.records import Actor, ActorKind, Mention, Span, Title

__all__ = ["find_actors", "find_unlinked", "relinked"]

OWN = frozenset({"its", "their", "whose"})
SPEAKING_KINDS = frozenset({"person", "civilians", "government", "unknown", "ngo", "source", "police", "military"})


def find_actors(document: Document, *, actors: Actors | None = None) -> Iterator[Mention[Actor]]:
    """Yield every mention of an actor in the order of the text; mentions of one actor share ``value.id``.

    Names, titles, role nouns, seats of power and pronouns are told apart by ``kind``. Ids of actors that are known
    by name are the same in every document; those of nameless ones end in ``@`` and the id of the article.

    Parameters
    ----------
    document : Document
    actors : Actors, optional
        The caller's own list, which stands above the lexicons.

    Examples
    --------
    >>> from timeline.language import read
    >>> document = read("Rebels of the Free Syrian Army (FSA) left Homs. The FSA said so.")
    >>> [(mention.span.text, mention.value.id) for mention in find_actors(document)][1:]
    [('Free Syrian Army', 'free-syrian-army'), ('FSA', 'free-syrian-army'), ('FSA', 'free-syrian-army')]
    """
    yield from _Pass(document, Actors() if actors is None else actors).mentions()


def find_unlinked(document: Document, *, actors: Actors | None = None) -> tuple[Span, ...]:
    """The names and personal pronouns that no one actor of the text could be found for, in order.

    Examples
    --------
    >>> from timeline.language import read
    >>> find_unlinked(read("Nothing happened."))
    ()
    """
    run = _Pass(document, Actors() if actors is None else actors)
    list(run.mentions())
    places = sorted([(draft.first, draft.last) for draft in run.linker.unlinked] + run.pronouns)
    return tuple(document.token_span(first, last) for first, last in places)


def relinked(before: Iterable[Mention[Actor]], after: Iterable[Mention[Actor]]) -> Iterator[tuple[Span, str, str]]:
    """Yield what a change of the list changed: the spans whose actor is another now, with the old and the new id.

    Examples
    --------
    >>> from timeline.language import read
    >>> document, actors = read("Rebels shelled the town."), Actors()
    >>> key = actors.merge("rebels@text", "m23")
    >>> changes = relinked(find_actors(document), find_actors(document, actors=actors))
    >>> [(span.text, old, new) for span, old, new in changes]
    [('Rebels', 'rebels@text', 'm23')]
    """
    old = {(mention.span.start, mention.span.end): mention.value.id for mention in before}
    for mention in after:
        was = old.get((mention.span.start, mention.span.end))
        if was is not None and was != mention.value.id:
            yield mention.span, was, mention.value.id


class _Pass:
    """One reading of one document."""

    def __init__(self, document: Document, actors: Actors) -> None:
        self.document = document
        self.actors = actors
        own, starts = actors.matching()
        told = defined(document)
        if told:
            own, starts = {**told, **own}, starts | prefixes(told)
        self.found: list[Stretch] = [
            stretch for sentence in document.sentences for stretch in stretches(document, sentence, own, starts)
        ]
        names = list(name_drafts(document, self.found))
        named = {index: draft for draft in names for index in range(draft.first, draft.last + 1)}
        nominals = list(nominal_drafts(document, self.found, named))
        self.drafts = sorted(_drop_inside(names, nominals), key=lambda draft: (draft.first, -draft.last))
        self.linker = Linker(document, country_votes(document, names))
        self.inside = quoted(document)
        self.pronouns: list[tuple[int, int]] = []

    def mentions(self) -> Iterator[Mention[Actor]]:
        spots = self._spots()
        values = {id(entity): self._actor(entity) for _, entity in spots}
        for draft, entity in sorted(spots, key=lambda spot: (spot[0].first, spot[0].last)):
            span = self.document.token_span(draft.first, draft.last)
            yield Mention(values[id(entity)], span, draft.rule, draft.token, draft.how, _confidence(draft))

    def _spots(self) -> list[Spot]:
        spots: list[Spot] = []
        waiting: list[Token] = []
        queue: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            queue.setdefault(draft.first, []).append(draft)
        for token in self.document.tokens:
            for waiting_draft in queue.get(token.index, ()):
                near = self._window(spots, token)
                draft = self._owned(waiting_draft, near)
                described = self._same_as(draft, near)
                entity = self.linker.link(draft) if described is None else self.linker.describe(draft, described)
                if described is None:
                    self._relate(draft, entity, spots)
                spots.append((draft, entity))
            if token.tag in {"PRP", "PRP$", "WP", "WDT", "WP$"} and token.index not in queue:
                entity_ = antecedent(self.document, token, self._window(spots, token), self.inside)
                if entity_ is not None:
                    spots.append((_pronoun(token, entity_), entity_))
                    _learn_gender(token, entity_)
                elif token.index in self.inside:
                    waiting.append(token)
        late: list[Spot] = []
        for token in waiting:
            entity_ = antecedent(self.document, token, self._window(spots, token), self.inside)
            if entity_ is not None:
                late.append((_pronoun(token, entity_), entity_))
        spots += late
        told = {draft.first for draft, _ in spots}
        personal = PERSONAL | FIRST
        self.pronouns = [
            (token.index, token.index)
            for token in self.document.tokens
            if token.text.lower() in personal and token.index not in told and token.tag.startswith("PRP")
        ]
        for draft, entity in spots:
            if is_speaker(self.document, self.document.tokens[draft.token]) or draft.how == "pronoun":
                entity.speaks += draft.how != "pronoun"
            else:
                entity.other += 1
        return spots

    def _window(self, spots: list[Spot], token: Token) -> list[Spot]:
        """The mentions from three sentences before to two behind a token; ``spots`` are in order."""
        sentences, here = self.document.sentences, self.document.sentence_of(token).index
        low = sentences[max(0, here - 3)].tokens[0].index
        high = sentences[min(len(sentences) - 1, here + 2)].tokens[-1].index
        start = bisect_left(spots, low, key=_first)
        return spots[start : bisect_right(spots, high, lo=start, key=_first)]

    def _owned(self, draft: Draft, spots: list[Spot]) -> Draft:
        """A role noun with "its" or "their" goes to whom the pronoun means."""
        lead = self.document.tokens[draft.first]
        if not draft.lemma or draft.key is not None or draft.country is not None or lead.text.lower() not in OWN:
            return draft
        owner = antecedent(self.document, lead, spots, self.inside)
        return draft if owner is None else self.linker.belongs(draft, owner)

    def _relate(self, draft: Draft, entity: Entity, spots: list[Spot]) -> None:
        """Bind names that the text defines, and titles told in apposition."""
        if not spots:
            return
        before, other = spots[-1]
        if other is entity:
            return
        between = " ".join(token.text.lower() for token in self.document.tokens[before.last + 1 : draft.first]).strip()
        if not before.lemma and between in DEFINING and not draft.lemma and self._can_be(entity, other, draft):
            self._merge(entity, other, draft, spots)
        elif before.lemma and draft.kind == "person" and between in {"", ","} and before.person:
            entity.titles.append(before.lemma)
            entity.country = entity.country or other.country
            self._fold(before, other, entity, spots)
        elif before.lemma and not before.person and not draft.lemma and between in CALLING:
            entity.kind = other.kind if entity.kind == "unknown" else entity.kind
            entity.country = entity.country or other.country
            self._fold(before, other, entity, spots)

    def _same_as(self, draft: Draft, spots: list[Spot]) -> Entity | None:
        """The actor that a role noun only describes: "X, an armed group, ..." or "X is a lawyer"."""
        if not draft.lemma or draft.key is not None:
            return None
        head = self.document.tokens[draft.token]
        if self.document.children(head, "cop"):
            subject = next(iter(self.document.children(head, "nsubj")), None)
            return None if subject is None else self._at(subject.index, spots)
        lead = self.document.tokens[draft.first].text.lower()
        if not spots or lead not in {"a", "an", "the"} or (lead == "the" and head.dep != "appos"):
            return None
        before, other = spots[-1]
        between = self.document.text[self.document.tokens[before.last].end : self.document.tokens[draft.first].start]
        fits = other.person == draft.person and (other.person or not draft.person)
        if between.strip() == "," and not before.lemma and fits and other.kind != "state" and before.how != "pronoun":
            return other
        return None

    def _at(self, index: int, spots: list[Spot]) -> Entity | None:
        return next((entity for draft, entity in reversed(spots) if draft.first <= index <= draft.last), None)

    def _can_be(self, entity: Entity, other: Entity, draft: Draft) -> bool:
        return entity.kind in {"unknown", other.kind} or draft.rule.endswith("ambiguous") or draft.how == "acronym"

    def _merge(self, entity: Entity, other: Entity, draft: Draft, spots: list[Spot]) -> None:
        text = text_of(self.document, draft.first, draft.last)
        if entity.last == draft.token and all(entity is not known for _, known in spots):
            self.linker.entities.pop(entity.id, None)
            if draft in self.linker.unlinked:
                self.linker.unlinked.remove(draft)
        self.linker.define(text, other)

    def _fold(self, before: Draft, other: Entity, entity: Entity, spots: list[Spot]) -> None:
        """A role noun in apposition before a name is the person; its own node goes."""
        if sum(known is other for _, known in spots) == 1 and other.id.endswith("@" + self.document.article.id):
            self.linker.entities.pop(other.id, None)
            spots[-1] = (before, entity)

    def _actor(self, entity: Entity) -> Actor:
        key, kind = self.actors.resolve(entity.id), self._kind(entity)
        own = self.actors.get(key)
        if own is not None:
            return replace(own, aliases=tuple(dict.fromkeys([*own.aliases, *entity.aliases])))
        return Actor(
            key,
            entity.name,
            kind,
            None,
            entity.country,
            inter_code(kind, country=entity.country, home=self.linker.home),
            tuple(Title(title) for title in entity.titles),
            tuple(entity.aliases),
            (),
            entity.protected,
        )

    def _kind(self, entity: Entity) -> ActorKind:
        """Who only speaks, and holds no office and bears no arms, is a source."""
        if entity.speaks and not entity.other and entity.kind in SPEAKING_KINDS:
            ranks = {titles()[title].kind for title in entity.titles if title in titles()}
            if entity.person and entity.named and not ranks & {"government", "military", "police"}:
                return "source"
            people = any(lemma in nouns() and nouns()[lemma].person for lemma in entity.lemmas) or entity.kind == "ngo"
            if not entity.named and people and entity.id.endswith(self.document.article.id):
                return "source"
        return entity.kind


def _first(spot: Spot) -> int:
    return spot[0].first


def _drop_inside(names: list[Draft], nominals: list[Draft]) -> Iterator[Draft]:
    """Names that only narrow a role noun of the same actor go."""
    merged = {(index, draft.key) for draft in nominals if draft.key for index in range(draft.first, draft.last + 1)}
    for name in names:
        if (name.first, name.key) not in merged or (name.last, name.key) not in merged:
            yield name
    yield from nominals


def _pronoun(token: Token, entity: Entity) -> Draft:
    rule = "actors/relative" if token.text.lower() in RELATIVE else "actors/pronoun"
    return Draft(
        token.index, token.index, token.index, "pronoun", entity.kind, entity.name, rule, key=entity.id,
        plural=entity.plural, person=entity.person,
    )  # fmt: skip


def _learn_gender(token: Token, entity: Entity) -> None:
    word = token.text.lower()
    if entity.person and not entity.gender and word in {"he", "him", "his", "she", "her"}:
        entity.gender = "m" if word.startswith("h") and word != "her" else "f"


def _confidence(draft: Draft) -> float:
    return {"name": 0.95, "acronym": 0.9, "alias": 0.9, "surname": 0.9, "nominal": 0.8, "pronoun": 0.6}.get(
        draft.how, 0.8
    )
