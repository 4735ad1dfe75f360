"""The workbook that all reports of a form share."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineWorkbook

from generator.report.model import address
from generator.website.downloads.excel_frame import LINE, TableKey, frame, lines, long_figures
from generator.website.downloads.office_files import Excel
from tests.example import tables
from tests.website.downloads.samples import ORGAN, WORDS, every_form, loaded

PLAIN = loaded().report.sheets


def key(number: int = 1, long: tuple[tuple[int, int], ...] = ()) -> TableKey:
    return TableKey(PLAIN[number].table, PLAIN[number].absent, long)


def test_there_is_a_hole_for_every_figure_and_none_besides() -> None:
    for entry in every_form().values():
        sheets = entry.report.sheets
        made = frame(tuple(TableKey(it.table, it.absent, ()) for it in sheets), WORDS)
        printed = [[n for n, slot in enumerate(it.table.slots) if slot.row.key not in it.absent] for it in sheets]
        assert [sorted(order) for order in made.figures] == printed
        assert len(made.cells.parts) - 1 == 3 * sum(map(len, printed))


def test_reports_on_a_form_share_what_is_made_of_it() -> None:
    made = frame((key(),), WORDS)
    Excel().data(loaded(2021, tables(2021, 表二_规章=[1, 2, 3])), ORGAN, WORDS)
    assert frame((key(),), WORDS) is made
    assert not any("示例" in xml for xml in made.parts.values())


def test_a_line_holds_half_as_many_wide_characters() -> None:
    assert [lines(text, 10) for text in ("12345678", "123456789", "一二三四", "一二三四五", "", "一\n二")] == [
        1,
        2,
        1,
        2,
        1,
        2,
    ]


def test_a_row_is_as_high_as_its_longest_figure_needs() -> None:
    texts = list(PLAIN[1].texts)
    assert long_figures(PLAIN[1].table, PLAIN[1].absent, texts) == ()
    texts[6] = "123456789012345678"
    (long,) = long_figures(PLAIN[1].table, PLAIN[1].absent, texts)
    assert long == (6, 3)
    heights = [
        float(re.findall(r'<row r="4"[^>]* ht="([\d.]+)"', frame((made,), WORDS).parts["xl/worksheets/sheet2.xml"])[0])
        for made in (key(), key(1, (long,)))
    ]
    assert heights[1] >= 3 * LINE > heights[0]


def test_a_figure_of_18_digits_stays_whole() -> None:
    made = Excel().data(loaded(2021, tables(2021, 表三_本年新收=[*["123456789012345678"] * 7])), ORGAN, WORDS)
    read = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert read.get_sheet_by_name("表三").to_python()[3][3:] == ["123456789012345678"] * 7


def test_one_row_a_cell_has_room_for_its_names_and_for_eighteen_digits() -> None:
    cells = frame((key(),), WORDS).parts["xl/worksheets/sheet3.xml"]
    widths: list[float] = []
    for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', cells):
        widths += [float(width)] * (int(last) - int(first) + 1)
    assert len(widths) == 8 and min(widths[3:5]) > 18
    heights = dict(re.findall(r'<row r="(\d+)"[^>]*?(?: ht="([\d.]+)"[^>]*)?>', cells))
    for number, slot in enumerate(PLAIN[1].table.slots, 2):
        cell = address(PLAIN[1].table, slot)
        row, column = "/".join(cell.row), "/".join(cell.column)
        assert float(heights[str(number)] or LINE) >= LINE * max(lines(row, widths[1]), lines(column, widths[2]))
    assert any(heights.values())
