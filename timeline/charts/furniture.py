"""What every picture has around it: title, line of facts, legend, foot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from timeline.charts import palette, text, wording
from timeline.charts.palette import INK, MUTE, Look
from timeline.charts.scene import Scene, Shape
from timeline.charts.sizes import Page
from timeline.charts.timing import Timing
from timeline.codec import to_json
from timeline.records import Article, Event

Fit = TypeVar("Fit")
GREY, SHARED = "#444444", "shared"
Sign = Literal[
    "type",
    "day",
    "lasted",
    "window",
    "open_start",
    "open_end",
    "approximate",
    "confidence",
    "disputed",
    "denied",
    "unreal",
    "background",
    "party",
    "shared",
]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: what is drawn, and what it means."""

    sign: Sign
    meaning: str
    look: Look | None = None
    confidence: float = 1.0


def header(scene: Scene, page: Page, title: str, facts: str) -> float:
    """Title and line of facts; returns the y below them."""
    room, y = page.width - 2 * page.margin, page.margin + page.title * 0.62
    for line in text.wrap(text.tidy(title), page.title, room, "bold"):
        scene.write(page.margin, y, line, page.title, weight="bold")
        y += page.title * 1.25
    y += page.body * 0.2
    for line in text.wrap(facts, page.body + 0.2, room):
        scene.write(page.margin, y, line, page.body + 0.2, colour=MUTE)
        y += page.body * 1.35
    return y


def fingerprint(events: Iterable[Event]) -> str:
    """Ten digits of a hash of the records, the same for any order."""
    lines = sorted(json.dumps(to_json(event), ensure_ascii=True, sort_keys=True) for event in events)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:10]


def foot(
    scene: Scene,
    page: Page,
    y: float,
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    remarks: Sequence[str],
) -> float:
    """Sources counted, "not verified", remarks, missing letters, fingerprint; returns the y below them."""
    parts = [wording.source_note(events, articles) if events else "", *remarks]
    if chars := text.missing(line.text for line in scene.texts):
        parts.append(text.lacking(chars, most=12))
    parts.append(f"Data sha256 {fingerprint(events)} · drawn with timeline")
    y += page.small * 1.1
    for line in text.wrap(" ".join(part for part in parts if part), page.small, page.width - 2 * page.margin):
        scene.write(page.margin, y, line, page.small, colour=MUTE)
        y += page.small * 1.3
    return y + page.margin - page.small * 0.3


def fitted(page: Page, title: str, fits: Sequence[Fit], compose: Callable[[Scene, Fit], Scene]) -> Scene:
    """The first of several ways to compose a picture that the page holds, else the last; a roll takes the first."""
    for fit in fits if page.height else fits[:1]:
        scene = compose(Scene(page.width, title=title), fit)
        if scene.height <= page.height:
            break
    scene.height = max(scene.height, page.height)
    return scene


def type_keys(looks: Mapping[str, Look]) -> list[Key]:
    """A key for every type."""
    return [Key("type", look.label, look) for look in looks.values()]


def time_keys(timings: Sequence[Timing]) -> list[Key]:
    """Keys for the ways in which these events sit in time."""
    forms = {item.form for item in timings}
    out = [Key("day", "day known")] if "day" in forms else []
    if "lasted" in forms:
        out.append(Key("lasted", "lasted: bar from start to end"))
    if "window" in forms:
        out.append(Key("window", "some day in this window"))
    if any(item.open_start for item in timings):
        out.append(Key("open_start", "from earlier, or start not known"))
    if any(item.open_end for item in timings):
        out.append(Key("open_end", "goes on beyond, or end not known"))
    if any(item.approximate for item in timings):
        out.append(Key("approximate", "about"))
    return out


def state_keys(events: Sequence[Event]) -> list[Key]:
    """Keys for confidence, factuality and background, as far as they occur."""
    levels = {2 if event.confidence >= 0.8 else 1 if event.confidence >= 0.5 else 0 for event in events}
    words = ((2, "high confidence (0.8 or more)", 1.0), (1, "medium (0.5 or more)", 0.6), (0, "low", 0.0))
    out = [Key("confidence", meaning, confidence=value) for level, meaning, value in words if levels]
    facts = {event.factuality for event in events}
    if "disputed" in facts:
        out.append(Key("disputed", "disputed"))
    if facts & {"denied", "negated"}:
        out.append(Key("denied", "denied, or did not happen"))
    if facts & {"planned", "threatened", "possible", "hypothetical"}:
        out.append(Key("unreal", "planned, threatened, possible or hypothetical"))
    if any(event.background for event in events):
        out.append(Key("background", "background"))
    return out


def legend(
    scene: Scene,
    page: Page,
    y: float,
    groups: Sequence[Sequence[Key]],
    *,
    left: float | None = None,
    right: float | None = None,
) -> float:
    """Draw the keys in lines, each group on a new line if it does not fit; returns the y below."""
    left = page.margin if left is None else left
    right = page.width - page.margin if right is None else right
    size, x = page.small + 0.3, left
    deep = page.body * 2.0
    y += deep * 0.5
    for group in groups:
        if not group:
            continue
        if x > left:
            x += page.body
            if x + sum(_wide(key, size) for key in group) > right:
                x, y = left, y + deep
        for key in group:
            if x > left and x + _wide(key, size) > right + page.body:
                x, y = left, y + deep
            draw_key(scene, page, x + page.body * 1.1, y, key)
            scene.write(x + page.body * 2.4, y, key.meaning, size)
            x += _wide(key, size)
    return y + deep * 0.6


def _wide(key: Key, size: float) -> float:
    return size * 4.0 + text.width(key.meaning, size)


def draw_key(scene: Scene, page: Page, x: float, y: float, key: Key) -> None:
    """The sign of one key, around (x, y)."""
    grey = Look("", "", GREY, "disc")
    high = page.body * 0.8
    if key.sign == "type" and key.look is not None:
        scene.mark(x, y, key.look, page.mark, 1.0)
        return
    if key.sign == "shared":
        scene.mark(x, y, grey, page.mark, 1.0)
        halo(scene, x, y, page.mark, GREY)
        return
    if key.sign == "party":
        scene.mark(x, y, grey, page.mark * 0.5, 0.0)
        return
    if key.sign in ("day", "confidence", "disputed", "denied", "unreal"):
        scene.mark(x, y, grey, page.mark, key.confidence)
        fact = {"disputed": "disputed", "denied": "denied", "unreal": "planned"}.get(key.sign)
        if fact:
            factuality_sign(scene, x, y, page.mark, fact, GREY)
        return
    if key.sign == "background":
        scene.mark(x, y, grey, page.mark * 0.68, 1.0)
        return
    span = {
        "lasted": Timing(0, 0, 0, "lasted"),
        "window": Timing(0, 0, 0, "window"),
        "open_start": Timing(0, 0, 0, "window", open_start=True),
        "open_end": Timing(0, 0, 0, "lasted", open_end=True),
        "approximate": Timing(0, 0, 0, "window", approximate=True),
    }[key.sign]
    top, low = y - high, y + high
    if key.sign == "open_start":
        duration(scene, x, y - high * 1.1, y + high * 0.4, span, GREY, page.mark)
        scene.mark(x, y + high * 0.4, grey, page.mark * 0.8, 1.0)
    elif key.sign == "open_end":
        duration(scene, x, y - high * 1.1, y + high * 0.2, span, GREY, page.mark)
        scene.mark(x, y - high * 1.1, grey, page.mark * 0.8, 1.0)
    else:
        duration(scene, x, top, low, span, GREY, page.mark)
        scene.mark(x, y, grey, page.mark * 0.8, 1.0)


def duration(scene: Scene, x: float, top: float, low: float, item: Timing, colour: str, mark: float) -> None:
    """A window as a pale bracketed band, a duration as a solid bar, an open end as an arrow; time runs down."""
    half = mark * 0.5
    head = mark * 0.45
    if item.form == "window":
        if item.open_start:
            top = min(top, low - mark * 1.7)
        if item.open_end:
            low = max(low, top + mark * 1.7)
        scene.box(x - half, top, x + half, low, fill=colour, alpha=0.22, layer=2)
        dash: str | tuple[float, tuple[float, ...]] = (0.0, (1.6, 1.2)) if item.approximate else "-"
        for y, is_open, away in ((top, item.open_start, -1), (low, item.open_end, 1)):
            if is_open:
                scene.rule(
                    (x - half, y - away * head), (x, y), (x + half, y - away * head), colour=colour, width=1.0, layer=3
                )
            else:
                scene.rule((x - half * 1.15, y), (x + half * 1.15, y), colour=colour, width=1.1, layer=3, dash=dash)
    elif item.form == "lasted":
        if item.open_end:
            low = max(low, top + mark * 1.5)
        if item.open_start:
            top = min(top, low - mark * 1.5)
        scene.rule(
            (x, top),
            (x, low),
            colour=colour,
            width=mark * 0.4,
            layer=3,
            dash=(0.0, (1.0, 0.5)) if item.approximate or item.open_start else "-",
        )
        if item.open_end:
            scene.rule(
                (x - half, low - head * 0.4),
                (x, low + head),
                (x + half, low - head * 0.4),
                colour=colour,
                width=1.1,
                layer=3,
            )
        if item.open_start:
            scene.rule(
                (x - half, top + head * 0.4),
                (x, top - head),
                (x + half, top + head * 0.4),
                colour=colour,
                width=1.1,
                layer=3,
            )


def factuality_sign(scene: Scene, x: float, y: float, size: float, factuality: str, colour: str) -> None:
    """A slash for disputed, a bar for denied, corners around what has not happened (yet)."""
    far = size * 0.7
    if factuality == "disputed":
        scene.rule((x - far, y + far), (x + far, y - far), colour="#ffffff", width=2.0, layer=5.1)
        scene.rule((x - far, y + far), (x + far, y - far), colour=INK, width=0.9, layer=5.2)
    elif factuality in ("denied", "negated"):
        for up in (-1, 1):
            scene.rule((x - far, y - up * far), (x + far, y + up * far), colour="#ffffff", width=2.0, layer=5.1)
            scene.rule((x - far, y - up * far), (x + far, y + up * far), colour=INK, width=0.9, layer=5.2)
    elif factuality in ("planned", "threatened", "possible", "hypothetical"):
        short = size * 0.34
        for sx in (-1, 1):
            for sy in (-1, 1):
                scene.rule(
                    (x + sx * far, y + sy * (far - short)),
                    (x + sx * far, y + sy * far),
                    (x + sx * (far - short), y + sy * far),
                    colour=colour,
                    width=0.9,
                    layer=5,
                )


def halo(scene: Scene, x: float, y: float, size: float, colour: str) -> None:
    """A ring around a marker that stands for several events."""
    ring = palette.outline("disc")
    points = tuple((x + a * size * 0.78, y - b * size * 0.78) for a, b in ring)
    scene.shapes.append(_ring(points, colour))


def _ring(points: tuple[tuple[float, float], ...], colour: str) -> Shape:
    return Shape(points, None, colour, 0.8, 4.9, key=SHARED)
