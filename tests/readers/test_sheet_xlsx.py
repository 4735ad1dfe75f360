"""Scans the XML of workbooks: errors, formulas without results, extents."""

from __future__ import annotations

from typing import Any

import pytest

from generator.readers.document import Unreadable
from generator.readers.sheet import read
from tests.readers.samples import LIMITS, grids
from tests.readers.sheet_samples import one_sheet, sheet_xml


def test_error_cells_and_formulas_without_result_are_flagged() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B2", "=A1+1", None, "")
        sheet.write_formula("C2", "=1+1", None, 2)

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    row = grids(document)[0].rows[1]
    assert [(cell.text, cell.uncertain) for cell in row] == [("#DIV/0!", True), ("", True), ("2", False)]
    said = {finding.rule: finding.message.zh for finding in document.findings}
    assert "A2 #DIV/0!" in said["IMP-ERROR-CELL"] and "B2" in said["IMP-FORMULA"]


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
        '<row r="20"><c r="A20" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_do_not_take_the_memory_of_the_sheet_between(inner: str) -> None:
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(inner), "a.xlsx", LIMITS)


def test_a_million_rows_are_refused_quickly() -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number % 9}</v></c></row>' for number in range(1, 1_000_001)
    )
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(rows), "a.xlsx", LIMITS)
