"""Writes values as a person sees them in a worksheet."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.sheet import read
from generator.readers.sheet_cells import Value, as_printed
from generator.workbook.cell_names import letters
from tests.readers.samples import LIMITS, grids, table
from tests.readers.sheet_samples import one_sheet


def test_figures_as_printed() -> None:
    def fill(sheet: Any, workbook: Any) -> None:
        sheet.write_row("A1", ["数", 22, 7730.28, 0.1 + 0.2, -3, 1e15])
        sheet.write_row("A2", ["文", "022", "１２", "22 ", "/", ""])
        sheet.write("A3", "日")
        sheet.write_datetime("B3", datetime.datetime(2025, 1, 26), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(
            "C3", datetime.datetime(2025, 1, 26, 9, 30), workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.write("D3", 0.339, workbook.add_format({"num_format": "0.0%"}))
        sheet.write_boolean("E3", True)

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
    assert table(grid) == [
        ["数", "22", "7730.28", "0.3", "-3", "1000000000000000"],
        ["文", "022", "１２", "22", "/", ""],
        ["日", "2025-01-26", "2025-01-26 09:30", "33.9%", "TRUE", ""],
    ]


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers(-(10**15), 10**15))
def test_every_number_is_printed_exactly_and_without_exponent(value: float) -> None:
    text = as_printed(value)
    if text:
        assert "e" not in text.lower() and float(text) == (value if isinstance(value, int) else float(f"{value:.15g}"))


def test_noise_of_binary_sums_is_not_printed() -> None:
    assert as_printed(7000.1 + 730.18) == "7730.28"
    assert as_printed(0.1 + 0.2) == "0.3"
    assert as_printed(0.07, percent=True) == "7%"


def test_letters() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 甲\r\n乙_x000D_ ", "甲\n乙"),
        ("三\n、\n本\n年", "三、本年"),
        (True, "TRUE"),
        (float("nan"), ""),
        (datetime.date(2025, 1, 26), "2025-01-26"),
        (datetime.datetime(2025, 1, 26, 9, 30), "2025-01-26 09:30"),
        (datetime.time(9, 30), "09:30"),
        (datetime.timedelta(hours=30, minutes=5), "30:05"),
    ],
)
def test_other_values_are_printed_as_a_reader_sees_them(value: Value, text: str) -> None:
    assert as_printed(value) == text
