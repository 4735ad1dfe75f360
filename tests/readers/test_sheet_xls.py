"""Scans the records of old workbooks."""

from __future__ import annotations

import struct

import pytest

from generator.readers.document import Unreadable
from generator.readers.sheet_xls import scan
from tests.readers.sheet_samples import compound, record


@pytest.mark.parametrize("rows", [(0, 1_599_995_930, 0, 12), (0, 10, 0, 60_000)])
def test_a_workbook_that_promises_more_cells_than_there_are(rows: tuple[int, int, int, int]) -> None:
    """Found by fuzzing: calamine reserved 768 GB for these dimensions, and the process died."""
    head = record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(
        0x0085, struct.pack("<L", 8 + 16 + 4 + 4 + 2) + b"\0\0\1\0A"
    )
    dimensions = record(0x0200, struct.pack("<LLHHH", *rows, 0))
    stream = head + record(0x000A, b"")
    place = len(stream)
    stream = (
        stream.replace(struct.pack("<L", 34), struct.pack("<L", place), 1)
        + record(0x0809, b"\0\6\x10\0" + b"\0" * 12)
        + dimensions
        + record(0x000A, b"")
    )
    with pytest.raises(Unreadable):
        scan(compound(("Workbook", stream)))
    few = stream.replace(dimensions, record(0x0200, struct.pack("<LLHHH", 0, 10, 0, 12, 0)))
    assert len(scan(compound(("Workbook", few))).tabs) == 1
    with pytest.raises(Unreadable):
        scan(compound(("Workbook", record(0x0809, b"\0" * 16) + record(0x00FC, struct.pack("<LL", 9, 2_000_000_000)))))


def cell(kind: int, row: int, column: int, rest: bytes) -> bytes:
    """A record of a cell in the first cell style."""
    return record(kind, struct.pack("<HHH", row, column, 0) + rest)


def workbook(*sheets: tuple[int, bytes], globals_: bytes = b"") -> bytes:
    """An .xls of sheets (visibility, records), without what only calamine needs."""
    end = record(0x000A, b"")
    place = (4 + 8) * len(sheets) + len(globals_) + len(end)
    head, body = b"", b""
    for visibility, records in sheets:
        head += record(0x0085, struct.pack("<LBB", place + len(body), visibility, 0) + b"\1\0")
        body += records + end
    return compound(("Workbook", head + globals_ + end + body))


def test_hidden_sheets_rows_and_columns() -> None:
    hidden_row = record(0x0208, struct.pack("<HHHHHHHH", 4, 0, 0, 0, 0, 0, 0x20, 0))
    hidden_columns = record(0x007D, struct.pack("<HHHHH", 1, 3, 0, 0, 1))
    shown, very_hidden = scan(workbook((0, hidden_row + hidden_columns), (2, b""))).tabs
    assert (shown.hidden, shown.hidden_rows, shown.hidden_columns) == (False, {4}, [(1, 3)])
    assert very_hidden.hidden and not very_hidden.hidden_rows


def test_the_extent_reaches_to_the_last_cell_of_a_row_of_numbers() -> None:
    several = record(0x00BD, struct.pack("<HH", 2, 1) + b"\0" * 12 + struct.pack("<H", 9))
    (tab,) = scan(workbook((0, cell(0x0203, 5, 0, b"\0" * 8) + several))).tabs
    assert (tab.bottom, tab.right, tab.area) == (5, 9, 60)
    assert scan(workbook((0, b""))).tabs[0].area == 0


def test_errors_as_values_and_as_results_of_formulas() -> None:
    value = cell(0x0205, 0, 0, bytes([0x17, 1]))
    truth = cell(0x0205, 0, 1, bytes([1, 0]))
    formula = cell(0x0006, 1, 0, bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF]))
    (tab,) = scan(workbook((0, value + truth + formula))).tabs
    assert tab.errors == {(0, 0): "#REF!", (1, 0): "#DIV/0!"}


def test_percents_are_recognised_by_the_number_format_of_the_cell_style() -> None:
    style = record(0x00E0, struct.pack("<HH", 0, 164))
    own_format = record(0x041E, struct.pack("<HHB", 164, 4, 0) + b"0.0%")
    number = cell(0x0203, 3, 2, b"\0" * 8)
    assert scan(workbook((0, number), globals_=style + own_format)).tabs[0].percent == {(3, 2)}
    assert scan(workbook((0, number), globals_=style)).tabs[0].percent == set()


def test_comments_are_counted_and_links_and_macros_noted() -> None:
    link = record(0x01AE, struct.pack("<HH", 1, 9))
    found = scan(workbook((0, record(0x001C, b"\0" * 8) * 2), globals_=link))
    assert (found.tabs[0].notes, found.outside, found.macros) == (2, True, False)
    internal = record(0x01AE, struct.pack("<H", 1) + b"\x01\x04")
    assert not scan(workbook((0, b""), globals_=internal)).outside
    assert scan(compound(("Workbook", record(0x000A, b"")), ("VBA", b"x"))).macros


def test_a_password_and_a_container_without_workbook_are_refused() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        scan(workbook((0, b""), globals_=record(0x002F, b"\0" * 6)))
    with pytest.raises(Unreadable, match="damaged"):
        scan(compound(("WordDocument", b"x")))
