"""Goes over the tokens of a narrative: numbers of lists, captions of tables, links and pictures that are not shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.finding import Level
from generator.narrative.markdown_notes import BLOCK, MarkdownNotes
from generator.narrative.markdown_slips import (
    EMPTY_LINK,
    NO_ALT,
    STARS,
    WRONG_TITLE,
    user_link,
    wrong_link,
    wrong_picture,
)
from generator.narrative.run_together import LineSlip, line_slip
from generator.yaml_source.controls import CONTROL


def inline_core(state: StateCore) -> None:
    """Runs the inline rules as the stock rule does, and tells them on which line they are."""
    notes: MarkdownNotes = state.env["notes"]
    for token in state.tokens:
        if token.type == "inline":
            notes.begin(token)
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def finish(state: StateCore) -> None:
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
            notes.note("MD-MARK", Level.WARNING, notes.place(inline.content, left[0]), STARS)


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
        if token.type == "link_open" and False in refused:
            token.hidden = True  # <http://…> within the words of a link: no link holds another
            refused.append(True)
        elif token.type == "link_open":
            refused.append(_refuse_link(token, notes))
            if not refused[-1] and _is_bare(children, number):
                notes.note("MD-LINK", Level.WARNING, token.meta["place"], EMPTY_LINK)
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
        notes.note("MD-LINK", Level.WARNING, token.meta["place"], (wrong_link if wrong else user_link)(address))
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
        notes.note("MD-TITLE", Level.WARNING, token.meta["place"], WRONG_TITLE)


def _check_picture(token: Token, notes: MarkdownNotes) -> None:
    address = unquote(str(token.attrGet("src") or ""))
    if ".." in address or not _PICTURE.fullmatch(address) or CONTROL.search(address):
        notes.note("MD-PICTURE", Level.WARNING, token.meta["place"], wrong_picture(address))
        return
    token.meta["name"] = address
    notes.pictures.append(address)
    _check_title(token, notes)
    if not token.content.strip():
        notes.note("A11Y-ALT", Level.WARNING, token.meta["place"], NO_ALT)


_PICTURE = re.compile(r"[^\s./\\:%?#<>\"'|*][^/\\:<>\"|?*\x00-\x1f]{0,150}\.(?:png|jpe?g|gif|webp)", re.IGNORECASE)
