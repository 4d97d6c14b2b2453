"""Running tolls by source: numbers that add up over time and belong to no single incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.charts import text, wording
from timeline.charts.axis import Scale
from timeline.charts.columns import Columns, nice
from timeline.charts.palette import INK, MUTE
from timeline.charts.scene import Mark, Scene
from timeline.charts.sizes import Page
from timeline.records import Article, Event

_STYLES: tuple[tuple[str, str | tuple[float, tuple[float, ...]], str], ...] = (
    (INK, "-", "disc"),
    ("#7a5200", (0.0, (4.0, 2.0)), "square"),
    ("#5B4FC7", (0.0, (1.2, 1.2)), "triangle_up"),
)


NOBODY = "no source named"


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll as one source gave it on a day, in persons."""

    day: dt.date
    value: int
    source: str


def tolls(events: Sequence[Event], articles: Mapping[str, Article] | None) -> tuple[Toll, ...]:
    """Counts of the killed over a time with a day on which they were given, by day, source and value.

    A raised toll of one incident is none of them.
    """
    out = set()
    for event in events:
        article = (articles or {}).get(event.article)
        published = article.published if article is not None else None
        day = event.when.ongoing_at or event.when.end or published
        for count in event.counts:
            value = count.best if count.best is not None else count.low
            running = count.scope == "period" or (count.cumulative and event.type == "casualty_report")
            if count.harm == "killed" and running and value and day and count.superseded_by is None:
                out.add((day, _called(wording.who(count.source)), value))
    return tuple(Toll(day, value, source) for day, source, value in sorted(out))


def _called(source: str | None) -> str:
    """One name for a source that is written with or without its article."""
    said = source[4:].lstrip() if source and source[:4].casefold() == "the " else source
    return said[0].upper() + said[1:] if said else NOBODY


def by_source(known: Sequence[Toll]) -> tuple[list[tuple[str, list[Toll]]], list[Toll]]:
    """Tolls of every source, those with the most and then the highest first; and apart from them the unsourced."""
    found: dict[str, list[Toll]] = {}
    for toll in known:
        found.setdefault(toll.source, []).append(toll)
    loose = found.pop(NOBODY, [])
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), -pair[1][-1].value, pair[0])), loose


def draw_tolls(
    scene: Scene,
    sheet: Page,
    known: Sequence[Toll],
    cols: Columns,
    scale: Scale,
    top: float,
    bottom: float,
    language: str,
) -> float:
    """Stepped lines by source beside the time axis, at most three; returns the y below their names.

    Tolls that name no source are white dots without a line, since they need not be of one source. Further sources and
    tolls of days after the axis are counted; their rows give them.
    """
    late = sum(toll.day.toordinal() > scale.days[-1] for toll in known)
    known = [toll for toll in known if toll.day.toordinal() <= scale.days[-1]]
    if cols.tolls is None or not known:
        return bottom
    most = nice(max(toll.value for toll in known))

    def at(value: float) -> float:
        return (cols.tolls or 0.0) + value / most * cols.tolls_wide

    for value in (0.0, most / 2, most):
        scene.rule((at(value), top - 2), (at(value), bottom), layer=0.5)
        label = f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"
        scene.write(at(value), top - 4 - sheet.small * 0.9, label, sheet.small, colour=MUTE, align="center")
    for n, line in enumerate(("Death toll claimed", "so far, by source")):
        scene.write(at(0), top - 4 - sheet.small * (3.4 - n * 1.2), line, sheet.small, weight="bold")
    ordered, loose = by_source(known)
    y, room = bottom + sheet.small * 1.3, cols.tolls_wide + sheet.body
    signs = []
    for (source, given), (colour, dash, marker) in zip(ordered, _STYLES, strict=False):
        points, before = [], None
        for toll in given:
            here = scale(toll.day.toordinal() + 0.5)
            points += [(at(before if before is not None else toll.value), here), (at(toll.value), here)]
            before = toll.value
            scene.marks.append(_dot(at(toll.value), here, marker, colour, colour, sheet))
        scene.rule(*points, (at(before or 0), bottom - 2), colour=colour, width=1.2, layer=4, dash=dash)
        signs.append((source, marker, colour, colour))
    for toll in loose:
        scene.marks.append(_dot(at(toll.value), scale(toll.day.toordinal() + 0.5), "disc", "#ffffff", INK, sheet))
    signs += [(NOBODY, "disc", "#ffffff", INK)] if loose else []
    for source, marker, fill, colour in signs:
        scene.marks.append(_dot(at(0), y, marker, fill, colour, sheet))
        for line in text.wrap(source, sheet.small, room, "bold"):
            scene.write(at(0) + sheet.body, y, line, sheet.small, colour=colour, weight="bold")
            y += sheet.small * 1.2
    rest = len(ordered) - len(_STYLES)
    said = [f"{rest} more source{'' if rest == 1 else 's'} in the rows"] if rest > 0 else []
    said += [f"{late} later than the axis"] if late else []
    for words in said:
        for line in text.wrap(words, sheet.small, room + sheet.body):
            scene.write(at(0), y, line, sheet.small, colour=MUTE)
            y += sheet.small * 1.2
    return y


def _dot(x: float, y: float, marker: str, fill: str, edge: str, sheet: Page) -> Mark:
    return Mark(x, y, marker, sheet.mark * 0.5, fill, edge, 5)
