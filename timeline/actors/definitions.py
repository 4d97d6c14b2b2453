"""Names that a text defines itself: "X (Y)", "X, better known as Y", "a group called Y"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline.actors.matching import Entry
from timeline.gazetteer import fold, is_acronym
from timeline.language.document import Document

__all__ = ["CALLING", "DEFINING", "defined"]

_AS = ("as", "by its acronym", "by the acronym", "by the initials", "by its initials", "locally as", "officially as")
_KNOWN = tuple(f"{how} {what}" for how in ("known", "better known", "also known", "formerly known") for what in _AS)

DEFINING = frozenset(
    {
        "(", "( or", "( formerly", ", or", ", or the", ", also called", ", alias", "alias",
        *(f"{before}{known}" for known in _KNOWN for before in ("", ", ", "( ", "- ")),
        *(f"{before}{known} the" for known in _KNOWN for before in ("", ", ", "( ", "- ")),
    }
)  # fmt: skip
CALLING = frozenset(
    {"called", "called the", "named", "named the", "calling itself", "calling itself the", *_KNOWN}
    | {f"{known} the" for known in _KNOWN}
)
_NAME = r"(?P<name>[A-Z][\w\u2019'-]*(?: (?:of|the|al|for|and|[A-Z][\w\u2019'-]*)){0,5})"
_PATTERN = re.compile(r"\b(?:known(?: locally| officially)? as|called|calling itself) (?:the )?" + _NAME)
_TAIL = re.compile(r"(?: (?:of|the|al|for|and))+$")


def defined(document: Document) -> Mapping[str, Entry]:
    """The names that the text introduces with "known as" or "called", as entries to look for in all of it.

    Examples
    --------
    >>> from timeline.language import read
    >>> list(defined(read("A group called the Sons of the River took the dam.")))
    ['sons of the river']
    """
    found: dict[str, Entry] = {}
    for match in _PATTERN.finditer(document.text):
        name = _TAIL.sub("", match["name"])
        if len(name) > 2:
            found[name if is_acronym(name) else fold(name)] = Entry(defined=True)
    return found
