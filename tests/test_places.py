"""Places: which stretches of text name one, and which place it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from timeline.language import read
from timeline.places import find_places
from timeline.records import Article

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "places_mentions.jsonl").read_text(encoding="utf-8").splitlines()
]
KNOWN_FAILURES: frozenset[str] = frozenset()


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case["id"] in KNOWN_FAILURES else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """Each sentence of the cases gives the places that it should, and none that it should not."""
    mentions = list(find_places(read(Article("t", case["text"]))))
    texts = [mention.span.text for mention in mentions]
    for text in case.get("absent", []):
        assert text not in texts
    for text, (name, country, precision) in case.get("places", {}).items():
        values = [mention.value for mention in mentions if mention.span.text == text]
        assert values, texts
        assert (values[0].name, values[0].country, values[0].precision) == (name, country, precision)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_offsets_hold(case: dict[str, Any]) -> None:
    """The span of every mention holds exactly its characters, and mentions come in order."""
    document = read(Article("t", case["text"]))
    mentions = list(find_places(document))
    assert all(document.text[m.span.start : m.span.end] == m.span.text for m in mentions)
    assert [m.span.start for m in mentions] == sorted(m.span.start for m in mentions)
    assert all(m.span.start <= document.tokens[m.token].start < m.span.end for m in mentions)


def test_coordinates() -> None:
    """Homs lies in western Syria, in degrees of latitude and longitude."""
    (mention,) = find_places(read("Snipers shot three men in Homs."))
    assert mention.value.lat == pytest.approx(34.73, abs=0.05)
    assert mention.value.lon == pytest.approx(36.71, abs=0.05)
    assert mention.value.country_name == "Syria"


def test_nothing_to_find() -> None:
    """A text without names has no places, and an empty one neither."""
    assert list(find_places(read("nothing happened."))) == []
    assert list(find_places(read(""))) == []


def test_one_name_one_meaning() -> None:
    """A name that a country once settles keeps its meaning in the rest of the text."""
    mentions = list(find_places(read("A blast shook Tripoli, Lebanon. Later Tripoli was calm.")))
    assert [m.value.country for m in mentions if m.span.text == "Tripoli"] == ["LBN", "LBN"]


def test_same_input_same_places() -> None:
    """Finding twice gives the same mentions."""
    document = read("Rebels captured Bunia and Goma in Congo. The city of Beni was calm.")
    assert list(find_places(document)) == list(find_places(document))
