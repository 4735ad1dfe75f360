"""Files of reports in a whole build: made with their pictures, told where they cannot be, and kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.example import SITE, prose, tables, write_content
from tests.website.downloads.test_word import png

pytestmark = pytest.mark.slow
FILES = ["index.html", "report.docx", "report.json", "report.pdf", "report.xlsx", "tables.csv", "text.js"]


def content(folder: Path, narrative: str) -> Path:
    reports = {"2021/shili": (tables(2021), narrative), "2021/jiaju": (tables(2021, "jiaju"), prose(2021))}
    made = write_content(folder / "content", reports)
    (made / "site.yaml").write_text(SITE.replace("下载: []", "下载: [Word, PDF, Excel]"), encoding="utf-8")
    return made


def test_files_hold_the_pictures_and_are_kept_when_nothing_changes(tmp_path: Path) -> None:
    pytest.importorskip("typst", exc_type=ImportError)
    place = content(tmp_path, prose(2021).replace("示例引言。", "示例引言。\n\n![示例图](tu.png)", 1))
    (place / "2021/shili/tu.png").write_bytes(png())
    site = tmp_path / "site"
    assert pipeline.run(Request(place, jobs=1), site).written is not None
    assert sorted(path.name for path in (site / "2021/shili").iterdir()) == [*FILES, "tu.png"]
    document = Document(io.BytesIO((site / "2021/shili/report.docx").read_bytes()))
    assert len(document.inline_shapes) == 1
    before = {path: (site / "2021/shili" / path).read_bytes() for path in FILES}
    (place / "organs.yaml").write_text((place / "organs.yaml").read_text("utf-8") + "\n", encoding="utf-8")
    again = pipeline.run(Request(place, jobs=1), site)
    assert again.written is not None
    assert {path: (site / "2021/shili" / path).read_bytes() for path in FILES} == before


def test_one_that_cannot_be_made_is_a_finding_and_not_on_the_page(tmp_path: Path) -> None:
    pytest.importorskip("typst", exc_type=ImportError)
    place = content(tmp_path, prose(2021).replace("示例引言。", "示例\U0001f600引言。", 1))
    outcome = pipeline.run(Request(place, jobs=1), tmp_path / "site")
    assert [f.subject for f in outcome.findings if f.rule == "DOWNLOAD"] == ["PDF"]
    folder = tmp_path / "site/2021/shili"
    assert not (folder / "report.pdf").exists() and (folder / "report.docx").exists()
    assert "report.pdf" not in (folder / "index.html").read_text("utf-8")
    # told again where nothing was made again
    second = pipeline.run(Request(place, jobs=1), tmp_path / "site")
    assert [f.subject for f in second.findings if f.rule == "DOWNLOAD"] == ["PDF"]
