"""Text to words, in the manner of the English treebanks of Universal Dependencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from timeline.language.tables import pairs_of, words_of

__all__ = ["Offsets", "split_words"]

Offsets = tuple[int, int]

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
_WORD = rf"[^\W_](?:\w|[{_INVISIBLE}{_MARKS}])*"
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_UNITS = "km|kg|mm|cm|m|k|am|pm|bn|mn|tn|ft|lb|lbs|mph|kph|mg|hrs|hr|min|ml|kw|mw|kb|mb|gb"

_CLITIC = re.compile(r"(?:n['’`]t|['’`](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
_INITIAL = re.compile(r"\.(?=\s?[^\W\d_]|-)")
_NUMBERED = re.compile(r"\.?\s?\d")
_ITS = re.compile(
    r"its(?=\s(?:a|an|the|not|been|just|really|going|my|your|what|like|always|too|being)\s)", re.IGNORECASE
)
_TRAILING = ".,;:!?)]}'’\"”»>"


@cache
def _pattern() -> re.Pattern[str]:
    prefixes = "|".join(sorted(words_of("prefixes.txt")))
    return re.compile(
        rf"""
          (?P<blank>[\s\x00-\x1f\x7f-\x9f{_INVISIBLE}\ufe00-\ufe0f]+)
        | (?P<url>(?i:https?://|ftp://|www\.)[^\s<>"“”]{{1,2000}})
        | (?P<mail>[\w.+%-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,8}})
        | (?P<site>(?:[a-zA-Z0-9_-]{{1,40}}\.){{1,4}}
            (?i:com|org|net|gov|edu|mil|info|co\.uk|doc|xls|pdf|html?|jpe?g|txt)(?!\w))
        | (?P<group>[a-z]{{2,20}}(?:\.[a-z][a-z-]{{0,20}}){{2,6}}(?![\w.]))
        | (?P<entity>&(?:[a-zA-Z]{{2,8}}|\#\d{{1,6}});)
        | (?P<money>(?:US|AU|C|A|NZ|HK)(?=\$\s?\d))
        | (?P<phone>\d{{1,4}}-\d{{1,4}}-\d{{1,4}}(?![\w-])|\d{{3}}-\d{{4}}(?![\w-]))
        | (?P<number>(?>\d+(?:[.,:/]\d+)*)(?:(?:st|nd|rd|th|s)?(?!\w)|(?=(?i:{_UNITS})(?!\w))))
        | (?P<initials>(?:[^\W\d_]\.){{2,12}}(?!\w))
        | (?P<short>['’](?:\d\ds|em|til|cause|tis|twas)(?!\w))
        | (?P<joined>(?i:{prefixes})-{_WORD}|[a-zA-Z]{{1,3}}&[a-zA-Z]{{1,3}}(?!\w))
        | (?P<word>{_WORD}(?:['’`]{_WORD})*)
        | (?P<smile>[:;=]-?[)(DP](?!\w))
        | (?P<dots>\.{{2,}}|…+)
        | (?P<line>[!?]+|-{{2,}}|_+|\*{{2,}}|={{2,}}|\#{{2,}}|~{{2,}}|<<+|>>+|''|``|\+{{2,}}|\|{{2,}}|\${{2,}}|/{{2,}})
        | (?P<hashtag>\#[^\W\d]\w*)
        | (?P<emoji>[{_EMOJI}][{_EMOJI}\u200d\ufe0f]{{0,20}})
        | (?P<other>.)
        """,
        re.VERBOSE | re.DOTALL,
    )


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Offsets]:
    """The words of a stretch of text, as offsets.

    Clitics are words of their own (``do n't``, ``Assad 's``), so are the hyphens of compounds (``car - bomb``) but not
    those of prefixes, telephone numbers and dates; a period belongs to the abbreviation before it (guidelines of UD
    English EWT, after the Penn Treebank). Blanks, control characters and lone invisible characters belong to no word.

    Parameters
    ----------
    text : str
    start, end : int
        Offsets of the stretch, half open; end None is the end of the text.

    Returns
    -------
    list of (int, int)
        Ascending offsets in ``text``; no word is empty, none overlap.

    Examples
    --------
    >>> text = "Rebels didn't seize al-Bab, Gen. Idris said."
    >>> [text[start:end] for start, end in split_words(text)]
    ['Rebels', 'did', "n't", 'seize', 'al', '-', 'Bab', ',', 'Gen.', 'Idris', 'said', '.']
    """
    return list(_words(text, start, len(text) if end is None else end))


def _words(text: str, start: int, stop: int) -> Iterator[Offsets]:
    pattern, position = _pattern(), start
    while position < stop:
        match = pattern.match(text, position, stop)
        if match is None:
            raise AssertionError("the last branch of the pattern takes any character")
        kind, begin, end = match.lastgroup, match.start(), match.end()
        if kind in ("url", "mail"):
            end = begin + len(text[begin:end].rstrip(_TRAILING)) or end
        if kind == "word":
            end = _with_period(text, begin, end, stop)
        position = end
        if kind in ("word", "joined"):
            yield from _parts(text, begin, end)
        elif kind != "blank":
            yield begin, end


def _with_period(text: str, begin: int, end: int, stop: int) -> int:
    """The end of a word, behind its period if it is an abbreviation."""
    if end >= stop or text[end] != "." or text.startswith("..", end):
        return end
    if end - begin == 1:
        return end + 1 if text[begin].isupper() and text[begin] != "I" and _INITIAL.match(text, end, stop) else end
    kind = pairs_of("abbreviations.csv").get(text[begin:end].lower())
    if kind is None or (kind in ("title", "day", "month") and not text[begin].isupper()):
        return end
    if kind in ("number", "day") and not (_NUMBERED.match(text, end, stop) or text.startswith(".,", end)):
        return end
    return end + 1


def _parts(text: str, begin: int, end: int) -> Iterator[Offsets]:
    """A word with its clitic cut off."""
    cut = pairs_of("splits.csv").get(text[begin:end].lower()) if end - begin <= 10 else None
    if cut is not None:
        yield begin, begin + int(cut)
        yield begin + int(cut), end
        return
    if end - begin == 3 and _ITS.match(text, begin):
        yield begin, end - 1
        yield end - 1, end
        return
    match = _CLITIC.search(text, max(begin + 1, end - 3), end)
    if match is None:
        yield begin, end
        return
    yield begin, match.start()
    yield match.start(), end
