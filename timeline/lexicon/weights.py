"""Learned weights by the name of what is seen, as data in ``lexicons``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from timeline.errors import LexiconError

__all__ = ["weights_of"]


@cache
def weights_of(name: str) -> Mapping[str, float]:
    """The weights of a packaged table (log-odds), ``bias`` among them.

    Raises
    ------
    LexiconError
        A line is no name and number.

    Examples
    --------
    >>> "bias" in weights_of("sameness.tsv")
    True
    """
    weights = {}
    lines = (files("timeline") / "lexicons" / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        feature, _, value = line.partition("\t")
        try:
            weights[feature] = float(value)
        except ValueError as error:
            place = f"{name}:{number}"
            raise LexiconError("not a weight", where=place, advice="reinstall the package") from error
    return weights
