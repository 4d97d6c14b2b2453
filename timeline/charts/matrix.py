"""Who appears with whom as a table, for actors that share too much for lines to be told apart."""

from __future__ import annotations

from collections import Counter

from timeline.charts import palette, text
from timeline.charts.palette import INK, MUTE, RULE, Look
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.charts.ties import Ties

FACTS = "number: events that two share · grey: all events of an actor · darker: more"
MARKERS = " · markers: their commonest types, at most three"
_DENSE, _LINES, _LEAST = 4, 60, 2.6


def is_dense(ties: Ties) -> bool:
    """Whether lines would lie over each other: more than sixty, and more than four for each actor."""
    lines = sum(len(types) for types in ties.pairs.values())
    return lines > max(_LINES, _DENSE * len(ties.names))


def most_rows(sheet: Page, height: float = 0.0) -> int:
    """How many actors a table holds on a page, and within a height if one is given."""
    across = int((sheet.width - 2 * sheet.margin - _name_room(sheet)) / (sheet.small * _LEAST))
    return max(2, min(across, int(height / (sheet.small * _LEAST))) if height else across)


def has_markers(sheet: Page, count: int, height: float = 0.0) -> bool:
    """Whether the cells have room for markers below their number."""
    return _cell(sheet, count, height) >= sheet.body * 3.4


def _name_room(sheet: Page) -> float:
    return min(sheet.body * 17, 0.24 * sheet.width)


def _cell(sheet: Page, count: int, height: float) -> float:
    room = sheet.width - 2 * sheet.margin - _name_room(sheet)
    return min(sheet.body * 6.4, room / max(count, 1), height / max(count, 1) if height else room)


def draw_matrix(scene: Scene, sheet: Page, ties: Ties, y: float, height: float = 0.0) -> float:
    """A row and a column for every actor, a cell for what two share; returns the y below.

    Parameters
    ----------
    height : float
        Most points for all rows, whose columns are then numbered; 0 for as many as they need, the columns named.
    """
    count, small = len(ties.names), sheet.small
    cell, room = _cell(sheet, count, height), _name_room(sheet)
    per = max(1, int(cell / (small * 1.24)))
    numbered = bool(height)
    said = [f"{name}  {k}" if numbered else name for k, name in enumerate(ties.names, 1)]
    names = [_lines(name, small, room - sheet.body, per) for name in said]
    left = sheet.margin + room
    high = sheet.body if numbered else max(text.width(line, small, "bold") for lines in names for line in lines)
    top = y + high + sheet.body * 1.2
    looks = palette.looks({kind for types in ties.pairs.values() for kind in types})
    most = max((sum(types.values()) for types in ties.pairs.values()), default=1)
    for k, lines in enumerate(names):
        for n, line in enumerate(lines):
            shift = (n - (len(lines) - 1) / 2) * small * 1.24
            middle = (k + 0.5) * cell + shift
            scene.write(left - sheet.body * 0.6, top + middle, line, small, weight="bold", align="right", key="name")
            if not numbered:
                scene.write(left + middle, top - sheet.body * 0.5, line, small, weight="bold", turned=True, key="name")
        if numbered:
            x = left + (k + 0.5) * cell
            scene.write(x, top - small, str(k + 1), small, weight="bold", align="center", key="name")
    for row in range(count):
        for column in range(count):
            x, at = left + column * cell, top + row * cell
            pair = ties.pairs.get((min(row, column), max(row, column)), Counter())
            _draw_cell(scene, sheet, (x, at, cell), ties.weights[row] if row == column else None, pair, most, looks)
    return top + count * cell + sheet.body * 2


def _lines(name: str, size: float, room: float, most: int) -> list[str]:
    """A name in at most so many lines, cut with an ellipsis if it is far too long."""
    lines = text.balanced(name, size, room, "bold")
    if len(lines) <= most:
        return lines
    while name and text.width(f"{name}…", size, "bold") > room:
        name = name[:-1]
    return [f"{name.rstrip()}…"]


def _draw_cell(
    scene: Scene,
    sheet: Page,
    place: tuple[float, float, float],
    own: int | None,
    types: Counter[str],
    most: int,
    looks: dict[str, Look],
) -> None:
    """Number over markers on a ground that is darker for more; the diagonal holds all events of an actor."""
    x, y, cell = place
    number = sum(types.values()) if own is None else own
    alpha = 0.04 + 0.2 * number / most if own is None and number else 0.0
    scene.box(x, y, x + cell, y + cell, fill=INK if alpha else None, alpha=alpha, edge=RULE, width=0.5, layer=2)
    if own is not None:
        scene.box(x + 1, y + 1, x + cell - 1, y + cell - 1, fill="#e9e9e6", layer=2.1)
    if not number:
        return
    marked = cell >= sheet.body * 3.4 and own is None
    middle, up = x + cell / 2, y + cell * (0.34 if marked else 0.5)
    weight: text.Weight = "bold" if own is None else "normal"
    words, colour = f"{number:,}", INK if own is None else MUTE
    if text.width(words, sheet.small, weight) < cell - 1:
        scene.write(middle, up, words, sheet.small, weight=weight, colour=colour, align="center", key="number")
    if marked:
        kinds = sorted(types, key=lambda kind: (-types[kind], kind))[:3]
        step = min(cell / 3.4, sheet.mark * 1.35)
        for n, kind in enumerate(kinds):
            scene.mark(middle + (n - (len(kinds) - 1) / 2) * step, y + cell * 0.7, looks[kind], sheet.mark * 0.85, 1.0)
