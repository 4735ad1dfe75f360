"""What was read of a table, and where it stood."""

from __future__ import annotations

import pytest

from generator.drafts.readings import AddedRow, Certainty, Reading, SourcePlace, TableRead, TablesRead, spot_in
from generator.readers.document import BlockPlace, DocumentCell, DocumentTable
from tests.importer.samples import form, table

T2 = table(2021, "t2")


def read(*slots: int) -> TableRead:
    return TableRead(T2, {slot: Reading("0", "0", Certainty.CERTAIN, SourcePlace()) for slot in slots})


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (SourcePlace(), "文中", "in the text"),
        (SourcePlace(BlockPlace(table=2), 3, 4), "第2张表 第3行第4列", "table 2, row 3, column 4"),
        (SourcePlace(BlockPlace(page=5, table=1), 3), "第5页第1张表 第3行", "page 5, table 1, row 3"),
        (
            SourcePlace(BlockPlace(sheet="表三", line=7), 7, 4),
            "工作表“表三”第7行第4列",
            "sheet “表三”, row 7, column 4",
        ),
        (SourcePlace(BlockPlace(sheet="表三", line=7), 7, 4, cell="D7"), "表三 D7", "表三 D7"),
        (SourcePlace(BlockPlace(line=9), at=12), "第9行文字第12字起", "line 9, from character 12"),
        (SourcePlace(BlockPlace(line=9), 0, 3, 12), "第9行文字第12字起", "line 9, from character 12"),
    ],
)
def test_a_place_is_described_in_both_languages(place: SourcePlace, zh: str, en: str) -> None:
    assert (place.describe().zh, place.describe().en) == (zh, en)


def test_a_cell_of_a_worksheet_goes_by_the_name_it_has_there() -> None:
    """Hidden rows and columns are not in the grid: its second row is row 5 of the sheet, its third column is F."""
    rows = tuple(tuple(DocumentCell("1") for _ in range(3)) for _ in range(2))
    sheet = DocumentTable(rows, BlockPlace(sheet="附表"), "", (4, 5), (2, 3, 6))
    assert spot_in(sheet, 2, 3).describe().zh == "附表 F5"
    assert spot_in(DocumentTable(rows, BlockPlace(sheet="附表")), 2, 3).describe().zh == "附表 C2"
    assert spot_in(DocumentTable(rows, BlockPlace(table=3)), 2, 3).describe().zh == "第3张表 第2行第3列"


def test_slots_without_a_reading_are_missing() -> None:
    assert read(*range(2, len(T2.slots))).missing == (0, 1)
    assert read(*range(len(T2.slots))).missing == ()


def test_cells_of_added_rows_found_their_place_too() -> None:
    added = AddedRow(T2, "内部通知", "", "规章", "", tuple(read(0, 1, 2).readings.values()), 1)
    assert TablesRead(form(2021), (read(0, 1),), (), (added,)).mapped == 5
