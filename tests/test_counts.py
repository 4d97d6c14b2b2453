"""Counts of harmed people: what is printed, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.counts import find_counts
from timeline.counts.harm import harm_words
from timeline.counts.numerals import quantity_words
from timeline.counts.quantity import quantities
from timeline.language import read
from timeline.language.document import Told

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "counts.jsonl").read_text("utf-8").splitlines()
]


def marked(case):
    """The case, as a strict expected failure where it is a known one."""
    why = case.get("known_failure")
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(case, id=case["text"][:50], marks=marks)


def records(text):
    """Every count of a text in the form of the cases."""
    return [
        [m.value.harm, m.value.low, m.value.best, m.value.high, m.value.qualifier, m.value.scope, m.span.text]
        for m in find_counts(read(text))
    ]


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case):
    """Each case gives its records and no other."""
    assert sorted(map(str, records(case["text"]))) == sorted(map(str, case["expect"]))


@pytest.mark.parametrize("rule", harm_words().rules, ids=[rule.id for rule in harm_words().rules])
def test_harm_rule_example(rule):
    """Every harm rule finds the people of its example."""
    spans = [mention.span.text.lower() for mention in find_counts(read(rule.example))]
    assert rule.expect.lower() in " ".join(spans)


@pytest.mark.parametrize("entry", quantity_words()["qualifier"], ids=lambda entry: entry["id"])
def test_qualifier_example(entry):
    """Every qualifier gives the bounds of its example; -1 stands for open."""
    document = read(entry["example"])
    [quantity, *_] = quantities(document, 0, len(document.tokens) - 1)
    bounds = [-1 if bound is None else bound for bound in (quantity.low, quantity.best, quantity.high)]
    assert bounds == entry["expect"]


@pytest.mark.parametrize(
    "text", ["", "9", "killed", "killed killed killed", "12 12 12 dead dead", "20 killed 3", "1.200 dead."]
)
def test_odd_text_keeps_offsets(text):
    """Odd text neither fails nor moves an offset."""
    for mention in find_counts(read(text)):
        assert text[mention.span.start : mention.span.end] == mention.span.text


def seen(text, harms):
    """A document whose trained reader takes some words, by their text, for harmed people with these shares."""
    document = read(text)
    sentences = tuple(
        replace(
            sentence,
            harmed=tuple(Told(t.index, *harms[t.text], harms[t.text][1]) for t in sentence.tokens if t.text in harms),
        )
        for sentence in document.sentences
    )
    return replace(document, sentences=sentences)


def test_the_trained_reader_adds_victims_that_no_rule_knows():
    """People whom the reader is sure of are counted with the verb above them; unsure ones are not."""
    text = "The gang quizzled two woodcutters near a mill and three millers behind it."
    [mention] = find_counts(seen(text, {"woodcutters": ("killed", 0.95), "millers": ("killed", 0.4)}))
    assert (mention.span.text, mention.value.harm, mention.value.low) == ("two woodcutters", "killed", 2)
    assert mention.rule == "counts/killed/model"


def test_the_trained_reader_rules_out_what_it_sees_nobody_harmed_in():
    """A rule is not believed where the reader sees no one; a printed zero is, and so is all without a reader."""
    text = "The blast killed 14 people. No one was wounded."
    found = [mention.value.harm for mention in find_counts(seen(text, {}))]
    assert found == ["wounded"]
    bare = seen(text, {})
    bare = replace(bare, sentences=tuple(replace(sentence, harmed=None) for sentence in bare.sentences))
    assert {mention.value.harm for mention in find_counts(bare)} == {"killed", "wounded"}
