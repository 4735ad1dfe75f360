"""Narratives rendered with a few known placeholders."""

from __future__ import annotations

from generator.narrative.html import NarrativeHtml, read_prose

KNOWN = {"表三.新收": "<b>22</b>", "图片.1": "<figure>一</figure>", "引号": "&quot;&lt;"}


def read(text: str) -> NarrativeHtml:
    return read_prose(text, "report.md", KNOWN.get)


def html(text: str) -> str:
    """Renders the preface, before any section."""
    return read(text).preface.strip()


def rules(text: str) -> list[tuple[str, int, int]]:
    """Lists rule, line and column of every finding."""
    return [(f.rule, f.place.line, f.place.column) for f in read(text).findings]
