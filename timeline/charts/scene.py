"""A picture as plain records, in points with the origin at the top left, and the one function that paints it.

Computing never draws and drawing never computes: rooms fill a `Scene`, tests read it, `paint` turns it into a Figure.
"""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from timeline.charts import palette, text
from timeline.charts.text import Weight
from timeline.errors import MissingCharacters, OutputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = tuple[float, float]
DPI = 200
_PIXELS = 60_000
_AREA = 80_000_000
_RISE = 0.36
_FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is the middle of its small letters, or its lower end when it is turned by 90 degrees."""

    x: float
    y: float
    text: str
    size: float
    colour: str = palette.INK
    weight: Weight = "normal"
    align: Literal["left", "center", "right"] = "left"
    turned: bool = False
    key: str = ""
    layer: float = 6

    @property
    def wide(self) -> float:
        """Width in points of the unturned line."""
        return text.width(text.drawable(text.tidy(self.text), self.weight), self.size, self.weight)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the line."""
        wide, up, down = self.wide, 0.66 * self.size, 0.56 * self.size
        shift = {"left": 0.0, "center": wide / 2, "right": wide}[self.align]
        if self.turned:
            return self.x - up, self.y - wide + shift, self.x + down, self.y + shift
        return self.x - shift, self.y - up, self.x - shift + wide, self.y + down


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline, or with ``bent`` one cubic curve of four points."""

    points: tuple[Point, ...]
    colour: str = palette.RULE
    width: float = 0.5
    layer: float = 1
    dash: str | tuple[float, tuple[float, ...]] = "-"
    alpha: float = 1.0
    bent: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon."""

    points: tuple[Point, ...]
    fill: str | None = None
    edge: str | None = None
    width: float = 0.0
    layer: float = 3
    alpha: float = 1.0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker of a type of event, ``size`` points across."""

    x: float
    y: float
    marker: str
    size: float
    fill: str
    edge: str
    layer: float = 5
    key: str = ""


@dataclass(slots=True)
class Scene:
    """What is on the page. ``texts``, ``lines``, ``shapes`` and ``marks`` are filled in the order of drawing."""

    width: float
    height: float = 0.0
    title: str = ""
    description: str = ""
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def write(self, x: float, y: float, words: str, size: float, **style: Any) -> Text:
        """Add one line of text; nothing is added for an empty one."""
        line = Text(x, y, words, size, **style)
        if words.strip():
            self.texts.append(line)
        return line

    def rule(self, *points: Point, **style: Any) -> None:
        """Add a line through the points."""
        self.lines.append(Line(tuple(points), **style))

    def box(self, left: float, top: float, right: float, bottom: float, **style: Any) -> None:
        """Add a rectangle."""
        self.shapes.append(Shape(((left, top), (right, top), (right, bottom), (left, bottom)), **style))

    def mark(self, x: float, y: float, look: palette.Look, size: float, confidence: float, **style: Any) -> None:
        """Add the marker of a type, its fill showing the confidence."""
        fill = palette.tint(look.colour, confidence)
        self.marks.append(Mark(x, y, look.marker, size, fill, look.colour, **style))

    def shift(self, down: float, *, since: tuple[int, int, int, int]) -> None:
        """Move everything that was added since the counts of texts, lines, shapes and marks."""
        for k, group in enumerate((self.texts, self.lines, self.shapes, self.marks)):
            items: list[Any] = group  # type: ignore[assignment]
            for n in range(since[k], len(items)):
                items[n] = _moved(items[n], down)

    def counts(self) -> tuple[int, int, int, int]:
        """How many texts, lines, shapes and marks there are."""
        return len(self.texts), len(self.lines), len(self.shapes), len(self.marks)


def _moved(item: Any, down: float) -> Any:
    if isinstance(item, (Line, Shape)):
        return replace(item, points=tuple((x, y + down) for x, y in item.points))
    return replace(item, y=item.y + down)


def _rgba(colour: str | None, alpha: float) -> tuple[float, float, float, float]:
    if colour is None:
        return 0.0, 0.0, 0.0, 0.0
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return red, green, blue, alpha


def _by_layer(items: Iterable[Any]) -> list[tuple[float, list[Any]]]:
    groups: dict[float, list[Any]] = {}
    for item in items:
        groups.setdefault(item.layer, []).append(item)
    return sorted(groups.items())


def _polygons(scene: Scene) -> list[Shape]:
    """The shapes, and the markers as shapes."""
    out = list(scene.shapes)
    for mark in scene.marks:
        half = mark.size / 2
        corners = tuple((mark.x + x * half, mark.y - y * half) for x, y in palette.outline(mark.marker))
        out.append(Shape(corners, mark.fill, mark.edge, 0.95, mark.layer))
    return out


def _curve(line: Line) -> Any:
    from matplotlib.path import Path as Outline

    if line.bent:
        return Outline(line.points, [1, 4, 4, 4])
    return Outline(line.points)


def _text_artists(scene: Scene, page: Any) -> list[Any]:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text as Drawn

    fonts: dict[tuple[str, tuple[str, ...], float], Any] = {}
    out = []
    for item in scene.texts:
        words = text.drawable(text.tidy(item.text), item.weight)
        extra = text.families(words)
        key = (item.weight, extra, item.size)
        if key not in fonts:
            fonts[key] = (
                FontProperties(family=["DejaVu Sans", *extra], weight=item.weight, size=item.size)
                if extra
                else FontProperties(fname=text.base_file(item.weight), size=item.size)
            )
        x, y = (item.x + _RISE * item.size, item.y) if item.turned else (item.x, item.y + _RISE * item.size)
        drawn = Drawn(
            x,
            y,
            text.isolated(words),
            color=item.colour,
            fontproperties=fonts[key],
            horizontalalignment=item.align,
            verticalalignment="baseline",
            rotation=90 if item.turned else 0,
            rotation_mode="anchor",
            parse_math=False,
            zorder=item.layer,
            transform=page,
        )
        if item.key:
            drawn.set_gid(item.key)
        out.append(drawn)
    return out


def _runs(item: Text) -> list[Text]:
    """A line of two directions as one line for each run, side by side."""
    words = text.drawable(text.tidy(item.text), item.weight)
    shift = {"left": 0.0, "center": item.wide / 2, "right": item.wide}[item.align]
    out, at = [], -shift
    for run in text.runs(words):
        begin = at + text.width(run[: len(run) - len(run.lstrip())], item.size, item.weight)
        x, y = (item.x, item.y - begin) if item.turned else (item.x + begin, item.y)
        out.append(replace(item, x=x, y=y, text=run.strip(), align="left"))
        at += text.width(run, item.size, item.weight)
    return out


@contextlib.contextmanager
def _split(figure: Figure) -> Iterator[None]:
    """While it lasts, lines of two directions are drawn run by run, as matplotlib's PDF misplaces spaces in them."""
    scene = getattr(figure, "scene", None)
    if scene is None:
        yield
        return
    whole = [artist for artist in figure.get_children() if "\u2068" in getattr(artist, "get_text", str)()]
    mixed = [item for item in scene.texts if len(text.runs(text.tidy(item.text))) > 1]
    parts = replace(scene, texts=[run for item in mixed for run in _runs(item)])
    added = [figure.add_artist(artist) for artist in _text_artists(parts, _page(scene, figure))]
    for artist in whole:
        artist.set_visible(False)
    try:
        yield
    finally:
        for artist in added:
            artist.remove()
        for artist in whole:
            artist.set_visible(True)


def _page(scene: Scene, figure: Figure) -> Any:
    """The way from points with the origin at the top left to the figure."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / scene.width, -1 / scene.height).translate(0, 1) + figure.transFigure


def _drawn(scene: Scene, page: Any) -> list[Any]:
    """Shapes, markers and lines, one collection for each layer."""
    from matplotlib.collections import PathCollection, PolyCollection

    out: list[Any] = []
    for layer, shapes in _by_layer(_polygons(scene)):
        out.append(
            PolyCollection(
                [shape.points for shape in shapes],
                zorder=layer,
                transform=page,
                joinstyle="miter",
                facecolors=[_rgba(shape.fill, shape.alpha) for shape in shapes],
                edgecolors=[_rgba(shape.edge, 1.0) for shape in shapes],
                linewidths=[shape.width for shape in shapes],
            )
        )
    for layer, lines in _by_layer(scene.lines):
        out.append(
            PathCollection(
                [_curve(line) for line in lines],
                zorder=layer + 0.1,
                transform=page,
                facecolors="none",
                edgecolors=[_rgba(line.colour, line.alpha) for line in lines],
                capstyle="butt",
                linewidths=[line.width for line in lines],
                linestyles=[line.dash for line in lines],
            )
        )
    return out


def paint(scene: Scene) -> Figure:
    """Draw a scene; its title and description stay with the figure for `save`.

    Returns
    -------
    matplotlib.figure.Figure
        As large as the scene, at 200 dots per inch (fewer beyond 60,000 pixels a side or 80 million in all).

    Raises
    ------
    OutputError
        If the picture is too tall for any image file.

    Warns
    -----
    MissingCharacters
        If no installed font has some characters; all of them are named.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from timeline.charts.picture import Picture

    if chars := text.missing(line.text for line in scene.texts):
        warnings.warn(f"{''.join(chars)}: {text.lacking(chars, most=len(chars))}", MissingCharacters, stacklevel=3)
    most = 72 * (_AREA / (scene.width * scene.height)) ** 0.5
    dots = min(DPI, int(_PIXELS * 72 / max(scene.height, scene.width)), int(most))
    if dots < 60:
        raise OutputError(
            f"a picture of {scene.height / 72:.0f} inches is too tall to draw",
            advice='draw fewer events or kind="overview"',
        )
    figure = Picture(figsize=(scene.width / 72, scene.height / 72), dpi=dots, facecolor="white")
    FigureCanvasAgg(figure)
    figure.scene = scene
    page = _page(scene, figure)
    for artist in [*_drawn(scene, page), *_text_artists(scene, page)]:
        figure.add_artist(artist)
    figure.set_label(scene.description)
    figure.set_gid(scene.title)
    return figure


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure as PNG, SVG or PDF: the same figure gives the same bytes.

    The description of the picture (alt text) stands in the file's metadata. The file is written beside its place and
    then renamed, so that nothing half-written is left.

    Raises
    ------
    OutputError
        If the ending is none of the three, or the place cannot be written.
    """
    import matplotlib as mpl

    path = Path(path)
    kind = path.suffix.lower().lstrip(".")
    if kind not in _FORMATS:
        raise OutputError(
            f"cannot draw a {path.suffix or 'file without an ending'}", where=str(path), advice="use .png, .svg or .pdf"
        )
    title, description = str(figure.get_gid() or ""), str(figure.get_label() or "")
    metadata: dict[str, Any] = {
        "png": {"Software": None, "Title": title, "Description": description},
        "svg": {"Date": None, "Creator": "timeline", "Title": title, "Description": description},
        "pdf": {
            "CreationDate": None,
            "ModDate": None,
            "Creator": "timeline",
            "Producer": "timeline",
            "Title": title,
            "Subject": description,
        },
    }[kind]
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        settings: dict[Any, Any] = {"svg.hashsalt": "timeline", "svg.fonttype": "path", "pdf.fonttype": 42}
        with mpl.rc_context(settings), _split(figure) if kind == "pdf" else contextlib.nullcontext():
            figure.savefig(beside, format=kind, dpi=figure.dpi, metadata=metadata, facecolor="white")
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputError(
            f"cannot be written ({error.strerror or error})",
            where=str(path),
            advice="choose a folder that exists and that you may write to",
        ) from error
    return path


def overlaps(texts: Sequence[Text]) -> list[tuple[Text, Text]]:
    """Pairs of texts whose boxes overlap, by a sweep from left to right."""
    boxes = sorted(((item.box, item) for item in texts), key=lambda pair: pair[0])
    out = []
    for k, (a, one) in enumerate(boxes):
        for b, other in boxes[k + 1 :]:
            if b[0] >= a[2]:
                break
            if min(a[3], b[3]) - max(a[1], b[1]) > 0.4 and min(a[2], b[2]) - b[0] > 0.4:
                out.append((one, other))
    return out
