"""Parses the Markdown dialect of the narrative: Chinese emphasis and line breaks, no raw HTML, bound figures.

A report folder is not trusted: HTML stays text, addresses and picture names are checked, and the key of a `{{…}}` is
only looked up by the caller. The parser is stock markdown-it-py; our changes are made to one instance of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, isWhiteSpace, mdTrim
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator import limits
from generator.finding import Finding, Level, Message, Place
from generator.narrative.asterisks import flanks, is_chinese, is_wide
from generator.narrative.bounds import TOO_DEEP, TOO_MANY_BRACKETS, WorkBounds
from generator.narrative.run_together import LineSlip, line_slip
from generator.yaml_source.controls import CONTROL

Resolve = Callable[[str], str | None]
InlineRule = Callable[[StateInline, bool], bool]


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


_TAGS = re.compile(r"<[^>]*>")


def words_of(html: str) -> str:
    """Strips rendered HTML to plain text."""
    if "<" in html or "&" in html:
        html = unescape(_TAGS.sub("", html))
    return html.strip()


def bound(key: str, notes: MarkdownNotes) -> str:
    """Resolves a placeholder to HTML; one that is not known is shown as typed."""
    html = notes.resolve(key)
    return escapeHtml("{{" + key + "}}") if html is None else html


# ---------------------------------------------------------------- core: positions, paragraphs, tables


def _inline_core(state: StateCore) -> None:
    """Runs the inline rules as the stock rule does, and tells them on which line they are."""
    notes: MarkdownNotes = state.env["notes"]
    for token in state.tokens:
        if token.type == "inline":
            notes.begin(token)
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _finish(state: StateCore) -> None:
    """Takes figures out of their paragraphs and turns the alignment of cells from an inline style into a class."""
    _number_items(state.tokens)
    for at, token in enumerate(state.tokens):
        if token.type == "inline":
            _check_links(token.children or [], state.env["notes"])
            _check_words(token, state.tokens[at - 1].type == "paragraph_open", state.env["notes"])
            if state.tokens[at - 1].type == "paragraph_open" and _stands_alone(token, state.env["notes"]):
                state.tokens[at - 1].hidden = state.tokens[at + 1].hidden = True
                token.meta["alone"] = True
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            style = str(token.attrs.pop("style"))
            token.attrSet("class", style.partition(":")[2])
    if any(token.type == "table_open" for token in state.tokens):
        state.tokens = _tables(state.tokens)


def _number_items(tokens: list[Token]) -> None:
    """Gives the items of numbered lists the numbers typed, where counting on would give others."""
    next_numbers: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            next_numbers.append(int(token.attrGet("start") or 0) if "start" in token.attrs else 1)
        elif token.type == "ordered_list_close":
            next_numbers.pop()
        elif token.type == "list_item_open" and token.info:
            typed = int(token.info)
            if typed != next_numbers[-1]:
                token.attrSet("value", str(typed))
            next_numbers[-1] = typed + 1


def _check_words(inline: Token, paragraph: bool, notes: MarkdownNotes) -> None:
    """Notes what a block prints otherwise than meant: lines that run together, asterisks left over."""
    slip = line_slip(inline.content) if paragraph else None
    if slip:
        _note_line(inline, slip, notes)
    if "**" in inline.content and "\\*" not in inline.content:
        left = [at for at in (_left_over(token, inline.content) for token in inline.children or ()) if at >= 0]
        if left:
            notes.begin(inline)
            notes.note("MD-MARK", Level.WARNING, notes.place(inline.content, left[0]), _STARS)


def _note_line(inline: Token, slip: LineSlip, notes: MarkdownNotes) -> None:
    line = notes.line(inline) + slip.line
    source = notes.lines[line - 1] if line <= len(notes.lines) else ""
    column = max(source.find(inline.content.split("\n")[slip.line].strip()), 0) + 1
    notes.note(slip.rule, Level.WARNING, (line, column), slip.message)


def _left_over(token: Token, typed: str) -> int:
    """Finds where in the text typed a pair of asterisks marked nothing, -1 where there is none."""
    at = token.content.find("**") if token.type == "text" else -1
    if at < 0 or (at and token.content[at - 1].isdecimal() and token.content[at + 2 : at + 3].isdecimal()):
        return -1
    start = max(at - 8, 0)
    return max(typed.find(token.content[start : at + 8]), 0) + at - start


_CAPTION = re.compile(r"表[：:][ \t]*(?=\S)")


def _tables(tokens: list[Token]) -> list[Token]:
    """Makes the line 「表：名称」 before a table its caption and drops an empty table head."""
    out: list[Token] = []
    head = -1
    for at, token in enumerate(tokens):
        out.append(token)
        if token.type == "table_open" and _is_caption(tokens, at):
            token.meta["caption"] = tokens[at - 2]
            del out[-4:-1]
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "thead_open":
            head = len(out) - 1
        elif token.type == "thead_close" and not any(t.content.strip() for t in out[head:] if t.type == "inline"):
            del out[head:]
    return out


def _is_caption(tokens: list[Token], at: int) -> bool:
    """Tells whether the three tokens before a table are a one-line paragraph that names it; strips its 「表：」."""
    before = tokens[max(0, at - 3) : at]
    if [token.type for token in before] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    children = before[1].children or ()
    if not children or children[0].type != "text" or "\n" in before[1].content:
        return False
    first = children[0]
    label = _CAPTION.match(first.content)
    if not label:
        return False
    first.content = first.content[label.end() :]
    return True


BLOCK = re.compile(r"<(?:figure|div|p|aside|section|table|ul|ol)\b").match


def _stands_alone(inline: Token, notes: MarkdownNotes) -> bool:
    """Tells whether a paragraph holds only pictures or placeholders that give blocks, and marks these as standing
    alone."""
    children = [child for child in inline.children or [] if not _is_space(child)]
    if not children:
        return False
    if not all(_is_block(child, notes) for child in children):
        return False
    for child in children:
        child.meta["alone"] = True
    inline.children = children
    return True


def _is_block(token: Token, notes: MarkdownNotes) -> bool:
    if token.type == "image":
        return "name" in token.meta
    return token.type == "placeholder" and bool(BLOCK(notes.resolve(token.content) or ""))


def _is_space(token: Token) -> bool:
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


# What stands before an @ is a name to log in with, yet reads as the site: https://www.gov.cn@example.com/
_WITH_USER = re.compile(r"https?:/+[^/?#]*(?:@|%40)", re.IGNORECASE)
_ALLOWED_LINK = re.compile(r"(?:https?://[^/?#]|mailto:[^?]*@|#.)", re.IGNORECASE)


def _check_links(children: list[Token], notes: MarkdownNotes) -> None:
    """Drops links without words or to addresses that are not allowed, keeping their words, and pictures from
    elsewhere."""
    refused: list[bool] = []
    for number, token in enumerate(children):
        if token.type == "link_open":
            refused.append(_refuse_link(token, notes))
            if not refused[-1] and _is_bare(children, number):
                notes.note("MD-LINK", Level.WARNING, token.meta["place"], _EMPTY_LINK)
                refused[-1] = token.hidden = True
        elif token.type == "link_close":
            token.hidden = refused.pop()
        elif token.type == "image":
            _check_picture(token, notes)


def _is_bare(children: list[Token], number: int) -> bool:
    """Tells a link that shows nothing to click on."""
    return next(token for token in children[number + 1 :] if not _is_space(token)).type == "link_close"


def _refuse_link(token: Token, notes: MarkdownNotes) -> bool:
    address = str(token.attrGet("href") or "")
    wrong = not _ALLOWED_LINK.match(address)
    if wrong or _WITH_USER.match(address):
        notes.note("MD-LINK", Level.WARNING, token.meta["place"], (_wrong_link if wrong else _user_link)(address))
        token.hidden = True
    elif not address.startswith("#") and not address.lower().startswith("mailto:"):
        token.attrSet("rel", "noopener")
        token.attrSet("class", "external")
    _check_title(token, notes)
    return token.hidden


def _check_title(token: Token, notes: MarkdownNotes) -> None:
    """Drops the title of a link or a picture that would print an unseen character or a placeholder as typed."""
    title = str(token.attrGet("title") or "")
    if "{{" in title or CONTROL.search(title):
        token.attrs.pop("title")
        notes.note("MD-TITLE", Level.WARNING, token.meta["place"], _WRONG_TITLE)


def _check_picture(token: Token, notes: MarkdownNotes) -> None:
    address = unquote(str(token.attrGet("src") or ""))
    if ".." in address or not _PICTURE.fullmatch(address) or CONTROL.search(address):
        notes.note("MD-PICTURE", Level.WARNING, token.meta["place"], _wrong_picture(address))
        return
    token.meta["name"] = address
    notes.pictures.append(address)
    _check_title(token, notes)
    if not token.content.strip():
        notes.note("A11Y-ALT", Level.WARNING, token.meta["place"], _NO_ALT)


_PICTURE = re.compile(r"[^\s./\\:%?#<>\"'|*][^/\\:<>\"|?*\x00-\x1f]{0,150}\.(?:png|jpe?g|gif|webp)", re.IGNORECASE)


# ---------------------------------------------------------------- inline rules

PLACEHOLDER = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HTML_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,2000})?/?>|<!--|<!\[CDATA\[|<\?|<![A-Za-z]")


def _placeholder(state: StateInline, silent: bool) -> bool:
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


def _html(state: StateInline, silent: bool) -> bool:
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
            notes.note("MD-HTML", Level.WARNING, place, _wrong_html(match[0]))
    state.pos = match.end()
    return True


def _stray(state: StateInline, silent: bool) -> bool:
    """Finds what no rule took and would show on the page as typed: links and pictures with a blank, HTML's signs."""
    match = _STRAY.match(state.src, state.pos, state.posMax)
    if match and not silent:
        notes: MarkdownNotes = state.env["notes"]
        place = notes.place(state.src, state.pos)
        if match[0].startswith("&"):
            notes.note("MD-HTML", Level.WARNING, place, _wrong_html(match[0]))
        elif notes.bounds.full:
            pass  # told already, once for all of them
        elif match[0].startswith("!"):
            notes.note("MD-PICTURE", Level.WARNING, place, _wrong_picture(match[1]))
        elif not state.src.endswith("!", 0, state.pos):
            notes.note("MD-LINK", Level.WARNING, place, _broken_link(match[0]))
    return False


_STRAY = re.compile(_ENTITY.pattern + r"|!?\[[^\[\]\n]{0,200}\]\(([^()\n]{1,200})\)")


def _placed(rule: InlineRule, first: str, kind: str, bounded: bool = True) -> InlineRule:
    """Wraps a stock rule so that its token notes where it began, and so that it is not tried without end."""

    def placed(state: StateInline, silent: bool) -> bool:
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

    return placed


def _indented(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Lets two full-width spaces begin a new paragraph, as they do on paper."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    return silent and state.src.startswith("\u3000\u3000", start)


# HTML would number these otherwise: 1) as 1., 01. as 1.
_OTHER_NUMBER = re.compile(r"(?:\d{1,9}\)|0\d{1,8}\.)(?=[ \t\n]|\Z)")


def _other_number(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Lets a number that a list would print otherwise begin a paragraph, where it stays as typed."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    return silent and bool(_OTHER_NUMBER.match(state.src, start))


def _list(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Reads a list, but not one whose first number would be printed otherwise."""
    start = state.bMarks[startLine] + state.tShift[startLine]
    if state.level < limits.NESTING:
        return not _OTHER_NUMBER.match(state.src, start) and list_block(state, startLine, endLine, silent)
    if _ITEM.match(state.src, start):
        _note_depth(state, startLine)
    return False


_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")


def _quote(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """Reads a quote, but none that is too deep."""
    if state.level < limits.NESTING:
        return blockquote(state, startLine, endLine, silent)
    if state.src.startswith(">", state.bMarks[startLine] + state.tShift[startLine]):
        _note_depth(state, startLine)
    return False


def _note_depth(state: StateBlock, line: int) -> None:
    notes: MarkdownNotes = state.env["notes"]
    notes.bound("MD-DEEP", (notes.base + line + 1, 1), TOO_DEEP)


def _table(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
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
        notes.note("MD-TABLE", Level.WARNING, (notes.base + line + 1, 1), _NO_ROW)
    cells = cells[cells[0] == "" :]
    surplus = cells[columns : -1 if cells and cells[-1] == "" else None]
    for number, cell in enumerate(surplus):
        opening = Token("td_open", "td", 1, level=state.level + 3, block=True)
        content = Token("inline", "", 0, content=cell.strip(), children=[], map=[line, line + 1])
        content.level, content.block = state.level + 4, True
        state.tokens += (opening, content, Token("td_close", "td", -1, level=state.level + 3, block=True))
        if not number:
            source = notes.lines[notes.base + line]
            column = max(source.rfind(cell.strip()), 0) + 1
            notes.note("MD-TABLE", Level.WARNING, (notes.base + line + 1, column), _surplus(columns, len(surplus)))


# ---------------------------------------------------------------- Chinese emphasis


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
        open_ = stock.can_open or bool(is_chinese(before) and not isWhiteSpace(ord(behind)))
        close = stock.can_close or bool(is_chinese(behind) and not isWhiteSpace(ord(before)))
        return Scanned(open_ and not not_opening, close and not not_closing, stock.length)


class _InlineParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _Inline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


# ---------------------------------------------------------------- HTML


class _Renderer(RendererHTML):
    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escapeHtml(tokens[idx].content)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        before, after = _neighbour(tokens, idx, -1), _neighbour(tokens, idx, 1)
        return "" if is_wide(before[-1:]) and is_wide(after[:1]) else " "

    def placeholder(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return bound(tokens[idx].content, env["notes"])

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        alt = escapeHtml(self.renderInlineAsText(token.children, options, env).strip())
        if "name" not in token.meta:
            return alt
        title = escapeHtml(str(token.attrGet("title") or ""))
        alone = "alone" in token.meta
        shown = f' title="{title}"' if title and not alone else ""
        img = f'<img src="{escapeHtml(quote(token.meta["name"]))}" alt="{alt}"{shown} loading="lazy">'
        if not alone:
            return img
        caption = title or alt
        return f"<figure>{img}{'<figcaption>' + caption + '</figcaption>' if caption else ''}</figure>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Opens a table that scrolls by itself where it is wider than the page, and can be reached by keyboard."""
        named = tokens[idx].meta.get("caption")
        caption = self.render([named], options, env) if named else ""
        env["notes"].tables.append(self._words_of(tokens, idx, words_of(caption), options, env))
        label = escapeHtml(words_of(caption)) or "表格"
        title = f"<caption>{caption}</caption>\n" if caption else ""
        return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">\n<table class="free">\n{title}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n</div>\n"

    def _words_of(
        self, tokens: Sequence[Token], idx: int, caption: str, options: OptionsDict, env: EnvType
    ) -> FreeTable:
        rows: list[list[str]] = []
        headed = False
        for token in tokens[idx:]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(words_of(self.render([token], options, env)))
            elif token.type == "thead_close":
                headed = True
            elif token.type == "table_close":
                break
        body = tuple(map(tuple, rows))
        return FreeTable(env["notes"].section, caption, body[0] if headed else (), body[1:] if headed else body)

    def renderInlineAsText(self, tokens: Sequence[Token] | None, options: OptionsDict, env: EnvType) -> str:
        return (
            super()
            .renderInlineAsText([_as_text(token, env["notes"]) for token in tokens or ()], options, env)
            .replace("\n", " ")
        )


def _as_text(token: Token, notes: MarkdownNotes) -> Token:
    """Gives a placeholder in the description of a picture as the words it prints."""
    if token.type != "placeholder":
        return token
    return Token("text", "", 0, content=words_of(bound(token.content, notes)))


def _neighbour(tokens: Sequence[Token], at: int, step: int) -> str:
    """Gives the text beside a line break, looking through emphasis and links."""
    at += step
    while 0 <= at < len(tokens):
        token = tokens[at]
        if token.content or token.type in ("image", "softbreak", "hardbreak"):
            return token.content if token.type == "text" else "0"
        at += step
    return ""


# ---------------------------------------------------------------- words to the clerk

WRONG_HEADING = Message(
    "这里只能用三级及以下标题（###）；报告标题由系统生成，六个部分的标题用「## 」写在行首。",
    "only headings of level 3 and below here; the page title is generated, sections start with “## ”.",
)
_NO_ALT = Message(
    "图片没有文字说明，视障读者无从知道其内容；请写成 ![说明](文件名)。",
    "the picture has no description for readers who cannot see it; write ![description](file).",
)


_STARS = Message(
    "这里的“**”没有成对，会原样显示；加粗写成 **重点**：前后各两个星号，里面靠星号处不空格。",
    "“**” without its pair, shown as typed; write **bold**: no blank inside next to the asterisks.",
)
_WRONG_TITLE = Message(
    "链接或图片的引号里有看不见的控制字符或“{{”，这段题注已省去；请改写。",
    "the title in quotes holds an invisible control character or “{{” and was left out; write it anew.",
)
_NO_ROW = Message(
    "这一行接在表格下面，成了表里的一行；不是表格的，请在它上面空一行。",
    "this line follows the table at once and became a row of it; leave a blank line above it.",
)


def _surplus(columns: int, surplus: int) -> Message:
    return Message(
        f"这一行比表头多{surplus}格（表头{columns}格），多出的印在表的外侧；"
        "请补上表头，或把几格并成一格；格里的竖线写成 \\|。",
        f"this row has {surplus} more cells than the head ({columns}), shown beyond the table; add heads or join the "
        "cells; write a bar inside a cell as \\|.",
    )


def _broken_link(typed: str) -> Message:
    shown = typed[:80]
    return Message(
        f"“{shown}”没有成为链接，会原样显示：地址里不能有空格；链接写成 [名称](https://网址)。",
        f"“{shown}” is no link and shown as typed: an address has no blanks; write [name](https://address).",
    )


_EMPTY_LINK = Message(
    "链接没有文字，读者看不到也点不了，已去掉；请写成 [名称](地址)。",
    "the link has no words, so nobody sees or follows it; it was left out: write [name](address).",
)


def _wrong_link(address: str) -> Message:
    shown = unquote(address)[:80]
    return Message(
        f"链接「{shown}」不是 http、https、mailto 或页内 # 地址，已只保留文字。",
        f"link “{shown}” is not http, https, mailto or #; only its words were kept.",
    )


def _user_link(address: str) -> Message:
    shown = unquote(address)[:80]
    return Message(
        f"链接「{shown}」的网站名里有“@”：@ 前面的只是用户名，实际通往后面的网站；已只保留文字。",
        f"link “{shown}” has an @ in its site: what stands before it is a user name only; only its words were kept.",
    )


def _wrong_html(tag: str) -> Message:
    shown = tag[:40]
    return Message(
        f"正文不支持网页代码，「{shown}」会原样显示为文字；请删去。",
        f"HTML is not supported; “{shown}” is shown as text.",
    )


def _wrong_picture(address: str) -> Message:
    shown = address[:80]
    return Message(
        f"图片「{shown}」未显示：只能引用与本报告放在同一文件夹里的 png、jpg、gif 或 webp 文件，写文件名即可。",
        f"picture “{shown}” left out: only a png, jpg, gif or webp file of this folder, by its plain name.",
    )


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer)
    parser.inline = _InlineParser()
    parser.configure("commonmark", {"html": False, "xhtmlOut": False})
    parser.enable("table").disable(["code", "fence", "backticks", "lheading", "html_block", "reference", "entity"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged by _check_links, with a finding
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]  # the words typed
    rules = parser.inline.ruler
    rules.before("text", "placeholder", _placeholder)
    rules.at("link", _placed(link, "[", "link_open"))
    rules.at("image", _placed(image, "![", "image"))
    rules.at("autolink", _placed(autolink, "<", "link_open", bounded=False))
    rules.at("html_inline", _html)
    rules.push("stray", _stray)
    blocks = parser.block.ruler
    blocks.at("table", _table, {"alt": ["paragraph", "reference"]})
    blocks.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    blocks.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    blocks.before("paragraph", "indented", _indented, {"alt": ["paragraph"]})
    blocks.before("paragraph", "other_number", _other_number, {"alt": ["paragraph", "list"]})
    parser.core.ruler.at("inline", _inline_core)
    parser.core.ruler.push("finish", _finish)
    return parser


PARSER = _make_parser()
