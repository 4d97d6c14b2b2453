"""The Figure that pictures are: one that shows itself in a notebook, at its own size and with its alt text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from timeline.charts.scene import Scene

CSS_DOTS, SHOWN_DOTS = 96, 144


class Picture(Figure):
    """A matplotlib Figure as any other; only notebooks are told more.

    An inch is drawn as 96 pixels of a screen, as browsers do, so that letters have their size; pages narrower than the
    picture shrink it. ``scene`` is what it was painted from.
    """

    scene: Scene | None = None

    def draw(self, renderer: Any) -> None:
        """Draw with letters off the grid of pixels, which would make lines up to 8 % wider than measured."""
        import matplotlib as mpl

        with mpl.rc_context({"text.hinting": "none"}):
            super().draw(renderer)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """PNG with its width on the screen and its alt text."""
        return {"image/png": png(self, dots=min(SHOWN_DOTS, self.dpi))}, {
            "image/png": {"width": shown_width(self), "alt": str(self.get_label())}
        }


def shown_width(figure: Figure) -> int:
    """Width of a figure in pixels of a screen."""
    return round(float(figure.get_figwidth()) * CSS_DOTS)


def png(figure: Figure, *, dots: float | None = None) -> bytes:
    """The figure as the bytes of a PNG with its title and alt text; the same figure gives the same bytes.

    Parameters
    ----------
    dots : float, optional
        Pixels of the image to an inch; without it those of the figure.
    """
    data = io.BytesIO()
    metadata = {"Software": None, "Title": str(figure.get_gid() or ""), "Description": str(figure.get_label() or "")}
    figure.savefig(data, format="png", dpi=dots or figure.dpi, metadata=metadata, facecolor="white")
    return data.getvalue()
