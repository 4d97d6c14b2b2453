"""What the library knows of the world: states, armed groups, role nouns, titles and places."""

from __future__ import annotations

from timeline.gazetteer.borders import World, borders
from timeline.gazetteer.cities import Spot, lookup, similar
from timeline.gazetteer.folding import fold, skeleton
from timeline.gazetteer.groups import Group, Rank, group_names, groups, is_acronym, titles
from timeline.gazetteer.nouns import Noun, nouns
from timeline.gazetteer.states import Seat, State, demonyms, seats, state_names, states
from timeline.gazetteer.words import People, peoples, words

__all__ = [
    "Group", "Noun", "People", "Rank", "Seat", "Spot", "State", "World",
    "borders",
    "demonyms", "fold", "group_names", "groups", "is_acronym", "lookup", "nouns", "peoples", "seats", "similar",
    "skeleton", "state_names", "states", "titles", "words",
]  # fmt: skip
