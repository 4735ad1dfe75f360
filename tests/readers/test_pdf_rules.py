"""Finds the ruled tables of a page."""

from __future__ import annotations

from typing import Any

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


def edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    sides = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "line", "orientation": "v" if x0 == x1 else "h", **sides}


def test_rules_on_one_line_are_merged_and_specks_dropped() -> None:
    merged = merged_edges([edge(0, 10, 50, 10), edge(51, 11, 100, 11), edge(200, 200, 201, 200)])
    assert [(one["x0"], one["x1"]) for one in merged] == [(0, 100)]


def test_a_page_with_too_many_rules_has_no_tables_and_is_marked_as_tangled() -> None:
    class Page:
        def __init__(self) -> None:
            self.edges = [edge(4.0 * n, 0, 4.0 * n, 90) for n in range(2_001)]
            self.curves: list[dict[str, Any]] = []

        def filter(self, keep: object) -> Page:
            return self

    assert tables(Page()) == ([], True)


def test_rules_in_white_are_none() -> None:
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 120, "甲") + text(160, 120, "1")
    assert len(grids(read(pdf(grid), "a.pdf", LIMITS))) == 1
    assert not grids(read(pdf("1 G " + grid), "a.pdf", LIMITS))
