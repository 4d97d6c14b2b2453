"""Who is meant: drafts become actors, and mentions of one actor share its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from timeline.actors.bodies import APART, state_body
from timeline.actors.draft import Draft, slug
from timeline.actors.naming import gender_of, name_parts, same_person, surname_of
from timeline.actors.syntax import text_of
from timeline.gazetteer import (
    Group,
    demonyms,
    fold,
    groups,
    is_acronym,
    lookup,
    nouns,
    state_names,
    words,
)
from timeline.language.document import Document
from timeline.records import ActorKind

__all__ = ["Entity", "Linker", "country_votes", "inter_code"]

LANDS = frozenset({"nation", "country", "state", "coalition", "alliance", "delegation", "company", "side", "republic"})
ARMIES = frozenset({"army", "military", "armed forces", "air force", "navy", "military council", "high command"})
GROUPS = frozenset({"rebel", "militia", "party", "ngo", "igo"})
BODIES = frozenset({"government", "military", "police"})
FORCE_CODES = {
    "state": 1, "government": 1, "military": 1, "police": 1, "rebel": 2, "militia": 3, "crowd": 6, "civilians": 7,
    "population": 7, "igo": 8, "media": 7, "ngo": 7, "source": 7, "party": 3,
}  # fmt: skip


@dataclass(slots=True)
class Entity:
    """An actor while it is being put together."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    plural: bool
    person: bool
    lemmas: set[str] = field(default_factory=set)
    aliases: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    gender: str = ""
    last: int = -1
    count: int = 0
    speaks: int = 0
    other: int = 0
    named: bool = False
    office: bool = False
    protected: bool = False


def country_votes(document: Document, drafts: Iterable[Draft]) -> Counter[str]:
    """How often a text names each country: by name, demonym, capital, or a town that leaves no doubt."""
    votes: Counter[str] = Counter()
    for token in document.tokens:
        if token.text[0].isupper():
            code = demonyms().get(token.text) or state_names().get(fold(token.text))
            if code and not (token.text.isupper() and len(token.text) <= 3 and code not in {"USA", "GBR", "ARE"}):
                votes[code] += 2
    for sentence in document.sentences:
        for name in sentence.names:
            if name.label != "LOC":
                continue
            spots = lookup(text_of(document, name.first, name.last))
            if spots and spots[0].feature in {"town", "region"} and spots[0].population >= 50_000:
                votes[spots[0].country] += 1
    for draft in drafts:
        if draft.country and draft.how in {"name", "alias", "acronym"}:
            votes[draft.country] += 1
    return votes


class Linker:
    """Walks over the drafts of one document in order and gives each an entity."""

    def __init__(self, document: Document, votes: Counter[str]) -> None:
        self.document = document
        self.votes = votes
        self.entities: dict[str, Entity] = {}
        self.by_surname: dict[str, list[Entity]] = {}
        self.by_alias: dict[str, Entity] = {}
        self.unlinked: list[Draft] = []
        self.by_lemma: dict[str, list[Entity]] = {}
        self.by_word: dict[str, list[Entity]] = {}
        self.last_people: Entity | None = None
        self.numbers: Counter[str] = Counter()

    @property
    def home(self) -> str | None:
        """The country that the text is about, if one stands out."""
        ranked = self.votes.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        if len(ranked) == 2 and ranked[1][1] * 1.25 > ranked[0][1]:
            return None
        return ranked[0][0]

    def link(self, draft: Draft) -> Entity:
        """The entity that a draft names, made if it is new."""
        if draft.person and draft.kind == "person" and not draft.lemma and draft.key is None:
            entity = self._person(draft)
        elif draft.lemma:
            entity = self._nominal(draft)
        else:
            entity = self._named(draft)
        self._note(entity, draft)
        return entity

    def belongs(self, draft: Draft, owner: Entity) -> Draft:
        """A body with "its" or "their": that of the state, or the armed group itself."""
        if owner.kind in {"state", "government", "military"} and owner.country and draft.kind in BODIES:
            key, name = state_body(owner.country, draft.kind, draft.lemma)
            return replace(draft, key=key, name=name, country=owner.country)
        if draft.lemma == "defender":
            return draft
        if owner.kind in {"rebel", "militia"} and draft.kind in {"rebel", "militia", "military"} and not draft.person:
            return replace(draft, key=owner.id, name=owner.name, country=owner.country, kind=owner.kind)
        return draft

    def describe(self, draft: Draft, entity: Entity) -> Entity:
        """Note that a role noun describes an actor who is known already; a person gets it as a title."""
        if entity.person and draft.lemma not in entity.titles:
            entity.titles.append(draft.lemma)
        entity.country = entity.country or draft.country
        entity.gender = entity.gender or gender_of(draft.lemma.split()[-1])
        entity.lemmas.add(draft.lemma)
        return entity

    def define(self, alias: str, entity: Entity) -> None:
        """Bind a name that the text itself defines ("X (Y)") for the rest of the document."""
        self.by_alias[alias if is_acronym(alias) else fold(alias)] = entity
        if alias not in entity.aliases:
            entity.aliases.append(alias)

    def _note(self, entity: Entity, draft: Draft) -> None:
        entity.last = draft.token
        entity.count += 1
        entity.plural = entity.plural or draft.plural
        if draft.lemma and draft.lemma not in entity.lemmas:
            self.by_lemma.setdefault(draft.lemma, []).append(entity)
        entity.lemmas.add(draft.lemma)
        if draft.lemma and draft.plural and not entity.named and draft.lemma in nouns() and nouns()[draft.lemma].person:
            self.last_people = entity
        entity.protected = entity.protected or draft.protected
        text = text_of(self.document, draft.first, draft.last)
        if draft.how in {"name", "alias", "acronym", "surname"} and not draft.lemma and text not in entity.aliases:
            entity.aliases.append(text)
        if draft.title and draft.title not in entity.titles:
            entity.titles.append(draft.title)
        if not entity.gender and draft.title:
            entity.gender = gender_of(draft.title)
        if not entity.gender and draft.lemma:
            entity.gender = gender_of(draft.lemma.split()[-1])

    def _new(self, key: str, draft: Draft, *, name: str | None = None) -> Entity:
        entity = Entity(key, name or draft.name, draft.kind, draft.country, draft.plural, draft.person)
        entity.named = not draft.lemma
        self.entities[key] = entity
        if entity.named and not entity.person:
            for word in dict.fromkeys(fold(entity.name).split()):
                self.by_word.setdefault(word, []).append(entity)
        return entity

    def _local(self, word: str) -> str:
        base = slug(word)
        self.numbers[base] += 1
        number = "" if self.numbers[base] == 1 else f"-{self.numbers[base]}"
        return f"{base}{number}@{self.document.article.id}"

    def _person(self, draft: Draft) -> Entity:
        parts = name_parts(draft.name)
        surname = surname_of(draft.name)
        same = self.by_surname.get(surname, [])
        if len(parts) == 1 or draft.how == "surname":
            if len(same) == 1:
                return same[0]
            if len(same) > 1:
                self.unlinked.append(draft)
                return self._new(self._local(draft.name), draft)
        for entity in same:
            if same_person(entity.name, draft.name):
                if len(parts) > len(name_parts(entity.name)):
                    self._rename(entity, draft.name)
                return entity
        alias = self.by_alias.get(fold(draft.name))
        if alias is not None:
            return alias
        key = slug(draft.name)
        if key in self.entities:
            return self.entities[key]
        entity = self._new(key, draft)
        self.by_surname.setdefault(surname, []).append(entity)
        return entity

    def _rename(self, entity: Entity, name: str) -> None:
        """A fuller name takes the place of a bare surname."""
        self.entities.pop(entity.id, None)
        entity.name, entity.id = name, slug(name)
        self.entities[entity.id] = entity

    def _named(self, draft: Draft) -> Entity:
        text = text_of(self.document, draft.first, draft.last)
        bound = self.by_alias.get(text if is_acronym(text) else fold(text))
        if bound is not None:
            return bound
        if draft.rule == "actors/group-ambiguous":
            return self._ambiguous(draft, text)
        key = draft.key or slug(draft.name)
        if key in self.entities:
            return self.entities[key]
        longer = self._longer(draft) if draft.key is None else None
        if longer is not None:
            return longer
        entity = self._new(key, draft)
        self.define(text, entity)
        return entity

    def _longer(self, draft: Draft) -> Entity | None:
        """The one organisation whose longer name holds this one: "the Observatory", "the Coalition"."""
        parts = fold(draft.name).split()
        if not parts or parts[-1] not in words("orgword"):
            return None
        fitting = [
            entity for entity in self.by_word.get(parts[-1], ()) if _within(parts, [entity.name, *entity.aliases])
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _ambiguous(self, draft: Draft, text: str) -> Entity:
        choices = [groups()[name] for name in draft.name.split("|")]
        fitting = [group for group in choices if group.country and self.votes[group.country]]
        fitting = fitting or [group for group in choices if group.country is None]
        if len(fitting) > 1:
            best = max(self.votes[group.country or ""] for group in fitting)
            fitting = [group for group in fitting if self.votes[group.country or ""] == best]
        if len(fitting) != 1:
            self.unlinked.append(draft)
            key = slug(text)
            return self.entities.get(key) or self._new(key, draft, name=text)
        group: Group = fitting[0]
        key = slug(group.name)
        entity = self.entities.get(key) or self._new(key, draft, name=group.name)
        entity.kind, entity.country = group.kind, group.country
        self.define(text, entity)
        return entity

    def _nominal(self, draft: Draft) -> Entity:
        if draft.key is not None:
            return self.entities.get(draft.key) or self._new(draft.key, draft)
        if draft.kind in BODIES and not draft.person and not draft.counted and self._is_body_noun(draft):
            found = self._body(draft)
            if found is not None:
                return found
        if draft.definite or (draft.plural and draft.kind not in {"civilians", "population", "crowd", "unknown"}):
            found = self._again(draft)
            if found is not None:
                return found
        return self._new(self._local(draft.name), draft)

    def _body(self, draft: Draft) -> Entity | None:
        """The body that "the army" or "the regime" means: the one told of lately, else that of the home country."""
        if draft.country is not None:
            return None
        home = self.home
        if draft.lemma in APART:
            near = [entity for entity in self.entities.values() if draft.lemma in entity.lemmas]
        else:
            near = [entity for entity in self.entities.values() if entity.kind == draft.kind and _is_body(entity)]
            near = [entity for entity in near if not entity.lemmas & APART.keys()]
        if near:
            best = max(near, key=lambda entity: self._nearness(entity, draft, home))
            if best.country == home or home is None or self._nearness(best, draft, home) > 1:
                return best
        if home is None or draft.lemma in {
            "nation",
            "country",
            "state",
            "coalition",
            "alliance",
            "delegation",
            "company",
        }:
            return None
        key, name = state_body(home, draft.kind, draft.lemma)
        if key in self.entities:
            return self.entities[key]
        entity = self._new(key, draft, name=name)
        entity.country = home
        return entity

    def _is_body_noun(self, draft: Draft) -> bool:
        """Whether a noun can mean a body of the state as a whole: "the army", "troops", but not "officials"."""
        if draft.kind == "military":
            plain = draft.lemma in {"soldier", "troop", "troops", "forces", "government forces", "security forces"}
            return draft.lemma in ARMIES or (plain and (draft.definite or draft.plural))
        if draft.lemma in LANDS:
            return False
        noun = nouns().get(draft.lemma)
        return noun is not None and (not noun.person or draft.lemma == "police")

    def _nearness(self, entity: Entity, draft: Draft, home: str | None) -> float:
        """How likely a body is meant again: told of lately, of the country that the text is about."""
        sentences = self.document.sentence_of(draft.token).index - self.document.sentence_of(entity.last).index
        recent = 2.0 if sentences == 0 else 1.2 if sentences == 1 else 0.5 if sentences <= 4 else 0.0
        return recent + (1.5 if home is not None and entity.country == home else 0.0) + (0.3 if entity.country else 0.0)

    def _again(self, draft: Draft) -> Entity | None:
        """An earlier actor that a definite or plural noun takes up again."""
        if draft.rule == "actors/number" and draft.definite:
            return self.last_people
        if draft.definite and draft.lemma in {"group", "organisation", "organization"}:
            named = [entity for entity in self.entities.values() if entity.kind in GROUPS and entity.named]
            if named:
                return max(named, key=lambda entity: entity.last)
        local = [
            entity
            for entity in self.by_lemma.get(draft.lemma, ())
            if not entity.named and entity.person == draft.person
            and (draft.country is None or entity.country in {draft.country, None})
        ]  # fmt: skip
        if local:
            return max(local, key=lambda entity: entity.last)
        if not draft.definite:
            return None
        if draft.person:
            return self._holder(draft)
        if draft.kind in {"rebel", "militia", "party", "igo", "ngo"}:
            same = [
                entity for entity in self.entities.values() if entity.kind == draft.kind and entity.country is not None
            ]
            if draft.kind == "rebel":
                crowd = [entity for entity in same if not entity.named]
                same = crowd or same
            if len(same) == 1 or (same and draft.lemma in {"group", "movement", "party", "militia", "faction"}):
                return max(same, key=lambda entity: entity.last)
        return None

    def _holder(self, draft: Draft) -> Entity | None:
        """The only person of the document who bears the title."""
        holders = [
            entity
            for entity in self.entities.values()
            if entity.named and entity.person and draft.lemma in entity.titles
        ]
        if len(holders) == 1:
            return holders[0]
        return None


def _within(parts: list[str], names: list[str]) -> bool:
    return any(
        len(whole) > len(parts) and all(part in whole for part in parts) for whole in map(str.split, map(fold, names))
    )


def _is_body(entity: Entity) -> bool:
    """Whether an actor is a body ("the army") and not people of it ("two soldiers")."""
    return "@" not in entity.id or bool(entity.lemmas & (ARMIES | {"government", "regime", "police", "authorities"}))


def inter_code(kind: ActorKind, *, country: str | None, home: str | None) -> int | None:
    """ACLED's interaction code of a kind: 1 state forces to 8 external forces (ACLED codebook, 2023)."""
    code = FORCE_CODES.get(kind)
    if code == 1 and country and home and country != home:
        return 8
    return code
