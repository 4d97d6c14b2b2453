"""Names in a text and what they are: groups, states, persons, organisations, places that speak for a government."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from timeline.actors.draft import Draft, slug
from timeline.actors.segmenting import Stretch
from timeline.actors.syntax import case_of, head_of, is_addressed, is_speaker, is_subject, text_of
from timeline.gazetteer import Group, demonyms, fold, is_acronym, lookup, nouns, state_names, states, titles, words
from timeline.language.document import Document, Token
from timeline.records import ActorKind, MentionKind

__all__ = ["name_drafts"]


def name_drafts(document: Document, found: list[Stretch]) -> Iterator[Draft]:
    """Turn the names of a document into drafts; names of mere places give none."""
    surnames = _surnames(document, found)
    places = frozenset(
        _text(document, stretch) for stretch in found if stretch.hit is None and _is_place(document, stretch)
    )
    for stretch in found:
        draft = _known(document, stretch) if stretch.hit else _guessed(document, stretch, surnames, places)
        if draft is not None:
            yield draft


def _surnames(document: Document, found: list[Stretch]) -> frozenset[str]:
    return frozenset(
        fold(document.tokens[stretch.last].text)
        for stretch in found
        if stretch.label == "PER" and stretch.last > stretch.first
    )


def _text(document: Document, stretch: Stretch) -> str:
    return text_of(document, stretch.first, stretch.last)


def _draft(
    document: Document, stretch: Stretch, how: MentionKind, kind: ActorKind, name: str, rule: str, **more: object
) -> Draft:
    token = head_of(document, stretch.first, stretch.last)
    return Draft(stretch.first, stretch.last, token, how, kind, name, f"actors/{rule}", **more)  # type: ignore[arg-type]


def _known(document: Document, stretch: Stretch) -> Draft | None:
    hit = stretch.hit
    assert hit is not None
    text, entry = _text(document, stretch), hit.entry
    if hit.type == "actor":
        actor = entry.actors[0]
        if len(entry.actors) > 1:
            return _draft(document, stretch, "acronym", "unknown", text, "user-ambiguous", key=slug(text))
        how = _how(text, actor.name or "")
        return _draft(
            document, stretch, how, actor.kind, actor.name or actor.id, "user-list", key=actor.id,
            country=actor.country, person=actor.kind == "person", protected=actor.protected,
        )  # fmt: skip
    if hit.type == "group":
        return _group(document, stretch, entry.groups, text)
    if hit.type in {"state", "capital"}:
        code = entry.state or entry.capital
        assert code is not None
        return _state(document, stretch, code, text, is_capital=hit.type == "capital")
    if hit.type == "seat" and entry.seat is not None:
        if _is_place(document, stretch):
            return None
        code = entry.seat.country or ""
        return _draft(
            document, stretch, "metonym", entry.seat.kind, entry.seat.name, "seat", country=code,
            key=f"{slug(states()[code].name)}-{entry.seat.kind}",
        )  # fmt: skip
    if hit.type == "defined":
        return _draft(document, stretch, _how(text, ""), "unknown", text, "defined", plural=True)
    if hit.type in {"demonym", "people"}:
        return _people(document, stretch, text)
    return None


def _how(text: str, name: str) -> MentionKind:
    if fold(text) == fold(name):
        return "name"
    return "acronym" if is_acronym(text) else "alias"


def _group(document: Document, stretch: Stretch, groups: tuple[Group, ...], text: str) -> Draft:
    if len(groups) == 1:
        group = groups[0]
        return _draft(
            document, stretch, _how(text, group.name), group.kind, group.name, "group", key=slug(group.name),
            country=group.country, plural=True,
        )  # fmt: skip
    names = "|".join(group.name for group in groups)
    return _draft(document, stretch, "acronym", "unknown", names, "group-ambiguous", plural=True)


def _is_place(document: Document, stretch: Stretch) -> bool:
    token = document.tokens[head_of(document, stretch.first, stretch.last)]
    return case_of(document, token) in words("locative") and not is_subject(token)


def _state(document: Document, stretch: Stretch, code: str, text: str, *, is_capital: bool) -> Draft | None:
    token = document.tokens[head_of(document, stretch.first, stretch.last)]
    case, verb = case_of(document, token), document.head(token)
    government = f"{slug(states()[code].name)}-government"
    if is_capital:
        acts = is_subject(token) and verb is not None and verb.lemma in words("policy")
        if case == "" and (acts or is_addressed(document, token)):
            return _draft(
                document, stretch, "metonym", "government", _government(code), "metonym", key=government, country=code
            )
        return None
    if token.dep == "appos" and token.index and document.tokens[token.index - 1].text in {",", "("}:
        return None
    if token.dep == "obj" and verb is not None and verb.lemma in words("reach"):
        return None
    if case in words("locative") and not is_subject(token):
        if case in {"from", "to", "into", "between", "over", "toward", "towards"} and not _moves(verb):
            rule = "state-oblique"
        else:
            return None
    elif token.dep in {"compound", "amod", "nmod:poss", "nmod"} and verb is not None and verb.pos in {"NOUN", "PROPN"}:
        if case == "of" or (verb.lemma.lower() in nouns() and token.dep != "nmod"):
            return None
        rule = "state-modifier"
    else:
        rule = "state"
    return _draft(
        document, stretch, "name", "state", states()[code].name, rule, key=slug(states()[code].name), country=code
    )


def _moves(verb: Token | None) -> bool:
    return verb is not None and verb.lemma in words("motion")


def _government(code: str) -> str:
    state = states()[code]
    return f"{state.demonyms[0]} government" if state.demonyms else f"government of {state.name}"


def _people(document: Document, stretch: Stretch, text: str) -> Draft | None:
    """Nationals as a plural ("Syrians"), as a whole ("the French"), or one of them ("a Syrian")."""
    token = document.tokens[head_of(document, stretch.first, stretch.last)]
    hit = stretch.hit
    assert hit is not None
    if token.dep in {"amod", "compound", "nmod:desc"} and token.head > token.index:
        code = hit.entry.demonym
        acts = document.tokens[token.head].lemma.lower() in words("acts")
        return _acting(document, stretch, code) if code is not None and acts else None
    lead = document.tokens[stretch.first - 1].text.lower() if stretch.first else ""
    country = hit.entry.demonym or (hit.entry.people.country if hit.entry.people else None)
    if lead in {"a", "an", "one", "another", "ethnic", "fellow"} and not text.endswith("s"):
        return _draft(
            document,
            stretch,
            "demonym",
            "civilians",
            text,
            "national",
            country=country,
            person=True,
            lemma=text.lower(),
        )
    many = text.endswith("s") or token.tag in {"NNS", "NNPS"} or (hit.entry.people and text == hit.entry.people.people)
    whole = lead == "the" and token.dep in {"nsubj", "nsubj:pass", "obj", "obl:agent", "conj", "obl"}
    if not many and not whole:
        return None
    return _draft(
        document, stretch, "demonym", "population", text, "people", key=slug(text), country=country, plural=True
    )


def _acting(document: Document, stretch: Stretch, code: str) -> Draft:
    """The state in the adjective of what it does: "Russian shelling", "an Israeli air raid"."""
    name = states()[code].name
    return _draft(document, stretch, "demonym", "state", name, "state-adjective", key=slug(name), country=code)


def _guessed(document: Document, stretch: Stretch, surnames: frozenset[str], places: frozenset[str]) -> Draft | None:
    text, tokens = _text(document, stretch), document.tokens
    token = tokens[head_of(document, stretch.first, stretch.last)]
    kind = _organisation(document, stretch)
    title, length = _title_before(document, stretch.first)
    if stretch.label == "PER" or title is not None or fold(tokens[stretch.last].text) in surnames:
        if title is None and stretch.label != "PER" and kind is not None:
            return _draft(document, stretch, "name", kind, text, "organisation", plural=kind in {"rebel", "militia"})
        if (
            title is None
            and _is_town(text)
            and fold(tokens[stretch.last].text) not in surnames
            and _place_slot(document, token)
        ):
            return None
        how: MentionKind = "name" if stretch.last > stretch.first else "surname"
        first = stretch.first - length
        country = _country_before(document, first)
        draft = _draft(document, stretch, how, "person", text, "person", person=True, title=title, country=country)
        return replace(draft, first=first)
    if kind == "facility":
        return None
    if kind is not None:
        return _draft(document, stretch, "name", kind, text, "organisation", plural=kind in {"rebel", "militia"})
    if stretch.label == "LOC" and is_subject(token) and not case_of(document, token) and not lookup(text):
        how = "name" if stretch.last > stretch.first else "surname"
        if text in places:
            return _draft(document, stretch, "name", "unknown", text, "land")
        return _draft(document, stretch, how, "person", text, "run-subject", person=True)
    if stretch.label == "LOC" or _is_place(document, stretch):
        return None
    if stretch.first == stretch.last and tokens[stretch.first].text in words("notname"):
        return None
    if stretch.label == "ORG":
        return _draft(document, stretch, "acronym" if is_acronym(text) else "name", "unknown", text, "organisation")
    if lookup(text):
        return None
    if is_subject(token) and is_speaker(document, token) and not is_acronym(text):
        how = "name" if stretch.last > stretch.first else "surname"
        return _draft(document, stretch, how, "person", text, "run-speaks", person=True)
    if token.dep in {"nsubj", "nsubj:pass", "obl:agent", "obj", "conj", "nmod:poss", "root", "appos"}:
        return _draft(document, stretch, "acronym" if is_acronym(text) else "name", "unknown", text, "run")
    return None


def _place_slot(document: Document, token: Token) -> bool:
    """Whether a noun stands where places stand: after "in", or as object of "captured"."""
    head = document.head(token)
    taken = token.dep in {"obj", "nsubj:pass"} and head is not None and head.lemma in words("reach")
    return taken or case_of(document, token) not in {"", "by", "with", "for", "as", "like", "than", "against"}


def _is_town(text: str) -> bool:
    return any(spot.population >= 20_000 for spot in lookup(text))


def _organisation(document: Document, stretch: Stretch) -> ActorKind | None:
    """The kind that the words of a name tell: its last word, else the word before "of"."""
    parts = [token.text.casefold() for token in document.tokens[stretch.first : stretch.last + 1]]
    table = words("orgword")
    if parts[-1] in words("facility") and len(parts) > 1:
        return "facility"
    heads = [parts[-1]] + [parts[index - 1] for index, part in enumerate(parts) if part in {"of", "for"} and index]
    for head in heads:
        if head in table and len(parts) > 1:
            kind: ActorKind = table[head]  # type: ignore[assignment]
            if kind == "rebel" and any(part in _own_forces() for part in parts):
                return "military"
            return kind
    return None


def _own_forces() -> frozenset[str]:
    return frozenset({"armored", "armoured", "infantry", "airborne", "mechanized", "mechanised", "tank", "marine"})


def _country_before(document: Document, first: int) -> str | None:
    """The country of the demonym that stands right before a title ("Syrian Prime Minister")."""
    for back in (1, 2, 3):
        if first < back:
            return None
        token = document.tokens[first - back]
        if token.text in demonyms():
            return demonyms()[token.text]
        if token.tag not in {"JJ", "NN", "NNP", "HYPH", "POS"}:
            return None
        if token.text[0].isupper() and (code := state_names().get(fold(token.text))):
            return code
    return None


def _title_before(document: Document, first: int) -> tuple[str | None, int]:
    """The longest title that ends just before a name, and how many tokens it has."""
    low = document.sentence_of(first).tokens[0].index
    for length in (5, 4, 3, 2, 1):
        if first - length < low:
            continue
        phrase = text_of(document, first - length, first - 1).casefold().replace(".", "")
        if phrase in titles():
            return phrase, length
    return None, 0
