"""Durations in the notation of TIMEX3."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.dates.numbers import count_of
from timeline.dates.scan import Match
from timeline.dates.state import Reading
from timeline.dates.told import unknown

__all__ = ["measure", "period", "unit_of"]


def unit_of(match: Match, group: str = "u") -> str:
    """The unit of a match: D, W, M, Y, 10Y ..., TH for hours."""
    return str(match.get(group, "UNIT") or match.get(group, "UNITS"))


def period(count: float | None, unit: str) -> str:
    """A TIMEX3 duration.

    Examples
    --------
    >>> period(2, "M"), period(2.5, "Y"), period(None, "TH"), period(3, "10Y"), period(24, "TH"), period(1.5, "TM")
    ('P2M', 'P2Y6M', 'PTXH', 'P30Y', 'PT24H', 'PT1M30S')
    """
    found = re.fullmatch(r"(T?)(\d*)([A-Z])", unit)
    assert found is not None
    time, factor, letter = found[1], int(found[2] or 1), found[3]
    if count is None:
        letter = {10: "E", 100: "CE", 1000: "L"}.get(factor, letter) if factor > 2 else letter
        return f"P{time}X{letter}"
    count *= factor
    whole, rest = int(count), count - int(count)
    smaller = {"Y": ("M", 12), "H": ("M", 60), "D": ("TH", 24), "W": ("D", 7), "M": ("W", 4)}
    if time and letter == "M":
        smaller["M"] = ("S", 60)
    if not rest:
        return f"P{time}{whole}{letter}"
    next_unit, per = smaller.get(letter, ("", 0))
    part = round(rest * per)
    if not next_unit or not part:
        return f"P{time}{count:g}{letter}"
    prefix = f"{time}{whole}{letter}" if whole else time
    return f"P{prefix}{part}{next_unit}" if not next_unit.startswith("T") else f"P{prefix}T{part}H"


def measure(match: Match, kind: str, value: str | None = None) -> Reading:
    """A duration of a match."""
    value = value or period(count_of(match), unit_of(match))
    return replace(unknown(match, value, kind), basis="duration_only")
