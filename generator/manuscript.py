"""The narrative as a reader sees it, in plain text: what rules on words and numbers read.

Placeholders stand as the figures they give, Markdown's marks are gone; every offset still knows its line and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Bound(NamedTuple):
    """A stretch of a passage's text that a placeholder gave."""

    start: int
    end: int
    key: str


class Passage(NamedTuple):
    """One line of the narrative. `section` is 0 before the first section, then 1, 2, …; `kind` is "title" (of a
    section), "heading", "text" or "table". `cuts` are (offset in `text`, column in the file), ascending."""

    section: int
    kind: str
    line: int
    text: str
    bound: tuple[Bound, ...]
    cuts: tuple[tuple[int, int], ...]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of an offset; within a bound figure, those of its placeholder."""
        for bound in self.bound:
            if bound.start <= at < bound.end:
                at = bound.start
        offset, column = self.cuts[bisect_right(self.cuts, (at, 1 << 30)) - 1]
        return self.line, column + at - offset

    def is_bound(self, start: int, end: int) -> bool:
        return any(bound.start < end and start < bound.end for bound in self.bound)


Printed = Callable[[str], str | None]

_MARKS = re.compile(
    r"\{\{([^{}\n]{1,200})\}\}"  # a figure
    r"|!\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)"  # a picture: its description
    r"|\[([^\]\n]{1,500})\]\([^)\n]{0,1000}\)"  # a link: its words
    r"|\\([\\`*_{}\[\]()#+.!|<>-])"  # an escape: what it escapes
    r"|\*{1,3}|`"  # emphasis, code
)
_HEADING = re.compile(r"(#{1,6})[ \t]+").match
_LEAD = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*").match


def passages(text: str, printed: Printed) -> tuple[Passage, ...]:
    """The narrative line by line. `printed` gives the text a placeholder prints, None for a name it does not know
    (which then stays as typed)."""
    return tuple(_read(text.split("\n"), printed))


def _read(lines: Sequence[str], printed: Printed) -> Iterator[Passage]:
    section = 0
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        kind, start = "text", 0
        if line[0] == "#" and (found := _HEADING(line)):
            kind, start = ("title" if len(found[1]) == 2 else "heading"), found.end()
            section += kind == "title"
        elif line[0] == "|":
            kind = "table"
        elif line[0] in " \t>-*+0123456789" and (found := _LEAD(line)):
            start = found.end()
        yield _passage(section, kind, number, line, start, printed)


def _passage(section: int, kind: str, number: int, line: str, start: int, printed: Printed) -> Passage:
    if "{{" not in line and "*" not in line and "[" not in line and "`" not in line and "\\" not in line:
        return Passage(section, kind, number, line[start:], (), ((0, start + 1),))
    out: list[str] = []
    cuts = [(0, start + 1)]
    bound: list[Bound] = []
    length = 0
    last = start
    for found in _MARKS.finditer(line, start):
        between = line[last : found.start()]
        length += len(between)
        words, shift = _words(found, printed)
        if found[1] is not None and words is not found[0]:
            bound.append(Bound(length, length + len(words), found[1].strip()))
        cuts.append((length, found.start() + shift + 1))
        length += len(words)
        cuts.append((length, found.end() + 1))
        out += (between, words)
        last = found.end()
    out.append(line[last:])
    return Passage(section, kind, number, "".join(out), tuple(bound), tuple(cuts))


def _words(found: re.Match[str], printed: Printed) -> tuple[str, int]:
    """What a mark reads as, and how far behind its start those words stand."""
    if found[1] is not None:
        words = printed(found[1].strip())
        return (found[0], 0) if words is None else (words, 0)
    if found[2] is not None:
        return found[2], 2
    if found[3] is not None:
        return found[3], 1
    if found[4] is not None:
        return found[4], 1
    return "", 0
