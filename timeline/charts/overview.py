"""The overview: many events as bars per bin and lane, deaths with their range, the weightiest written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from timeline.charts import axis, furniture, lanes, palette, text, wording
from timeline.charts.overview_plan import Fit, Plan, make_plan
from timeline.charts.palette import INK, MUTE, RED, RULE
from timeline.charts.scene import Scene, Shape, Text, paint
from timeline.charts.sizes import page
from timeline.charts.weightiest import draw_numbers, write_list
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLAIN = "#4b4b4b"


def overview(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    by: str = "type",
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw events as counts over time; parameters as for the ledger.

    Examples
    --------
    >>> overview([]).get_gid()
    'Overview of reported events'
    """
    return paint(
        overview_scene(events, articles=articles, by=by, width=width, title=title, note=note, language=language)
    )


def overview_scene(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    by: str = "type",
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
    remarks: Sequence[str] = (),
) -> Scene:
    """The overview as a scene, for tests and for `overview`."""
    sheet, said_title = page(width), text.tidy(title or "") or "Overview of reported events"
    fit = Fit(4 if sheet.height else 14)
    paper = sheet.height or sheet.paper
    for _ in range(9):
        plan = make_plan(sheet, events, articles, by, said_title, language, fit)
        scene = _compose(plan, articles, note, remarks)
        if not paper or scene.height <= paper or (lower := fit.lower(plan, scene.height - paper)) == fit:
            break
        fit = lower
    return scene


def _compose(plan: Plan, articles: Mapping[str, Article] | None, note: str | None, remarks: Sequence[str]) -> Scene:
    """Write the whole page, from the title to the foot."""
    sheet, scene = plan.page, plan.scene
    scene.description = wording.summary(plan.events, f"Overview, bands by {plan.lanes.by},")
    y = furniture.header(scene, sheet, scene.title, _facts(plan))
    if plan.dated:
        top = y + sheet.body * 4.2
        low = top + len(plan.lanes.names) * (plan.lane + plan.gap)
        deaths = plan.bins.best.sum() + plan.bins.vague_best.sum() > 0
        high = max(plan.lane * 1.7, sheet.body * (3.6 if sheet.height else 7.5)) if deaths else 0.0
        bottom = low + (high + plan.gap * 2 if deaths else 0.0)
        _grid(plan, top, bottom)
        _bands(plan, top)
        if deaths:
            _deaths(plan, bottom, high)
        y = draw_numbers(plan, bottom) if plan.chosen else bottom
        y = write_list(plan, y + sheet.body)
    elif plan.events:
        y = write_list(plan, _no_dates(plan, y) + sheet.body)
    else:
        scene.write(sheet.margin, y + sheet.body * 2, "No events were found: there is nothing to draw.", sheet.body + 1)
        y += sheet.body * 4
    y = furniture.legend(scene, sheet, y, _keys(plan)) if plan.events else y + sheet.body
    said = [*remarks, *lanes.remarks(plan.lanes, "band")]
    said += wording.noted(note)
    scene.height = max(furniture.foot(scene, sheet, y, plan.events, articles, said), sheet.height)
    return scene


def _keys(plan: Plan) -> list[list[furniture.Key]]:
    """Types of the bands of a family or of the list, and what the fill of a marker means."""
    every = plan.lanes.by == "family" and not plan.page.height
    looks = plan.looks if every else palette.looks(event.type for event in plan.chosen)
    return [
        [] if plan.lanes.by == "type" else furniture.type_keys(looks),
        furniture.state_keys(plan.chosen) if plan.chosen else [],
    ]


def _no_dates(plan: Plan, y: float) -> float:
    """How many events each band would hold, where no event has a date and there is no axis; returns the y below."""
    scene, sheet = plan.scene, plan.page
    one = len(plan.events) == 1
    said = "The event has no date" if one else f"None of the {len(plan.events):,} events has a date"
    scene.write(sheet.margin, y + sheet.body * 1.6, f"{said} in the text: counts without a time axis", sheet.body + 1)
    y += sheet.body * 3.8
    most, room = float(plan.bins.undated.max()), (plan.right - plan.left) * 0.6
    for k, name in enumerate(plan.lanes.names):
        colour = _colour(plan, name)
        if plan.lanes.by == "type":
            scene.mark(sheet.margin + sheet.body * 0.6, y, plan.looks[name], sheet.mark, 1.0)
        named = _short(lanes.title(plan.lanes, name), sheet.body, plan.left - sheet.margin - sheet.body * 2.2)
        scene.write(sheet.margin + sheet.body * 1.6, y, named, sheet.body, weight="bold")
        number = int(plan.bins.undated[k])
        end = plan.left + number / most * room
        scene.box(plan.left, y - sheet.body * 0.42, end, y + sheet.body * 0.42, fill=colour, key=f"lane:{k}:undated")
        scene.write(end + sheet.body * 0.5, y, f"{number:,}", sheet.small, key="number")
        y += sheet.body * 1.7
    return y


def _colour(plan: Plan, name: str) -> str:
    """Colour of the bars of a band."""
    if plan.lanes.by == "type":
        return plan.looks[name].colour
    return palette.FAMILIES.get(name, PLAIN) if plan.lanes.by == "family" else PLAIN


def _facts(plan: Plan) -> str:
    number, bins = len(plan.events), plan.bins
    parts = [f"{number:,} of {number:,} events counted"]
    if plan.dated:
        parts.append(f"bar = events per {bins.unit}, all bands on one scale")
        if bins.vague.any():
            parts.append("pale = day not known, spread over its window")
        for amount, words in (
            (bins.earlier.sum(), "before the axis"),
            (bins.later.sum(), "after the axis"),
            (bins.undated.sum(), "without a date"),
            (bins.dead_beyond, "killed in incidents beyond the axis"),
            (bins.clipped, "window runs past the axis" if bins.clipped == 1 else "windows run past the axis"),
        ):
            if amount:
                parts.append(f"{int(amount):,} {words}")
    return " · ".join(parts)


def _grid(plan: Plan, top: float, bottom: float) -> None:
    scene, sheet = plan.scene, plan.page
    small, large = axis.ticks(plan.scale, spacing=sheet.small * 2.9, language=plan.language)
    for tick in small:
        if tick.major or not plan.left < tick.start < plan.left + sheet.body * 0.5:
            scene.rule(
                (tick.start, top - 2),
                (tick.start, bottom),
                colour=MUTE if tick.major else RULE,
                width=0.8 if tick.major else 0.5,
            )
    for tick in axis.named(small, partial(text.width, size=sheet.small)):
        x = (tick.start + tick.end) / 2
        scene.write(x, top - sheet.small * 1.2, tick.label, sheet.small, colour=MUTE, align="center")
    scene.rule((plan.right, top - 2), (plan.right, bottom))
    end = -1.0
    for tick in large:
        if tick.start > end and tick.start + text.width(tick.label, sheet.body, "bold") < sheet.width - sheet.margin:
            line = scene.write(tick.start, top - sheet.small * 2.8, tick.label, sheet.body, weight="bold")
            end = tick.start + line.wide + 6


def _bars(
    scene: Scene,
    xs: Sequence[float],
    base: float,
    lows: Sequence[float],
    highs: Sequence[float],
    colour: str,
    alpha: float,
    key: str,
) -> None:
    for left, right, low, high in zip(xs, xs[1:], lows, highs, strict=False):
        if high > low:
            half = min(max(right - left - 0.6, 0.6), 30.0) / 2
            a, b = (left + right) / 2 - half, (left + right) / 2 + half
            scene.shapes.append(
                Shape(
                    ((a, base - low), (b, base - low), (b, base - high), (a, base - high)),
                    colour,
                    None,
                    0.0,
                    3,
                    alpha,
                    key,
                )
            )


def _bands(plan: Plan, top: float) -> None:
    """One band of bars for each lane, with its name, its number of events and its peak."""
    scene, sheet, bins = plan.scene, plan.page, plan.bins
    both = bins.known + bins.vague
    most = max(float(both.max()), 1.0)
    unit = (plan.lane - sheet.small * 1.3) / most
    for k, name in enumerate(plan.lanes.names):
        base = top + k * (plan.lane + plan.gap) + plan.lane
        look = plan.looks[name] if plan.lanes.by == "type" else None
        colour = _colour(plan, name)
        middle = base - plan.lane / 2
        if look:
            scene.mark(
                sheet.margin + sheet.body * 0.6,
                middle - (sheet.body * 0.5 if _roomy(plan) else 0),
                look,
                sheet.mark,
                1.0,
            )
        number = round(float(both[k].sum() + bins.earlier[k] + bins.later[k] + bins.undated[k]))
        _name(plan, lanes.title(plan.lanes, name), f"{number:,} event{'' if number == 1 else 's'}", middle)
        scene.rule((plan.left, base), (plan.right, base), colour=MUTE, width=0.6, layer=2)
        known, every = list(bins.known[k] * unit), list(both[k] * unit)
        _bars(scene, plan.xs, base, [0.0] * len(known), known, colour, 1.0, f"lane:{k}:known")
        _bars(scene, plan.xs, base, known, every, colour, 0.3, f"lane:{k}:vague")
        at = int(both[k].argmax())
        if both[k, at] >= 1:
            x = (plan.xs[at] + plan.xs[at + 1]) / 2
            x, y = min(max(x, plan.left + 6), plan.right - 6), base - every[at] - sheet.small * 0.62
            _on_white(scene, scene.write(x, y, f"{both[k, at]:.0f}", sheet.small, align="center", key="peak"))
        _aside(plan, k, base)


def _aside(plan: Plan, k: int, base: float) -> None:
    """Events of a band that its axis does not hold: by kind, or their number alone where the band is narrow."""
    sheet, bins = plan.page, plan.bins
    values = [(int(bins.earlier[k]), "earlier"), (int(bins.later[k]), "later"), (int(bins.undated[k]), "undated")]
    words = [f"{value} {word}" for value, word in values if value]
    if sheet.small * 1.2 * len(words) > plan.lane + plan.gap:
        words = [f"{sum(value for value, _ in values)} off axis"]
    for n, line in enumerate(words):
        y = base - sheet.small * (0.6 + 1.2 * (len(words) - 1 - n))
        plan.scene.write(plan.right + sheet.body * 0.6, y, line, sheet.small, colour=MUTE)


def _roomy(plan: Plan) -> bool:
    return plan.lane + plan.gap >= plan.page.body * 3


def _name(plan: Plan, name: str, number: str, y: float) -> None:
    """Name and number of a band: one below the other, or the number alone after the name where it is narrow."""
    scene, sheet, x = plan.scene, plan.page, plan.page.margin + plan.page.body * 1.6
    room = plan.left - x - sheet.body * 0.5
    if _roomy(plan):
        scene.write(x, y - sheet.body * 0.5, _short(name, sheet.body + 0.6, room), sheet.body + 0.6, weight="bold")
        scene.write(x, y + sheet.body * 0.85, number, sheet.small, colour=MUTE)
        return
    number = number.split(maxsplit=1)[0]
    scene.write(plan.left - sheet.body * 0.5, y, number, sheet.small, colour=MUTE, align="right")
    scene.write(
        x,
        y,
        _short(name, sheet.body, room - text.width(number, sheet.small) - sheet.body * 0.5),
        sheet.body,
        weight="bold",
    )


def _short(words: str, size: float, room: float) -> str:
    if text.width(words, size, "bold") <= room:
        return words
    while words and text.width(words + "…", size, "bold") > room:
        words = words[:-1]
    return words.rstrip() + "…"


def _deaths(plan: Plan, base: float, high: float) -> None:
    scene, sheet, bins = plan.scene, plan.page, plan.bins
    top = max(float(bins.high.max()), float((bins.best + bins.vague_best).max()), 1.0)
    unit = (high - sheet.small * 1.6) / top
    best = list(bins.best * unit)
    _bars(scene, plan.xs, base, [0.0] * len(best), best, RED, 0.9, "deaths:known")
    _bars(scene, plan.xs, base, best, list((bins.best + bins.vague_best) * unit), RED, 0.3, "deaths:vague")
    for k, value in enumerate(bins.best):
        if value and bins.low[k] < bins.high[k]:
            x = (plan.xs[k] + plan.xs[k + 1]) / 2
            scene.rule((x, base - bins.low[k] * unit), (x, base - bins.high[k] * unit), colour=INK, width=0.8, layer=4)
    scene.rule((plan.left, base), (plan.right, base), colour=MUTE, width=0.6, layer=2)
    total = f"{round(float(bins.best.sum() + bins.vague_best.sum())):,}{'+' if bins.open_high.any() else ''}"
    _name(plan, "Killed", f"{total} in incidents", base - high / 2)
    at = int(bins.best.argmax())
    if bins.best[at]:
        words = _sum(int(bins.low[at]), int(bins.best[at]), int(bins.high[at]), is_open=bool(bins.open_high[at]))
        half = text.width(words, sheet.small, "bold") / 2
        x = min(max((plan.xs[at] + plan.xs[at + 1]) / 2, plan.left + half), plan.right - half)
        y = base - max(bins.high[at], bins.best[at], bins.best[at] + bins.vague_best[at]) * unit - sheet.small * 0.75
        style = {"colour": RED, "weight": "bold", "align": "center", "key": "deaths:most"}
        _on_white(scene, scene.write(x, y, words, sheet.small, **style))


def _on_white(scene: Scene, line: Text) -> None:
    """White ground behind a number, above the lines of the grid and below the bars."""
    left, top, right, low = line.box
    scene.box(left - 1.5, top, right + 1.5, low, fill="#ffffff", layer=1.5)


def _sum(low: int, best: int, high: int, *, is_open: bool) -> str:
    """The killed of one bin with their range; an upper bound that some incident leaves open is none.

    Examples
    --------
    >>> _sum(10, 12, 15, is_open=False), _sum(510, 510, 511, is_open=True), _sum(9, 9, 9, is_open=False)
    ('12 (10–15)', '510+', '9')
    """
    if is_open:
        return f"{best:,} ({low:,}+)" if low < best else f"{best:,}+"
    return f"{best:,} ({low:,}–{high:,})" if low != high else f"{best:,}"
