"""How many: numbers in digits and words before a unit of time."""

from __future__ import annotations

from timeline.dates.grammar import grammar
from timeline.dates.scan import Match

__all__ = ["count_of", "number_of"]

FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def number_of(parts: list[str]) -> float | None:
    """The value of number words or digits in a row; None if there is none.

    Examples
    --------
    >>> number_of(["two", "hundred", "and", "five"]), number_of(["2", "1/2"]), number_of(["twenty", "-", "four"])
    (205, 2.5, 24)
    """
    total: float = 0
    current: float = 0
    seen = False
    numbers = grammar().values["NUMBER"]
    for part in parts:
        if part[0].isdecimal():
            digits = part.replace(",", "")
            if "/" in digits:
                above, below = digits.split("/")
                current += int(above) / int(below) if int(below) else 0
            else:
                current += float(digits) if "." in digits else int(digits[:9])
        elif part in FRACTIONS:
            current += FRACTIONS[part]
        elif part == "half":
            current += 0.5
        elif part in numbers:
            value = numbers[part]
            if value == 100:
                current = (current or 1) * 100
            elif value == 1000:
                total += (current or 1) * 1000
                current = 0
            else:
                current += value
        else:
            continue
        seen = True
    return total + current if seen else None


def count_of(match: Match) -> float | None:
    """How many units a match counts; None if it does not say.

    "A couple" is two, "a" is one.
    """
    if match.has("c"):
        return number_of(match.parts("c"))
    if match.has("one"):
        return 1
    if "couple" in match.parts("v"):
        return 2
    return None
