"""Pronouns: the person or group that "he", "they", "who" or, inside a quotation, "I" means."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.actors.coreference import Entity
from timeline.actors.draft import Draft
from timeline.actors.syntax import beside_speech, is_subject, top_of_chain
from timeline.gazetteer import nouns, words
from timeline.language.document import Document, Token

__all__ = ["Spot", "antecedent", "quoted"]

Spot = tuple[Draft, Entity]

MALE, FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
THING = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "myself", "mine"})
FIRST_MANY = frozenset({"we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
PERSONAL = MALE | FEMALE | MANY | FIRST_MANY
ALL = MALE | FEMALE | MANY | THING | FIRST | FIRST_MANY
BODIES = frozenset(
    {"state", "government", "military", "police", "rebel", "militia", "party", "igo", "ngo", "media", "unknown"}
)


def quoted(document: Document) -> frozenset[int]:
    """The tokens that stand inside quotation marks; a quotation ends at the latest with its paragraph."""
    inside, depth, found = False, 0, []
    for token in document.tokens:
        before = document.text[document.tokens[token.index - 1].end : token.start] if token.index else ""
        if "\n" in before:
            inside, depth = False, 0
        if token.text in {"“", "``"} or (token.text == '"' and not inside):
            inside, depth = True, 0
        elif token.text in {"”", "''", '"'} and inside:
            inside = False
        elif inside:
            depth += 1
            found.append(token.index)
    return frozenset(found)


def antecedent(document: Document, token: Token, spots: Sequence[Spot], inside: frozenset[int]) -> Entity | None:
    """The actor that a pronoun means, from the mentions before it (and, for quotations, the speaker); else None."""
    word = token.text.lower()
    if token.dep == "expl" or word not in ALL | RELATIVE or (word == "it" and _empty(document, token)):
        return None
    if word in RELATIVE:
        return _relative(document, token, spots)
    if word in FIRST | FIRST_MANY:
        return _speaker(document, token, spots) if token.index in inside else None
    here = document.sentence_of(token).index
    fitting = [
        (draft, entity)
        for draft, entity in spots
        if here - document.sentence_of(draft.token).index <= (1 if word in THING else 2) and draft.last < token.index
        and _agrees(word, draft, entity) and (token.index in inside or draft.token not in inside)
    ]  # fmt: skip
    if not fitting:
        return None
    return max(fitting, key=lambda spot: _weight(document, token, spot))[1]


def _empty(document: Document, token: Token) -> bool:
    """The "it" of "finds it hard" and "it is likely that" names nothing."""
    following = document.tokens[token.index + 1 : token.index + 4]
    if token.dep == "obj" and following and following[0].tag in {"JJ", "JJR", "RBR", "VBN"}:
        return True
    head = document.head(token)
    return head is not None and (
        head.pos in {"ADJ", "NOUN"} or head.lemma in {"seem", "appear", "take", "happen", "be"}
    )


def _agrees(word: str, draft: Draft, entity: Entity) -> bool:
    if word in MALE | FEMALE:
        gender = "m" if word in MALE else "f"
        return entity.person and not draft.plural and entity.gender in {"", gender}
    if word in MANY:
        return draft.plural or (not entity.person and entity.kind in BODIES and entity.kind not in {"state"})
    body = entity.kind in BODIES or (entity.kind == "source" and entity.named and not draft.plural)
    return not entity.person and body and draft.how != "demonym"


def _weight(document: Document, token: Token, spot: Spot) -> tuple[float, int]:
    """How well a mention fits: near, subject of the main clause, a person told of before, no mere source."""
    draft, entity = spot
    mention = top_of_chain(document, document.tokens[draft.token])
    here, there = document.sentence_of(token).index, document.sentence_of(mention).index
    weight = 2.0 if here == there else 1.0 if here == there + 1 else 0.0
    if not _in_main_clause(document, token):
        weight = 3.5 if here == there else 0.0
    if is_subject(mention):
        verb = document.head(mention)
        weight += 3.0 if verb is not None and verb.dep in {"root", "parataxis", "conj"} else 2.0
    if draft.how == "pronoun":
        weight += 0.5
    if entity.kind == "source" or any(title in nouns() and nouns()[title].kind == "source" for title in entity.titles):
        weight += 1.0 if _says(document, token) else -3.0
    if entity.named and entity.person:
        weight += 1.0
    return weight + 0.3 * min(4, entity.count), draft.token


def _says(document: Document, token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of speech, as sources are."""
    verb = document.head(token)
    return is_subject(token) and verb is not None and verb.lemma in words("speech")


def _in_main_clause(document: Document, token: Token) -> bool:
    """Whether a pronoun belongs to the main clause, and not to one that depends on another."""
    for above in document.ancestors(token):
        if above.pos in {"VERB", "AUX"} or above.dep == "root":
            return above.dep in {"root", "conj", "parataxis"}
    return True


def _relative(document: Document, token: Token, spots: Sequence[Spot]) -> Entity | None:
    if token.tag not in {"WP", "WDT", "WP$"}:
        return None
    for above in document.ancestors(token):
        if above.dep == "acl:relcl":
            return _at(spots, above.head, token.index)
    before = token.index - 1
    while before >= 0 and document.tokens[before].text == ",":
        before -= 1
    return _at(spots, before, token.index)


def _at(spots: Sequence[Spot], index: int, limit: int) -> Entity | None:
    for draft, entity in reversed(spots):
        if draft.first <= index <= draft.last and draft.last < limit:
            return entity
    return None


def _speaker(document: Document, token: Token, spots: Sequence[Spot]) -> Entity | None:
    """The subject of the nearest verb of speech outside the quotation, in this sentence or a neighbour."""
    here = document.sentence_of(token).index
    best: tuple[int, int] | None = None
    found = None
    for draft, entity in spots:
        mention = top_of_chain(document, document.tokens[draft.token])
        verb = document.head(mention)
        told = is_subject(mention) and verb is not None and verb.lemma in words("speech")
        if not told and not beside_speech(document, draft.first, draft.last):
            continue
        distance = document.sentence_of(draft.token).index - here
        if abs(distance) > 2:
            continue
        weight = (-abs(distance) * 2 - (1 if distance > 0 else 0), -abs(draft.token - token.index))
        if best is None or weight > best:
            best, found = weight, entity
    return found
