"""Headlines: every frame gives its example, and nothing is said more surely than the record says it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from timeline.headline import headline
from timeline.headline.frames import book
from timeline.lexicon import load
from timeline.records import Count, Event, Place, Role, Span, Total, When

WORD = Span(0, 4, "word")


def _event(
    kind: str, subtype: str | None = None, roles: tuple[Role, ...] = (), place: str | None = None, **changes
) -> Event:
    made = Event(
        "1",
        "a",
        kind,
        subtype,
        WORD,
        When(),
        roles,
        Place(place) if place else None,
        (),
        None,
        None,
        "happened",
        False,
        WORD,
        None,
        0.9,
    )
    return replace(made, **changes)


def _role(role: str, name: str | None, kind: str = "unknown", **changes) -> Role:
    return replace(Role(role, None, name, kind, Span(0, 4, name)), **changes)


def _from_example(example: str) -> tuple[tuple[Role, ...], str | None]:
    roles, place = [], None
    for part in (part.strip() for part in example.split(";")):
        if part.startswith("@"):
            place = part[1:].strip()
        elif part:
            role, value = part.split("=")
            name, kind = value.split("/")
            roles.append(_role(role, name, kind))
    return tuple(roles), place


@pytest.mark.parametrize(("key", "frame"), book().frames.items(), ids=lambda value: str(value)[:40])
def test_every_frame_gives_its_example(key, frame):
    """The example behind a frame is what the frame says."""
    given, expected = frame.example.split("->")
    roles, place = _from_example(given)
    assert headline(_event(*key, roles, place)) == expected.strip()


def test_every_type_has_a_frame():
    """All types of the lexicon can be told, and no frame is for a type or subtype that does not exist."""
    types = load().types
    assert set(types) == {kind for kind, subtype in book().frames if subtype is None}
    for kind, subtype in book().frames:
        assert subtype is None or subtype in types[kind].subtypes


ARMY, MARKET = _role("perpetrator", "River Army", "military"), _role("target", "market", "facility")


@pytest.mark.parametrize(
    ("factuality", "active", "passive", "noun"),
    [
        ("happened", "The River Army shells a market", "A market is shelled", "Shelling"),
        (
            "disputed",
            "The River Army is said to have shelled a market, which is disputed",
            "A market is said to have been shelled, which is disputed",
            "Disputed shelling",
        ),
        (
            "denied",
            "It is denied that the River Army has shelled a market",
            "It is denied that a market has been shelled",
            "Denied: shelling",
        ),
        ("negated", "The River Army does not shell a market", "A market is not shelled", "No shelling"),
        ("planned", "The River Army plans to shell a market", "A market is to be shelled", "Planned shelling"),
        (
            "threatened",
            "The River Army threatens to shell a market",
            "A market is to be shelled, according to a threat",
            "Threatened shelling",
        ),
        ("possible", "The River Army may have shelled a market", "A market may have been shelled", "Possible shelling"),
        ("hypothetical", "The River Army could shell a market", "A market could be shelled", "Talk of shelling"),
    ],
)
def test_factuality_is_said(factuality, active, passive, noun):
    """Each factuality has its own words, with and without a subject."""
    assert headline(_event("shelling", roles=(ARMY, MARKET), factuality=factuality)) == active
    assert headline(_event("shelling", roles=(MARKET,), factuality=factuality)) == passive
    assert headline(_event("shelling", factuality=factuality)) == noun


def test_blame_is_never_a_fact():
    """Who is only blamed is named as blamed, and by whom; rival claims stand side by side."""
    roles = (
        MARKET,
        _role("perpetrator", "River Army", "military", claimed_by="residents", disputed=True),
        _role("perpetrator", "Hill Front", "rebel", claimed_by="the River Army", disputed=True),
    )
    said = headline(_event("shelling", roles=roles, place="Velia"))
    assert said == (
        "A market is shelled in Velia, blamed on the River Army by residents and blamed on the Hill Front by the "
        "River Army"
    )


def test_claim_of_ones_own():
    """Who claims a deed is not blamed for it."""
    roles = (MARKET, _role("perpetrator", "Hill Front", "rebel", claimed_by="Hill Front"))
    assert headline(_event("shelling", roles=roles)) == "A market is shelled, claimed by the Hill Front"


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (Total(18, 18, 18), "18 killed"),
        (Total(11, 18, 27), "11 to 27 killed"),
        (Total(18, 18, None), "at least 18 killed"),
        (Total(0, 0, 0), "no one killed"),
        (Total(2, 3, None), "several killed"),
        (Total(None, 40, 40), "up to 40 killed"),
        (Total(19_000, 19_000, None), "at least 19,000 killed"),
        (Total(0, 5, None), "about 5 killed"),
    ],
)
def test_numbers(total, words):
    """Bounds are told as bounds."""
    assert headline(_event("shelling", place="Velia", killed=total)) == f"Velia is shelled, {words}"
    assert headline(_event("shelling", place="Velia", killed=total), counts=False) == "Velia is shelled"


def test_unknown_numbers_are_not_zero():
    """No number is told where none is known."""
    assert headline(_event("shelling", place="Velia", killed=Total(None, None, None))) == "Velia is shelled"


def test_toll_is_no_incident():
    """A toll over a war is told with its beginning, and in no incident's words."""
    count = Count(
        "killed",
        19_000,
        19_000,
        None,
        "more_than",
        "toll_update",
        True,
        "2011-03",
        False,
        None,
        "people",
        "victim",
        None,
        None,
        "happened",
        None,
        None,
        WORD,
    )
    said = headline(_event("casualty_report", "conflict_total", place="Syria", counts=(count,)))
    assert said == "More than 19,000 people reported killed in Syria since March 2011"


def test_number_stands_for_those_who_flee():
    """People without a name are told by their number."""
    count = Count(
        "displaced",
        200,
        200,
        None,
        "about",
        "incident",
        False,
        None,
        False,
        None,
        "people",
        "victim",
        None,
        None,
        "happened",
        None,
        None,
        WORD,
    )
    roles = (_role("displaced", "people", "civilians"), _role("origin", "Velia"))
    assert headline(_event("displacement", "flight", roles, counts=(count,))) == "At least 200 people flee from Velia"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("Houthis", "rebel", "The Houthis fight"),
        ("Hamas", "rebel", "Hamas fights"),
        ("United States", "state", "The United States fights"),
        ("rebels", "rebel", "Rebels fight"),
        ("opposition", "party", "The opposition fights"),
        ("League of Cities", "igo", "The League of Cities fights"),
        ("brother", "civilians", "A brother fights"),
        ("Anna Berg", "person", "Anna Berg fights"),
        ("the army", "military", "The army fights"),
        ("جبهة", "rebel", "جبهة fights"),
    ],
)
def test_articles_and_numbers_of_names(name, kind, said):
    """Names take their article and their verb as English has them."""
    assert headline(_event("battle", roles=(_role("side_a", name, kind),))) == said


def test_things_do_not_act():
    """A car is no bomber."""
    roles = (_role("perpetrator", "car", "object"),)
    assert headline(_event("bombing", "car_bomb", roles, "Velia")) == "Velia is hit by a car bomb"


def test_protected_people_stay_unnamed():
    """A redacted role has no name in the headline."""
    roles = (Role("defector", "protected-1", None, "person", Span(0, 4, None, redacted=True)),)
    assert headline(_event("defection", roles=roles)) == "A protected person defects"


def test_long_lists_are_counted():
    """After three names the rest is a number."""
    roles = tuple(_role("parties", name, "state") for name in ("Aria", "Boria", "Coria", "Doria", "Eoria"))
    assert headline(_event("negotiation", roles=roles)) == "Aria, Boria, Coria and 2 more hold talks"


def test_a_type_of_ones_own():
    """A type without a frame is told by its name and its participants."""
    roles = (_role("pilot", "River Army", "military"),)
    assert headline(_event("zeppelin_raid", roles=roles, place="Velia")) == "Zeppelin raid: the River Army in Velia"


def test_place_is_not_said_twice():
    """A place that the sentence names is not added again."""
    roles = (_role("defector", "soldiers", "military"), _role("to", "Velia"))
    assert headline(_event("defection", roles=roles, place="Velia")) == "Soldiers defect to Velia"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Velia", "Fighting in Velia"),
        ("near Velia", "Fighting near Velia"),
        ("outside Velia", "Fighting outside Velia"),
        ("Hill airport", "Fighting at Hill airport"),
        ("United States", "Fighting in the United States"),
        ("Black Sea", "Fighting in the Black Sea"),
        ("northern highlands", "Fighting in the northern highlands"),
        ("the cemetery", "Fighting in the cemetery"),
    ],
)
def test_places(place, said):
    """Places take the preposition and the article that English gives them."""
    assert headline(_event("battle", place=place)) == said


@pytest.mark.parametrize(
    ("key", "roles", "said"),
    [
        (
            ("kidnapping", "hostage"),
            (("perpetrator", "rebels", "rebel"), ("victims", "pilgrims", "civilians")),
            "Rebels hold pilgrims hostage",
        ),
        (
            ("airstrike", "drone"),
            (("perpetrator", "Aria", "state"), ("target", "depot", "facility")),
            "Aria strikes a depot by drone",
        ),
        (
            ("release", "exchange"),
            (("captor", "soldiers loyal to Berg", "military"), ("released", "prisoners", "person")),
            "Soldiers loyal to Berg free prisoners in an exchange",
        ),
        (
            ("aid", "humanitarian"),
            (("provider", "Berg's men", "military"), ("recipient", "Velia", "unknown"), ("goods", "rice", "object")),
            "Berg's men send aid to Velia in the form of rice",
        ),
        (
            ("assassination", "killing"),
            (("perpetrator", "two men on a motorcycle", "unknown"), ("target", "Anna Berg", "person")),
            "Two men on a motorcycle assassinate Anna Berg",
        ),
    ],
)
def test_whole_sentences(key, roles, said):
    """Verbs stand around their objects, and agree with the word that says one or many."""
    assert headline(_event(*key, tuple(_role(*role) for role in roles))) == said
