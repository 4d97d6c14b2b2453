"""A place for the name of every node of a graph: off other names and nodes, on no line if that can be."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from timeline.charts.edges import Box, Point, clear, crosses

_GAP = 3.0
_TURNS = (90, 270, 0, 180, 45, 135, 315, 225, 20, 160, 340, 200, 68, 112, 248, 292)


def places(node: Point, radius: float, half: float, deep: float) -> Iterator[Box]:
    """Boxes around a node, below, above, right, left and between, none on it."""
    x, y = node
    for turn in _TURNS:
        across, down = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        side, under = (max(-1.0, min(1.0, 1.6 * share)) for share in (across, down))
        cx, cy = x + (radius + _GAP) * across + half * side, y + (radius + _GAP) * down + deep / 2 * under
        box = (cx - half, cy - deep / 2, cx + half, cy + deep / 2)
        if _apart(node, box) >= radius + 1:
            yield box


def _apart(point: Point, box: Box) -> float:
    """How far a point is from a box."""
    return math.dist(point, (min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])))


def place_names(
    sizes: Sequence[tuple[float, float]],
    circles: Sequence[Point],
    radii: Sequence[float],
    ways: Sequence[Sequence[Point]],
    page_box: tuple[float, float, float],
) -> list[Box]:
    """Boxes for names, in the order of the nodes.

    Parameters
    ----------
    sizes : sequence of (float, float)
        Half the width, and the height of every name.
    ways : sequence of sequence of (float, float)
        Lines of the graph.
    page_box : (float, float, float)
        Left and right end of the page, and its top.
    """
    nodes = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(circles, radii, strict=True)]
    out: list[Box] = []
    for k, ((half, deep), node, radius) in enumerate(zip(sizes, circles, radii, strict=True)):
        every = list(places(node, radius, half, deep))
        others = [*out, *(box for n, box in enumerate(nodes) if n != k)]
        later = [(a - 2, b, c + 2, d + deep) for n, (a, b, c, d) in enumerate(nodes) if n > k]
        rivals = [(other, r) for n, (other, r) in enumerate(zip(circles, radii, strict=True)) if n != k]
        free = [
            (n, box)
            for n, box in enumerate(every)
            if box[0] >= page_box[0] and box[2] <= page_box[1] and box[1] >= page_box[2] and clear(box, others)
        ]
        out.append(min(free or [(0, every[0])], key=lambda item: (_cost(item[1], ways, later, rivals), item[0]))[1])
    return out


def _cost(
    box: Box, ways: Sequence[Sequence[Point]], later: Sequence[Box], rivals: Sequence[tuple[Point, float]]
) -> int:
    """Lines that a name would hide, nodes that it could be taken for, and whether it takes the place of a later one."""
    hidden = sum(any(crosses(a, b, box) for a, b in itertools.pairwise(way[::4])) for way in ways)
    mistaken = sum(_apart(other, box) - radius < _GAP * 4 for other, radius in rivals)
    return 2 * hidden + 3 * mistaken + (not clear(box, later))
