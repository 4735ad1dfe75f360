"""Writes the side-by-side page of an import, outside what is published."""

from __future__ import annotations

from pathlib import Path

from generator.importer.review_page import review_page
from generator.importer.run import ImportResult
from generator.website.theme import templates_folder


def write_review(result: ImportResult, content: Path) -> Path | None:
    """`<content>/.review/<year>-<organ>.html`; None where the file could not be read. Hidden folders are no content."""
    if result.draft is None or result.document is None:
        return None
    template = (templates_folder() / "review.html").read_text(encoding="utf-8")
    page = review_page(template, result.document, result.draft, result.checked)
    identity = result.draft.identity
    folder = content / ".review"
    folder.mkdir(exist_ok=True)
    path = folder / f"{identity.year}-{identity.organ}.html"
    path.write_text(page, encoding="utf-8")
    return path
