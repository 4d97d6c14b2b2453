"""Protected actors: no name left anywhere, every offset as it was."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline import io
from timeline.codec import to_json
from timeline.records import Actor, Article, Attribution
from timeline.redaction import MASK, Redacted, redact
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"
NAMES = ("Anton", "Vesely", "vesely")


@pytest.fixture(scope="module")
def masked() -> Redacted:
    """The cases with the minister protected."""
    cases = Timeline.load(CORPUS)
    actors = [replace(actor, protected=actor.id == "anton-vesely") for actor in cases.actors]
    return redact(cases.events, cases.articles, actors)


def test_no_name_is_left(masked: Redacted) -> None:
    """Neither records nor texts nor tables nor graphs hold a name, alias or title of the protected one."""
    timeline = Timeline(masked.events, masked.articles, masked.actors)
    everything = json.dumps([to_json(part) for part in (masked.events, masked.articles, masked.actors)])
    everything += timeline.to_frame().drop(columns="event").to_csv() + str(list(timeline.graph().nodes(data=True)))
    everything += "".join(timeline.explain(event.id) for event in timeline)
    for name in NAMES:
        assert name not in everything
    assert "Imre Dost" in everything


def test_offsets_hold(masked: Redacted) -> None:
    """Texts keep their length, and every span that is not redacted has the words of the masked text."""
    before = {article.id: article.text for article in io.read_articles(CORPUS / "articles.jsonl")}
    after = {article.id: article.text for article in masked.articles}
    assert {name: len(text) for name, text in after.items()} == {name: len(text) for name, text in before.items()}
    for event in masked.events:
        for span in (event.trigger, event.sentence, *(role.span for role in event.roles)):
            assert span.text is None or after[event.article][span.start : span.end] == span.text


def test_the_role_says_that_it_is_redacted(masked: Redacted) -> None:
    """The role has no name and a number for an id; its span keeps the offsets."""
    role = next(role for event in masked.events for role in event.roles if role.role == "defector")
    assert (role.actor, role.name, role.span.text, role.span.redacted) == ("protected-1", None, None, True)
    assert (role.span.start, role.span.end) == (70, 97)


def test_single_words_of_a_name_are_masked_everywhere(masked: Redacted) -> None:
    """The surname alone is masked too, in texts that no event quotes."""
    text = next(article.text for article in masked.articles if article.id == "minister.txt")
    assert text.endswith(f"{MASK * 6} had been in office for two months.")


def test_sources_are_masked() -> None:
    """A protected source is out of the attribution and its span."""
    event = Timeline.load(CORPUS).of_type("detention")[0]
    told = event.attribution
    assert told is not None
    assert told.span is not None
    source = Actor("lawyers", "a lawyers' group", "source", protected=True)
    article = Article(event.article, next(io.read_articles(CORPUS / "articles.jsonl")).text)
    result = redact([event], [article], [source]).events[0].attribution
    assert isinstance(result, Attribution)
    assert "lawyers" not in str(result)


def test_unlinked_mentions_and_relatives_are_masked() -> None:
    """An actor that was not linked to the protected one, and one named after it, do not give the name away."""
    actors = [
        Actor("jan-novak", "Jan Novak", "person", protected=True),
        Actor("novak@a", "Novak", "person", aliases=("Mr Novak",)),
        Actor("novak-brothers", "Novak brothers", "militia", aliases=("the Novak brothers",)),
        Actor("army", "army", "military"),
    ]
    masked = redact([], [], actors).actors
    assert "ovak" not in str(masked)
    assert [(actor.id, actor.name, actor.protected) for actor in masked] == [
        ("army", "army", False),
        ("protected-1", None, True),
        ("protected-2", f"{MASK * 5} brothers", False),
        ("protected-3", None, True),
    ]


def test_an_address_with_the_name_is_dropped() -> None:
    """A web address that spells the name is removed, any other stays."""
    actor = Actor("jan-novak", "Jan Novak", "person", protected=True)
    articles = [
        Article("a", "Novak spoke.", title="Jan Novak speaks", url="https://example.org/jan-novak-speaks"),
        Article("b", "Rain fell.", url="https://example.org/rain"),
    ]
    first, second = redact([], articles, [actor]).articles
    assert (first.title, first.url) == (f"{MASK * 3} {MASK * 5} speaks", None)
    assert second == articles[1]


@settings(deadline=None)
@given(st.text(alphabet="Jan Novák.,\n'-ßİ", max_size=60))
def test_masking_never_moves_an_offset(text: str) -> None:
    """For any text the masked one has the same length and the same blanks, and no whole name."""
    actor = Actor("jan-novak", "Jan Novák", "person", aliases=("J. Novák",), protected=True)
    masked = redact([], [Article("a", text)], [actor]).articles[0].text
    assert [letter.isspace() for letter in masked] == [letter.isspace() for letter in text]
    assert re.search(r"(?<!\w)Novák(?!\w)", masked) is None


def test_without_protected_actors_nothing_changes() -> None:
    """Records come back as they are."""
    cases = Timeline.load(CORPUS)
    assert redact(cases.events, cases.articles, cases.actors) == Redacted(cases.events, cases.articles, cases.actors)
