"""Renders the tokens of a narrative as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.narrative.asterisks import is_wide
from generator.narrative.markdown_notes import FreeTable, MarkdownNotes, bound, words_of


class Renderer(RendererHTML):
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
