"""Two graphs: actors tied by what they share, and actors with their events; no label on a label or a line."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline.charts import furniture, layout, palette, text
from timeline.charts.edges import Box, bent, best_bend, clear, crosses, cut, free_spot
from timeline.charts.palette import INK, MUTE, Look
from timeline.charts.scene import Line, Scene, Shape, paint
from timeline.charts.sizes import Page, page
from timeline.charts.text import Weight
from timeline.charts.ties import Happening, Ties, from_events, from_graph, strongest, tied
from timeline.errors import InputError
from timeline.records import Article, Event

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

MOST_ACTORS, MOST_EVENTS = 40, 60


def network(
    graph_or_events: nx.MultiDiGraph[Any] | Sequence[Event],
    *,
    view: str = "actors",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
) -> Figure:
    """Draw who appears with whom, or who takes part in which event.

    Parameters
    ----------
    graph_or_events : networkx.MultiDiGraph or sequence of Event
        A graph of this library, or events.
    view : {"actors", "events"}
        ``actors``: circles are actors, a line stands for the events of one type that two of them share;
        ``events``: actors and events as boxes. The 40 actors with the most events are drawn, and the foot says so.
        Groups without a name ("the gunmen") are no actors: those of two reports need not be the same. They stand as
        numbers by kind below the names of the actors whose events they share, and are counted in the foot.

    Raises
    ------
    InputError
        If there is no such view, or more than 60 events are to be drawn as boxes.

    Examples
    --------
    >>> network([]).get_gid()
    'Who appears with whom'
    """
    return paint(
        network_scene(
            graph_or_events, view=view, articles=articles, width=width, title=title, note=note, language=language
        )
    )


def network_scene(
    graph_or_events: nx.MultiDiGraph[Any] | Sequence[Event],
    *,
    view: str = "actors",
    articles: Mapping[str, Article] | None = None,
    width: str | float = "A3",
    title: str | None = None,
    note: str | None = None,
    language: str = "en",
    remarks: Sequence[str] = (),
) -> Scene:
    """The graph as a scene, for tests and for `network`."""
    if view not in ("actors", "events"):
        raise InputError("there is no such view", where=repr(view), advice="choose actors or events")
    sheet = page(width)
    events = list(graph_or_events) if isinstance(graph_or_events, Sequence) else []
    whole = (
        from_events(events, language)
        if isinstance(graph_or_events, Sequence)
        else from_graph(graph_or_events, language)
    )
    if view == "events" and len(whole.happenings) > MOST_EVENTS:
        raise InputError(
            f"{len(whole.happenings)} events are too many boxes for one picture",
            advice=f"choose at most {MOST_EVENTS}, or draw the view of actors",
        )
    ties = strongest(whole, MOST_ACTORS)
    name = "Who appears with whom" if view == "actors" else "Actors and events"
    scene = Scene(sheet.width, title=text.tidy(title or "") or name)
    said = list(remarks)
    if len(whole.names) > len(ties.names):
        said.append(f"The {len(ties.names)} actors with the most events of {len(whole.names)} are drawn.")
    if ties.unnamed:
        said.append(
            f"Groups without a name are not drawn, as they are not one actor; their events: {_kinds(ties.unnamed)}."
        )
    if alone := sum(not happening.actors for happening in whole.happenings):
        said.append(f"{alone} of {whole.number} events have no named actor.")
    draw = _actors if view == "actors" else _events
    y = furniture.header(scene, sheet, scene.title, _facts(ties, view))
    if ties.names:
        y = draw(scene, sheet, ties, y + sheet.body)
    else:
        scene.write(sheet.margin, y + sheet.body * 2, "No actor is named: there is nothing to draw.", sheet.body + 1)
        y += sheet.body * 4
    used = (
        {kind for types in ties.pairs.values() for kind in types}
        if view == "actors"
        else {happening.type for happening in ties.happenings}
    )
    y = furniture.legend(scene, sheet, y, [furniture.type_keys(palette.looks(used))])
    said += [note if note.rstrip().endswith(".") else f"{note}."] if note else []
    scene.description = _alt(ties, view)
    said = said if events else [*said, "As reported, not verified."]
    scene.height = furniture.foot(scene, sheet, y, events, articles, said)
    return scene


def _facts(ties: Ties, view: str) -> str:
    number = f"{len(ties.names)} actors, {ties.number} events"
    if view == "actors":
        return (
            f"{number} · circle: events that the actor takes part in · line: events that two share, one line per type, "
            "its number where it is more than one"
            + (" · with: its events with unnamed groups" if any(ties.beside) else "")
        )
    return f"{number} · dark: actors · box edge and marker: type · fill of the marker: confidence"


def _alt(ties: Ties, view: str) -> str:
    top = ", ".join(f"{name} {weight}" for name, weight in zip(ties.names[:10], ties.weights, strict=False))
    kind = "Graph of actors" if view == "actors" else "Graph of actors and events"
    return f"{kind}: {len(ties.names)} actors, {ties.number} events. Most events: {top}. As reported, not verified."


def _kinds(counted: Mapping[str, int]) -> str:
    """Kinds of unnamed groups with the number of their events, the most frequent first.

    Examples
    --------
    >>> _kinds({"unnamed rebels": 4, "unnamed civilians": 11})
    'unnamed civilians 11, rebels 4'
    """
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    said = ", ".join(f"{kind.removeprefix('unnamed ')} {count}" for kind, count in ordered)
    return f"unnamed {said}" if ordered[0][0].startswith("unnamed ") else said


@dataclass(frozen=True, slots=True)
class _Words:
    """One line of a label."""

    text: str
    size: float
    weight: Weight
    colour: str

    @property
    def wide(self) -> float:
        return text.width(self.text, self.size, self.weight)


def _label(name: str, beside: Mapping[str, int], body: float, small: float) -> list[_Words]:
    """The name of an actor, and below it the unnamed groups of its events."""
    lines = [_Words(line, body, "bold", INK) for line in text.balanced(name, body, body * 15, "bold")]
    if beside:
        said = text.balanced(f"with {_kinds(beside)}", small, body * 15)
        lines += [_Words(line, small, "normal", MUTE) for line in said]
    return lines


@dataclass(frozen=True, slots=True)
class _Edge:
    kind: str
    count: int
    points: list[tuple[float, float]]


def _actors(scene: Scene, sheet: Page, ties: Ties, y: float) -> float:
    """Circles with their names, tied by one line for each type of event."""
    import numpy as np

    body, small = sheet.body * 1.15, sheet.small + 0.4
    every = ties
    ties, apart = tied(every)
    names = [_label(name, others, body, small) for name, others in zip(ties.names, ties.beside, strict=True)]
    radii = [body * 0.75 + 2.6 * math.sqrt(min(weight, 120)) for weight in ties.weights]
    wide = [
        max(max(line.wide for line in lines) + 8, 2 * radius + 8) for lines, radius in zip(names, radii, strict=True)
    ]
    deep = [2 * radius + len(lines) * body * 1.2 + 8 for lines, radius in zip(names, radii, strict=True)]
    neighbours: list[set[int]] = [set() for _ in names]
    for a, b in ties.pairs:
        neighbours[a].add(b)
        neighbours[b].add(a)
    room = sheet.width - 2 * sheet.margin
    boxes = np.c_[wide, deep]
    centres, size = layout.arrange(neighbours, boxes, gap=body * 2.6, step=body * 17, wide=room)
    if size[0] < 0.7 * room and size[1] < 0.45 * room:
        larger = body * 17 * min(1.5, 0.8 * room / float(size[0]))
        centres, size = layout.arrange(neighbours, boxes, gap=body * 2.6, step=larger, wide=room)
    centres = _fit(scene, sheet, centres, size)
    middle = [(float(x) + sheet.margin, float(v) + y) for x, v in centres]
    circles = [(x, v - d / 2 + 2 + r) for (x, v), d, r in zip(middle, deep, radii, strict=True)]
    nodes = [(x - r, v - r, x + r, v + r) for (x, v), r in zip(circles, radii, strict=True)]
    edges = _edges(ties, circles, body)
    labels = _labels(names, circles, radii, nodes, edges, body, (sheet.margin, scene.width - sheet.margin, y))
    looks = palette.looks({kind for types in ties.pairs.values() for kind in types})
    _draw_edges(scene, sheet, edges, looks, labels, nodes, small)
    for (x, v), radius, weight, lines, box in zip(circles, radii, ties.weights, names, labels, strict=True):
        scene.shapes.append(Shape(tuple((x + a, v + b) for a, b in _round(radius)), "#e9e9e6", INK, 1.1, 5.4))
        scene.write(x, v, str(weight), small + 0.6, weight="bold", align="center", key="count")
        for n, line in enumerate(lines):
            scene.write(
                (box[0] + box[2]) / 2,
                box[1] + body * (0.65 + 1.2 * n),
                line.text,
                line.size,
                colour=line.colour,
                weight=line.weight,
                align="center",
                key="name",
            )
    low = max([y + float(size[1]), *(box[3] for box in labels)]) + body * 2
    return _apart(scene, sheet, every, apart, low) if apart else low


def _apart(scene: Scene, sheet: Page, ties: Ties, apart: Sequence[int], y: float) -> float:
    """Write out the actors that share no event with another, with the number of their events."""
    said = [
        f"{ties.names[k]} {ties.weights[k]}" + (f" (with {_kinds(ties.beside[k])})" if ties.beside[k] else "")
        for k in apart
    ]
    scene.write(sheet.margin, y, "Actors that share no event with another named one", sheet.body, weight="bold")
    for line in text.wrap(" · ".join(said), sheet.body, scene.width - 2 * sheet.margin):
        y += sheet.body * 1.35
        scene.write(sheet.margin, y, line, sheet.body)
    return y + sheet.body * 2


def _labels(
    names: Sequence[Sequence[_Words]],
    circles: Sequence[tuple[float, float]],
    radii: Sequence[float],
    nodes: Sequence[Box],
    edges: Sequence[_Edge],
    body: float,
    page_box: tuple[float, float, float],
) -> list[Box]:
    """A place for every name, below, above, right or left of its circle: off others, on as few lines as can be."""
    out: list[Box] = []
    for k, (lines, (x, v), r) in enumerate(zip(names, circles, radii, strict=True)):
        half = max(line.wide for line in lines) / 2 + 2.5
        deep = len(lines) * body * 1.2 + 2
        places = [
            (x - half, v + r + 3, x + half, v + r + 3 + deep),
            (x - half, v - r - 3 - deep, x + half, v - r - 3),
            (x + r + 3, v - deep / 2, x + r + 3 + 2 * half, v + deep / 2),
            (x - r - 3 - 2 * half, v - deep / 2, x - r - 3, v + deep / 2),
        ]
        others = [*out, *(box for n, box in enumerate(nodes) if n != k)]
        later = [(a - 2, b, c + 2, d + body * 1.4) for n, (a, b, c, d) in enumerate(nodes) if n > k]
        free = [
            box
            for box in places
            if box[0] >= page_box[0] and box[2] <= page_box[1] and box[1] >= page_box[2] - body and clear(box, others)
        ]
        best = min(
            free or places[:1],
            key=lambda box: (_lines_through(box, edges) * 2 + (not clear(box, later)), places.index(box)),
        )
        out.append(best)
    return out


def _lines_through(box: Box, edges: Sequence[_Edge]) -> int:
    found = 0
    for edge in edges:
        coarse = edge.points[::4]
        found += any(crosses(a, b, box) for a, b in itertools.pairwise(coarse))
    return found


def _fit(scene: Scene, sheet: Page, centres: Any, size: Any) -> Any:
    """Centre the graph on the page, which becomes wider where the graph is."""
    spare = (sheet.width - 2 * sheet.margin - float(size[0])) / 2
    if spare < 0:
        scene.width = float(size[0]) + 2 * sheet.margin
        return centres
    centres = centres.copy()
    centres[:, 0] += spare
    return centres


def _round(radius: float) -> list[tuple[float, float]]:
    return [(radius * math.cos(k * math.pi / 24), radius * math.sin(k * math.pi / 24)) for k in range(48)]


def _edges(ties: Ties, circles: Sequence[tuple[float, float]], body: float) -> list[_Edge]:
    out = []
    for (a, b), types in sorted(ties.pairs.items()):
        start, end = circles[a], circles[b]
        kinds = sorted(types, key=lambda kind: (-types[kind], kind))
        for k, kind in enumerate(kinds):
            off = (k - (len(kinds) - 1) / 2) * min(body * 1.8, body * 8 / len(kinds))
            out.append(_Edge(kind, types[kind], bent(start, end, off * 2)))
    return out


def _draw_edges(
    scene: Scene,
    sheet: Page,
    edges: Sequence[_Edge],
    looks: Mapping[str, Look],
    labels: Sequence[Box],
    nodes: Sequence[Box],
    small: float,
) -> None:
    """Lines with a marker and a number each, kept off every label."""
    taken: list[Box] = [*labels, *nodes]
    numbers: list[Box] = []
    spots = []
    for edge in edges:
        wide = text.width(str(edge.count), small, "bold") + 3 if edge.count > 1 else 0.0
        x, y = free_spot(edge.points, taken, sheet.mark, wide)
        box = (x - sheet.mark / 2 - 1, y - sheet.mark / 2 - 1, x + sheet.mark / 2 + 1 + wide, y + sheet.mark / 2 + 1)
        taken.append(box)
        if wide:
            numbers.append((x + sheet.mark * 0.6, y - small * 0.6, x + sheet.mark * 0.6 + wide, y + small * 0.55))
        spots.append((x, y))
    holes = [(a - 1.2, b - 1.2, c + 1.2, d + 1.2) for a, b, c, d in (*labels, *numbers)]
    for edge, (x, y) in zip(edges, spots, strict=True):
        look = looks[edge.kind]
        for piece in cut(edge.points, holes):
            scene.lines.append(
                Line(tuple(piece), look.colour, min(0.8 + 0.55 * edge.count, 7.0), 2, alpha=0.75, key="tie")
            )
        scene.mark(x, y, look, sheet.mark, 1.0, layer=4)
        if edge.count > 1:
            scene.write(x + sheet.mark * 0.6 + 1.2, y, str(edge.count), small, weight="bold", key="number")


def _events(scene: Scene, sheet: Page, ties: Ties, y: float) -> float:
    """Dark boxes for actors, white ones for events, lines between them."""
    import numpy as np

    body, small = sheet.body * 1.15, sheet.small
    count = len(ties.names)
    names = [text.balanced(name, body, body * 16, "bold") for name in ties.names]
    boxes = [text.balanced(f"{happening.words}", small, small * 17) for happening in ties.happenings]
    dates = [text.wrap(happening.date, small, small * 17, "bold") for happening in ties.happenings]
    step = small * 1.24
    sizes = [
        (max(text.width(line, body, "bold") for line in lines) + 14, len(lines) * body * 1.25 + 7) for lines in names
    ]
    sizes += [
        (
            max(
                [text.width(line, small, "bold") + 14 for line in day] + [text.width(line, small) + 6 for line in lines]
            )
            + 6,
            (len(day) + len(lines)) * step + 6,
        )
        for day, lines in zip(dates, boxes, strict=True)
    ]
    neighbours: list[set[int]] = [set() for _ in sizes]
    for k, happening in enumerate(ties.happenings):
        for actor in happening.actors:
            if actor < count:
                neighbours[actor].add(count + k)
                neighbours[count + k].add(actor)
    room = sheet.width - 2 * sheet.margin
    centres, size = layout.arrange(neighbours, np.array(sizes), gap=small * 1.5, step=small * 15, wide=room)
    centres = _fit(scene, sheet, centres, size)
    middle = [(float(x) + sheet.margin, float(v) + y) for x, v in centres]
    rects = [(x - w / 2, v - h / 2, x + w / 2, v + h / 2) for (x, v), (w, h) in zip(middle, sizes, strict=True)]
    looks = palette.looks(happening.type for happening in ties.happenings)
    for k, happening in enumerate(ties.happenings):
        for actor in happening.actors:
            if actor < count:
                way = best_bend(middle[actor], middle[count + k], rects, {actor, count + k})
                for piece in cut(way, rects):
                    scene.lines.append(Line(tuple(piece), looks[happening.type].colour, 0.9, 1, alpha=0.75, key="tie"))
    for lines, (x, v), rect in zip(names, middle, rects[:count], strict=False):
        scene.box(*rect, fill="#2b2b2b", layer=3)
        for n, line in enumerate(lines):
            scene.write(
                x,
                v + (n - (len(lines) - 1) / 2) * body * 1.25,
                line,
                body,
                colour="#ffffff",
                weight="bold",
                align="center",
                key="name",
            )
    for happening, day, lines, rect in zip(ties.happenings, dates, boxes, rects[count:], strict=True):
        _event_box(scene, sheet, happening, day, lines, rect, looks[happening.type], step)
    return y + float(size[1]) + body * 2


def _event_box(
    scene: Scene,
    sheet: Page,
    happening: Happening,
    day: Sequence[str],
    lines: Sequence[str],
    rect: Box,
    look: Look,
    step: float,
) -> None:
    left, top, right, low = rect
    scene.box(left, top, right, low, fill="#ffffff", edge=look.colour, width=0.9, layer=3)
    at = top + 3 + step / 2
    scene.mark(left + 7, at, look, sheet.mark * 0.85, happening.confidence, key=f"ev:{happening.id}:mark")
    furniture.factuality_sign(scene, left + 7, at, sheet.mark * 0.8, happening.factuality, look.colour)
    for line in day:
        scene.write(left + 14, at, line, sheet.small, weight="bold", key=f"ev:{happening.id}:date")
        at += step
    for line in lines:
        scene.write(left + 5, at, line, sheet.small, key=f"ev:{happening.id}:text")
        at += step
