"""The narrative as HTML: sections, headings, places of placeholders; plain text renders as the parser renders it."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.narrative import html as prose
from generator.narrative.markdown_notes import Heading, Placeholder
from tests.narrative.rendered import KNOWN, read


def test_sections_and_headings() -> None:
    text = "前言\n\n## 一、总体情况\n### （一）收{{表三.新收}}件\n正文\n\n###  **乙**  \n## 2、 主动\n#### 丁\n"
    page = read(text)
    assert page.preface == "<p>前言</p>\n"
    assert [(section.title, section.line) for section in page.sections] == [("一、总体情况", 3), ("2、 主动", 8)]
    assert page.sections[0].headings == (Heading(3, "（一）收22件", 4, "s1-1"), Heading(3, "乙", 7, "s1-2"))
    assert page.sections[1].headings == (Heading(4, "丁", 9, "s2-1"),)
    assert page.sections[0].html == (
        '<h3 id="s1-1">（一）收<b>22</b>件</h3>\n<p>正文</p>\n<h3 id="s1-2"><strong>乙</strong></h3>\n'
    )


def test_a_section_head_is_known_however_it_is_spelt() -> None:
    assert [section.title for section in read("甲\n ##  一 ##\n乙\n##\t二\n丙").sections] == ["一", "二"]


def test_a_title_inside_is_set_down() -> None:
    page = read("## 一\n# 标题\n> ## 引\n")
    assert [f.rule for f in page.findings] == ["MD-HEADING", "MD-HEADING"]
    assert "<h1" not in page.sections[0].html
    assert "<h2" not in page.sections[0].html


def test_placeholders_know_their_place() -> None:
    text = "甲{{表三.新收}}\n\n## 共{{ 无 }}\n\n  - 乙{{表三.新收}}和**{{无}}**\n\n|甲|乙|\n|-|-|\n|{{无}}|{{无}}|\n"
    assert read(text).placeholders == (
        Placeholder("表三.新收", 1, 2),
        Placeholder("无", 3, 5),
        Placeholder("表三.新收", 5, 6),
        Placeholder("无", 5, 18),
        Placeholder("无", 9, 2),
        Placeholder("无", 9, 8),
    )


def test_a_title_with_a_placeholder_is_plain_text() -> None:
    assert read("## {{引号}}甲").sections[0].title == '"<甲'


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        *("[" * 20_000, "![](" * 10_000, "**a" * 20_000, "{{" * 30_000, "<a " * 20_000, "{{a}}" * 12_000),
        *(">" * 20_000, "[{{a}}](x)" * 6_000, "![{{a}}](a.png)" * 4_000, "甲\n" * 30_000, "### 甲\n" * 10_000),
        "|{{a}}" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|{{a}}" * 5_000,
    ],
    ids=range(12),
)
def test_hostile_repetition_takes_no_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


# ---------------------------------------------------------------- plain text against the parser

PIECE = st.sampled_from(
    [
        *("甲", "正文。", "a", "12", "1. ", "1、", "（一）", "{{表三.新收}}", "{{图片.1}}", "{{无}}", "{{ }}"),
        *("{", "}", "{{", "}}", "\n", "\n\n", "\n\n", "\n## ", "\n### ", "\n#### ", "\n# ", "##", "#", " ", "  "),
        *("\t", "\u3000", "\n\u3000\u3000", "**", "*", "_", "[", "]", "](http://a.cn)", "![图](a.png)", "![](../a)"),
        *("<b>", "<", ">", "&amp;", "&", '"', "'", "\\", "|", "\n|-|-|\n", "\n- ", "\n> ", "\n---\n", "===", "~"),
        *("`", "=", "+", ":", "-", "\u2028", "\xa0", "\x0c", "\0", "\n[a]: javascript:x\n", "[a]", "…", "——", "“"),
        *("”", "\r\n", "\r", "!"),
    ]
)


def same(text: str) -> None:
    assert read(text) == prose._read_whole(text.replace("\r\n", "\n").replace("\r", "\n"), "report.md", KNOWN.get)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(PIECE, max_size=24).map("".join))
@example("——|")
@example("　：|——")
def test_any_text_is_read_by_sections_as_by_the_parser(text: str) -> None:
    same(text)


PLAIN = st.sampled_from(
    [
        "正文，甲乙。",
        "2020年",
        "{{表三.新收}}",
        "{{图片.1}}",
        "“引”",
        "a > b",
        "\u3000",
        " ",
        "1、",
        "1. ",
        "{{ 无 }}",
        '"',
        "#",
        "}",
    ]
)
LINE = st.builds(
    "{}{}".format,
    st.sampled_from(["", "", "", "\u3000\u3000", "  ", "\t", "### ", "## ", "#### ", "###\t", "###### "]),
    st.lists(PLAIN, max_size=5).map("".join),
)


@pytest.mark.slow
@settings(max_examples=200)
@given(
    st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n\n", "\n\n", "\n \n"])).map("".join), max_size=12).map("".join)
)
def test_plain_text_is_read_as_by_the_parser(text: str) -> None:
    same(text)


@pytest.mark.parametrize(
    ("title", "rule", "left"),
    [("一、![总体](a.png)情况", "MD-PICTURE", "一、情况"), ("[一、总体情况](https://a.cn)", "MD-LINK", "一、总体情况")],
)
def test_what_the_title_of_a_section_cannot_show_is_told(title: str, rule: str, left: str) -> None:
    page = read(f"## {title}\n\n正文")
    assert (page.sections[0].title, page.pictures) == (left, ())
    assert [(f.rule, f.place.line) for f in page.findings] == [(rule, 1)]
