"""The ledger: everything readable, nothing hidden, whatever the events."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest

from timeline.charts import palette
from timeline.charts.ledger import ledger_scene
from timeline.charts.wording import incident_dead, span_of
from timeline.errors import InputError
from timeline.headline import headline
from timeline.records import Place, When

LONG = "Committee for the Protection of the Hill Villages and of the Lower River Bank " * 4


@pytest.mark.parametrize("width", ["A3", "A4", "A4-landscape", "screen", "slide", 5.0])
@pytest.mark.parametrize("number", [0, 1, 40])
def test_every_width_holds_every_number(invent, faults, width, number):
    """No text overlaps, leaves the page or is too small or faint, and every event has its marker, row and leader."""
    events = invent(number)
    drawn = [] if (width, number) == ("slide", 40) else events
    assert faults(ledger_scene(events, width=width), drawn) == []


@pytest.mark.parametrize("by", ["type", "actor", "place"])
@pytest.mark.parametrize("number", [20, 40, 300])
def test_a_slide_keeps_its_height(invent, faults, by, number):
    """A slide shows the weightiest events that it holds, and says how many it leaves out and where all are."""
    events = invent(number)
    scene = ledger_scene(events, by=by, width="slide")
    drawn = {mark.key.split(":")[1] for mark in scene.marks if mark.key.endswith(":key")}
    least = min(_dead(event) for event in events if event.id in drawn)
    words = " ".join(item.text for item in scene.texts)
    assert scene.height == 540
    assert len(drawn) >= 7
    assert f"{len(drawn)} of {number} events drawn, the weightiest" in words
    assert f"{number - len(drawn)} not drawn" in words
    assert all(_dead(event) <= least for event in events if event.id not in drawn)
    assert faults(scene, [event for event in events if event.id in drawn]) == []


def _dead(event):
    return span_of(dead)[1] if (dead := incident_dead(event)) is not None else 0


@pytest.mark.parametrize("by", ["type", "family", "actor", "place", "source", "storyline"])
def test_every_kind_of_lane(invent, articles, faults, by):
    """Lanes by anything pass the same checks."""
    events = invent(60)
    assert faults(ledger_scene(events, by=by, articles=articles), events) == []


def test_one_day(invent, faults):
    """Forty events of one day stay apart within the day."""
    events = invent(40, days=1)
    assert faults(ledger_scene(events), events) == []


def test_sixty_years(invent, faults):
    """Sixty years fit."""
    events = invent(40, days=365 * 60)
    assert faults(ledger_scene(events), events) == []


def test_all_undated(invent, faults):
    """Events without a date stand in their own section, with no axis above it."""
    events = invent(12, when=When())
    scene = ledger_scene(events, width="A4")
    assert faults(scene, events) == []
    assert any("No date in the text: 12 events" in item.text for item in scene.texts)


@pytest.mark.parametrize("kind", ["point", "extent"])
def test_forty_years_among_days(invent, faults, kind):
    """Forty years among days leave the days readable: the axis is that of the days, and the rest is open, and said."""
    wide = replace(invent(1)[0], id="wide", when=When(dt.date(1972, 1, 1), dt.date(2011, 12, 31), "decade", kind))
    events = [wide, *invent(30, days=30)]
    scene = ledger_scene(events)
    spots = [mark.y for mark in scene.marks if mark.key.endswith(":mark") and "wide" not in mark.key]
    leads = [y for line in scene.lines if line.key.endswith(":lead") for _, y in line.points]
    assert faults(scene, events) == []
    assert max(spots) - min(spots) > 0.5 * (max(leads) - min(leads))
    assert {"goes on beyond, or end not known", "1 Jan 1972"} & {item.text[:32] for item in scene.texts}


def test_a_year_does_not_press_a_month(invent, faults):
    """Events known to their year alone do not stretch an axis of days; their windows are open where they are cut."""
    days = [When(dt.date(2011, 3, day), dt.date(2011, 3, day), "day") for day in range(1, 29)]
    year = When(dt.date(2011, 1, 1), dt.date(2011, 12, 31), "year", approximate=True)
    events = [replace(event, when=when) for event, when in zip(invent(30), [*days, year, year], strict=True)]
    scene = ledger_scene(events)
    words = {item.text for item in scene.texts}
    assert faults(scene, events) == []
    assert "Sep" not in words
    assert {"from earlier, or start not known", "goes on beyond, or end not known"} <= words


def test_bars_of_one_lane_lie_beside_each_other(invent, faults):
    """Durations that overlap in time are told apart, also in a narrow lane."""
    spans = [When(dt.date(2011, 3, k), dt.date(2011, 9, k), "day", "extent") for k in (1, 9)]
    others = [replace(event, id=f"o{k}") for k, event in enumerate(invent(27))]
    bare = replace(invent(1)[0], type="siege", roles=())
    events = [*others, *(replace(bare, id=f"s{k}", when=when) for k, when in enumerate(spans))]
    scene = ledger_scene(events)
    bars = [line.points for line in scene.lines if line.width == pytest.approx(0.95 * 7.6 * 0.4)]
    own = [points for points in bars if points[1][1] - points[0][1] > 100]
    places = sorted({round(points[0][0], 3) for points in own})
    assert faults(scene, events) == []
    assert any(0.95 * 7.6 * 0.4 <= b - a < 6 for a, b in itertools.pairwise(places))


def test_the_source_has_the_room_that_the_words_leave(invent, faults):
    """Long sources beside short words are not pressed into many lines."""
    long = "The Committee for the Protection of the Hill Villages and of the Lower River Bank, a group of lawyers"
    events = [
        replace(event, attribution=replace(event.attribution, source=long), counts=(), claims=(), killed=None)
        for event in invent(60)
        if event.attribution is not None
    ]
    scene = ledger_scene(events, by="family")
    lines = [item for item in scene.texts if item.key == f"ev:{events[0].id}:source"]
    assert faults(scene, events) == []
    assert len(lines) <= 3


def test_place_and_source_stand_at_one_place_in_a_row(invent):
    """On a narrow page place and source come before the words, whether or not they fit beside the date."""
    events = invent(12)
    scene = ledger_scene(events, width="A4")
    for event in events:
        source = min(item.y for item in scene.texts if item.key == f"ev:{event.id}:source")
        assert source < min(item.y for item in scene.texts if item.key == f"ev:{event.id}:text")


def test_dates_at_the_ends_of_the_calendar(invent, faults):
    """The first and the last day that Python knows can be drawn."""
    first, last = dt.date.min, dt.date.max
    events = [replace(event, when=When(day, day, "day")) for event, day in zip(invent(2), (first, last), strict=True)]
    assert faults(ledger_scene(events), events) == []


def test_very_long_names(invent, faults):
    """Labels of 300 characters are written out in full."""
    events = [
        replace(event, roles=tuple(replace(role, name=LONG.strip()) for role in event.roles)) for event in invent(8)
    ]
    scene = ledger_scene(events, by="actor", width="A4")
    assert faults(scene, events) == []


def test_a_word_without_end(invent, faults):
    """A word of 300 letters is cut over lines."""
    events = [replace(event, place=Place("x" * 300)) for event in invent(4)]
    assert faults(ledger_scene(events, width="A4"), events) == []


@pytest.mark.parametrize(
    "name", ["جبهة النصرة", "Вооружённые силы", "自由叙利亚军", "တပ်မတော်", "צבא הצפון", "$x^2$ & <b>"]
)
def test_other_scripts(invent, faults, name):
    """Names in any script pass; what no font has is counted in the foot."""
    events = [replace(event, roles=tuple(replace(role, name=name) for role in event.roles)) for event in invent(6)]
    assert faults(ledger_scene(events, by="actor"), events) == []


def test_headlines_are_shown_in_full(invent):
    """The lines of a row give back the headline."""
    events = invent(40)
    scene = ledger_scene(events, width="A4")
    for event in events:
        lines = [item.text for item in scene.texts if item.key == f"ev:{event.id}:text"]
        assert " ".join(lines) == headline(event)


def test_every_type_is_named(invent):
    """A type that is drawn stands in a lane head or in the legend."""
    events = invent(100)
    for width in ("A3", "A4"):
        words = {item.text for item in ledger_scene(events, width=width).texts}
        looks = palette.looks(event.type for event in events)
        assert {look.label for look in looks.values()} <= words


def test_a_type_of_the_users_own(invent, faults):
    """An unknown type gets a free marker and its name."""
    events = [replace(event, type="zeppelin_raid") for event in invent(3)]
    scene = ledger_scene(events)
    assert faults(scene, events) == []
    assert "Zeppelin raid" in {item.text for item in scene.texts}


def test_number_drawn_is_stated(invent):
    """The picture says how many of how many are drawn."""
    assert any(item.text.startswith("40 of 40 events drawn") for item in ledger_scene(invent(40)).texts)


def test_order_of_input_does_not_matter(invent):
    """Shuffled events give the same scene."""
    events = invent(40)
    assert ledger_scene(events) == ledger_scene([*events[20:], *reversed(events[:20])])


def test_same_event_twice_is_drawn_once(invent):
    """An event given twice has one row."""
    events = invent(5)
    assert ledger_scene(events + events) == ledger_scene(events)


def test_markers_do_not_touch(invent):
    """Two markers of the lanes are at least 0.6 of a marker apart, unless they share a place on purpose."""
    scene = ledger_scene(invent(100, days=90))
    marks = [mark for mark in scene.marks if mark.key.endswith(":mark") and mark.layer == 5]
    for k, one in enumerate(marks):
        for other in marks[k + 1 :]:
            assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 0.6 * 7.2


def test_running_tolls_are_no_bars(invent):
    """A toll over the whole conflict is never drawn as the dead of one incident."""
    events = [event for event in invent(200) if event.type == "casualty_report"][:6]
    assert len(events) == 6
    assert all(incident_dead(event) is None for event in events)
    assert not any(item.key.endswith(":killed") for item in ledger_scene(events).texts)


def test_no_dead_of_what_did_not_happen(invent):
    """Denied and planned events have no casualty bar."""
    event = replace(invent(1)[0], type="attack", factuality="denied", counts=())
    assert event.killed is not None
    assert incident_dead(event) is None


def test_rival_figures_are_listed(invent):
    """Figures that differ are a range and a list with their sources."""
    event = next(event for event in invent(40) if len(event.counts) > 1)
    words = " ".join(item.text for item in ledger_scene([event]).texts if item.key.endswith(":rival"))
    assert "doctors" in words
    assert "the army" in words


def test_not_verified_is_said(invent):
    """Every picture says that it shows reports."""
    words = " ".join(item.text for item in ledger_scene(invent(3)).texts)
    assert "As reported, not verified." in words


def test_source_is_counted(invent, articles):
    """Publishers are counted in the foot."""
    words = " ".join(item.text for item in ledger_scene(invent(8), articles=articles).texts)
    assert re.search(r"Coast Wire 2, Hill Agency 2", words)


def test_nat_is_no_date(invent):
    """Pandas' missing date is refused with the way out; it is neither a day nor drawn as none."""
    with pytest.raises(InputError, match="when: NaT is no date; use None"):
        ledger_scene([replace(invent(1)[0], when=When(pd.NaT, pd.NaT))])


@pytest.mark.parametrize("width", ["A5", 1, 0.0, -3, 1000])
def test_width_that_cannot_be(width):
    """A width too small for any text is an error that says the minimum."""
    with pytest.raises(InputError, match=r"at least 4\.7|one of A3"):
        ledger_scene([], width=width)


def test_lanes_that_cannot_be(invent):
    """Unknown lanes are an error that names those that can be."""
    with pytest.raises(InputError, match="type, family, actor, place, source, storyline"):
        ledger_scene(invent(2), by="colour")


def _day(event, day, name, **style):
    return replace(event, id=name, when=When(day, day, "day"), roles=(), **style)


def test_old_background_does_not_press_the_news(invent, faults):
    """The axis is the news's own; background of long before stands at its beginning with date, row and leader."""
    bare = replace(invent(1)[0], type="attack", counts=(), killed=None)
    days = [dt.date(2012, 8, 1) + dt.timedelta(days=k) for k in range(8)]
    news = [_day(bare, day, f"n{k}", background=False) for k, day in enumerate(days)]
    past = [dt.date(1982, 2, 3), dt.date(2011, 3, 15), dt.date(2011, 9, 1), dt.date(2012, 2, 3)]
    old = [_day(bare, day, f"o{k}", background=True) for k, day in enumerate(past)]
    toll = replace(
        bare, id="toll", type="casualty_report", when=When(past[1], None, "day", "since", ongoing_at=days[-1])
    )
    events = [*news, *old, toll]
    scene = ledger_scene(events)
    spots = {mark.key.split(":")[1]: mark.y for mark in scene.marks if mark.key.endswith(":mark")}
    assert faults(scene, events) == []
    assert spots["n7"] - spots["n0"] > 0.5 * (spots["n7"] - spots["o0"])
    assert [spots[f"o{k}"] for k in range(4)] == sorted(spots[f"o{k}"] for k in range(4))
    assert spots["o3"] < spots["n0"]
    words = " ".join(item.text for item in scene.texts)
    assert "5 earlier: background long before the news, in order but not to scale" in words
    assert {item.text for item in scene.texts if item.key == "ev:o0:date"} == {"3 Feb 1982"}
    assert "1982" not in {item.text for item in scene.texts if not item.key}


def test_news_is_never_earlier(invent):
    """What is not background keeps its place on the axis, however old; so does background close to the news."""
    bare = replace(invent(1)[0], type="attack", counts=(), killed=None)
    first = dt.date(2012, 8, 1)
    news = [_day(bare, first + dt.timedelta(days=k), f"n{k}", background=False) for k in range(8)]
    old = _day(bare, dt.date(1982, 2, 3), "old", background=False)
    near = _day(bare, first - dt.timedelta(days=5), "near", background=True)
    for events in ([*news, old], [*news, near], [replace(event, background=True) for event in [*news, old]]):
        assert "earlier" not in " ".join(item.text for item in ledger_scene(events).texts)


def test_a_window_past_the_axis_stays_open(invent, faults):
    """A toll of long ago whose window ends after the news gets an open end, not a bracket at the end of the axis."""
    bare = replace(invent(1)[0], type="attack", counts=(), killed=None)
    news = [_day(bare, dt.date(2012, 8, 1) + dt.timedelta(days=k), f"n{k}", background=False) for k in range(8)]
    toll = replace(bare, id="toll", background=True, when=When(dt.date(2010, 1, 1), dt.date(2013, 3, 1), "day"))
    scene = ledger_scene([*news, toll])
    assert faults(scene, [*news, toll]) == []
    assert "goes on beyond, or end not known" in {item.text for item in scene.texts}


def test_a_pronoun_is_no_source(invent):
    """ "They" names nobody: it stands in no list of sources."""
    event = next(event for event in invent(40) if len(event.counts) > 1)
    said = replace(
        event,
        counts=tuple(replace(count, source="They") for count in event.counts),
        attribution=replace(event.attribution, source="it") if event.attribution else None,
    )
    words = " ".join(item.text for item in ledger_scene([said]).texts)
    assert "They" not in words
    assert "no source named" in words
    assert "1 of 1 name no source in the text" in words


def test_a_toll_after_the_axis_is_counted(invent, faults):
    """A toll dated after the last day of the axis is no dot at its end; the panel counts it."""
    bare = replace(invent(1)[0], type="attack", counts=(), killed=None)
    news = [_day(bare, dt.date(2012, 8, 1) + dt.timedelta(days=k), f"n{k}", background=False) for k in range(8)]
    toll = next(event for event in invent(200) if event.type == "casualty_report")
    early, late = (
        replace(toll, id=name, background=True, when=When(dt.date(2010, 1, 1), end, "day"))
        for name, end in (("early", dt.date(2012, 8, 3)), ("late", dt.date(2013, 3, 1)))
    )
    events = [*news, early, late]
    scene = ledger_scene(events)
    dots = [mark for mark in scene.marks if mark.marker == "disc" and mark.size == 0.95 * 7.6 * 0.5 and not mark.key]
    assert faults(scene, events) == []
    assert len({mark.y for mark in dots}) == 2
    assert "1 later than the axis" in {item.text for item in scene.texts}


def test_a_marker_for_several_is_in_the_legend(invent):
    """A ring around a marker that stands for several events is explained; without one it is not."""
    years = [When(dt.date(year, 1, 1), dt.date(year, 1, 1), "day") for year in range(1950, 2010)]
    spread = [replace(event, when=when) for event, when in zip(invent(60), years, strict=True)]
    crowded = [*spread, *(replace(event, id=f"{event.id}+", when=years[9]) for event in spread)]
    for events, said in ((crowded, True), (invent(3), False)):
        scene = ledger_scene(events)
        assert any(shape.key == "shared" for shape in scene.shapes) == said
        assert ("several events" in {item.text for item in scene.texts}) == said
