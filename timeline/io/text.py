"""Bytes to text, and what a text must be to be read."""

from __future__ import annotations

import codecs
import re

from timeline.errors import InputError

__all__ = ["LONGEST", "check_text", "decode", "front_matter"]

LONGEST = 1_000_000
"""The longest text, in bytes or characters, that counts as one article."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_FRONT = re.compile(r"---[ \t]*\r?\n((?:[^\r\n]*\r?\n)*?)---[ \t]*(?:\r?\n[ \t]*)*(?:\r?\n|\Z)")
_LINE = re.compile(r"([A-Za-z][\w -]*):[ \t]*(.*?)[ \t]*")
_SAMPLE = 20_000


def decode(data: bytes, *, where: str, encoding: str | None = None) -> str:
    """Decode a file that holds text; line ends stay as they are, a byte order mark goes.

    Parameters
    ----------
    data : bytes
    where : str
        What the error names.
    encoding : str, optional
        Default is UTF-8, or what a byte order mark says. Nothing is guessed: a wrong guess shifts no offset but
        changes names, and nobody sees it.

    Raises
    ------
    InputError
        If the bytes are not text, or text of another encoding.

    Examples
    --------
    >>> decode("Café bombed".encode(), where="a.txt")
    'Café bombed'
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    name = encoding or marked or "utf-8"
    if marked is None and encoding is None and b"\0" in data[:_SAMPLE]:
        raise InputError("is not text but binary", where=where, advice="give text, HTML or a table")
    try:
        text = data.decode(name)
    except LookupError:
        raise InputError(f"unknown encoding {name!r}", where=where, advice="name one such as cp1252") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {name.upper()}: byte 0x{data[error.start]:02x} at position {error.start}",
            where=where,
            advice="name the encoding it has, such as cp1252 (option --encoding), or save it as UTF-8",
        ) from None
    return text.removeprefix("\ufeff")


def check_text(text: str, *, where: str) -> str:
    """Return the text if the library can read it.

    Raises
    ------
    InputError
        If it is empty, longer than `LONGEST`, binary, or mostly in letters other than Latin.

    Examples
    --------
    >>> check_text("THE ARMY SHELLED THE TOWN.", where="a.txt")
    'THE ARMY SHELLED THE TOWN.'
    """
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise InputError("is empty", where=where, advice="give it a text")
    if len(text) > LONGEST:
        raise too_long(len(text), "characters", where)
    sample = text[:_SAMPLE]
    if "\0" in sample or sample.count("\ufffd") > len(sample) // 20:
        raise InputError("is not text but binary", where=where, advice="give text, HTML or a table")
    letters = len(_LETTER.findall(sample))
    if not letters:
        raise InputError("has no letters", where=where, advice="give it a text")
    if 2 * len(_LATIN.findall(sample)) < letters:
        raise InputError("is mostly not in Latin letters", where=where, advice="the library reads English")
    return text


def too_long(size: int, unit: str, where: str) -> InputError:
    """The error for a text that is no single article."""
    return InputError(
        f"is too long for one article: {size:,} {unit}, at most {LONGEST:,} are read",
        where=where,
        advice="split it, one article a file or one a line of JSONL",
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Split a text into the fields between its first two ``---`` lines and the body.

    The body begins at the first line behind the front matter that is not blank; it is the text that is stored and
    that offsets refer to. A text without front matter is stored as it is given. Lines of the front matter that are
    not ``key: value`` make the whole of it part of the text.

    Examples
    --------
    >>> front_matter("---\ntitle: Shells\n---\n\nShells fell.")
    ({'title': 'Shells'}, 'Shells fell.')
    >>> front_matter("Shells fell.")
    ({}, 'Shells fell.')
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    for line in found[1].splitlines():
        pair = _LINE.fullmatch(line)
        if pair:
            fields[pair[1].strip().lower()] = _unquoted(pair[2])
        elif line.strip():
            return {}, text
    return fields, text[found.end() :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
