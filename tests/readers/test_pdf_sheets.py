"""Joins the columns of a worksheet that was printed on several pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.readers import pdf as reader
from generator.readers.pdf_page import PdfBox, PdfChar, PdfPage
from generator.readers.pdf_sheets import is_spreadsheet, join_columns
from generator.readers.pdf_tables import Ruled, fill, ruled
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids, table

LEFT, WIDE, HIGH, SIZE = 50, 120, 30, 12
LABELS = [["信息内容", "制发件数", "废止件数", "现行件数"], ["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]]
MORE = [["本年收费", "本年处理"], ["7", "8"], ["9", "10"]]


def chars(words: str, x: float, y: float) -> list[PdfChar]:
    return [PdfChar(char, x + SIZE * n, y, x + SIZE * (n + 1), y + SIZE, SIZE) for n, char in enumerate(words)]


def part(rows: Sequence[Sequence[str]], top: float = 100, heights: Sequence[int] = (HIGH,) * 9) -> Ruled:
    """A table of cells of one width; a cell "<" goes on from the one before."""
    boxes: list[PdfBox] = []
    drawn: list[PdfChar] = []
    for row, words in enumerate(rows):
        y, high = top + sum(heights[:row]), heights[row]
        for column, word in enumerate(words):
            x = LEFT + WIDE * column
            if word == "<":
                boxes[-1] = boxes[-1]._replace(x1=x + WIDE)
            else:
                boxes.append(PdfBox(x, y, x + WIDE, y + high))
                drawn += chars(word, x + 6, y + 9)
    made = ruled(boxes)
    assert made is not None
    fill(made, drawn)
    return made


def joined(*parts: Ruled) -> dict[int, list[list[list[str]]]]:
    """The texts of the tables that are left on each page, one table to a page before."""
    tables = {number: [one] for number, one in enumerate(parts, 1)}
    join_columns([PdfPage(number, 595, 842, ()) for number in tables], tables)
    return {
        number: [
            [[slot.text for slot in one.slots if slot.row == row] for row in range(len(one.down) - 1)] for one in found
        ]
        for number, found in tables.items()
        if found
    }


def test_further_columns_stand_beside_the_names_of_their_rows() -> None:
    assert joined(part(LABELS), part(MORE)) == {
        1: [[[*names, *figures] for names, figures in zip(LABELS, MORE, strict=True)]]
    }


def test_what_was_brought_together_is_uncertain() -> None:
    tables = {1: [part(LABELS)], 2: [part(MORE)]}
    join_columns([PdfPage(number, 595, 842, ()) for number in tables], tables)
    cells = tables[1][0].slots
    assert [slot.uncertain for slot in cells] == [slot.column > 3 for slot in cells]
    doubts = {slot.doubt for slot in cells if slot.column > 3 and slot.row > 0}
    assert len(doubts) == 1 and all(doubt is not None and "第2页" in doubt.zh for doubt in doubts)
    assert all(slot.doubt is None for slot in cells if slot.column <= 3 or slot.row == 0)


def test_pages_of_each_strip_of_columns_come_in_order() -> None:
    """Two pages of rows in three strips of columns, all rows of one height."""
    below = [["行政许可", "11", "12", "13"], ["行政处罚", "14", "15", "16"], ["行政强制", "17", "18", "19"]]
    strips = [[[str(at)] * wide for _ in range(3)] for at, wide in ((21, 4), (22, 4), (31, 1), (32, 1))]
    found = joined(part(LABELS), part(below), *(part(strip) for strip in strips))
    assert list(found) == [1, 2]
    assert found[1][0][0] == [*LABELS[0], *["21"] * 4, "31"] and found[2][0][0] == [*below[0], *["22"] * 4, "32"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LABELS, LABELS),  # a table of the same shape
        (
            [["维持", "纠正", "其他", "总计"], ["1", "2", "3", "6"]],
            [["维持", "纠正", "其他", "总计"], ["4", "5", "6", "15"]],
        ),
        (LABELS, [["甲", "乙"], ["规章", "8"], ["丙", "10"]]),  # names where the first has figures
        ([row[:2] for row in LABELS], MORE),  # there was room for its first column
        (LABELS, MORE[:2]),
        (LABELS, [*MORE, ["3", "4"]]),
        ([[name, "<", "<", "<"] for name in "甲乙丙丁戊"], [[name] for name in "己庚辛壬癸"]),  # names on both
    ],
    ids=["same shape", "same header", "names", "room", "shorter", "longer", "names only"],
)
def test_other_tables_stay_apart(first: list[list[str]], second: list[list[str]]) -> None:
    assert joined(part(first), part(second)) == {1: [_shown(first)], 2: [_shown(second)]}


def _shown(rows: list[list[str]]) -> list[list[str]]:
    return [[word for word in row if word != "<"] for row in rows]


def test_a_part_may_lack_header_rows_above_but_no_figures() -> None:
    assert list(joined(part(LABELS), part(MORE[1:], top=100 + HIGH))) == [1]
    assert list(joined(part(LABELS), part(MORE[2:], top=100 + 2 * HIGH))) == [1, 2]


def test_rows_of_other_heights_are_another_table() -> None:
    assert list(joined(part(LABELS), part(MORE, heights=(20, 50, 20)))) == [1, 2]


def test_a_header_cut_by_the_edge_of_the_page_is_one_again() -> None:
    heads = [["项目", "甲", "行政诉讼一二三四五六七八九十一二三四五", "<"], ["规章", "1", "2", "3"]]
    more = [["后起诉", "<"], ["7", "8"]]
    assert joined(part(heads), part(more)) == {
        1: [[["项目", "甲", heads[0][2] + "后起诉"], ["规章", "1", "2", "3", "7", "8"]]]
    }
    plain, cut = (
        [["项目", "甲", "乙", "丙"], ["规章", "1", "2", "3"]],
        [["丁", "戊", heads[0][2], "<"], ["4", "5", "6", "7"]],
    )
    assert joined(part(plain), part(cut), part(more))[1][0][0][-1] == heads[0][2] + "后起诉"  # on the third page
    apart = [["项目", "甲", "行政", "<"], ["规章", "1", "2", "3"]]
    assert joined(part(apart), part(more))[1][0][0] == ["项目", "甲", "行政", "后起诉"]


@pytest.mark.parametrize(
    ("info", "known"),
    [
        ({"Creator": "Calc", "Producer": "LibreOffice 7.4"}, True),
        ({"Creator": "Microsoft® Excel® 2016"}, True),
        ({"Creator": "WPS 表格"}, True),
        ({"Creator": "Writer", "Producer": "LibreOffice 7.4"}, False),
        ({}, False),
    ],
)
def test_spreadsheet_programs_are_known_by_name(info: dict[str, str], known: bool) -> None:
    assert is_spreadsheet(info) == known


def drawn(rows: list[list[str]]) -> str:
    made = ""
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            x, y = LEFT + WIDE * column, 100 + HIGH * row
            made += box(x, y, x + WIDE, y + HIGH) + text(x + 6, y + 20, word)
    return made


@pytest.mark.parametrize("spreadsheet", [True, False])
def test_columns_are_joined_in_files_of_spreadsheets_only(spreadsheet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "is_spreadsheet", lambda info: spreadsheet)
    found = [table(grid) for grid in grids(reader.read(pdf(drawn(LABELS), drawn(MORE)), "a.pdf", LIMITS))]
    both = [[*names, *figures] for names, figures in zip(LABELS, MORE, strict=True)]
    assert found == ([both] if spreadsheet else [LABELS, MORE])
