"""A report folder loaded: figures, narrative, placeholders, and every mistake reported once."""

from __future__ import annotations

import re

import pytest

from generator.finding import Finding, Level, Message, Place
from generator.report.entry import Files, LoadedReport, ReportRef, fact, printed, read_entry
from tests.example import FORMS, entry, findings, prose, report, tables

REF = ReportRef(2021, "shili", "2021/shili")


def load(files: Files) -> tuple[LoadedReport | None, list[str]]:
    """The report, and `RULE file` of each finding."""
    loaded, found = read_entry(REF, files, FORMS)
    assert all((finding.organ, finding.year) == ("shili", 2021) for finding in found)
    return loaded, [f"{finding.rule} {finding.place.file}" for finding in found]


def test_without_tables_there_is_no_report() -> None:
    assert load(Files(None, prose(2021).encode())) == (None, ["STR-MISSING 2021/shili/tables.yaml"])
    assert load(Files(b"a: [1", prose(2021).encode())) == (None, ["SRC-SYNTAX 2021/shili/tables.yaml"])


def test_without_a_narrative_there_is_a_report() -> None:
    loaded, found = load(Files(tables(2021).encode(), None))
    assert found == ["STR-MISSING 2021/shili/report.md"]
    assert loaded is not None and loaded.text == "" and loaded.report.figure("表三.本年新收.总计") is not None


@pytest.mark.parametrize("typed", [b"", b"PK\x03\x04\xff\xff\xff", "前言\x1b。".encode(), "\u202e前言".encode()])
def test_nothing_is_said_of_what_a_narrative_lacks_that_cannot_be_read(typed: bytes) -> None:
    loaded, found = load(Files(tables(2021).encode(), typed))
    assert loaded is None and [line.partition("-")[0] for line in found] == ["SRC"]


@pytest.mark.parametrize("name", ["tables.yaml", "report.md"])
def test_a_file_that_was_refused_is_not_called_missing(name: str) -> None:
    refused = Finding("FILE-LINK", Level.ERROR, Place(f"2021/shili/{name}"), Message("链接", "a link"))
    figures = None if name == "tables.yaml" else tables(2021).encode()
    assert load(Files(figures, None, findings=(refused,))) == (None, [f"FILE-LINK 2021/shili/{name}"])


def test_what_was_found_in_the_folder_comes_first() -> None:
    refused = Finding("FILE-LINK", Level.ERROR, Place("2021/shili/a.png"), Message("链接", "a link"))
    _, found = load(Files(None, None, findings=(refused,)))
    assert found == ["FILE-LINK 2021/shili/a.png", "STR-MISSING 2021/shili/tables.yaml"]


def test_a_year_without_a_form_is_said() -> None:
    loaded, found = read_entry(ReportRef(1999, "shili", "1999/shili"), Files(tables(2021).encode(), b""), FORMS)
    assert loaded is None and "STR-FORM" in [f.rule for f in found]


ONCE = [
    ("行政许可: [1，024]", ["FIG-COMMA 8:10"]),
    ("行政许可: [1, 024]", ["ROW-LENGTH 8:9"]),
    ("行政许可: {}", ["ROW-LENGTH 8:9"]),
    ("规章: [1，2, 3、4, ~]", ["FIG-COMMA 6:8", "FIG-COMMA 6:13", "T2-BLANK 6:18"]),
    ("规章: [1，2, 3]", ["ROW-LENGTH 6:7"]),
    ("规章: [~, 0]", ["ROW-LENGTH 6:7"]),
    ("规章: [１, 0, 0]", ["FIG-FULLWIDTH 6:8"]),
    ("规章: ［1，2］", ["SRC-FULLWIDTH 6:7"]),
    ("规章: 【1, 2, 3]", ["SRC-FULLWIDTH 6:7"]),
    ("行政许可: ［1］", ["SRC-FULLWIDTH 8:9"]),
    ("行政许可: ［1，2］", ["SRC-FULLWIDTH 8:9"]),
    ("规章: 1，2，3", ["ROW-LENGTH 6:7"]),
]


@pytest.mark.parametrize(("typed", "expected"), ONCE, ids=[typed for typed, _ in ONCE])
def test_one_slip_is_reported_once(typed: str, expected: list[str]) -> None:
    """Where a row or a cell could not be read, what follows from that is not reported again."""
    row = typed.split(":", maxsplit=1)[0]
    text = re.sub(f"(?m)^  {row}: .*", f"  {typed}", tables(2021), count=1)
    reported = [f for f in findings(2021, text) if not f.rule.startswith("NAR")]
    assert [f"{f.rule} {f.place.line}:{f.place.column}" for f in reported] == expected


def test_figures_of_the_narrative_are_printed_and_kept_as_data() -> None:
    loaded, found = entry(2021, narrative=prose(2021) + "\n新收{{表三.本年新收.总计}}件。\n")
    assert loaded is not None and found == []
    assert '新收<span class="fig">3</span>件。' in loaded.prose.sections[-1].html
    assert loaded.passages[-1].text == "新收3件。" and loaded.texts["表三.本年新收.总计"] == "3"


def test_a_lost_picture_has_its_note_in_html_and_no_plain_text() -> None:
    text = tables(2021) + '图片:\n  一: {说明: "流程<图>"}\n'
    loaded, found = entry(2021, text, prose(2021) + "\n见{{图片.一}}。{{图片.二}}\n")
    assert loaded is not None
    assert (
        '<span class="lost-picture" title="流程&lt;图&gt;">〔图一：原图遗失〕</span>' in loaded.prose.sections[-1].html
    )
    assert [(f.rule, f.subject) for f in found] == [("BIND-UNKNOWN", "图片.二")]
    assert printed(loaded.report, None, "图片.一") == "" and printed(loaded.report, None, "图片.二") is None


def test_what_a_placeholder_prints_can_be_asked_for() -> None:
    made = report(2021)
    assert printed(made, None, "表三.本年新收.总计") == "3"
    assert printed(made, None, "表三.本年新收.总计|汉字") == "三"
    assert printed(made, None, "表三.没有") is printed(made, None, "表三.本年新收.总计|较上年") is None


def test_only_the_first_unknown_placeholders_get_a_suggestion() -> None:
    _, found = entry(2021, narrative=prose(2021) + "\n" + "{{表三.本年新收到.总计}}" * 25 + "\n")
    suggested = ["是不是“表三.本年新收.总计”" in finding.message.zh for finding in found]
    assert suggested == [True] * 20 + [False] * 5


def test_the_plain_text_holds_the_narrative_and_the_printed_words_of_the_tables() -> None:
    loaded, _ = entry(2021)
    assert loaded is not None
    assert "示例引言。" in loaded.plain.text and "示例区人民政府2021年政府信息公开工作年度报告" in loaded.plain.text


def test_a_fact_is_worked_out_once_for_each_report_and_argument() -> None:
    asked: list[tuple[int, str]] = []

    @fact
    def shout(entry: LoadedReport, word: str) -> str:
        asked.append((entry.report.year, word))
        return word + "!"

    first, second = entry(2021)[0], entry(2022)[0]
    assert first is not None and second is not None
    assert [shout(first, "a"), shout(first, "a"), shout(first, "b"), shout(second, "a")] == ["a!", "a!", "b!", "a!"]
    assert asked == [(2021, "a"), (2021, "b"), (2022, "a")]
