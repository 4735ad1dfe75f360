"""Parses the canonical layout of tables.yaml line by line, which most files have, faster than the YAML parser.

It saves a sixth of a build in which every file is new. Only what has a single reading is parsed here; any other file is
left to the YAML parser, with which the result must agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from generator.yaml_source.mistakes import FLAT_LIST
from generator.yaml_source.nodes import Items, Node, Pairs, PlainWords, Scalar

_INNER = r"[\w~/.+%@（）《》〈〉「」『』【】〔〕“”‘’，。；：、！？…—·-]"
_WORD = rf"(?:[\w~/（《「“+]|-(?=\d)){_INNER}*+(?>(?: ++{_INNER}++)*)"
_QUOTE = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_NAME = r"[\w（「][\w/.（）「」、%-]{0,60}+"
_VALUE = rf"(?:{_WORD}|{_QUOTE})"
_LIST = rf"\[{_VALUE}(?:, *{_VALUE})*\]"
_PAIR = rf"{_NAME}: +(?:{_VALUE}|{_LIST})"
_FLOW_PAIRS = rf"\{{{_PAIR}(?:, *{_PAIR})*\}}"
_FIGURES = re.compile(rf"( *+)({_NAME}): ++\[(-?[\w~/.]++(?>(?:, -?[\w~/.]++)*))\]").fullmatch
_LINE = re.compile(
    rf"( *+)(- )?(?:({_NAME}):(?: ++|$))?(?:({_WORD}|{_QUOTE})|({_LIST})|({_FLOW_PAIRS}))?"
    r"(?:(?<= )#.*| ++#.*| *+)"
).fullmatch
_EMPTY_LINE = re.compile(" *+(?:#|$)").match
_EACH_VALUE = re.compile(_VALUE).finditer
_EACH_PAIR = re.compile(rf"({_NAME}): +(?:({_VALUE})|({_LIST}))").finditer


class _Block:
    """Collects an open block collection; `key` is the key whose value has not come yet."""

    __slots__ = ("children", "indent", "key", "line", "mapping")

    def __init__(self, mapping: bool, indent: int, line: int) -> None:
        self.mapping = mapping
        self.indent = indent
        self.line = line
        self.children: list[Any] = []
        self.key: Scalar | None = None

    def put(self, node: Node) -> None:
        """Add an item, or the value of the key."""
        if self.mapping:
            self.children.append((self.key, node))
            self.key = None
        else:
            self.children.append(node)

    def settle(self) -> None:
        """Give a key without a value the empty scalar, right behind its colon."""
        if self.key is not None:
            self.put(Scalar("", True, self.key.line, self.key.column + len(self.key.text) + 1))

    def end(self) -> Node:
        """Close the collection."""
        self.settle()
        if not self.mapping:
            return Items(tuple(self.children), self.line, self.indent + 1)
        if len({key.text for key, _ in self.children}) < len(self.children):
            raise _NotCanonical
        return Pairs(tuple(self.children), self.line, self.indent + 1)


class _NotCanonical(Exception):
    """Leaves the file to the YAML parser; never seen outside this module."""


def read_lines(text: str) -> Node | None:
    """Parse a file in the canonical layout; None as soon as one line is not, which leaves the file to the parser."""
    if not text.replace("\n", "").isprintable():
        return None
    stack: list[_Block] = []
    try:
        for number, line in enumerate(text.split("\n"), 1):
            figures = _FIGURES(line)
            if figures:
                top = _enter(stack, figures.end(1), True, number)
                key = Scalar(figures[2], True, number, figures.end(1) + 1)
                top.children.append((key, Items(None, number, figures.start(3), _words_of(figures[3]))))
            elif line and not _EMPTY_LINE(line):
                _add_line(stack, line, number)
        return _close(stack) if stack else None
    except _NotCanonical:
        return None


def _enter(stack: list[_Block], indent: int, mapping: bool, number: int) -> _Block:
    """Return the block that a line of this indentation belongs to; open it if needed."""
    while stack and stack[-1].indent > indent:
        node = stack.pop().end()
        if not stack:
            raise _NotCanonical
        stack[-1].put(node)
    if stack and stack[-1].indent == indent:
        top = stack[-1]
        if top.mapping is not mapping:
            raise _NotCanonical
        if top.key is not None:
            top.settle()
        return top
    fits = stack[-1].key is not None if stack else indent == 0
    if not fits or len(stack) > 4:
        raise _NotCanonical
    top = _Block(mapping, indent, number)
    stack.append(top)
    return top


def _add_line(stack: list[_Block], line: str, number: int) -> None:
    """Add one line to the block it belongs to."""
    match = _LINE(line)
    if match is None:
        raise _NotCanonical
    _, dash, name, word, items, pairs = match.groups()
    if dash is None and name is None:
        raise _NotCanonical
    top = _enter(stack, match.end(1), dash is None, number)
    if name is not None:
        if dash is not None:
            top = _Block(True, match.end(2), number)
            stack.append(top)
        top.key = Scalar(name, True, number, match.start(3) + 1)
    if word is not None:
        top.put(_scalar(word, number, match.start(4) + 1))
    elif items is not None:
        top.put(_words(items, number, match.start(5) + 1))
    elif pairs is not None:
        top.put(_pairs(pairs, number, match.start(6) + 1))
    elif name is None:
        raise _NotCanonical


def _scalar(word: str, line: int, column: int) -> Scalar:
    if word[0] in "\"'":
        return Scalar(word[1:-1], False, line, column)
    return Scalar(word, True, line, column)


_words_of = lru_cache(maxsize=1024)(PlainWords)


def _words(body: str, line: int, column: int) -> Items:
    items = tuple(_scalar(word[0], line, column + word.start()) for word in _EACH_VALUE(body))
    if any(item.plain and FLAT_LIST.fullmatch(item.text) for item in items):
        raise _NotCanonical
    return Items(items, line, column)


def _pairs(body: str, line: int, column: int) -> Pairs:
    pairs: list[tuple[Scalar, Node]] = []
    for match in _EACH_PAIR(body):
        name, word, items = match.groups()
        value: Node
        if items is None:
            value = _scalar(word, line, column + match.start(2))
        else:
            value = _words(items, line, column + match.start(3))
        pairs.append((Scalar(name, True, line, column + match.start()), value))
    if len({name.text for name, _ in pairs}) < len(pairs):
        raise _NotCanonical
    return Pairs(tuple(pairs), line, column)


def _close(stack: list[_Block]) -> Node:
    node = stack.pop().end()
    while stack:
        stack[-1].put(node)
        node = stack.pop().end()
    return node
