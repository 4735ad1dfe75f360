"""Finds the line on which brackets, quotes, colons and indentation of a YAML file went wrong.

The parser notices such a slip lines later, where the text stops making sense; a clerk's file is laid out one item a
line, so the slip itself can be seen in its line. Comments are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.finding import Message


class StructureSlip(NamedTuple):
    """Holds a slip: line and column from 1, what is said of it, and whether it is only that the end is missing."""

    line: int
    column: int
    message: Message
    at_end: bool = False


# a quoted text where a value may begin; an apostrophe inside words is none
_QUOTED = re.compile(r"""(?:(?<=[\s\[{,])|^)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")
_OPEN_QUOTE = re.compile(r"""(?:(?<=[\[{,:-][ ])|(?<=[\[{,])|^)["']""")
_KEY = re.compile(r"[^\s\[{,#&*!|>%@`-][^\[{]{0,80}?:(?=\s|$)|\0+:(?=\s|$)")
_VALUE_BRACKET = re.compile(r"(?:(?::[ \t]+)|(?:-[ \t]+)|^[ \t]*)([\[{])")
_CLOSERS = {"[": "]", "{": "}"}
_WIDE_CLOSERS = "］】｝"


def without_comment(line: str) -> str:
    """Blank out what stands in quotes and cut off the comment; columns stay the same."""
    quiet = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    return _COMMENT.sub("", quiet)


def structure_slips(
    all_lines: Sequence[str], last: int, inner: frozenset[int], starts: frozenset[int]
) -> Iterator[StructureSlip]:
    """Find what is wrong in the lines up to the `last`, where the parser gave up.

    `inner` are the lines inside of texts over several lines, `starts` those on which such a text begins."""
    brackets, indents = _Brackets(), _Indents()
    after = [None if not line.strip() or line.lstrip().startswith("#") else _indent(line) for line in all_lines]
    for number, line in enumerate(all_lines[:last], 1):
        bare = without_comment(line)
        if number in inner or not bare.strip():
            continue
        if bare.lstrip().startswith(("---", "...")):
            return
        quote = _OPEN_QUOTE.search(bare)
        if quote and number not in starts:
            yield StructureSlip(number, quote.start() + 1, QUOTE)
            return
        if brackets.stack and _indent(bare) <= brackets.indent and _KEY.match(bare.lstrip(" -")):
            yield brackets.unclosed()
        if not brackets.stack:
            slip = indents.add(bare, number, _next_indent(after, number))
            if slip:
                yield slip
                return
        yield from brackets.add(bare, number)
    if brackets.stack:
        yield brackets.unclosed()._replace(at_end=True)


def _next_indent(indents: Sequence[int | None], number: int) -> int | None:
    """Give the column on which the next line with words begins, looking a few lines ahead."""
    return next((indent for indent in indents[number : number + 9] if indent is not None), None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _Brackets:
    """Follows the brackets of lists and mappings written in brackets."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, int, int]] = []
        self.indent = 0
        self.wide: StructureSlip | None = None

    def unclosed(self) -> StructureSlip:
        """Report the innermost bracket that is still open, and forget them all."""
        char, line, column = self.stack[-1]
        self.stack.clear()
        return self.wide or StructureSlip(line, column, SQUARE if char == "[" else CURLY)

    def add(self, bare: str, number: int) -> Iterator[StructureSlip]:
        """Read one line; report what cannot be."""
        at = 0
        if not self.stack:
            opening = _VALUE_BRACKET.search(bare)
            if not opening:
                return
            at = opening.start(1)
            self.indent, self.wide = _indent(bare), None
        before = "" if not self.stack else "x"
        while at < len(bare):
            char = bare[at]
            slip = self._take(char, before, number, at + 1)
            if slip:
                yield slip
                self.stack.clear()
                return
            before = before if char.isspace() else char
            at += 1
            if not self.stack:
                break
        rest = bare[at:]
        if not self.stack and rest.strip() and not rest.lstrip().startswith(":"):
            column = at + len(rest) - len(rest.lstrip()) + 1
            yield StructureSlip(number, column, HASH if rest.lstrip().startswith("#") else REST)

    def _take(self, char: str, before: str, number: int, column: int) -> StructureSlip | None:
        """Read one character behind `before`."""
        if char in "[{":
            self.stack.append((char, number, column))
        elif char in "]}":
            if _CLOSERS[self.stack[-1][0]] != char:
                return StructureSlip(number, column, PAIR)
            self.stack.pop()
        elif char == "," and before in ("[", "{", ","):
            return StructureSlip(number, column, EMPTY_SLOT)
        elif char in _WIDE_CLOSERS and self.wide is None:
            self.wide = StructureSlip(number, column, WIDE)
        return None


class _Level:
    """Holds a column on which names begin: how many lines began there so far, and the first of them."""

    def __init__(self, column: int, line: int) -> None:
        self.column, self.line, self.lines = column, line, 0


class _Indents:
    """Follows the columns on which names begin."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.opened = True  # the last name has no value yet: deeper lines may follow
        self.words: StructureSlip | None = None  # a line without a colon where a name could stand

    def add(self, bare: str, number: int, following: int | None) -> StructureSlip | None:
        """Read a line outside of brackets, `following` being the column of the next; report one that fits nowhere."""
        columns, body = _columns(bare)
        first = columns[0]
        key = _KEY.match(body)
        if not key and len(columns) == 1:
            return self._no_name(body, number, first)
        words, self.words = self.words, None
        if words and words.column == first + 1:
            return words
        slip = self._place(first, number, following)
        for column in columns:
            if not self.levels or column > self.levels[-1].column:
                self.levels.append(_Level(column, number))
        self.levels[-1].lines += 1
        self.opened = bool(key and not body[key.end() :].strip())
        return slip

    def _no_name(self, body: str, number: int, first: int) -> StructureSlip | None:
        """Read a line that is no name with a value: words that go on, or a name without its colon."""
        if body[:1] in "-[{?|>\t\u3000\0" or _LOOSE.match(body):
            return None
        slip = StructureSlip(number, first + 1, COLON)
        if self.levels and first == self.levels[-1].column:
            return slip
        if self.opened and self.words is None:
            self.words = slip
        return None

    def _place(self, first: int, number: int, following: int | None) -> StructureSlip | None:
        """Leave the deeper levels; report a column that is none of the levels above.

        Where the lines go on in this column, it is the one line before that stands apart."""
        before = self.levels[-1] if self.levels else None
        while self.levels and self.levels[-1].column > first:
            self.levels.pop()
        popped = before is not None and before.column > first
        if (self.levels and self.levels[-1].column == first) or (not popped and self.opened):
            return None
        if before and before.lines == 1 and following == first:
            return StructureSlip(before.line, before.column + 1, INDENT)
        return StructureSlip(number, first + 1, INDENT)


def _columns(bare: str) -> tuple[list[int], str]:
    """Give the columns on which the dashes and the words of a line begin, and the words."""
    body = bare.lstrip(" ")
    at = len(bare) - len(body)
    columns = [at]
    while body.startswith("- "):
        inside = body[2:].lstrip(" ")
        at += len(body) - len(inside)
        body = inside
        columns.append(at)
    return columns, body


_LOOSE = re.compile(r"[^\s：:，。；、]{1,40}?[：:]")  # a name with a wrong colon, which is told as such

QUOTE = Message(
    "引号有开无关：这一行的引号没有另一半；请补上，或把引号去掉。", "a quote that is never closed; add the other half."
)
SQUARE = Message("缺了右方括号 ]：这一行的 [ 没有关上；请在最后一个数后面补上。", "“[” without its “]”; add it.")
CURLY = Message("缺了右花括号 }：这一行的 { 没有关上；请在最后一项后面补上。", "“{” without its “}”; add it.")
PAIR = Message("括号不成对：[ 要用 ] 关，{ 要用 } 关。", "the brackets do not match: “[” ends with “]”, “{” with “}”.")
EMPTY_SLOT = Message(
    "两个逗号之间（或括号与逗号之间）没有数；空白格写 ~，没有发生写0，多打的逗号请删去。",
    "nothing between two commas; write ~ for a blank and 0 for none, or remove the comma.",
)
REST = Message(
    "右括号后面还有字；一行到右括号为止，说明写在 # 后面。", "words behind the closing bracket; notes go behind a #."
)
HASH = Message("说明的 # 前面要空一格。", "put a space before the # of a note.")
COLON = Message(
    "这一行缺少冒号；每一项写成「名称: 内容」，冒号后空一格。", "no colon on this line; write “name: value”."
)
INDENT = Message(
    "这里与上面的各项没有对齐；同一级的名称要从同一列开始，每一级缩进两个空格。",
    "not aligned with the items above: names of one level begin in one column, two spaces a level.",
)
WIDE = Message("右括号是全角的；请改成英文括号 ] 或 }。", "a full-width closing bracket; write ] or }.")
