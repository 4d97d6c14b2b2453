"""All mentions of places in a document: which stretches of text are places, and which place each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from timeline.gazetteer import Spot, demonyms, lookup, states
from timeline.language.document import Document, Token
from timeline.places.candidates import Candidate, candidates
from timeline.places.choosing import Choice, choose, land
from timeline.records import Mention, Place, PlacePrecision

__all__ = ["find_places"]

PRECISION: dict[str, PlacePrecision] = {
    "town": "town", "district": "district", "county": "region", "region": "region", "country": "country",
    "area": "region", "feature": "approximate",
}  # fmt: skip
FAR = 4
AGAIN = {
    **dict.fromkeys(("city", "town", "village", "port", "suburb", "camp", "settlement"), "town"),
    **dict.fromkeys(("neighbourhood", "neighborhood", "district"), "district"),
    **dict.fromkeys(("province", "region", "governorate"), "region"),
    **dict.fromkeys(("country", "nation"), "country"),
}


def find_places(document: Document) -> Iterator[Mention[Place]]:
    """Yield every mention of a place in the order of the text.

    Names that stand for a government ("Damascus said") or are part of another name are no places. Of several places
    of one name the countries of the text, the other places and the number of inhabitants decide. "The city", "the
    Syrian capital" and "there" stand for the place that they mean (rule ``places/again`` and ``places/capital``).

    Yields
    ------
    Mention of Place
        ``lat`` and ``lon`` in degrees (WGS84), ``country`` as ISO 3166-1 alpha-3; ``precision`` is ``approximate``
        after "near", "outside" and the like. Unknown places have a name, the country that the text is about if one
        stands out, and null coordinates.

    Examples
    --------
    >>> from timeline.language import read
    >>> [(m.value.name, m.value.country) for m in find_places(read("Shells fell near Homs in Syria."))]
    [('Homs', 'SYR'), ('Syria', 'SYR')]
    """
    found = list(candidates(document))
    chosen = choose(document, found)
    named = [
        Mention(
            _place(candidate, choice),
            document.token_span(candidate.first, candidate.last),
            f"places/{choice.rule or candidate.rule}",
            candidate.token,
            None,
            _trust(choice),
        )
        for candidate, choice in zip(found, chosen, strict=True)
    ]
    yield from sorted([*named, *_again(document, named)], key=lambda mention: (mention.span.start, mention.span.end))


def _place(candidate: Candidate, choice: Choice) -> Place:
    spot = choice.spot
    code = land(choice.country) if choice.country else None
    country = states().get(code or "")
    if spot is None:
        return Place(_title(candidate.text), code, country.name if country else None)
    precision = PRECISION[spot.feature] if code == choice.country else "region"
    if (candidate.near or candidate.part) and precision == "town":
        precision = "approximate" if candidate.near else "district"
    elif candidate.part and precision == "country":
        precision = "region"
    name = spot.name if spot.own and spot.name.isascii() else _title(candidate.text)
    return Place(name, code, country.name if country else None, spot.lat, spot.lon, precision)


def _title(text: str) -> str:
    return text.title() if text.isupper() and len(text) > 4 else text


def _trust(choice: Choice) -> float:
    if choice.spot is None:
        return 0.3
    return 0.95 if choice.spot.own and choice.rule is None else 0.75


def _again(document: Document, named: list[Mention[Place]]) -> Iterator[Mention[Place]]:
    """Places that are meant without their name: "the city", "there", "the Syrian capital"."""
    last: dict[str, Mention[Place]] = {}
    starts = {mention.token: mention for mention in named}
    taken = {token.index for mention in named for token in document.tokens_in(mention.span.start, mention.span.end)}
    home = Counter(mention.value.country for mention in named if mention.value.country).most_common(1)
    seen: dict[str, int] = {}
    for token in document.tokens:
        mention = starts.get(token.index)
        if mention is not None:
            level = _level(mention.value)
            last[level] = mention
            seen[level] = seen["any"] = document.sentence_of(token).index
            if level != "country" or "any" not in last:
                last["any"] = mention
            continue
        if token.index in taken or not token.text[0].islower():
            continue
        here = document.sentence_of(token).index
        place = _capital(document, token, home[0][0] if home else None) or _named_again(
            document, token, {level: place for level, place in last.items() if here - seen[level] <= FAR}
        )
        if place is not None:
            first, rule, value = place
            seen[_level(value)] = here
            yield Mention(value, document.token_span(first, token.index), f"places/{rule}", token.index, None, 0.6)


def _level(place: Place) -> str:
    return "town" if place.precision in {None, "approximate"} else str(place.precision)


def _capital(document: Document, token: Token, home: str | None) -> tuple[int, str, Place] | None:
    """The Syrian capital is Damascus; "the capital" is that of the country that the text's places lie in most."""
    if token.lemma != "capital" or token.index == 0:
        return None
    code = demonyms().get(document.tokens[token.index - 1].text)
    following = document.tokens[token.index + 1].text if token.index + 1 < len(document.tokens) else ""
    if code is None and home is not None and document.tokens[token.index - 1].text.lower() == "the":
        code = home
    if code not in states() or code is None or following[:1].isupper() or following == "of" or token.dep == "compound":
        return None
    state = states()[code]
    spots: tuple[Spot, ...] = tuple(
        spot for spot in lookup(state.capital) if spot.country == code and spot.feature == "town"
    )
    if not spots:
        return None
    return token.index - 1, "capital", Place(state.capital, code, state.name, spots[0].lat, spots[0].lon, "town")


def _named_again(document: Document, token: Token, last: dict[str, Mention[Place]]) -> tuple[int, str, Place] | None:
    """The last place of the level that "the city" or "there" asks for, not further than three sentences back."""
    first = token.index
    if token.lemma in AGAIN and token.dep not in {"compound", "amod"}:
        while (
            first > 0
            and document.tokens[first - 1].head == token.index
            and document.tokens[first - 1].dep in {"det", "amod"}
        ):
            first -= 1
        if document.tokens[first].text.lower() not in {"the", "this", "that"} or document.children(
            token, "nmod", "appos"
        ):
            return None
        level = AGAIN[token.lemma]
    elif token.text == "there" and token.dep == "advmod":
        level = "any"
    else:
        return None
    mention = last.get(level)
    if mention is None:
        return None
    head = document.head(token)
    if token.dep == "nsubj" and level == "country" and head is not None:
        return None
    gone = document.sentence_of(token).index - document.sentence_of(mention.token).index
    return (first, "again", mention.value) if level != "any" or gone <= 1 else None
