"""Explanations: the sentence with every span marked, and the rule behind each field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from timeline.explanation import explain
from timeline.records import Claim, Event, Evidence, Span, Total
from timeline.timeline import Timeline

CORPUS = Path(__file__).parent / "cases" / "corpus"


def shelling() -> Event:
    """The event with the most fields."""
    return next(event for event in Timeline.load(CORPUS) if event.trigger.text == "Artillery fire")


def test_words_are_marked_in_the_sentence() -> None:
    """Each field in the sentence is marked with the number of its line."""
    text = explain(shelling())
    assert "«Artillery fire»1 hit «the covered market»3 of «Talvar»4 on «Tuesday»2, killing" in text
    assert '1 type        shelling: "Artillery fire" 18-32 [triggers/shelling/example]' in text
    assert "5 killed      low 14, best 14, high open, at_least, incident, says two surgeons" in text


def test_words_elsewhere_are_quoted_with_offsets() -> None:
    """A participant of another sentence is listed without mark, as the claim that it is."""
    line = next(line for line in explain(shelling()).splitlines() if "perpetrator" in line)
    assert line == (
        '     perpetrator Harvan army (military), says Residents, disputed: "the Harvan army" 167-182 [roles/blame]'
    )


def test_every_rule_is_named_once() -> None:
    """No rule of the evidence is lost, also if it stands behind a field that has no words."""
    event = replace(shelling(), evidence=(*shelling().evidence, Evidence("background", "background/pluperfect")))
    text = explain(event)
    for item in event.evidence:
        assert text.count(f"[{item.rule}]") == 1


def test_claims_are_listed_with_their_sources() -> None:
    """Rival numbers stand below, each with who says it, before and after a round through JSON."""
    span = Span(66, 68, "22", "minister.txt")
    for value in (Total(22, 22, None), {"low": 22, "best": 22, "high": None}):
        text = explain(replace(shelling(), claims=(Claim("killed", value, "the health office", span),)))
        assert (
            'claim       killed low 22, best 22, high open, says the health office: "22" 66-68 in minister.txt' in text
        )


def test_redacted_words_stay_hidden() -> None:
    """A protected participant is shown as such."""
    role = replace(shelling().roles[0], name=None, span=Span(167, 182, None, redacted=True))
    text = explain(replace(shelling(), roles=(role,)))
    assert "[protected] (military)" in text
    assert "[redacted] 167-182" in text


def test_without_the_sentence_the_fields_are_told() -> None:
    """An event that was loaded without its article is explained by words and offsets."""
    event = shelling()
    text = explain(replace(event, sentence=replace(event.sentence, text=None)))
    assert "«" not in text
    assert '"Artillery fire" 18-32' in text
