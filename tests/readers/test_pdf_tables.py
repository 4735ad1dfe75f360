"""Lays cells on the lattice of their rules and fills them."""

from __future__ import annotations

from generator.readers.pdf import read
from generator.readers.pdf_page import PdfBox
from generator.readers.pdf_tables import ruled
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids, rules


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


def test_a_lattice_with_a_hole_reads_it_by_position() -> None:
    table_of = ruled([PdfBox(0, 0, 50, 20), PdfBox(50, 0, 100, 20), PdfBox(50, 20, 100, 40)])
    assert table_of is not None
    assert [(slot.row, slot.column, slot.uncertain) for slot in table_of.slots] == [
        (0, 0, False),
        (0, 1, False),
        (1, 1, False),
        (1, 0, True),
    ]
    assert ruled([PdfBox(0, 0, 50, 20)]) is None
