"""The weightiest events of an overview: numbered on a strip below the axis, and written out in full."""

from __future__ import annotations

from timeline.charts import furniture, palette, rows, text, wording
from timeline.charts.overview_plan import Plan
from timeline.charts.palette import INK, RED
from timeline.charts.scene import Shape
from timeline.charts.weights import RULE
from timeline.headline import headline
from timeline.records import Event


def draw_numbers(plan: Plan, base: float) -> float:
    """Numbers of the written-out events on a strip below the axis, spread so that none touches another."""
    scene, sheet = plan.scene, plan.page
    when = {event.id: item for event, item in plan.dated}
    wanted = [plan.scale(when[event.id].anchor) for event in plan.chosen]
    size = sheet.body * 1.5
    placed = rows.place(wanted, [size] * len(wanted), plan.left, plan.right + size, 1.5)
    y = base + sheet.body * 2.2
    for k, (event, wish, x) in enumerate(zip(plan.chosen, wanted, placed, strict=True)):
        scene.rule((wish, base + 1), (x, y - size / 2), colour=plan.looks[event.type].colour, width=0.7, layer=3)
        _number(plan, x, y, k + 1, event)
    return y + size / 2


def _number(plan: Plan, x: float, y: float, number: int, event: Event) -> None:
    sheet, ring = plan.page, palette.outline("disc")
    half = sheet.body * 0.78
    points = tuple((x + a * half, y + b * half) for a, b in ring)
    plan.scene.shapes.append(Shape(points, "#ffffff", plan.looks[event.type].colour, 1.0, 4))
    plan.scene.write(x, y, str(number), sheet.small, weight="bold", align="center")


def write_list(plan: Plan, y: float) -> float:
    """The chosen events in full, in one or two columns."""
    scene, sheet = plan.scene, plan.page
    if not plan.chosen:
        return y
    deadly = all(wording.incident_dead(event) is not None for event in plan.chosen)
    number = len(plan.chosen)
    words = f"The {number} deadliest reported incidents" if deadly else f"The {number} weightiest events: {RULE}"
    scene.rule((sheet.margin, y), (sheet.width - sheet.margin, y), colour=INK, width=0.8)
    words = words if number > 1 else "The event"
    for line in text.wrap(words, sheet.body + 0.4, sheet.width - 2 * sheet.margin, "bold"):
        y += sheet.body * 1.3
        scene.write(sheet.margin, y, line, sheet.body + 0.4, weight="bold")
    y += sheet.body * 1.8
    across = 2 if sheet.width >= 800 and number > 3 else 1
    wide = (sheet.width - 2 * sheet.margin - (across - 1) * sheet.body * 2.2) / across
    dates = max(text.width(wording.date_text(event.when, plan.language), sheet.body, "bold") for event in plan.chosen)
    dates = min(dates, wide * 0.3) + sheet.body
    half = -(-number // across)
    bottom = y
    for column in range(across):
        x, at = sheet.margin + column * (wide + sheet.body * 2.2), y
        for k in range(column * half, min((column + 1) * half, number)):
            at = _entry(plan, x, at, wide, dates, k)
        bottom = max(bottom, at)
    return bottom + sheet.body * 0.3


def _told(event: Event) -> str:
    """The headline, with the words of the text where the record knows neither who nor where."""
    said = text.tidy(headline(event, counts=False))
    words = wording.quote(event, None) if wording.is_bare(event) else ""
    if not words:
        return said
    short = words if len(words) <= 150 else words[:150].rsplit(" ", 1)[0] + " …"
    return f"{said}: “{short}”"


def _entry(plan: Plan, x: float, y: float, wide: float, dates: float, k: int) -> float:
    scene, sheet, event = plan.scene, plan.page, plan.chosen[k]
    look, dead = plan.looks[event.type], wording.incident_dead(event)
    number = wording.short_total(dead) if dead is not None else ""
    _number(plan, x + sheet.body * 0.8, y, k + 1, event)
    scene.mark(x + sheet.body * 2.5, y, look, sheet.mark, event.confidence, key=f"ev:{event.id}:key")
    furniture.factuality_sign(scene, x + sheet.body * 2.5, y, sheet.mark, event.factuality, look.colour)
    left = x + sheet.body * 3.5
    scene.write(x + wide, y, number, sheet.body, colour=RED, weight="bold", align="right")
    date = text.wrap(wording.date_text(event.when, plan.language), sheet.body, dates - sheet.body, "bold")
    room = wide - (left - x) - dates - text.width(number, sheet.body, "bold") - sheet.body
    said = text.wrap(_told(event), sheet.body, room)
    for column, lines, weight in ((left, date, "bold"), (left + dates, said, "normal")):
        for n, line in enumerate(lines):
            scene.write(column, y + n * sheet.step, line, sheet.body, weight=weight)
    return y + max(len(date), len(said)) * sheet.step + sheet.body * 0.6
