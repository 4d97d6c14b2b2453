"""Times of day."""

from __future__ import annotations

import re

from timeline.dates.grammar import grammar
from timeline.dates.scan import Match

__all__ = ["clock_time"]


def clock_time(match: Match) -> str | None:
    """The TIMEX3 time of day that a match prints: ``T22:00``, ``TMO``; None if it prints none.

    The local hour is kept; a zone is never used to shift it.
    """
    if match.has("ck"):
        return _clock(match)
    if match.has("p"):
        return part_time(match)
    return None


def part_time(match: Match) -> str | None:
    """The part of day of the group ``p``."""
    words = grammar().values["PART"]
    for part in match.parts("p"):
        if part in words:
            return str(words[part])
    return {"daybreak": "TMO", "nightfall": "TEV", "early": "TMO", "small": "TMO"}.get(match.parts("p")[0])


def _clock(match: Match) -> str | None:
    word = match.parts("ck")[0]
    numbers = [int(part) for part in re.findall(r"\d+", word)]
    if not numbers:
        numbers = [grammar().values["NUMBER"].get(word, 99)]
    if len(numbers) == 1 and numbers[0] > 24:
        numbers = [numbers[0] // 100, numbers[0] % 100]
    elif len(numbers) == 1 and len(word) == 4 and word.isdecimal():
        numbers = [int(word[:2]), int(word[2:])]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    half = "".join(match.parts("ap"))
    if half.startswith("p") or "afternoon" in half or "evening" in half or ("night" in half and hour > 4):
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return f"T{hour:02d}:{minute:02d}"
