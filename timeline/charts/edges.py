"""Lines of a graph: bent, kept off boxes, and cut where they would run through one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
_STEPS = 32


def bent(start: Point, end: Point, off: float) -> list[Point]:
    """A quadratic curve whose middle stands ``off / 2`` points beside the straight line.

    Examples
    --------
    >>> bent((0, 0), (10, 0), 4)[16]
    (5.0, 2.0)
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = math.hypot(dx, dy) or 1.0
    control = ((start[0] + end[0]) / 2 - dy / long * off, (start[1] + end[1]) / 2 + dx / long * off)
    out = []
    for k in range(_STEPS + 1):
        t = k / _STEPS
        out.append(
            tuple(
                (1 - t) ** 2 * a + 2 * t * (1 - t) * c + t * t * b for a, c, b in zip(start, control, end, strict=True)
            )
        )
    return out  # type: ignore[return-value]


def inside(point: Point, box: Box, pad: float = 0.0) -> bool:
    """Whether a point lies in a box."""
    return box[0] - pad < point[0] < box[2] + pad and box[1] - pad < point[1] < box[3] + pad


def shares_inside(start: Point, end: Point, box: Box) -> tuple[float, float] | None:
    """The part of a line within a box, as two shares of its length (Liang and Barsky)."""
    low, high = 0.0, 1.0
    dx, dy = end[0] - start[0], end[1] - start[1]
    for step, room in (
        (-dx, start[0] - box[0]),
        (dx, box[2] - start[0]),
        (-dy, start[1] - box[1]),
        (dy, box[3] - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
        if low >= high:
            return None
    return low, high


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Whether a straight line runs through a box."""
    return shares_inside(start, end, box) is not None


def cut(points: Sequence[Point], holes: Sequence[Box]) -> list[list[Point]]:
    """A polyline without its parts inside the boxes.

    Examples
    --------
    >>> cut([(0, 0), (10, 0)], [(4, -1, 6, 1)])
    [[(0, 0), (4.0, 0.0)], [(6.0, 0.0), (10, 0)]]
    """
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    near = [box for box in holes if box[0] <= max(xs) and box[2] >= min(xs) and box[1] <= max(ys) and box[3] >= min(ys)]
    out: list[list[Point]] = []
    current: list[Point] = []
    for a, b in itertools.pairwise(points):
        gone = sorted(part for box in near if (part := shares_inside(a, b, box)) is not None)
        at = 0.0
        for low, high in gone:
            if low > at:
                current = current or [_on(a, b, at)]
                current.append(_on(a, b, low))
            if current:
                out.append(current)
                current = []
            at = max(at, high)
        if at < 1.0:
            current = current or [_on(a, b, at)]
            current.append(b)
    if len(current) > 1:
        out.append(current)
    return [piece for piece in out if math.dist(piece[0], piece[-1]) > 2]


def _on(a: Point, b: Point, share: float) -> Point:
    if share == 0.0:
        return a
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def clear(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box overlaps none of the others."""
    return not any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in others)


def free_spot(points: Sequence[Point], taken: Sequence[Box], size: float, wide: float) -> Point:
    """A point on the line, near its middle, where a marker with a number of ``wide`` points beside it is free."""
    half, middle = size / 2 + 1, len(points) // 2
    order = sorted(range(2, len(points) - 2), key=lambda k: (abs(k - middle), k))
    for k in order:
        x, y = points[k]
        if clear((x - half, y - half, x + half + wide, y + half), taken):
            return x, y
    return points[middle]


def best_bend(start: Point, end: Point, boxes: Sequence[Box], own: set[int]) -> list[Point]:
    """The least bent of some curves among those that run through the fewest boxes."""
    reach = math.hypot(end[0] - start[0], end[1] - start[1])
    others = [
        box
        for k, box in enumerate(boxes)
        if k not in own
        and math.hypot((box[0] + box[2]) / 2 - (start[0] + end[0]) / 2, (box[1] + box[3]) / 2 - (start[1] + end[1]) / 2)
        < reach + (box[2] - box[0])
    ]
    best: tuple[int, float, list[Point]] | None = None
    for off in (0.0, 24.0, -24.0, 48.0, -48.0, 80.0, -80.0, 120.0, -120.0):
        line = bent(start, end, off)
        coarse = line[::4]
        hits = sum(any(crosses(a, b, box) for a, b in itertools.pairwise(coarse)) for box in others)
        if best is None or (hits, abs(off)) < best[:2]:
            best = (hits, abs(off), line)
        if hits == 0:
            break
    return best[2] if best else [start, end]
