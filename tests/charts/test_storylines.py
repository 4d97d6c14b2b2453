"""Storylines: what hangs together by place, person or two actors within a month, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from timeline.charts.ledger import ledger_scene
from timeline.charts.overview import overview_scene
from timeline.charts.storylines import ALONE, storylines
from timeline.records import Place, Relation, Role, Span, When

DAY = dt.date(2011, 6, 1)
VELIA, TAMSK = Place("Velia", "VLA", precision="town"), Place("Tamsk", "VLA", precision="town")
FRONT = Role("captor", "river-front", "River Front", "rebel", Span(0, 4, "word"))
ARMY = Role("loser", "northern-army", "Northern Army", "military", Span(0, 4, "word"))
ENVOY = Role("person", "ada-orlen", "Ada Orlen", "person", Span(0, 4, "word"))
GUNMEN = Role("perpetrator", "gunmen@a1", "gunmen", "unknown", Span(0, 4, "word"))


@pytest.fixture(name="made")
def _made(invent):
    bare = invent(1)[0]

    def make(*parts):
        """Events from (day of the chain or None, place, roles)."""
        return [
            replace(
                bare,
                id=f"s{k}",
                place=place,
                roles=tuple(roles),
                relations=(),
                when=When() if day is None else When(*[DAY + dt.timedelta(days=day)] * 2, "day"),
            )
            for k, (day, place, *roles) in enumerate(parts)
        ]

    return make


@pytest.mark.parametrize(
    ("parts", "titles"),
    [
        ([(0, VELIA), (30, VELIA)], ["Velia, 1 Jun–1 Jul 2011"] * 2),
        ([(0, VELIA), (31, VELIA)], [ALONE] * 2),
        ([(0, VELIA), (20, VELIA), (40, VELIA)], ["Velia, 1 Jun–11 Jul 2011"] * 3),
        ([(0, VELIA), (1, TAMSK)], [ALONE] * 2),
        ([(0, VELIA), (1, replace(VELIA, country="LOM"))], [ALONE] * 2),
        ([(0, Place("Loma", precision="country")), (1, Place("Loma", precision="country"))], [ALONE] * 2),
        ([(0, None, ENVOY), (3, TAMSK, ENVOY)], ["Ada Orlen, 1–4 Jun 2011"] * 2),
        ([(0, None, FRONT), (3, None, FRONT)], [ALONE] * 2),
        ([(0, None, FRONT, ARMY), (3, None, ARMY, FRONT)], ["Northern Army and River Front, 1–4 Jun 2011"] * 2),
        ([(0, None, GUNMEN, ARMY), (3, None, ARMY, GUNMEN)], [ALONE] * 2),
        ([(0, VELIA), (None, VELIA)], [ALONE] * 2),
        ([(0, VELIA), (2, VELIA, ENVOY), (9, TAMSK, ENVOY)], ["Velia and more, 1–10 Jun 2011"] * 3),
    ],
)
def test_what_makes_a_storyline(made, parts, titles):
    """One place, one person, or two actors, each a month from the next at most; never one army or a nameless group."""
    assert list(storylines(made(*parts)).values()) == titles


def test_a_relation_joins_over_any_time(made):
    """What the record relates belongs together, also without a date."""
    one, other = made((0, VELIA), (None, TAMSK))
    told = replace(other, relations=(Relation("after", one.id, "after it"),))
    assert set(storylines([one, told]).values()) == {"told as related, 1 Jun 2011"}


def test_two_storylines_of_one_place(made):
    """A place that comes back after months has two storylines, told apart by their days."""
    found = storylines(made((0, VELIA), (1, VELIA), (200, VELIA), (201, VELIA)))
    assert list(found.values()) == ["Velia, 1–2 Jun 2011"] * 2 + ["Velia, 18–19 Dec 2011"] * 2


def test_a_wide_window_joins_nothing(made):
    """An event known to its year alone has no place in a chain of days."""
    one, other = made((0, VELIA), (0, VELIA))
    year = replace(other, when=When(dt.date(2011, 1, 1), dt.date(2011, 12, 31), "year"))
    assert set(storylines([one, year]).values()) == {ALONE}


def test_order_does_not_matter(invent):
    """Shuffled events give the same storylines."""
    events = invent(80)
    assert storylines(events) == storylines([*events[31:], *reversed(events[:31])])


@pytest.mark.parametrize("draw", [ledger_scene, overview_scene])
def test_the_picture_says_what_a_storyline_is(made, draw):
    """Lanes follow their first event, single events come last, and the foot gives the definition."""
    events = made((9, TAMSK), (10, TAMSK), (11, TAMSK), (0, VELIA), (1, VELIA), (99, None))
    words = [item.text for item in draw(events, by="storyline").texts]
    heads = [word for word in words if word.startswith(("Velia,", "Tamsk,", "single"))]
    joined = " ".join(words)
    assert [head.split(",")[0] for head in heads if head.split(",")[0] in ("Velia", "Tamsk", ALONE)][:3] == [
        "Velia",
        "Tamsk",
        ALONE,
    ]
    assert "each within 30 days of the next" in joined
