"""Triggers: which words tell of events, which do not, how the text stands to them, and who says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.language import read
from timeline.language.document import Told
from timeline.lexicon import load
from timeline.sources import evidence_kind, source_of
from timeline.triggers import find_triggers

CASES = Path(__file__).parent / "cases"
LEXICON = load()
RECALL, PRECISION = 0.60, 0.76
RULES = [*LEXICON.rules, *(trap for kind in LEXICON.types.values() for trap in kind.traps), *LEXICON.traps]


def cases(name):
    lines = (CASES / f"triggers_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["text"][:50]) for case in map(json.loads, lines)]


def told(text, lexicon=None):
    """Triggers as "word: type.subtype stance", the stance left out where it is happened."""
    document = read(text)
    out = []
    for mention in find_triggers(document, lexicon=lexicon):
        value = mention.value
        kind = f"{value.type}.{value.subtype}" if value.subtype else value.type
        stance = "" if value.factuality == "happened" else f" {value.factuality}"
        out.append(f"{document.tokens[mention.token].text}: {kind}{stance}")
    return out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_of_every_rule(rule):
    """The example behind each trigger and trap reads as the lexicon says."""
    assert told(rule.example) == list(rule.expect)


@pytest.mark.parametrize("case", cases("must_not"))
def test_must_not_extract(case):
    """Sport, markets, weather, illness, art and idioms yield no event."""
    assert told(case["text"]) == []


def test_enough_traps():
    """At least 200 sentences must not yield an event."""
    assert len(cases("must_not")) >= 200


@pytest.mark.parametrize("case", cases("wild"))
def test_in_the_wild(case):
    """Passives, coordination, light verbs, relative clauses, nouns, lists and capitals yield the right types."""
    assert told(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", cases("factuality"))
def test_factuality(case):
    """Modals, negation and governing words act on their own verb."""
    document = read(case["text"])
    found = [m for m in find_triggers(document) if document.tokens[m.token].text == case["word"]]
    assert [m.value.factuality for m in found[:1]] == [case["factuality"]]


@pytest.mark.parametrize("case", cases("attribution"))
def test_attribution(case):
    """The source of what a trigger tells is the whole noun phrase, with its kind of evidence and its interest."""
    document = read(case["text"])
    mention = next(m for m in find_triggers(document) if document.tokens[m.token].text == case["word"])
    source = mention.value.attribution
    if case["source"] is None:
        assert source is None
        return
    assert source is not None
    assert (source.source, source.verb, source.evidence_kind) == (case["source"], case["verb"], case["kind"])
    assert source.self_interested == case["self_interested"]
    assert source.span is not None
    assert document.text[source.span.start : source.span.end] == source.span.text == source.source


@pytest.mark.parametrize("case", cases("background"))
def test_background(case):
    """Pluperfect, since and words of memory put a happening into the background."""
    found = [m.value.background for m in find_triggers(read(case["text"])) if m.value.type == case["type"]]
    assert found[:1] == [case["background"]]


def test_spans_hold():
    """Each span is the text it says, and covers the head."""
    document = read("Rebels came under heavy fire near Homs. The army shelled the port and retook two towns.")
    mentions = list(find_triggers(document))
    assert len(mentions) == 3
    for mention in mentions:
        assert document.text[mention.span.start : mention.span.end] == mention.span.text
        head = document.tokens[mention.token]
        assert mention.span.start <= head.start and head.end <= mention.span.end
        assert mention.rule.startswith("triggers/")


def test_definite_noun_takes_up_what_was_told():
    """ "The attack" after a car bombing is that bombing, and marked as a second mention."""
    found = list(find_triggers(read("A car bomb killed nine soldiers in Taiz. The attack shook the whole town.")))
    assert [(m.value.type, m.kind) for m in found] == [("bombing", None), ("bombing", "nominal")]


def test_result_is_no_event_of_its_own():
    """ "Killing 18" tells what the shelling did."""
    assert told("Artillery hit a market in Nyala on Monday, killing at least 18 people.") == ["hit: shelling.artillery"]


def test_attack_between_forces_is_a_battle_too():
    """An armed group that attacks an army convoy fights a battle; attack is kept beside it."""
    found = next(find_triggers(read("Insurgents attacked an army convoy near Azawad on Friday.")))
    assert (found.value.type, found.value.also) == ("battle", ("attack",))


def test_plan_of_a_real_event_stays_real():
    """ "He planned his defection" does not turn a defection told before into a plan."""
    text = "The defection of the minister stunned the palace. He planned his defection with the rebels for months."
    assert told(text) == ["defection: defection.defect", "defection: defection.defect"]


def test_report_about_sport_yields_nothing():
    """Words of war in an article about a match are no events."""
    text = (
        "Rovers were under siege for half an hour before their captain fired a rocket into the net. The visitors "
        "attacked again after the break, and the striker killed the game with a late goal.\n\n"
        "Albion's coach was sacked after the defeat. The fans stormed the pitch."
    )
    assert told(text) == []


def test_sport_at_the_end_of_a_war_report():
    """A paragraph on sport inside a report on war yields nothing, the rest is read."""
    text = (
        "Rebels shelled the port of Homs on Monday and killed nine soldiers, the army said.\n\n"
        "In football, the champions captured the league title when their striker fired home a late goal."
    )
    assert told(text) == ["shelled: shelling"]


def test_own_type_wins_where_it_is_more_specific(tmp_path):
    """A type that a user adds is found without code."""
    path = tmp_path / "mine.toml"
    path.write_text(
        '[type.vote_violence]\nfamily = "violence"\ndefinition = "Force at the polls."\n'
        '[[trigger]]\nname = "raid"\nphrase = ["raid polling station"]\n'
        'example = "Thugs raided a polling station."\nexpect = ["raided: vote_violence"]\n',
        encoding="utf-8",
    )
    assert told("Gunmen raided a polling station in Osh.", load(path)) == ["raided: vote_violence"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "Homs.",
        "!!! ...",
        "20 killed 3",
        "AK-47 9/11 1.200 1,200",
        "\U0001f525 \U0001f525",
        '"' * 40,
        "| a | b |",
    ],
)
def test_odd_text(text):
    """Text without sentences or verbs is read without a crash."""
    for mention in find_triggers(read(text)):
        assert mention.span.text


def test_same_input_same_output():
    """Two runs give equal mentions."""
    text = "Rebels shelled Homs, residents said, and the army denied that its troops had fired."
    assert list(find_triggers(read(text))) == list(find_triggers(read(text)))


def test_source_of_a_count():
    """Any word can be asked for its source, such as the number of dead."""
    document = read("A neighbourhood committee said that 27 people had died.")
    number = next(token for token in document.tokens if token.text == "27")
    source = source_of(document, number)
    assert source is not None and source.source == "A neighbourhood committee"


def test_evidence_kind_of_unknown_speaker():
    """A name without a role is unattributed evidence."""
    document = read("Hamdan said so.")
    assert evidence_kind(document, document.tokens[0], LEXICON.cues) == "unattributed"


def test_sentences_nobody_tuned_on():
    """Sentences in varied wording, by a writer who had not read the rules: at least as many as were measured.

    A trigger is right if its words overlap with those marked and its type is the marked one or accepted beside it.
    """
    right = found = marked = 0
    for line in (CASES / "triggers_unseen.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        mentions = list(find_triggers(read(case["text"])))
        spans = [(case["text"].find(words), len(words), {kind, *case["also_ok"]}) for kind, words in case["expect"]]
        hits = [
            any(m.value.type in kinds and m.span.start < at + size and m.span.end > at for m in mentions)
            for at, size, kinds in spans
        ]
        kinds = {kind for _, _, several in spans for kind in several} | set(case["also_ok"])
        right += sum(hits)
        marked += len(hits)
        found += sum(hits) + sum(m.value.type not in kinds for m in mentions)
    assert right / marked >= RECALL, right / marked
    assert right / found >= PRECISION, right / found


def told_as(text, shares):
    """A document whose trained reader takes words, by their text, for attacks with these shares, and no others."""
    document = read(text)
    sentences = []
    for sentence in document.sentences:
        seen = [(token.index, shares[token.text]) for token in sentence.tokens if token.text in shares]
        sentences.append(replace(sentence, told=tuple(Told(index, "attack", share, share) for index, share in seen)))
    return replace(document, sentences=tuple(sentences))


def test_the_rest_of_the_text_weighs_on_a_word():
    """The same doubtful word is believed among words that tell of attacks, and not among words that do not."""
    text = "Raiders quizzled the camp. They gruffled it. They snorted it. They flumped it."
    others = ("gruffled", "snorted", "flumped")
    hot = told_as(text, {"quizzled": 0.95, **dict.fromkeys(others, 0.99)})
    cold = told_as(text, {"quizzled": 0.95, **dict.fromkeys(others, 0.5)})
    words = [{m.span.text for m in find_triggers(document)} for document in (hot, cold)]
    assert "quizzled" in words[0]
    assert "quizzled" not in words[1]


def test_a_type_of_ones_own_is_no_weight_on_others(tmp_path):
    """Words that only a user's rule knows say nothing of what the rest of the text is about."""
    path = tmp_path / "mine.toml"
    path.write_text(
        '[type.browsing]\nfamily = "politics"\ndefinition = "Looking at goods."\n'
        '[[trigger]]\ntype = "browsing"\nname = "browse"\nverb = ["browse"]\n'
        'example = "Shoppers browsed."\nexpect = ["browsed: browsing"]\n',
        encoding="utf-8",
    )
    text = "Rebels shelled the port on Monday. Gunmen kidnapped a judge in Goma. " + "Shoppers browsed the stalls. " * 6
    assert {m.value.type for m in find_triggers(read(text), lexicon=load(path))} >= {"shelling", "kidnapping"}
