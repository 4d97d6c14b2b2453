"""Which of several places of one name is meant."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from timeline.gazetteer import Spot, demonyms, fold, group_names, similar, state_names, states
from timeline.language.document import Document
from timeline.places.candidates import Candidate

__all__ = ["Choice", "choose", "land"]

REGIONS = frozenset({"province", "governorate", "region", "state", "county", "prefecture", "oblast", "department"})
TOWNS = frozenset({"city", "town", "village", "capital", "port", "municipality", "hamlet", "commune", "camp"})
PARTS = frozenset(
    {"district", "neighbourhood", "neighborhood", "suburb", "quarter", "area", "subdistrict", "sub-district"}
)
LARGE = 1_000_000
EVERYWHERE = frozenset({"US", "U.S.", "American", "Americans", "Turkmen", "UK", "U.K."})
NEARBY, REGIONAL = 60.0, 300.0
_KIND = "(?:neighbou?rhood|district|area|quarter|suburb|section|sub-?district|part|village|town|region|province|city)"
_COMPASS = "(?:north|south)?-?(?:east|west)?(?:ern)?"
_SIDE = f"(?:{_COMPASS}|central|downtown|city of|town of|outskirts of)"
_PART_OF = re.compile(rf"(?:{_KIND} ?)?(?:of|in|on|,|, in|, an? {_KIND} (?:of|in|on))(?: the)?(?: {_SIDE}){{0,2}}")
_OWN_PART = re.compile(r"['’]s?(?: (?:mainly|mostly) \w+)?")
KNOWN = 20_000
KNOWN_BY_NAME = 100_000


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that a candidate stands for; without a spot only its country is known, or nothing."""

    spot: Spot | None
    country: str | None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    votes: Counter[str]
    total: int
    home: str | None
    anchors: tuple[Spot, ...]


def choose(document: Document, found: Sequence[Candidate]) -> list[Choice]:
    """The best place for each candidate, in their order.

    A place scores by the logarithm of its inhabitants, by the votes that the text gives its country (names, demonyms
    and unambiguous towns), by nearness to the places that are certain, by a country named right after it ("Tripoli,
    Lebanon"), and by the common noun beside it ("province"). One name has one meaning in a document. A small place
    in a country that the text never names is not taken; spellings that no list has are compared within the country.
    """
    context = _context(document, found)
    meaning: dict[str, Choice] = {}
    chosen: list[Choice] = []
    for index, candidate in enumerate(found):
        beside = _countries_beside(document, candidate, found[index + 1] if index + 1 < len(found) else None)
        if index and not beside and chosen[-1].spot is not None and _comma(document, found[index - 1], candidate):
            beside = frozenset({chosen[-1].country or ""}) if chosen[-1].spot.feature == "town" else beside
        key = fold(candidate.text)
        if not beside and key in meaning:
            chosen.append(meaning[key])
            continue
        choice = _choose(candidate, context, beside)
        whole = _whole(document, candidate, found[index + 1]) if index + 1 < len(found) else None
        if whole is not None:
            choice = _inside(candidate, choice, _choose(whole, context, frozenset()))
        elif index and chosen[-1].spot is not None and _is_part_of(document, found[index - 1], candidate):
            choice = _inside(candidate, choice, chosen[-1])
        meaning[key] = choice
        chosen.append(choice)
    return chosen


def _whole(document: Document, candidate: Candidate, following: Candidate) -> Candidate | None:
    """The place that a candidate is a part of: "the X neighbourhood of Y", "X, in western Y", "X, Y"."""
    if following.first > candidate.last + 9 or not following.spots:
        return None
    between = document.text[document.tokens[candidate.last].end : document.tokens[following.first].start]
    if between.strip() == "," and _stand_alone(candidate, following):
        return None
    return following if _PART_OF.fullmatch(" ".join(between.lower().split())) else None


def _stand_alone(one: Candidate, two: Candidate) -> bool:
    """Whether two names parted by a comma are two towns of one country: "in Idlib, Homs and Hama"."""
    towns = {spot.country for spot in two.spots if spot.feature == "town" and spot.own}
    return any(spot.own and spot.population >= KNOWN and spot.country in towns for spot in one.spots)


def _is_part_of(document: Document, whole: Candidate, part: Candidate) -> bool:
    """Whether a name with a noun such as "district" hangs on the place before it: "western Baghdad's X district"."""
    between = document.text[document.tokens[whole.last].end : document.tokens[part.first].start]
    return part.feature is not None and _OWN_PART.fullmatch(between.strip()) is not None


def _inside(candidate: Candidate, choice: Choice, whole: Choice) -> Choice:
    """A part lies in its whole: a namesake elsewhere is not taken; a part that no list has is put at its town."""
    around = whole.spot
    if around is None or around.feature in {"country", "area"}:
        return choice
    reach = NEARBY if around.feature in {"town", "district"} else REGIONAL
    fitting = [spot for spot in candidate.spots if spot.country == around.country and _distance(spot, around) <= reach]
    if choice.spot in fitting:
        return choice
    if fitting:
        return Choice(fitting[0], around.country)
    if around.feature == "town" and (candidate.feature in PARTS or choice.spot is None):
        feature = "district" if candidate.feature in PARTS else "feature"
        return Choice(replace(around, name=candidate.text, feature=feature), around.country, "part")
    return Choice(None, around.country)


def _choose(candidate: Candidate, context: _Context, beside: frozenset[str]) -> Choice:
    country = next(iter(beside)) if len(beside) == 1 else context.home
    if candidate.spots:
        best = max(candidate.spots, key=lambda spot: _score(spot, candidate, context, beside))
        if _plausible(best, candidate, context, country):
            return Choice(best, best.country or None)
    if country is not None:
        near = similar(candidate.text, country)
        if near:
            best = max(near, key=lambda spot: _score(spot, candidate, context, beside))
            return Choice(best, country, "similar")
    return Choice(None, country)


def _plausible(spot: Spot, candidate: Candidate, context: _Context, country: str | None) -> bool:
    """Whether a place may be meant: countries always; else its country must be told of, or it must be large."""
    if spot.feature in {"country", "area", "feature"} or country is None or spot.country == country:
        return True
    return bool(context.votes[spot.country]) or spot.population >= LARGE or _outshines(spot, candidate)


def _weight(spot: Spot) -> float:
    """Inhabitants, of a place that only may be called so a tenth."""
    return spot.population * (1.0 if spot.own else 0.1)


def _outshines(spot: Spot, candidate: Candidate) -> bool:
    """Whether the world knows one place by a name: a city many times larger than its namesakes in other countries."""
    rest = max((_weight(other) for other in candidate.spots if other.country != spot.country), default=0.0)
    return spot.own and spot.population >= KNOWN_BY_NAME and spot.population > 8 * rest


def _context(document: Document, found: Sequence[Candidate]) -> _Context:
    votes: Counter[str] = Counter()
    for token in document.tokens:
        if (
            token.text[0].isupper()
            and token.text not in EVERYWHERE
            and (code := demonyms().get(token.text) or state_names().get(fold(token.text)))
        ):
            votes[land(code)] += 1
    told = set(votes)
    for code in _group_countries(document):
        votes[code] += 2
        told.add(code)
    for candidate in found:
        countries = {spot.country for spot in candidate.spots}
        nation = next((spot.country for spot in candidate.spots if spot.feature == "country"), None)
        if nation and candidate.text in EVERYWHERE:
            continue
        if nation:
            votes[land(nation)] += 2
            told.add(land(nation))
        elif (
            len(countries) == 1
            and max(spot.population for spot in candidate.spots) >= 10_000
            and candidate.spots[0].own
        ):
            votes[land(countries.pop())] += 2
            told.update(spot.country for spot in candidate.spots if spot.population >= 100_000)
        elif candidate.spots:
            first = max(candidate.spots, key=_weight)
            if _outshines(first, candidate) and first.country:
                votes[first.country] += 2
    votes.pop("", None)
    ranked = votes.most_common(2)
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= 1.3 * ranked[1][1])
    home = ranked[0][0] if clear and (ranked[0][0] in told or ranked[0][1] >= 4) else None
    anchors = []
    for candidate in found:
        towns = [spot for spot in candidate.spots if spot.feature not in {"country", "area"}]
        if towns and len({spot.country for spot in towns}) == 1:
            anchors.append(towns[0])
    return _Context(votes, sum(votes.values()) or 1, home, tuple(dict.fromkeys(anchors))[:60])


def land(code: str) -> str:
    """The state that a territory without an ISO code of its own belongs to; other codes as they are."""
    state = states().get(code)
    return state.part_of if state is not None and state.part_of and not state.iso2 else code


def _group_countries(document: Document) -> Iterator[str]:
    """The countries of the groups that the text names; of a name with several meanings none."""
    for sentence in document.sentences:
        for name in sentence.names:
            text = document.text[document.tokens[name.first].start : document.tokens[name.last].end]
            groups = group_names().get(text) or group_names().get(fold(text)) or ()
            if len(groups) == 1 and groups[0].country and groups[0].kind not in {"media", "source", "ngo"}:
                yield groups[0].country


def _score(spot: Spot, candidate: Candidate, context: _Context, beside: frozenset[str]) -> float:
    score = math.log10(max(spot.population, 100))
    if not spot.own:
        score -= 2.0 if any(other.own for other in candidate.spots) else 1.2
    score += 4.0 * context.votes[spot.country] / context.total + (1.0 if context.votes[spot.country] else 0.0)
    if beside:
        score += 6.0 if spot.country in beside else -2.0
    kind = candidate.feature
    if kind in REGIONS:
        score += 2.0 if spot.feature in {"region", "county"} else -0.5
    elif spot.feature in {"region", "county"}:
        score -= 1.0
    if (kind in TOWNS and spot.feature == "town") or (kind in PARTS and spot.feature in {"district", "county"}):
        score += 1.0
    others = [
        _distance(spot, anchor)
        for anchor in context.anchors
        if (anchor.name, anchor.country) != (spot.name, spot.country)
    ]
    if others:
        score += 1.5 if min(others) < 150 else 0.7 if min(others) < 500 else 0.0
    return score


def _distance(one: Spot, two: Spot) -> float:
    """Kilometres between two places, on a flat map (good enough below 1,000 km)."""
    wide = math.cos(math.radians((one.lat + two.lat) / 2))
    return 111.2 * math.hypot(one.lat - two.lat, (one.lon - two.lon) * wide)


def _comma(document: Document, one: Candidate, two: Candidate) -> bool:
    between = document.text[document.tokens[one.last].end : document.tokens[two.first].start].strip()
    return between in {",", "("} and two.first <= one.last + 2


def _countries_beside(document: Document, candidate: Candidate, following: Candidate | None) -> frozenset[str]:
    """The countries of the land or region named behind a comma, or of the demonym in "the Syrian city of"."""
    if following is not None and following.first <= candidate.last + 2:
        between = document.text[document.tokens[candidate.last].end : document.tokens[following.first].start].strip()
        if between in {",", "(", "in"}:
            lands = {spot.country for spot in following.spots if spot.feature in {"country", "region"} and spot.own}
            both = lands & {spot.country for spot in candidate.spots}
            if both or lands:
                return frozenset(both or lands)
    low = max(document.sentence_of(candidate.first).tokens[0].index, candidate.first - 4)
    before = document.tokens[low : candidate.first]
    for token in before:
        code = demonyms().get(token.text)
        if code and before[-1].text.lower() in {"of", *TOWNS, *REGIONS, *PARTS}:
            return frozenset({code})
    after = document.tokens[candidate.last + 1 : candidate.last + 3]
    if len(after) == 2 and after[0].text == "," and after[1].text[0].isupper():
        code = state_names().get(fold(after[1].text))
        return frozenset({code}) if code else frozenset()
    return frozenset()
