"""Reports of one happening become one event; others stay apart; nothing is lost."""

from __future__ import annotations

import datetime as dt
import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.charts.tolls import tolls
from timeline.charts.wording import incident_dead
from timeline.codec import to_json
from timeline.frame import to_frame
from timeline.link import families, link
from timeline.records import Article, Count, Event, Place, Role, Span, Total, When
from timeline.report import biggest

HOMS = Place("Homs", "SYR", "Syria", 34.73, 36.71, "town")
ALEPPO = Place("Aleppo", "SYR", "Syria", 36.2, 37.16, "town")


VILLAGE = Place("Um Sarha", "SYR", "Syria", None, None, None)
HAMLET = Place("Kalimbo", "SYR", "Syria", None, None, None)
NEAR = Place("Taldou", "SYR", "Syria", 34.75, 36.85, "town")
SYRIA = Place("Syria", "SYR", "Syria", 35.0, 38.0, "country")


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


def vague(article, *, start=None, end="2012-08-10", **more):
    """A report that gives no day: "last month's ..."."""
    window = When(start and dt.date.fromisoformat(start), dt.date.fromisoformat(end), "unknown", "point", "none")
    return report(article, when=window, background=True, **more)


def captor(name, kind):
    """Who takes a town."""
    return Role("captor", name, name.replace("-", " "), kind, Span(0, 3, "who"))


TOGETHER = {
    "the massacre last month": [
        report("a", kind="massacre", place=VILLAGE, killed=41),
        vague("b", kind="massacre", place=VILLAGE, start="2012-07-01", end="2012-07-31"),
    ],
    "a massacre told as background without a date": [
        report("a", kind="massacre", killed=41),
        vague("b", kind="massacre"),
    ],
    "the killing of 108 people, under another type": [
        report("a", kind="massacre", killed=108),
        vague("b", kind="attack", killed=108),
    ],
    "a village that no map knows, under another type": [
        report("a", kind="massacre", place=VILLAGE),
        report("b", kind="attack", place=VILLAGE),
    ],
    "a village, and the town in whose district its camp was hit": [
        report("a", kind="bombing", place=VILLAGE, killed=18),
        report("b", kind="shelling", roles=[Role("target", None, "Um Sarha camp", "unknown", Span(0, 3, "x"))]),
    ],
    "a town taken, dated a day later": [
        report("a", kind="territory_change", roles=[captor("m23", "rebel")]),
        report("b", kind="territory_change", day="2012-07-19", roles=[captor("rebels@b", "rebel")]),
    ],
    "one person's going over, dated three days later": [
        report("a", kind="defection", place=SYRIA, roles=[person("defector", "omar-tairab")]),
        report("b", kind="defection", place=SYRIA, day="2012-07-21", roles=[person("defector", "omar-tairab")]),
    ],
    "108 dead, told twice in one article": [
        report("a", kind="massacre", killed=108),
        report("a", kind="attack", start=90, day="2012-07-20", killed=108),
    ],
    "an uprising since March, told in two towns": [
        report("a", kind="protest", when=When(dt.date(2011, 3, 1), None, "month", "since", "explicit")),
        report("b", kind="protest", place=ALEPPO, when=When(dt.date(2011, 3, 1), None, "month", "since", "explicit")),
    ],
}
APART = {
    "the bombing last month, where there were two": [
        report("a", kind="massacre", day="2012-07-18"),
        report("b", kind="massacre", day="2012-07-25"),
        vague("c", kind="massacre"),
    ],
    "an undated bombing in a large city": [report("a"), vague("b")],
    "another village": [
        report("a", kind="massacre", place=VILLAGE),
        report("b", kind="massacre", place=HAMLET),
    ],
    "a village and a town, by the day alone": [report("a", place=VILLAGE), report("b", kind="attack")],
    "two towns near each other": [report("a", killed=5), report("b", killed=5, place=NEAR)],
    "a town taken and retaken": [
        report("a", kind="territory_change", roles=[captor("m23", "rebel")]),
        report("b", kind="territory_change", day="2012-07-20", roles=[captor("the-army", "military")]),
    ],
    "a small toll told twice in one article": [report("a", killed=5), report("a", start=90, killed=5)],
    "a defection of nobody named, in one country": [
        report("a", kind="defection", place=SYRIA),
        report("b", kind="defection", place=SYRIA, day="2012-07-19"),
    ],
    "another massacre that left as many dead": [
        report("a", kind="massacre", killed=108),
        report("b", kind="massacre", day="2012-07-25", killed=108),
    ],
    "planned for the week after": [
        report("a", kind="negotiation", factuality="planned", day="2012-07-27"),
        report("b", kind="negotiation"),
    ],
}


@pytest.mark.parametrize("reports", TOGETHER.values(), ids=TOGETHER)
def test_one_happening_in_other_words(reports):
    """Other types, vague days, villages off the map and retold tolls do not part the reports of one happening."""
    assert len(link(reports)) == 1


@pytest.mark.parametrize("reports", APART.values(), ids=APART)
def test_lookalikes_stay_apart(reports):
    """What only looks alike is not joined."""
    assert len(link(reports)) == len(reports)


def test_a_running_toll_is_no_incident():
    """The dead of a period are never joined to the dead of a day, even if as many."""
    period = replace(count(300, article=None), scope="period", cumulative=True)
    toll = replace(report("b", kind="massacre"), counts=(period,), killed=Total(300, 300, 300))
    assert len(link([report("a", kind="massacre", killed=300), toll])) == 2


def test_what_was_done_leads_what_was_planned():
    """The announcement and the thing are one event, which happened."""
    [event] = link([report("a", kind="negotiation", factuality="planned"), report("b", kind="negotiation")])
    assert event.factuality == "happened"


def test_a_copy_has_no_vote():
    """A wire copy neither repeats a claim nor outvotes another toll, and its paper is no further source."""
    text = "A bomb went off in a market in Homs on Wednesday and four people were killed, the police said."
    articles = [Article("a", text, source="Wire"), Article("b", text + " More.", source="Gazette"),
                Article("c", "Three people were killed in Homs.", source="Post")]  # fmt: skip
    [event] = link([report("a", killed=4), report("b", killed=4), report("c", killed=3)], articles=articles)
    assert event.sources == ("Post", "Wire")
    assert event.n_sources == 2
    assert event.killed == Total(3, 3, 4)
    assert [claim.value["best"] for claim in event.claims] == [4, 3]


def test_linking_grows_with_the_number_of_reports():
    """Four times the reports of a longer war take well under sixteen times as long."""

    def seconds(number):
        days = [dt.date(2011, 1, 1) + dt.timedelta(days=index // 7) for index in range(number)]
        places = [Place(f"T{n}", "SYR", "Syria", 30 + n / 2, 36.0, "town") for n in range(40)]
        reports = [
            report(f"a{index}", day=day.isoformat(), place=places[index % 40], killed=index % 50 or None,
                   background=index % 9 == 0)
            for index, day in enumerate(days)
        ]  # fmt: skip
        reports = [
            replace(item, when=replace(item.when, start=None, basis="none")) if item.background else item
            for item in reports
        ]
        before = time.perf_counter()
        link(reports)
        return time.perf_counter() - before

    small = min(seconds(1000) for _ in range(3))
    assert seconds(4000) < 12 * small


ARTICLES = [
    Article(name, f"Text {name} of its own about the massacre.", dt.date(2012, 7, day), source=f"Paper {name}")
    for name, day in (("a", 18), ("b", 19), ("c", 20))
]


@pytest.fixture
def told():
    """One massacre: 92, raised to 108, and 108 again under another type."""
    return [
        report("a", kind="massacre", killed=92),
        report("b", kind="massacre", killed=108, scope="toll_update"),
        report("c", kind="attack", killed=108),
    ]


def test_a_happening_told_three_times_is_summed_once(told):
    """The dead of three reports are those of one happening, by its newest toll."""
    events = link(told, articles=ARTICLES)
    assert [incident_dead(event) for event in events] == [Total(92, 108, 108)]


def test_it_stands_once_among_the_deadliest(told):
    """The deadliest events are not three reports of one."""
    other = report("d", kind="bombing", day="2012-07-25", killed=4)
    shown = biggest(link([*told, other], articles=ARTICLES))
    assert [len(event.members) for event in shown] == [3, 1]


def test_a_raised_toll_is_its_incidents_dead():
    """A toll that was only raised is drawn as the dead of the incident, not as a running toll of the war."""
    [event] = link([report("b", kind="massacre", killed=108, scope="toll_update")], articles=ARTICLES)
    assert incident_dead(event) == Total(108, 108, 108)
    assert tolls([event], {article.id: article for article in ARTICLES}) == ()


def test_the_toll_of_a_period_is_no_incidents():
    """The dead of a period are a running toll and have no place among incidents."""
    period = replace(count(300), scope="period", cumulative=True)
    event = replace(report("a", kind="attack"), counts=(period,), killed=Total(300, 300, 300))
    assert incident_dead(event) is None
    assert [toll.value for toll in tolls([event], None)] == [300]


@pytest.mark.parametrize(
    ("changes", "dead"),
    [
        ([{}, {"subset_of": 0}], 30),
        ([{"superseded_by": 1}, {}], 20),
        ([{"claim_set": 1, "source": "army"}, {"claim_set": 1, "source": "doctors"}], 30),
        ([{}, {}], 50),
    ],
    ids=["part of them", "replaced", "rival claims", "others beside them"],
)
def test_civilians_are_counted_once(changes, dead):
    """Parts, old tolls and rival figures add no person to the civilians killed."""
    numbers = [30, 20]
    counts = tuple(
        replace(count(number, article=None), group="civilians", **change)
        for number, change in zip(numbers, changes, strict=True)
    )
    event = replace(report("a", kind="massacre"), counts=counts, killed=Total(60, 60, 60))
    assert to_frame(link([event]), layout="ged").deaths_civilians.tolist() == [dead]


def test_civilians_of_two_papers_are_the_same_civilians():
    """Two reports that each count 15 civilians among the dead tell of 15."""
    counts = tuple(replace(item, group="civilians") for item in (count(15, article=None),))
    told = [replace(report(name, kind="massacre", killed=40), counts=counts) for name in "ab"]
    assert to_frame(link(told), layout="ged").deaths_civilians.tolist() == [15]
