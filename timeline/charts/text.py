"""Measuring, wrapping and ordering of text, in points and without drawing anything.

Fonts are private FreeType objects at a fixed size, so that drawing elsewhere cannot change a measure; words are
measured unhinted and kept, so that a width is linear in the size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, TypeAlias

Weight: TypeAlias = Literal["normal", "bold"]
_SIZE = 100.0
_FILES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_FALLBACKS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Noto Sans Myanmar",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Ethiopic",
    "Noto Sans Thai",
    "Noto Sans Khmer",
    "Noto Sans Tamil",
)
MISSING = "\u25af"
_JOINTS = frozenset("·–—")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RTL_RUN = re.compile(f"[{_RTL}]+(?:\\s+[{_RTL}]+)*")
_RTL_SPLIT = re.compile(f"({_RTL_RUN.pattern})")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffe\uffff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


@cache
def _font(path: str) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(path)
    font.set_size(_SIZE, 72)
    return font


@cache
def base_file(weight: Weight) -> str:
    """File of the font that matplotlib ships, the same on every machine."""
    import matplotlib as mpl

    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[weight])


@cache
def fallbacks(weight: Weight = "normal") -> tuple[tuple[str, str], ...]:
    """Noto families that are installed, as (family, file), in a fixed order."""
    from matplotlib.font_manager import fontManager

    files: dict[str, str] = {}
    for entry in sorted(
        fontManager.ttflist,
        key=lambda entry: (
            entry.name,
            entry.style != "normal",
            entry.style,
            abs(_weight(entry.weight) - (700 if weight == "bold" else 400)),
            entry.fname,
        ),
    ):
        files.setdefault(entry.name, str(entry.fname))
    return tuple((name, files[name]) for name in _FALLBACKS if name in files)


def _weight(said: str | int) -> int:
    return said if isinstance(said, int) else {"bold": 700}.get(said, 400)


@lru_cache(maxsize=8192)
def _file_for(char: str, weight: Weight) -> str | None:
    """File of the first font that has the character, None if no font has it."""
    for path in (base_file(weight), *(path for _, path in fallbacks(weight))):
        if _font(path).get_char_index(ord(char)):
            return path
    return None


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """Characters that no installed font can draw, in the order of their code points.

    Examples
    --------
    >>> missing(["Homs", "حمص", "Хомс"])
    ()
    """
    chars = {char for text in texts for char in tidy(text) if ord(char) > 126}
    return tuple(sorted(char for char in chars if _file_for(char, "normal") is None))


def scripts(chars: Iterable[str]) -> tuple[str, ...]:
    """Names of the scripts of characters, by the first word of their Unicode names.

    Examples
    --------
    >>> scripts("\u1200\u4e2d")
    ('CJK', 'Ethiopic')
    """
    names = {unicodedata.name(char, "unnamed").split(maxsplit=1)[0] for char in chars}
    return tuple(sorted(name if name == "CJK" else name.capitalize() for name in names))


def lacking(chars: Sequence[str], *, most: int) -> str:
    """Which characters no font has, by script and code point, and what to do.

    Examples
    --------
    >>> lacking(["\u1200"], most=12)
    '1 character (Ethiopic) without an installed font, shown as \u25af: U+1200; install the Noto fonts to see it.'
    """
    named = ", ".join(f"U+{ord(char):04X}" for char in chars[:most])
    more = f" and {len(chars) - most} more" if len(chars) > most else ""
    number, it = (f"{len(chars)} characters", "them") if len(chars) > 1 else ("1 character", "it")
    return (
        f"{number} ({', '.join(scripts(chars))}) without an installed font, shown as {MISSING}: {named}{more}; "
        f"install the Noto fonts to see {it}."
    )


def tidy(text: str) -> str:
    """One line without controls: white space runs become a space, marks that reorder text are dropped.

    Examples
    --------
    >>> tidy("the  old\\n bridge\\u202e")
    'the old bridge'
    """
    return _SPACES.sub(" ", _CONTROLS.sub("", _SURROGATES.sub("\ufffd", _SPACES.sub(" ", text)))).strip()


@lru_cache(maxsize=65536)
def drawable(text: str, weight: Weight = "normal") -> str:
    """The text with every character that no font has replaced by an empty box."""
    if text.isascii():
        return text
    return "".join(char if char == " " or _file_for(char, weight) else MISSING for char in text)


def families(text: str) -> tuple[str, ...]:
    """Font families to hand to matplotlib for a text, the fallbacks only where one is needed."""
    if text.isascii() or not fallbacks():
        return ()
    base = base_file("normal")
    return tuple(name for name, _ in fallbacks()) if any(_file_for(char, "normal") != base for char in text) else ()


@lru_cache(maxsize=65536)
def _em(word: str, weight: Weight) -> float:
    from matplotlib.ft2font import LoadFlags

    base = base_file(weight)
    files = [base] * len(word) if word.isascii() else [_file_for(char, weight) or base for char in word]
    total = 0.0
    for path, run in groupby(zip(files, drawable(word, weight), strict=True), key=itemgetter(0)):
        font = _font(path)
        font.set_text("".join(char for _, char in run), 0.0, flags=LoadFlags.NO_HINTING)
        total += float(font.get_width_height()[0]) / 64 / _SIZE
    return total if len(set(files)) == 1 and files[0] == base else total * 1.03


_SPACE = {"normal": 0.318, "bold": 0.348}


def width(text: str, size: float, weight: Weight = "normal") -> float:
    """Width of one line in points.

    Parameters
    ----------
    size : float
        Font size in points.

    Examples
    --------
    >>> round(width("Homs", 10), 1) > round(width("Homs", 7), 1)
    True
    """
    words = text.split(" ")
    ems = sum(_em(word, weight) for word in words if word) + (len(words) - 1) * _SPACE[weight]
    return size * ems


def _pieces(word: str, size: float, limit: float, weight: Weight) -> list[str]:
    """A word that is wider than the line, cut into pieces that are not."""
    if size * _em(word, weight) <= limit or len(word) == 1:
        return [word]
    out, piece = [], ""
    for char in word:
        if piece and size * _em(piece + char, weight) > limit:
            out.append(piece)
            piece = ""
        piece += char
    return [*out, piece]


def wrap(text: str, size: float, limit: float, weight: Weight = "normal") -> list[str]:
    """Break a text into lines no wider than ``limit`` points; a longer word is cut, and no line begins with a dot.

    Examples
    --------
    >>> wrap("shells fall on the old town", 10, 60)
    ['shells fall', 'on the old', 'town']
    >>> wrap("Homs and Hama · Idlib", 10, 75)
    ['Homs and', 'Hama · Idlib']
    """
    lines: list[str] = []
    current, used, space = "", 0.0, _SPACE[weight] * size
    for whole in text.split():
        for word in _pieces(whole, size, limit, weight):
            wide = size * _em(word, weight)
            if current and used + space + wide > limit + 0.01:
                before, _, last = current.rpartition(" ") if word in _JOINTS else ("", "", "")
                if before and width(f"{last} {word}", size, weight) <= limit:
                    lines.append(before)
                    current, used = f"{last} {word}", width(f"{last} {word}", size, weight)
                    continue
                lines.append(current)
                current, used = word, wide
            else:
                current, used = (f"{current} {word}", used + space + wide) if current else (word, wide)
    return [*lines, current]


def balanced(text: str, size: float, limit: float, weight: Weight = "normal") -> list[str]:
    """Wrap in as few lines as ``limit`` allows, the lines about equally long."""
    lines = wrap(text, size, limit, weight)
    if len(lines) == 1:
        return lines
    low, high = width(text, size, weight) / len(lines) * 0.9, limit
    for _ in range(7):
        middle = (low + high) / 2
        trial = wrap(text, size, middle, weight)
        if len(trial) <= len(lines) and len("".join(trial)) == len("".join(lines)):
            high = middle
        else:
            low = middle
    return wrap(text, size, high, weight)


def isolated(text: str) -> str:
    """Keep a left-to-right line in order: every right-to-left run is isolated, a mark stands in front.

    Without it, "12-14 killed" after an Arabic name is shown as "14-12" (Unicode Bidirectional Algorithm, UAX 9).

    Examples
    --------
    >>> isolated("Homs")
    'Homs'
    >>> isolated("حمص, 12") == "\\u200e\\u2068حمص\\u2069, 12"
    True
    """
    if len(runs(text)) < 2:
        return text
    return "\u200e" + _RTL_RUN.sub(lambda run: f"\u2068{run.group()}\u2069", text)


def runs(text: str) -> list[str]:
    """The stretches of one direction in a line, in the order in which a left-to-right line shows them.

    Examples
    --------
    >>> runs("Homs حمص, 12")
    ['Homs ', 'حمص', ', 12']
    """
    if text.isascii():
        return [text]
    return [run for run in _RTL_SPLIT.split(text) if run]


def joined(items: Sequence[str], last: str = "and") -> str:
    """Write a list the English way.

    Examples
    --------
    >>> joined(["Homs", "Hama", "Idlib"])
    'Homs, Hama and Idlib'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
