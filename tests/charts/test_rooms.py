"""The shared rooms of the pictures: text, colours, time axis, placement, files of data."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from timeline.charts import axis, columns, palette, rows, text, timing, wording
from timeline.errors import InputError
from timeline.lexicon import load
from timeline.records import When

# Machado, Oliveira and Fernandes (2009), severity 1.
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
COLOURS = [*palette.FAMILIES.values(), *palette.FREE_COLOURS]


def _linear(colour: str):
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, vision: str):
    xyz = XYZ @ np.clip(VISION[vision] @ _linear(colour), 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
def test_colours_stay_apart(vision):
    """Every two colours differ by at least 20 (CIE76) in every kind of colour vision."""
    pairs = itertools.combinations(COLOURS, 2)
    assert min(np.linalg.norm(_lab(a, vision) - _lab(b, vision)) for a, b in pairs) >= 20


def test_colours_stand_out_on_white():
    """Every colour has a contrast of at least 3 to white, and the words of the page at least 4.5."""
    light = {
        colour: float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in [*COLOURS, palette.MUTE, palette.RED]
    }
    contrast = {colour: 1.05 / (value + 0.05) for colour, value in light.items()}
    assert min(contrast[colour] for colour in COLOURS) >= 3
    assert min(contrast[palette.MUTE], contrast[palette.RED]) >= 4.5


def test_every_type_has_its_own_marker():
    """The 27 types of the lexicon have a family and a marker each, no two the same."""
    looks = palette.looks(palette.TYPES)
    types = load().types
    assert set(looks) == set(types)
    assert {name: look.family for name, look in looks.items()} == {name: kind.family for name, kind in types.items()}
    assert len({look.marker for look in looks.values()}) == len(types)


def test_markers_differ_in_grey():
    """Drawn as black shapes, every two markers differ in a tenth of their ink at least."""
    from matplotlib.path import Path

    grid = np.stack(np.meshgrid(np.linspace(-1.3, 1.3, 40), np.linspace(-1.3, 1.3, 40)), -1).reshape(-1, 2)
    ink = {}
    for look in palette.looks([*palette.TYPES, *"abcdefgh"]).values():
        ink[look.marker] = Path([*palette.outline(look.marker)]).contains_points(grid)
    for one, other in itertools.combinations(sorted(ink), 2):
        assert (ink[one] ^ ink[other]).sum() >= 0.1 * (ink[one] | ink[other]).sum(), (one, other)


def test_free_slots():
    """Sixteen types of a user's own all look different."""
    looks = palette.looks([f"own_{k:02d}" for k in range(16)])
    assert len({(look.colour, look.marker) for look in looks.values()}) == 16


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(5, 40)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_rows_never_overlap(pairs):
    """Whatever is wished, boxes keep their order and their gap."""
    pairs.sort()
    sizes = [size for _, size in pairs]
    centres = rows.place([wish for wish, _ in pairs], sizes, 0, 2000, 3)
    for (a, one), (b, other) in itertools.pairwise(zip(centres, sizes, strict=True)):
        assert b - a >= (one + other) / 2 + 3 - 1e-6


def test_rows_that_fit_stay():
    """Boxes that do not touch stand where they want to."""
    assert rows.place([20, 60, 100], [10, 10, 10], 0, 120, 2) == [20, 60, 100]


@pytest.mark.parametrize("words", ["Shells fall on the old town of Velia", "Москва и Хомс", "جبهة النصرة"])
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_width_is_what_is_drawn(words, weight):
    """The measured width is that of the font, within three per cent."""
    font = FT2Font(text.base_file(weight))
    font.set_size(100, 72)
    font.set_text(words)
    assert text.width(words, 100, weight) == pytest.approx(font.get_width_height()[0] / 64, rel=0.03)


@given(st.text(max_size=120), st.floats(30, 200))
@settings(max_examples=60, deadline=None)
def test_wrapping_loses_nothing(words, limit):
    """The lines give back the text, and none is wider than allowed (a single letter may be)."""
    words = text.tidy(words)
    lines = text.wrap(words, 8, limit)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(len(line) <= 1 or text.width(line, 8) <= limit + 0.01 for line in lines)


def test_marks_that_reorder_are_dropped():
    """An override cannot turn a line around."""
    assert text.tidy("killed \u202e21\u202c\x00 people") == "killed 21 people"


def test_missing_letters_are_named():
    """What no font has is found; a private character never is there."""
    assert text.missing(["Homs \U000fff00"]) == ("\U000fff00",)
    assert text.drawable("a\U000fff00") == f"a{text.MISSING}"


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (1, "day"),
        (20, "day"),
        (200, "week"),
        (500, "month"),
        (4000, "year"),
        (25_000, "decade"),
        (700_000, "century"),
        (3_650_000, "millennium"),
    ],
)
def test_units_of_the_axis(days, unit):
    """Slots are as small as fits."""
    assert axis.unit_for(axis.scale([1.0, 1.0 + days], 0, 700), 12) == unit


def test_ticks_cover_the_axis():
    """Slots follow each other without a hole from one end to the other."""
    scale = axis.scale([dt.date(2011, 9, 2).toordinal(), dt.date(2013, 2, 28).toordinal()], 0, 700)
    small, large = axis.ticks(scale, spacing=12)
    for slots in (small, large):
        assert slots[0].start == 0
        assert slots[-1].end == 700
        assert all(a.end == b.start for a, b in itertools.pairwise(slots))
    assert [tick.label for tick in large] == ["2011", "2012", "2013"]


def test_months_by_language():
    """Months are named in the language that was asked for."""
    assert axis.month_names("de-AT")[4] == "Mai"
    with pytest.raises(InputError, match="no names of months in 'xx'; choose one of ar, de, en"):
        axis.month_names("xx")
    assert all(len(names.split()) == 12 for names in axis.MONTHS.values())


def test_names_of_slots_are_written_at_even_steps():
    """Where names do not fit their slots every second or third is named, none touches the next."""
    start = dt.date(2012, 7, 16).toordinal()
    scale = axis.scale([start, start + 190], 0, 700, fold=False)
    small, _ = axis.ticks(scale, spacing=24, language="fr")
    chosen = axis.named(small, lambda name: 6.0 * len(name))
    places = [k for k, slot in enumerate(small) if slot.start in {tick.start for tick in chosen}]
    assert len({b - a for a, b in itertools.pairwise(places)}) == 1
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))
    assert axis.named(small, lambda name: 1.0 * len(name)) == [s for s in small if s.end - s.start >= len(s.label) + 2]


def test_axis_keeps_order():
    """Later days are never higher up, folds or not."""
    scale = axis.scale([1, 2, 3, 4, 20_000, 20_001], 0, 500)
    assert scale.folds
    places = [scale(day) for day in range(1, 20_003, 7)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("when", "form", "open_start", "open_end"),
    [
        (When(dt.date(2012, 8, 6), dt.date(2012, 8, 6), "day"), "day", False, False),
        (When(dt.date(2012, 8, 1), dt.date(2012, 8, 31), "month"), "window", False, False),
        (When(dt.date(2012, 8, 1), dt.date(2012, 8, 31), "month", "extent"), "lasted", False, False),
        (When(None, dt.date(2012, 8, 6)), "window", True, False),
        (When(dt.date(2012, 8, 6), None), "window", False, True),
        (When(dt.date(2011, 3, 1), None, "month", "since", ongoing_at=dt.date(2012, 8, 6)), "lasted", False, True),
        (When(None, None, kind="since", ongoing_at=dt.date(2012, 8, 6)), "lasted", True, True),
    ],
)
def test_precision_is_not_duration(when, form, open_start, open_end):
    """A day, a window, a duration and an open end are four different things."""
    found = timing.timing(when)
    assert (found.form, found.open_start, found.open_end) == (form, open_start, open_end)


def test_dates_in_other_languages():
    """Outside English the precision is shown by signs."""
    day = dt.date(2012, 8, 6)
    assert wording.date_text(When(day, day, "day"), "fr") == "6 août 2012"
    assert wording.date_text(When(None, day), "fr") == "≤ 6 août 2012"
    assert wording.date_text(When(), "fr") == "?"


def test_casualty_axis_lets_one_run_over():
    """One figure far above all others does not flatten them."""
    assert columns.capped([10_000, 80, 40, 20]) == 80
    assert columns.capped([100, 80]) == 100
    assert columns.capped([]) == 0


@given(st.integers(1, 10_000_000))
@settings(max_examples=60, deadline=None)
def test_the_middle_of_an_axis_is_a_whole_number(value):
    """The end of an axis of persons is at or above the value, and its half can be named without rounding."""
    top = columns.nice(value)
    assert value <= top <= 2 * value
    assert top / 2 == int(top / 2)


@given(st.lists(st.sampled_from(["Homs", "the old bridge", "·", "–", "a"]), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_line_begins_with_a_dot(words):
    """A separator stays with the word before it."""
    said = " · ".join(["Homs", *(word for word in words if word not in "·–")])
    assert not any(line.startswith("·") for line in text.wrap(said, 8, 70))


@pytest.mark.parametrize("last", [40_000, 400_000, 3_652_058])
def test_a_long_axis_is_no_row_of_bars(last):
    """Over centuries there are few lines, every one of them with its name, and hardly a dark one."""
    small, _ = axis.ticks(axis.scale([1, last], 0, 1000), spacing=20)
    assert 3 <= len(small) <= 33
    assert sum(tick.major for tick in small) <= 3
    assert not any(tick.label == "0" for tick in small)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "6–7 июля 2012"), ("de", "6.–7. Juli 2012"), ("fr", "6–7 juil. 2012"), ("uk", "6–7 лип. 2012")],
)
def test_days_are_written_as_the_language_does(language, said):
    """A Russian month has its case, a German day its point."""
    when = When(dt.date(2012, 7, 6), dt.date(2012, 7, 7), "day", "extent")
    assert wording.date_text(when, language) == said
