"""An office is opened once: settings, forms, lists and patterns, and the one way to read a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import UserError
from generator.report.entry import Files, ReportRef
from generator.wordlists.figure_patterns import shipped_patterns
from generator.wordlists.shipped import shipped_words
from tests.example import prose, tables, write_content

REF = ReportRef(2021, "shili", "2021/shili")


def content_with(tmp_path: Path, **lists: str) -> Path:
    content = write_content(
        tmp_path / "content", {"2020/shili": (tables(2020), prose(2020)), "2021/shili": (tables(2021), prose(2021))}
    )
    (content / "lists").mkdir()
    for name, text in lists.items():
        (content / f"lists/{name}.yaml").write_text(text, encoding="utf-8")
    return content


def test_without_lists_of_its_own_an_office_has_the_shipped_ones(tmp_path: Path) -> None:
    office = open_office(content_with(tmp_path))
    assert office.words.words == shipped_words().words and office.patterns == shipped_patterns()
    assert office.findings == () and office.context.organs["jiaju"].name == "示例区甲局"


def test_its_own_lists_lie_over_the_shipped_ones_and_slips_are_told(tmp_path: Path) -> None:
    office = open_office(
        content_with(
            tmp_path,
            typos="entries:\n  - {wrong: 示列, right: 示例}\n  - {wrong: 坏}\n",
            narrative="fee_said: 示例费\n",
        )
    )
    assert "示列" in {word.wrong for word in office.words.words} and office.patterns.fee_said.search("示例费")
    assert [(f.rule, f.place.file, f.place.line) for f in office.findings] == [("LIST-ENTRY", "lists/typos.yaml", 3)]


def test_the_address_given_goes_before_that_of_site_yaml(tmp_path: Path) -> None:
    assert open_office(content_with(tmp_path), "http://b.gov.cn/x").settings.base_url == "http://b.gov.cn/x/"


def test_a_report_is_read_with_the_offices_patterns(tmp_path: Path) -> None:
    office = open_office(content_with(tmp_path, narrative="fee_said: 示例费\n"))
    entry, slips = office.read(REF)
    assert entry is not None and slips == [] and entry.patterns is office.patterns


def test_the_report_of_the_year_before_is_found_or_none(tmp_path: Path) -> None:
    office = open_office(content_with(tmp_path))
    before = office.read_before(REF)
    assert before is not None and before.ref == ReportRef(2020, "shili", "2020/shili")
    assert office.read_before(before.ref) is None


def test_a_report_that_lies_nowhere_yet_is_read_from_its_bytes(tmp_path: Path) -> None:
    office = open_office(content_with(tmp_path))
    files = Files(tables(2022).encode(), prose(2022).encode())
    entry, slips = office.read(ReportRef(2022, "shili", "2022/shili"), None, files)
    assert entry is not None and entry.report.year == 2022 and slips == []


def test_a_folder_without_site_yaml_is_refused_unless_it_is_not_required(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        open_office(tmp_path)
    assert open_office(tmp_path, required=False).settings.organs == ()


def test_the_office_s_fonts_lie_in_a_folder_of_the_content(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    assert open_office(content).fonts == ""
    (content / "fonts").mkdir()
    assert open_office(content).fonts == str(content / "fonts") and scan(content)[1] == []
