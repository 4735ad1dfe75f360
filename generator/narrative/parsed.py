"""Renders what is more than plain text of a narrative with the Markdown parser, section by section."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.finding import Level
from generator.narrative.markdown import PARSER
from generator.narrative.markdown_notes import Heading, MarkdownNotes, Parts, Section, words_of
from generator.narrative.markdown_slips import TITLE_LINK, TITLE_PICTURE, WRONG_HEADING


def parse_whole(text: str, notes: MarkdownNotes) -> Parts:
    """Parses a narrative as one text: its preface and its sections."""
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


def parse_part(start: int, end: int, number: int, notes: MarkdownNotes) -> Section | None:
    """Parses the lines of one section, or with number 0 of the preface; None where they hold a section head written
    another way."""
    notes.base = start
    env: dict[str, Any] = {"notes": notes}
    tokens = PARSER.parse("\n".join(notes.lines[start:end]), env)
    if sum(map(_is_section, tokens)) != (number > 0):
        return None
    if number:
        return _section(tokens, number, notes, env)
    return Section("", 0, *_render(tokens, 0, notes, env))


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
