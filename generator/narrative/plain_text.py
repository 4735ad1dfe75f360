"""Turns the narrative into plain text, as a reader sees it, for the rules on words and numbers.

Placeholders are replaced by the figures they give, Markdown's marks are dropped; every offset still knows its line and
column in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from generator.narrative.asterisks import flanks


class Bound(NamedTuple):
    """A stretch of a passage's text that the placeholder `key` gave."""

    start: int
    end: int
    key: str


class Passage(NamedTuple):
    """One line of the narrative. `section` is 0 in the preface, then 1, 2, …; `kind` is "title" (of a section),
    "heading", "text" or "table", or "typed" for words of tables.yaml. `cuts` are (offset in `text`, column in the
    file), ascending."""

    section: int
    kind: str
    line: int
    text: str
    bound: tuple[Bound, ...]
    cuts: tuple[tuple[int, int], ...]

    def place(self, at: int) -> tuple[int, int]:
        """Gives line and column of an offset; within a bound figure, those of its placeholder."""
        for bound in self.bound:
            if bound.start <= at < bound.end:
                at = bound.start
        offset, column = self.cuts[bisect_right(self.cuts, (at, 1 << 30)) - 1]
        return self.line, column + at - offset

    def is_bound(self, start: int, end: int) -> bool:
        """Tells whether a placeholder gave any of text[start:end]."""
        return bool(self.bound) and any(first < end and start < last for first, last, _ in self.bound)


Printed = Callable[[str], str | None]

# Starts with one class of characters, which the engine skips to ten times as fast as to an alternation.
_MARKS = re.compile(
    r"[{!\[\\*`](?:"
    r"(?<=\{)\{([^{}\n]{1,200})\}\}"  # a figure
    r"|(?<=!)\[([^\[\]\n]{0,500})\]\([^)\n]{0,1000}\)"  # a picture: its description
    r"|(?<=\[)([^\[\]\n]{1,500})\]\([^)\n]{0,1000}\)"  # a link: its words
    r"|(?<=\\)([\\`*_{}\[\]()#+.!|<>-])"  # an escape: what it escapes
    r"|(?<=\*)\*{0,2}|(?<=`))"  # emphasis, code
)
# The title of a picture or a link: the page prints it, or shows it beside the pointer.
_TITLE = re.compile(r"""\]\([^()\s"']{1,1000}[ \t]{1,9}(["'])([^"'\n]{1,500})\1[ \t]{0,9}\)""")
_HEADING = re.compile(r"(#{1,6})[ \t]+").match
_BEGINS = frozenset("#| \t>-*+0123456789")  # first characters of lines that are no plain paragraph
_WHOLE_LINE = ((0, 1),)
_new = tuple.__new__  # a NamedTuple's own constructor costs twice as much
_LEAD = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*").match


def passages(text: str, printed: Printed) -> tuple[Passage, ...]:
    """Reads the narrative line by line, blank lines left out; titles of pictures and links follow their line. `printed`
    gives the text a placeholder prints, or None for a name it does not know (which then stays as typed)."""
    marked = "*" in text or "[" in text or "`" in text or "\\" in text
    return tuple(_read(text.split("\n"), marked, printed))


def _read(lines: Sequence[str], marked: bool, printed: Printed) -> Iterator[Passage]:
    """Reads the lines one by one; `marked` says that some may hold marks besides figures."""
    section = 0
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        kind, start = "text", 0
        if line[0] in _BEGINS:
            kind, start = _beginning(line)
            section += kind == "title"
        if marked and ("*" in line or "[" in line or "`" in line or "\\" in line):
            yield _with_marks(section, kind, number, line, start, printed)
            for title in _TITLE.finditer(line) if "](" in line else ():
                yield Passage(section, "text", number, title[2], (), ((0, title.start(2) + 1),))
        elif "{{" in line:
            yield _with_figures(section, kind, number, line, start, printed)
        else:
            yield _new(Passage, (section, kind, number, line[start:], (), ((0, start + 1),) if start else _WHOLE_LINE))


def _beginning(line: str) -> tuple[str, int]:
    """Tells the kind of a line that begins with a mark, and where its words begin."""
    if line[0] == "#":
        heading = _HEADING(line)
        return ("title" if len(heading[1]) == 2 else "heading", heading.end()) if heading else ("text", 0)
    if line[0] == "|":
        return "table", 0
    lead = _LEAD(line)
    return "text", lead.end() if lead else 0


def _with_marks(section: int, kind: str, number: int, line: str, start: int, printed: Printed) -> Passage:
    """Reads a line with emphasis, links, pictures, escapes or figures."""
    out: list[str] = []
    cuts = [(0, start + 1)]
    bound: list[Bound] = []
    length = 0
    last = start
    for mark in _MARKS.finditer(line, start):
        between = line[last : mark.start()]
        length += len(between)
        words, shift = _words(mark, printed)
        if mark[1] is not None and words != mark[0]:  # an unknown name stays as typed, and is no figure
            bound.append(Bound(length, length + len(words), mark[1].strip()))
        cuts.append((length, mark.start() + shift + 1))
        length += len(words)
        cuts.append((length, mark.end() + 1))
        out += (between, words)
        last = mark.end()
    out.append(line[last:])
    return Passage(section, kind, number, "".join(out), tuple(bound), tuple(cuts))


_FIGURE = re.compile(r"\{\{([^{}\n]{1,200})\}\}").split


def _with_figures(section: int, kind: str, number: int, line: str, start: int, printed: Printed) -> Passage:
    """Reads a line with figures and no other marks: the same as `_with_marks`, in half the time."""
    first, *rest = _FIGURE(line[start:])
    out, length, column = [first], len(first), start + len(first) + 1
    cuts, bound = [(0, start + 1)], []
    for key, after in zip(rest[::2], rest[1::2], strict=True):
        name = key.strip()
        words = printed(name)
        if words is None:
            words = f"{{{{{key}}}}}"
        else:
            bound.append(_new(Bound, (length, length + len(words), name)))
        cuts.append((length, column))
        length += len(words)
        column += len(key) + 4
        cuts.append((length, column))
        out += (words, after)
        length += len(after)
        column += len(after)
    return _new(Passage, (section, kind, number, "".join(out), tuple(bound), tuple(cuts)))


def _words(mark: re.Match[str], printed: Printed) -> tuple[str, int]:
    """Gives the words of a mark, and how far behind its start they stand."""
    if mark[1] is not None:
        words = printed(mark[1].strip())
        return (mark[0], 0) if words is None else (words, 0)
    if mark[2] is not None:
        return mark[2], 2
    if mark[3] is not None:
        return mark[3], 1
    if mark[4] is not None:
        return mark[4], 1
    if mark[0].startswith("*"):
        line, start, end = mark.string, mark.start(), mark.end()
        literal = all(flanks(line[start - 1] if start else " ", line[end] if end < len(line) else " ", end - start))
        return (mark[0], 0) if literal else ("", 0)
    return "", 0


# To find runs of keyboard characters: any other character parts runs, a blank does not.
_PARTED = bytes.maketrans(b"? ", b" \x00")
_FULL_WIDTH = "０１２３４５６７８９＠"
_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF20, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


@dataclass(frozen=True, eq=False)
class PlainNarrative:
    """Holds all words of a report in one text, one passage a line, so that a rule searches once and not once a line.

    `text[:narrative]` is the narrative; behind it stand the words of tables.yaml, `typed` as (words, line, column).
    """

    passages: tuple[Passage, ...]
    typed: tuple[tuple[str, int, int], ...]
    text: str
    starts: tuple[int, ...]
    narrative: int

    def at(self, offset: int) -> tuple[Passage, int]:
        """Gives the passage an offset of `text` lies in, and the offset within it."""
        number = bisect_right(self.starts, offset) - 1
        within = offset - self.starts[number]
        if number < len(self.passages):
            return self.passages[number], within
        words, line, column = self.typed[number - len(self.passages)]
        return Passage(0, "typed", line, words, (), ((0, column),)), within

    @cached_property
    def preface(self) -> int:
        """Tells where the preface ends in `text`, at most 4,000 characters in: no preface is longer."""
        first = next((number for number, passage in enumerate(self.passages) if passage.section), len(self.passages))
        return min(4000, self.starts[first] if first < len(self.starts) else len(self.text))

    @cached_property
    def narrow(self) -> str:
        """Makes full-width digits and letters of `text` narrow; offsets stay the same."""
        for char in _FULL_WIDTH:
            if char in self.text:
                return self.text.translate(_WIDE)
        return self.text

    @cached_property
    def keyboard(self) -> bytes:
        """Replaces each non-ASCII character of `narrow` by “?”: runs of ASCII are found fast in bytes."""
        return self.narrow.encode("ascii", "replace")

    @cached_property
    def latin(self) -> str:
        """Collects the runs of three and more ASCII characters of `narrow`, one a line: many rules look here first for
        numbers, addresses, paths and program residue, of which a clean report has a dozen."""
        runs = self.keyboard.translate(_PARTED).split()
        return b"\n".join([run for run in runs if len(run) > 2]).replace(b"\x00", b" ").decode("ascii")

    @cached_property
    def spelt(self) -> str:
        """Collects the runs of `latin` that are more than digits."""
        return "\n".join([run for run in self.latin.split("\n") if not run.isdecimal()])

    @cached_property
    def sections(self) -> Mapping[int, str]:
        """Maps each section's number to the words under its title, 0 to the preface; titles are left out."""
        texts: dict[int, list[str]] = {}
        for passage in self.passages:
            if passage.kind != "title":
                texts.setdefault(passage.section, []).append(passage.text)
        return {number: "\n".join(lines) for number, lines in texts.items()}


def join(narrative: tuple[Passage, ...], typed: tuple[tuple[str, int, int], ...]) -> PlainNarrative:
    """Joins the narrative's passages and the words of tables.yaml, as (words, line, column), in one text."""
    texts = [*[passage.text for passage in narrative], *[words for words, _, _ in typed]]
    starts = tuple(accumulate([len(text) + 1 for text in texts], initial=0))
    return PlainNarrative(narrative, typed, "\n".join(texts), starts[:-1] or (0,), starts[len(narrative)])
