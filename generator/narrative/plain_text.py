"""The narrative as a reader sees it, in plain text: what rules on words and numbers read.

Placeholders stand as the figures they give, Markdown's marks are gone; every offset still knows its line and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Bound(NamedTuple):
    """A stretch of a passage's text that a placeholder gave."""

    start: int
    end: int
    key: str


class Passage(NamedTuple):
    """One line of the narrative. `section` is 0 before the first section, then 1, 2, …; `kind` is "title" (of a
    section), "heading", "text" or "table", or "typed" for words that tables.yaml says. `cuts` are (offset in `text`,
    column in the file), ascending."""

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
        return bool(self.bound) and any(first < end and start < last for first, last, _ in self.bound)


Printed = Callable[[str], str | None]

# begins with one class of characters, which the engine skips to ten times as fast as to a choice of beginnings
_MARKS = re.compile(
    r"[{!\[\\*`](?:"
    r"(?<=\{)\{([^{}\n]{1,200})\}\}"  # a figure
    r"|(?<=!)\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)"  # a picture: its description
    r"|(?<=\[)([^\]\n]{1,500})\]\([^)\n]{0,1000}\)"  # a link: its words
    r"|(?<=\\)([\\`*_{}\[\]()#+.!|<>-])"  # an escape: what it escapes
    r"|(?<=\*)\*{0,2}|(?<=`))"  # emphasis, code
)
_HEADING = re.compile(r"(#{1,6})[ \t]+").match
_BEGINS = frozenset("#| \t>-*+0123456789")  # what a line begins with that is no plain paragraph
_WHOLE_LINE = ((0, 1),)
_new = tuple.__new__  # a NamedTuple's own constructor costs twice as much
_LEAD = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*").match


def passages(text: str, printed: Printed) -> tuple[Passage, ...]:
    """The narrative line by line. `printed` gives the text a placeholder prints, None for a name it does not know
    (which then stays as typed)."""
    marked = "*" in text or "[" in text or "`" in text or "\\" in text
    return tuple(_read(text.split("\n"), marked, printed))


def _read(lines: Sequence[str], marked: bool, printed: Printed) -> Iterator[Passage]:
    """`marked`: some line may hold marks besides figures."""
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
        elif "{{" in line:
            yield _with_figures(section, kind, number, line, start, printed)
        else:
            yield _new(Passage, (section, kind, number, line[start:], (), ((0, start + 1),) if start else _WHOLE_LINE))


def _beginning(line: str) -> tuple[str, int]:
    """Kind of a line that begins with a mark, and where its words begin."""
    if line[0] == "#":
        found = _HEADING(line)
        return ("title" if len(found[1]) == 2 else "heading", found.end()) if found else ("text", 0)
    if line[0] == "|":
        return "table", 0
    found = _LEAD(line)
    return "text", found.end() if found else 0


def _with_marks(section: int, kind: str, number: int, line: str, start: int, printed: Printed) -> Passage:
    out: list[str] = []
    cuts = [(0, start + 1)]
    bound: list[Bound] = []
    length = 0
    last = start
    for found in _MARKS.finditer(line, start):
        between = line[last : found.start()]
        length += len(between)
        words, shift = _words(found, printed)
        if found[1] is not None and words != found[0]:  # a name that gives nothing stays as typed, and is no figure
            bound.append(Bound(length, length + len(words), found[1].strip()))
        cuts.append((length, found.start() + shift + 1))
        length += len(words)
        cuts.append((length, found.end() + 1))
        out += (between, words)
        last = found.end()
    out.append(line[last:])
    return Passage(section, kind, number, "".join(out), tuple(bound), tuple(cuts))


_FIGURE = re.compile(r"\{\{([^{}\n]{1,200})\}\}").split


def _with_figures(section: int, kind: str, number: int, line: str, start: int, printed: Printed) -> Passage:
    """A line with figures and no other marks; equals what `_MARKS` makes of it, in half the time."""
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


# For finding runs of keyboard characters: what is none of them parts runs, a blank does not.
_PARTED = bytes.maketrans(b"? ", b" \x00")
_FULL_WIDTH = "０１２３４５６７８９＠"
_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF20, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


@dataclass(frozen=True, eq=False)
class PlainNarrative:
    """All words of a report in one text, one passage a line, so that a rule searches once and not once a line.

    `text[:narrative]` is the narrative; behind it stand the words of tables.yaml, `typed`. Made once a report.
    """

    passages: tuple[Passage, ...]
    typed: tuple[tuple[str, int, int], ...]
    text: str
    starts: tuple[int, ...]
    narrative: int

    def at(self, offset: int) -> tuple[Passage, int]:
        """The passage an offset of `text` lies in, and the offset within it."""
        number = bisect_right(self.starts, offset) - 1
        within = offset - self.starts[number]
        if number < len(self.passages):
            return self.passages[number], within
        words, line, column = self.typed[number - len(self.passages)]
        return Passage(0, "typed", line, words, (), ((0, column),)), within

    @cached_property
    def preface(self) -> int:
        """Where the preface ends in `text`; what is longer than any preface is not looked through."""
        first = next((number for number, passage in enumerate(self.passages) if passage.section), len(self.passages))
        return min(4000, self.starts[first] if first < len(self.starts) else len(self.text))

    @cached_property
    def narrow(self) -> str:
        """`text` with full-width digits and letters made narrow; every offset stays."""
        for char in _FULL_WIDTH:
            if char in self.text:
                return self.text.translate(_WIDE)
        return self.text

    @cached_property
    def keyboard(self) -> bytes:
        """`narrow`, with a “?” for each character that is on no keyboard: to look for those that are, fast."""
        return self.narrow.encode("ascii", "replace")

    @cached_property
    def latin(self) -> str:
        """Runs of three and more digits, letters and marks of `narrow`, a line each: the cheap first look of many rules
        at numbers, addresses, paths and program residue, of which a clean report has a dozen."""
        runs = self.keyboard.translate(_PARTED).split()
        return b"\n".join([run for run in runs if len(run) > 2]).replace(b"\x00", b" ").decode("ascii")

    @cached_property
    def spelt(self) -> str:
        """Those runs of `latin` that are more than digits."""
        return "\n".join([run for run in self.latin.split("\n") if not run.isdecimal()])

    @cached_property
    def sections(self) -> Mapping[int, str]:
        """The words under each section's title, the preface's under 0; titles left out."""
        texts: dict[int, list[str]] = {}
        for passage in self.passages:
            if passage.kind != "title":
                texts.setdefault(passage.section, []).append(passage.text)
        return {number: "\n".join(lines) for number, lines in texts.items()}


def join(narrative: tuple[Passage, ...], typed: tuple[tuple[str, int, int], ...]) -> PlainNarrative:
    """The narrative's passages and what tables.yaml says, as (words, line, column), in one text."""
    texts = [*[passage.text for passage in narrative], *[words for words, _, _ in typed]]
    starts = tuple(accumulate([len(text) + 1 for text in texts], initial=0))
    return PlainNarrative(narrative, typed, "\n".join(texts), starts[:-1] or (0,), starts[len(narrative)])
