"""Columns and rows of the ledger: date, sentence, place and source, casualty bar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline.charts import text, wording
from timeline.charts.edges import cut
from timeline.charts.furniture import factuality_sign
from timeline.charts.lanes import Lanes
from timeline.charts.palette import INK, MUTE, RED, Look
from timeline.charts.scene import Scene
from timeline.charts.sizes import Page
from timeline.headline import headline
from timeline.records import Article, Event


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges in points; None for a column that is not there."""

    axis: float
    tolls: float | None
    tolls_wide: float
    lanes: float
    lane: float
    key: float
    date: float
    date_wide: float
    text: float
    text_wide: float
    source: float | None
    source_wide: float
    harm: float | None
    bar: float
    quotes: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a row: its column, words and style."""

    column: str
    line: int
    words: str
    size: float
    colour: str
    weight: text.Weight
    key: str
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """All lines of one event and the height that they take."""

    event: Event
    lines: tuple[Said, ...]
    height: float


def columns(
    sheet: Page,
    events: Sequence[Event],
    lanes: Lanes,
    *,
    tolls: bool,
    articles: Mapping[str, Article] | None,
    language: str,
) -> Columns:
    """Divide the width of the page."""
    body, small = sheet.body, sheet.small
    axis = sheet.margin + body * 5.6
    tolls_wide = 9.2 * body if tolls else 0.0
    dated = any(event.when.start or event.when.end or event.when.ongoing_at for event in events)
    number = len(lanes.names) if dated else 0
    left = axis + (tolls_wide + 2.4 * body if tolls else body * 0.8) if dated else sheet.margin
    lane = min(3.15 * body, max((1.48 if sheet.width >= 800 else 1.75) * body, 0.26 * sheet.width / max(number, 1)))
    gutter = (6.2 * body if sheet.width >= 800 else 4.6 * body) if dated else 0.0
    key = left + lane * number + gutter + body * 0.6
    date = key + body * 1.05
    widest = max((text.width(wording.date_text(event.when, language), body, "bold") for event in events), default=0.0)
    narrow = sheet.width < 800
    date_wide = 0.0 if narrow else min(widest, 13.5 * body) + body * 0.9
    numbers = [wording.short_total(total) for event in events if (total := wording.incident_dead(event)) is not None]
    label = max((text.width(number, body, "bold") for number in numbers), default=0.0) + body * 0.6
    bar = (3.2 if narrow else 7.8) * body if numbers else 0.0
    wide = sheet.width - sheet.margin - (bar + label if numbers else 0.0)
    words = date + date_wide
    rest = wide - words - body * 1.4
    said = max((text.width(_where_and_who(event, articles), small) for event in events), default=0.0) + 1
    source_wide = min(said, 0.32 * rest, 21 * body)
    apart = not narrow and rest - source_wide - body * 1.5 >= 33 * body
    first = Columns(
        axis=axis,
        tolls=axis + body * 0.8 if tolls else None,
        tolls_wide=tolls_wide,
        lanes=left,
        lane=lane,
        key=key,
        date=date,
        date_wide=date_wide,
        text=words,
        text_wide=rest - (source_wide + body * 1.5 if apart else 0.0),
        source=wide - body * 1.4 - source_wide if apart else None,
        source_wide=source_wide,
        harm=wide if numbers else None,
        bar=bar,
        quotes=len(events) <= 24 and not sheet.height,
    )
    if not apart:
        return first
    others = (min(said, share * rest) for share in (0.24, 0.4, 0.48) if rest * (1 - share) >= 27 * body)
    trials = [first, *(_with_source(first, rest, wide_of, wide, body) for wide_of in others)]
    return min(trials, key=lambda trial: sum(row.height for row in make_rows(sheet, events, trial, articles, language)))


def _with_source(cols: Columns, rest: float, source_wide: float, right: float, body: float) -> Columns:
    """The same columns with another width for place and source, so that rows can be as low as possible."""
    return replace(
        cols,
        source=right - body * 1.4 - source_wide,
        source_wide=source_wide,
        text_wide=rest - source_wide - body * 1.5,
    )


def _where_and_who(event: Event, articles: Mapping[str, Article] | None) -> str:
    parts = (wording.place_text(event), wording.source_text(event, articles), "background" if event.background else "")
    return text.tidy(" · ".join(part for part in parts if part))


def make_rows(
    sheet: Page, events: Sequence[Event], cols: Columns, articles: Mapping[str, Article] | None, language: str
) -> list[Row]:
    """Write out the rows of events, line by line."""
    return [_row(sheet, event, cols, articles, language) for event in events]


def _row(sheet: Page, event: Event, cols: Columns, articles: Mapping[str, Article] | None, language: str) -> Row:
    body, small = sheet.body, sheet.small
    out: list[Said] = []

    def put(column: str, lines: Sequence[str], size: float, colour: str, weight: text.Weight, key: str) -> None:
        start = max((line.line + 1 for line in out if line.column == column), default=0)
        gid = f"ev:{event.id}:{key}"
        out.extend(Said(column, start + n, words, size, colour, weight, gid) for n, words in enumerate(lines))

    ink = MUTE if event.background else INK
    date, where = text.tidy(wording.date_text(event.when, language)), _where_and_who(event, articles)
    stacked = not cols.date_wide
    put(
        "text" if stacked else "date",
        text.wrap(date, body, cols.date_wide - body * 0.9 if not stacked else cols.text_wide, "bold"),
        body,
        ink,
        "bold",
        "date",
    )
    indent = text.width(date, body, "bold") + body * 0.8
    beside = stacked and len(out) == 1 and indent + text.width(where, small) <= cols.text_wide
    if beside:
        out.append(Said("text", 0, where, small, MUTE, "normal", f"ev:{event.id}:source", indent))
    if stacked and not beside:
        put("text", text.wrap(where, small, cols.text_wide), small, MUTE, "normal", "source")
    put("text", text.balanced(text.tidy(headline(event)), body, cols.text_wide), body, ink, "normal", "text")
    for rival in wording.rivals(event):
        put("text", text.wrap(text.tidy(rival), small, cols.text_wide), small, MUTE, "normal", "rival")
    if (cols.quotes or wording.is_bare(event)) and (words := wording.quote(event, articles)):
        put("text", text.wrap(f"“{words}”", small, cols.text_wide), small, MUTE, "normal", "quote")
    column, room = ("text", cols.text_wide) if cols.source is None else ("source", cols.source_wide)
    if not stacked:
        put(column, text.wrap(where, small, room), small, MUTE, "normal", "source")
    most = max(line.line for line in out) + 1
    return Row(event, tuple(out), most * sheet.step)


def write_row(scene: Scene, sheet: Page, row: Row, cols: Columns, y: float, look: Look) -> None:
    """Draw the key marker and the lines of a row; ``y`` is the middle of its first line."""
    event = row.event
    size = sheet.mark * (0.68 if event.background else 1.0)
    scene.mark(cols.key, y, look, size, event.confidence, key=f"ev:{event.id}:key")
    factuality_sign(scene, cols.key, y, size, event.factuality, look.colour)
    left = {"date": cols.date, "text": cols.text, "source": cols.source or cols.text}
    for line in row.lines:
        scene.write(
            left[line.column] + line.indent,
            y + line.line * sheet.step,
            line.words,
            line.size,
            colour=line.colour,
            weight=line.weight,
            key=line.key,
        )


def nice(value: float) -> float:
    """The next round number at or above a value whose half is a whole number, so that both can be named on an axis.

    Examples
    --------
    >>> nice(138), nice(260), nice(7), nice(5), nice(0)
    (200.0, 300.0, 8.0, 6.0, 0.0)
    """
    if value <= 0:
        return 0.0
    power = float(10 ** max(math.floor(math.log10(value)), 0))
    steps = (2, 4, 6, 8, 10) if power == 1 else (1, 2, 3, 4, 5, 6, 8, 10)
    return next(step * power for step in steps if step * power >= value)


def capped(values: Sequence[float]) -> float:
    """End of an axis for values; one or two that are more than five times the next are let run over it.

    Examples
    --------
    >>> capped([10_000, 90, 60, 20]), capped([90, 60])
    (100.0, 100.0)
    """
    ordered = sorted((value for value in values if value > 0), reverse=True)
    for _ in range(2):
        if len(ordered) > 2 and ordered[0] > 5 * ordered[1]:
            ordered = ordered[1:]
    return nice(ordered[0]) if ordered else 0.0


def harm_scale(events: Sequence[Event]) -> float:
    """End of the casualty axis in persons, 0 if nobody is reported killed."""
    spans = [wording.span_of(total) for event in events if (total := wording.incident_dead(event)) is not None]
    return capped([float(high if high is not None else best) for _, best, high in spans]) or (2.0 if spans else 0.0)


def over_the_end(scene: Scene, x: float, y: float, half: float) -> None:
    """Two white strokes through a bar that runs over its axis."""
    for shift in (-5.0, -8.0):
        scene.rule(
            (x + shift - 1.5, y + half + 1), (x + shift + 1.5, y - half - 1), colour="#ffffff", width=1.4, layer=4.5
        )


def harm_bar(scene: Scene, sheet: Page, event: Event, cols: Columns, y: float, top_of: float) -> None:
    """Bar of the best value, line of the range, number."""
    total = wording.incident_dead(event)
    if total is None or cols.harm is None or not top_of:
        return
    low, best, high = wording.span_of(total)
    x = {value: cols.harm + min(value / top_of, 1.0) * cols.bar for value in (0, low, best, high or best)}
    half = sheet.body * 0.4
    scene.box(x[0], y - half, x[best], y + half, fill=RED, layer=3)
    end = x[high or best]
    if (high or best) > top_of:
        over_the_end(scene, end, y, half)
    if high is None:
        arrow = end + sheet.body * 0.55
        scene.rule((x[low], y), (arrow, y), colour=INK, width=0.9, layer=4)
        scene.rule((arrow - 2, y - 2), (arrow, y), (arrow - 2, y + 2), colour=INK, width=0.9, layer=4)
        end = arrow
    elif low != high:
        scene.rule((x[low], y), (end, y), colour=INK, width=1.0, layer=4)
        for at in (x[low], end):
            scene.rule((at, y - half * 0.8), (at, y + half * 0.8), colour=INK, width=1.0, layer=4)
    scene.write(
        end + sheet.body * 0.45,
        y,
        wording.short_total(total),
        sheet.body,
        colour=RED,
        weight="bold",
        key=f"ev:{event.id}:killed",
    )


def value_line(scene: Scene, x: float, top: float, low: float) -> None:
    """A line of the axis of the killed, broken where a number stands in its way."""
    numbers = [item.box for item in scene.texts if item.key.endswith(":killed")]
    for part in cut([(x, top), (x, low)], [(a - 1, b - 0.5, c + 1, d + 0.5) for a, b, c, d in numbers]):
        scene.rule(*part, layer=0.5, key="value")
