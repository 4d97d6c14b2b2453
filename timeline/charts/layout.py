"""Where the nodes of a graph go: stress majorisation from a fixed start, boxes pushed apart, components packed.

No random numbers: the same graph gives the same places. After Gansner, Koren and North (2004), "Graph drawing by
stress majorization".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


def components(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """Connected parts, the largest first.

    Examples
    --------
    >>> components([{1}, {0}, set()])
    [[0, 1], [2]]
    """
    seen: set[int] = set()
    out = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        part = [start]
        seen.add(start)
        for node in part:
            for other in sorted(neighbours[node]):
                if other not in seen:
                    seen.add(other)
                    part.append(other)
        out.append(sorted(part))
    return sorted(out, key=lambda part: (-len(part), part))


def _distances(neighbours: Sequence[set[int]]) -> Array:
    """Steps between every two nodes of a connected graph."""
    import numpy as np

    size = len(neighbours)
    link = np.zeros((size, size), dtype=bool)
    for node, others in enumerate(neighbours):
        link[node, sorted(others)] = True
    steps = np.full((size, size), np.inf)
    np.fill_diagonal(steps, 0)
    reached, front, step = np.eye(size, dtype=bool), np.eye(size, dtype=bool), 0
    while front.any():
        step += 1
        front = ((front.astype(np.float32) @ link.astype(np.float32)) > 0) & ~reached
        steps[front] = step
        reached |= front
    return steps


def stress(distances: Array, *, rounds: int = 150) -> Array:
    """Points whose distances are as near as possible to the given ones, from a start on a circle, laid flat.

    Parameters
    ----------
    distances : array of shape (n, n)

    Returns
    -------
    array of shape (n, 2)
    """
    import numpy as np

    size = len(distances)
    if size == 1:
        return np.zeros((1, 2))
    turn = 2 * np.pi * np.arange(size) / size
    points = np.c_[np.cos(turn), np.sin(turn)] * max(1.0, size / 6)
    weights = 1 / np.maximum(distances, 1e-9) ** 2
    np.fill_diagonal(weights, 0)
    inverse = np.linalg.pinv(np.diag(weights.sum(1)) - weights)
    for _ in range(rounds):
        apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
        np.fill_diagonal(apart, 1)
        pull = -weights * distances / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(1))
        moved = inverse @ (pull @ points)
        if np.abs(moved - points).max() < 1e-4:
            break
        points = moved
    points = np.asarray(points - points.mean(0), dtype=np.float64)
    if size > 2:
        points = np.asarray(points @ np.linalg.svd(points, full_matrices=False)[2].T, dtype=np.float64)
        for axis in (0, 1):
            far = np.round(points[:, axis], 6)
            points[:, axis] *= np.sign(far[np.abs(far).argmax()]) or 1
    return points


def separate(points: Array, sizes: Array, gap: float, wide: float = 0.0) -> Array:
    """Push boxes apart until none overlaps another; a layout that is too tight is widened.

    Where ``wide`` is given, all boxes stay within that width around nought, and the layout grows downwards only.

    Parameters
    ----------
    points : array of shape (n, 2)
        Centres.
    sizes : array of shape (n, 2)
        Widths and heights.
    """
    import numpy as np

    points = points.copy()
    if len(points) < 2:
        return points
    first, second = np.triu_indices(len(points), 1)
    reach = (sizes[first] + sizes[second]) / 2 + gap
    room = np.maximum(wide - sizes[:, 0], 0) / 2 if wide else np.full(len(points), np.inf)
    points[:, 0] = np.clip(points[:, 0], -room, room)
    for turn in range(40):
        for _ in range(120):
            away = points[second] - points[first]
            over = reach - np.abs(away)
            hit = (over > 1e-6).all(1)
            if not hit.any():
                return points
            a, b, depth = first[hit], second[hit], over[hit]
            axis = (depth[:, 1] < depth[:, 0]).astype(int)
            rows = np.arange(len(a))
            sign = np.where(away[hit][rows, axis] < 0, -1.0, 1.0)
            push = np.zeros((len(a), 2))
            push[rows, axis] = sign * (depth[rows, axis] / 2 + 0.05)
            np.add.at(points, a, -push * 0.7)
            np.add.at(points, b, push * 0.7)
            points[:, 0] = np.clip(points[:, 0], -room, room)
        points *= np.array([1.0 if wide else 1.0 + 0.03 * (turn + 1), 1.0 + 0.03 * (turn + 1)])
    return points


def arrange(
    neighbours: Sequence[set[int]], sizes: Array, *, gap: float, step: float, wide: float
) -> tuple[Array, Array]:
    """Place the boxes of a graph.

    Parameters
    ----------
    neighbours : sequence of set of int
    sizes : array of shape (n, 2)
        Widths and heights of the boxes in points.
    gap, step : float
        Least distance between boxes, and wished distance between neighbours, in points.
    wide : float
        Width that the rows of components should keep to.

    Returns
    -------
    array of shape (n, 2), array of shape (2,)
        Centres, and the size of the whole.
    """
    import numpy as np

    centres = np.zeros((len(neighbours), 2))
    parts = components(neighbours)
    drawn, extents = [], []
    for part in parts:
        index = {node: k for k, node in enumerate(part)}
        steps = _distances([{index[other] for other in neighbours[node]} for node in part])
        points = stress(steps) * step
        spread = np.ptp(points, axis=0) if len(part) > 1 else np.zeros(2)
        if spread[0] > wide * 0.92 > 0:
            points[:, 0] *= wide * 0.92 / spread[0]
        box = sizes[part]
        points = separate(points, box, gap, wide)
        low, high = (points - box / 2).min(0), (points + box / 2).max(0)
        drawn.append(points - low)
        extents.append((float(high[0] - low[0]), float(high[1] - low[1])))
    for part, points, corner in zip(parts, drawn, pack(extents, gap * 2, wide), strict=True):
        centres[part] = points + np.array(corner)
    return centres, (centres + sizes / 2).max(0) if len(centres) else np.zeros(2)


def pack(extents: Sequence[tuple[float, float]], gap: float, wide: float) -> list[tuple[float, float]]:
    """Upper left corners for boxes in rows no wider than ``wide``, the highest first, low ones below each other.

    Examples
    --------
    >>> pack([(60, 50), (30, 20), (30, 20), (50, 10)], 10, 100)
    [(0.0, 0.0), (70.0, 0.0), (70.0, 30.0), (0.0, 60.0)]
    """
    out = [(0.0, 0.0)] * len(extents)
    rows: list[tuple[float, float, list[list[float]]]] = []
    for k in sorted(range(len(extents)), key=lambda k: (-round(extents[k][1], 3), k)):
        across, down = extents[k]
        for top, high, stacks in rows:
            stack = next((s for s in stacks if across <= s[1] and s[2] + gap + down <= high), None)
            right = max(s[0] + s[1] for s in stacks) + gap
            if stack is not None:
                out[k] = (stack[0], top + stack[2] + gap)
                stack[2] += gap + down
            elif right + across <= wide:
                out[k] = (right, top)
                stacks.append([right, across, down])
            else:
                continue
            break
        else:
            top = rows[-1][0] + rows[-1][1] + gap if rows else 0.0
            rows.append((top, down, [[0.0, across, down]]))
            out[k] = (0.0, top)
    return out
