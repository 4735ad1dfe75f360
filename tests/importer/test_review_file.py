"""Where the side-by-side page is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import Message
from generator.importer.review_file import write_review
from generator.importer.run import Importer, ImportRequest, ImportResult
from generator.readers.document import Unreadable
from tests.example import write_content
from tests.importer.samples import figures, page


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {})


def imported(folder: Path, content: Path, text: str) -> tuple[Importer, ImportResult]:
    source = folder / "a.html"
    source.write_text(text, encoding="utf-8")
    importer = Importer(ImportRequest(content))
    return importer, importer.run(source)


@pytest.mark.slow
def test_the_page_goes_to_a_hidden_folder_by_year_and_organ(tmp_path: Path, content: Path) -> None:
    written = write_review(*imported(tmp_path, content, page(2021, figures(2021))), content)
    assert written == content / ".review/2021-shili.html"
    assert "示例区2021年政府信息公开工作年度报告" in written.read_text("utf-8")


def test_a_file_that_was_refused_has_no_page(tmp_path: Path, content: Path) -> None:
    importer, result = imported(tmp_path, content, "<p>与报告无关的文字。</p>")
    assert result.status == "refused"
    assert write_review(importer, result, content) is None and not (content / ".review").exists()


def test_a_page_that_takes_too_much_is_left_out(tmp_path: Path, content: Path) -> None:
    importer, result = imported(tmp_path, content, page(2021, figures(2021)))

    def refuse(job: object, limits: object) -> None:
        raise Unreadable(Message("示例", "example"))

    importer.do = refuse
    assert write_review(importer, result, content) is None and not (content / ".review").exists()
