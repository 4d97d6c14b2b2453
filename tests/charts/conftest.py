"""Invented events and the checks that every picture must pass."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

import pytest

from timeline.charts import palette
from timeline.charts.scene import Line, Scene, Text, overlaps
from timeline.records import Article, Attribution, Claim, Count, Event, Place, Role, Span, Total, When

PLACES = ("Harun", "Velia", "Oskar Bridge", "Tamsk", "North Loma", "Qasr", "Ume")
ACTORS = ("Northern Army", "River Front", "Velian government", "Free Loma Brigade", "League of Cities", "civilians")
KINDS = ("military", "rebel", "government", "rebel", "igo", "civilians")
SOURCES = ("Coast Wire", "Loma Post", "Radio Ume", "Hill Agency")
FACTS = ("happened",) * 9 + ("disputed", "denied", "negated", "planned", "threatened", "possible", "hypothetical")
ROLES = {
    "battle": ("side_a", "side_b"),
    "defection": ("defector", "from"),
    "siege": ("besieger", "besieged"),
    "territory_change": ("captor", "loser"),
    "withdrawal": ("force", "to_actor"),
    "deployment": ("sender", "force"),
    "aid": ("provider", "recipient"),
    "coup": ("plotters", "target"),
    "leadership_change": ("by", "person"),
    "kidnapping": ("perpetrator", "victims"),
    "detention": ("authority", "detainees"),
    "release": ("captor", "released"),
    "displacement": ("cause", "displaced"),
    "protest": ("protesters", "against"),
    "crackdown": ("authority", "target"),
    "ceasefire": ("parties", "parties"),
    "negotiation": ("parties", "parties"),
    "sanctions": ("imposer", "target"),
    "statement": ("speaker", "addressee"),
    "casualty_report": ("counted", "source"),
}
START = dt.date(2011, 3, 4)


def _pick(items: Sequence, number: int):
    return items[number % len(items)]


def _when(k: int, days: int) -> When:
    """A date of one of the eight forms, spread over ``days`` days."""
    day = START + dt.timedelta(days=(k * 7919) % max(days, 1))
    last = day + dt.timedelta(days=3 + k % 40)
    first = day.replace(day=1)
    month_end = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    forms = (
        When(day, day, "day"),
        When(day, day, "day"),
        When(day, day, "day"),
        When(day, last, "day", "extent"),
        When(first, month_end, "month"),
        When(day, None, "day", "since", ongoing_at=last),
        When(None, day, "unknown", basis="doc_date"),
        When(day.replace(month=1, day=1), day.replace(month=12, day=31), "year", approximate=True),
    )
    return forms[k % 8] if days > 1 else forms[0]


def _count(k: int, low: int, high: int | None, source: str | None, *, running: bool = False) -> Count:
    return Count(
        "killed",
        low,
        low,
        high,
        "at_least",
        "incident",
        running,
        "2011-03" if running else None,
        False,
        None,
        "people",
        "victim",
        source,
        None,
        "happened",
        None,
        0,
        Span(0, 4, "word"),
    )


def make_event(
    k: int,
    *,
    days: int = 500,
    types: Sequence[str] = palette.TYPES,
    actors: Sequence[str] = ACTORS,
    when: When | None = None,
) -> Event:
    """The k-th invented event."""
    kind = _pick(types, k * 5 + k // 27)
    pair = ROLES.get(kind, ("perpetrator", "target"))
    people = [_pick(actors, k), _pick(actors, k * 3 + 1)]
    roles = tuple(
        Role(
            role,
            None,
            name,
            _pick(KINDS, actors.index(name)),
            Span(0, 4, "word"),
            "residents" if k % 13 == 0 else None,
            k % 13 == 0,
        )
        for role, name in zip(pair, dict.fromkeys(people), strict=False)
    )
    killed = Total(k % 30, k % 30 + 5, None if k % 4 == 0 else k % 30 + 20) if k % 3 == 0 else None
    counts = (_count(k, k % 30 + 5, None, "doctors"), _count(k, k % 30 + 20, k % 30 + 20, "the army")) if killed else ()
    if kind == "casualty_report":
        counts = (_count(k, 1000 + 40 * k, None, _pick(("Watch", "Ministry"), k), running=True),)
    return Event(
        f"e{k:05d}",
        f"a{k:05d}",
        kind,
        None,
        Span(0, 4, "word"),
        when or _when(k, days),
        roles,
        Place(_pick(PLACES, k)),
        counts,
        killed,
        None,
        _pick(FACTS, k),
        k % 11 == 5,
        Span(0, 30, None),
        Attribution("doctors", "said", (), "medical", False, None) if k % 5 else None,
        (0.9, 0.6, 0.3)[k % 3],
        claims=(Claim("killed", {"low": 3, "best": 3, "high": 3}, "a monitor", Span(0, 4, "word")),)
        if k % 9 == 0
        else (),
    )


@pytest.fixture(scope="session")
def invent() -> Callable[..., list[Event]]:
    """Make n invented events, the same ones every time."""

    def made(number: int, **style) -> list[Event]:
        return [make_event(k, **style) for k in range(number)]

    return made


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    """An article behind every invented event."""
    text = "Shells fell near the old bridge of Velia at dawn, two doctors said."
    return {f"a{k:05d}": Article(f"a{k:05d}", text, dt.date(2012, 8, 7), None, _pick(SOURCES, k)) for k in range(1000)}


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str = "#ffffff") -> float:
    """Contrast of two colours after WCAG 2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _behind(scene: Scene, item: Text) -> str:
    """Colour of the topmost opaque shape below a text."""
    left, top, right, low = item.box
    x, y = (left + right) / 2, (top + low) / 2
    best, colour = -1.0, "#ffffff"
    for shape in scene.shapes:
        xs, ys = [p[0] for p in shape.points], [p[1] for p in shape.points]
        if shape.fill and min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) and best <= shape.layer < item.layer:
            best, colour = shape.layer, _over(shape.fill, shape.alpha)
    return colour


def _over(colour: str, alpha: float) -> str:
    parts = [round(255 + (int(colour[k : k + 2], 16) - 255) * alpha) for k in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _flat(line: Line) -> list[tuple[float, float]]:
    if not line.bent:
        return list(line.points)
    p = line.points
    return [
        tuple(
            (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d
            for a, b, c, d in zip(*p, strict=True)
        )
        for t in (n / 24 for n in range(25))
    ]


def _through(points: Sequence[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    from timeline.charts.edges import crosses

    return any(crosses(a, b, box) for a, b in itertools.pairwise(points))


def _crossing(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    gaps = [a[1] - b[1] for a, b in zip(one, other, strict=True)]
    return max(gaps) > 1e-6 and min(gaps) < -1e-6


@pytest.fixture(scope="session")
def faults() -> Callable[..., list[str]]:
    """All that is wrong with a scene: an empty list for a good picture."""

    def found(scene: Scene, events: Sequence[Event] = ()) -> list[str]:
        out = [f"overlap: {a.text!r} and {b.text!r}" for a, b in overlaps(scene.texts)]
        for item in scene.texts:
            left, top, right, low = item.box
            if left < 2 or top < 2 or right > scene.width - 2 or low > scene.height - 2:
                out.append(f"outside: {item.text!r} {item.box}")
            if item.size < 7:
                out.append(f"small: {item.text!r}")
            if contrast(item.colour, _behind(scene, item)) < 4.5:
                out.append(f"faint: {item.text!r}")
        out += [f"pale marker: {mark.key}" for mark in scene.marks if contrast(mark.edge) < 3]
        leaders = [_flat(line) for line in scene.lines if line.key.endswith(":lead")]
        boxes = [item.box for item in scene.texts]
        out += ["leader through text" for leader in leaders for box in boxes if _through(leader, box)]
        out += ["leaders cross" for one, other in itertools.combinations(leaders, 2) if _crossing(one, other)]
        values = [line.points for line in scene.lines if line.key == "value"]
        numbers = [item for item in scene.texts if item.key.endswith(":killed")]
        out += [f"axis through {item.text!r}" for line in values for item in numbers if _through(line, item.box)]
        lands = [item for item in scene.texts if item.key == "land"]
        coasts = [line.points for line in scene.lines if line.key == "ground"] if lands else []
        out += [f"coast through {item.text!r}" for item in lands for coast in coasts if _through(coast, item.box)]
        ties = [_flat(line) for line in scene.lines if line.key == "tie"]
        named = [
            item for item in scene.texts if item.key in ("name", "number") or ":text" in item.key or ":date" in item.key
        ]
        out += [f"line through {item.text!r}" for tie in ties for item in named if _through(tie, item.box)]
        keys = (
            {mark.key for mark in scene.marks} | {item.key for item in scene.texts} | {line.key for line in scene.lines}
        )
        dated = {event.id for event in events if event.when.start or event.when.end or event.when.ongoing_at}
        for event in events:
            wanted = ["key", "text", "date"] + (["mark", "lead"] if event.id in dated else [])
            out += [f"no {part} of {event.id}" for part in wanted if f"ev:{event.id}:{part}" not in keys]
        return out

    return found
