"""Reads grids that hold one table twice, side by side: never one year's figures as another's."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from generator.drafts.readings import Certainty
from generator.importer.make_draft import Draft, take
from generator.importer.side_by_side import copies
from generator.readers.document import BlockPlace, DocumentCell, DocumentTable
from generator.readers.open_file import read_bytes
from tests.example import FORMS
from tests.importer.samples import document, figures, grid_of, html_table, table
from tests.readers.samples import LIMITS, grids

OURS = [str(number) for number in range(7, 7 + 7)]
OTHERS = [str(number) for number in range(27, 27 + 7)]


def t3(row: list[str]) -> DocumentTable:
    said = figures(2021, t3_本年新收=row)["t3"]
    page = f"<html><body>{html_table(table(2021, 't3'), said)}</body></html>"
    (grid,) = grids(read_bytes(page.encode(), "示例.html", LIMITS))
    return grid


def beside(left: DocumentTable, right: DocumentTable, gap: int, titles: tuple[str, str] | None) -> DocumentTable:
    """Two tables side by side with empty columns between; each title in one cell above its table."""
    blank = DocumentCell("")
    rows = [(*one, *[blank] * gap, *other) for one, other in zip(left.rows, right.rows, strict=True)]
    if titles is not None:
        head = [blank] * len(rows[0])
        head[0] = DocumentCell(titles[0])
        head[len(left.rows[0]) + gap] = DocumentCell(titles[1])
        rows.insert(0, tuple(head))
    return DocumentTable(tuple(rows), BlockPlace(table=1))


def imported(grid: DocumentTable) -> Draft:
    return take(document(grid), FORMS, (), "shili", 2021)


def row_of(draft: Draft) -> list[tuple[str, Certainty]]:
    (read,) = (read for read in draft.tables if read.table.id == "t3")
    first, count = read.table.row_ranges["本年新收"]
    return [(read.readings[at].text, read.readings[at].certainty) for at in range(first, first + count)]


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("ours_first", [True, False])
def test_the_table_of_the_reports_year_is_read(gap: int, ours_first: bool) -> None:
    pair = [(t3(OURS), "2021年"), (t3(OTHERS), "2020年")]
    (left, first), (right, second) = pair if ours_first else pair[::-1]
    draft = imported(beside(left, right, gap, (first, second)))
    assert row_of(draft) == [(text, Certainty.CERTAIN) for text in OURS]
    assert "2020年" in [item.text for item in draft.ignored]


@pytest.mark.parametrize("ours_first", [True, False])
def test_two_tables_without_a_year_contradict_each_other(ours_first: bool) -> None:
    left, right = (t3(OURS), t3(OTHERS)) if ours_first else (t3(OTHERS), t3(OURS))
    assert {certainty for _, certainty in row_of(imported(beside(left, right, 2, None)))} == {Certainty.UNDECIDED}


def test_copies_keep_the_columns_of_their_sheet_and_their_merged_cells() -> None:
    grid = beside(t3(OURS), t3(OTHERS), 2, ("2021年", "2020年"))
    grid = replace(grid, columns=tuple(range(3, 3 + len(grid.rows[0]))), hidden_columns=(13,))
    one, other = copies(grid)
    assert (one.columns, other.columns) == (tuple(range(3, 13)), tuple(range(15, 25)))
    assert (one.hidden_columns, other.hidden_columns) == ((), (1,))
    assert one.rows[1:] == t3(OURS).rows and other.rows[1:] == t3(OTHERS).rows


def test_a_title_over_both_stands_above_each() -> None:
    both = beside(t3(OURS), t3(OTHERS), 0, None)
    head = tuple(DocumentCell("两年对照", n == 0, 1, 20) for n in range(20))
    one, other = copies(replace(both, rows=(head, *both.rows)))
    assert one.rows[0][0] == other.rows[0][0] == DocumentCell("两年对照", True, 1, 10)


@pytest.mark.parametrize("name", ["t2", "t3", "t4"])
def test_one_table_is_not_parted(name: str) -> None:
    page = f"<html><body>{html_table(table(2021, name), figures(2021)[name])}</body></html>"
    (grid,) = grids(read_bytes(page.encode(), "示例.html", LIMITS))
    assert copies(grid) == (grid,)


@pytest.mark.slow
def test_a_row_of_one_label_costs_its_length() -> None:
    """Not a clock but a ratio: eight times the cells take about eight times as long, not sixty-four."""

    def work(cells: int) -> float:
        grid = grid_of([["总计"] * cells])
        began = time.process_time()
        assert copies(grid) == (grid,)
        return time.process_time() - began

    work(1_000)
    assert min(work(16_000) / work(2_000) for _ in range(3)) < 20
