"""Page widths and letter sizes, in points."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.errors import InputError

LEAST = 340.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its width, the height that it must have (0: as tall as needed), and its letters.

    ``paper`` is the height of the sheet that it is printed on, which a picture that is a little taller should keep to.
    """

    width: float
    height: float = 0.0
    paper: float = 0.0
    body: float = 7.6
    small: float = 7.0
    title: float = 15.0
    margin: float = 14.0

    @property
    def step(self) -> float:
        """Distance between two lines of a row."""
        return self.body * 1.24

    @property
    def mark(self) -> float:
        """Size of a marker."""
        return self.body * 0.95


PAGES = {
    "A3": Page(1190.6, paper=841.9),
    "A4": Page(595.3, paper=841.9, margin=18.0),
    "A4-landscape": Page(841.9, paper=595.3, margin=16.0),
    "screen": Page(1152.0, body=8.6, small=7.8, title=17.0),
    "slide": Page(960.0, 540.0, body=9.4, small=8.4, title=20.0, margin=20.0),
}


def page(width: str | float) -> Page:
    """A preset by name, or a width in inches.

    Raises
    ------
    InputError
        If the preset is unknown, or the page is too narrow for any text.

    Examples
    --------
    >>> page("A4").width
    595.3
    >>> page(8).width
    576.0
    """
    if isinstance(width, str):
        if width not in PAGES:
            raise InputError(f"unknown width {width!r}", advice=f"give inches or one of {', '.join(PAGES)}")
        return PAGES[width]
    points = float(width) * 72
    if not LEAST <= points <= 7200:
        raise InputError(
            f"a width of {width} inches cannot hold a timeline",
            advice=f"give at least {LEAST / 72:.1f} and at most 100 inches",
        )
    return Page(points)
