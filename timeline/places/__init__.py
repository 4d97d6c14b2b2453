"""Where: every mention of a place in a document, put on the map."""

from __future__ import annotations

from timeline.places.finding import find_places

__all__ = ["find_places"]
