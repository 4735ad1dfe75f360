"""Finds the ruled tables of a page."""

from __future__ import annotations

from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, pdf, rule, text
from tests.readers.samples import LIMITS, grids, table


def test_a_table_cut_by_the_page_has_its_open_sides_closed() -> None:
    uprights = "".join(rule(x, 100, x, 160) for x in (50, 150, 250))
    content = (
        rule(50, 100, 250, 100)
        + rule(50, 130, 250, 130)
        + uprights
        + text(60, 120, "甲")
        + text(160, 120, "1")
        + text(60, 150, "乙")
        + text(160, 150, "2")
    )
    (grid,) = grids(read(pdf(content), "a.pdf", LIMITS))
    assert table(grid) == [["甲", "1"], ["乙", "2"]]


def test_backgrounds_are_no_tables() -> None:
    bands = "".join(f"1 1 1 rg 50 {HEIGHT - 100 - 20 * n} 400 20 re f\n" for n in range(5))
    lines_of_text = "".join(
        text(74, 95 + 20 * n, "这是一行正文这是一行正文这是一行正文这是一行", extra="0 g") for n in range(5)
    )
    assert not grids(read(pdf(bands + lines_of_text), "a.pdf", LIMITS))
