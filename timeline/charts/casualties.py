"""Deaths: incident by incident with every rival figure, and running tolls by source, never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from timeline.charts import axis, furniture, palette, rows, text, wording
from timeline.charts.columns import capped, nice, over_the_end
from timeline.charts.palette import INK, MUTE, RED
from timeline.charts.scene import Mark, Scene, paint
from timeline.charts.sizes import Page, page
from timeline.charts.timing import in_order
from timeline.charts.tolls import NOBODY, Toll, tolls
from timeline.headline import headline
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 60
_LINES: tuple[tuple[str, str | tuple[float, tuple[float, ...]], str], ...] = (
    (INK, "-", "disc"),
    ("#7a5200", (0.0, (5.0, 2.0)), "square"),
    ("#5B4FC7", (0.0, (1.5, 1.5)), "triangle_up"),
    ("#882255", (0.0, (7.0, 2.0, 1.5, 2.0)), "diamond"),
    ("#117733", (0.0, (3.0, 3.0)), "cross_x"),
    ("#7F3C8D", (0.0, (9.0, 3.0)), "triangle_down"),
)


def casualties(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw the dead of each incident with their range and every rival figure, and the running tolls by source.

    Parameters
    ----------
    events : sequence of Event
        Those without a number of killed are counted in the line of facts and not drawn.

    Examples
    --------
    >>> casualties([]).get_gid()
    'Deaths as reported'
    """
    return paint(casualties_scene(events, articles=articles, width=width, title=title, note=note, language=language))


def casualties_scene(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
    remarks: Sequence[str] = (),
) -> Scene:
    """The casualty chart as a scene."""
    sheet = page(width)
    scene = Scene(sheet.width, title=text.tidy(title or "") or "Deaths as reported")
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    deadly = [event for event in every if wording.incident_dead(event) is not None]
    shown = _deadliest(deadly)
    known = tolls(every, articles)
    scene.description = wording.summary(every, "Chart of deaths in")
    facts = [f"{len(deadly)} of {len(every)} events give a number of killed in an incident"]
    if len(shown) < len(deadly):
        rest = sum(
            wording.span_of(dead)[1]
            for event in deadly
            if event not in shown and (dead := wording.incident_dead(event)) is not None
        )
        facts.append(f"the {len(shown)} deadliest are drawn, the others add {rest:,}")
    facts.append(f"{len(known)} running tolls" if known else "no running toll")
    y = furniture.header(scene, sheet, scene.title, " · ".join(facts))
    if shown:
        y = _incidents(scene, sheet, shown, y, language)
    if known:
        y = _running(scene, sheet, known, y + sheet.body * 2, language)
    if not shown and not known:
        scene.write(
            sheet.margin,
            y + sheet.body * 2,
            "No number of killed was reported: there is nothing to draw.",
            sheet.body + 1,
        )
        y += sheet.body * 4
    used = palette.looks(event.type for event in shown)
    if shown:
        y = furniture.legend(scene, sheet, y + sheet.body, [furniture.type_keys(used)])
    said = [*remarks, *([note if note.rstrip().endswith(".") else f"{note}."] if note else [])]
    scene.height = furniture.foot(scene, sheet, y, every, articles, said)
    return scene


def _deadliest(events: Sequence[Event]) -> list[Event]:
    best = {}
    for event in events:
        dead = wording.incident_dead(event)
        best[event.id] = (-(wording.span_of(dead)[1] if dead is not None else 0), event.id)
    top = {event.id for event in sorted(events, key=lambda event: best[event.id])[:MOST]}
    return [event for event in events if event.id in top]


def _incidents(scene: Scene, sheet: Page, shown: Sequence[Event], y: float, language: str) -> float:
    """One row per incident: date, headline, rival figures, and a bar with range and every single figure as a dot."""
    body, small, narrow = sheet.body, sheet.small, sheet.width < 800
    totals = [(event, dead) for event in shown if (dead := wording.incident_dead(event)) is not None]
    spans = [wording.span_of(dead) for _, dead in totals]
    top_of = capped([float(max(high or best, best)) for _, best, high in spans]) or 1.0
    label = max(text.width(wording.short_total(dead), body, "bold") for _, dead in totals) + body * 1.4
    left = sheet.margin + (sheet.width - 2 * sheet.margin) * (0.6 if narrow else 0.55)
    bar = sheet.width - sheet.margin - label - left
    date = sheet.margin + body * 1.6
    words = date if narrow else date + 13.5 * body
    top = y + body * 3.2
    scene.write(
        left,
        top - small * 2.2,
        "Killed in the incident: bar = best figure, line = range, dots = single figures, // = runs over the axis",
        small,
        colour=MUTE,
        align="left",
    ) if not narrow else scene.write(left, top - small * 2.2, "Killed: best, range, figures", small, colour=MUTE)
    scene.rule((sheet.margin, top), (sheet.width - sheet.margin, top), colour=INK, width=0.8)
    looks = palette.looks(event.type for event in shown)
    at = top + body * 1.1
    marks: list[float] = []
    for (event, _), span in zip(totals, spans, strict=True):
        lines = [
            (line, body, MUTE if event.background else INK)
            for line in text.wrap(text.tidy(headline(event, counts=False)), body, left - words - body * 1.5)
        ]
        for rival in wording.rivals(event):
            lines += [(line, small, MUTE) for line in text.wrap(text.tidy(rival), small, left - words - body * 1.5)]
        day = text.wrap(
            wording.date_text(event.when, language), body, left - words - body if narrow else 12.6 * body, "bold"
        )
        scene.mark(
            sheet.margin + body * 0.6, at, looks[event.type], sheet.mark, event.confidence, key=f"ev:{event.id}:key"
        )
        furniture.factuality_sign(
            scene, sheet.margin + body * 0.6, at, sheet.mark, event.factuality, looks[event.type].colour
        )
        for n, line in enumerate(day):
            scene.write(date, at + n * sheet.step, line, body, weight="bold", key=f"ev:{event.id}:date")
        first = len(day) if narrow else 0
        for n, (line, size, colour) in enumerate(lines):
            scene.write(words, at + (first + n) * sheet.step, line, size, colour=colour, key=f"ev:{event.id}:text")
        _bar(scene, sheet, event, span, at, left, (bar, top_of))
        marks.append(at)
        at += max(len(day), first + len(lines)) * sheet.step + body * 0.5
    for value in (0.0, top_of / 2, top_of):
        x = left + value / top_of * bar
        scene.rule((x, top), (x, at), layer=0.5)
        scene.write(
            x,
            top - small * 0.9,
            f"{value:,.0f}" if value == int(value) else f"{value:.1f}",
            small,
            colour=MUTE,
            align="center",
        )
    return at


def _bar(
    scene: Scene,
    sheet: Page,
    event: Event,
    span: tuple[int, int, int | None],
    y: float,
    left: float,
    scale: tuple[float, float],
) -> None:
    low, best, high = span
    half = sheet.body * 0.4
    bar, top_of = scale

    def at(value: float) -> float:
        return left + min(value / top_of, 1.0) * bar

    scene.box(left, y - half, at(best), y + half, fill=RED, alpha=0.9, layer=3)
    end = at(high if high is not None else best)
    if (high if high is not None else best) > top_of:
        over_the_end(scene, end, y, half)
    if high is None:
        scene.rule((at(low), y), (end + sheet.body * 0.6, y), colour=INK, width=0.9, layer=4)
        tip = end + sheet.body * 0.6
        scene.rule((tip - 2, y - 2), (tip, y), (tip - 2, y + 2), colour=INK, width=0.9, layer=4)
        end = tip
    elif low != high:
        scene.rule((at(low), y), (end, y), colour=INK, width=1.0, layer=4)
    for value in _figures(event):
        if value <= (high if high is not None else best):
            scene.marks.append(Mark(at(value), y, "disc", sheet.mark * 0.6, "#ffffff", INK, 5))
            end = max(end, at(value) + sheet.mark * 0.3)
    dead = wording.incident_dead(event)
    if dead is not None:
        scene.write(
            end + sheet.body * 0.5,
            y,
            wording.short_total(dead),
            sheet.body,
            colour=RED,
            weight="bold",
            key=f"ev:{event.id}:killed",
        )


def _figures(event: Event) -> list[int]:
    """Every single figure that a source gives, once, if there are rivals."""
    values = {
        count.best if count.best is not None else count.low
        for count in event.counts
        if count.harm == "killed" and count.scope != "period" and count.subset_of is None
    }
    values |= {
        claim.value.get("best")
        for claim in event.claims
        if claim.field == "killed" and isinstance(claim.value, Mapping)
    }
    known = sorted(value for value in values if value is not None)
    return known if len(known) > 1 else []


def _running(scene: Scene, sheet: Page, known: Sequence[Toll], y: float, language: str) -> float:
    """Running tolls as steps over time, named at their ends; dots without a line for those that name no source."""
    body, small = sheet.body, sheet.small
    heading = "Running tolls, by source: each counts from its own beginning, none is an incident"
    for line in text.wrap(heading, body + 0.4, sheet.width - 2 * sheet.margin, "bold"):
        scene.write(sheet.margin, y, line, body + 0.4, weight="bold")
        y += body * 1.3
    y -= body * 1.3
    by_source: dict[str, list[Toll]] = {}
    for toll in known:
        by_source.setdefault(toll.source, []).append(toll)
    loose = by_source.pop(NOBODY, [])
    ordered = sorted(by_source.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    drawn, rest = ordered[: len(_LINES)], ordered[len(_LINES) :]
    top, high = y + body * 4.4, body * 24
    left, right = sheet.margin + body * 5, sheet.width - sheet.margin - body * 21
    scale = axis.scale([float(toll.day.toordinal()) for toll in known], left, right, fold=False)
    most = nice(max(toll.value for toll in known))

    def level(value: float) -> float:
        return top + high * (1 - value / most)

    small_ticks, large = axis.ticks(scale, spacing=small * 3.2, language=language)
    for tick in small_ticks:
        scene.rule((tick.start, top), (tick.start, top + high), width=0.8 if tick.major else 0.5)
        if tick.end - tick.start > text.width(tick.label, small) + 2:
            scene.write((tick.start + tick.end) / 2, top - small * 1.1, tick.label, small, colour=MUTE, align="center")
    end = -1.0
    for tick in large:
        if tick.start > end:
            end = tick.start + scene.write(tick.start, top - small * 2.6, tick.label, body, weight="bold").wide + 6
    for value in (0.0, most / 4, most / 2, most * 3 / 4, most):
        scene.rule((left, level(value)), (right, level(value)), layer=0.8)
        scene.write(left - body * 0.6, level(value), f"{value:,.0f}", small, colour=MUTE, align="right")
    for toll in loose:
        x = scale(toll.day.toordinal() + 0.5)
        scene.marks.append(Mark(x, level(toll.value), "disc", sheet.mark * 0.7, "#ffffff", INK, 5, key="loose"))
    ends = []
    for (source, given), (colour, dash, marker) in zip(drawn, _LINES, strict=False):
        points: list[tuple[float, float]] = []
        for toll in given:
            x = scale(toll.day.toordinal() + 0.5)
            if points:
                points.append((x, points[-1][1]))
            points.append((x, level(toll.value)))
            scene.marks.append(Mark(x, level(toll.value), marker, sheet.mark * 0.7, colour, colour, 5))
        points.append((right, points[-1][1]))
        scene.rule(*points, colour=colour, width=1.4, layer=4, dash=dash)
        ends.append((points[-1][1], source, given[-1], colour, marker))
    ends.sort(key=lambda item: (item[0], item[1]))
    lines = [text.wrap(f"{item[1]}: {item[2].value:,}", small, body * 17, "bold") for item in ends]
    heights = [len(wrapped) * small * 1.25 for wrapped in lines]
    centres = rows.place([item[0] for item in ends], heights, top - small, top + high + sum(heights), 3)
    for item, wrapped, height, centre in zip(ends, lines, heights, centres, strict=True):
        first = centre - height / 2 + small * 0.62
        scene.rule((right, item[0]), (right + body * 1.6, centre), colour=item[3], width=0.7, layer=3)
        scene.marks.append(Mark(right + body * 2.1, centre, item[4], sheet.mark * 0.7, item[3], item[3], 5))
        for n, line in enumerate(wrapped):
            scene.write(right + body * 2.9, first + n * small * 1.25, line, small, colour=item[3], weight="bold")
    low = max([top + high, *(c + h / 2 for c, h in zip(centres, heights, strict=True))]) + body * 1.6
    said = []
    if rest:
        said.append(
            f"Further sources, latest figure: {', '.join(f'{name} {given[-1].value:,}' for name, given in rest)}."
        )
    if loose:
        listed = ", ".join(f"{toll.value:,} ({wording.day_text(toll.day, language)})" for toll in loose)
        said.append(f"White dots, no source named: {listed}.")
    for line in text.wrap(" ".join(said), small, sheet.width - 2 * sheet.margin) if said else ():
        scene.write(sheet.margin, low, line, small, colour=MUTE)
        low += small * 1.3
    return low
