"""The narrative in plain text: figures in place, marks gone, every offset still at its line and column."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.plain_text import Passage, PlainNarrative, join, passages

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


def test_titles_of_pictures_and_links_are_read_too() -> None:
    text = "甲![大厅](1.jpg \"办事大厅\")乙[丙](http://a.cn '说明')，![丁](2.jpg)"
    words, *titles = read(text)
    assert words.text == "甲大厅乙丙，丁"
    assert [(title.text, title.place(0)) for title in titles] == [
        ("办事大厅", (1, text.index("办事") + 1)),
        ("说明", (1, text.index("说明") + 1)),
    ]


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


@given(
    st.lists(st.sampled_from(["{{表三.本年新收.总计}}", "{{ 没有 }}", "字", "{", "}}", " ", "{{", "1"]), max_size=12)
)
def test_the_fast_way_for_lines_with_figures_only_equals_the_other(tokens: list[str]) -> None:
    line = "字" + "".join(tokens)
    fast, slow = read(line), read(line + "`")  # the mark sends it the other way, and leaves nothing behind
    assert [(p.text, p.bound) for p in fast] == [(p.text, p.bound) for p in slow]
    assert [p.place(at) for p in fast for at in range(len(p.text))] == [
        p.place(at) for p in slow for at in range(len(p.text))
    ]


def plain_of(text: str) -> PlainNarrative:
    return join(read(text), (("示例标题", 3, 5), ("0533-4110087", 9, 7)))


def test_all_words_as_one_text() -> None:
    plain = plain_of("引言。\n\n## 一、总体情况\n\n正文甲。\n\n正文乙{{表三.本年新收.总计}}。")
    assert plain.text == "引言。\n一、总体情况\n正文甲。\n正文乙22。\n示例标题\n0533-4110087"
    assert plain.text[: plain.preface] == "引言。\n" and plain.text[plain.narrative :] == "示例标题\n0533-4110087"
    assert plain.sections == {0: "引言。", 1: "正文甲。\n正文乙22。"}
    places = {word: plain.at(plain.text.index(word)) for word in ("甲", "22", "标题", "4110087")}
    assert {word: (passage.kind, *passage.place(within)) for word, (passage, within) in places.items()} == {
        "甲": ("text", 5, 3),
        "22": ("text", 7, 4),
        "标题": ("typed", 3, 7),
        "4110087": ("typed", 9, 12),
    }


def test_runs_of_letters_and_digits() -> None:
    plain = plain_of("电话１３８-00，见C:/Users/a b和12、www.example.gov.cn?x，甲 乙，86.99%。")
    assert plain.narrow == plain.text.replace("１３８", "138")
    assert plain.latin.split("\n") == ["138-00", "C:/Users/a b", "www.example.gov.cn", "86.99%", "0533-4110087"]
    assert plain.spelt == plain.latin and "1234" not in plain_of("共1234件").spelt


def test_nothing_is_a_text_too() -> None:
    empty = join((), ())
    assert (empty.text, empty.preface, empty.narrative, empty.latin, empty.sections) == ("", 0, 0, "", {})


@given(st.text(alphabet="字1a .?\n０＠", max_size=40))
def test_no_run_of_digits_is_lost(text: str) -> None:
    plain = plain_of("字" + text.replace("\n", "\n字"))
    for run in re.findall(r"[0-9]{3,}", plain.narrow):
        assert run in plain.latin
