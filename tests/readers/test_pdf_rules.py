"""Finds the ruled tables of a page."""

from __future__ import annotations

from typing import Any

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_rules import merged_edges, tables
from tests.readers.pdf_samples import HEIGHT, box, pdf, rule, text
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


def bar(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    sides = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "rect", "stroke": False, "non_stroking_color": 0, **sides}


def test_rules_on_one_line_are_merged_and_specks_dropped() -> None:
    def edge(x0: float, x1: float, top: float) -> dict[str, Any]:
        return {**bar(x0, top, x1, top), "object_type": "rect_edge", "orientation": "h"}

    merged = merged_edges([edge(0, 50, 10), edge(51, 100, 11), edge(200, 201, 200)])
    assert [(one["x0"], one["x1"]) for one in merged] == [(0, 100)]


@pytest.mark.slow
def test_a_page_with_too_many_rules_has_no_tables_and_is_marked_as_tangled() -> None:
    assert tables([bar(4.0 * n, 0, 4.0 * n + 1, 90) for n in range(2_001)], None, []) == ([], True)


def boxes(gap: float, width: float = 0.75) -> str:
    """Two rows of two cells, each with a box of its own as a browser draws it: four thin areas."""
    drawn = ""
    for row, words in enumerate((("甲", "1"), ("乙", "2"))):
        for column, word in enumerate(words):
            x, y = 50 + column * (100 + gap), 100 + row * (30 + gap)
            for x0, y0, across, down in (
                (x, y, 100, width),
                (x, y + 30 - width, 100, width),
                (x, y, width, 30),
                (x + 100 - width, y, width, 30),
            ):
                drawn += f"{x0} {HEIGHT - y0 - down} {across} {down} re f\n"
            drawn += text(x + 10, y + 20, word)
    return drawn


@pytest.mark.parametrize("gap", [0, 1.5, 3.75, 7.5])
@pytest.mark.parametrize("width", [0.75, 2.25])
def test_cells_with_boxes_of_their_own_are_one_table(gap: float, width: float) -> None:
    (grid,) = grids(read(pdf(boxes(gap, width)), "a.pdf", LIMITS))
    assert table(grid) == [["甲", "1"], ["乙", "2"]]
    assert not any(cell.uncertain for row in grid.rows for cell in row)


@pytest.mark.parametrize(("dash", "pause"), [(2.25, 1.5), (0.75, 0.75)], ids=["dashed", "dotted"])
def test_dashed_and_dotted_rules(dash: float, pause: float) -> None:
    drawn = ""
    for x in (50, 150, 250):
        drawn += "".join(
            f"{x} {HEIGHT - 160 + n * (dash + pause)} 0.75 {dash} re f\n" for n in range(int(60 / (dash + pause)))
        )
    for y in (100, 130, 160):
        drawn += "".join(
            f"{50 + n * (dash + pause)} {HEIGHT - y} {dash} 0.75 re f\n" for n in range(int(200 / (dash + pause)))
        )
    words = text(60, 120, "甲") + text(160, 120, "1") + text(60, 150, "乙") + text(160, 150, "2")
    (grid,) = grids(read(pdf(drawn + words), "a.pdf", LIMITS))
    assert table(grid) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(("foot", "columns"), [(160, 3), (140, 2)])
def test_a_rule_alone_beside_a_table_as_high_as_it_is_is_its_side(foot: int, columns: int) -> None:
    """A merged cell that began on the page before and ends on the next has no rule above or below."""
    cells = box(150, 100, 250, 130) + box(250, 100, 350, 130) + box(150, 130, 250, 160) + box(250, 130, 350, 160)
    words = (
        text(60, 120, "办") + text(160, 120, "甲") + text(260, 120, "1") + text(160, 150, "乙") + text(260, 150, "2")
    )
    (grid,) = grids(read(pdf(cells + rule(50, 100, 50, foot) + words), "a.pdf", LIMITS))
    assert len(grid.rows[0]) == columns and [row[-1].text for row in grid.rows] == ["1", "2"]


def test_rules_in_white_are_none() -> None:
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 120, "甲") + text(160, 120, "1")
    assert len(grids(read(pdf(grid), "a.pdf", LIMITS))) == 1
    assert not grids(read(pdf("1 G " + grid), "a.pdf", LIMITS))
