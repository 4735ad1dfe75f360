"""YAML nodes that know their line and column; words as the clerk typed them, never resolved."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple


class Scalar(NamedTuple):
    """A word as typed. `plain` is False when it stood in quotes (or a block), so "~" is not a blank."""

    text: str
    plain: bool
    line: int
    column: int


_AND_COMMA = (2).__add__


class PlainWords:
    """The plain words of a list on one line, and how far behind the bracket each stands.

    Equal lists share one object, which compares by identity: a cheap key for what is read from it.
    """

    __slots__ = ("offsets", "texts")

    def __init__(self, body: str) -> None:
        self.texts = tuple(body.split(", "))
        self.offsets = tuple(accumulate(map(_AND_COMMA, map(len, self.texts[:-1])), initial=1))


class Items:
    """A list. `words` is there when all its items are plain words on one line; they become Scalars when asked for."""

    __slots__ = ("_items", "column", "line", "words")

    def __init__(self, items: tuple[Node, ...] | None, line: int, column: int, words: PlainWords | None = None) -> None:
        self._items, self.line, self.column, self.words = items, line, column, words

    @property
    def items(self) -> tuple[Node, ...]:
        if self._items is None:
            assert self.words is not None
            places = zip(self.words.texts, self.words.offsets, strict=True)
            self._items = tuple(Scalar(text, True, self.line, self.column + offset) for text, offset in places)
        return self._items

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Items):
            return NotImplemented
        return (self.items, self.line, self.column) == (other.items, other.line, other.column)

    def __hash__(self) -> int:
        return hash((self.line, self.column))

    def __repr__(self) -> str:
        return f"Items({self.items!r}, {self.line}, {self.column})"


class Pairs(NamedTuple):
    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Items | Pairs


def get(node: Node | None, key: str) -> Node | None:
    """The value under `key`, None where there is none (or no mapping)."""
    if isinstance(node, Pairs):
        for name, value in node.pairs:
            if name.text == key:
                return value
    return None
