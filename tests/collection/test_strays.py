"""Everything below content/ is read, known litter, or a finding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.collection.strays import is_litter, is_year
from generator.finding import Level
from generator.report.entry import ReportRef
from tests.example import prose, tables, write_content

REF = ReportRef(2021, "shili", "2021/shili")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"2021/shili": (tables(2021), prose(2021))})


def told(content: Path) -> list[tuple[str, Level, str]]:
    _, slips = open_office(content).read(REF)
    return [(f.rule, f.level, f.place.file) for f in (*scan(content)[1], *slips)]


@pytest.mark.parametrize(
    "name",
    [
        "2021年",
        "0021",
        ".2021",
        "2021~",
        "２０２１",
        "2021 - 副本",
        "2021(1)",
        "21",
        " 2021",
        "2021年度报告",
        "二〇二一年",
    ],
)
def test_a_year_by_another_name_is_an_error(content: Path, name: str) -> None:
    (content / "2021").rename(content / name)
    refs, findings = scan(content)
    assert refs == [] and [(f.rule, f.level, f.place.file) for f in findings] == [("FILE-YEAR", Level.ERROR, name)]
    assert name in findings[0].message.zh and "四位数字" in findings[0].message.zh


def test_the_right_name_is_given_as_an_example(content: Path) -> None:
    (content / "2021").rename(content / "2019 - 副本")
    assert "如“2019”" in scan(content)[1][0].message.zh


def test_a_folder_that_holds_reports_is_an_error_whatever_its_name(content: Path) -> None:
    (content / "2021").rename(content / "去年")
    assert [(f.rule, f.level) for f in scan(content)[1]] == [("FILE-YEAR", Level.ERROR)]


def test_years_one_level_too_deep_are_an_error(content: Path) -> None:
    (content / "资料").mkdir()
    (content / "2021").rename(content / "资料/2021")
    refs, (finding,) = scan(content)
    assert refs == [] and (finding.rule, finding.level, finding.place.file) == ("FILE-YEAR", Level.ERROR, "资料")
    assert "移到 content 下面" in finding.message.zh


def test_a_folder_of_lists_in_capitals_is_told_its_name(content: Path) -> None:
    (content / "Lists").mkdir()
    assert "“lists”" in scan(content)[1][0].message.zh


@pytest.mark.parametrize("name", [".shili", "~$shili", "shili~", "shili.tmp"])
def test_a_hidden_folder_with_a_report_is_told(content: Path, name: str) -> None:
    (content / "2021/shili").rename(content / "2021" / name)
    refs, findings = scan(content)
    assert refs == [] and [(f.rule, f.level, f.place.file) for f in findings] == [
        ("FILE-NAME", Level.ERROR, f"2021/{name}")
    ]
    (content / "2021").rename(content / ".去年")
    (content / ".去年" / name).rename(content / ".去年/shili")
    assert [(f.rule, f.place.file) for f in scan(content)[1]] == [("FILE-YEAR", ".去年")]


@pytest.mark.slow
def test_another_folder_beside_the_years_is_only_a_warning(content: Path) -> None:
    (content / "资料").mkdir()
    assert told(content) == [("FILE-STRAY", Level.WARNING, "资料")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        ".git/x",
        ".review/a.html",
        "lists/typos.md",
        "Thumbs.db",
        "2021/desktop.ini",
        "2021/shili/~$report.docx",
        ".DS_Store",
        "2021/.backup/x",
        "2021/.backup/shili-1/tables.yaml",
        "2021/.shili.nianbao-new/tables.yaml",
        "2021/.idea/x",
        "__MACOSX/x",
        "2021/shili/.x.swp",
        "2021/shili/report.md~",
    ],
)
def test_litter_is_passed_over_in_silence(content: Path, path: str) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_bytes(b"x")
    assert told(content) == []


STRAYS = [
    ("通知.docx", Level.NOTE),
    ("2021/通知.docx", Level.NOTE),
    ("2021/shili/原文.docx", Level.NOTE),
    ("2021/shili/tu.png", Level.NOTE),
    ("2021/shili/tables - 副本.yaml", Level.WARNING),
    ("2021/shili/report.md.txt", Level.WARNING),
    ("2021/shili/Report.md", Level.WARNING),
    ("2021/shili/ｒeport.md", Level.WARNING),
    ("2021/shili/rеport.md", Level.WARNING),
    ("2021/shili/report.md ", Level.WARNING),
    ("2021/shili/tables.yml", Level.WARNING),
    ("2021/shili/tabels.yaml", Level.WARNING),
    ("2021/shili/report.md.orig", Level.WARNING),
    ("2021/shili/readme.md", Level.NOTE),
    ("site.yml", Level.WARNING),
    ("Organs.yaml", Level.WARNING),
    ("2021/shili/附件/x.md", Level.WARNING),
]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "level"), STRAYS)
def test_what_is_not_read_is_told(content: Path, path: str, level: Level) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_bytes(b"x")
    assert told(content) == [("FILE-STRAY", level, path.removesuffix("/x.md"))]


@pytest.mark.slow
def test_a_picture_that_the_narrative_shows_is_none_of_these(content: Path) -> None:
    (content / "2021/shili/report.md").write_text(prose(2021) + "\n![示例](tu.png)\n", encoding="utf-8")
    (content / "2021/shili/tu.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert told(content) == []


def test_a_name_in_another_encoding_can_be_told(content: Path) -> None:
    os.mkdir(os.fsencode(content) + b"/2021/" + "甲局".encode("gbk"))
    (finding,) = scan(content)[1]
    assert finding.rule == "FILE-NAME" and finding.message.zh.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "year"), [("2021", True), ("２０２１", False), ("20211", False), ("202", False), ("2o21", False)]
)
def test_a_year_is_four_ascii_digits(name: str, year: bool) -> None:
    assert is_year(name) is year and not is_litter(name)


def test_what_lies_beside_the_word_lists_is_told(content: Path) -> None:
    (content / "lists").mkdir()
    for name in ("typos.yml", "typos.yaml.bak", "说明.docx", ".DS_Store", "~$说明.docx"):
        (content / "lists" / name).write_text("x", encoding="utf-8")
    found = [(f.place.file, f.level) for f in open_office(content).findings if f.rule == "FILE-STRAY"]
    assert found == [
        ("lists/typos.yaml.bak", Level.WARNING),
        ("lists/typos.yml", Level.WARNING),
        ("lists/说明.docx", Level.NOTE),
    ]
