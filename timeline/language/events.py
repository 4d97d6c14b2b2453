"""Sentences with the words marked that tell of an event or name people who were harmed, to train the reader on.

One passage a line; ``[[seized|territory_change]]`` marks words and the type of event that they tell of,
``[[nine worshippers|killed]]`` people and the harm that came to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from timeline.errors import InputError
from timeline.language.document import Document, Token
from timeline.language.reading import read
from timeline.language.treebank import Gold

__all__ = ["EVENTS", "HARMS", "load_marked", "marked", "passage"]

EVENTS = (
    "O", "aid", "airstrike", "assassination", "attack", "battle", "bombing", "casualty_report", "ceasefire", "coup",
    "crackdown", "defection", "deployment", "detention", "displacement", "execution", "kidnapping", "leadership_change",
    "massacre", "negotiation", "protest", "release", "sanctions", "shelling", "siege", "statement", "territory_change",
    "withdrawal",
)  # fmt: skip
HARMS = ("O", "killed", "wounded", "missing", "detained", "displaced", "abducted")
_MARK = re.compile(r"\[\[([^|\]\n]+)\|([a-z_]+)\]\]")


def passage(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a line, and its marks: first and last offset (half open) and type.

    Examples
    --------
    >>> passage("Rebels [[seized|territory_change]] Azaz.")
    ('Rebels seized Azaz.', [(7, 13, 'territory_change')])
    """
    text, marks, done = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, done = text + mark[1], mark.end()
    return text + line[done:], marks


def marked(document: Document, marks: list[tuple[int, int, str]], *, harms: bool = False) -> Iterator[Gold]:
    """The sentences of a document; the head of marked words bears the label, the others are left out of account.

    Syntax and names are those that the shipped model reads, so that what it knows of these words is not unlearned.

    Parameters
    ----------
    harms : bool
        Whether harmed people are marked too; else nobody looked for them. A sentence with harmed people and no marked
        deed says nothing of deeds: the word of the harm may be the deed.
    """
    told = _labels(document, [mark for mark in marks if mark[2] not in HARMS])
    harmed = _labels(document, [mark for mark in marks if mark[2] in HARMS])
    for sentence in document.sentences:
        tokens, base = sentence.tokens, sentence.tokens[0].index
        names = ["O"] * len(tokens)
        for name in sentence.names:
            for place in range(name.first, name.last + 1):
                names[place - base] = ("B-" if place == name.first else "I-") + name.label
        places = {token.index for token in tokens}
        unsaid = bool(places & harmed.keys()) and not places & told.keys()
        yield Gold(
            tuple(token.text for token in tokens),
            (True,) * len(tokens),
            tuple(names),
            tuple(token.tag for token in tokens),
            tuple(token.pos for token in tokens),
            tuple(0 if token.head == token.index else token.head - base + 1 for token in tokens),
            tuple(token.dep for token in tokens),
            None if unsaid else tuple(told.get(token.index, "O") for token in tokens),
            tuple(harmed.get(token.index, "O") for token in tokens) if harms else None,
        )


def _labels(document: Document, marks: list[tuple[int, int, str]]) -> dict[int, str | None]:
    labels: dict[int, str | None] = {}
    for start, end, kind in marks:
        words = [token for token in document.tokens if token.start < end and token.end > start]
        labels.update({token.index: None for token in words if token.index not in labels})
        if words:
            labels[_head(words).index] = kind
    return labels


def _head(words: list[Token]) -> Token:
    inside = {token.index for token in words}
    tops = [token for token in words if token.head not in inside or token.head == token.index]
    return next((token for token in tops if token.pos in ("VERB", "NOUN", "ADJ", "PROPN")), (tops or words)[0])


def load_marked(path: Path, *, harms: bool = False) -> list[Gold]:
    """The sentences of a file of marked passages (.txt) or annotated articles (.jsonl).

    Parameters
    ----------
    harms : bool
        Whether harmed people are marked too.

    Raises
    ------
    InputError
        The file is not there, or names a type that is none.
    """
    if not path.is_file():
        raise InputError("no such file of marked sentences", where=str(path), advice="see train.toml")
    found: list[Gold] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, marks = _annotated(json.loads(line)) if path.suffix == ".jsonl" else passage(line.strip())
        unknown = sorted({kind for _, _, kind in marks} - {*EVENTS, *HARMS})
        if unknown:
            raise InputError(f"unknown type {unknown[0]!r}", where=f"{path}:{number}", advice="see EVENTS and HARMS")
        if text:
            found += marked(read(text), marks, harms=harms)
    return found


def _annotated(article: dict[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    """Text and marks of an annotated article (data/README.md)."""
    marks = [
        (trigger["start"], trigger["end"], event["type"])
        for event in article["events"]
        for trigger in (event["trigger"], *event["other_triggers"])
    ]
    return article["text"], marks
