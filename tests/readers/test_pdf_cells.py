"""Writes the text of cells: figures on several lines, and such as are too long for one."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_page import PdfBox, PdfChar
from generator.readers.pdf_tables import fill, ruled
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids, rules


def char(text: str, x: float, y: float) -> PdfChar:
    """A character of 12 points with its top left here."""
    return PdfChar(text, x, y, x + 12, y + 12, 12)


def test_figures_stacked_in_one_cell_stay_apart_and_uncertain() -> None:
    content = (
        box(50, 100, 150, 160)
        + box(150, 100, 250, 160)
        + text(60, 120, "41")
        + text(60, 140, "19")
        + text(160, 120, "甲")
    )
    document = read(pdf(content), "a.pdf", LIMITS)
    cell = grids(document)[0].rows[0][0]
    assert (cell.text, cell.uncertain) == ("41\n19", True) and "IMP-UNCERTAIN" in rules(document)
    assert cell.doubt is not None


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("1234", "567"), "1234567"),
        (("1234", "567", "89"), "1234\n567\n89"),
        (("41", "19"), "41\n19"),
        (("1,23", "4"), "1,234"),
    ],
)
def test_a_figure_broken_over_full_lines_is_one_and_in_doubt(lines: tuple[str, ...], text: str) -> None:
    table = ruled([PdfBox(0, 0, 60, 100), PdfBox(60, 0, 120, 100)])
    assert table is not None
    fill(
        table,
        [char(word, 5 + 12 * n, 5 + 14 * line) for line, words in enumerate(lines) for n, word in enumerate(words)],
    )
    slot = table.slots[0]
    assert (slot.text, slot.raw, slot.uncertain) == (text, "\n".join(lines), True) and slot.doubt is not None
