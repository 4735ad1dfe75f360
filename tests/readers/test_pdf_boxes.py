"""Reads what the boxes of a page show of it, wherever they begin."""

from __future__ import annotations

from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids

CELLS = box(50, 100, 200, 130) + box(200, 100, 300, 130) + text(60, 122, "行政规范性文件") + text(210, 122, "269")
WORDS = text(50, 80, "本机关主动公开信息若干条示例而已无实义共二十五字")


def test_what_the_page_box_cuts_off_is_not_read_and_its_table_uncertain() -> None:
    document = read(pdf(CELLS + WORDS, annots="/CropBox [0 0 205 842]"), "a.pdf", LIMITS)
    (row,) = grids(document)[0].rows
    assert [cell.text for cell in row] == ["行政规范性文件", ""] and row[0].uncertain and row[1].doubt is not None


def test_a_page_box_that_begins_elsewhere_changes_nothing() -> None:
    made = pdf(f"1 0 0 1 -300 -400 cm {CELLS}{WORDS}", flate=False)
    made = made.replace(f"[0 0 595 {HEIGHT}]".encode(), f"[-300 -400 295 {HEIGHT - 400}]".encode())
    (row,) = grids(read(made, "a.pdf", LIMITS))[0].rows
    assert [(cell.text, cell.uncertain) for cell in row] == [("行政规范性文件", False), ("269", False)]
