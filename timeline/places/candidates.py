"""Which stretches of a text name a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.gazetteer import Spot, demonyms, fold, group_names, lookup, nouns, seats, titles, words
from timeline.language.document import Document, Name, Sentence, Token

__all__ = ["Candidate", "candidates"]

LONGEST = 6
NEAR = frozenset({"near", "outside", "around", "beyond", "off", "towards", "toward", "along", "between", "surrounding"})
HERE = frozenset(
    {"in", "at", "into", "inside", "across", "throughout", "through", "from", "to", "within", "over", "via"}
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest north-east"
    " north-west south-east south-west northeastern northwestern southeastern southwestern upper lower middle new old"
    " greater downtown".split()
)
COMMON = frozenset(
    "city town village district province governorate region state neighbourhood neighborhood suburb county area"
    " prefecture oblast municipality camp island valley capital port subdistrict sub-district department commune hamlet"
    " quarter outskirts township division agency bazaar refugee refugees subdivision tehsil taluk raion woreda zone"
    " settlement section".split()
)
PARTICLES = frozenset("al el de del la las los da dos of ez az ar".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that names a place, with all the places that it can be.

    Parameters
    ----------
    near : bool
        The text puts something near it, not in it.
    part : bool
        Only a part is meant ("West Beirut", "northern Syria").
    feature : str or None
        The common noun beside the name: city, province, camp ...
    """

    first: int
    last: int
    token: int
    text: str
    spots: tuple[Spot, ...]
    rule: str
    near: bool = False
    located: bool = False
    part: bool = False
    feature: str | None = None


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield the places of a document in order, without overlap."""
    surnames = _surnames(document)
    for sentence in document.sentences:
        inside = {index: name for name in sentence.names for index in range(name.first, name.last + 1)}
        position, end = sentence.tokens[0].index, sentence.tokens[-1].index
        while position <= end:
            candidate, following = _at(document, sentence, position, inside)
            if candidate is not None and not _is_surname(candidate, surnames):
                yield candidate
            position = max(following, position + 1)


def _at(document: Document, sentence: Sentence, first: int, inside: dict[int, Name]) -> tuple[Candidate | None, int]:
    """The place that begins at a token, and where to go on."""
    token, name = document.tokens[first], inside.get(first)
    common = name is None and token.tag not in {"NNP", "NNPS"} and _in_capitals(document, sentence)
    if common or not _begins(document, token) or token.text in words("calendar"):
        return None, first + 1
    if name is not None and name.label == "PER" and name.last > name.first and name.first == first:
        if not _misread(document, name):
            return None, name.last + 1
        name = None
    end = _run_end(document, sentence, first, name)
    for last in range(min(end, first + LONGEST - 1), first - 1, -1):
        if not document.tokens[last].text[0].isalnum() or document.tokens[last].text.lower() in PARTICLES:
            continue
        text = _text(document, first, last)
        for plain, start, part, feature in _readings(document, first, last, text):
            spots = lookup(plain)
            if spots and _fits(document, (start, last, end), plain, spots, name):
                return _candidate(document, start, last, plain, spots, part=part, feature=feature), last + 1
    unknown = _unknown(document, first, end, name)
    return unknown, first + 1 if unknown is None else end + 1


def _surnames(document: Document) -> frozenset[str]:
    """The last words of the persons that a document names in full."""
    names = (name for sentence in document.sentences for name in sentence.names)
    return frozenset(
        document.tokens[name.last].text for name in names if name.label == "PER" and name.first < name.last
    )


def _is_surname(candidate: Candidate, surnames: frozenset[str]) -> bool:
    """Whether a lone name takes up a person named elsewhere: "Hijab", where nothing says that it is a place."""
    return candidate.first == candidate.last and candidate.text in surnames and not candidate.located


def _in_capitals(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence is printed in capitals, where these say nothing of names: "A CAR EXPLODED AT DAWN"."""
    return document.text[sentence.start : sentence.end].isupper()


def _misread(document: Document, name: Name) -> bool:
    """Whether what the model took for a person is a place: "in the town of X", or a known place after "in"."""
    if _kind_beside(document, name.first, name.last) is not None:
        return True
    text = _text(document, name.first, name.last)
    here = _preposition(document, name.first, name.last) in {"in", "near", "at", "outside"}
    here = here or _is_dateline(document, name.first, name.last)
    return (here or _is_taken(document, name.first, name.last)) and bool(lookup(text))


def _begins(document: Document, token: Token) -> bool:
    if not token.text[0].isalpha() or token.tag in _CLOSED:
        return False
    if token.text[:3].lower() in {"al-", "el-", "ar-", "as-"} and token.text[3:4].isupper():
        return True
    if token.text[0].isupper():
        before = document.tokens[token.index - 1] if token.index else None
        return before is None or before.text != "-" or before.end != token.start or token.index < 2
    following = document.tokens[token.index + 1 : token.index + 3]
    return (
        token.text in {"al", "el"}
        and len(following) == 2
        and following[0].text == "-"
        and following[1].text[0].isupper()
    )


CONQUER = frozenset("retake recapture overrun besiege shell bombard liberate invade occupy reach enter".split())
LED = frozenset("to into from away hostage hostages prisoner captive aside with under for on up".split())
_WATERS = frozenset("river lake mountain mountains hills desert peninsula bay strait".split())
_STREETS = frozenset(
    "street avenue road highway square mall gate boulevard theatre theater mosque church hotel".split()
)
_SMALL = frozenset("a an the and or by in on at for to was were is are has had with from".split())
_CLOSED = frozenset({"IN", "DT", "CC", "PRP", "PRP$", "WDT", "WP", "CD", "MD", "TO", "VBD", "VBZ", "VBP", "WRB", "EX"})


def _run_end(document: Document, sentence: Sentence, first: int, name: Name | None) -> int:
    """The last token of the run of capitalised words, particles and hyphens that begins at a token."""
    tokens, last, end = document.tokens, sentence.tokens[-1].index, first
    while end < last:
        following = tokens[end + 1]
        if following.text in words("calendar") or tokens[end].text in words("calendar"):
            break
        if following.text.lower() in _SMALL:
            break
        if following.text[0].isupper() and (following.tag in {"NNP", "NNPS"} or (name is not None and end < name.last)):
            end += 1
        elif (
            end + 2 <= last
            and (following.text.lower() in PARTICLES or following.text == "-")
            and tokens[end + 2].text[0].isupper()
            and (
                following.text.lower() != "of"
                or tokens[end].text.title() in {"Republic", "State", "Gulf", "Strait", "Lake", "Bay", "Isle", "Horn"}
            )
            and (following.text != "-" or tokens[end].end == following.start)
        ):
            end += 2
        elif end + 3 <= last and following.text in {"al", "el"} and tokens[end + 2].text == "-":
            end += 3
        elif (
            following.text == "-"
            and end + 4 <= last
            and tokens[end + 2].text in {"al", "ez", "el", "e", "i", "ul"}
            and (tokens[end + 3].text == "-" and tokens[end].end == following.start)
        ):
            end += 4
        else:
            break
    if name is not None and name.label == "LOC" and name.last > end:
        owner = next((token.index for token in tokens[end + 1 : name.last + 1] if token.tag == "POS"), None)
        end = name.last if owner is None else owner - 1
    return end


def _text(document: Document, first: int, last: int) -> str:
    return " ".join(document.text[document.tokens[first].start : document.tokens[last].end].split())


def _readings(document: Document, first: int, last: int, text: str) -> Iterator[tuple[str, int, bool, str | None]]:
    """The words of a name as they stand, then without the common noun at the end, then without a direction before."""
    yield text, first, False, None
    tokens, feature, end = document.tokens, None, last
    while end > first and tokens[end].text.lower() in COMMON:
        feature, end = tokens[end].text.lower(), end - 1
    if feature is not None:
        yield _text(document, first, end), first, False, feature
    if tokens[first].text.lower() in words("facility") and end >= first + 2 and tokens[first + 1].text == "of":
        yield _text(document, first + 2, end), first + 2, True, feature
    start = first
    while start < end and (tokens[start].text.lower() in DIRECTIONS or tokens[start].text == "-"):
        start += 1
    if start > first and tokens[start].text[0].isupper():
        yield _text(document, start, end), start, True, feature


def _fits(document: Document, at: tuple[int, int, int], text: str, spots: tuple[Spot, ...], name: Name | None) -> bool:
    """Whether the sentence uses a known name as a place; ``at``: first and last token, last of the run."""
    first, last, end = at
    tokens, token = document.tokens, document.tokens[last]
    country = any(spot.feature in {"country", "area"} for spot in spots)
    best = max(spot.population for spot in spots)
    if last < end and not _may_end(document, last, end):
        return False
    if _is_adjective(document, last):
        return False
    if (text.isupper() and len(text) <= 3 and not country) or (first == last and _is_word(text)):
        return False
    if text in demonyms() and not country:
        return False
    if (text in group_names() or fold(text) in group_names()) and not country:
        return False
    if _is_dateline(document, first, last) and _own(spots):
        return True
    preposition = _preposition(document, first, last)
    located = preposition in HERE | NEAR or _kind_beside(document, first, last) is not None
    located = (
        located or (preposition == "of" and token.tag == "NNP" and _own(spots)) or _is_taken(document, first, last)
    )
    if first and tokens[first - 1].text.casefold().rstrip(".") in titles() and not located:
        return False
    if _speaks(document, first, last) and not located:
        return False
    if name is None or name.label == "LOC":
        proper = token.tag in {"NNP", "NNPS"} or name is not None
        return located or country or (proper and (best >= 100_000 or (name is not None and _own(spots))))
    if name.label == "PER":
        return located and best >= 20_000 and (name.first, name.last) == (first, last)
    return (name.first >= first and name.last <= last and (located or country)) or (country and located)


def _is_adjective(document: Document, last: int) -> bool:
    """Whether a name is the first half of a compound in lower case: "London-based"."""
    following = document.tokens[last + 1 : last + 3]
    tight = len(following) == 2 and following[0].start == document.tokens[last].end
    return tight and following[0].text == "-" and following[1].text[0].islower()


def _is_dateline(document: Document, first: int, last: int) -> bool:
    """Whether a name opens a paragraph and is parted from what follows, as wires write it."""
    tokens = document.tokens
    opens = first == 0 or "\n" in document.text[tokens[first - 1].end : tokens[first].start]
    following = tokens[last + 1].text if last + 1 < len(tokens) else ""
    return opens and following in {",", "(", "-", "–", "—", ":", "/", "--"}


def _is_taken(document: Document, first: int, last: int) -> bool:
    """Whether a name is the object of a verb that is done to places: captured, shelled, left, reached."""
    for token in document.tokens[first : last + 1]:
        head = document.head(token)
        if token.dep in {"obj", "nsubj:pass"} and head is not None:
            return head.lemma in words("reach")
        if token.dep == "nsubj" and head is not None:
            return head.lemma == "fall"
    return False


def _is_conquered(document: Document, last: int) -> bool:
    """Whether a name is what an army took or lost, as no person is: "the army retook X after a siege"."""
    token = document.tokens[last]
    head = document.head(token)
    if token.dep not in {"obj", "nsubj:pass"} or head is None:
        return False
    following = {other.text for other in document.tokens[last + 1 : last + 3]}
    return head.lemma in CONQUER or (head.lemma == "take" and not following & LED)


def _own(spots: tuple[Spot, ...]) -> bool:
    return any(spot.own and spot.population >= 3_000 for spot in spots)


def _is_word(text: str) -> bool:
    low = text.lower()
    return text in words("notname") or low in DIRECTIONS | COMMON or low in words("facility") or len(text) < 2


def _may_end(document: Document, last: int, end: int) -> bool:
    """Whether a place may end inside a run of capitals: before a facility or a common noun, not before more name."""
    following = document.tokens[last + 1]
    word = following.text.lower()
    if following.text == "-" or word in PARTICLES:
        return False
    rest = [token.text.lower() for token in document.tokens[last + 1 : end + 1]]
    if rest[-1] in _STREETS:
        return False
    return word in COMMON or rest[-1] in words("facility")


def _preposition(document: Document, first: int, last: int) -> str:
    for index in range(first, last + 1):
        for child in document.children(document.tokens[index], "case"):
            if child.index < first and child.tag != "POS":
                word = child.text.lower()
                before = document.tokens[child.index - 1].text.lower() if child.index else ""
                return "near" if word == "of" and before in DIRECTIONS | {"outskirts", "edge"} else word
    before = document.tokens[first - 1].text.lower() if first else ""
    return before if before in HERE | NEAR else ""


def _kind_beside(document: Document, first: int, last: int) -> str | None:
    """The common noun beside a name: "the city of X", "X province", "the village of X"."""
    tokens = document.tokens
    after = tokens[last + 1].text.lower() if last + 1 < len(tokens) else ""
    if after in COMMON:
        return after
    if first >= 2 and tokens[first - 1].text == "of" and tokens[first - 2].lemma.lower() in COMMON:
        return tokens[first - 2].lemma.lower()
    before = tokens[first - 1].text.lower() if first else ""
    return before if before in COMMON else None


def _speaks(document: Document, first: int, last: int) -> bool:
    """Metonymy: the name does what only people and governments can do, or is urged, warned or accused."""
    for token in document.tokens[first : last + 1]:
        head = document.head(token)
        if token.dep in {"obj", "iobj", "nsubj:pass"} and head is not None and head.lemma in words("address"):
            return True
        if token.dep == "nsubj":
            verb = document.head(token)
            return verb is not None and verb.lemma in words("policy") and verb.pos in {"VERB", "AUX"}
    return False


def _unknown(document: Document, first: int, end: int, name: Name | None) -> Candidate | None:
    """A name that no gazetteer has, where the model or the sentence says that it is a place."""
    tokens = document.tokens
    last, feature = end, None
    while last > first and tokens[last].text.lower() in COMMON:
        feature, last = tokens[last].text.lower(), last - 1
    start = first
    while start < last and tokens[start].text.lower() in DIRECTIONS:
        start += 1
    text = _text(document, start, last)
    if _is_word(text) or (text.isupper() and len(text) < 5) or fold(text) in seats() or text in demonyms():
        return None
    if text in group_names() or fold(text) in group_names() or tokens[last].dep in {"nsubj", "nsubj:pass"}:
        return None
    if _speaks(document, start, last):
        return None
    low = tokens[last].text.lower()
    street = low in _STREETS | _WATERS and last > start
    if not street and (low in words("orgword") or low in words("thing") or low in nouns() or low in words("facility")):
        return None
    located = _preposition(document, start, last) in {"in", "near", "outside"} or _kind_beside(document, start, last)
    label = name.label if name is not None and name.first <= start and name.last >= last - 1 else None
    if label in {"ORG", "PER"} and located and feature:
        label = None
    if label == "PER" and start == last and _is_conquered(document, last):
        label = "LOC"
    if label == "LOC" or (label is None and (located or feature) and tokens[last].tag in {"NNP", "NNPS"}):
        return _candidate(document, start, last, text, (), part=start > first, feature=feature)
    return None


def _candidate(
    document: Document, first: int, last: int, text: str, spots: tuple[Spot, ...], *, part: bool, feature: str | None
) -> Candidate:
    preposition = _preposition(document, first, last)
    kind = feature or _kind_beside(document, first, last)
    before = " ".join(token.text.lower() for token in document.tokens[max(0, first - 4) : first])
    near = preposition in NEAR or before.endswith(
        ("km from", "miles from", "kilometres from", "kilometers from", "outskirts of", "not far from")
    )
    head = last
    for index in range(first, last + 1):
        if not first <= document.tokens[index].head <= last:
            head = index
            break
    dateline = first == document.sentence_of(first).tokens[0].index and text.isupper() and len(text) > 3
    rule = "dateline" if dateline else "name" if spots else "unknown"
    return Candidate(
        first, last, head, text, spots, rule, near=near, located=bool(preposition) or kind is not None or dateline,
        part=part or _part(document, first), feature=kind,
    )  # fmt: skip


def _part(document: Document, first: int) -> bool:
    return bool(first) and document.tokens[first - 1].text.lower() in DIRECTIONS - {"new", "old"}
