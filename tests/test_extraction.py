"""Events of one article: dates, places, roles, numbers, and mentions of one happening joined."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from timeline.codec import event_from_json, to_json
from timeline.errors import InputError
from timeline.extraction import FINDERS, drafts_of, extract_document
from timeline.extraction.mentions import gather
from timeline.extraction.sameness import features, likeness
from timeline.extraction.tolls import spread, total
from timeline.language import read
from timeline.lexicon import load
from timeline.records import Article, Mention, Span, Total

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "extraction.jsonl").read_text("utf-8").splitlines()
]
STORY = (
    "BEIRUT, Aug 6 - A car bomb killed nine people in Homs on Friday, police said. Activists put the dead at 14. "
    "The army shelled Hama on Saturday and General Adnan Sallu defected to the rebels."
)


def events_of(text, published="2012-08-06"):
    """The events of a text."""
    day = dt.date.fromisoformat(published) if published else None
    return extract_document(read(Article("a", text, day))).events


def marked(case):
    """The case, as a strict expected failure where it is a known one."""
    why = case.get("known_failure")
    return pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


def bounds(value):
    """A total as a list."""
    return None if value is None else [value.low, value.best, value.high]


def several(names):
    """One name or a list of them, as a list."""
    return names if isinstance(names, list) else [names]


def check(events, want):
    """Compare one event with what is expected of it."""
    told = [event for event in events if event.type == want["type"]]
    named = [
        e for e in told if any(want["trigger"] in s.text or s.text in want["trigger"] for s in (e.trigger, *e.triggers))
    ]
    assert len(named) > want.get("nth", 0), [(event.type, event.trigger.text) for event in events]
    event = named[want.get("nth", 0)]
    start, end = (day and day.isoformat() for day in (event.when.start, event.when.end))
    if "not_start" in want:
        assert start != want["not_start"]
    elif not want.get("any_date"):
        assert [start, end, event.when.kind] == [want["start"], want["end"], want["kind"]]
    for name in ("precision", "weekday", "basis"):
        assert getattr(event.when, name) == want.get(name, getattr(event.when, name))
    for name in ("killed", "wounded"):
        if name in want:
            assert bounds(getattr(event, name)) == want[name]
    assert event.factuality == want.get("factuality", event.factuality)
    if "place" in want:
        assert event.place is not None
        assert event.place.name == want["place"]
    found = {(filler.role, filler.name) for filler in event.roles}
    assert {(role, name) for role, names in want.get("roles", {}).items() for name in several(names)} <= found
    assert not {(role, name) for role, names in want.get("no_roles", {}).items() for name in several(names)} & found
    if "count" in want:
        assert len(told) == want["count"]


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case):
    """Each case gives the events that it names and none for the words that it bars."""
    events = events_of(case["text"], case["published"])
    for want in case["expect"]:
        check(events, want)
    triggers = {event.trigger.text for event in events}
    assert not triggers & set(case["absent"])


@pytest.mark.parametrize(
    ("told", "claimed_by", "disputed"),
    [
        ("The police blamed the Mai-Mai.", "Congolese police", False),
        ("The Mai-Mai said they were behind the attack.", "Mai-Mai", False),
        ("The Mai-Mai denied shelling the market.", None, True),
    ],
)
def test_blame_is_a_claim(told, claimed_by, disputed):
    """Who is named as the perpetrator apart from the deed is named by someone, or disputes it."""
    first = events_of(f"A rocket hit the market of Goma on Friday, killing two people. {told}")[0]
    found = [role for role in first.roles if role.role == "perpetrator"]
    assert [(role.name, role.claimed_by, role.disputed) for role in found] == [("Mai-Mai", claimed_by, disputed)]


def spans(value):
    """Every span inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans(getattr(value, name))


def test_every_span_holds():
    """Every span of every field quotes the text at its offsets."""
    found = [span for event in events_of(STORY) for span in spans(event) if span.text is not None]
    assert len(found) > 10
    assert all(STORY[span.start : span.end] == span.text for span in found)


def test_ids_are_stable_and_unique():
    """The same article gives the same ids, and no two events share one."""
    first, second = events_of(STORY), events_of(STORY)
    assert [event.id for event in first] == [event.id for event in second]
    assert len({event.id for event in first}) == len(first)


def test_json_round_trip():
    """An event survives being written and read."""
    for event in events_of(STORY):
        again = event_from_json(json.loads(json.dumps(to_json(event))))
        assert to_json(again) == to_json(event)


def test_json_has_every_key():
    """No key is ever left out, null is written."""
    [event, *_] = events_of("Rebels shelled the airport.", None)
    keys = to_json(event)
    assert {"place", "killed", "wounded", "claims", "also", "relations", "alternatives", "members"} <= set(keys)
    assert keys["killed"] is None
    assert keys["when"]["start"] is None


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "12", "“", "killed", "a" * 5000, "\u202eabc", "Shells." * 400])
def test_odd_text(text):
    """Odd text gives few or no events, never an error."""
    assert isinstance(events_of(text), tuple)


def test_foreign_mention_is_refused():
    """A finder that gives something unknown is named in the error."""

    def mine(document):
        yield Mention("nonsense", document.span(0, 3), "mine/rule", 0)

    with pytest.raises(InputError, match="mine/rule"):
        extract_document(read("Shells fell."), finders=[*FINDERS, mine])


def test_open_end_beside_larger_claim():
    """The range is open only if the claim with the largest low is."""
    assert spread([Total(18, 18, None), Total(27, 27, 27)]) == Total(18, 18, 27)
    assert spread([Total(30, 30, None), Total(27, 27, 27)]).high is None


def test_no_counts_no_total():
    """Without a printed number there is no total; null is not 0."""
    assert total((), "killed") is None


def test_it_does_not_reach_past_the_sentence_before():
    """Who acted is left open rather than laid on someone named two sentences earlier."""
    text = (
        "The journey had been planned for ten weeks and been assisted by the Free Syrian Army, the spokesman said.\n\n"
        "State television reported first that the prime minister had been dismissed. "
        "It named Omar Ghalawanji, one of his deputies, as head of a caretaker government."
    )
    named = [role.name for event in events_of(text) if event.type == "leadership_change" for role in event.roles]
    assert "Omar Ghalawanji" in named
    assert "Free Syrian Army" not in named


def test_the_beginning_of_a_battle_is_not_the_assault_of_a_day():
    """Since when a town is fought over is told apart from what was done there on one day."""
    text = (
        "NYALA, July 29 - The army launched an assault on rebel districts of Nyala on Saturday.\n\n"
        "The battle for the city began on July 19, when rebels entered it."
    )
    article = Article("a", text, dt.date(2012, 7, 29))
    found = {event.trigger.text: event.when.kind for event in extract_document(read(article)).events}
    assert found["assault"] == "point"
    assert found["battle"] == "since"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Residents fled Daraya. They said that soldiers shot 20 men on Friday.", "residents"),
        ("General Omar Sabri arrived on Monday. He said that soldiers shelled Homs on Friday.", "Omar Sabri"),
        ("It said that ten people were shot in Hama on Friday.", None),
        ("They shelled Homs on Friday, two nurses said.", "two nurses"),
    ],
)
def test_a_pronoun_is_no_source(text, source):
    """A source told of as "they" or "it" is who that is, and not named where that is not known."""
    events = [event for event in events_of(text, "2012-08-06") if event.attribution is not None]
    assert events
    assert {event.attribution.source for event in events} == {source}
    assert all(event.attribution.span.text.lower() in text.lower() for event in events)


def test_a_monitor_that_goes_on_to_say():
    """A body that gives figures is what "it" means in the next sentence."""
    text = "The Levant Observatory documented 40 deaths. It said that 12 people were killed in Hama on Friday."
    sources = {count.source for event in events_of(text, "2012-08-06") for count in event.counts}
    assert sources == {"The Levant Observatory", "Levant Observatory"}


def test_what_is_seen_of_two_mentions_is_named_once_and_weighed():
    """Every feature of a pair has one name, the weights are numbers, and types that no happening shares are no pair."""
    document = read(
        "Gunmen raided the village of Kona on Monday. The attack left three farmers dead. Students marched in Goma."
    )
    mentions = gather(document, (mention for finder in FINDERS for mention in finder(document)))
    first, second, *_, march = drafts_of(document, mentions, load())
    names = list(features(document, first, second))
    assert len(names) == len(set(names))
    assert {"form definite", "sentences 1", "one paragraph"} <= set(names)
    assert likeness(document, first, second) > 0
    assert likeness(document, first, march) is None


@pytest.mark.parametrize("mark", ["A second", "Another"])
def test_a_second_attack_is_another(mark):
    """A text that says that it was a further one does not tell the same one again."""
    text = f"A car bomb exploded in Mosul on Monday, killing four. {mark} car bomb exploded in Mosul."
    found = extract_document(read(Article("a", text, dt.date(2014, 5, 7)))).events
    assert [event.type for event in found].count("bombing") == 2


@pytest.mark.parametrize(
    ("told", "killed"),
    [
        ("Shells hit a market in Kona on Monday, police said.\nMayor Ali Sow said that 12 people were killed.", 12),
        ("3 May: Shells hit a market in Kona.\n9 May: Twelve people were killed when lightning struck a tree.", None),
    ],
)
def test_a_number_stays_in_its_entry_of_a_chronicle(told, killed):
    """A line that begins with a date has its own numbers; one that begins with "Mayor" or "Market" is no such line."""
    found = next(event for event in extract_document(read(Article("a", told, dt.date(2014, 5, 14)))).events)
    assert (found.killed.low if found.killed else None) == killed


def test_the_toll_of_a_war_is_not_a_deeds():
    """The dead of a war are not those of the deed told before, and lend it no subtype."""
    events = events_of("Rebels shelled Aleppo on Monday. The conflict has claimed 40 lives.")
    deed = next(event for event in events if event.type == "shelling")
    assert (deed.subtype, deed.killed) == (None, None)
