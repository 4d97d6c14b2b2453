"""The dots of a small world, each with the number under which its place stands in the list."""

from __future__ import annotations

import math
from collections.abc import Sequence

from timeline.charts import text
from timeline.charts.edges import Box, clear, crosses
from timeline.charts.palette import INK, MUTE
from timeline.charts.scene import Point, Scene, Shape
from timeline.charts.sites import Site
from timeline.charts.window import Window

_DOT = 1.7
_AWAY = (5.0, 9.0, 14.0, 20.0, 27.0, 35.0, 44.0, 54.0, 66.0, 80.0)
_TURNS = tuple(
    math.radians(turn) for turn in (0, 180, 90, 270, 45, 135, 225, 315, 22, 158, 202, 338, 68, 112, 248, 292)
)


def number_dots(scene: Scene, small: Window, numbered: Sequence[tuple[int, Site]], size: float) -> None:
    """Draw dots and numbers; a number keeps off dots and other numbers, and is left out where it has no room."""
    points = [(number, small(site.lon, site.lat)) for number, site in numbered]
    dots = [(number, (x, y)) for number, (x, y) in points if small.left < x < small.right and small.top < y < small.low]
    taken: list[Box] = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for _, (x, y) in dots]
    ties: list[tuple[Point, Point]] = []
    for _, (x, y) in dots:
        ring = tuple((x + _DOT * math.cos(k * math.pi / 10), y + _DOT * math.sin(k * math.pi / 10)) for k in range(20))
        scene.shapes.append(Shape(ring, INK, "#ffffff", 0.5, 4, key="site:beyond"))
    for k, (number, dot) in enumerate(dots):
        half, deep = text.width(str(number), size) / 2 + 0.8, size * 0.7
        others = [*taken[:k], *taken[k + 1 :]]
        for middle, tie in _candidates(dot, half, deep):
            box = (middle[0] - half, middle[1] - deep, middle[0] + half, middle[1] + deep)
            if (
                box[0] > small.left
                and box[2] < small.right
                and box[1] > small.top
                and box[3] < small.low
                and clear(box, taken)
                and not any(crosses(*tie, other) for other in others)
                and not any(crosses(*other, box) for other in ties)
            ):
                scene.box(*box, fill="#ffffff", alpha=0.8, layer=3.4)
                scene.write(*middle, str(number), size, align="center", key="number")
                scene.rule(*tie, colour=MUTE, width=0.5, layer=3.6, key="tie")
                taken.append(box)
                ties.append(tie)
                break


def _candidates(dot: Point, half: float, deep: float) -> list[tuple[Point, tuple[Point, Point]]]:
    """Middles of a number near a dot, the nearest first, with the line that ties them."""
    out = []
    for away in _AWAY:
        for turn in _TURNS:
            across, down = math.cos(turn), math.sin(turn)
            middle = (dot[0] + across * (away + half), dot[1] + down * (away + deep))
            edge = min(half / max(abs(across), 1e-9), deep / max(abs(down), 1e-9)) + 0.6
            long = math.dist(dot, middle)
            share = max(1 - edge / long, 0.0) if long else 0.0
            end = (dot[0] + (middle[0] - dot[0]) * share, dot[1] + (middle[1] - dot[1]) * share)
            out.append((middle, (dot, end)))
    return out
