"""Reads two leaves on one sheet one behind the other, and leaves tables over the whole width alone."""

from __future__ import annotations

import pytest

from generator.readers.document import DocumentTable, Paragraph
from generator.readers.pdf import read
from generator.readers.pdf_columns import rows_of_leaves, strip
from generator.readers.pdf_page import PdfBox, PdfChar, PdfPage
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids

NAMES = ("行政许可", "行政处罚", "行政强制")


def leaf(left: float, title: str, figures: tuple[str, ...], sentence: str) -> str:
    content = text(left, 120, title, 9)
    for n, (name, figure) in enumerate(zip(NAMES, figures, strict=True)):
        top = 140 + 20 * n
        content += box(left, top, left + 100, top + 20) + box(left + 100, top, left + 220, top + 20)
        content += text(left + 6, top + 14, name, 9) + text(left + 150, top + 14, figure, 9)
    # full lines of the column, the second of which ends a sentence
    return content + text(left, 230, sentence[:24], 9) + text(left, 244, sentence[24:], 9)


def test_leaves_side_by_side_are_read_one_behind_the_other() -> None:
    """Their lines came mixed, and all their figures as inferred."""
    first = "本机关坚持以公开为常态不公开为例外全年主动公开政府信息若干条示例而已。"
    second = "存在的问题主要是解读形式较为单一下一步将加强培训改进工作示例而已如上。"
    content = leaf(40, "一、总体情况", ("7", "", "12"), first) + leaf(310, "五、存在的问题", ("3", "0", "5"), second)
    document = read(pdf(content), "a.pdf", LIMITS)
    said = [block.text if isinstance(block, Paragraph) else "表" for block in document.blocks]
    assert said == ["一、总体情况", "表", first, "五、存在的问题", "表", second]
    tables = [block for block in document.blocks if isinstance(block, DocumentTable)]
    assert [[row[1].text for row in one.rows] for one in tables] == [["7", "", "12"], ["3", "0", "5"]]
    assert not any(cell.uncertain or cell.doubt for one in tables for row in one.rows for cell in row)


def test_a_row_that_the_strip_cuts_in_two_is_joined() -> None:
    """The label is cut within brackets at the foot of the left column, its figure stands in the right one."""
    left = "".join(text(40, 120 + 14 * n, "本机关坚持以公开为常态", 9) for n in range(4))
    left += box(40, 200, 140, 220) + box(140, 200, 240, 220) + text(46, 214, "部分公开（区分", 9)
    right = box(310, 120, 410, 140) + box(410, 120, 510, 140) + text(316, 134, "处理）", 9) + text(420, 134, "28", 9)
    right += box(310, 140, 410, 160) + box(410, 140, 510, 160) + text(316, 154, "总计", 9) + text(420, 154, "28", 9)
    right += "".join(text(310, 190 + 14 * n, "其他需要报告的事项示例", 9) for n in range(4))
    rows = [
        [cell.text for cell in row] for grid in grids(read(pdf(left + right), "a.pdf", LIMITS)) for row in grid.rows
    ]
    assert rows == [["部分公开（区分处理）", "28"], ["总计", "28"]]


def line(words: str, x: float, top: float) -> list[PdfChar]:
    return [PdfChar(word, x + 10 * n, top, x + 10 * n + 10, top + 10, 10) for n, word in enumerate(words)]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("行政许可件数", "其他需要报告", 300.0),
        ("行政许可件数", "1.属于国家", 300.0),
        ("行政许可件数", "12 304", None),  # the figures of rows whose names stand to the left
        ("行政许可件数", "", None),
    ],
)
def test_columns_are_told_by_how_their_lines_begin(left: str, right: str, found: float | None) -> None:
    rows = [char for n in range(6) for char in (*line(left, 50, 200 + 20 * n), *line(right, 350, 200 + 20 * n))]
    at = strip(PdfPage(1, 600, 800, tuple(rows)), ())
    assert (at is not None) == (found is not None)
    assert at is None or 110 < at < 350


def test_a_line_across_the_page_makes_it_one_column() -> None:
    rows = [char for n in range(6) for x in (50, 350) for char in line("行政许可件数", x, 200 + 20 * n)]
    assert strip(PdfPage(1, 600, 800, (*rows, *line("一" * 50, 50, 180))), ()) is None
    assert strip(PdfPage(1, 600, 800, (*rows, *line("一" * 50, 50, 20))), ()) is not None  # a running head


def quarter(left: float, top: float, rows: tuple[tuple[str, str], ...]) -> str:
    """A leaf of small letters: a line above a table of these rows."""
    content = text(left, top - 8, "示例区政府信息公开工作年度报告", 7)
    for n, (name, figure) in enumerate(rows):
        y = top + 16 * n
        content += box(left, y, left + 100, y + 16) + box(left + 100, y, left + 200, y + 16)
        content += text(left + 6, y + 11, name, 7) + text(left + 140, y + 11, figure, 7)
    return content


def test_four_leaves_on_a_sheet_are_read_row_by_row_and_in_doubt() -> None:
    """They came by columns, and rows of one name changed their places with certainty."""
    leaves = [tuple((f"{name}{leaf}", f"{leaf}{n}") for n, name in enumerate(NAMES)) for leaf in "1234"]
    places = ((40, 80), (320, 80), (40, 500), (320, 500))
    content = "".join(quarter(x, y, rows) for (x, y), rows in zip(places, leaves, strict=True))
    read_rows = [row for one in grids(read(pdf(content), "a.pdf", LIMITS)) for row in one.rows]
    assert [tuple(cell.text for cell in row) for row in read_rows] == [row for leaf in leaves for row in leaf]
    assert all(row[1].uncertain for row in read_rows)


def test_letters_of_full_size_or_leaves_unlike_paper_are_columns_of_text() -> None:
    def sheet(size: float, width: float) -> PdfPage:
        tops = [y for start in (60, 500) for y in range(start, start + 90, 20)]
        chars = [PdfChar("甲", x, y, x + size, y + size, size) for y in tops for x in (50.0, width / 2 + 20)]
        return PdfPage(1, width, 842, tuple(chars))

    assert rows_of_leaves(sheet(7, 595), ()) == (421,)
    assert rows_of_leaves(sheet(10.5, 595), ()) == rows_of_leaves(sheet(7, 842), ()) == ()
    assert rows_of_leaves(sheet(7, 595), (PdfBox(50, 60, 290, 700),)) == ()  # a table across the strip
