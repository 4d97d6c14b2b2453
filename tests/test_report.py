"""The report and the biggest findings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.extraction import Unresolved
from timeline.records import Skipped, Span, Total
from timeline.report import biggest, finding, report
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


@pytest.fixture(scope="module")
def cases() -> Timeline:
    """The cases with something open and something skipped."""
    return replace(
        Timeline.load(CORPUS),
        unresolved=(Unresolved("students.txt", "date", "no publication date", Span(7, 15, "arrested")),),
        skipped=(Skipped("empty.txt", "is empty"),),
    )


def section(text: str, title: str) -> str:
    """What stands below a heading."""
    return text.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_counts_and_sections_are_there(cases: Timeline) -> None:
    """Read, found, open and skipped each have a number and a section."""
    text = cases.report()
    assert "as reported, not verified" in text
    for line in ("- read: 3 articles", "- found: 7 events", "- without a date: 2 events", "- left open: 1 mention"):
        assert line in text
    assert "| students.txt | not given | Arrests in Leska |" in section(text, "Read")
    assert "| empty.txt | is empty |" in section(text, "Skipped, or read in part")
    assert "7-15" in section(text, "Left open")
    assert "FTB" in section(text, "Actors")
    assert "| shelling | 2 |" in section(text, "Found")


def test_a_missing_publication_date_is_explained(cases: Timeline) -> None:
    """The report names the articles and the three ways to give the date; without need it does not."""
    assert "students.txt" in section(cases.report(), "Publication date missing")
    assert "--published YYYY-MM-DD" in section(cases.report(), "Publication date missing")
    dated = replace(cases, articles=cases.articles[:2])
    assert "Publication date missing" not in dated.report()


def test_tolls_without_source_and_disputes_are_flagged(cases: Timeline) -> None:
    """An unattributed toll and a disputed perpetrator are to be read with care."""
    care = section(cases.report(), "Read with care")
    assert "a toll for which no source is named" in care
    assert "who did it is disputed" in care


def test_biggest_are_by_deaths_then_reports_then_actors(cases: Timeline) -> None:
    """3,000, 22 and 14 killed come first; among the others the one with most actors."""
    assert [event.trigger.text for event in biggest(cases)][:4] == ["killed", "shelling", "Artillery fire", "left"]
    joined = replace(cases[0], id="joined", members=("a", "b", "c"))
    assert biggest([*cases.events, joined])[3].id == "joined"


def test_what_did_not_happen_is_no_finding(cases: Timeline) -> None:
    """A planned massacre is not the biggest finding."""
    planned = replace(cases[1], factuality="planned", killed=Total(9000, 9000, 9000))
    assert planned not in biggest([*cases.events, planned])


def test_a_finding_is_one_line_with_date_and_source(cases: Timeline) -> None:
    """The line has the day, who says so and in which article of which outlet."""
    line = finding(biggest(cases)[1], cases.articles)
    assert "\n" not in line
    assert "2012" in line
    assert "The health office, in Example Post, minister.txt" in line


def test_markup_from_articles_is_escaped(cases: Timeline) -> None:
    """A title cannot break the tables or bring HTML into the report."""
    nasty = replace(cases.articles[0], title="a|b <script>\n# head [x](y)")
    text = report(cases.events, articles=(nasty,))
    assert r"a\|b \<script\> \# head \[x\](y)" in text
    assert not re.search(r"(?<!\\)<script", text)


def test_an_empty_timeline_has_a_report() -> None:
    """Nothing read and nothing found is said in words."""
    text = report(())
    assert "- found: 0 events" in text
    assert "none" in section(text, "Biggest findings")
