"""Two graphs: actors tied by what they share, and actors with their events; no label on a label or a line."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline.charts import furniture, layout, matrix, network_words, palette, text, wording
from timeline.charts.edges import Box, bent, best_bend, cut, free_spot
from timeline.charts.node_names import place_names
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
_FITS = tuple((most, close) for most in (40, 30, 22, 16, 13, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) for close in (0.8, 0.62))


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
    """The graph as a scene; on a slide or sheet only as many actors as it holds, those with the most events."""
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
    name = text.tidy(title or "") or ("Who appears with whom" if view == "actors" else "Actors and events")
    notes = wording.noted(note)

    def composed(kind: str, fit: tuple[int, float], said: Sequence[str]) -> Scene:
        return _compose(Scene(sheet.width, title=name), sheet, whole, kind, fit, events, articles, said)

    scene = composed(view, (MOST_ACTORS, 1.0), [*remarks, *notes])
    high = sheet.height or (sheet.paper if view == "actors" else None)
    if not high:
        return scene
    if view == "events" and _overflows(scene, sheet, high):
        why = f"The boxes of {whole.number} events do not fit the page: actors alone are drawn."
        remarks, view, name = [*remarks, why], "actors", text.tidy(title or "") or "Who appears with whom"
        scene = composed(view, (MOST_ACTORS, 1.0), [*remarks, *notes])
    for fit in _FITS:
        if not _overflows(scene, sheet, high):
            break
        scene = composed(view, fit, [*remarks, *notes])
    scene.height = max(scene.height, sheet.height or 0)
    return scene


def _overflows(scene: Scene, sheet: Page, high: float) -> bool:
    return scene.height > high or scene.width > sheet.width


def _compose(
    scene: Scene,
    sheet: Page,
    whole: Ties,
    view: str,
    fit: tuple[int, float],
    events: Sequence[Event],
    articles: Mapping[str, Article] | None,
    remarks: Sequence[str],
) -> Scene:
    """Write the whole page for at most so many actors, the lines shortened by a share."""
    most, close = fit
    ties = strongest(whole, most)
    dense = view == "actors" and matrix.is_dense(tied(strongest(whole, MOST_ACTORS))[0])
    deep = sheet.height * 0.6 * close
    if dense:
        ties = strongest(ties, matrix.most_rows(sheet, deep))
    said = network_words.remarks(whole, ties, dense=dense) + list(remarks)
    marked = dense and matrix.has_markers(sheet, len(tied(ties)[0].names), deep)
    y = furniture.header(scene, sheet, scene.title, network_words.facts(ties, view, dense=dense, marked=marked))
    if not ties.names:
        scene.write(sheet.margin, y + sheet.body * 2, "No actor is named: there is nothing to draw.", sheet.body + 1)
        y += sheet.body * 4
    elif dense:
        among, apart = tied(ties)
        y = matrix.draw_matrix(scene, sheet, among, y + sheet.body, deep)
        y = _apart(scene, sheet, ties, apart, y) if apart else y
    else:
        draw = _actors if view == "actors" else _events
        y = draw(scene, sheet, ties, y + sheet.body, close)
    y = furniture.legend(scene, sheet, y, network_words.keys(ties, view, events, marked=marked or not dense))
    scene.description = network_words.alt(ties, view)
    said = said if events else [*said, "As reported, not verified."]
    scene.height = furniture.foot(scene, sheet, y, events, articles, said)
    return scene


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
        said = text.balanced(f"with {network_words.kinds(beside)}", small, body * 15)
        lines += [_Words(line, small, "normal", MUTE) for line in said]
    return lines


@dataclass(frozen=True, slots=True)
class _Edge:
    kind: str
    count: int
    points: list[tuple[float, float]]


def _actors(scene: Scene, sheet: Page, ties: Ties, y: float, close: float) -> float:
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
    centres, size = layout.arrange(neighbours, boxes, gap=body * 2.6 * close, step=body * 17 * close, wide=room)
    if close == 1.0 and size[0] < 0.7 * room and size[1] < 0.45 * room:
        larger = body * 17 * min(1.5, 0.8 * room / float(size[0]))
        centres, size = layout.arrange(neighbours, boxes, gap=body * 2.6, step=larger, wide=room)
    centres = _fit(scene, sheet, centres, size)
    middle = [(float(x) + sheet.margin, float(v) + y) for x, v in centres]
    circles = [(x, v - d / 2 + 2 + r) for (x, v), d, r in zip(middle, deep, radii, strict=True)]
    nodes = [(x - r, v - r, x + r, v + r) for (x, v), r in zip(circles, radii, strict=True)]
    edges = _edges(ties, circles, body)
    labels = place_names(
        [(max(line.wide for line in lines) / 2 + 2.5, len(lines) * body * 1.2 + 2) for lines in names],
        circles,
        radii,
        [edge.points for edge in edges],
        (sheet.margin, scene.width - sheet.margin, y - body),
    )
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
    said = []
    for k in apart:
        beside = f" (with {network_words.kinds(ties.beside[k])})" if ties.beside[k] else ""
        said.append(f"{ties.names[k]} {ties.weights[k]}{beside}")
    scene.write(sheet.margin, y, "Actors that share no event with another named one", sheet.body, weight="bold")
    for line in text.wrap(" · ".join(said), sheet.body, scene.width - 2 * sheet.margin):
        y += sheet.body * 1.35
        scene.write(sheet.margin, y, line, sheet.body)
    return y + sheet.body * 2


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


def _events(scene: Scene, sheet: Page, ties: Ties, y: float, close: float) -> float:
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
    centres, size = layout.arrange(neighbours, np.array(sizes), gap=small * 1.5, step=small * 15 * close, wide=room)
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
