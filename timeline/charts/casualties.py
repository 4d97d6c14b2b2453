"""Deaths: incident by incident with every rival figure, and running tolls by source, never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.charts import furniture, palette, text, wording
from timeline.charts.columns import capped, over_the_end, value_line
from timeline.charts.palette import INK, MUTE, RED, Look
from timeline.charts.running import draw_running
from timeline.charts.scene import Mark, Scene, paint
from timeline.charts.sizes import Page, page
from timeline.charts.timing import in_order
from timeline.charts.tolls import tolls
from timeline.headline import headline
from timeline.records import Article, Event, Total

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 60
_SIZES = (
    *((MOST, 24.0), (20, 12.0), (14, 11.0), (10, 10.0), (8, 9.0), (7, 9.0), (6, 9.0), (6, 8.0), (5, 8.0), (4, 8.0)),
    *((8, 0.0), (6, 0.0), (4, 0.0), (2, 0.0)),
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
    """The casualty chart as a scene; on a page with a height only as many incidents as it holds, the deadliest."""
    sheet = page(width)
    name = text.tidy(title or "") or "Deaths as reported"
    said = [*remarks, *wording.noted(note)]

    def composed(scene: Scene, size: tuple[int, float]) -> Scene:
        return _compose(scene, sheet, events, articles, language, said, *size)

    return furniture.fitted(sheet, name, _SIZES, composed)


def _compose(
    scene: Scene,
    sheet: Page,
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    language: str,
    said: Sequence[str],
    most: int,
    high: float,
) -> Scene:
    """Write the whole page with at most so many incidents, and a panel of running tolls ``high`` letters high."""
    dated, undated = in_order(events)
    every = [event for event, _ in dated] + undated
    deadly = [event for event in every if wording.incident_dead(event) is not None]
    shown = _deadliest(deadly, most)
    known = tolls(every, articles)
    scene.description = wording.summary(every, "Chart of deaths,")
    y = furniture.header(scene, sheet, scene.title, _facts(len(every), deadly, shown, len(known), high))
    if shown:
        y = _incidents(scene, sheet, shown, y, language)
    if known and high:
        y = draw_running(scene, sheet, known, y + sheet.body * 2, language, sheet.body * high)
    if not shown and not known:
        words = "No number of killed was reported: there is nothing to draw."
        scene.write(sheet.margin, y + sheet.body * 2, words, sheet.body + 1)
        y += sheet.body * 4
    if shown:
        used = palette.looks(event.type for event in shown)
        y = furniture.legend(scene, sheet, y + sheet.body, [furniture.type_keys(used), furniture.state_keys(shown)])
    scene.height = furniture.foot(scene, sheet, y, every, articles, said)
    return scene


def _facts(number: int, deadly: Sequence[Event], shown: Sequence[Event], tolls_known: int, high: float) -> str:
    facts = [f"{len(deadly):,} of {number:,} events give a number of killed in an incident"]
    if len(shown) < len(deadly):
        drawn = {event.id for event in shown}
        others = [wording.incident_dead(event) for event in deadly if event.id not in drawn]
        rest = sum(wording.span_of(dead)[1] for dead in others if dead is not None)
        facts.append(f"the {len(shown)} deadliest are drawn, the others add {rest:,}")
    there = f"{tolls_known} running toll{'' if tolls_known == 1 else 's'}" + (
        "" if high else " not drawn for want of room"
    )
    facts.append(there if tolls_known else "no running toll")
    return " · ".join(facts)


def _deadliest(events: Sequence[Event], most: int) -> list[Event]:
    best = {}
    for event in events:
        dead = wording.incident_dead(event)
        best[event.id] = (-(wording.span_of(dead)[1] if dead is not None else 0), event.id)
    top = {event.id for event in sorted(events, key=lambda event: best[event.id])[:most]}
    return [event for event in events if event.id in top]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where dates, words and bars of the incidents begin, and how many killed a bar of full length stands for."""

    date: float
    words: float
    left: float
    bar: float
    top_of: float
    narrow: bool


def _columns(sheet: Page, totals: Sequence[tuple[Event, Total]]) -> _Columns:
    body, narrow = sheet.body, sheet.width < 800
    spans = [wording.span_of(dead) for _, dead in totals]
    figures = [max(_figures(event), default=0) for event, _ in totals]
    tops = [float(max(high or best, best, top)) for (_, best, high), top in zip(spans, figures, strict=True)]
    label = max(text.width(wording.short_total(dead), body, "bold") for _, dead in totals) + body * 1.4
    date = sheet.margin + body * 1.6
    words = date if narrow else date + 13.5 * body
    told = max(text.width(text.tidy(headline(event, counts=False)), body) for event, _ in totals)
    most = sheet.margin + (sheet.width - 2 * sheet.margin) * (0.6 if narrow else 0.55)
    left = max(min(most, words + told + body * 2), words + body * (16 if narrow else 28))
    return _Columns(date, words, left, sheet.width - sheet.margin - label - left, capped(tops) or 2.0, narrow)


def _incidents(scene: Scene, sheet: Page, shown: Sequence[Event], y: float, language: str) -> float:
    """One row per incident: date, headline, rival figures, and a bar with range and every single figure as a dot."""
    body, small = sheet.body, sheet.small
    totals = [(event, dead) for event in shown if (dead := wording.incident_dead(event)) is not None]
    cols = _columns(sheet, totals)
    top = y + body * 3.2
    said = "Killed in the incident: bar = best figure, line = range, dots = single figures, // = runs over the axis"
    if cols.narrow:
        said = "Killed: best, range, figures"
    scene.write(cols.left, top - small * 2.2, said, small, colour=MUTE)
    scene.rule((sheet.margin, top), (sheet.width - sheet.margin, top), colour=INK, width=0.8)
    looks = palette.looks(event.type for event in shown)
    at = top + body * 1.1
    for event, dead in totals:
        low = _row(scene, sheet, event, at, cols, looks[event.type], language)
        _bar(scene, sheet, event, wording.span_of(dead), at, cols)
        at = low + body * 0.5
    for value in (0.0, cols.top_of / 2, cols.top_of):
        x = cols.left + value / cols.top_of * cols.bar
        value_line(scene, x, top, at)
        scene.write(x, top - small * 0.9, f"{value:,.0f}", small, colour=MUTE, align="center")
    return at


def _row(scene: Scene, sheet: Page, event: Event, at: float, cols: _Columns, look: Look, language: str) -> float:
    """Marker, date, headline and rival figures of an incident; returns the y below them."""
    body, small, x = sheet.body, sheet.small, sheet.margin + sheet.body * 0.6
    room = cols.left - cols.words - body * 1.5
    told = text.wrap(text.tidy(headline(event, counts=False)), body, room)
    lines = [(line, body, MUTE if event.background else INK) for line in told]
    for rival in wording.rivals(event):
        lines += [(line, small, MUTE) for line in text.wrap(text.tidy(rival), small, room)]
    wide = cols.left - cols.words - body if cols.narrow else 12.6 * body
    day = text.wrap(wording.date_text(event.when, language), body, wide, "bold")
    scene.mark(x, at, look, sheet.mark, event.confidence, key=f"ev:{event.id}:key")
    furniture.factuality_sign(scene, x, at, sheet.mark, event.factuality, look.colour)
    for n, line in enumerate(day):
        scene.write(cols.date, at + n * sheet.step, line, body, weight="bold", key=f"ev:{event.id}:date")
    first = len(day) if cols.narrow else 0
    for n, (line, size, colour) in enumerate(lines, first):
        scene.write(cols.words, at + n * sheet.step, line, size, colour=colour, key=f"ev:{event.id}:text")
    return at + max(len(day), first + len(lines)) * sheet.step


def _bar(scene: Scene, sheet: Page, event: Event, span: tuple[int, int, int | None], y: float, cols: _Columns) -> None:
    low, best, high = span
    half = sheet.body * 0.4

    def at(value: float) -> float:
        return cols.left + min(value / cols.top_of, 1.0) * cols.bar

    scene.box(cols.left, y - half, at(best), y + half, fill=RED, alpha=0.9, layer=3)
    end = at(high if high is not None else best)
    if (high if high is not None else best) > cols.top_of:
        over_the_end(scene, end, y, half)
    if high is None:
        scene.rule((at(low), y), (end + sheet.body * 0.6, y), colour=INK, width=0.9, layer=4)
        tip = end + sheet.body * 0.6
        scene.rule((tip - 2, y - 2), (tip, y), (tip - 2, y + 2), colour=INK, width=0.9, layer=4)
        end = tip
    elif low != high:
        scene.rule((at(low), y), (end, y), colour=INK, width=1.0, layer=4)
    for value in _figures(event):
        scene.marks.append(Mark(at(value), y, "disc", sheet.mark * 0.6, "#ffffff", INK, 5, key="figure"))
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
