"""What a page's instructions draw: where figures stand, and that the forms on a page stand with it."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids, table


@pytest.mark.parametrize("shown", ["<{}> '", '0 0 <{}> "', "T* <{}> Tj"])
def test_each_figure_stands_on_the_line_that_its_operator_begins(shown: str) -> None:
    """pdfminer.six 20260107 leaves out the new line of the double quote: all rows came as one figure."""
    names, figures = ["规章", "许可", "处罚"], ["12", "2293", "10"]
    drawn = ""
    for row, name in enumerate(names):
        top = 100 + 30 * row
        drawn += box(50, top, 130, top + 30) + box(130, top, 230, top + 30) + text(60, top + 20, name)
    column = " ".join(shown.format(figure.encode("utf-16-be").hex()) for figure in figures)
    drawn += f"BT /F1 12 Tf 30 TL 1 0 0 1 140 {HEIGHT - 90} Tm {column} ET\n"
    (grid,) = grids(read(pdf(drawn), "a.pdf", LIMITS))
    assert table(grid) == [[name, figure] for name, figure in zip(names, figures, strict=True)]
