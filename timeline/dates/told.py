"""What the readers of relative expressions share: where to count from, and what cannot be placed."""

from __future__ import annotations

from timeline.dates.calendar import Grain, Moment, shift
from timeline.dates.grammar import grammar
from timeline.dates.scan import Match
from timeline.dates.state import Reading, State
from timeline.records import Basis

__all__ = ["END", "TOLD", "day_told", "from_told", "quarter_near", "rough", "stepped", "unknown"]

Readings = list[Reading]
END = frozenset((".", ",", ";", "", "\n", ")", ":", "-", "–", "—", '"', "”"))
TOLD = frozenset(("previous", "preceding", "prior", "following", "subsequent"))
QUARTER_REACH = 120
GRAINS: dict[str, Grain] = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "10Y": "decade",
    "100Y": "century",
}


def unknown(match: Match, value: str, kind: str = "DATE") -> Reading:
    """A reading without a place in the calendar."""
    return Reading(kind, value, match.first, match.last, match.rule.id, anchor=False)  # type: ignore[arg-type]


def rough(match: Match) -> bool:
    """Whether the number is said to be about right only."""
    words = match.words
    return any(words.lower(index) in grammar().cues["rough"] for index in range(match.first, match.last + 1))


def from_told(state: State) -> tuple[Moment | None, Basis]:
    """The date told before, else the day of publication, and which of them it is."""
    return (state.last, "relative_to_event") if state.last is not None else (state.today, "relative_to_doc")


def day_told(state: State) -> tuple[Moment | None, Basis]:
    """The day told before if that is what the text is at, else the day of publication."""
    if state.last_day is not None and (
        state.mode == "narrative" or state.last is state.last_day or state.today is None
    ):
        return state.last_day, "relative_to_event"
    return state.today, "relative_to_doc"


def quarter_near(state: State, match: Match) -> bool:
    """Whether a quarter was told so shortly before that "a year earlier" means the same quarter."""
    return state.mode == "news" and state.quarter is not None and match.first - state.quarter_word <= QUARTER_REACH


def stepped(base: Moment, steps: int, unit: str) -> Moment | None:
    """The stretch that many units of a TIMEX3 letter away."""
    grain = GRAINS.get(unit)
    if unit == "2W":
        grain, steps = "week", steps * 2
    if grain is None:
        return None
    return shift(base, steps, grain)
