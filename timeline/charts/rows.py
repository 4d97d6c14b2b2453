"""Placement on a line: boxes as near to their targets as they can be without overlap."""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def place(targets: Sequence[float], sizes: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """Centres of boxes that keep their order, do not overlap and lie between ``low`` and ``high``.

    Minimises the sum of squared distances to ``targets`` (isotonic regression by pool adjacent violators, O(n)); all
    lengths in points. Where the boxes do not fit, they run past ``high`` rather than overlap.

    Parameters
    ----------
    targets : sequence of float
        Wished centres, ascending.
    sizes : sequence of float
        Lengths of the boxes.

    Examples
    --------
    >>> place([10, 11, 50], [10, 10, 10], 0, 100, 2)
    [5.0, 17.0, 50.0]
    """
    if not targets:
        return []
    offsets = [0.0]
    for before, size in itertools.pairwise(sizes):
        offsets.append(offsets[-1] + (before + size) / 2 + gap)
    blocks: list[tuple[float, int]] = []
    for target, offset in zip(targets, offsets, strict=True):
        mean, count = target - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, many = blocks.pop()
            mean, count = (other * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    first, last = low + sizes[0] / 2, high - sizes[-1] / 2 - offsets[-1]
    starts = [max(min(mean, last), first) for mean, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
