"""Two groups of events mirrored on one time axis, and small multiples on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.charts import axis, furniture, lanes, palette, text, wording
from timeline.charts.bins import Bins, count
from timeline.charts.palette import MUTE, RULE
from timeline.charts.scene import Scene, Shape, paint
from timeline.charts.sizes import Page, page
from timeline.charts.timing import in_order
from timeline.errors import InputError
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PLAIN = "#4b4b4b"
_PANELS = 12


def comparison(
    events: Sequence[Event],
    first: str,
    second: str,
    *,
    by: str = "actor",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw two sides, places or sources against each other: the first upwards, the second downwards, by family.

    Parameters
    ----------
    first, second : str
        Two names of what ``by`` sorts into; an event of both is counted on both sides, and the foot says so.
    by : {"actor", "place", "source", "storyline"}

    Raises
    ------
    InputError
        If no event belongs to one of the names.
    """
    about = {"by": by, "articles": articles, "width": width, "title": title, "note": note, "language": language}
    return paint(comparison_scene(events, first, second, **about))  # type: ignore[arg-type]


def multiples(
    events: Sequence[Event],
    *,
    by: str = "actor",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw one small chart of events over time for each actor, place, source or type, all on one scale.

    At most twelve panels; the last one gathers the rest. An event stands in the panel of its first name.

    Examples
    --------
    >>> multiples([]).get_gid()
    'Events by actor'
    """
    about = {"by": by, "articles": articles, "width": width, "title": title, "note": note, "language": language}
    return paint(multiples_scene(events, **about))  # type: ignore[arg-type]


def _bars(scene: Scene, xs: Sequence[float], base: float, unit: float, bins: Bins, row: int, colour: str) -> None:
    """Bars of one row of a table, upwards for a positive unit and downwards for a negative one."""
    for k, (left, right) in enumerate(pairwise(xs)):
        known, whole = float(bins.known[row, k]) * unit, float(bins.known[row, k] + bins.vague[row, k]) * unit
        half = min(max(right - left - 0.6, 0.6), 30.0) / 2
        a, b = (left + right) / 2 - half, (left + right) / 2 + half
        for low, high, alpha in ((0.0, known, 1.0), (known, whole, 0.3)):
            if low != high:
                corners = ((a, base - low), (b, base - low), (b, base - high), (a, base - high))
                scene.shapes.append(Shape(corners, colour, None, 0.0, 3, alpha))


def _grid(scene: Scene, sheet: Page, scale: axis.Scale, top: float, low: float, language: str) -> None:
    small, large = axis.ticks(scale, spacing=sheet.small * 3.4, language=language)
    for tick in small:
        scene.rule((tick.start, top), (tick.start, low), colour=RULE)
    for tick in axis.named(small, partial(text.width, size=sheet.small)):
        x = (tick.start + tick.end) / 2
        scene.write(x, low + sheet.small, tick.label, sheet.small, colour=MUTE, align="center")
    end = -1.0
    for tick in large:
        if tick.start > end and tick.start + text.width(tick.label, sheet.small, "bold") <= scale.points[-1]:
            line = scene.write(tick.start, low + sheet.small * 2.4, tick.label, sheet.small, weight="bold")
            end = tick.start + line.wide + 5


def comparison_scene(
    events: Sequence[Event],
    first: str,
    second: str,
    *,
    by: str = "actor",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Scene:
    """The comparison as a scene."""
    sheet = page(width)
    names = lanes.keys(events, by, articles, language)
    sides = [[event for event in events if name in names[event.id]] for name in (first, second)]
    for name, side in zip((first, second), sides, strict=True):
        if not side:
            raise InputError(f"no event belongs to {name!r}", where=f"by={by!r}", advice="take a name of the events")
    doubled = [replace(event, id=f"{event.id}/{k}") for k, side in enumerate(sides) for event in side]
    dated, undated = in_order(doubled)
    own = {key: found[0] for key, found in lanes.keys(doubled, "family").items()}
    families = [name for name in (*palette.FAMILIES, "other") if name in own.values()]
    of = {key: (int(key[-1]) * len(families) + families.index(name),) for key, name in own.items()}
    both = lanes.Lanes(by, tuple(families) * 2, of)
    scene = Scene(sheet.width, title=text.tidy(title or "") or text.tidy(f"{first} and {second}"))
    scene.description = wording.summary(sides[0] + sides[1], f"Comparison of {first} (up) and {second} (down), {by}s,")
    shared = len({event.id for event in sides[0]} & {event.id for event in sides[1]})
    left, right = sheet.margin + sheet.body * 12, sheet.width - sheet.margin - sheet.body * 6
    bins = count(dated, undated, both, right - left)
    scale = axis.Scale((float(bins.edges[0]), float(bins.edges[-1])), (left, right))
    facts = (
        f"up: {first}, {len(sides[0])} events · down: {second}, {len(sides[1])} events · bar = events per {bins.unit}"
    )
    facts += f" · {_highest(bins)}" + (" · pale = day not known" if bins.vague.any() else "")
    facts += f" · {shared} of both, counted twice" if shared else ""
    y = furniture.header(scene, sheet, scene.title, facts) + sheet.body
    half = sheet.body * 4.2
    if sheet.height:
        half = max(min(half, ((sheet.height - y - sheet.body * 9) / len(families) - sheet.body) / 2), sheet.body * 2.6)
    top, unit = y, (half - sheet.small) / max(float((bins.known + bins.vague).max()), 1.0)
    xs = [scale(day) for day in bins.edges]
    low = y + len(families) * (2 * half + sheet.body)
    scene.write(right + sheet.body * 0.6, y, "events", sheet.small, colour=MUTE)
    _grid(scene, sheet, scale, top, low, language)
    for k, family in enumerate(families):
        base = y + half
        scene.rule((left, base), (right, base), colour=MUTE, width=0.8, layer=4)
        scene.write(sheet.margin, base, family.capitalize(), sheet.body + 0.6, weight="bold")
        for name, down in ((f"up: {first}", -1.8), (f"down: {second}", 1.8)):
            words = _cut(text.tidy(name), sheet.small, left - sheet.margin - sheet.body * 0.6)
            scene.write(sheet.margin, base + down * sheet.body, words, sheet.small, colour=MUTE)
        for row, sign, shift in ((k, 1, -1.0), (len(families) + k, -1, 1.0)):
            _bars(scene, xs, base, unit * sign, bins, row, palette.FAMILIES.get(family, palette.FREE_COLOURS[0]))
            number = round(
                float(sum(part[row].sum() for part in (bins.known, bins.vague, bins.earlier, bins.later, bins.undated)))
            )
            scene.write(right + sheet.body * 0.6, base + shift * sheet.body, f"{number:,}", sheet.body, colour=MUTE)
            if bins.undated[row]:
                words = f"{int(bins.undated[row])} undated"
                scene.write(right + sheet.body * 0.6, base + shift * sheet.body * 2.4, words, sheet.small, colour=MUTE)
        y += 2 * half + sheet.body
    said = wording.noted(note)
    low = furniture.foot(scene, sheet, low + sheet.body * 3.5, [*sides[0], *sides[1]], articles, said)
    scene.height = max(low, sheet.height)
    return scene


def multiples_scene(
    events: Sequence[Event],
    *,
    by: str = "actor",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Scene:
    """The small multiples as a scene."""
    sheet = page(width)
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    sorted_in = lanes.arrange(every, by, room=_PANELS, articles=articles, language=language)
    scene = Scene(sheet.width, title=text.tidy(title or "") or f"Events by {by}")
    scene.description = wording.summary(every, f"Small charts by {by}")
    across = 4 if sheet.width >= 1000 else 3 if sheet.width >= 800 else 2
    gap = sheet.body * 2.4
    wide = (sheet.width - 2 * sheet.margin - (across - 1) * gap) / across
    bins = count(dated, undated, sorted_in, wide)
    own = [k for k in range(len(sorted_in.names)) if any(lane[0] == k for lane in sorted_in.of.values())]
    facts = [f"{len(every):,} of {len(every):,} events", f"bar = events per {bins.unit}", "all panels on one scale"]
    facts = facts if dated else [*facts[:1], "none has a date in the text: no time axis"] if every else facts[:1]
    facts += [_highest(bins)] if dated else []
    facts += ["pale = day not known"] if bins.vague.any() else []
    y = furniture.header(scene, sheet, scene.title, " · ".join(facts)) + sheet.body
    high, foot = (sheet.body * 7, sheet.body * 7) if dated else (0.0, sheet.body * 4)
    if sheet.height and own and dated:
        high = max(min(high, (sheet.height - y - sheet.body * 7) / -(-len(own) // across) - foot), sheet.body * 2.4)
    unit = (high - sheet.small) / max(float((bins.known + bins.vague).max()), 1.0) if bins.known.size else 1.0
    rows = -(-len(own) // across)
    for place, k in enumerate(own):
        x = sheet.margin + place % across * (wide + gap)
        top = y + place // across * (high + foot)
        scale = axis.Scale((float(bins.edges[0]), float(bins.edges[-1])), (x, x + wide))
        number = sum(lane[0] == k for lane in sorted_in.of.values())
        away = int(bins.earlier[k] + bins.later[k])
        words = [f"{number} event{'' if number == 1 else 's'}"]
        words += [f"{away} beyond the axis"] if away else []
        words += [f"{int(bins.undated[k])} undated"] if bins.undated[k] and dated else []
        name = text.wrap(lanes.title(sorted_in, sorted_in.names[k]), sheet.body, wide, "bold")
        scene.write(x, top, name[0] + ("…" if len(name) > 1 else ""), sheet.body, weight="bold")
        scene.write(x, top + sheet.body * 1.3, " · ".join(words), sheet.small, colour=MUTE)
        if not dated:
            continue
        base = top + sheet.body * 2 + high
        _grid(scene, sheet, scale, top + sheet.body * 2.2, base, language)
        scene.rule((x, base), (x + wide, base), colour=MUTE, width=0.7, layer=4)
        colour = (
            palette.FAMILIES.get(palette.looks([kind := _example(every, sorted_in, k).type])[kind].family, _PLAIN)
            if by in ("type", "family")
            else _PLAIN
        )
        _bars(scene, [scale(day) for day in bins.edges], base, unit, bins, k, colour)
    if not every:
        scene.write(sheet.margin, y + sheet.body, "No events were found: there is nothing to draw.", sheet.body + 1)
        rows = 1
    said = lanes.remarks(sorted_in, "panel")
    said += wording.noted(note)
    scene.height = max(furniture.foot(scene, sheet, y + rows * (high + foot), every, articles, said), sheet.height)
    return scene


def _cut(words: str, size: float, room: float) -> str:
    """A name on one line, with an ellipsis where it is too long; the line of facts has it in full."""
    line = text.wrap(words, size, room)
    return words if len(line) == 1 else text.wrap(words, size, room - text.width("…", size))[0] + "…"


def _highest(bins: Bins) -> str:
    top = float((bins.known + bins.vague).max()) if bins.known.size else 0.0
    return f"highest bar = {top:.0f}" if top >= 1 else f"highest bar = {top:.1g}"


def _example(events: Sequence[Event], sorted_in: lanes.Lanes, k: int) -> Event:
    return next(event for event in events if sorted_in.of[event.id][0] == k)
