"""Tells drawings within cells from the rules of a table."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_lone import lone
from generator.readers.pdf_page import PdfBox
from generator.readers.pdf_rules import merged_edges
from tests.readers.pdf_samples import box, pdf, rule, text
from tests.readers.samples import LIMITS, grids

NAMES = ("行政许可", "行政处罚", "行政强制")
DRAWINGS = {
    "a dash for none": rule(190, 108, 205, 108) + rule(190, 128, 205, 128),
    "a box of a form": box(180, 105, 215, 115),
    "a box around each digit": box(180, 105, 190, 115) + box(190, 105, 200, 115) + box(200, 105, 210, 115),
    "a 9 of five strokes": box(190, 103, 196, 109) + rule(196, 103, 196, 115) + rule(190, 115, 196, 115),
}


def grid(drawn: str, numbers: tuple[str, ...] = ("", "416", "304")) -> str:
    rows = enumerate(zip(NAMES, numbers, strict=True))
    return drawn + "".join(
        box(50, 100 + 20 * n, 150, 120 + 20 * n)
        + box(150, 100 + 20 * n, 250, 120 + 20 * n)
        + text(60, 114 + 20 * n, name, 8)
        + text(180, 114 + 20 * n, number, 8)
        for n, (name, number) in rows
    )


@pytest.mark.parametrize("drawn", DRAWINGS.values(), ids=DRAWINGS)
def test_what_is_drawn_in_a_cell_moves_no_row(drawn: str) -> None:
    """The rules of the table would have been drawn to the stroke, so that 416 stood in another row."""
    (made,) = grids(read(pdf(grid(drawn)), "a.pdf", LIMITS))
    assert [row[0].text for row in made.rows] == list(NAMES) and len(made.rows[0]) == 2
    assert [row[1].text for row in made.rows[-1:]] == ["304"]
    assert made.rows[0][1].text == "" and made.rows[0][1].doubt is not None


def test_cells_with_boxes_of_their_own_within_a_frame_are_kept() -> None:
    boxes = "".join(
        box(56 + 106 * n, 106 + 26 * row, 156 + 106 * n, 126 + 26 * row) for row in range(3) for n in (0, 1)
    )
    words = "".join(
        text(64, 120 + 26 * n, name, 8) + text(180, 120 + 26 * n, str(n + 7), 8) for n, name in enumerate(NAMES)
    )
    (made,) = grids(read(pdf(box(50, 100, 268, 184) + boxes + words), "a.pdf", LIMITS))
    assert [[cell.text for cell in row] for row in made.rows] == [[name, str(n + 7)] for n, name in enumerate(NAMES)]


def edges(*boxes: tuple[float, float, float, float]) -> list[dict[str, object]]:
    return [
        {
            "object_type": "rect_edge",
            "orientation": "v" if x0 == x1 else "h",
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "width": x1 - x0,
            "height": bottom - top,
        }
        for x0, top, x1, bottom in boxes
    ]


TABLE = edges(*((x, 0, x, 40) for x in (0, 100, 200)), *((0, y, 200, y) for y in (0, 20, 40)))


@pytest.mark.parametrize(
    ("stroke", "found"),
    [
        ((120, 10, 140, 10), [PdfBox(120, 10, 140, 10)]),
        ((101, 10, 140, 10), []),  # touches a rule
        ((120, 50, 140, 50), []),  # below the table
    ],
)
def test_a_stroke_is_alone_where_it_touches_nothing(
    stroke: tuple[float, float, float, float], found: list[PdfBox]
) -> None:
    assert lone(merged_edges([*TABLE, *edges(stroke)])) == found
