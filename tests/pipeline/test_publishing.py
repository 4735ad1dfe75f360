"""What stands in the output folder and would be made the same is not made again; all else is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.request import BuildResult, Request
from generator.pipeline.run import run
from generator.pipeline.worker import Worker
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collects the organs whose pages are drawn."""
    organs: list[str] = []
    original = Worker._organ

    def watched(worker: Worker, organ: str, reports: Any) -> Any:
        organs.append(organ)
        return original(worker, organ, reports)

    monkeypatch.setattr(Worker, "_organ", watched)
    return organs


@pytest.fixture
def content(tmp_path: Path, drawn: list[str]) -> Path:
    content = write_content(tmp_path / "content")
    build(content)
    drawn.clear()
    return content


def build(content: Path) -> BuildResult:
    return run(Request(content, jobs=1), content.parent / "site")


def edit(content: Path) -> None:
    row = [4, 0, 0, 0, 0, 0, 4]
    changed = tables(2020, 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)
    (content / "2020/shili/tables.yaml").write_text(changed, encoding="utf-8")


def test_an_edit_draws_its_organ_and_the_listings_of_its_year(content: Path, drawn: list[str]) -> None:
    before = made(content.parent / "site")
    edit(content)
    result = build(content)
    after = made(content.parent / "site")
    changed = {path for path in after if after[path] != before.get(path)}
    assert drawn == ["shili"] and result.written is not None and result.written.written == len(changed)
    assert {"2020/shili/index.html", "2020/index.html", "organs/shili/index.html", "data/2020.csv"} <= changed
    assert not any(path.startswith(("2021/jiaju/", "organs/jiaju/", "data/2021")) for path in changed)


def test_a_page_that_was_changed_or_lost_is_drawn_again(content: Path, drawn: list[str]) -> None:
    before, site = made(content.parent / "site"), content.parent / "site"
    (site / "2021/jiaju/index.html").write_text("示例", encoding="utf-8")
    (site / "2021/index.html").unlink()
    build(content)
    assert made(site) == before and drawn == ["jiaju"]


def test_where_a_data_file_was_changed_all_is_drawn_again(content: Path, drawn: list[str]) -> None:
    before, site = made(content.parent / "site"), content.parent / "site"
    (site / "data/2020.csv").write_bytes(b"")
    build(content)
    assert made(site) == before and drawn == ["jiaju", "shili"]


def test_what_was_published_when_the_records_were_not_is_not_believed(content: Path, drawn: list[str]) -> None:
    site, records = content.parent / "site", content.parent / ".site.nianbao-records.sqlite"
    old, old_records, old_text = made(site), records.read_bytes(), (content / "2020/shili/tables.yaml").read_bytes()
    edit(content)
    build(content)
    records.write_bytes(old_records)  # as after a kill between the two
    (content / "2020/shili/tables.yaml").write_bytes(old_text)
    build(content)
    assert made(site) == old


def test_a_build_with_errors_records_and_publishes_nothing(content: Path, drawn: list[str]) -> None:
    before = made(content.parent / "site")
    flawed = tables(2021, "jiaju", 表三_总计=[9, 0, 0, 0, 0, 0, 9])
    (content / "2021/jiaju/tables.yaml").write_text(flawed, encoding="utf-8")
    assert build(content).written is None and made(content.parent / "site") == before
    drawn.clear()
    assert build(content).written is None and drawn == ["jiaju"]  # its pages were never published
    (content / "2021/jiaju/tables.yaml").write_text(tables(2021, "jiaju"), encoding="utf-8")
    assert build(content).written is not None and made(content.parent / "site") == before


def test_the_search_page_asks_for_files_of_another_version_after_a_change_of_text(content: Path) -> None:
    def version() -> list[bytes]:
        return re.findall(rb'data-version="(\w{8})"', (content.parent / "site/search/index.html").read_bytes())

    before = version()
    (content / "2021/jiaju/report.md").write_text(prose(2021) + "\n示例一句。\n", encoding="utf-8")
    build(content)
    assert len(before) == 1 and version() != before
