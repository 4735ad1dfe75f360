"""Renders the narrative as HTML, section by section: plain text directly, everything else with the Markdown parser,
which is loaded with the first text that needs it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.finding import Finding
from generator.narrative.markdown_notes import (
    BLOCK,
    PLACEHOLDER,
    FreeTable,
    Heading,
    MarkdownNotes,
    Parts,
    Placeholder,
    Resolve,
    Section,
    bound,
    escape_html,
    words_of,
)
from generator.narrative.slips import slips_in


class NarrativeHtml(NamedTuple):
    """A rendered narrative: `pictures` are the file names it shows, each once, `tables` its free tables as words."""

    preface: str
    sections: tuple[Section, ...]
    placeholders: tuple[Placeholder, ...]
    findings: tuple[Finding, ...]
    pictures: tuple[str, ...]
    tables: tuple[FreeTable, ...] = ()


def read_prose(text: str, file: str, resolve: Resolve) -> NarrativeHtml:
    """Renders a narrative by sections. `resolve` gives ready HTML for the key of a placeholder, None if it knows
    none."""
    text = _PIPED_ROW.sub(_with_wide_bars, text.replace("\r\n", "\n").replace("\r", "\n"))
    notes = MarkdownNotes(text.split("\n"), file, resolve)
    parts = _by_sections(notes)
    return _read_whole(text, file, resolve) if parts is None else _prose(parts, notes)


# A row of a table with a placeholder: the bar of {{表三.本年新收.总计|较上年}} does not part cells.
_PIPED_ROW = re.compile(r"^[ \t>]*\|.*\{\{.*$", re.MULTILINE)


def _with_wide_bars(row: re.Match[str]) -> str:
    return PLACEHOLDER.sub(lambda figure: figure[0].replace("|", "｜"), row[0])


def _read_whole(text: str, file: str, resolve: Resolve) -> NarrativeHtml:
    """Parses the text as one; `_by_sections` must give the same."""
    from generator.narrative.parsed import parse_whole

    notes = MarkdownNotes(text.split("\n"), file, resolve)
    return _prose(parse_whole(text, notes), notes)


def _prose(parts: Parts, notes: MarkdownNotes) -> NarrativeHtml:
    for line, slip in slips_in(notes.lines):
        notes.note(slip.rule, slip.level, (line, slip.column), slip.message)
    findings = tuple(sorted(notes.findings, key=lambda finding: (finding.place.line, finding.place.column)))
    preface, sections = parts
    pictures = tuple(dict.fromkeys(notes.pictures))
    return NarrativeHtml(preface, sections, tuple(notes.placeholders), findings, pictures, tuple(notes.tables))


# ---------------------------------------------------------------- plain text, without the parser


class _NotPlain(Exception):
    """Raised where a part holds more than plain text and goes to the parser."""


def _by_sections(notes: MarkdownNotes) -> Parts | None:
    """Renders each part as plain text, or with the parser where it holds more than that.

    `## ` at the start of a line ends whatever was open, so the parts cannot influence one another. None where a part
    turns out to hold a section head written another way.
    """
    lines = notes.lines
    starts = [at for at, line in enumerate(lines) if line.startswith("## ")]
    bounds = [0, *starts, len(lines)]
    parts = []
    for number in range(len(starts) + 1):
        part = _part(bounds[number], bounds[number + 1], number, notes)
        if part is None:
            return None
        parts.append(part)
    return parts[0].html, tuple(parts[1:])


def _part(start: int, end: int, number: int, notes: MarkdownNotes) -> Section | None:
    before = len(notes.placeholders)
    try:
        return _Plain(number, notes).read(start, end)
    except _NotPlain:
        del notes.placeholders[before:]
    from generator.narrative.parsed import parse_part

    return parse_part(start, end, number, notes)


# what the parser takes off both ends of a line
_BLANKS = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
_SPECIAL = re.compile(r"[\\*_\[<&\0]").search
_PLAIN_HEADING = re.compile(r"(#{3,6})[ \t]").match
_NOT_A_PARAGRAPH = re.compile(r"[#>|+:=~`-]|\d{1,9}[.)](?:[ \t]|$)").match


class _Plain:
    """Renders a part that holds nothing but one-line paragraphs, headings and placeholders."""

    def __init__(self, number: int, notes: MarkdownNotes) -> None:
        self.number = number
        self.notes = notes
        self.out: list[str] = []
        self.headings: list[Heading] = []
        self.open = False  # the line before belongs to a paragraph
        self.bare = False  # the block before stands without a paragraph around it

    def read(self, start: int, end: int) -> Section:
        lines = self.notes.lines
        title, line = "", 0
        if self.number:
            title, line = words_of(self.heading(lines[start], start, 3)), start + 1
        for at in range(start + (self.number > 0), end):
            if lines[at].strip(" \t"):
                self.block(lines[at], at)
            else:
                self.open = False
        return Section(title, line, "".join(self.out), tuple(self.headings))

    def block(self, line: str, at: int) -> None:
        heading = _PLAIN_HEADING(line)
        if not heading:
            self.paragraph(line, at)
            return
        level = len(heading[1])
        html = self.heading(line, at, level + 1)
        name = f"s{self.number}-{len(self.headings) + 1}"
        self.headings.append(Heading(level, words_of(html), at + 1, name))
        self.add(f'<h{level} id="{name}">{html}</h{level}>\n')
        self.open = False

    def heading(self, line: str, at: int, start: int) -> str:
        words = line[start:].strip(_BLANKS)
        if not words or words.endswith("#"):
            raise _NotPlain
        return "".join(self.inline(words, at, line.index(words, start)))

    def paragraph(self, line: str, at: int) -> None:
        if self.open and not line.startswith("\u3000\u3000"):
            raise _NotPlain
        words = line.strip(_BLANKS)
        if not words or "\t" in words or _NOT_A_PARAGRAPH(words) or ("|" in words and "{{" not in words):
            raise _NotPlain
        html = self.inline(words, at, line.index(words))
        self.open = True
        if len(html) > 1 and _are_blocks(html):
            self.add("".join(html[1::2]))
            self.bare = True
        else:
            self.add(f"<p>{''.join(html)}</p>\n")

    def add(self, html: str) -> None:
        # As the parser's renderer does behind a block that lost its paragraph.
        self.out.append("\n" + html if self.bare and html.startswith(("<p>", "<h")) else html)
        self.bare = False

    def inline(self, words: str, at: int, start: int) -> list[str]:
        """Renders words and placeholders by turns: words stand at even indexes."""
        if _SPECIAL(words):
            raise _NotPlain
        if "{" not in words:
            return [_escape(words)]
        out: list[str] = []
        last = 0
        for match in PLACEHOLDER.finditer(words):
            between, key = words[last : match.start()], match[1].strip()
            if not key or "{" in between:
                raise _NotPlain
            self.notes.placeholders.append(Placeholder(key, at + 1, start + match.start() + 1))
            out += (_escape(between), bound(key, self.notes))
            last = match.end()
        if "{" in words[last:]:
            raise _NotPlain
        return [*out, _escape(words[last:])]


def _are_blocks(html: list[str]) -> bool:
    """Tells whether placeholders gave blocks, with nothing between them."""
    return all(map(BLOCK, html[1::2])) and not any(map(str.strip, html[::2]))


def _escape(words: str) -> str:
    return escape_html(words) if '"' in words or ">" in words else words
