"""Rows and columns of a printed worksheet whose names are cut to their last line are read, others left alone."""

from __future__ import annotations

import pytest

from generator.drafts.readings import Certainty, Reading
from generator.forms.declared import declared_forms
from generator.importer.clipped_names import completed
from generator.importer.form_labels import labels_of
from generator.importer.grid_lines import lines_of
from generator.importer.table_grids import TableScan
from generator.readers.document import BlockPlace, DocumentCell, DocumentTable

FORM = next(form for form in declared_forms() if form.id == "gbkbh-2021-30")
HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
# what a row of one line's height shows of the names; the figures are made up
CUT = (
    ("第二十条第（一）项",) * 4,
    ("信息内容", "件数", "件数", "数"),
    ("规章", "1", "2", "3"),
    ("文件", "4", "", "6"),
    ("第二十条第（五）项",) * 4,
    ("信息内容", *("量",) * 3),
    ("许可", *("7",) * 3),
    ("第二十条第（六）项",) * 4,
    ("信息内容", *("量",) * 3),
    ("行政处罚", *("8",) * 3),
    ("强制", *("9",) * 3),
    ("第二十条第（八）项",) * 4,
    ("信息内容", *("元）",) * 3),
    ("收费", *("10",) * 3),
)


def printed(rows: tuple[tuple[str, ...], ...], page: int = 1) -> DocumentTable:
    """A grid in which equal texts beside each other are one cell."""
    lines = []
    for row in rows:
        merged = not row[-1].isdecimal() and row[1:] != ("件数", "件数", "数") and len(set(row[1:])) == 1
        first = [True, *(not merged or row[0] != text for text in row[1:2]), *(not merged for _ in row[2:])]
        wide = [row.count(text) if at and merged else 1 for at, text in enumerate(row)]
        lines.append(tuple(DocumentCell(t, f, 1, w) for t, f, w in zip(row, first, wide, strict=True)))
    return DocumentTable(tuple(lines), BlockPlace(page=page))


def read(rows: tuple[tuple[str, ...], ...], page: int = 1) -> dict[int, Reading]:
    scan = TableScan(FORM)
    scan.grid(0, printed(rows, page), False)
    return scan.found.readings["t2"]


def test_names_that_are_the_ends_of_those_due_are_read() -> None:
    readings = read(CUT)
    assert [readings[n].text for n in range(6)] == ["1", "2", "3", "4", "", "6"]
    assert {reading.certainty for reading in readings.values()} == {Certainty.CERTAIN}


@pytest.mark.parametrize(
    "rows",
    [
        (*CUT[:3], ("规定", "4", "5", "6"), *CUT[4:]),  # no end of the name due
        (CUT[0], CUT[1], CUT[3], CUT[2], *CUT[4:]),  # in another order
        CUT[:10] + CUT[11:],  # a row less
        (*CUT[:4], ("文件", "5", "5", "5"), *CUT[4:]),  # a row more
    ],
)
def test_names_that_are_not_are_left_alone(rows: tuple[tuple[str, ...], ...]) -> None:
    lines = lines_of(printed(rows))
    assert completed(lines, labels_of(FORM)) == (lines, frozenset())


def test_a_name_of_which_hardly_a_letter_is_left_is_doubted() -> None:
    readings = read((*CUT[:3], ("件", "4", "5", "6"), *CUT[4:]))
    assert (readings[3].text, readings[3].certainty) == ("4", Certainty.INFERRED)
    assert readings[3].why is not None and "没有印全" in readings[3].why.zh


def test_only_pages_are_cut() -> None:
    assert not read((*CUT[:3], ("件", "4", "5", "6"), *CUT[4:]), page=0).get(3)
