"""Reads what stands within a line: placeholders, HTML that stays text, emphasis beside Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.utils import isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.finding import Level
from generator.narrative.asterisks import flanks, is_chinese
from generator.narrative.bounds import TOO_MANY_BRACKETS
from generator.narrative.markdown_notes import PLACEHOLDER, MarkdownNotes, Placeholder
from generator.narrative.markdown_slips import broken_link, wrong_html, wrong_picture

InlineRule = Callable[[StateInline, bool], bool]


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HTML_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,2000})?/?>|<!--|<!\[CDATA\[|<\?|<![A-Za-z]")


def placeholder_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    match = PLACEHOLDER.match(state.src, state.pos, state.posMax)
    if not match or not match[1].strip():
        return False
    if not silent:
        notes: MarkdownNotes = state.env["notes"]
        token = state.push("placeholder", "", 0)
        token.content = match[1].strip()
        notes.placeholders.append(Placeholder(token.content, *notes.place(state.src, state.pos)))
    state.pos = match.end()
    return True


def html_rule(state: StateInline, silent: bool) -> bool:
    """Makes an HTML tag ordinary text, with a finding."""
    if state.src[state.pos] != "<":
        return False
    match = _HTML_TAG.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        notes: MarkdownNotes = state.env["notes"]
        state.push("text", "", 0).content = match[0]
        place = notes.place(state.src, state.pos)
        if not any(seen.rule == "MD-HTML" and seen.place.line == place[0] for seen in notes.findings[-1:]):
            notes.note("MD-HTML", Level.WARNING, place, wrong_html(match[0]))
    state.pos = match.end()
    return True


def stray_rule(state: StateInline, silent: bool) -> bool:
    """Finds what no rule took and would show on the page as typed: links and pictures with a blank, HTML's signs."""
    match = _STRAY.match(state.src, state.pos, state.posMax)
    if match and not silent:
        notes: MarkdownNotes = state.env["notes"]
        place = notes.place(state.src, state.pos)
        if match[0].startswith("&"):
            notes.note("MD-HTML", Level.WARNING, place, wrong_html(match[0]))
        elif notes.bounds.full:
            pass  # told already, once for all of them
        elif match[0].startswith("!"):
            notes.note("MD-PICTURE", Level.WARNING, place, wrong_picture(match[1]))
        elif not state.src.endswith("!", 0, state.pos):
            notes.note("MD-LINK", Level.WARNING, place, broken_link(match[0]))
    return False


_STRAY = re.compile(_ENTITY.pattern + r"|!?\[[^\[\]\n]{0,200}\]\(([^()\n]{1,200})\)")


def placed(rule: InlineRule, first: str, kind: str, bounded: bool = True) -> InlineRule:
    """Wraps a stock rule so that its token notes where it began, and so that it is not tried without end."""

    def attempt(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(first, state.pos):
            return False
        notes: MarkdownNotes = state.env["notes"]
        if bounded and notes.bounds.bracket():
            if not silent and TOO_MANY_BRACKETS not in notes.bounds.told:
                notes.bound("MD-LINK", notes.place(state.src, state.pos), TOO_MANY_BRACKETS)
            return False
        if silent:
            return rule(state, silent)
        place, before = state.env["notes"].place(state.src, state.pos), len(state.tokens)
        if not rule(state, silent):
            return False
        next(token for token in state.tokens[before:] if token.type == kind).meta["place"] = place
        return True

    return attempt


class _Inline(StateInline):
    """Accepts `**` beside Chinese: CommonMark wants a space there when punctuation is inside, Chinese has no spaces.

    A multiplication and `_` stay themselves."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        stock = super().scanDelims(start, canSplitWord)
        if self.src[start] != "*":
            return Scanned(False, False, stock.length)
        after = start + stock.length
        before = self.src[start - 1] if start > 0 else " "
        behind = self.src[after] if after < self.posMax else " "
        not_opening, not_closing = flanks(before, behind, stock.length)
        open_ = stock.can_open or (is_chinese(before) and not isWhiteSpace(ord(behind)))
        close = stock.can_close or (is_chinese(behind) and not isWhiteSpace(ord(before)))
        return Scanned(open_ and not not_opening, close and not not_closing, stock.length)


class InlineParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _Inline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
