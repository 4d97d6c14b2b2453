"""A word that may tell of an event, with the rule that says so."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.lexicon import TriggerRule
from timeline.records import Factuality

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that triggers a rule.

    Parameters
    ----------
    words : tuple of int
        Token indices of the words of the rule, the head first.
    type, subtype : str
        Those of the rule, or of the trap that reads it as something else.
    factuality : str or None
        Set by the rule or by a trap.
    background : bool
        Set by a trap.
    """

    words: tuple[int, ...]
    rule: TriggerRule
    type: str
    subtype: str | None
    factuality: Factuality | None = None
    background: bool = False

    @property
    def head(self) -> int:
        """Token index of the head word."""
        return self.words[0]
