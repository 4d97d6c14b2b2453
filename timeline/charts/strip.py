"""The strip: all events of a timeline on one line, for the head of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.charts import axis, palette, rows, text, wording
from timeline.charts.focus import focus
from timeline.charts.palette import INK, MUTE, RULE
from timeline.charts.scene import Scene, Shape, paint
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing, in_order
from timeline.records import Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PAGE = Page(620.0, body=8.4, small=7.6, margin=10.0)
_FILL, _GAP = "#4b4b4b", 1.5


@dataclass(frozen=True, slots=True)
class _Knot:
    """Events that share a marker: where it stands in points, how many they are, whether a day is known of all."""

    x: float
    number: int
    known: bool


def strip(events: Sequence[Event], *, language: str = "en") -> Figure:
    """Draw events as one row of markers on a time axis.

    A marker is one event: dark where its day is known, white where it is some day of a window. Where markers would
    touch, one circle gives their number. Events without a date, and those long before the rest, are counted at the
    ends.

    Parameters
    ----------
    events : sequence of Event
    language : str
        Language of the months.

    Examples
    --------
    >>> strip([]).get_gid()
    'Events over time'
    """
    return paint(strip_scene(events, language=language))


def strip_scene(events: Sequence[Event], *, language: str = "en") -> Scene:
    """The strip as a scene."""
    sheet = _PAGE
    dated, undated = in_order(events)
    near, early = focus(dated)
    scene = Scene(sheet.width, title="Events over time")
    scene.description = wording.summary([event for event, _ in dated] + undated, "Strip")
    left, right, y = sheet.margin, sheet.width - sheet.margin, sheet.margin + sheet.body * 1.4
    if early:
        first = min(item.start for _, item in early)
        left = _aside(scene, left, y, f"{len(early)} earlier, from {axis.year_of(first)}", "left")
    if undated:
        right = _aside(scene, right, y, f"{len(undated):,} without a date", "right")
    folded, low = _line(scene, near, left, right, y, language) if near else (False, y)
    scene.height = low + sheet.body * (4.7 if near else 2.6)
    said = _said(near, folded=folded) if near else "As reported, not verified." if undated else "No events."
    scene.write(sheet.margin, scene.height - sheet.margin, said, sheet.small, colour=MUTE)
    return scene


def _aside(scene: Scene, x: float, y: float, words: str, align: str) -> float:
    """Write beside an end of the line; returns the end that is left."""
    item = scene.write(x, y, words, _PAGE.small, colour=MUTE, align=align)
    return x + (item.wide + _PAGE.body * 1.6) * (1 if align == "left" else -1)


def _line(
    scene: Scene, dated: Sequence[tuple[Event, Timing]], left: float, right: float, y: float, language: str
) -> tuple[bool, float]:
    """Axis and markers; returns whether empty stretches are left out, and the y below the ticks."""
    sheet = _PAGE
    scale = axis.scale([float(int(item.anchor)) for _, item in dated], left, right)
    knots = _knots([(scale(item.anchor), _is_known(item)) for _, item in dated], left, right)
    low = y + max(sheet.body * 1.2, *(_wide(knot.number) / 2 + 1.5 for knot in knots))
    small, large = axis.ticks(scale, spacing=sheet.small * 3.4, language=language)
    for tick in small:
        scene.rule((tick.start, y), (tick.start, low), colour=MUTE if tick.major else RULE, width=0.6)
        if tick.end - tick.start >= text.width(tick.label, sheet.small) + 2:
            middle = tick.label.isdigit() and len(tick.label) < 3
            x, align = ((tick.start + tick.end) / 2, "center") if middle else (tick.start, "left")
            scene.write(x, low + sheet.small * 0.5, tick.label, sheet.small, colour=MUTE, align=align)
    end = left
    for tick in large:
        if tick.start >= end - 0.1 and tick.start + text.width(tick.label, sheet.small, "bold") <= right:
            line = scene.write(tick.start, low + sheet.small * 1.7, tick.label, sheet.small, weight="bold")
            end = tick.start + line.wide + 5
    for begin, until in scale.pieces:
        scene.rule((scale(begin), y), (scale(until), y), colour=MUTE, width=0.8)
    for knot in knots:
        words = f"{knot.number:,}"
        fill = _FILL if knot.known else "#ffffff"
        half = _wide(knot.number) / 2
        disc = tuple((knot.x + a * half, y + b * half) for a, b in palette.outline("disc"))
        scene.shapes.append(Shape(disc, fill, INK, 0.95, 5, key=f"knot:{knot.number}"))
        if knot.number > 1:
            colour = "#ffffff" if knot.known else INK
            scene.write(knot.x, y, words, sheet.small, colour=colour, weight="bold", align="center", key="number")
    return bool(scale.folds), low


def _is_known(item: Timing) -> bool:
    return item.form != "window" and not item.open_start


def _knots(places: Sequence[tuple[float, bool]], left: float, right: float) -> list[_Knot]:
    """Markers for events by their place: what would touch shares one, at its mean, moved no more than is needed."""
    groups: list[list[tuple[float, bool]]] = []
    for place in sorted(places):
        if groups and place[0] - groups[-1][0][0] < _wide(len(groups[-1]) + 1) + _GAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    means = [sum(x for x, _ in group) / len(group) for group in groups]
    spots = rows.place(means, [_wide(len(group)) for group in groups], left, right, _GAP)
    return [_Knot(x, len(group), all(known for _, known in group)) for x, group in zip(spots, groups, strict=True)]


def _wide(number: int) -> float:
    return _PAGE.mark if number == 1 else max(_PAGE.mark, text.width(f"{number:,}", _PAGE.small, "bold") + 5)


def _said(dated: Sequence[tuple[Event, Timing]], *, folded: bool) -> str:
    known = {_is_known(item) for _, item in dated}
    parts = [f"{len(dated):,} on the line"]
    parts += ["dark: day known"] if True in known else []
    parts += ["white: not known of all"] if False in known else []
    parts += ["number: several events"] if len(dated) > 1 else []
    parts += ["gap: empty time left out"] if folded else []
    return " · ".join([*parts, "as reported, not verified"])
