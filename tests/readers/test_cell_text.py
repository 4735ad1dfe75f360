"""Makes the text of a cell: plain lines, and what is marked kept apart."""

from __future__ import annotations

import pytest

from generator.readers.cell_text import cell_text, figure, picture_line, small_beside
from generator.readers.document import Mark, Piece


def test_lines_are_stripped_and_those_without_plain_text_left_out() -> None:
    made = cell_text([[Piece("99", mark=Mark.STRUCK)], [Piece("22"), Piece("93 ")]])
    assert made.lines == ["2293"] and made.raw == "〔划去：99〕\n2293" and made.doubt is not None
    assert cell_text([[Piece("本年")], [Piece("数量")]]) == (["本年", "数量"], "", None)


def test_a_cell_of_marked_text_alone_is_blank_and_doubted() -> None:
    made = cell_text([[Piece("1", mark=Mark.RAISED)]])
    assert made.lines == [] and made.doubt is not None and "上标“1”" in made.doubt.zh


@pytest.mark.parametrize(
    ("text", "number"),
    [("2293", True), (" 0.5万元", True), ("２２", True), ("22件", True), ("1.属于国家秘密", False), ("", False)],
)
def test_figures_with_or_without_a_unit(text: str, number: bool) -> None:
    assert figure(text) == number


def test_a_picture_in_a_cell_is_doubted_and_is_no_word() -> None:
    """A figure may be in it: 公式 pasted as a picture, a scanned number."""
    made = cell_text([[Piece("5")], picture_line([Piece("示例图", picture="a.png")])])
    assert made.lines == ["5"] and made.raw == "5\n〔图片或对象：示例图〕" and made.doubt is not None
    assert cell_text([picture_line([Piece("", picture="a.png")])]).raw == "〔图片或对象：没有说明〕"
    assert picture_line([Piece("甲")]) == [] and picture_line([], 1)[0].text == "嵌入的对象"


@pytest.mark.parametrize(
    ("pieces", "plain", "raw"),
    [
        ([("22", 16), ("1", 13)], "22", "22〔小字：1〕"),
        ([("1", 8), ("22", 16)], "22", "〔小字：1〕22"),
        ([("2", 16), ("9", 8), ("2", 16), ("件", 16)], "22件", "2〔小字：9〕2件"),
        ([("22", 16), ("1", 15)], "221", ""),  # nobody sees that
        ([("221", 10)], "221", ""),
        ([("221", 16), ("件", 8)], "221件", ""),
        ([("22", 0), ("1", 8)], "221", ""),  # one size is not known
        ([("（一）", 16), ("1", 8), ("项目", 16)], "（一）1项目", ""),  # no figure
    ],
)
def test_digits_clearly_smaller_than_others_are_not_part_of_the_figure(
    pieces: list[tuple[str, float]], plain: str, raw: str
) -> None:
    made = cell_text([[Piece(text, size=size) for text, size in pieces]])
    assert ("".join(made.lines), made.raw) == (plain, raw)
    assert (made.doubt is not None) == bool(raw)


@pytest.mark.parametrize(
    ("pieces", "marked"),
    [
        ([("共2293", 16), ("1件", 10)], [("共2293", None), ("1", Mark.SMALL), ("件", None)]),
        ([("共1", 10), ("2293件", 16)], [("共", None), ("1", Mark.SMALL), ("2293件", None)]),
        ([("共22", 16), ("93件", 16)], [("共22", None), ("93件", None)]),
        ([("共22", 16), ("（注1）", 10)], [("共22", None), ("（注1）", None)]),
        ([("共22", 0), ("93", 10)], [("共22", None), ("93", None)]),
    ],
)
def test_in_running_text_small_digits_that_touch_others_are_marked(
    pieces: list[tuple[str, float]], marked: list[tuple[str, Mark | None]]
) -> None:
    made = small_beside(Piece(text, size=size) for text, size in pieces)
    assert [(piece.text, piece.mark) for piece in made] == marked
    assert not any(piece.size for piece in made)
