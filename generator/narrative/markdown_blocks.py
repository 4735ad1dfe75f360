"""Reads blocks: lists as numbered by the clerk, quotes and tables within bounds, cells beyond a table's head."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.token import Token

from generator import limits
from generator.finding import Level
from generator.narrative.bounds import TOO_DEEP
from generator.narrative.markdown_notes import MarkdownNotes
from generator.narrative.markdown_slips import NO_ROW, missing_cells, surplus_cells


def indented_rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Lets two full-width spaces begin a new paragraph, as they do on paper."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    return silent and state.src.startswith("\u3000\u3000", start)


# HTML would number these otherwise: 1) as 1., 01. as 1.
_OTHER_NUMBER = re.compile(r"(?:\d{1,9}\)|0\d{1,8}\.)(?=[ \t\n]|\Z)")


def other_number_rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Lets a number that a list would print otherwise begin a paragraph, where it stays as typed."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    return silent and bool(_OTHER_NUMBER.match(state.src, start))


def list_rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Reads a list, but not one whose first number would be printed otherwise."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    if state.level < limits.NESTING:
        return not _OTHER_NUMBER.match(state.src, start) and list_block(state, startLine, endLine, silent)
    if _ITEM.match(state.src, start):
        _note_depth(state, startLine)
    return False


_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")


def quote_rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Reads a quote, but none that is too deep."""
    if state.level < limits.NESTING:
        return blockquote(state, startLine, endLine, silent)
    if state.src.startswith(">", state.bMarks[startLine] + state.tShift[startLine]):
        _note_depth(state, startLine)
    return False


def _note_depth(state: StateBlock, line: int) -> None:
    notes: MarkdownNotes = state.env["notes"]
    notes.bound("MD-DEEP", (notes.base + line + 1, 1), TOO_DEEP)


def table_rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Reads a table and puts back the cells beyond its head, which the stock rule leaves out."""
    first = len(state.tokens)
    if not table(state, startLine, endLine, True):
        return False
    if not silent:
        notes: MarkdownNotes = state.env["notes"]
        too_large = notes.bounds.table(*_size(state, startLine, endLine))
        if too_large:
            notes.bound("MD-TABLE", (notes.base + startLine + 1, 1), too_large)
            return False
        table(state, startLine, endLine, False)
    if not silent:
        tokens = state.tokens[first:]
        del state.tokens[first:]
        columns = sum(token.type == "th_open" for token in tokens)
        body, line = False, startLine
        for token in tokens:
            if token.type == "tr_close" and body:
                _put_surplus(state, line, columns)
            elif token.type == "tr_open" and token.map:
                line = token.map[0]
            body = body or token.type == "tbody_open"
            state.tokens.append(token)
    return True


def _size(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Bounds the rows and columns of a table from above: its lines, and the cells of its line of dashes."""
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    return last - start, len(escapedSplit(mdTrim(getLine(state, start + 1)).strip("|")))


def _put_surplus(state: StateBlock, line: int, columns: int) -> None:
    """Adds the cells of a row beyond the table's columns to the tokens, with a finding."""
    notes: MarkdownNotes = state.env["notes"]
    cells = escapedSplit(mdTrim(getLine(state, line)))
    if len(cells) == 1:
        notes.note("MD-TABLE", Level.WARNING, (notes.base + line + 1, 1), NO_ROW)
    cells = cells[cells[0] == "" :]
    cells = cells[: -1 if cells and cells[-1] == "" else None]
    if 1 < len(cells) < columns:
        notes.note("MD-TABLE", Level.WARNING, (notes.base + line + 1, 1), missing_cells(columns, columns - len(cells)))
    surplus = cells[columns:]
    for number, cell in enumerate(surplus):
        opening = Token("td_open", "td", 1, level=state.level + 3, block=True)
        content = Token("inline", "", 0, content=cell.strip(), children=[], map=[line, line + 1])
        content.level, content.block = state.level + 4, True
        state.tokens += (opening, content, Token("td_close", "td", -1, level=state.level + 3, block=True))
        if not number:
            source = notes.lines[notes.base + line]
            column = max(source.rfind(cell.strip()), 0) + 1
            notes.note("MD-TABLE", Level.WARNING, (notes.base + line + 1, column), surplus_cells(columns, len(surplus)))
