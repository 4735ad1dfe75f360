"""Collects what a narrative is read to: sections, placeholders, pictures, tables, findings and their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from generator.finding import Finding, Level, Message, Place
from generator.narrative.bounds import WorkBounds

if TYPE_CHECKING:  # most narratives are read without the parser
    from markdown_it.token import Token

Resolve = Callable[[str], str | None]
PLACEHOLDER = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
# what makes a block of its own
BLOCK = re.compile(r"<(?:figure|div|p|aside|section|table|ul|ol)\b").match


class Heading(NamedTuple):
    level: int
    text: str
    line: int
    id: str


class Section(NamedTuple):
    """One section of the narrative: what follows a `## ` heading, which itself is not in `html`."""

    title: str
    line: int
    html: str
    headings: tuple[Heading, ...]


# the preface and the sections
Parts = tuple[str, tuple[Section, ...]]


class Placeholder(NamedTuple):
    key: str
    line: int
    column: int


class FreeTable(NamedTuple):
    """A table of the narrative as plain text: `section` counts from 1, 0 is the preface; `head` may be empty."""

    section: int
    caption: str
    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]


class MarkdownNotes:
    """Collects what is noted while one text is parsed. Travels in the parser's `env`, so that parses share nothing."""

    def __init__(self, lines: list[str], file: str, resolve: Resolve) -> None:
        self.lines = lines
        self.file = file
        self.resolve = resolve
        self.base = 0  # lines before the part that is parsed now
        self.first = 1  # line of the block that is parsed now
        self.placeholders: list[Placeholder] = []
        self.pictures: list[str] = []
        self.findings: list[Finding] = []
        self.tables: list[FreeTable] = []
        self.section = 0  # the section that is rendered now
        self.bounds = WorkBounds()
        self._src = ""
        self._at = 0
        self._line = 0
        self._place = 0, 0
        self._from: dict[int, int] = {}

    def line(self, token: Token) -> int:
        """Gives the line of a block in the file, 0 where the parser does not know it."""
        return self.base + token.map[0] + 1 if token.map else 0

    def begin(self, token: Token) -> None:
        """Starts on the text of one block: `place` counts from its line."""
        self.first = self.line(token)
        self._src = ""

    def place(self, src: str, at: int) -> tuple[int, int]:
        """Gives line and column of position `at` in one block's text, whose lines lost their indentation.

        Rules ask in reading order, so both searches go on where the last one ended: linear even on hostile text.
        """
        if src is self._src and at == self._at:
            return self._place
        if src is not self._src or at < self._at:
            self._src, self._at, self._line = src, 0, self.first
        self._line += src.count("\n", self._at, at)
        self._at = at
        line = self._line
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        index = source.find(src[at : at + 60].partition("\n")[0], self._from.get(line, 0))
        if index >= 0:
            self._from[line] = index + 1
        self._place = line, max(index, 0) + 1
        return self._place

    def note(self, rule: str, level: Level, place: tuple[int, int], message: Message) -> None:
        self.findings.append(Finding(rule, level, Place(self.file, *place), message))

    def bound(self, rule: str, place: tuple[int, int], message: Message) -> None:
        """Notes once that a bound is reached."""
        if self.bounds.first(message):
            self.note(rule, Level.ERROR, place, message)


def escape_html(words: str) -> str:
    """Writes words as HTML, as the parser does."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_TAGS = re.compile(r"<[^>]*>")


def words_of(html: str) -> str:
    """Strips rendered HTML to plain text."""
    if "<" in html or "&" in html:
        html = unescape(_TAGS.sub("", html))
    return html.strip()


def bound(key: str, notes: MarkdownNotes) -> str:
    """Resolves a placeholder to HTML; one that is not known is shown as typed."""
    html = notes.resolve(key)
    return escape_html("{{" + key + "}}") if html is None else html
