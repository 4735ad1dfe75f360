"""Renders the narrative as HTML, section by section: plain text directly, everything else with the Markdown parser."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.finding import Finding, Level
from generator.narrative.markdown import PARSER
from generator.narrative.markdown_inline import PLACEHOLDER
from generator.narrative.markdown_notes import FreeTable, MarkdownNotes, Placeholder, Resolve, bound, words_of
from generator.narrative.markdown_slips import TITLE_LINK, TITLE_PICTURE, WRONG_HEADING
from generator.narrative.markdown_tokens import BLOCK
from generator.narrative.slips import slips_in


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


class NarrativeHtml(NamedTuple):
    """A rendered narrative: `pictures` are the file names it shows, each once, `tables` its free tables as words."""

    preface: str
    sections: tuple[Section, ...]
    placeholders: tuple[Placeholder, ...]
    findings: tuple[Finding, ...]
    pictures: tuple[str, ...]
    tables: tuple[FreeTable, ...] = ()


_Parts = tuple[str, tuple[Section, ...]]


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
    notes = MarkdownNotes(text.split("\n"), file, resolve)
    return _prose(_split(text, notes), notes)


def _prose(parts: _Parts, notes: MarkdownNotes) -> NarrativeHtml:
    for line, slip in slips_in(notes.lines):
        notes.note(slip.rule, slip.level, (line, slip.column), slip.message)
    findings = tuple(sorted(notes.findings, key=lambda finding: (finding.place.line, finding.place.column)))
    preface, sections = parts
    pictures = tuple(dict.fromkeys(notes.pictures))
    return NarrativeHtml(preface, sections, tuple(notes.placeholders), findings, pictures, tuple(notes.tables))


# ---------------------------------------------------------------- sections


def _split(text: str, notes: MarkdownNotes) -> _Parts:
    env: dict[str, Any] = {"notes": notes}
    tokens = PARSER.parse(text, env)
    starts = [at for at, token in enumerate(tokens) if _is_section(token)]
    preface = _render(tokens[: starts[0]] if starts else tokens, 0, notes, env)[0]
    ends = [*starts[1:], len(tokens)]
    sections = [
        _section(tokens[at:end], number, notes, env)
        for number, (at, end) in enumerate(zip(starts, ends, strict=False), 1)
    ]
    return preface, tuple(sections)


def _section(tokens: list[Token], number: int, notes: MarkdownNotes, env: EnvType) -> Section:
    title = words_of(PARSER.renderer.render(tokens[1:2], PARSER.options, env))
    for token in tokens[1].children or ():
        if token.type == "image" and "name" in token.meta:
            notes.pictures.remove(token.meta["name"])
            notes.note("MD-PICTURE", Level.WARNING, token.meta["place"], TITLE_PICTURE)
        elif token.type == "link_open" and not token.hidden:
            notes.note("MD-LINK", Level.WARNING, token.meta["place"], TITLE_LINK)
    return Section(title, notes.line(tokens[0]), *_render(tokens[3:], number, notes, env))


def _is_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and token.level == 0


def _render(tokens: list[Token], number: int, notes: MarkdownNotes, env: EnvType) -> tuple[str, tuple[Heading, ...]]:
    headings: list[Heading] = []
    notes.section = number
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            headings.append(_heading(tokens, at, f"s{number}-{len(headings) + 1}", notes, env))
    return PARSER.renderer.render(tokens, PARSER.options, env), tuple(headings)


def _heading(tokens: list[Token], at: int, name: str, notes: MarkdownNotes, env: EnvType) -> Heading:
    token = tokens[at]
    if token.tag in ("h1", "h2"):
        # The page owns its title and the section heads; nothing below may look like one.
        notes.note("MD-HEADING", Level.WARNING, (notes.line(token), 1), WRONG_HEADING)
        token.tag = tokens[at + 2].tag = "h3"
    token.attrSet("id", name)
    return Heading(
        int(token.tag[1]),
        words_of(PARSER.renderer.render(tokens[at + 1 : at + 2], PARSER.options, env)),
        notes.line(token),
        name,
    )


# ---------------------------------------------------------------- plain text, without the parser


class _NotPlain(Exception):
    """Raised where a part holds more than plain text and goes to the parser."""


def _by_sections(notes: MarkdownNotes) -> _Parts | None:
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
    notes.base = start
    env: dict[str, Any] = {"notes": notes}
    tokens = PARSER.parse("\n".join(notes.lines[start:end]), env)
    if sum(map(_is_section, tokens)) != (number > 0):
        return None
    if number:
        return _section(tokens, number, notes, env)
    return Section("", 0, *_render(tokens, 0, notes, env))


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
        words = mdTrim(line[start:])
        if not words or words.endswith("#"):
            raise _NotPlain
        return "".join(self.inline(words, at, line.index(words, start)))

    def paragraph(self, line: str, at: int) -> None:
        if self.open and not line.startswith("\u3000\u3000"):
            raise _NotPlain
        words = mdTrim(line)
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
    return escapeHtml(words) if '"' in words or ">" in words else words
