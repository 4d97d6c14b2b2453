"""Reports of one happening become one event; others stay apart; nothing is lost."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.link import families, link
from timeline.records import Article, Count, Event, Place, Role, Span, Total, When, to_json

HOMS = Place("Homs", "SYR", "Syria", 34.73, 36.71, "town")
ALEPPO = Place("Aleppo", "SYR", "Syria", 36.2, 37.16, "town")


def count(best, *, scope="incident", source=None, article="a"):
    """A count of killed."""
    return Count(
        "killed", best, best, best, "exact", scope, scope != "incident", None, False, None, "people", "victim", source,
        None, "happened", None, None, Span(0, 5, "seven", article),
    )  # fmt: skip


def report(article, *, start=0, kind="bombing", day="2012-07-18", place=HOMS, killed=None, roles=(), **more):
    """A report of a happening on one day."""
    date = dt.date.fromisoformat(day)
    counts = () if killed is None else (count(killed, article=None, scope=more.pop("scope", "incident")),)
    trigger = Span(start, start + 5, "blast")
    event = Event(
        id=f"{article}-{start}-{kind}", article=article, type=kind, subtype=None, trigger=trigger,
        when=When(date, date, "day", "point", "explicit", day), roles=tuple(roles), place=place, counts=counts,
        killed=None if killed is None else Total(killed, killed, killed), wounded=None, factuality="happened",
        background=False, sentence=Span(0, 9, None), attribution=None, confidence=0.8,
    )  # fmt: skip
    return replace(event, **more)


def person(role, name):
    """A named person in a role."""
    return Role(role, name, name.replace("-", " ").title(), "person", Span(0, 3, "who"))


def test_same_day_town_and_type_are_one():
    """Two papers on one bombing give one event with both members and two sources."""
    [event] = link([report("a", killed=4), report("b", killed=3)])
    assert event.members == ("a-0-bombing", "b-0-bombing")
    assert event.n_sources == 2
    assert event.killed == Total(3, 3, 4)


def test_rival_figures_are_kept():
    """Each figure stands as a claim of its own."""
    [event] = link([report("a", killed=4), report("b", killed=3)])
    assert sorted(claim.value["best"] for claim in event.claims) == [3, 4]
    assert sorted(c.best for c in event.counts) == [3, 4]


@pytest.mark.parametrize(
    "other",
    [
        report("b", day="2012-07-20"),
        report("b", place=ALEPPO),
        report("b", kind="ceasefire"),
        report("b", day="2012-07-19", factuality="planned"),
        report("a", start=40),
    ],
    ids=["another day", "another town", "another type", "planned for another day", "the same article"],
)
def test_different_happenings_stay_apart(other):
    """Another day, town, type or reality keeps reports apart, and so does standing in one article."""
    assert len(link([report("a"), other])) == 2


def test_planned_and_done_on_that_day():
    """What one paper announces and the next reports as done on that day is one event."""
    talks = {"kind": "negotiation", "roles": [person("parties", "kofi-annan")]}
    assert len(link([report("a", factuality="planned", **talks), report("b", **talks)])) == 1


def test_other_victim_of_an_assassination():
    """Two named targets are two killings."""
    one = report("a", kind="assassination", roles=[person("target", "adnan-sallu")])
    two = report("b", kind="assassination", roles=[person("target", "salim-idris")])
    assert len(link([one, two])) == 2


def test_spelling_of_a_name_does_not_part_reports():
    """A name spelt another way is the same person."""
    one = report("a", kind="defection", roles=[person("defector", "riad-hijab")])
    two = report("b", kind="defection", roles=[person("defector", "riyad-hijab")])
    assert len(link([one, two])) == 1


def test_newest_toll_sets_the_best():
    """A toll that is raised later wins for the best; the spread keeps the last 72 hours."""
    articles = [Article("a", "x", dt.date(2012, 7, 18)), Article("b", "y", dt.date(2012, 7, 19))]
    [event] = link([report("a", killed=4), report("b", killed=6, scope="toll_update")], articles=articles)
    assert event.killed == Total(4, 6, 6)


def test_copies_count_once():
    """Two copies of one text are one source, told in two papers."""
    text = "A bomb went off in a market in Homs on Wednesday and four people were killed, the police said."
    articles = [Article("a", text), Article("b", text + " More soon.")]
    [event] = link([report("a"), report("b")], articles=articles)
    assert event.n_sources == 1
    assert families(articles) == {"a": "a", "b": "a"}


def test_every_span_names_its_article():
    """After linking, each span says which text it quotes."""
    for event in link([report("a", killed=4), report("b", killed=3), report("c", place=ALEPPO)]):
        assert event.trigger.article
        assert all(item.span.article for item in event.counts)
        assert all(span.article for span in event.triggers)


def test_linking_is_idempotent():
    """Linking what is linked changes nothing."""
    once = link([report("a", killed=4), report("b", killed=3), report("c", place=ALEPPO)])
    assert link(once) == once


def test_nothing_is_lost():
    """Every report is a member of exactly one event."""
    reports = [report(name, day=f"2012-07-{day}") for name in "abcd" for day in (18, 21, 25)]
    reports = [replace(item, id=f"{item.id}-{n}") for n, item in enumerate(reports)]
    members = [member for event in link(reports) for member in event.members]
    assert sorted(members) == sorted(item.id for item in reports)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_order_does_not_matter(seed):
    """The same reports in any order give the same events."""
    days = ["2012-07-18", "2012-07-19", "2012-07-25"]
    reports = [
        report(f"{name}{day}", day=day, killed=n, place=place)
        for n, name in enumerate("abc")
        for day in days
        for place in (HOMS, ALEPPO)
    ]
    reports = [replace(item, id=f"{item.id}-{n}") for n, item in enumerate(reports)]
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    assert [to_json(event) for event in link(shuffled)] == [to_json(event) for event in link(reports)]
