"""Parses the Markdown dialect of the narrative: Chinese emphasis and line breaks, no raw HTML, bound figures.

A report folder is not trusted: HTML stays text, addresses and picture names are checked, and the key of a `{{…}}` is
only looked up by the caller. The parser is stock markdown-it-py; our changes are made to one instance of it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, image, link

from generator.narrative.markdown_blocks import indented_rule, list_rule, other_number_rule, quote_rule, table_rule
from generator.narrative.markdown_inline import InlineParser, html_rule, placed, placeholder_rule, stray_rule
from generator.narrative.markdown_renderer import Renderer
from generator.narrative.markdown_tokens import finish, inline_core


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=Renderer)
    parser.inline = InlineParser()
    parser.configure("commonmark", {"html": False, "xhtmlOut": False})
    parser.enable("table").disable(["code", "fence", "backticks", "lheading", "html_block", "reference", "entity"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged by markdown_tokens, with a finding
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]  # the words typed
    rules = parser.inline.ruler
    rules.before("text", "placeholder", placeholder_rule)
    rules.at("link", placed(link, "[", "link_open"))
    rules.at("image", placed(image, "![", "image"))
    rules.at("autolink", placed(autolink, "<", "link_open", bounded=False))
    rules.at("html_inline", html_rule)
    rules.push("stray", stray_rule)
    blocks = parser.block.ruler
    blocks.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    blocks.at("list", list_rule, {"alt": ["paragraph", "reference", "blockquote"]})
    blocks.at("blockquote", quote_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    blocks.before("paragraph", "indented", indented_rule, {"alt": ["paragraph"]})
    blocks.before("paragraph", "other_number", other_number_rule, {"alt": ["paragraph", "list"]})
    parser.core.ruler.at("inline", inline_core)
    parser.core.ruler.push("finish", finish)
    return parser


PARSER = _make_parser()
