"""Dates of whole lines: a dateline says when a report was written, the head of an entry when something happened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from timeline.language.document import Document, Token
from timeline.records import Mention, TimeExpression

__all__ = ["line_head", "told_on", "usable"]

_LIST_HEAD = re.compile(r"[)\]]?\s*(?:[-\u2013\u2014:.|\u2022]|\n)|,\s|\s+[A-Z]")
_DATED = (
    r"[ \t]*(?:[A-Z][A-Z.' -]+(?:, [^\n\d]{2,30})?,? )?"
    r"((?:\d{1,2} [A-Z]\w{2,8}|[A-Z]\w{2,8}\.? \d{1,2})[^\n]{0,40}?) ?(?:--?|[\u2013\u2014]) "
)
_DATELINE, _DATELINES = re.compile(r"\s*" + _DATED), re.compile("^" + _DATED, re.MULTILINE)
_LAG = 3  # days


def usable(document: Document, time: Mention[TimeExpression]) -> bool:
    """Whether an expression can date an event: it has a bound, or a weekday, and is no dateline."""
    when = time.value.when
    if time.value.type in {"DURATION", "SET"} and when.start is None:
        return False
    if _is_dateline(document, time):
        return False
    return when.start is not None or when.end is not None or when.precision == "weekday_only"


def _is_dateline(document: Document, time: Mention[TimeExpression]) -> bool:
    """Whether a date only says when the report was written: behind a place in capitals, before a dash, first of all."""
    published, day = document.article.published, time.value.when.start
    line = _DATELINE.match(document.text)
    if line is None or published is None or day is None or not line.start(1) <= time.span.start < line.end(1):
        return False
    return 0 <= (published - day).days <= _LAG and len(_DATELINES.findall(document.text)) < 2


def told_on(document: Document, times: Sequence[Mention[TimeExpression]]) -> dt.date | None:
    """The day of the dateline, if it is at most three days before publication; else the publication day."""
    published = document.article.published
    if published is None:
        return None
    for time in times:
        sentence = document.sentence_of(time.token)
        if sentence.index > 2:
            break
        day = time.value.when.start
        closed = sentence.tokens[-1].text in {"-", "--", "\u2013", "\u2014"}
        if closed and day and time.value.when.precision == "day" and 0 <= (published - day).days <= 3:
            return day
    return published


def line_head(
    document: Document, token: Token, times: Sequence[Mention[TimeExpression]]
) -> Mention[TimeExpression] | None:
    """The date at the head of a token's line ("4 January 2021 - Militiamen ..."), or on a line of its own above."""
    text = document.text
    line = text.rfind("\n", 0, token.start) + 1
    above: Mention[TimeExpression] | None = None
    for time in times:
        if time.span.start > token.start:
            break
        if not usable(document, time):
            continue
        start = text.rfind("\n", 0, time.span.start) + 1
        end = text.find("\n", time.span.end)
        bare = not text[start : time.span.start].strip(" \t\u2022*-([#0123456789.")
        if not bare:
            continue
        if start == line and _LIST_HEAD.match(text, time.span.end):
            return time
        if not text[time.span.end : end if end >= 0 else None].strip(" \t:.-)]\u2013\u2014"):
            above = time
    return above
