"""The tree of errors. A message says what is wrong, where, and what to do about it."""

from __future__ import annotations

__all__ = [
    "InputError",
    "LexiconError",
    "MissingCharacters",
    "MissingExtraError",
    "ModelError",
    "OutputError",
    "TimelineError",
]


class TimelineError(Exception):
    """Base of every error that this library raises on purpose.

    Parameters
    ----------
    what : str
        What is wrong.
    where : str, optional
        File, line, entry or key at fault.
    advice : str, optional
        What the reader of the message can do.

    Examples
    --------
    >>> print(InputError("is empty", where="a.txt", advice="give it a text"))
    a.txt: is empty; give it a text
    """

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.what, self.where, self.advice = what, where, advice
        place = f"{where}: " if where else ""
        hint = f"; {advice}" if advice else ""
        super().__init__(f"{place}{what}{hint}")


class InputError(TimelineError):
    """A text, date or file that cannot be read as it is."""


class OutputError(TimelineError):
    """A file or folder that cannot be written."""


class LexiconError(TimelineError):
    """A rule, word list or actor list with an unknown key or a wrong value."""


class ModelError(TimelineError):
    """The language model is missing, damaged, or of another version."""


class MissingExtraError(TimelineError):
    """A feature needs a package that is installed only as an extra."""

    def __init__(self, feature: str, *, extra: str) -> None:
        super().__init__(f"{feature} needs an extra package", advice=f"pip install 'conflict-timeline[{extra}]'")


class MissingCharacters(UserWarning):
    """Characters that a picture cannot show, as no installed font has them."""
