"""Who is said elsewhere in the text to have done it: blamed, suspected, or claiming it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from timeline.extraction.draft import Draft, actor_role
from timeline.extraction.mentions import Mentions
from timeline.extraction.slots import heads
from timeline.language.document import Document, Token
from timeline.language.syntax import preposition
from timeline.records import Actor, Evidence, Mention

__all__ = ["with_blame"]

_FORCE = frozenset({"attack", "bombing", "shelling", "airstrike", "massacre", "assassination", "kidnapping"})
_ACTED = frozenset({"happened", "disputed"})
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Blame:
    """A culprit, the word that names the culprit so, what is meant if the text says it, and who says so."""

    culprit: Mention[Actor]
    word: Token
    deed: Token | None
    by: Mention[Actor] | None
    denied: bool = False


def with_blame(document: Document, drafts: Sequence[Draft], mentions: Mentions) -> list[Draft]:
    """The drafts with the perpetrators that the text names apart from the deed, each as the claim of who says so.

    A claim of responsibility or an accusation goes to the deed that it names, else to the last use of force told at
    most three sentences before it. "Police suspect the Maoists" is a claim of the police, "the Maoists claimed
    responsibility" one of the Maoists.
    """
    found = list(drafts)
    for blame in _blames(document, mentions):
        index = _deed(document, found, blame)
        if index is None:
            continue
        draft, source = found[index], blame.by or blame.culprit
        if any(role.actor == blame.culprit.value.id for role in draft.roles):
            continue
        by = None if blame.denied else source.value.name
        role = replace(actor_role("perpetrator", blame.culprit), claimed_by=by, disputed=blame.denied)
        evidence = (*draft.evidence, Evidence("roles.perpetrator", f"blame/{blame.word.lemma.lower()}"))
        found[index] = replace(draft, roles=(*draft.roles, role), evidence=evidence)
    return found


def _blames(document: Document, mentions: Mentions) -> Iterator[_Blame]:
    for token in document.tokens:
        lemma = token.lemma.lower()
        if lemma == "attribute" and token.pos == "VERB":
            crime = next((head for head in heads(document, token, "object")), None)
            by = _first_actor(document, token, "subject", mentions)
            yield from _named(document, token, "prep:to", crime, mentions, by=by)
        elif lemma == "deny" and token.pos == "VERB":
            yield from _denying(document, token, mentions)
        elif lemma in {"blame", "suspect", "accuse"} and token.pos == "VERB" and token.dep != "amod":
            yield from _accused(document, token, mentions)
    for mention in mentions.triggers:
        if mention.value.type == "statement" and mention.value.subtype == "claim_responsibility":
            token = document.tokens[mention.token]
            forceful = {other.token for other in mentions.triggers if other.value.type in _FORCE}
            after = (word for word in document.sentence_of(token).tokens if word.index > token.index)
            claimed = next((word for word in after if word.index in forceful), None)
            yield from _named(document, token, "subject", claimed, mentions, by=None)


def _accused(document: Document, token: Token, mentions: Mentions) -> Iterator[_Blame]:
    """Of "blamed the rebels for the raid", "the raid was blamed on the rebels", "the rebels are suspected"."""
    by = _first_actor(document, token, "subject", mentions)
    blamed_on = [child for child in document.children(token, "obl") if preposition(document, child) == "on"]
    deeds = list(heads(document, token, "object" if blamed_on else "prep:for"))
    for crime in () if blamed_on or deeds else document.children(token, "obj"):
        yield from _named(document, crime, "prep:on", crime, mentions, by=by)
    doing = [clause for clause in document.children(token, "advcl", "acl", "xcomp") if clause.tag == "VBG"]
    doing = [deed for clause in doing for deed in (clause, *document.children(clause, "conj"))]
    found: list[Token | None] = [*deeds[:1]] or [*doing] or [None]
    for deed in found:
        yield from _named(document, token, "prep:on" if blamed_on else "object", deed, mentions, by=by)


def _denying(document: Document, token: Token, mentions: Mentions) -> Iterator[_Blame]:
    """Of "the army denied shelling the town", "the army denied that it had shelled the town": the army is accused."""
    for clause in document.children(token, "xcomp", "ccomp"):
        own = _first_actor(document, clause, "subject", mentions) or _first_actor(document, clause, "object", mentions)
        for blame in _named(document, token, "subject", None, mentions, by=None):
            same = clause.dep == "xcomp" or (own is not None and own.value.id == blame.culprit.value.id)
            if same:
                yield replace(blame, denied=True)


def _first_actor(document: Document, token: Token, slot: str, mentions: Mentions) -> Mention[Actor] | None:
    named = (mentions.actor_of.get(head.index) for head in heads(document, token, slot))
    return next((actor for actor in named if actor is not None), None)


def _named(
    document: Document, token: Token, slot: str, deed: Token | None, mentions: Mentions, *, by: Mention[Actor] | None
) -> Iterator[_Blame]:
    for head in heads(document, token, slot):
        actor = mentions.actor_of.get(head.index)
        if actor is not None and actor.value.kind not in {"source", "media", "crowd"}:
            yield _Blame(actor, token, deed, by)


def _deed(document: Document, drafts: Sequence[Draft], blame: _Blame) -> int | None:
    """The draft that is meant: the one whose trigger is named, else the last before the word."""
    if blame.deed is not None:
        for index, draft in enumerate(drafts):
            if draft.type in _FORCE and any(mention.token == blame.deed.index for mention in draft.mentions):
                return index
    here = document.sentence_of(blame.word).index
    before = [
        (max(mention.token for mention in draft.mentions if mention.token < blame.word.index), index)
        for index, draft in enumerate(drafts)
        if draft.type in _FORCE and draft.factuality in _ACTED and draft.token.index < blame.word.index
    ]
    near = [item for item in before if here - document.sentence_of(document.tokens[item[0]]).index <= _REACH]
    return max(near)[1] if near else None
