"""What is typed in a report never runs as a formula where its CSV is opened."""

from __future__ import annotations

import csv
import io

import pytest

from generator.collection.summary import summarise
from generator.website.downloads.tables_csv import INDICATOR_HEADER, guard, indicator_rows
from tests.example import entry, tables

FORMULAS = ["=1+1", "+1件", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1+2", "＠SUM(A1)"]
FIGURES = ["", "7", "-7", "-0.5", "-", "/", "16284万元", "甲=乙"]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_formula_becomes_a_text(typed: str) -> None:
    assert guard(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", FIGURES)
def test_figures_and_words_stay_as_they_are(typed: str) -> None:
    assert guard(typed) == typed


def test_names_units_and_sections_of_indicators_are_texts_too() -> None:
    names = ["=HYPERLINK(甲)", "+甲", "-甲", "@甲"]
    said = "".join(f'  "{name}": {{值: -3, 单位: "=件", 部分: "@部分"}}\n' for name in names)
    read, _ = entry(2021, f"{tables(2021)}指标:\n{said}")
    assert read is not None
    lines = list(
        csv.DictReader(
            io.StringIO(indicator_rows(2021, "shili", "=示例区", summarise(read).indicators)), INDICATOR_HEADER
        )
    )
    assert [line["name"] for line in lines] == [f"'{name}" for name in names]
    assert {(line["organ_name"], line["section"], line["unit"]) for line in lines} == {("'=示例区", "'@部分", "'=件")}
    assert {(line["value"], line["text"]) for line in lines} == {("-3", "-3")}
