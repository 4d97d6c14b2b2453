"""What a measurement says: figures, and the errors behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Miss", "Scores", "f1"]


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement with the gold.

    Parameters
    ----------
    kind : str
        Class of error, such as ``missed``, ``false``, ``trap``, ``date``, ``killed``.
    article : str
    what : str
        The words or the event at fault.
    got, wanted : str
        What was found and what the gold says; empty where there is none.
    """

    kind: str
    article: str
    what: str
    got: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures by name, and every error behind them."""

    figures: Mapping[str, float]
    errors: tuple[Miss, ...]

    def __str__(self) -> str:
        width = max((len(name) for name in self.figures), default=0)
        lines = [f"{name:<{width}}  {_shown(value)}" for name, value in self.figures.items()]
        kinds = sorted(Counter(miss.kind for miss in self.errors).items())
        if kinds:
            lines += ["", "errors: " + ", ".join(f"{kind} {count}" for kind, count in kinds)]
        return "\n".join(lines)

    def listing(self) -> str:
        """All errors, one a line, by class and article, fields parted by tabs."""
        return "\n".join("\t".join(_row(miss)) for miss in sorted(self.errors, key=_row))


def _row(miss: Miss) -> tuple[str, ...]:
    return (miss.kind, miss.article, " ".join(miss.what.split()), miss.got, miss.wanted)


def _shown(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def f1(hits: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where nothing was found or wanted.

    Examples
    --------
    >>> f1(2, 4, 2)
    (0.5, 1.0, 0.6666666666666666)
    """
    precision = hits / found if found else 0.0
    recall = hits / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
