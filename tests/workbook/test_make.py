"""The workbook taken apart: what is printed, what is open, what is refused, what is hidden."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from generator.workbook.cell_names import address
from generator.workbook.layout import CHECKS, FRONT, INDICATORS, NARRATIVE, Filling, IndicatorRow
from generator.workbook.signature import SHEET
from tests.workbook.samples import MAIN, YEARS, form, layout, opened, parts, sheet_xml, spot, validations

pytestmark = pytest.mark.slow


def unlocked(data: bytes, sheet: str) -> set[str]:
    """Addresses of the cells whose format is not locked."""
    styles = ET.fromstring(parts(data)["xl/styles.xml"])
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    open_ones = {
        number
        for number, one in enumerate(formats)
        if (said := one.find(f"{MAIN}protection")) is not None and said.get("locked") == "0"
    }
    return {
        cell.get("r", "") for cell in sheet_xml(data, sheet).iter(f"{MAIN}c") if int(cell.get("s", "0")) in open_ones
    }


@pytest.mark.slow
@YEARS
def test_equal_input_gives_equal_bytes_wherever_and_whenever(year: int) -> None:
    root = str(Path(__file__).parents[2])
    code = (
        f"import sys; sys.path.insert(0, {root!r})\n"
        f"from tests.workbook.samples import form; sys.stdout.buffer.write(form({year}))"
    )
    env = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "LANG": "zh_CN.UTF-8"}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env).stdout
    assert form(year) == other
    with zipfile.ZipFile(BytesIO(other)) as package:
        assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
@YEARS
def test_every_label_stands_where_the_plan_says(year: int) -> None:
    cells = opened(form(year)).cells
    assert {place: cells.get(place) for place in layout(year).labels} == dict(layout(year).labels)


@pytest.mark.slow
@YEARS
def test_only_the_cells_to_be_filled_in_are_open(year: int) -> None:
    data = form(year)
    for one in layout(year).tables:
        merged = {range_.get("ref", "") for range_ in sheet_xml(data, one.sheet).iter(f"{MAIN}mergeCell")}
        inputs = {address(*cell) for cell in one.cells}
        covered = unlocked(data, one.sheet) - inputs
        assert inputs <= unlocked(data, one.sheet)
        assert all(
            any(_within(cell, range_) and range_.split(":")[0] in inputs for range_ in merged) for cell in covered
        )
    assert unlocked(data, CHECKS) == set() == unlocked(data, "填报说明")
    assert unlocked(data, FRONT) == {f"B{item.row + 1}" for item in layout(year).fields}
    for sheet in re.findall(r'<sheet name="([^"]+)"', parts(data)["xl/workbook.xml"].decode()):
        protection = sheet_xml(data, sheet).find(f"{MAIN}sheetProtection")
        assert sheet == SHEET or (
            protection is not None and protection.get("sheet") == "1" and protection.get("password") is None
        )


def _within(cell: str, range_: str) -> bool:
    first, _, last = range_.partition(":")
    matches = [re.fullmatch(r"([A-Z]+)(\d+)", name) for name in (cell, first, last)]
    (column, row), (left, top), (right, bottom) = (found.groups() for found in matches if found)
    return left <= column <= right and int(top) <= int(row) <= int(bottom)


def test_the_stamp_is_very_hidden_and_the_other_sheets_stand_in_order() -> None:
    book = parts(form(2025))["xl/workbook.xml"].decode()
    assert re.findall(r'<sheet name="([^"]+)"', book) == [
        "填报说明",
        FRONT,
        "表二",
        "表三",
        "表四",
        NARRATIVE,
        INDICATORS,
        CHECKS,
        SHEET,
    ]
    assert re.findall(r'<sheet name="([^"]+)"[^>]*state="(\w+)"', book) == [(SHEET, "veryHidden")]


def test_another_reader_sees_what_is_prefilled() -> None:
    """Figures as numbers, words as words: calamine, which is not ours, reads them."""
    figures = {"表三.上年结转.自然人": "5", "表二.规章.本年制发件数": "/", "表二.行政事业性收费.本年收费金额": "2.02"}
    filling = Filling(
        figures,
        {"标题": "示例", "联系.邮编": "012345"},
        (("示例引言。",),),
        (IndicatorRow("示例次数", "7", "次", "一"),),
        {"表三.上年结转.自然人": "带入"},
    )
    book = CalamineWorkbook.from_object(BytesIO(form(2025, filling)))

    def at(name: str) -> object:
        sheet, row, column = spot(2025, name)
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[row][column]

    assert [at(name) for name in figures] == [5, "/", 2.02]
    front = book.get_sheet_by_name(FRONT).to_python(skip_empty_area=False)
    assert front[5][1] == "示例" and front[11][1] == "012345"
    assert book.get_sheet_by_name(NARRATIVE).to_python(skip_empty_area=False)[4][1] == "示例引言。"
    assert book.get_sheet_by_name(INDICATORS).to_python(skip_empty_area=False)[3][:4] == ["示例次数", 7, "次", "一"]


@pytest.mark.slow
def test_what_is_carried_over_is_marked_without_a_comment() -> None:
    name = "表三.上年结转.自然人"
    data = form(2025, Filling({name: "5"}, carried={name: "由上年结转下年度带入，请核对"}))
    sheet, row, column = spot(2025, name)
    assert "由上年结转下年度带入" in validations(data, sheet)[address(row, column)].get("prompt", "")
    assert (
        "蓝底由2024年度报告带入" in opened(data).cells[sheet, 1, 0]
        and "蓝底" not in opened(form(2025)).cells[sheet, 1, 0]
    )
    assert not [part for part in parts(data) if "comment" in part.lower() or "drawing" in part.lower()]
    assert opened(data).findings == ()


def test_results_travel_with_the_file() -> None:
    """A viewer that computes nothing (a phone, a mail preview) shows the right state."""
    cells = opened(
        form(2025, Filling({slot.name: "1" for one in layout(2025).tables for slot in one.table.slots}))
    ).cells
    assert cells["表二", 2, 0] == "已填完" and cells["表四", 2, 0] == "有3项勾稽关系不符：看红格和“校验”表；已填完"
    assert cells[CHECKS, 1, 0] == "共42项：通过7项、不符35项、未填0项"
