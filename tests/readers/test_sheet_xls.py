"""Scans the records of old workbooks."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest

from generator.readers.document import Unreadable
from generator.readers.sheet_formats import Look, Seen
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


def test_numbers_of_every_kind_of_record_are_looked_at() -> None:
    """A double, a number packed in four bytes, a row of these, and the result of a formula, all in a format of 万."""
    style = record(0x00E0, struct.pack("<HH", 0, 164))
    own_format = record(0x041E, struct.pack("<HHB", 164, 4, 1) + '0"万'.encode("utf-16-le"))
    packed = struct.pack("<l", 22 << 2 | 2)
    hundredth = struct.pack("<l", 2250 << 2 | 3)
    double = struct.pack("<d", 22.0)
    several = record(0x00BD, struct.pack("<HHH", 2, 3, 0) + packed + struct.pack("<H", 0) + hundredth + b"\4\0")
    cells = cell(0x0203, 0, 0, double) + cell(0x027E, 1, 0, packed) + several + cell(0x0006, 3, 0, double + b"\0" * 6)
    (tab,) = scan(workbook((0, cells), globals_=style + own_format)).tabs
    found = {place: (look.number, look.seen and look.seen.text) for place, look in tab.looks.items()}
    assert found == {
        (0, 0): (22, "22万"),
        (1, 0): (22, "22万"),
        (2, 3): (22, "22万"),
        (2, 4): (Decimal("22.5"), "23万"),
        (3, 0): (22, "22万"),
    }


def test_logical_values_and_results_of_unknown_programs_are_kept() -> None:
    truth = cell(0x0205, 0, 0, bytes([1, 0]))
    result = cell(0x0006, 0, 1, bytes([1, 0, 1, 0, 0, 0, 0xFF, 0xFF]) + b"\0" * 6)
    formula = cell(0x0006, 0, 2, struct.pack("<d", 22.0) + b"\0" * 6)
    (tab,) = scan(workbook((0, truth + result + formula))).tabs
    assert [(look.truth, look.formula) for look in tab.looks.values()] == [(True, None), (True, ""), (False, "")]


def test_results_are_trusted_by_the_program_that_names_itself() -> None:
    author = record(0x005C, bytes([4, 0, 0]) + b"Calc".ljust(109))
    formulas = cell(0x0006, 0, 0, struct.pack("<d", 22.0) + b"\0" * 6) + cell(0x0006, 0, 1, bytes(14))
    (tab,) = scan(workbook((0, formulas), globals_=author)).tabs
    assert {place: look.formula for place, look in tab.looks.items()} == {(0, 1): ""}


def test_zeros_that_a_sheet_does_not_show_are_seen_as_blank() -> None:
    zero = cell(0x0203, 0, 0, bytes(8)) + cell(0x0203, 0, 1, struct.pack("<d", 1.0))
    hidden, shown = record(0x023E, struct.pack("<H", 0x06A6)), record(0x023E, struct.pack("<H", 0x06B6))
    (tab,) = scan(workbook((0, zero + hidden))).tabs
    assert {place: look.seen for place, look in tab.looks.items()} == {(0, 0): Look(Seen.TEXT)}
    assert scan(workbook((0, zero + shown))).tabs[0].looks[0, 0].seen is None
