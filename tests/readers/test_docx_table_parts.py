"""Doubts the figures of rows and columns that the style of a Word table strikes out, moves or hides."""

from __future__ import annotations

import pytest

from generator.readers.open_file import read_bytes
from tests.readers.samples import LIMITS, grids
from tests.readers.word_samples import WML, tbl, tc, tr, word

STRUCK = "<w:rPr><w:strike/></w:rPr>"
WHITE = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
BLACK_GROUND = '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>'


def doubted(part: str, look: str, table_look: str) -> set[tuple[int, int]]:
    """The places of the doubted figures of a table of three by three whose style dresses a part of it."""
    style = f'<w:style w:type="table" w:styleId="t"><w:tblStylePr w:type="{part}">{look}</w:tblStylePr></w:style>'
    rows = [tr(*(tc(str(3 * r + c)) for c in range(3))) for r in range(3)]
    body = tbl(*rows).replace("<w:tblPr/>", f'<w:tblPr><w:tblStyle w:val="t"/>{table_look}</w:tblPr>')
    parts: dict[str, str | bytes] = {"word/styles.xml": f"<w:styles {WML}>{style}</w:styles>"}
    data = word(body, parts, [("s", "styles", "styles.xml", False)])
    (grid,) = grids(read_bytes(data, "示例.docx", LIMITS))
    assert [[cell.text for cell in row] for row in grid.rows] == [["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"]]
    return {(r, c) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell.doubt is not None}


ALL = {(r, c) for r in range(3) for c in range(3)}
ON = '<w:tblLook w:firstRow="1" w:lastRow="1" w:firstColumn="1" w:lastColumn="1" w:noHBand="1" w:noVBand="1"/>'


@pytest.mark.parametrize(
    ("part", "look", "table_look", "places"),
    [
        ("firstRow", STRUCK, ON, {(0, 0), (0, 1), (0, 2)}),
        ("lastRow", STRUCK, ON, {(2, 0), (2, 1), (2, 2)}),
        ("firstCol", STRUCK, ON, {(0, 0), (1, 0), (2, 0)}),
        ("lastCol", STRUCK, ON, {(0, 2), (1, 2), (2, 2)}),
        ("lastCol", STRUCK, '<w:tblLook w:val="0100"/>', {(0, 2), (1, 2), (2, 2)}),
        ("lastCol", STRUCK, '<w:tblLook w:val="0100" w:lastColumn="0"/>', set()),
        ("lastCol", STRUCK, '<w:tblLook w:val="04A0"/>', set()),
        ("lastCol", STRUCK, '<w:tblLook w:val="x"/>', set()),
        ("lastCol", STRUCK, "", set()),
        ("seCell", STRUCK, ON, {(2, 2)}),
        ("band1Horz", STRUCK, ON, set()),
        ("band1Horz", STRUCK, '<w:tblLook w:val="0000"/>', ALL),
        ("wholeTable", STRUCK, "", ALL),
        ("lastCol", WHITE, ON, {(0, 2), (1, 2), (2, 2)}),
        ("firstRow", WHITE + BLACK_GROUND, ON, set()),  # as many styles have it
        ("firstRow", "<w:rPr><w:b/></w:rPr>", ON, set()),
    ],
)
def test_figures_in_a_dressed_part_are_in_doubt(
    part: str, look: str, table_look: str, places: set[tuple[int, int]]
) -> None:
    assert doubted(part, look, table_look) == places
