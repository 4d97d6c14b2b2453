"""What the library knows of the world: tables are whole, and names find what they stand for."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from timeline.errors import LexiconError
from timeline.gazetteer import (
    demonyms,
    fold,
    group_names,
    groups,
    is_acronym,
    lookup,
    nouns,
    peoples,
    seats,
    similar,
    skeleton,
    state_names,
    states,
    table,
    titles,
    words,
)
from timeline.gazetteer.cities import extras
from timeline.records import ActorKind

KINDS = set(get_args(ActorKind))
IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "wife": "wives"}


def test_every_state() -> None:
    """All 193 members of the United Nations are there, with capital, demonym and codes."""
    members = [state for state in states().values() if state.iso2 and not state.end]
    assert len(members) >= 193
    assert all(state.capital and state.demonyms and len(state.iso2) == 2 for state in members if state.iso3 != "ATA")
    assert all(-90 <= state.lat <= 90 and -180 <= state.lon <= 180 for state in states().values())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Syrian Arab Republic", "SYR"), ("Burma", "MMR"), ("Ivory Coast", "CIV"), ("Zaire", "COD"), ("U.S.", "USA"),
        ("Holland", "NLD"), ("Türkiye", "TUR"), ("East Timor", "TLS"), ("USSR", "SUN"), ("Great Britain", "GBR"),
    ],
)  # fmt: skip
def test_state_names(name: str, code: str) -> None:
    """A state is found by its official, short and former names."""
    assert state_names()[fold(name)] == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("Syrians", "SYR"), ("Turks", "TUR"), ("Dutch", "NLD"), ("Spaniards", "ESP"), ("Filipino", "PHL")],
)
def test_demonyms(word: str, code: str) -> None:
    """Adjectives and nouns of nationality tell the state."""
    assert demonyms()[word] == code


def test_groups_are_many() -> None:
    """There are 300 groups and more across 25 conflicts and more, each with its source."""
    assert len(groups()) >= 300
    assert len({group.conflict for group in groups().values()}) >= 25
    assert all(group.source for group in groups().values())
    assert all(group.kind in KINDS for group in groups().values())
    assert not [group.name for group in groups().values() if group.end and group.start and group.end < group.start]


def test_no_alias_stands_twice_in_a_row() -> None:
    """A group's aliases differ from each other and from its name."""
    for group in groups().values():
        assert len({group.name, *group.aliases}) == 1 + len(group.aliases), group.name


def test_two_meanings_are_kept() -> None:
    """An acronym of two groups gives both."""
    assert {group.country for group in group_names()["SLA"]} == {"SDN", "LBN"}


def test_seats() -> None:
    """A palace stands for a government, a ministry of defence for no country of its own."""
    assert (seats()["kremlin"].country, seats()["kremlin"].kind) == ("RUS", "government")
    assert seats()["defence ministry"].country is None


def plurals(noun: str) -> set[str]:
    """The forms that an example may show."""
    first, _, rest = noun.partition(" of ")
    base = f" of {rest}" if rest else ""
    last = first.split()[-1]
    stem = first[: len(first) - len(last)]
    forms = {noun, noun + "s", noun + "es", first + "s" + base, noun[:-1] + "ies"}
    for one, many in IRREGULAR.items():
        if last.endswith(one):
            forms.add(stem + last[: -len(one)] + many + base)
    forms.add(noun.replace("passer-by", "passers-by").replace("passerby", "passersby").replace("mujahid", "mujahideen"))
    return forms


@pytest.mark.parametrize("noun", list(nouns().values()), ids=list(nouns()))
def test_noun_examples(noun: object) -> None:
    """The example of every role noun shows it, in the singular or plural."""
    from timeline.gazetteer import Noun

    assert isinstance(noun, Noun)
    assert noun.kind in KINDS
    assert any(form in noun.example for form in plurals(noun.noun)), noun.example


def test_nouns_that_others_rely_on() -> None:
    """People count as people, bodies do not; fighters are armed, villagers are not."""
    assert [nouns()[word].person for word in ("soldier", "villager", "army", "security forces")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [nouns()[word].armed for word in ("gunman", "policeman", "doctor", "government")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_titles_and_words() -> None:
    """Offices are told from ranks; lists of words are read by name, and an unknown list is an error."""
    assert titles()["prime minister"].office
    assert not titles()["colonel"].office
    assert words("orgword")["ministry"] == "government"
    assert peoples()["Kurds"].person == "Kurd"
    with pytest.raises(KeyError):
        words("no such list")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Homs", "SYR"), ("Houla", "SYR"), ("Daraya", "SYR"), ("Nyala", "SDN"), ("Bakhmut", "UKR"), ("Kyiv", "UKR"),
        ("Kiev", "UKR"), ("Misrata", "LBY"), ("Goma", "COD"), ("Srebrenica", "BIH"), ("Grozny", "RUS"), ("Taiz", "YEM"),
        ("Kobani", "SYR"), ("El Fasher", "SDN"), ("Mogadishu", "SOM"), ("Deir al-Zor", "SYR"), ("Fallujah", "IRQ"),
        ("Stepanakert", "AZE"), ("Sittwe", "MMR"), ("Jaffna", "LKA"), ("Gao", "MLI"), ("Maiduguri", "NGA"),
    ],
)  # fmt: skip
def test_war_towns(name: str, country: str) -> None:
    """Towns of the news are found first in their country, under the names that the press uses."""
    assert lookup(name)[0].country == country


def test_lookup_of_nothing() -> None:
    """What is no place gives nothing, whatever it looks like."""
    for name in ("", " ", "Xqzzt", "a\tb", "\n", "1f3", "~"):
        assert lookup(name) == ()


def test_several_places_of_one_name() -> None:
    """All places of a name are given, our own table first."""
    countries = [spot.country for spot in lookup("Tripoli")]
    assert {"LBY", "LBN", "GRC"} <= set(countries)
    assert {spot.feature for spot in lookup("Georgia")} >= {"country", "region"}


def test_other_spellings() -> None:
    """Another transcription of an Arabic name is found by its consonants, within the country only."""
    assert skeleton("al-Mahmoudiya") == skeleton("Mahmoodiyah")
    assert similar("Mahmoodiyah", "IRQ")[0].country == "IRQ"
    assert similar("Mahmoodiyah", "NOR") == ()
    assert similar("Xy", "IRQ") == ()


def test_extra_places() -> None:
    """Every place of our own table has a place on the map and a weight."""
    for spots in extras().values():
        for spot in spots:
            assert -90 <= spot.lat <= 90
            assert -180 <= spot.lon <= 180
            assert spot.population > 0


def test_acronyms() -> None:
    """Acronyms are told from words."""
    assert [is_acronym(word) for word in ("FSA", "M23", "DHKP-C", "LeT", "Hamas", "IS", "Is")] == [
        True, True, True, True, False, True, False,
    ]  # fmt: skip


def test_small_and_quick() -> None:
    """The table of places is at most 8 MB, and the first look-up takes at most 0.3 CPU seconds."""
    path = files("timeline") / "lexicons" / "cities.tsv.gz"
    assert len(path.read_bytes()) <= 8_000_000
    code = (
        "import time; from timeline.gazetteer import lookup; start = time.process_time(); lookup('Homs');"
        "print(time.process_time() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("noun,kind\n", "columns are"),
        ("noun,kind,person,armed,example\nhero,military,yes\n", "3 cells"),
        ("noun,kind,person,armed,example\nhero,heroes,yes,no,A hero.\n", "unknown kind 'heroes'"),
        ("noun,kind,person,armed,example\nhero,military,perhaps,no,A hero.\n", "wrong flag 'perhaps'"),
        ("noun,kind,person,armed,example\nhero,military,yes,no,A.\nhero,military,yes,no,A.\n", "stands twice"),
    ],
)
def test_wrong_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    """A wrong table is refused with the file and the line."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "nouns.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(table, "files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as caught:
        nouns.__wrapped__()
    assert "nouns.csv" in str(caught.value)
