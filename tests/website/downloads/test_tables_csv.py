"""The statutory tables as CSV: every cell a row, and nothing that runs as a formula where the file is opened."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from generator.collection.summary import summarise
from generator.website.downloads.columns import heads, indicator_columns
from generator.website.downloads.tables_csv import TablesCsv, cell_rows, guard, indicator_rows, rows
from generator.website.words import load_words
from tests.example import SETTINGS, entry, tables

FORMULAS = [
    *("=1+1", "+1件", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"),
    *("＝1+1", "＋1", "－1+2", "＠SUM(A1)", " =1", "\u00a0@A1"),
]
FIGURES = ["", "7", "-7", "-0.5", "-", "/", "16284万元", "甲=乙"]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_becomes_a_text(typed: str) -> None:
    assert guard(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", FIGURES)
def test_figures_and_words_stay_as_they_are(typed: str) -> None:
    assert guard(typed) == typed


def test_names_units_and_sections_of_indicators_are_texts_too() -> None:
    names = ["=HYPERLINK(甲)", "+甲", "-甲", "@甲"]
    indicators = "".join(f'  "{name}": {{值: -3, 单位: "=件", 部分: "@部分"}}\n' for name in names)
    read, _ = entry(2021, f"{tables(2021)}指标:\n{indicators}")
    assert read is not None
    organ = replace(SETTINGS.organs[0], name="=示例区", level="+区")
    made = indicator_rows(summarise(read), organ).decode()
    lines = list(csv.DictReader(io.StringIO(made), heads(indicator_columns(load_words()))))
    assert [line["指标"] for line in lines] == [f"'{name}" for name in names]
    texts = {(line["机关名称"], line["层级"], line["部分"], line["单位"]) for line in lines}
    assert texts == {("'=示例区", "'+区", "'@部分", "'=件")}
    assert {(line["数值"], line["原文数字"]) for line in lines} == {("-3", "-3")}


def test_the_file_has_a_row_a_cell_under_chinese_headings() -> None:
    report, _ = entry(2020, tables(2020, 表二_政府集中采购=[9, "1024.5万元"], 表二_规章=["~", 0, 0]))
    assert report is not None
    data = TablesCsv().data(report, SETTINGS.organs[0], load_words())
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf") and len(lines) == 198
    assert lines[0] == {
        "行键": "t2.rules",
        "列键": "made",
        "表": "表二",
        "行": "第二十条第（一）项/规章",
        "列": "本年新制作数量",
        "数值": "",
        "原表文字": "",
        "单位": "",
    }
    amount = lines[21]
    assert (amount["数值"], amount["原表文字"], amount["单位"]) == ("1024.5", "1024.5万元", "万元")


def test_the_year_has_the_same_rows_led_by_the_report() -> None:
    report, _ = entry(2021)
    assert report is not None
    bureau = SETTINGS.organs[1]
    lines = list(csv.reader(io.StringIO(cell_rows(report, bureau).decode())))
    assert {tuple(line[:6]) for line in lines} == {("2021", "shili", "示例区甲局", "部门", "shili", "gbkbh-2021-30")}
    assert [line[6:] for line in lines] == list(csv.reader(io.StringIO(rows(report))))


def test_the_rows_of_a_report_are_made_once() -> None:
    report, _ = entry(2021)
    assert report is not None
    assert rows(report) is rows(report)


def test_a_report_without_tables_has_no_rows() -> None:
    report, _ = entry(2010)
    assert report is not None and cell_rows(report, SETTINGS.organs[0]) == b"" and rows(report) == ""
