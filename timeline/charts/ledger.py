"""The ledger: time runs down, lanes are narrow columns, every marker leads to a row that tells the event in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.charts import axis, furniture, lanes, palette, rows, text, wording
from timeline.charts.columns import columns, harm_bar, harm_scale, make_rows, value_line, write_row
from timeline.charts.focus import clipped, focus
from timeline.charts.grid import Plan, draw_grid, draw_shades, shaded
from timeline.charts.lane_marks import Spot, draw_spot, spots
from timeline.charts.palette import INK, MUTE
from timeline.charts.scene import Scene, paint
from timeline.charts.sizes import Page, page
from timeline.charts.timing import axis_days, in_order, within
from timeline.charts.tolls import draw_tolls, tolls
from timeline.charts.weights import RULE, weightiest
from timeline.records import Article, Event

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ON_A_PAGE = 60


def ledger(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    by: str = "type",
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw every event as a marker at its date and a row that tells it in full.

    Parameters
    ----------
    events : sequence of Event
        At best up to about 120; more make a very tall picture. A slide keeps its height: it shows the weightiest
        events that it holds, and says how many it leaves out.
    articles : mapping of str to Article, optional
        By id; gives publishers and sentences.
    by : {"type", "family", "actor", "place", "source", "storyline"}
        What the lanes are; for a storyline see `timeline.charts.storylines.storylines`.
    width : str or float
        "A3", "A4", "A4-landscape", "screen", "slide", or inches.
    language : str
        Language of month names and dates.

    Examples
    --------
    >>> ledger([], title="Nothing yet").get_gid()
    'Nothing yet'
    """
    return paint(ledger_scene(events, articles=articles, by=by, width=width, title=title, note=note, language=language))


def ledger_scene(
    events: Sequence[Event],
    *,
    articles: Mapping[str, Article] | None = None,
    by: str = "type",
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
    remarks: Sequence[str] = (),
    fewer: bool = True,
) -> Scene:
    """The ledger as a scene, for tests and for `ledger`; ``fewer``: whether a full page may leave events out."""
    sheet, every = page(width), list({event.id: event for event in events}.values())
    about = (articles, by, text.tidy(title or "") or "Timeline of reported events", language)

    def composed(sheet: Page, number: int, *, stretch: bool) -> Scene:
        some = every if number >= len(every) else weightiest(every, number)
        scene = _compose(_plan(sheet, every, some, *about), note, remarks)
        if stretch and sheet.height > scene.height:
            plan = _plan(sheet, every, some, *about, stretch=sheet.height - scene.height)
            scene = _compose(plan, note, remarks)
            scene.height = max(scene.height, sheet.height)
        return scene

    if not sheet.height:
        return composed(sheet, len(every), stretch=False)
    small = replace(sheet, body=sheet.body * 0.88, small=sheet.small * 0.9)
    if not fewer or len(every) <= MOST_ON_A_PAGE:
        for size in (sheet, small):
            scene = composed(size, len(every), stretch=True)
            if scene.height <= sheet.height or (size is small and not fewer):
                return scene
    held, over = 1, min(len(every), MOST_ON_A_PAGE)
    while over - held > 1:
        middle = (held + over) // 2
        fits = composed(small, middle, stretch=False).height <= sheet.height
        held, over = (middle, over) if fits else (held, middle)
    return composed(small, held, stretch=True)


def _plan(
    sheet: Page,
    given: Sequence[Event],
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    by: str,
    title: str,
    language: str,
    *,
    stretch: float = 0.0,
) -> Plan:
    scene = Scene(sheet.width, title=title)
    found, undated = in_order(events)
    near, early = focus(found)
    fitted = {event.id: item for event, item in clipped(near)}
    last = max(axis_days(list(fitted.values())), default=0.0)
    dated = [(event, within(fitted.get(event.id, item), last)) for event, item in found]
    every = [event for event, _ in dated] + undated
    looks = palette.looks(event.type for event in every)
    least = sheet.body * (1.48 if by == "type" and sheet.width >= 800 else 1.9)
    room = max(6, int((0.26 if sheet.width >= 800 else 0.19) * sheet.width / least))
    sorted_in = lanes.arrange(every, by, room=room, articles=articles, language=language)
    known = tolls(every, articles) if sheet.width >= 760 and not sheet.height else ()
    return Plan(
        scene,
        sheet,
        tuple(given),
        tuple(every),
        tuple(dated),
        tuple(early),
        tuple(undated),
        looks,
        sorted_in,
        columns(sheet, every, sorted_in, tolls=bool(known), articles=articles, language=language),
        known,
        articles,
        language,
        stretch,
    )


def _compose(plan: Plan, note: str | None, remarks: Sequence[str]) -> Scene:
    """Write the whole page, from the title to the foot."""
    scene, sheet = plan.scene, plan.page
    scene.description = wording.summary(plan.given, f"Timeline, lanes by {plan.lanes.by},")
    if len(plan.events) < len(plan.given):
        scene.description += f" Drawn: the {len(plan.events)} weightiest."
    y = furniture.header(scene, sheet, scene.title, _facts(plan))
    y = _heads(plan, y)
    if plan.dated:
        y = _body(plan, y)
    if plan.undated:
        y = _undated(plan, y)
    if not plan.events:
        y = _nothing(plan, y)
    _foot(plan, y, note, remarks)
    return scene


def _facts(plan: Plan) -> str:
    number, left_out = len(plan.events), len(plan.given) - len(plan.events)
    parts = [f"{number} of {len(plan.given)} events drawn"]
    if left_out:
        parts[0] += f", the weightiest ({RULE}); {left_out} have no room on this page"
    days = [day for event in plan.events for day in (event.when.start, event.when.end) if day is not None]
    if days:
        first, last = min(days), max(days)
        spread = wording.day_text(first, plan.language)
        parts.append(spread if first == last else f"{spread} – {wording.day_text(last, plan.language)}")
    if plan.earlier:
        parts.append(f"{len(plan.earlier)} earlier: background long before the news, in order but not to scale")
    if plan.undated:
        parts.append(f"{len(plan.undated)} without a date, listed at the foot")
    if plan.dated:
        parts += [
            f"lanes by {plan.lanes.by}",
            "time runs down",
            "each marker sits at its date, its line leads to its report",
        ]
        if shaded(plan):
            parts.append("shaded: 5 or more within 3 days")
    return " · ".join(parts)


def _heads(plan: Plan, y: float) -> float:
    """Names above the lanes and columns; returns the y of the rule below them."""
    scene, sheet, cols = plan.scene, plan.page, plan.columns
    per_lane = max(1, int(cols.lane / (sheet.small * 1.24)))
    heads = [_head(lanes.title(plan.lanes, name), sheet, per_lane) for name in plan.lanes.names] if plan.dated else []
    tall = max((text.width(line, sheet.small, "bold") for lines in heads for line in lines), default=0.0)
    marked = plan.lanes.by == "type"
    base = y + sheet.body * 0.8 + max(tall + (sheet.body * 1.9 if marked else 0), sheet.small * 3.6)
    for k, lines in enumerate(heads):
        x = cols.lanes + (k + 0.5) * cols.lane
        foot = base - (sheet.body * 1.9 if marked else sheet.body * 0.3)
        for n, line in enumerate(lines):
            across = x + (n - (len(lines) - 1) / 2) * sheet.small * 1.24
            scene.write(across, foot, line, sheet.small, weight="bold", turned=True)
        if marked:
            scene.mark(x, base - sheet.body * 0.75, plan.looks[plan.lanes.names[k]], sheet.mark, 1.0)
    if plan.events:
        up = base - sheet.small * 0.8
        what = ["What was reported" + (", place and source" if cols.source is None else "")]
        if cols.date_wide:
            scene.write(cols.date, up, "Date", sheet.small, colour=MUTE)
        else:
            what = ["Date, place, source, and what was reported", "Date, place, source, report", "Reports", ""]
        room = cols.text_wide - sheet.body
        scene.write(
            cols.text,
            up,
            next((words for words in what if text.width(words, sheet.small) < room), ""),
            sheet.small,
            colour=MUTE,
        )
        if cols.source is not None:
            scene.write(cols.source, up, "Place · who says so", sheet.small, colour=MUTE)
    return base + sheet.body * 0.5


def _head(name: str, sheet: Page, most: int) -> list[str]:
    """The name of a lane in at most ``most`` turned lines, cut with an ellipsis if it is far too long."""
    for room in (84.0, 110.0, 150.0):
        lines = text.wrap(name, sheet.small, room, "bold")
        if len(lines) <= most:
            return lines
    lines = lines[:most]
    while lines[-1] and text.width(lines[-1] + "…", sheet.small, "bold") > 150.0:
        lines[-1] = lines[-1][:-1]
    return [*lines[:-1], lines[-1].rstrip() + "…"]


def _body(plan: Plan, top: float) -> float:
    """Axis, lanes, markers, leaders and rows of the dated events; returns the y below them."""
    scene, sheet, cols = plan.scene, plan.page, plan.columns
    gap = sheet.body * 0.45
    written = make_rows(sheet, [event for event, _ in plan.dated], cols, plan.articles, plan.language)
    need = sum(row.height for row in written) + gap * (len(written) - 1)
    high = max(1.06 * need, 60.0 + 12 * min(len(written), 15), 110.0) + plan.stretch
    early = {event.id for event, _ in plan.earlier}
    near = axis_days([item for event, item in plan.dated if event.id not in early])
    scale = axis.scale(near, top + 8, top + high - 8, earlier=[item.anchor for _, item in plan.earlier])
    where = spots(sheet, plan.dated, plan.lanes, cols, scale)
    order = sorted(range(len(written)), key=lambda k: (where[k].y, k))
    heights = [written[k].height for k in order]
    centres = rows.place([where[k].y for k in order], heights, top + 2, top + high, gap)
    draw_grid(plan, scale, top, high)
    draw_shades(plan, scale, order, centres, heights, gap)
    top_of = _harm_end(plan)
    bottom = top + high
    for k, (place, centre) in enumerate(zip(order, centres, strict=True)):
        event, item = plan.dated[place]
        row, y = written[place], centre - heights[k] / 2 + sheet.step / 2
        draw_spot(scene, sheet, event, item, where[place], plan.looks[event.type], scale)
        _leader(plan, event, where[place], y)
        write_row(scene, sheet, row, cols, y, plan.looks[event.type])
        harm_bar(scene, sheet, event, cols, y, top_of)
        if k:
            middle = (centres[k - 1] + heights[k - 1] / 2 + centre - heights[k] / 2) / 2
            scene.rule((cols.date, middle), (sheet.width - sheet.margin, middle), colour="#e6e6e6", layer=0.6)
    bottom = max(bottom, centres[-1] + heights[-1] / 2 + 4)
    _harm_head(plan, top, bottom, top_of)
    if plan.tolls:
        bottom = max(bottom, draw_tolls(scene, sheet, plan.tolls, cols, scale, top, bottom, plan.language))
    return bottom + sheet.body


def _leader(plan: Plan, event: Event, spot: Spot, y: float) -> None:
    cols, colour = plan.columns, plan.looks[event.type].colour
    right = cols.lanes + cols.lane * len(plan.lanes.names)
    end = cols.key - plan.page.mark * 0.55
    bend = (end - right) * 0.55
    if spot.x < right:
        plan.scene.rule((spot.x, spot.y), (right, spot.y), colour=colour, width=0.45, layer=1.5, alpha=0.55)
    plan.scene.rule(
        (right, spot.y),
        (right + bend, spot.y),
        (end - bend, y),
        (end, y),
        colour=colour,
        width=0.75,
        layer=2.2,
        bent=True,
        key=f"ev:{event.id}:lead",
    )


def _harm_end(plan: Plan) -> float:
    """End of the casualty axis: what is earlier may run over it, so that it does not flatten the news."""
    early = {event.id for event, _ in plan.earlier}
    return harm_scale([event for event in plan.events if event.id not in early]) or harm_scale(plan.events)


def _harm_head(plan: Plan, top: float, bottom: float, top_of: float) -> None:
    cols, sheet, scene = plan.columns, plan.page, plan.scene
    if cols.harm is None or not top_of:
        return
    for value in (0.0, top_of / 2, top_of):
        x = cols.harm + value / top_of * cols.bar
        value_line(scene, x, top - 2, bottom)
        if value != top_of / 2 or cols.bar > 58:
            scene.write(
                x,
                top - 4 - sheet.small * 0.9,
                f"{value:,.0f}",
                sheet.small,
                colour=MUTE,
                align="center",
            )
    for n, line in enumerate(("Killed in the incident", "bar best, line range")):
        x = min(cols.harm, sheet.width - sheet.margin - text.width(line, sheet.small, "bold" if n == 0 else "normal"))
        scene.write(
            x,
            top - 4 - sheet.small * (3.4 - n * 1.2),
            line,
            sheet.small,
            weight="bold" if n == 0 else "normal",
            colour=INK if n == 0 else MUTE,
        )


def _undated(plan: Plan, y: float) -> float:
    """The section of events that the text does not date."""
    scene, sheet, cols = plan.scene, plan.page, plan.columns
    y += sheet.body * 0.8
    number = len(plan.undated)
    scene.rule((cols.date, y), (sheet.width - sheet.margin, y), colour=INK, width=0.8)
    y += sheet.body * 1.2
    scene.write(
        cols.date,
        y,
        f"No date in the text: {number} event{'' if number == 1 else 's'}, in the order of the reports",
        sheet.body,
        weight="bold",
    )
    y += sheet.body * 1.1
    top_of = _harm_end(plan)
    for event, row in zip(
        plan.undated, make_rows(sheet, plan.undated, cols, plan.articles, plan.language), strict=True
    ):
        write_row(scene, sheet, row, cols, y + sheet.step / 2, plan.looks[event.type])
        harm_bar(scene, sheet, event, cols, y + sheet.step / 2, top_of)
        y += row.height + sheet.body * 0.45
    return y + sheet.body * 0.4


def _nothing(plan: Plan, y: float) -> float:
    sheet = plan.page
    for line in text.wrap(
        "No events were found. Nothing is wrong with the picture: there is nothing to draw.",
        sheet.body + 1,
        sheet.width - 2 * sheet.margin,
    ):
        plan.scene.write(sheet.margin, y + sheet.body, line, sheet.body + 1)
        y += sheet.body * 1.6
    return y + sheet.body * 2


def _foot(plan: Plan, y: float, note: str | None, remarks: Sequence[str]) -> None:
    timings = [item for _, item in plan.dated]
    groups = [
        [] if plan.lanes.by == "type" and plan.dated else furniture.type_keys(plan.looks),
        furniture.time_keys(timings),
        furniture.state_keys(plan.events) if plan.events else [],
    ]
    if plan.lanes.by == "actor" and plan.dated:
        groups[1].append(furniture.Key("party", "also takes part"))
    if any(shape.key == furniture.SHARED for shape in plan.scene.shapes):
        groups[1].append(furniture.Key("shared", "several events"))
    y = furniture.legend(plan.scene, plan.page, y, groups)
    said = [*remarks, *lanes.remarks(plan.lanes, "lane")]
    cut = [
        name for name in plan.lanes.names if text.width(lanes.title(plan.lanes, name), plan.page.small, "bold") > 250
    ]
    said += [f"Lane in full: {name}." for name in cut]
    said += wording.noted(note)
    if left_out := len(plan.given) - len(plan.events):
        said.append(f'{left_out} not drawn: width="A3" has room for more rows, kind="overview" counts all.')
    plan.scene.height = furniture.foot(plan.scene, plan.page, y, plan.given, plan.articles, said)
