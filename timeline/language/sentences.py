"""Where sentences begin and end: paragraphs first, then marks, quotes, abbreviations, lists and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from timeline.language.breaks import break_score
from timeline.language.tables import pairs_of, words_of
from timeline.language.words import Offsets, split_words

__all__ = ["LONGEST", "paragraphs", "split_paragraph", "split_sentences"]

_AGAINST, _FOR_MARKED, _FOR_UNMARKED = -4.0, 0.0, 0.0  # of the learned score; chosen on EWT dev and PUD
_HEADING, _ACRONYM = 3, 3  # words, letters
LONGEST = 160  # words; a longer stretch without an end is cut

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FINAL = re.compile(r"[.!?…]+['\"”’)\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[-*•·–—>]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'’/-]+[ ,]{1,2}){1,6}[^\n()–—]{0,40}?(?:\([^()\n]{2,30}\)\s?)?(?:--?|[–—])\s|"
    r"\s*[A-Z][A-Z.'’-]{3,}(?: [A-Z][A-Z.'’-]+){0,2}(?:, [^\n:()]{2,25})?:\s|"
    r"\s*[A-Z][^\n()–—-]{1,40}\([A-Z][^()\n]{1,30}\)\s?(?:--?|[–—])\s"
)
_SMALL = re.compile("[a-z]")
_CLOSING = frozenset("\"'”’)]}»")
_OPENING = frozenset("\"'“‘([{«")
_ENDS = frozenset(".!?…。؟")


def paragraphs(text: str) -> Iterator[Offsets]:
    """Stretches of text that no sentence crosses.

    Every line is a paragraph, but for the lines of a text that was wrapped at a fixed width: a line that its successor
    continues with a small letter, or that is as long as its neighbours allow.

    Returns
    -------
    iterator of (int, int)
        Offsets, ascending; blank lines are left out.

    Examples
    --------
    >>> list(paragraphs("A headline\\n\\nA text."))
    [(0, 10), (12, 19)]
    """
    block: list[Offsets] = []
    for match in _LINE.finditer(text):
        if not match.group().strip():
            yield from _unwrapped(text, block)
            block = []
            continue
        if block and _newlines(text, block[-1][1], match.start()) > 1:
            yield from _unwrapped(text, block)
            block = []
        block.append((match.start(), match.end()))
    yield from _unwrapped(text, block)


def _newlines(text: str, start: int, end: int) -> int:
    return len(text[start:end].replace("\r\n", "\n"))


def _unwrapped(text: str, block: list[Offsets]) -> Iterator[Offsets]:
    """The lines of a block, those that were only wrapped joined."""
    if not block:
        return
    width = max(end - start for start, end in block)
    wrapped = len(block) >= 3 and 40 <= width <= 110
    begin, last = block[0]
    for start, end in block[1:]:
        line = text[start:end].lstrip()
        first = len(line.split(None, 1)[0])
        full = wrapped and last - _line_start(text, begin, last) + 1 + first > width
        small = line[0].islower() and not _FINAL.search(text[max(begin, last - 20) : last])
        if (full or small) and not _BULLET.match(line):
            last = end
        else:
            yield begin, last
            begin, last = start, end
    yield begin, last


def _line_start(text: str, begin: int, end: int) -> int:
    return max(begin, text.rfind("\n", begin, end) + 1, text.rfind("\r", begin, end) + 1)


def split_sentences(text: str) -> Iterator[list[Offsets]]:
    """The sentences of a text, each as the offsets of its words.

    Examples
    --------
    >>> text = "BEIRUT (Reuters) - Gen. Idris fled. He was wounded."
    >>> [text[words[0][0] : words[-1][1]] for words in split_sentences(text)]
    ['BEIRUT (Reuters) -', 'Gen. Idris fled.', 'He was wounded.']
    """
    for start, end in paragraphs(text):
        yield from split_paragraph(text, start, end)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The words of a paragraph: where they lie, how they are printed, and which stick to the word before."""

    text: str
    words: list[Offsets]
    printed: list[str]
    glued: list[bool]


def split_paragraph(text: str, start: int, end: int) -> Iterator[list[Offsets]]:
    """The sentences of one paragraph of a text; a dateline is a sentence of its own."""
    dateline = _DATELINE.match(text, start, min(end, start + 120))
    if dateline is not None and _SMALL.search(text, dateline.end(), min(end, dateline.end() + 60)):
        yield from _cut(text, split_words(text, start, dateline.end()))
        start = dateline.end()
    words = split_words(text, start, end)
    glued = [False, *(before[1] == after[0] for before, after in pairwise(words))]
    paragraph = _Paragraph(text, words, [text[first:last] for first, last in words], glued)
    begin = 0
    for index in range(1, len(words)):
        if _breaks(paragraph, begin, index):
            yield from _cut(text, words[begin:index])
            begin = index
    yield from _cut(text, words[begin:])


def _breaks(paragraph: _Paragraph, begin: int, index: int) -> bool:
    """Whether a sentence ends before word ``index``: by the rules, unless what was learned speaks loudly against it."""
    printed = paragraph.printed
    before = printed[index - 1]
    if before[0].islower() and printed[index][0].islower():
        return False
    if before[-1] == "." and before[0].isalnum():
        return _ends(paragraph, begin, index)  # an abbreviation
    score = break_score(printed, paragraph.glued, index, begin)
    if _ends(paragraph, begin, index):
        return score > _AGAINST or _is_heading(printed[begin : index - 1], printed[index])
    marked = before[-1] in _ENDS or (index - 2 >= begin and before in _CLOSING and printed[index - 2][-1] in _ENDS)
    return score > (_FOR_MARKED if marked else _FOR_UNMARKED)


def _is_heading(words: list[str], following: str) -> bool:
    """Whether words in capitals head what follows in small letters: "UNITED STATES. A bomb"."""
    capitals = all(word.isupper() and len(word) > _ACRONYM for word in words)
    return bool(words) and len(words) <= _HEADING and capitals and not (len(following) > 1 and following.isupper())


def _ends(paragraph: _Paragraph, begin: int, index: int) -> bool:
    """Whether the rules end a sentence that begins at word ``begin`` before word ``index``."""
    text, printed, gap = paragraph.text, paragraph.printed, not paragraph.glued[index]
    following = printed[index]
    end = paragraph.words[index][1]
    last = index - 1
    if not gap and following[0] not in _OPENING:
        return False
    if following[0] in "\"'" and (not gap or text[end : end + 1].isspace()):
        return False  # a straight quote that closes
    while last > begin and len(printed[last]) <= 2 and printed[last][0] in _CLOSING:
        last -= 1
    word = printed[last]
    if word[-1] not in _ENDS:
        return False
    follower = _first_letter(printed, index)
    if follower is None or follower[0].islower():
        return follower is None and word[-1] in "!?" and not gap
    if not any(character.isalnum() for character in word):
        return not (word == "." and last == begin + 1 and printed[begin].isdigit())
    return _closes(word, follower)


def _closes(word: str, follower: str) -> bool:
    """Whether an abbreviation before the word ``follower`` ends its sentence."""
    stem = word.rstrip(".").lower()
    kind = pairs_of("abbreviations.csv").get(stem)
    if kind in ("title", "inner", "number", "month", "day"):
        return False
    if kind is None and len(stem) == 1:
        return False
    return follower.lower() in words_of("starters.txt")


def _first_letter(printed: list[str], index: int) -> str | None:
    """The first word at or behind index that is no opening mark."""
    for word in printed[index : index + 4]:
        if word[0].isalnum() or word[0] not in _OPENING:
            return word
    return None


def _cut(text: str, words: list[Offsets]) -> Iterator[list[Offsets]]:
    """A sentence, in parts if it is too long; the parts end behind a mark where there is one."""
    while len(words) > LONGEST:
        marks = (index for index in range(LONGEST, LONGEST // 2, -1) if text[words[index - 1][0]] in ";:,.-–—")
        size = next(marks, LONGEST)
        yield words[:size]
        words = words[size:]
    if words:
        yield _with_final_period(text, words)


def _with_final_period(text: str, words: list[Offsets]) -> list[Offsets]:
    """The words, the period of an abbreviation that ends the sentence a word of its own (``etc .``)."""
    start, end = words[-1]
    word = text[start:end].lower()
    if len(words) < 4 or not word.endswith(".") or word == ".":
        return words
    if word not in ("a.m.", "p.m.") and pairs_of("abbreviations.csv").get(word[:-1]) != "closing":
        return words
    return [*words[:-1], (start, end - 1), (end - 1, end)]
