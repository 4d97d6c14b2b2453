"""Measures against gold: matching, figures and classes of errors."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from timeline.evaluation import (
    Scores,
    score_actors,
    score_counts,
    score_events,
    score_links,
    score_places,
    score_times,
)
from timeline.records import Actor, Event, Mention, Place, Span, TimeExpression, Total, When
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


def gold_of(event: Event, **changes: Any) -> dict[str, Any]:
    """A gold event that the event fits perfectly, then changed."""
    when = event.when
    day = {"start": _iso(when.start), "end": _iso(when.end), "precision": when.precision, "kind": when.kind}
    killed = None if event.killed is None else {"low": event.killed.low, "high": event.killed.high}
    wanted = {
        "id": event.id,
        "type": event.type,
        "subtype": event.subtype,
        "also_ok": [],
        "trigger": _span(event.trigger),
        "other_triggers": [],
        "date": day,
        "actors": [{"role": role.role, "name": role.name, "span": _span(role.span)} for role in event.roles],
        "location": {"name": event.place.name} if event.place else None,
        "killed": killed,
        "wounded": None,
        "factuality": event.factuality,
        "optional": False,
    }
    return {**wanted, **changes}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def article(*events: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """A gold article around gold events of the cases' first article."""
    text = {item.id: item.text for item in Timeline.load(CORPUS).articles}["market.txt"]
    row = {"id": "market.txt", "text": text, "published": "2012-07-18", "conflict": True, "events": list(events)}
    return {**row, **fields}


@pytest.fixture(scope="module")
def shelling() -> Event:
    """The shelling of the market."""
    return next(event for event in Timeline.load(CORPUS) if event.trigger.text == "Artillery fire")


def kinds(scores: Scores) -> list[str]:
    """The classes of errors, sorted."""
    return sorted(miss.kind for miss in scores.errors)


def test_gold_against_itself_is_perfect(shelling: Event) -> None:
    """Every figure of an event that fits is 1 and there are no errors."""
    scores = score_events([article(gold_of(shelling))], [shelling])
    for name in ("precision", "recall", "f1", "dates", "factuality", "subtypes", "killed", "places", "roles_f1"):
        assert scores.figures[name] == 1.0, name
    assert scores.errors == ()


def test_missed_and_false_events_count(shelling: Event) -> None:
    """An event without gold is false, gold without event is missed, each in its class."""
    scores = score_events([article(gold_of(shelling))], [replace(shelling, type="battle")])
    assert (scores.figures["right"], scores.figures["false"], scores.figures["missed"]) == (0, 1, 1)
    assert kinds(scores) == ["double or type", "missed"]


def test_another_type_may_be_allowed(shelling: Event) -> None:
    """A type in also_ok is right, without judging its subtype."""
    scores = score_events([article(gold_of(shelling, also_ok=["attack"]))], [replace(shelling, type="attack")])
    assert scores.figures["f1"] == 1.0
    assert scores.figures["subtypes_n"] == 0


def test_the_same_sentence_is_near_enough(shelling: Event) -> None:
    """A trigger beside the gold's, in the same sentence, still matches; in another sentence it does not."""
    near = replace(shelling, trigger=Span(78, 85, "killing"))
    far = replace(shelling, trigger=Span(222, 228, "denied"))
    assert score_events([article(gold_of(shelling))], [near]).figures["right"] == 1
    assert score_events([article(gold_of(shelling))], [far]).figures["right"] == 0


def test_traps_and_clean_articles(shelling: Event) -> None:
    """An event in a trap counts as one; one in an article without conflict too."""
    trap = {"span": _span(shelling.trigger), "wrong_type": ["shelling"]}
    scores = score_events([article(must_not_extract=[trap], conflict=False)], [shelling])
    assert (scores.figures["traps"], scores.figures["false_in_clean"]) == (1, 1)
    assert kinds(scores) == ["trap"]


def test_unreal_events_are_not_false(shelling: Event) -> None:
    """What is told as planned and matches nothing is counted apart."""
    scores = score_events([article()], [replace(shelling, factuality="planned")])
    assert (scores.figures["false"], scores.figures["unreal"]) == (0, 1)


def test_optional_events_count_neither_way(shelling: Event) -> None:
    """An optional event may be there or not; telling it as happened when it was planned is false."""
    optional = gold_of(shelling, optional=True)
    assert score_events([article(optional)], []).figures["missed"] == 0
    assert score_events([article(optional)], [shelling]).figures["false"] == 0
    planned = score_events([article({**optional, "factuality": "planned"})], [shelling])
    assert kinds(planned) == ["not real"]


@pytest.mark.parametrize(
    ("gold", "start", "end", "right"),
    [
        ({"start": "2012-07-17", "end": "2012-07-18", "precision": "day"}, "2012-07-18", "2012-07-18", True),
        ({"start": "2012-07-17", "end": "2012-07-18", "precision": "day"}, "2012-07-19", "2012-07-19", False),
        ({"start": "2012-07-01", "end": "2012-07-31", "precision": "month"}, "2012-07-18", "2012-07-18", False),
        (
            {"start": "2012-05-01", "end": "2012-07-18", "precision": "range", "kind": "extent"},
            "2012-05-01",
            None,
            True,
        ),
        (
            {"start": "2012-05-01", "end": "2012-06-18", "precision": "range", "kind": "extent"},
            "2012-05-01",
            None,
            False,
        ),
        ({"start": None, "end": "2012-07-18", "precision": "open"}, None, "2012-07-18", True),
        ({"start": None, "end": None, "precision": "unknown"}, "2012-07-18", "2012-07-18", False),
    ],
)
def test_dates(shelling: Event, gold: dict[str, Any], start: str | None, end: str | None, right: bool) -> None:
    """Bounds have to be the gold's, but one day inside a window of days will do, and so will an open end."""
    when = When(*(dt.date.fromisoformat(day) if day else None for day in (start, end)))
    figures = score_events([article(gold_of(shelling, date=gold))], [replace(shelling, when=when)]).figures
    assert figures["dates"] == float(right)


def test_numbers_that_nobody_gave_are_wrong(shelling: Event) -> None:
    """An invented number counts against, and so does a wrong bound."""
    invented = score_events([article(gold_of(shelling, killed=None))], [shelling])
    closed = score_events([article(gold_of(shelling))], [replace(shelling, killed=Total(14, 14, 14))])
    assert invented.figures["killed"] == closed.figures["killed"] == 0.0
    assert invented.figures["wounded_n"] == 0


def test_roles_match_by_words_or_name(shelling: Event) -> None:
    """A participant is right by overlap or by name, in the same role only."""
    wanted = gold_of(shelling)["actors"]
    wanted[0] = {**wanted[0], "span": {"start": 0, "end": 3}}
    wanted[1] = {**wanted[1], "role": "victims"}
    scores = score_events([article(gold_of(shelling, actors=wanted))], [shelling])
    assert scores.figures["roles_f1"] == 0.5
    assert kinds(scores) == ["role false", "role missed"]


def test_counts(shelling: Event) -> None:
    """A sentence is right if all its records are; best and scope count for the full figure only."""
    record = {"harm": "killed", "low": 14, "best": 14, "high": None, "scope": "incident"}
    row = {"id": "market.txt", "text": "x", "expected": [record]}
    assert score_counts([row], [shelling, shelling]).figures["sentences_full"] == 1.0
    figures = score_counts([{**row, "expected": [{**record, "best": 20}]}], [shelling]).figures
    assert (figures["sentences"], figures["sentences_full"]) == (1.0, 0.0)
    assert kinds(score_counts([row, {**row, "id": "b"}], [shelling])) == ["count missed"]
    assert kinds(score_counts([{**row, "expected": []}], [shelling])) == ["count false"]


def test_times() -> None:
    """Characters, overlap, value and type are counted apart."""
    text = "on Monday 6 August and later"
    wanted = [
        {"start": 3, "end": 9, "type": "DATE", "value": "2012-08-06"},
        {"start": 10, "end": 18, "type": "DATE", "value": "2012-08-06"},
    ]
    found = [_time(text, 3, 9, "2012-08-06"), _time(text, 10, 14, "2012-08"), _time(text, 23, 28, "FUTURE_REF")]
    scores = score_times([{"doc_id": "d", "text": text, "timexes": wanted}], {"d": found})
    assert scores.figures["strict_recall"] == 0.5
    assert scores.figures["relaxed_recall"] == 1.0
    assert scores.figures["value_accuracy"] == 0.5
    assert scores.figures["relaxed_precision"] == pytest.approx(2 / 3)
    assert kinds(scores) == ["time false", "time value"]


def _time(text: str, start: int, end: int, value: str) -> Mention[TimeExpression]:
    return Mention(TimeExpression("DATE", value, When()), Span(start, end, text[start:end]), "dates/test", 0)


def test_scores_show_figures_and_errors(shelling: Event) -> None:
    """The table has every figure, the listing every error on one line."""
    scores = score_events([article(gold_of(shelling))], [])
    assert "recall" in str(scores)
    assert "errors: missed 1" in str(scores)
    assert scores.listing() == "missed\tmarket.txt\tArtillery fire\t\tshelling"
    assert json.dumps(dict(scores.figures))


def test_links(shelling: Event) -> None:
    """Pairs of one happening have to be joined, pairs of different ones not, and what is not found is said."""
    other = next(event for event in Timeline.load(CORPUS) if event.trigger.text == "shelling")
    mentions = [
        {"article": "market.txt", "start": 18, "end": 32, "text": "Artillery fire"},
        {"article": "minister.txt", "start": 44, "end": 52, "text": "shelling"},
    ]
    gold = [{"id": "s1", "type": "shelling", "mentions": mentions}]
    twin = replace(other.trigger, article="minister.txt")
    joined = [replace(shelling, trigger=replace(shelling.trigger, article="market.txt"), triggers=(twin,))]
    right, left = score_links(gold, joined), score_links(gold, [shelling, other])
    assert (right.figures["f1"], right.figures["whole"], right.errors) == (1.0, 1.0, ())
    assert (left.figures["recall"], kinds(left)) == (0.0, ["not joined"])
    wrong = score_links([{**gold[0], "different": True}], joined)
    assert (wrong.figures["apart"], kinds(wrong)) == (0.0, ["joined wrongly"])
    assert score_links(gold, [shelling]).figures["found"] == 0.5


def test_places_match_by_name_or_words(shelling: Event) -> None:
    """A place is right by its name or by overlapping words, and wrong otherwise."""
    for location, right in (
        ({"name": "talvar"}, 1.0),
        ({"name": "market of Talvar", "span": {"start": 45, "end": 65}}, 1.0),
        ({"name": "Leska", "span": {"start": 0, "end": 6}}, 0.0),
    ):
        assert score_events([article(gold_of(shelling, location=location))], [shelling]).figures["places"] == right


def test_places_of_reports() -> None:
    """A district counts as its city, another country's town of that name does not, and what is wrong is told apart."""
    near = Place("Sadr Gate", "IRQ", "Iraq", 33.36, 44.44, "district")
    where = {"city": "Baghdad", "country": "Iraq"}
    report = {"id": "r", "text": "A bomb went off in Sadr Gate in Baghdad.", "location": where}
    found = {"r": [Mention(near, Span(19, 28, "Sadr Gate"), "places/name", 5, None, 0.9)]}
    assert score_places([report], [], found).figures["cities"] == 1.0
    abroad = {"r": [Mention(replace(near, name="Baghdad", country="USA"), Span(32, 39, "Baghdad"), "", 7, None, 0.9)]}
    scores = score_places([report], [], abroad)
    assert (scores.figures["cities"], scores.figures["countries"]) == (0.0, 0.0)
    assert kinds(scores) == ["city not found", "country"]
    basra = Mention(Place("Basra", "IRQ", "Iraq", 30.5, 47.8, "town"), Span(0, 1, "A"), "", 0, None, 0.9)
    scores = score_places([report], [], {"r": [basra, *found["r"]]})
    assert kinds(scores) == ["city"]
    assert scores.figures["cities_found"] == 1.0


def test_who_is_who_is_measured_with_and_without_the_mentions_that_only_one_side_has():
    """Two mentions of one actor read as two actors halve the recall of links; a false mention halves nothing there."""
    text = "Rebels fled. The rebels said so. Ministers met."
    gold = [{"id": "a", "text": text, "actors": [{"name": "rebels", "mentions": [
        {"start": 0, "end": 6, "text": "Rebels"}, {"start": 17, "end": 23, "text": "rebels"}]}]}]  # fmt: skip
    actors = [Actor(id=name, name=name, kind="rebel") for name in ("one", "two", "ministers")]
    spans = [Span(0, 6, "Rebels"), Span(13, 23, "The rebels"), Span(33, 42, "Ministers")]
    found = {"a": [Mention(actor, span, "test", 0) for actor, span in zip(actors, spans, strict=True)]}
    figures = score_actors(gold, found).figures
    assert (figures["mentions_precision"], figures["mentions_recall"]) == (2 / 3, 1.0)
    assert (figures["links_precision"], figures["links_recall"]) == (1.0, 0.5)
    assert (figures["b_cubed_precision"], figures["b_cubed_recall"]) == (2 / 3, 0.5)
