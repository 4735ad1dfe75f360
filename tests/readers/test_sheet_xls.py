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
