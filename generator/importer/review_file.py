"""Writes the side-by-side page of an import to a folder that is never published."""

from __future__ import annotations

from pathlib import Path

from generator.importer.review_page import review_page
from generator.importer.run import ImportResult
from generator.website.theme import templates_folder


def write_review(result: ImportResult, content: Path) -> Path | None:
    """Write `<content>/.review/<year>-<organ>.html`; None where the file was not read. Hidden folders are not read."""
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
