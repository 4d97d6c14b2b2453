"""Colours by family and markers by type: every event type looks different, in colour and in grey.

Every colour has a contrast of at least 3:1 to white, and every pair a distance of at least 20 (CIE76) in normal,
protan, deutan and tritan vision. Markers are closed outlines in a square of two units, y upwards, so that the fill is
free to show the confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

Outline: TypeAlias = tuple[tuple[float, float], ...]

INK, MUTE, RULE, BAND, BURST, RED = "#1c1c1c", "#595959", "#d0d0d0", "#f5f5f3", "#FBF1DC", "#A00000"
AMBER = "#7a5200"
FAMILIES: Mapping[str, str] = {
    "violence": "#882255",
    "control": "#B8860B",
    "allegiance": "#5B4FC7",
    "people": "#3A9BD9",
    "diplomacy": "#117733",
    "report": "#1A1A1A",
}
FREE_COLOURS = ("#8A8A8A", "#7F3C8D")
_FAMILY_OF: Mapping[str, str] = {
    **dict.fromkeys(
        ("battle", "attack", "shelling", "airstrike", "bombing", "massacre", "assassination", "execution"), "violence"
    ),
    **dict.fromkeys(("siege", "territory_change", "withdrawal", "deployment", "aid"), "control"),
    **dict.fromkeys(("defection", "coup", "leadership_change"), "allegiance"),
    **dict.fromkeys(("kidnapping", "detention", "release", "displacement", "protest", "crackdown"), "people"),
    **dict.fromkeys(("ceasefire", "negotiation", "sanctions", "statement"), "diplomacy"),
    "casualty_report": "report",
}
TYPES = tuple(_FAMILY_OF)

_T, _N = 0.36, 0.22
OUTLINES: Mapping[str, Outline] = {
    "cross_x": tuple(
        (x * 0.95, y * 0.95)
        for x, y in (
            (-1, 0.5),
            (-0.5, 1),
            (0, 0.5),
            (0.5, 1),
            (1, 0.5),
            (0.5, 0),
            (1, -0.5),
            (0.5, -1),
            (0, -0.5),
            (-0.5, -1),
            (-1, -0.5),
            (-0.5, 0),
        )
    ),
    "bolt": ((0.35, 1.1), (-0.75, -0.15), (-0.1, -0.15), (-0.35, -1.1), (0.75, 0.2), (0.1, 0.2)),
    "triangle_down": ((-1, 0.8), (1, 0.8), (0, -1)),
    "drop": (
        (0, 1.15),
        (0.45, 0.35),
        (0.72, -0.15),
        (0.66, -0.62),
        (0.36, -0.95),
        (0, -1.05),
        (-0.36, -0.95),
        (-0.66, -0.62),
        (-0.72, -0.15),
        (-0.45, 0.35),
    ),
    "hourglass": ((-0.8, 1), (0.8, 1), (0.16, 0), (0.8, -1), (-0.8, -1), (-0.16, 0)),
    "flag": ((-0.9, 1.05), (-0.55, 1.05), (-0.55, 0.95), (1, 0.45), (-0.55, -0.1), (-0.55, -1.05), (-0.9, -1.05)),
    "triangle_left": ((0.8, -1), (0.8, 1), (-1, 0)),
    "arrow": ((-1, 0.42), (0.1, 0.42), (0.1, 1), (1.05, 0), (0.1, -1), (0.1, -0.42), (-1, -0.42)),
    "plus": (
        (-_T, 1),
        (_T, 1),
        (_T, _T),
        (1, _T),
        (1, -_T),
        (_T, -_T),
        (_T, -1),
        (-_T, -1),
        (-_T, -_T),
        (-1, -_T),
        (-1, _T),
        (-_T, _T),
    ),
    "bowtie": ((-1.05, 0.85), (0, 0.2), (1.05, 0.85), (1.05, -0.85), (0, -0.2), (-1.05, -0.85)),
    "crown": ((-1, 0.75), (-0.5, 0.1), (0, 0.95), (0.5, 0.1), (1, 0.75), (0.8, -0.85), (-0.8, -0.85)),
    "square": ((-0.85, 0.85), (0.85, 0.85), (0.85, -0.85), (-0.85, -0.85)),
    "bars": (
        (-0.95, 1),
        (-0.35, 1),
        (-0.35, 0.3),
        (0.35, 0.3),
        (0.35, 1),
        (0.95, 1),
        (0.95, -1),
        (0.35, -1),
        (0.35, -0.3),
        (-0.35, -0.3),
        (-0.35, -1),
        (-0.95, -1),
    ),
    "arrow_up": ((-0.4, -1), (-0.4, 0), (-1, 0), (0, 1.1), (1, 0), (0.4, 0), (0.4, -1)),
    "triangle_right": ((-0.8, -1), (-0.8, 1), (1, 0)),
    "placard": (
        (-0.95, 1.05),
        (0.95, 1.05),
        (0.95, -0.2),
        (_N, -0.2),
        (_N, -1.1),
        (-_N, -1.1),
        (-_N, -0.2),
        (-0.95, -0.2),
    ),
    "shield": ((-0.85, 0.95), (0.85, 0.95), (0.85, 0.05), (0.6, -0.55), (0, -1.1), (-0.6, -0.55), (-0.85, 0.05)),
    "diamond": ((0, 1.1), (1.1, 0), (0, -1.1), (-1.1, 0)),
    "slab": ((-1.1, 0.42), (1.1, 0.42), (1.1, -0.42), (-1.1, -0.42)),
    "bubble": ((-1.05, 0.95), (1.05, 0.95), (1.05, -0.4), (0.05, -0.4), (-0.55, -1.1), (-0.5, -0.4), (-1.05, -0.4)),
    "sheet": ((-0.75, 1.05), (0.25, 1.05), (0.8, 0.5), (0.8, -1.05), (-0.75, -1.05)),
    "slope": ((-1.1, -0.75), (-0.45, 0.75), (1.1, 0.75), (0.45, -0.75)),
    "trapezium": ((-1.1, -0.7), (-0.5, 0.7), (0.5, 0.7), (1.1, -0.7)),
    "half": ((-1, -0.45), (-0.87, 0.05), (-0.5, 0.42), (0, 0.55), (0.5, 0.42), (0.87, 0.05), (1, -0.45)),
    "corner": ((-0.9, 0.95), (-0.1, 0.95), (-0.1, -0.15), (0.95, -0.15), (0.95, -0.95), (-0.9, -0.95)),
    "needle": ((0, 1.25), (0.55, 0), (0, -1.25), (-0.55, 0)),
    "triangle_up": ((-1, -0.8), (1, -0.8), (0, 1)),
    "pause": ((-1, 1), (-0.38, 1), (-0.38, -0.55), (0.38, -0.55), (0.38, 1), (1, 1), (1, -1), (-1, -1)),
}
_MARKER_OF: Mapping[str, str] = {
    "battle": "cross_x",
    "attack": "bolt",
    "shelling": "disc",
    "airstrike": "triangle_down",
    "bombing": "burst",
    "massacre": "drop",
    "assassination": "spark",
    "execution": "hourglass",
    "siege": "hexagon",
    "territory_change": "flag",
    "withdrawal": "triangle_left",
    "deployment": "arrow",
    "aid": "plus",
    "defection": "bowtie",
    "coup": "crown",
    "leadership_change": "star",
    "kidnapping": "square",
    "detention": "bars",
    "release": "arrow_up",
    "displacement": "triangle_right",
    "protest": "placard",
    "crackdown": "shield",
    "ceasefire": "pause",
    "negotiation": "diamond",
    "sanctions": "slab",
    "statement": "bubble",
    "casualty_report": "sheet",
}
_FREE_MARKERS = ("slope", "trapezium", "half", "corner", "needle", "triangle_up", "pentagon", "house")


@dataclass(frozen=True, slots=True)
class Look:
    """How a type of event is drawn."""

    label: str
    family: str
    colour: str
    marker: str


@cache
def outline(marker: str) -> Outline:
    """Corners of a marker, in a square of about two units around the origin, y upwards."""
    import math

    def star(points: int, inner: float, outer: float = 1.1, turn: float = math.pi / 2) -> Outline:
        radii = [outer if k % 2 == 0 else inner for k in range(2 * points)]
        angles = [turn + k * math.pi / points for k in range(2 * points)]
        return tuple((r * math.cos(a), r * math.sin(a)) for r, a in zip(radii, angles, strict=True))

    made: dict[str, Outline] = {
        "disc": star(16, 0.98, 0.98),
        "burst": star(8, 0.55, 1.15),
        "spark": star(4, 0.4, 1.25),
        "star": star(5, 0.46, 1.2),
        "hexagon": star(3, 1.02, 1.02),
        "pentagon": tuple(star(5, 1.0, 1.0)[::2]),
        "house": ((-0.85, -1.0), (0.85, -1.0), (0.85, 0.25), (0.0, 1.15), (-0.85, 0.25)),
    }
    return made.get(marker) or OUTLINES[marker]


@cache
def path(marker: str) -> Any:
    """The outline as a closed matplotlib Path, y downwards as on the page."""
    from matplotlib.path import Path

    corners = [(x, -y) for x, y in outline(marker)]
    return Path([*corners, corners[0]], closed=True)


def looks(types: Iterable[str], *, labels: Mapping[str, str] | None = None) -> dict[str, Look]:
    """A look for every type; types that are not ours take the free slots in alphabetical order.

    Examples
    --------
    >>> looks(["shelling"])["shelling"]
    Look(label='Shelling', family='violence', colour='#882255', marker='disc')
    >>> looks(["zeppelin"])["zeppelin"].colour
    '#8A8A8A'
    """
    present = set(types)
    ordered = [name for name in TYPES if name in present] + sorted(present - set(TYPES))
    out: dict[str, Look] = {}
    free = 0
    for name in ordered:
        label = (labels or {}).get(name) or name.replace("_", " ").replace("-", " ").strip().capitalize() or "Untyped"
        if name in _FAMILY_OF:
            family = _FAMILY_OF[name]
            out[name] = Look(label, family, FAMILIES[family], _MARKER_OF[name])
        else:
            colour = FREE_COLOURS[free // len(_FREE_MARKERS) % len(FREE_COLOURS)]
            out[name] = Look(label, "other", colour, _FREE_MARKERS[free % len(_FREE_MARKERS)])
            free += 1
    return out


def tint(colour: str, confidence: float) -> str:
    """Fill of a marker: full colour from 0.8, a pale tint from 0.5, white below.

    Examples
    --------
    >>> tint("#000000", 0.9), tint("#000000", 0.6), tint("#000000", 0.2)
    ('#000000', '#999999', '#ffffff')
    """
    share = 1.0 if confidence >= 0.8 else 0.4 if confidence >= 0.5 else 0.0
    parts = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)
