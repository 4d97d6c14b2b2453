"""The tense around a date, as far as single words tell it."""

from __future__ import annotations

import re
from typing import Literal

from timeline.dates.grammar import grammar
from timeline.dates.scan import Words

__all__ = ["Tense", "is_past", "tense_near"]

Tense = Literal["past", "future", "maybe", "none"]
REACH = 14
SPEECH_REACH = 4
ED = re.compile(r"[a-z]{2,}ed")
STOP = frozenset("!?;:")


def is_past(words: Words, index: int) -> bool:
    """Whether a word looks like a verb in the past."""
    cues = grammar().cues
    word = words.word(index)
    return word.lower() in cues["past"] or (ED.fullmatch(word) is not None and word not in cues["not_past"])


def _cue(words: Words, index: int) -> Tense:
    cues = grammar().cues
    word = words.lower(index)
    if word in cues["speech"]:
        return "none"
    if word in cues["plans"] and not cues["plans_past"].isdisjoint((words.lower(index - 1), words.lower(index - 2))):
        return "past"
    if word in cues["future"]:
        return "future"
    if word in cues["maybe"]:
        return "maybe"
    if (
        word == "to"
        and words.lower(index + 1) not in ("the", "a", "an", "his", "their", "its")
        and words.word(index + 1)[:1].islower()
    ):
        before = words.lower(index - 1)
        if before in cues["plans"] and words.lower(index - 2) in cues["plans_past"]:
            return "past"
        ahead = before in cues["future"] or before in cues["plans"] or before in cues["will_to"]
        return "future" if ahead else "maybe"
    if word in ("soon", "early") and words.lower(index - 1) == "as" and words.lower(index + 1) == "as":
        return "future"
    return "past" if is_past(words, index) and words.lower(index - 1) != "be" else "none"


def _stops(words: Words, index: int) -> bool:
    cues = grammar().cues
    word = words.lower(index)
    if word == ".":
        before = words.lower(index - 1)
        return len(before) > 2 and before not in cues["titles"]
    return word in STOP or word[0] == "\n"


def tense_near(words: Words, first: int, last: int) -> Tense:
    """The tense that the nearest verbs suggest: to the left in the sentence, else to the right.

    Examples
    --------
    >>> from timeline.dates.scan import words
    >>> tense_near(words("They will meet on Friday"), 4, 4)
    'future'
    """
    cues = grammar().cues
    if words.lower(first - 1) in cues["deadlines"] and _had(words, last):
        return "past"
    for index in range(first - 1, max(first - 1 - REACH, -1), -1):
        if _stops(words, index):
            break
        found = _cue(words, index)
        if found != "none":
            return found
        if words.lower(index) in cues["speech"] and first - index <= SPEECH_REACH:
            return "past"
    return _ahead(words, last)


def _had(words: Words, last: int) -> bool:
    """Whether the clause behind a date is in the pluperfect."""
    for index in range(last + 1, min(last + 1 + SPEECH_REACH * 2, len(words.starts))):
        if _stops(words, index):
            return False
        if words.lower(index) == "had":
            return True
    return False


def _ahead(words: Words, last: int) -> Tense:
    cues = grammar().cues
    for index in range(last + 1, min(last + 1 + REACH, len(words.starts))):
        if _stops(words, index):
            break
        word = words.lower(index)
        if word in cues["will"]:
            return "future"
        if word in cues["speech"] or is_past(words, index):
            return "past"
    return "none"
