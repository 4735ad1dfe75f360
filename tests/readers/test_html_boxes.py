"""Tables that a style sheet makes of other elements are read where a browser lays them out in one way."""

from __future__ import annotations

import pytest

from generator.readers.html import read
from tests.readers.samples import LIMITS, grids, texts

ROWS = [["项目", "件数", "比例"], ["新收", "22", "3"], ["结转", "0", "9"]]
FLAT = "".join(f"<div class=c>{text}</div>" for row in ROWS for text in row)
IN_ROWS = "".join(f"<div class=r>{''.join(f'<p class=c>{text}</p>' for text in row)}</div>" for row in ROWS)
TABLE = ".t{display:table}.r{display:table-row}.c{display:table-cell}"
GRID = ".t{display:grid;grid-template-columns:%}"


def read_page(inside: str, css: str, head: str = "") -> list[list[list[str]]]:
    page = f"<!DOCTYPE html><meta charset=utf-8>{head}<style>{css}</style><p>示例</p><div class=t>{inside}</div>"
    return [[[cell.text for cell in row] for row in grid.rows] for grid in grids(read(page.encode(), "a.html", LIMITS))]


@pytest.mark.parametrize(
    ("inside", "css"),
    [
        (IN_ROWS, TABLE),
        (f"<section class=g>{IN_ROWS}</section>", TABLE + ".g{display:table-row-group}"),
        (IN_ROWS.replace("<p class=c>22", "<i style='display:none'>7</i><p class=c>22"), TABLE),
        (FLAT, GRID.replace("%", "1fr 2fr 1fr")),
        (FLAT, GRID.replace("%", "[a] repeat(2, minmax(0, 1fr)) [b] 10px")),
        (FLAT, GRID.replace("%", "repeat(var(--n),1fr)") + ":root{--n:3}"),
        (FLAT, ".t{display:grid;grid-template:auto / 1fr 1fr 1fr}"),
        (IN_ROWS, GRID.replace("%", "repeat(3,1fr)") + ".r{display:contents}"),
    ],
)
def test_rows_of_cells_and_items_in_a_row_are_a_table(inside: str, css: str) -> None:
    assert read_page(inside, css) == [ROWS]


def test_items_that_take_several_rows_and_columns_push_the_others_on() -> None:
    inside = (
        "<b style='grid-row:span 2'>项目</b><b style='grid-column:span 2/auto'>件数</b><b>本年</b><b>上年</b>"
        "<b>新收</b><b>22</b><b>3</b>"
    )
    assert read_page(inside, GRID.replace("%", "repeat(3,1fr)")) == [
        [["项目", "件数", "件数"], ["项目", "本年", "上年"], ["新收", "22", "3"]]
    ]


@pytest.mark.parametrize(
    ("inside", "css"),
    [
        (IN_ROWS.replace("<p class=c>9</p>", ""), TABLE),  # a row is short
        (IN_ROWS + "<p>注</p>", TABLE),
        ("说明" + IN_ROWS, TABLE),
        (FLAT, GRID.replace("%", "repeat(auto-fill,9em)")),
        (FLAT, GRID.replace("%", "repeat(4,1fr)")),  # the last row has a gap
        (FLAT, GRID.replace("%", "repeat(3,1fr)") + ".t{grid-auto-flow:column}"),
        (FLAT, GRID.replace("%", "repeat(3,1fr)") + ".c:first-child{order:1}"),
        (FLAT, GRID.replace("%", "repeat(3,1fr)") + ".c:first-child{grid-column:2}"),
        (FLAT, GRID.replace("%", "repeat(3,1fr)") + ".t::before{content:''}"),
        (FLAT, GRID.replace("%", "repeat(3,1fr)") + ".c:last-child{position:absolute}"),
        (FLAT, ".t{display:flex}"),
    ],
)
def test_what_may_be_laid_out_otherwise_stays_text(inside: str, css: str) -> None:
    assert read_page(inside, css) == []


def test_a_page_laid_out_in_a_grid_is_no_table() -> None:
    page = "<style>body{display:grid;grid-template-columns:1fr 1fr}</style><p>示例一</p><p>示例二</p><p>三</p><p>四</p>"
    document = read(f"<!DOCTYPE html><meta charset=utf-8>{page}".encode(), "a.html", LIMITS)
    assert grids(document) == [] and texts(document) == ["示例一", "示例二", "三", "四"]


@pytest.mark.parametrize("dressed", [".c:nth-child(5){color:red}", ""])
def test_a_plain_cell_is_certain_and_one_under_a_missing_sheet_is_not(dressed: str) -> None:
    css = GRID.replace("%", "repeat(3,1fr)") + dressed
    for head, doubted in ("", False), ("<link rel=stylesheet href=gone.css>", True):
        page = f"<!DOCTYPE html><meta charset=utf-8>{head}<style>{css}</style><p>示例</p><div class=t>{FLAT}</div>"
        (grid,) = grids(read(page.encode(), "a.html", LIMITS))
        assert (grid.rows[1][1].text, grid.rows[1][1].doubt is not None) == ("22", doubted)
