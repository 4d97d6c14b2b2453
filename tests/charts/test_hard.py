"""Every picture of every hard set of events: the machine checks, a legend for what is drawn, alt text, CPU."""

from __future__ import annotations

import datetime as dt
import importlib.util
import time
from dataclasses import replace
from pathlib import Path

import pytest

import timeline as tl
from timeline.charts import palette
from timeline.charts.casualties import casualties_scene
from timeline.charts.compare import multiples_scene
from timeline.charts.ledger import ledger_scene
from timeline.charts.map import map_scene
from timeline.charts.network import network_scene
from timeline.charts.overview import overview_scene
from timeline.charts.strip import strip_scene
from timeline.records import Place, When
from timeline.timeline import Timeline

LONG = ("Committee for the Protection of the Hill Villages and of the Lower River Bank " * 4).strip()
DRAW = {
    "ledger": ledger_scene,
    "overview": overview_scene,
    "casualties": casualties_scene,
    "actors": network_scene,
    "map": map_scene,
    "multiples": multiples_scene,
    "strip": strip_scene,
}
SETS = (
    *("one", "none", "three hundred", "one day", "sixty years", "undated", "long names", "long words"),
    *("جبهة النصرة 12-14", "Вооружённые силы", "自由叙利亚军", "တပ်မတော်", "forty actors", "forty years among days"),
    *("identical", "ends of the calendar"),
)


def _named(events, name):
    """Every second event with the name as its first actor and as its place."""
    return [
        replace(event, roles=(replace(event.roles[0], name=name), *event.roles[1:]), place=Place(name))
        if k % 2
        else event
        for k, event in enumerate(events)
    ]


def _set(invent, name):
    day = When(dt.date(2011, 5, 1), dt.date(2011, 5, 1), "day")
    years = When(dt.date(1972, 1, 1), dt.date(2011, 12, 31), "decade", "extent")
    actors = tuple(f"{a} {b}" for a in ("Hill", "Coast", "River", "Old", "New") for b in "ABCDEFGH")
    ends = [When(end, end, "day") for end in (dt.date.min, dt.date(2011, 1, 1), dt.date.max)]
    made = {
        "one": lambda: invent(1),
        "none": list,
        "three hundred": lambda: invent(300),
        "one day": lambda: invent(40, days=1),
        "sixty years": lambda: invent(40, days=365 * 60),
        "undated": lambda: invent(40, when=When()),
        "long names": lambda: _named(invent(12), LONG),
        "long words": lambda: _named(invent(12), "x" * 300),
        "forty actors": lambda: [
            replace(
                event, roles=tuple(replace(role, name=actors[(k * 7 + n) % 40]) for n, role in enumerate(event.roles))
            )
            for k, event in enumerate(invent(90))
        ],
        "forty years among days": lambda: [replace(invent(1)[0], id="wide", when=years), *invent(30, days=30)],
        "identical": lambda: [replace(invent(6)[5], id=f"same{k}", when=day) for k in range(12)],
        "ends of the calendar": lambda: [
            replace(event, when=when) for event, when in zip(invent(3), ends, strict=True)
        ],
    }
    return made[name]() if name in made else _named(invent(12), name)


def _unexplained(scene):
    """Markers of types whose name stands nowhere on the picture."""
    words = {item.text for item in scene.texts}
    names = {look.marker: look.label for look in palette.looks(palette.TYPES).values()}
    drawn = {mark.marker for mark in scene.marks if mark.key.startswith("ev:")}
    return {names[marker] for marker in drawn if marker in names} - words


@pytest.mark.parametrize("kind", DRAW)
@pytest.mark.parametrize("name", SETS)
def test_every_picture_of_every_set(invent, faults, name, kind):
    """Nothing overlaps, leaves the page, is too small or unexplained; the alt text says how many events there are."""
    events = _set(invent, name)
    scene = DRAW[kind](events)
    assert faults(scene) == []
    assert _unexplained(scene) == set()
    assert f"{len(events)} event" in scene.description
    assert "not verified" in scene.description


@pytest.mark.parametrize("kind", [kind for kind in DRAW if kind != "strip"])
@pytest.mark.parametrize("width", ["A4", "slide"])
@pytest.mark.parametrize("name", ["one", "none", "undated", "long names", "جبهة النصرة 12-14", "forty actors"])
def test_narrow_pages_and_slides(invent, faults, name, kind, width):
    """The same on a sheet and on a slide, which keep their width, a slide its height too."""
    scene = DRAW[kind](_set(invent, name), width=width)
    assert faults(scene) == []
    assert _unexplained(scene) == set()
    assert scene.width == (960 if width == "slide" else 595.3)
    if width == "slide":
        assert scene.height == 540


@pytest.mark.parametrize("width", ["A3", "A4", "screen", "slide"])
@pytest.mark.parametrize("kind", [kind for kind in DRAW if kind != "strip"])
def test_the_forty_of_the_notebook(faults, kind, width):
    """The forty invented events that the notebook compares on, with their articles."""
    events = Timeline.load(Path(__file__).parents[2] / "notebooks" / "invented_40")
    texts = {article.id: article for article in events.articles}
    scene = DRAW[kind](list(events), width=width, articles=texts)
    assert faults(scene, list(events) if kind == "ledger" and width != "slide" else ()) == []
    assert _unexplained(scene) == set()


@pytest.fixture(scope="module", name="sample")
def _sample():
    """The thirty invented articles of the repository, read and linked."""
    return tl.extract(tl.read(Path(__file__).parents[2] / "data" / "articles")).link()


@pytest.mark.parametrize("width", ["A3", "A4", "screen", "slide"])
@pytest.mark.parametrize("kind", [kind for kind in DRAW if kind not in ("strip", "ledger")])
def test_the_sample_articles(sample, faults, kind, width):
    """What is read from real-looking articles: long names of sources, rival figures, tolls, many places."""
    texts = {article.id: article for article in sample.articles}
    scene = DRAW[kind](list(sample), width=width, articles=texts)
    assert faults(scene) == []
    assert _unexplained(scene) == set()


@pytest.mark.parametrize("by", ["type", "actor", "place", "source", "storyline"])
@pytest.mark.parametrize("width", ["A3", "A4"])
def test_ledgers_of_the_sample_articles(sample, faults, by, width):
    """Ledgers of a stretch of them, by anything."""
    texts = {article.id: article for article in sample.articles}
    events = list(sample)[60:100]
    assert faults(ledger_scene(events, by=by, width=width, articles=texts), events) == []


def _bench():
    spec = importlib.util.spec_from_file_location("bench_charts", Path(__file__).with_name("bench_charts.py"))
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_cpu_of_a_ledger(invent):
    """Forty events take little more CPU than bare matplotlib needs to draw the same texts."""
    bench, events = _bench(), invent(40)
    scene = ledger_scene(events)
    bench._drawn(events=events)
    ours, bare = (bench._cpu(work, 3) for work in (lambda: bench._drawn(events=events), lambda: bench._bare(scene)))
    assert ours <= 1.5 * bare


@pytest.mark.parametrize(("number", "most"), [(1000, 3.0), (10_000, 5.0)])
def test_cpu_of_an_overview(invent, number, most):
    """Seconds of CPU for many events."""
    events = invent(number)
    start = time.process_time()
    _bench()._drawn(events=events)
    assert time.process_time() - start < most
