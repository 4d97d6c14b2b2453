"""What is only seen on the finished figure: real extents, files, bytes, metadata."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib import rcParams
from matplotlib.font_manager import FontEntry
from matplotlib.image import imread
from matplotlib.text import Text
from PIL import Image

from timeline import charts
from timeline.charts import text as fonts
from timeline.charts.scene import Scene, _runs, paint
from timeline.errors import InputError, MissingCharacters, OutputError
from timeline.timeline import Timeline


def _extents(figure):
    renderer = figure.canvas.get_renderer()
    return [
        (text.get_window_extent(renderer), text.get_text()) for text in figure.findobj(Text) if text.get_text().strip()
    ]


def _overlapping(boxes):
    boxes = sorted(boxes, key=lambda pair: pair[0].x0)
    out = []
    for k, (a, one) in enumerate(boxes):
        for b, other in boxes[k + 1 :]:
            if b.x0 >= a.x1:
                break
            if min(a.x1, b.x1) - b.x0 > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5:
                out.append((one, other))
    return out


@pytest.mark.parametrize(
    ("number", "style"),
    [
        (40, {}),
        (40, {"width": "A4"}),
        (40, {"by": "actor"}),
        (300, {}),
        (40, {"kind": "casualties"}),
        (40, {"kind": "actors"}),
        (40, {"kind": "network"}),
        (1, {}),
        (0, {}),
    ],
)
def test_drawn_text(invent, articles, number, style):
    """On the drawn figure no text overlaps another and none leaves the page."""
    figure = charts.plot(invent(number), articles=articles, **style)
    boxes = _extents(figure)
    assert _overlapping(boxes) == []
    wide, high = figure.bbox.width, figure.bbox.height
    assert [text for box, text in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > wide or box.y1 > high] == []


def test_mixed_scripts_as_drawn(invent):
    """Arabic before numbers keeps the numbers in order: the run is isolated and the line starts left to right."""
    scene = Scene(400, 60, "t", "d")
    scene.write(10, 30, "ground: جبهة النصرة, 12–14 killed", 8)
    (text,) = [text for text in paint(scene).findobj(Text) if text.get_text()]
    assert text.get_text() == "\u200eground: \u2068جبهة النصرة\u2069, 12–14 killed"


@pytest.fixture
def _no_fallback(monkeypatch):
    """Only the font that matplotlib ships."""
    monkeypatch.setattr("timeline.charts.text.fallbacks", lambda weight="normal": ())
    kept = (fonts._file_for, fonts.drawable, fonts._em)
    for cache in kept:
        cache.cache_clear()
    yield
    for cache in kept:
        cache.cache_clear()


@pytest.mark.usefixtures("_no_fallback")
def test_characters_without_a_font_are_named():
    """A warning names every character that no font has, the foot their scripts; nothing is said of the others."""
    with pytest.warns(MissingCharacters, match=r"^ሀ中: 2 characters \(CJK, Ethiopic\) .*U\+1200, U\+4E2D"):
        figure = charts.plot([], title="ሀ 中 Homs حمص Хомс")
    words = [text.get_text() for text in figure.findobj(Text)]
    assert any("2 characters (CJK, Ethiopic) without an installed font" in word for word in words)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts.plot([], title="Homs حمص Хомс")


def test_the_upright_font_is_taken(monkeypatch):
    """Of the files of a family the upright one of the weight is used, whatever the order of the list."""
    kinds = [("italic", 400), ("normal", 700), ("normal", 400), ("oblique", 400)]
    entries = [FontEntry(f"{style}{weight}.ttf", 0, "Noto Sans", style, "normal", weight) for style, weight in kinds]
    for listed in itertools.permutations(entries):
        monkeypatch.setattr("matplotlib.font_manager.fontManager.ttflist", list(listed))
        assert fonts.fallbacks.__wrapped__() == (("Noto Sans", "normal400.ttf"),)
        assert fonts.fallbacks.__wrapped__("bold") == (("Noto Sans", "normal700.ttf"),)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_runs_of_two_directions_side_by_side(turned, align):
    """For PDF a mixed line is drawn run by run: together as wide as the line and as near to each other as its words."""
    scene = Scene(600, 600, "t", "d")
    item = scene.write(300, 300, "ground: جبهة النصرة, 12–14 killed", 9, align=align, turned=turned)
    whole, boxes = item.box, [run.box for run in _runs(item)]
    assert [run.text for run in _runs(item)] == ["ground:", "جبهة النصرة", ", 12–14 killed"]
    near, far = (1, 3) if turned else (0, 2)
    ordered = boxes[::-1] if turned else boxes
    assert ordered[0][near] == pytest.approx(whole[near], abs=0.5)
    assert ordered[-1][far] == pytest.approx(whole[far], abs=0.5)
    gaps = sorted(b[near] - a[far] for a, b in itertools.pairwise(ordered))
    assert gaps == pytest.approx([0, fonts.width(" ", 9)], abs=0.01)


def test_saving_a_pdf_leaves_the_figure_alone(tmp_path):
    """The lines of two directions are there again after saving."""
    figure = charts.plot([], title="ground: جبهة النصرة, 12")
    before = [(text.get_text(), text.get_visible()) for text in figure.findobj(Text)]
    charts.save(figure, tmp_path / "a.pdf")
    assert [(text.get_text(), text.get_visible()) for text in figure.findobj(Text)] == before


def test_border_is_white(invent, tmp_path):
    """No ink in the outermost four pixels."""
    pixels = imread(charts.save(charts.plot(invent(12), width="A4"), tmp_path / "a.png"))[:, :, :3]
    frame = [pixels[:4], pixels[-4:], pixels[:, :4], pixels[:, -4:]]
    assert all((part > 0.98).all() for part in frame)


def test_nothing_global_changes(invent, tmp_path, capsys):
    """Drawing and saving leave matplotlib's settings alone and print nothing."""
    before = dict(rcParams)
    charts.save(charts.plot(invent(3)), tmp_path / "a.svg")
    assert dict(rcParams) == before
    assert capsys.readouterr() == ("", "")
    assert "matplotlib.pyplot" not in _modules("import timeline.charts as c; c.plot([])")


def _modules(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    return done.stdout.split()


_DRAW = """
import importlib.util, sys, hashlib, io
spec = importlib.util.spec_from_file_location("conf", sys.argv[1])
conf = importlib.util.module_from_spec(spec); spec.loader.exec_module(conf)
from timeline import charts
events = [conf.make_event(k) for k in range(30)]
if sys.argv[2] == "7": events = events[11:] + events[10::-1]
figures = [charts.plot(events, kind=kind) for kind in ("ledger", "overview", "casualties", "network", "actors")]
for figure in (*figures, charts.plot(events, by="storyline"), charts.strip(events)):
    path = charts.save(figure, sys.argv[3] + "/a.svg")
    print(hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_same_bytes(tmp_path):
    """Three hash seeds, and shuffled input, give the same bytes."""
    conftest = str(Path(__file__).with_name("conftest.py"))
    found = set()
    for seed in ("0", "1", "7"):
        done = subprocess.run(
            [sys.executable, "-c", _DRAW, conftest, seed, str(tmp_path)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd())},
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().split()) == 7


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_saving_twice(invent, tmp_path, ending):
    """Every format has the same bytes each time."""
    events = invent(5)
    one, two = (charts.save(charts.plot(events), tmp_path / f"{name}.{ending}").read_bytes() for name in "ab")
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()


def test_alt_text(invent, tmp_path):
    """A PNG carries its title and a description of what is on it."""
    path = charts.save(charts.plot(invent(9), title="A title"), tmp_path / "a.png")
    with Image.open(path) as image:
        assert image.text["Title"] == "A title"
        assert image.text["Description"].startswith("Timeline, lanes by type, of 9 events, 2011-")
        assert "not verified" in image.text["Description"]


@pytest.mark.parametrize("place", ["missing/a.png", "a.gif", "a"])
def test_a_place_that_cannot_be_written(tmp_path, place):
    """A wrong ending or a missing folder is one clear error, and nothing is left behind."""
    with pytest.raises(OutputError):
        charts.save(charts.plot([]), tmp_path / place)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "width", "words"),
    [
        (12, "A3", "drawn as a ledger"),
        (60, "A3", "drawn as a tall ledger"),
        (200, "A3", "drawn as an overview"),
        (30, "slide", "drawn as an overview, as their rows do not fit the page"),
    ],
)
def test_plot_says_what_it_chose(invent, number, width, words):
    """The form follows the number of events, and the foot says so."""
    figure = charts.plot(invent(number), width=width)
    assert words in " ".join(text.get_text() for text in figure.findobj(Text))


def test_unknown_kind():
    """A kind that does not exist is an error that names those that do."""
    with pytest.raises(InputError, match="ledger, overview"):
        charts.plot([], kind="pie")


def test_a_very_tall_picture(invent):
    """A picture too tall for any image is an error that says what to do."""
    scene = Scene(500, 90_000)
    with pytest.raises(OutputError, match="overview"):
        paint(scene)
    assert np.isclose(charts.ledger(invent(3)).dpi, 200)


def test_the_forty_of_the_notebook():
    """The events that the notebook compares on: forty, invented, and every span gives back its characters."""
    events = Timeline.load(Path(__file__).parents[2] / "notebooks" / "invented_40")
    texts = {article.id: article.text for article in events.articles}
    assert len(events) == len(texts) == 40
    assert all(article.source.endswith("(invented)") for article in events.articles)
    for event in events:
        spans = [event.trigger, *(role.span for role in event.roles), *(count.span for count in event.counts)]
        spans += [event.place.span] if event.place else []
        assert [span.text for span in spans] == [texts[event.article][span.start : span.end] for span in spans]


@pytest.mark.parametrize("dots", [72, 100, 200])
def test_letters_are_drawn_as_wide_as_they_are_measured(invent, dots):
    """At any resolution the right end of a line lies where it was measured, so that no gap closes."""
    figure = charts.plot(invent(12), width="slide")
    lines = [item for item in figure.scene.texts if not item.turned and len(item.text) > 40]
    only = Scene(figure.scene.width, 24.0 * len(lines))
    for k, item in enumerate(lines):
        only.write(14, 24.0 * k + 12, item.text, item.size, weight=item.weight)
    picture = paint(only)
    picture.set_dpi(dots)
    picture.canvas.draw()
    ink = np.asarray(picture.canvas.buffer_rgba())[:, :, 0] < 160
    scale = ink.shape[1] / only.width
    for k, item in enumerate(only.texts):
        row = ink[round(24 * k * scale) : round((24 * k + 24) * scale)].any(0)
        assert np.flatnonzero(row)[-1] / scale == pytest.approx(14 + item.wide, abs=1.5 + 0.006 * item.wide)
