"""Role nouns with what stands before them: "two Syrian soldiers", "the rebels", "Hamas militants"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from timeline.actors.bodies import state_body
from timeline.actors.draft import Draft, slug
from timeline.actors.phrases import LEFT, apart, leftmost
from timeline.actors.segmenting import Stretch
from timeline.actors.syntax import text_of
from timeline.gazetteer import Noun, demonyms, fold, nouns, peoples, state_names, states, titles, words
from timeline.gazetteer.states import plural as demonym_plural
from timeline.language.document import Document, Token
from timeline.records import ActorKind

__all__ = ["nominal_drafts"]

NO_ACTORS = frozenset({"facility", "object"})
STATE_BODIES = frozenset({"government", "military", "police"})
DEFINITE = frozenset({"the", "this", "these", "that", "those", "both", "his", "her", "their", "its", "our", "my"})
BARE = frozenset(
    "force movement resistance company staff community band state unit faction union church leadership delegation"
    " patrol division congress rebellion insurgency alliance".split()
)
LANDS = frozenset({"nation", "country", "state", "republic", "kingdom", "community", "company", "party", "side"})
STATES = frozenset({"nation", "country", "state", "republic", "kingdom"})
LOOSE = frozenset({"defector", "deserter", "mutineer", "veteran", "contractor"})
OWNERS = frozenset({"rebel", "militia", "party", "military", "government", "unknown", "igo"})
REBELS = ("rebel", "opposition", "insurgen")
SUBSTANTIVE = frozenset({"military", "dead", "wounded", "injured", "displaced", "missing"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int
    head: Token
    start: int
    noun: Noun


def nominal_drafts(document: Document, found: Sequence[Stretch], named: Mapping[int, Draft]) -> Iterator[Draft]:
    """Yield a draft for each role noun that is no part of a name; ``named`` gives the name at each token."""
    lands = {
        stretch.last: stretch.hit.entry.state
        for stretch in found
        if stretch.hit is not None and stretch.hit.type == "state" and stretch.hit.entry.state
    }
    covered = {index for stretch in found for index in range(stretch.first, stretch.last + 1) if _blocks(stretch)}
    done: set[int] = set()
    for token in reversed(document.tokens):
        if token.index in covered or token.index in done:
            continue
        if _is_headless(document, token):
            yield _number(document, token)
            continue
        noun, start = _role(document, token)
        if noun is not None and any(index in covered for index in range(start, token.index)):
            noun, start = next((_table()[word] for word in _lemmas(token) if word in _table()), None), token.index
        if noun is None or token.text in peoples():
            continue
        done.update(range(start, token.index))
        if noun.noun == "head" and not any(child.text == "of" for child in _cases(document, token)):
            continue
        if noun.kind in NO_ACTORS or _is_title(document, token, start, named) or _is_idiom(document, token):
            continue
        if _modifies_role(document, token) or (
            noun.noun in LANDS and token.tag != "NNS" and not _acts(document, token)
        ):
            continue
        if _is_bare(document, token, start, noun):
            continue
        yield _draft(
            document,
            _Phrase(apart(document, leftmost(document, token, start), start, named), token, start, noun),
            named,
            lands,
        )


def _is_headless(document: Document, token: Token) -> bool:
    """Whether a number stands for people by itself: "the three were freed", "killing 12"."""
    if (
        token.tag != "CD"
        or token.dep not in {"nsubj", "nsubj:pass", "obj"}
        or document.children(token, "nmod", "compound")
    ):
        return False
    digits = token.text.replace(",", "")
    following = document.tokens[token.index + 1].text if token.index + 1 < len(document.tokens) else ""
    if "." in digits or "%" in following or following in {"per", "percent"} or ":" in digits:
        return False
    if digits.isdigit() and 1900 <= int(digits) <= 2100 and "," not in token.text:
        return False
    verb = document.head(token)
    return verb is not None and verb.lemma in words("harm")


def _number(document: Document, token: Token) -> Draft:
    first = token.index
    while first > 0 and document.tokens[first - 1].head == token.index and document.tokens[first - 1].dep in LEFT:
        first -= 1
    definite, last = document.tokens[first].text.lower() in DEFINITE, token.index
    if last + 1 < len(document.tokens) and document.tokens[last + 1].text.lower() in SUBSTANTIVE:
        last += 1
    return Draft(
        first, last, token.index, "nominal", "civilians", "people", "actors/number", plural=True,
        definite=definite, lemma="people", counted=True,
    )  # fmt: skip


def _blocks(stretch: Stretch) -> bool:
    return stretch.label not in {"demonym", "people", "state", "capital"} or stretch.last > stretch.first


@cache
def _table() -> Mapping[str, Noun]:
    """The role nouns in lower case."""
    return {key.lower(): noun for key, noun in nouns().items()}


def _role(document: Document, token: Token) -> tuple[Noun | None, int]:
    """The longest role noun that ends at a token, and where it begins."""
    if token.tag not in {"NN", "NNS", "NNP", "NNPS"} and not (
        token.text.lower() in SUBSTANTIVE
        and (token.dep in {"nsubj", "obj", "nmod", "obl", "nsubj:pass"} or document.children(token, "nummod", "det"))
    ):
        return None, token.index
    table, sentence = _table(), document.sentence_of(token)
    if token.tag in {"NNP", "NNPS"} and token.text.rstrip("s").isupper() and len(token.text) < 6:
        if token.text.rstrip("s") in nouns():
            return nouns()[token.text.rstrip("s")], token.index
        if not document.text[sentence.start : sentence.end].isupper():
            return None, token.index
    low, lemmas = sentence.tokens[0].index, _lemmas(token)
    for length in (3, 2, 1, 0):
        start = token.index - length
        if start < low:
            continue
        before = "".join(
            word.text.lower() + ("" if word.end == following.start else " ")
            for word, following in zip(
                document.tokens[start : token.index], document.tokens[start + 1 : token.index + 1], strict=True
            )
        )
        for last in lemmas:
            if (noun := table.get(before + last)) is not None:
                return noun, start
    return None, token.index


def _lemmas(token: Token) -> tuple[str, ...]:
    """What a noun can be in the singular, should the model's lemma fail: -men, -women, -s."""
    low = token.text.lower()
    found = [low, token.lemma.lower()]
    if low.endswith("men"):
        found.append(low[:-2] + "an")
    elif low.endswith("s"):
        found.append(low[:-1])
    return tuple(found)


def _is_title(document: Document, token: Token, start: int, named: Mapping[int, Draft]) -> bool:
    """Whether the noun is the title before a name, which the name's draft carries."""
    phrase = text_of(document, start, token.index).casefold()
    over = named.get(token.index)
    if over is not None and over.person and over.token != token.index:
        return True
    draft = named.get(token.index + 1)
    return (
        draft is not None
        and draft.person
        and draft.first == token.index + 1
        and (phrase in titles() or draft.title is not None or token.dep in {"nmod:desc", "compound", "nmod", "amod"})
    )


def _is_idiom(document: Document, token: Token) -> bool:
    """An army of volunteers is no army; "in general" is no rank."""
    of = next((child for child in document.children(token, "nmod") if child.index > token.index), None)
    if token.lemma == "army" and of is not None and of.tag == "NNS" and of.lemma.lower() not in {"state", "emirate"}:
        return any(child.text == "of" for child in document.children(of, "case"))
    return token.lemma == "general" and token.index > 0 and document.tokens[token.index - 1].text.lower() == "in"


def _modifies_role(document: Document, token: Token) -> bool:
    """Whether the noun only narrows another role noun that follows: "rebel fighters", "government officials"."""
    head = document.head(token)
    if head is None or head.index <= token.index or token.dep not in {"compound", "amod", "nmod:desc"}:
        return False
    noun, _ = _role(document, head)
    return noun is not None and noun.kind not in NO_ACTORS


def _cases(document: Document, token: Token) -> Iterator[Token]:
    """The prepositions of what hangs on a noun."""
    for child in document.children(token, "nmod"):
        yield from document.children(child, "case")


def _acts(document: Document, token: Token) -> bool:
    """Whether a land or body does something: subject of a verb of politics or speech."""
    verb = document.head(token)
    if token.dep != "nsubj" or verb is None or verb.pos != "VERB":
        return False
    return verb.lemma in words("policy") or token.lemma.lower() not in STATES


def _is_bare(document: Document, token: Token, start: int, noun: Noun) -> bool:
    """Whether a singular stands alone, as in "use of force" or "freedom of movement"."""
    if noun.noun not in BARE or token.tag != "NN" or start < token.index:
        return False
    return not document.children(token, "det", "amod", "compound", "nmod:poss", "nummod")


def _draft(document: Document, phrase: _Phrase, named: Mapping[int, Draft], lands: Mapping[int, str]) -> Draft:
    tokens, head, noun = document.tokens, phrase.head, phrase.noun
    lead = tokens[phrase.first]
    country, owner = _country(document, phrase, named, lands)
    lemma = noun.noun
    kind = _kind(document, phrase, noun)
    narrows = noun.person and head.dep in {"compound", "amod", "nmod:desc"} and head.head > head.index
    plural = head.tag in {"NNS", "NNPS"} or lemma in {"police", "people"} or narrows
    definite = lead.text.lower() in DEFINITE or lead.dep == "nmod:poss" or _possessor(document, head) is not None
    key = name = None
    own = noun.armed or (not noun.person and kind != "source") or (noun.noun == "member" and plural)
    if owner is not None and owner.name and own and owner.kind in OWNERS and noun.kind != "civilians":
        key, name, kind, country = owner.key or slug(owner.name), owner.name, owner.kind, owner.country
    if kind == "rebel" and any(word in lemma for word in REBELS):
        lemma = "rebel"
    single = head.tag in {"NN", "NNP"} or noun.noun in {"armed forces", "forces", "security forces"}
    if (
        key is None
        and country is None
        and single
        and not noun.person
        and kind in {"government", "military", "police", "rebel"}
    ):
        key, name = _of_unknown(document, head, lemma, named)
    if key is None and country is not None and noun.noun not in LOOSE:
        key, name = _of_state(country, kind, noun, lead)
    return Draft(
        phrase.first, head.index, head.index, "nominal", kind, name or _name(head, noun, country, plural=plural),
        "actors/role-noun",
        key=key, country=country, plural=plural, person=noun.person and not plural, definite=definite, lemma=lemma,
        counted=bool(document.children(head, "nummod")),
    )  # fmt: skip


def _of_unknown(
    document: Document, head: Token, lemma: str, named: Mapping[int, Draft]
) -> tuple[str | None, str | None]:
    """A body of something that no list knows: "the government of X"."""
    for child in document.children(head, "nmod"):
        of = any(case.text == "of" for case in document.children(child, "case"))
        if of and child.index > head.index and child.pos == "PROPN" and child.text[0].isupper():
            draft = named.get(child.index)
            if draft is not None and draft.person:
                return None, None
            name = f"{lemma} of {draft.name if draft is not None else child.text}"
            return slug(name), name
    return None, None


def _kind(document: Document, phrase: _Phrase, noun: Noun) -> ActorKind:
    """The kind of the noun, corrected by the words before it."""
    before = {token.text.lower() for token in document.tokens[phrase.first : phrase.head.index]}
    if noun.noun in {
        "force",
        "forces",
        "fighter",
        "troop",
        "troops",
        "unit",
        "group",
        "commander",
        "soldier",
        "leader",
    }:
        if before & {
            "rebel",
            "opposition",
            "insurgent",
            "separatist",
            "guerrilla",
            "jihadist",
            "islamist",
            "revolutionary",
        }:
            return "rebel"
        if before & {"tribal", "paramilitary", "militia", "pro-government"}:
            return "militia"
    if noun.kind == "government" and before & {"rebel", "opposition", "militant", "separatist"} and noun.person:
        return "rebel"
    return noun.kind


def _of_state(country: str, kind: ActorKind, noun: Noun, lead: Token) -> tuple[str | None, str | None]:
    """Id and name of a body of a state; rebels and people of a country are not the state."""
    single = noun.person and lead.text.lower() in {"a", "an", "one"}
    body = not noun.person or noun.noun == "police"
    if (kind in {"military", "rebel"} and not single) or (kind in {"government", "police"} and body):
        return state_body(country, kind, noun.noun)
    return None, None


def _name(head: Token, noun: Noun, country: str | None, *, plural: bool) -> str:
    if noun.noun in {
        "rebel force",
        "rebel forces",
        "rebel fighter",
        "rebel",
        "opposition forces",
        "opposition fighter",
    } and (head.tag in {"NNS", "NNPS"}):
        return f"{states()[country].demonyms[0]} rebels" if country and states()[country].demonyms else "rebels"
    words_ = noun.noun.split()
    last = head.text if head.tag in {"NNS", "NNPS"} else demonym_plural(words_[-1]) if plural else words_[-1]
    if noun.noun in {"police", "people"} or last.endswith("police"):
        last = words_[-1]
    plain = " ".join([*words_[:-1], last.lower() if not last.isupper() else last])
    if country is not None and states()[country].demonyms:
        return f"{states()[country].demonyms[0]} {plain}"
    return plain


def _possessor(document: Document, head: Token) -> Token | None:
    return next(iter(document.children(head, "nmod:poss")), None)


def _country(
    document: Document, phrase: _Phrase, named: Mapping[int, Draft], lands: Mapping[int, str]
) -> tuple[str | None, Draft | None]:
    """The country that the words give, and the named actor that the noun belongs to."""
    country, owner = None, None
    for index in range(phrase.first, phrase.head.index):
        word = document.tokens[index]
        country = demonyms().get(word.text) or _state(word) or country
        if word.text in peoples() and peoples()[word.text].country and country is None:
            country = peoples()[word.text].country
        draft = named.get(index)
        if draft is not None and draft.first == index and not draft.person:
            owner = draft
    two = " ".join(
        token.text for token in document.tokens[max(phrase.first, phrase.head.index - 3) : phrase.head.index]
    )
    for phrase_, code in demonyms().items() if " " in two else ():
        if " " in phrase_ and phrase_ in two:
            country = code
    for child in document.children(phrase.head, "nmod"):
        if child.index > phrase.head.index and any(case.text == "of" for case in document.children(child, "case")):
            draft = named.get(child.index)
            if draft is not None and draft.kind == "state":
                country = country or draft.country
            reach = range(child.index, child.index + 4)
            country = country or next((lands[index] for index in reach if index in lands), None)
    return country, owner or _group_of(document, phrase, named)


def _group_of(document: Document, phrase: _Phrase, named: Mapping[int, Draft]) -> Draft | None:
    """The named group that several people belong to: "members of the M23", "fighters from Boko Haram"."""
    if phrase.head.tag not in {"NNS", "NNPS"} or phrase.noun.noun in LOOSE:
        return None
    for child in document.children(phrase.head, "nmod"):
        case = next(iter(document.children(child, "case")), None)
        draft = named.get(child.index)
        if draft is None or draft.person or case is None or case.lemma.lower() not in {"of", "from"}:
            continue
        if draft.first > phrase.head.index and draft.kind in OWNERS:
            return draft
    return None


def _state(word: Token) -> str | None:
    if not word.text[0].isupper() or (word.text == word.text.upper() and "." not in word.text and len(word.text) > 3):
        return None
    return state_names().get(fold(word.text)) if word.text not in {"Us"} else None
