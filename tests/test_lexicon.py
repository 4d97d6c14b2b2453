"""The lexicon: types, rules and word lists as data, checked on load."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from timeline.errors import LexiconError
from timeline.lexicon import Lexicon, load

LEXICON = load()
RULES = [*LEXICON.rules, *LEXICON.traps, *(trap for kind in LEXICON.types.values() for trap in kind.traps)]

OWN = """
[type.vote_violence]
family = "violence"
definition = "Force against voters, candidates or polling stations."
casualties = true

[type.vote_violence.subtypes]
raid = "on a polling station"

[type.vote_violence.roles.perpetrator]
required = false
filled_by = "who uses the force"
verb = ["subject"]
noun = ["prep:by"]

[[trigger]]
name = "raid"
subtype = "raid"
verb = ["raid"]
object = ["polling station"]
example = "Thugs raided a polling station in Osh."
expect = ["raided: vote_violence.raid"]
"""


def write(tmp_path, text, name="mine.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_types_are_there():
    """The lexicon has the 27 types of the taxonomy in six families."""
    assert len(LEXICON.types) == 27
    assert set(LEXICON.families) == {kind.family for kind in LEXICON.types.values()}


def test_every_type_has_rules_roles_and_crosswalk():
    """Each type has at least three rules, a role, a definition, and an entry for every scheme of the crosswalk."""
    for kind in LEXICON.types.values():
        assert len(kind.rules) >= 3, kind.id
        assert kind.roles and kind.definition, kind.id
        assert set(kind.crosswalk) == {"acled", "cameo", "plover", "ucdp", "gtd", "ace", "muc4"}, kind.id


def test_every_type_has_codes():
    """Every type and each of its exported subtypes resolves to a mapping of codes."""
    for kind in LEXICON.types.values():
        assert "" in kind.export, kind.id
        assert set(kind.export) - {""} <= set(kind.subtypes), kind.id


@pytest.mark.parametrize(
    ("kind", "subtype", "scheme", "code"),
    [
        ("airstrike", None, "acled", ["Explosions/Remote violence", "Air/drone strike"]),
        ("bombing", "car_bomb", "cameo", "1832"),
        ("protest", "riot", "plover", ["PROTEST", "riot"]),
        ("massacre", None, "ucdp", "3"),
        ("defection", "desert", "cameo", "120"),
    ],
)
def test_codes(kind, subtype, scheme, code):
    """Codes of a subtype fall back to those of its type."""
    assert LEXICON.types[kind].codes(subtype)[scheme] == code


def test_every_rule_has_an_example():
    """Every trigger and trap carries an example sentence of its own."""
    assert all(rule.example for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_priority_covers_all_types_once():
    """The order of types is total."""
    assert sorted(LEXICON.priority) == sorted(LEXICON.types)


def test_slots_of_a_rule_replace_those_of_the_type():
    """A rule such as "come under fire" makes the subject the target."""
    rule = next(rule for rule in LEXICON.rules if rule.id == "attack/come-under-fire")
    assert LEXICON.slots("attack", noun=False)["target"][0] == "object"
    assert LEXICON.slots("attack", noun=False, rule=rule)["target"] == ("subject",)


def test_lexicon_is_frozen():
    """Nothing in a lexicon can be set."""
    with pytest.raises(FrozenInstanceError):
        LEXICON.types["battle"].casualties = False
    with pytest.raises(TypeError):
        LEXICON.types["battle"] = None


def test_default_is_cached():
    """Two calls give the same object."""
    assert load() is LEXICON


def test_own_type(tmp_path):
    """A file of a user adds a type with its rules; the packaged ones stay."""
    mine = Lexicon.load(write(tmp_path, OWN))
    assert len(mine.types) == 28
    assert mine.types["vote_violence"].rules[0].id == "vote_violence/raid"


def test_own_rule_replaces_packaged_one(tmp_path):
    """A rule of the same type and name takes the place of the packaged one."""
    text = """
    [[trigger]]
    type = "battle"
    name = "clash"
    verb = ["tussle"]
    example = "Rebels tussled with soldiers."
    expect = ["tussled: battle"]
    """
    mine = load(write(tmp_path, text))
    assert next(rule for rule in mine.rules if rule.id == "battle/clash").pattern.verb == ("tussle",)
    assert len(mine.rules) == len(LEXICON.rules)


RULE = '[[trigger]]\ntype = "battle"\nname = "x"\nverb = ["tussle"]\nexample = "They tussled."\nexpect = []\n'


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (RULE + 'colour = "red"', "trigger.x", "unknown key 'colour'"),
        (RULE.replace('"battle"', '"brawl"'), "trigger.x:type", "'brawl' is not allowed"),
        (RULE + 'subtype = "huge"', "trigger.x:subtype", "'huge' is no subtype of battle"),
        (RULE + 'needs = ["luck"]', "trigger.x:needs", "'luck' is not allowed"),
        (RULE + 'object = "men"', "trigger.x:object", "is not a list of strings"),
        (RULE + 'object = ["@weather"]', "battle/x", "unknown word class '@weather'"),
        (RULE + 'roles = { boss = ["subject"] }', "trigger.x:roles.boss", "is no role of battle"),
        (RULE + 'roles = { side_a = ["left"] }', "trigger.x:roles.side_a", "is not a list of slots"),
        (RULE + 'harm = "yes"', "trigger.x:harm", "is neither true nor false"),
        (RULE + 'factuality = "true"', "trigger.x:factuality", "'true' is not allowed"),
        (RULE.replace('verb = ["tussle"]\n', ""), "trigger.x:verb", "has no words"),
        (RULE.replace("expect = []\n", ""), "trigger.x:expect", "is missing"),
        (RULE.replace('verb = ["tussle"]', 'phrase = ["tussle"]'), "trigger.x:phrase", "is one word"),
        ("[[trap]]\nname = 'y'\nwhy = 'z'\nexample = 'a'\nexpect = []", "trap.y:verb", "has no words and no condition"),
        ("colour = 1", "mine.toml", "unknown key 'colour'"),
        ("[type.x]\nfamily = 'violence'", "type.x:definition", "is missing"),
        ("= 3", "mine.toml", "is not valid TOML"),
    ],
)
def test_errors_name_file_entry_and_key(tmp_path, text, where, what):
    """A wrong entry is told with its file, entry and key."""
    path = write(tmp_path, text)
    with pytest.raises(LexiconError) as error:
        load(path)
    assert where in str(error.value)
    assert what in str(error.value)


def test_missing_file(tmp_path):
    """A path that does not exist is one clear error."""
    with pytest.raises(LexiconError, match=r"none\.toml: cannot be read"):
        load(tmp_path / "none.toml")
