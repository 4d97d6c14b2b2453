"""A text with its sentences, words and names, in the terms of Universal Dependencies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from timeline.records import Article, Span

__all__ = ["Document", "Name", "Sentence", "Token", "Told"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word; ``text == document.text[start:end]``.

    Parameters
    ----------
    index, head : int
        Position in the document of the word and of its syntactic head; a root is its own head.
    pos, tag : str
        Universal part of speech and Penn Treebank tag.
    dep : str
        Universal dependency relation to the head; ``root`` for roots.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens first to last, both inclusive, labelled PER, ORG or LOC."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the model takes a word for: the likeliest type of event or harm and its share; ``any`` is that of all."""

    token: int
    type: str
    share: float
    any: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """Neighbouring tokens that one parse covers; never empty.

    Attributes
    ----------
    told, harmed : tuple of Told or None
        Words that may tell of an event, and that may name people who were harmed; None where the reader does not look
        for any.
    """

    index: int
    tokens: tuple[Token, ...]
    names: tuple[Name, ...] = ()
    told: tuple[Told, ...] | None = None
    harmed: tuple[Told, ...] | None = None

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its syntax and names.

    Attributes
    ----------
    tokens : tuple of Token
        All words in order; ``tokens[i].index == i``.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...] = field(init=False, repr=False)
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False)
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _sentence: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        tokens = tuple(token for sentence in self.sentences for token in sentence.tokens)
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "_children", tuple(tuple(items) for items in children))
        object.__setattr__(self, "_starts", tuple(token.start for token in tokens))
        object.__setattr__(
            self, "_sentence", tuple(sentence.index for sentence in self.sentences for _ in sentence.tokens)
        )

    @property
    def text(self) -> str:
        """The stored text of the article."""
        return self.article.text

    def span(self, start: int, end: int) -> Span:
        """The characters from start to end (offsets, half open)."""
        return Span(start, end, self.text[start:end])

    def token_span(self, first: int, last: int) -> Span:
        """The characters from token first to token last, both inclusive."""
        return self.span(self.tokens[first].start, self.tokens[last].end)

    def head(self, token: Token) -> Token | None:
        """The syntactic head, None for a root."""
        return None if token.head == token.index else self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """The direct dependents in order, of the given relations if any are given.

        A relation without subtype takes all its subtypes: ``nsubj`` finds ``nsubj:pass`` too.
        """
        found = (self.tokens[index] for index in self._children[token.index])
        if not deps:
            return tuple(found)
        return tuple(child for child in found if child.dep in deps or child.dep.split(":")[0] in deps)

    def subtree(self, token: Token) -> Iterator[Token]:
        """The token and all that hangs below it, in order of the text."""
        seen, stack = {token.index}, [token.index]
        while stack:
            for child in self._children[stack.pop()]:
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        for index in sorted(seen):
            yield self.tokens[index]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The head, its head, and so on up to the root."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def ways(self, one: Token, other: Token) -> tuple[list[Token], list[Token], Token] | None:
        """The ways from two tokens up to where they meet, that token left out, and the token; None if they do not."""
        mine = [one, *self.ancestors(one)]
        positions = {node.index: position for position, node in enumerate(mine)}
        its: list[Token] = []
        for node in (other, *self.ancestors(other)):
            if node.index in positions:
                return mine[: positions[node.index]], its, node
            its.append(node)
        return None

    def sentence_of(self, token: Token | int) -> Sentence:
        """The sentence of a token (or token index)."""
        index = token if isinstance(token, int) else token.index
        return self.sentences[self._sentence[index]]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers the character at offset, else the next one to the left in the same text, else None."""
        position = bisect_right(self._starts, offset) - 1
        return self.tokens[position] if position >= 0 else None

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that begin in the characters from start to end (half open)."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return self.tokens[first:last]
