"""Places cells as browsers do: spans end with their group of rows, heads come first and feet last."""

from __future__ import annotations

import pytest

from generator.readers.html import read
from tests.readers.samples import LIMITS, grids, table


def rows(html: str) -> list[list[str]]:
    return table(grids(read(f"<!DOCTYPE html><table>{html}</table>".encode(), "示例.html", LIMITS))[0])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<tfoot><tr><td>丙<td>3</tfoot><tbody><tr><td>乙<td>2</tbody><thead><tr><td>甲<td>1</thead>",
            [["甲", "1"], ["乙", "2"], ["丙", "3"]],
        ),
        ("<tr><td>甲<td>1<tbody><tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
        ("<thead><tr><td rowspan=9>甲<td>1</thead><tbody><tr><td>乙<td>2</tbody>", [["甲", "1"], ["乙", "2"]]),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3", [["甲", "1"], ["甲", "2"], ["甲", "3"]]),
        ("<tr><td colspan=' +2x'>甲<td>1<tr><td>乙<td>丙<td>2", [["甲", "甲", "1"], ["乙", "丙", "2"]]),
        ("<tr><td colspan=0>甲<td>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
        ("<tr><td colspan=-2>甲<td>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
    ],
)
def test_cells_stand_where_a_browser_puts_them(html: str, expected: list[list[str]]) -> None:
    assert rows(html) == expected


def test_a_table_of_one_cell_or_of_long_texts_only_arranges_the_page() -> None:
    for html in ("<tr><td>甲", f"<tr><td>{'长' * 700}<td>1"):
        assert grids(read(f"<table>{html}</table>".encode(), "示例.html", LIMITS)) == []


@pytest.mark.parametrize(
    ("cell", "doubted"),
    [
        ('<td sdval="22">22', False),
        ('<td sdval="1022">1,022', False),
        ('<td x:num="2.0200000000000002">2.02', False),
        ('<td x:num="22.4">22', True),
        ('<td sdval="22">', True),
        ('<td sdval="0">', False),
        ('<td sdval="220000">22', True),
        ('<td sdval="x">22', False),
    ],
)
def test_a_number_that_a_spreadsheet_keeps_beside_another_is_in_doubt(cell: str, doubted: bool) -> None:
    html = f"<table><tr><td>甲<td>乙<tr><td>新收{cell}</table>"
    (grid,) = grids(read(html.encode(), "a.html", LIMITS))
    assert (grid.rows[1][1].doubt is not None) is doubted


def test_small_tables_in_cells_of_a_large_one_do_not_take_it_apart() -> None:
    rows = "".join(f"<tr><td>行{n}<td>{n}<td>0" for n in range(6))
    html = f"<table>{rows}<tr><td>行<td><table><tr><td>7<td>8</table><td>0</table>"
    first, second = grids(read(html.encode(), "a.html", LIMITS))
    assert len(first.rows) == 7 and first.rows[6][1].doubt is not None and len(second.rows[0]) == 2
