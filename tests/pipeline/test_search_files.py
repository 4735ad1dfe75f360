"""The index of the search is brought up to date after an edit; what cannot be is made of all texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.website.search import pages as search_pages
from generator.website.search.index import Indexed
from generator.website.search.pages import Read, SearchPages, Segment
from tests.example import ORGANS, prose, tables, write_content
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow
NAMES = tuple(f"ju{number}" for number in range(9))


@pytest.fixture(params=["all", "2021-0"])
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The part of the index that is edited: that of all years, or of one where there are many reports."""
    if request.param != "all":
        monkeypatch.setattr(search_pages, "_FEW", 0)
    return str(request.param)


@pytest.fixture
def content(tmp_path: Path, name: str) -> Path:
    """A content folder with nine organs more that report on one year, built."""
    content = write_content(tmp_path / "content")
    more = "".join(f"  - {{编号: {n}, 名称: 示例区{n}, 简称: {n}, 层级: 部门}}\n" for n in NAMES)
    (content / "organs.yaml").write_text(ORGANS.replace("未报告:", more + "未报告:"), encoding="utf-8")
    for organ in NAMES:
        folder = content / f"2021/{organ}"
        folder.mkdir(parents=True)
        (folder / "tables.yaml").write_text(tables(2021, organ), encoding="utf-8")
        (folder / "report.md").write_text(prose(2021), encoding="utf-8")
    result = run(Request(content, jobs=1), content.parent / "site")
    assert result.written is not None, result.findings
    return content


def indexed(monkeypatch: pytest.MonkeyPatch, content: Path) -> list[str]:
    """Builds; returns the parts of the index that were made of all texts."""
    parts: list[str] = []
    original = SearchPages.index

    def watched(pages: SearchPages, segment: Segment, read: Read) -> Indexed:
        parts.append(segment.part.name)
        return original(pages, segment, read)

    with monkeypatch.context() as patch:
        patch.setattr(SearchPages, "index", watched)
        result = run(Request(content, jobs=1), content.parent / "site")
    assert result.written is not None, result.findings
    run(Request(content, jobs=1, cold=True), content.parent / "cold/site")
    assert made(content.parent / "site") == made(content.parent / "cold/site")
    return parts


def edit(content: Path, name: str, text: str) -> None:
    (content / f"2021/{name}/report.md").write_text(prose(2021) + f"\n{text}\n", encoding="utf-8")


def test_after_an_edit_only_what_changes_of_the_index_is_made(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(content, "ju3", "示例新增𠮷字。")
    assert indexed(monkeypatch, content) == []
    edit(content, "ju3", "示例改动。")
    assert indexed(monkeypatch, content) == []


def test_many_edits_or_a_changed_index_make_it_anew(content: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for organ in NAMES[:4]:
        edit(content, organ, "示例改动。")
    assert indexed(monkeypatch, content) == [name]
    file = content.parent / "site/search" / name / "0.js"
    file.write_bytes(file.read_bytes() + b" ")
    edit(content, "ju5", "示例再改。")
    assert indexed(monkeypatch, content) == [name]


def test_a_report_less_makes_its_part_of_the_index_anew(
    content: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = content / "2021/ju0"
    folder.rename(content.parent / "aside")
    assert indexed(monkeypatch, content) == [name]
