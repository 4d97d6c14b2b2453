"""Who: every mention of an actor in a document, with coreference, and the caller's own list of actors."""

from __future__ import annotations

from timeline.actors.across import same_persons
from timeline.actors.finding import find_actors, find_unlinked, relinked
from timeline.actors.registry import Actors, Change

__all__ = ["Actors", "Change", "find_actors", "find_unlinked", "relinked", "same_persons"]
