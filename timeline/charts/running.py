"""Running tolls as a panel of their own: steps over time by source, named at their ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from timeline.charts import axis, rows, text, wording
from timeline.charts.columns import nice
from timeline.charts.palette import INK, MUTE
from timeline.charts.scene import Mark, Scene
from timeline.charts.sizes import Page
from timeline.charts.tolls import Toll, by_source

_LINES: tuple[tuple[str, str | tuple[float, tuple[float, ...]], str], ...] = (
    (INK, "-", "disc"),
    ("#7a5200", (0.0, (5.0, 2.0)), "square"),
    ("#5B4FC7", (0.0, (1.5, 1.5)), "triangle_up"),
    ("#882255", (0.0, (7.0, 2.0, 1.5, 2.0)), "diamond"),
    ("#117733", (0.0, (3.0, 3.0)), "cross_x"),
    ("#7F3C8D", (0.0, (9.0, 3.0)), "triangle_down"),
)
_WIDE_APART = 50


@dataclass(frozen=True, slots=True)
class Levels:
    """Numbers of persons on the upright axis, from 0 (bottom) to 1 (top), and those that are named."""

    share: Callable[[float], float]
    named: tuple[float, ...]
    logarithmic: bool


def levels(values: Sequence[int]) -> Levels:
    """A plain axis from nought, or by powers of ten where the highest toll is fifty times the lowest.

    Examples
    --------
    >>> levels([400, 900]).named
    (0.0, 250.0, 500.0, 750.0, 1000.0)
    >>> levels([60, 70_000]).named
    (10.0, 100.0, 1000.0, 10000.0, 100000.0)
    """
    least, most = min(values), max(values)
    if most < _WIDE_APART * least:
        top = nice(most)
        quarters = tuple(top * k / 4 for k in range(5))
        whole = all(value == int(value) for value in quarters)
        return Levels(lambda value: value / top, quarters if whole else (0.0, top / 2, top), False)
    low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return Levels(
        lambda value: (math.log10(value) - low) / (high - low), tuple(10.0**k for k in range(low, high + 1)), True
    )


def draw_running(scene: Scene, sheet: Page, known: Sequence[Toll], y: float, language: str, high: float) -> float:
    """Steps over time in a frame ``high`` points high; dots without a line for tolls that name no source."""
    body = sheet.body
    frame = levels([toll.value for toll in known])
    heading = "Running tolls, by source: each counts from its own beginning, none is an incident"
    heading += " · logarithmic: each line is ten times the one below" if frame.logarithmic else ""
    for line in text.wrap(heading, body + 0.4, sheet.width - 2 * sheet.margin, "bold"):
        scene.write(sheet.margin, y, line, body + 0.4, weight="bold")
        y += body * 1.3
    ordered, loose = by_source(known)
    drawn, rest = ordered[: len(_LINES)], ordered[len(_LINES) :]
    top = y + body * 3.1
    left, right = sheet.margin + body * 5, sheet.width - sheet.margin - body * (21 if sheet.width >= 800 else 15)
    scale = axis.scale([float(toll.day.toordinal()) for toll in known], left, right, fold=False)

    def at(toll: Toll) -> tuple[float, float]:
        return scale(toll.day.toordinal() + 0.5), top + high * (1 - frame.share(toll.value))

    _grid(scene, sheet, scale, frame, top, high, language)
    for toll in loose:
        x, level = at(toll)
        scene.marks.append(Mark(x, level, "disc", sheet.mark * 0.7, "#ffffff", INK, 5, key="loose"))
    for (_, given), (colour, dash, marker) in zip(drawn, _LINES, strict=False):
        points: list[tuple[float, float]] = []
        for toll in given:
            x, level = at(toll)
            points += [(x, points[-1][1]), (x, level)] if points else [(x, level)]
            scene.marks.append(Mark(x, level, marker, sheet.mark * 0.7, colour, colour, 5))
        scene.rule(*points, (right, points[-1][1]), colour=colour, width=1.4, layer=4, dash=dash)
    low = _names(scene, sheet, drawn, [at(given[-1])[1] for _, given in drawn], right, top, high)
    return _said(scene, sheet, rest, loose, max(top + high, low) + body * 1.6, language)


def _grid(scene: Scene, sheet: Page, scale: axis.Scale, frame: Levels, top: float, high: float, language: str) -> None:
    small, left, right = sheet.small, scale.points[0], scale.points[-1]
    ticks, large = axis.ticks(scale, spacing=small * 3.2, language=language)
    for tick in ticks:
        scene.rule((tick.start, top), (tick.start, top + high), width=0.8 if tick.major else 0.5)
    for tick in axis.named(ticks, partial(text.width, size=small)):
        scene.write((tick.start + tick.end) / 2, top - small * 1.1, tick.label, small, colour=MUTE, align="center")
    end = -1.0
    for tick in large:
        if tick.start > end:
            end = (
                tick.start + scene.write(tick.start, top - small * 2.6, tick.label, sheet.body, weight="bold").wide + 6
            )
    for value in frame.named:
        level = top + high * (1 - frame.share(value))
        scene.rule((left, level), (right, level), layer=0.8)
        scene.write(left - sheet.body * 0.6, level, f"{value:,.0f}", small, colour=MUTE, align="right")


def _names(
    scene: Scene,
    sheet: Page,
    drawn: Sequence[tuple[str, Sequence[Toll]]],
    ends: Sequence[float],
    right: float,
    top: float,
    high: float,
) -> float:
    """Source and latest figure at the end of every line, none on another; returns the y below them."""
    small, body = sheet.small, sheet.body
    order = sorted(range(len(drawn)), key=lambda k: (ends[k], drawn[k][0]))
    room = sheet.width - sheet.margin - right - body * 3
    lines = [text.wrap(f"{drawn[k][0]}: {drawn[k][1][-1].value:,}", small, room, "bold") for k in order]
    heights = [len(wrapped) * small * 1.25 for wrapped in lines]
    centres = rows.place([ends[k] for k in order], heights, top - small, top + high + sum(heights), 3)
    for k, wrapped, height, centre in zip(order, lines, heights, centres, strict=True):
        colour, _, marker = _LINES[k]
        first = centre - height / 2 + small * 0.62
        scene.rule((right, ends[k]), (right + body * 1.6, centre), colour=colour, width=0.7, layer=3)
        scene.marks.append(Mark(right + body * 2.1, centre, marker, sheet.mark * 0.7, colour, colour, 5))
        for n, line in enumerate(wrapped):
            scene.write(right + body * 2.9, first + n * small * 1.25, line, small, colour=colour, weight="bold")
    return max((centre + height / 2 for centre, height in zip(centres, heights, strict=True)), default=top)


def _said(
    scene: Scene,
    sheet: Page,
    rest: Sequence[tuple[str, Sequence[Toll]]],
    loose: Sequence[Toll],
    y: float,
    language: str,
) -> float:
    """Write out the sources that have no line, and the dots."""
    said = []
    if rest:
        said.append(
            f"Further sources, latest figure: {', '.join(f'{name} {given[-1].value:,}' for name, given in rest)}."
        )
    if loose:
        listed = ", ".join(f"{toll.value:,} ({wording.day_text(toll.day, language)})" for toll in loose)
        said.append(f"White dots, no source named: {listed}.")
    for line in text.wrap(" ".join(said), sheet.small, sheet.width - 2 * sheet.margin) if said else ():
        scene.write(sheet.margin, y, line, sheet.small, colour=MUTE)
        y += sheet.small * 1.3
    return y
