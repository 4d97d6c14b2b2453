"""Text to Document: sentences, words, syntax and names, from a model that ships with the library."""

from __future__ import annotations

from timeline.language.document import Document, Name, Sentence, Token, Told
from timeline.language.reading import Reader, read, reader

__all__ = ["Document", "Name", "Reader", "Sentence", "Token", "Told", "read", "reader"]
