"""Joins rows that a page break cut in two."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids, rules, table

LABEL = (50, 134)  # six characters of 12 points and its padding
FIGURES = ((134, 184), (184, 234))


def part(*rows: tuple[str, str, str], top: int = 100, high: int = 30) -> str:
    """The rows of a ruled table: a label of one line and two figures."""
    drawn = ""
    for number, (label, *figures) in enumerate(rows):
        y = top + high * number
        drawn += box(LABEL[0], y, LABEL[1], y + high) + text(LABEL[0] + 6, y + 20, label)
        for (x0, x1), figure in zip(FIGURES, figures, strict=True):
            drawn += box(x0, y, x1, y + high) + text(x0 + 6, y + 20, figure)
    return drawn


def parts(*pages: str) -> list[list[list[str]]]:
    return [table(grid) for grid in grids(read(pdf(*pages), "a.pdf", LIMITS))]


def test_the_halves_of_a_row_are_one_again_wherever_its_figures_stand() -> None:
    whole = [["1.甲", "4", "0"], ["2.没有现成信息", "3", "5"]]
    for above, below in ((("3", "5"), ("", "")), (("", ""), ("3", "5"))):
        pages = part(("1.甲", "4", "0"), ("2.没有现成", *above)), part(("信息", *below), ("3.乙", "0", "1"))
        assert parts(*pages) == [[*whole[:1], ["2.没有现成信息", "3", "5"]], [["3.乙", "0", "1"]]]


def test_figures_with_their_units_or_remarks_belong_to_the_row_whose_name_stands_above() -> None:
    """They were taken for words: the row kept its blanks with certainty, and the figures had no row."""
    for three, five in (("3件", "5件"), ("3宗", "5万元"), ("3(注)", "0(注)")):
        pages = part(("1.甲", "4", "0"), ("2.没有现成", "", "")), part(("", three, five), ("3.乙", "0", "1"))
        assert parts(*pages) == [[["1.甲", "4", "0"], ["2.没有现成", three, five]], [["3.乙", "0", "1"]]]


def test_a_row_over_three_pages_takes_in_the_page_that_has_nothing_else() -> None:
    pages = part(("2.申请人逾", "3", "5")), part(("期未按收费", "", "")), part(("通知", "", ""), ("3.乙", "0", "1"))
    assert parts(*pages) == [[["2.申请人逾期未按收费通知", "3", "5"]], [["3.乙", "0", "1"]]]


def test_a_repeated_header_stands_between_the_halves() -> None:
    header = ("信息内容", "甲", "乙")
    pages = (
        part(header, ("1.丙", "1", "2"), ("2.没有现成", "3", "5")),
        part(header, ("信息", "", ""), ("3.丁", "0", "1")),
    )
    assert parts(*pages) == [
        [list(header), ["1.丙", "1", "2"], ["2.没有现成信息", "3", "5"]],
        [list(header), ["3.丁", "0", "1"]],
    ]


def test_a_new_row_without_figures_is_no_half() -> None:
    pages = part(("1.甲甲甲甲", "3", "5")), part(("2.乙", "", ""))
    assert parts(*pages) == [[["1.甲甲甲甲", "3", "5"]], [["2.乙", "", ""]]]


@pytest.mark.parametrize("between", ["", text(50, 70, "三、结果")])
def test_where_it_cannot_be_told_the_empty_cells_are_in_doubt(between: str) -> None:
    """A label without a number below a label that is not full; words between the parts settle it."""
    _, below = grids(read(pdf(part(("规章", "3", "5")), between + part(("规范文件", "", ""))), "a.pdf", LIMITS))
    assert table(below) == [["规范文件", "", ""]]
    assert [cell.doubt is not None for cell in below.rows[0]] == [False, not between, not between]


def test_figures_on_both_pages_are_two_rows() -> None:
    pages = part(("1.甲甲甲甲", "3", "5")), part(("乙", "1", "2"))
    assert parts(*pages) == [[["1.甲甲甲甲", "3", "5"]], [["乙", "1", "2"]]]


def test_figures_shared_out_between_the_halves_are_one_row() -> None:
    """A figure on the second line of its cell, below one struck out, moves to the next page alone."""
    pages = part(("2.没有现成", "3", "")), part(("信息", "", "5"), ("3.乙", "0", "1"))
    assert parts(*pages) == [[["2.没有现成信息", "3", "5"]], [["3.乙", "0", "1"]]]


def test_figures_that_complete_each_other_are_in_doubt_where_the_label_does_not_tell() -> None:
    above, below = grids(read(pdf(part(("规章", "3", "")), part(("文件", "", "5"))), "a.pdf", LIMITS))
    assert [[cell.doubt is not None for cell in grid.rows[0]] for grid in (above, below)] == [
        [False, False, True],
        [False, True, False],
    ]
    above, below = grids(read(pdf(part(("1.规章", "3", "")), part(("2.文件", "", "5"))), "a.pdf", LIMITS))
    assert not any(cell.doubt for grid in (above, below) for cell in grid.rows[0]), "the number begins a new row"


def test_a_label_that_spans_rows_on_both_pages_is_one_again() -> None:
    def spanning(label: str, *rows: tuple[str, str]) -> str:
        drawn = box(50, 100, 122, 100 + 30 * len(rows)) + text(56, 120, label)
        for number, (name, figure) in enumerate(rows):
            y = 100 + 30 * number
            drawn += box(122, y, 222, y + 30) + text(128, y + 20, name)
            drawn += box(222, y, 272, y + 30) + text(228, y + 20, figure)
        return drawn

    above, below = spanning("三、本年度", ("甲", "1"), ("乙", "2")), spanning("办理结果", ("丙", "3"), ("丁", "4"))
    assert parts(above, below) == [
        [["三、本年度办理结果", "甲", "1"], ["三、本年度办理结果", "乙", "2"]],
        [["", "丙", "3"], ["", "丁", "4"]],
    ]


def test_joining_leaves_no_finding_of_cells_read_by_position() -> None:
    assert "IMP-UNCERTAIN" not in rules(
        read(pdf(part(("2.没有现成", "3", "5")), part(("信息", "", ""))), "a.pdf", LIMITS)
    )


@pytest.mark.parametrize(("above", "below"), [("2.重复", ""), ("2.重复（甲", "乙）"), ("2.", "重复")])
def test_figures_cut_through_by_a_page_break_are_in_doubt_as_one_cell(above: str, below: str) -> None:
    """71 above and 9 below may be 719, and are not 71."""
    made = grids(
        read(pdf(part(("1.甲", "4", "0"), (above, "71", "8")), part((below, "9", ""), ("3.乙", "0", "1"))), "a", LIMITS)
    )
    assert [table(grid) for grid in made] == [[["1.甲", "4", "0"], [above + below, "719", "8"]], [["3.乙", "0", "1"]]]
    assert made[0].rows[1][1].text == "71\n9"
    assert [cell.doubt is not None for cell in made[0].rows[1]] == [False, True, False]


def test_figures_on_both_pages_are_in_doubt_where_the_label_may_go_on() -> None:
    made = grids(read(pdf(part(("2.没有现成", "71", "8")), part(("信息", "9", "0"), ("3.乙", "0", "1"))), "a", LIMITS))
    rows = [made[0].rows[0], made[1].rows[0]]
    assert all(cell.doubt is not None for row in rows for cell in row[1:])


def test_a_header_at_the_foot_of_a_page_is_no_half_of_figures() -> None:
    pages = part(("", "维持", "纠正")), part(("", "9", "3"))
    assert parts(*pages) == [[["", "维持", "纠正"]], [["", "9", "3"]]]


SPANS = (50, 134, 184, 234)


def head(*rows: list[tuple[int, int, int, str]]) -> str:
    """Rows at the foot of a page: (first column, last, rows it reaches down, words) of each cell."""
    drawn = ""
    for number, cells in enumerate(rows):
        y = 700 + 30 * number
        for first, last, down, words in cells:
            low = y + 30 * down if down else 760  # 0: to the foot of the page, where it goes on
            drawn += box(SPANS[first], y, SPANS[last], low) + text(SPANS[first] + 4, y + 20, words)
    return drawn


def test_a_head_that_stands_alone_at_the_foot_of_a_page_is_joined_with_its_rows() -> None:
    """Its table was not recognised, and all its figures were missing."""
    whole = head([(0, 1, 2, "名称"), (1, 3, 1, "行政复议")], [(1, 2, 1, "维持"), (2, 3, 1, "纠正")])
    named = [["名称", "行政复议", "行政复议"], ["名称", "维持", "纠正"]]
    for figures in (("4", "0"), ("4", "")):
        assert parts(whole, part(("甲", *figures))) == [[*named, ["甲", *figures]]]
    broken = head([(0, 3, 1, "情况")], [(0, 1, 0, "名称"), (1, 3, 1, "行政复议")])
    below = part(("", "维持", "纠正"), ("甲", "4", "0"))
    assert parts(broken, below) == [
        [["情况"] * 3, ["名称", "行政复议", "行政复议"], ["名称", "维持", "纠正"], ["甲", "4", "0"]]
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([(0, 1, 1, "名称"), (1, 2, 1, "维持"), (2, 3, 1, "4")], ("甲", "4", "0")),  # has a figure
        ([(0, 1, 1, "名称"), (1, 2, 1, "维持"), (2, 3, 1, "")], ("甲", "4", "0")),  # a row without figures
        ([(0, 1, 1, "名称"), (1, 2, 1, "维持"), (2, 3, 1, "纠正")], ("名称", "维持", "纠正")),  # printed again
        ([(0, 1, 1, "名称"), (1, 3, 1, "行政复议")], ("甲", "乙", "丙")),  # no figures at all
        ([(0, 1, 1, "名称"), (1, 2, 1, "维持")], ("甲", "4", "0")),  # with a hole
    ],
    ids=str,
)
def test_other_parts_without_figures_stay_apart(
    above: list[tuple[int, int, int, str]], below: tuple[str, str, str]
) -> None:
    assert len(parts(head(above, [(0, 3, 1, "示例")]), part(below))) == 2
