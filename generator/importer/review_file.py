"""Writes the side-by-side page of an import to a folder that is never published."""

from __future__ import annotations

from pathlib import Path

from generator.importer.run import Importer, ImportResult
from generator.website.theme import templates_folder


def write_review(importer: Importer, result: ImportResult, content: Path) -> Path | None:
    """Write `<content>/.review/<year>-<organ>.html`; None where the file was not read. Hidden folders are not read."""
    template = (templates_folder() / "review.html").read_text(encoding="utf-8")
    page = importer.review(result, template)
    if page is None or result.draft is None:
        return None
    identity = result.draft.identity
    folder = content / ".review"
    folder.mkdir(exist_ok=True)
    path = folder / f"{identity.year}-{identity.organ}.html"
    path.write_text(page, encoding="utf-8")
    return path
