"""The narrative in plain text: figures in place, marks gone, every offset still at its line and column."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.manuscript import Passage, passages

FIGURES = {"表三.本年新收.总计": "22", "图片.1": ""}


def read(text: str) -> tuple[Passage, ...]:
    return passages(text, FIGURES.get)


def test_lines_know_their_section_and_kind() -> None:
    text = "引言。\n\n## 一、总体情况\n\n### （一）主动公开\n\n正文。\n\n| 甲 | 乙 |\n- 其一\n## 二、主动公开\n末。\n"
    assert [(p.section, p.kind, p.line, p.text) for p in read(text)] == [
        (0, "text", 1, "引言。"),
        (1, "title", 3, "一、总体情况"),
        (1, "heading", 5, "（一）主动公开"),
        (1, "text", 7, "正文。"),
        (1, "table", 9, "| 甲 | 乙 |"),
        (1, "text", 10, "其一"),
        (2, "title", 11, "二、主动公开"),
        (2, "text", 12, "末。"),
    ]


def test_a_bound_figure_stands_as_printed_and_points_at_its_placeholder() -> None:
    (passage,) = read("收到{{表三.本年新收.总计}}件，全部答复。")
    assert passage.text == "收到22件，全部答复。"
    assert passage.is_bound(2, 4) and not passage.is_bound(4, 5)
    assert passage.place(3) == (1, 3), "within the figure: its placeholder"
    assert passage.place(passage.text.index("全部")) == (1, "收到{{表三.本年新收.总计}}件，全部".index("全部") + 1)


def test_marks_go_and_unknown_names_stay() -> None:
    (passage,) = read("**注意：**见[本局网站](http://example.gov.cn/a)，{{没有}}，![大厅](1.jpg)，3 \\* 4。")
    assert passage.text == "注意：见本局网站，{{没有}}，大厅，3 * 4。"
    assert passage.place(passage.text.index("本局")) == (1, 10)


@given(st.text(alphabet="字{}*[]()!`\\#|- 1\n", max_size=80))
def test_any_text_reads_and_every_offset_has_a_place_within_its_line(text: str) -> None:
    lines = text.split("\n")
    for passage in read(text):
        for at in range(len(passage.text)):
            line, column = passage.place(at)
            assert 1 <= column <= len(lines[line - 1]) + 1


@given(st.text(alphabet="字{}*[]()!`\\#|-> 1\n", max_size=60))
def test_a_character_outside_marks_is_found_where_it_stands(text: str) -> None:
    lines = text.split("\n")
    for passage in read(text):
        for at, character in enumerate(passage.text):
            line, column = passage.place(at)
            if not passage.is_bound(at, at + 1):
                assert lines[line - 1][column - 1] == character
