"""Tokens as HTML: line breaks between Chinese, pictures, tables as words."""

from __future__ import annotations

import pytest

from generator.narrative.html import read_prose
from generator.narrative.markdown_notes import FreeTable
from tests.narrative.rendered import KNOWN, html, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一行\n第二行", "第一行第二行"),
        ("第一行，\n“第二行”", "第一行，“第二行”"),
        ("2020\n年", "2020 年"),
        ("one\ntwo", "one two"),
        ("**粗**\n下一行", "<strong>粗</strong>下一行"),
        ("甲  \n乙", "甲<br>\n乙"),
        ("共\n{{表三.新收}}", "共 <b>22</b>"),
    ],
)
def test_a_line_break_between_chinese_is_nothing(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_pictures() -> None:
    page = read("![说明](图一.png)\n\n甲![乙](b.JPG)![](c.webp)")
    assert page.preface == (
        '<figure><img src="%E5%9B%BE%E4%B8%80.png" alt="说明" loading="lazy"><figcaption>说明</figcaption></figure>\n'
        '\n<p>甲<img src="b.JPG" alt="乙" loading="lazy"><img src="c.webp" alt="" loading="lazy"></p>\n'
    )
    assert page.pictures == ("图一.png", "b.JPG", "c.webp")
    assert [(f.rule, f.place.line, f.place.column) for f in page.findings] == [("A11Y-ALT", 3, 13)]


def test_a_table_is_kept_as_words_too() -> None:
    prose = read_prose(
        "|甲|\n|-|\n|1|\n\n## 一、总体\n\n表: 乙表\n|渠道|数量|\n|-|-:|\n|网站|**{{表三.新收}}**|\n|公报||\n",
        "report.md",
        KNOWN.get,
    )
    assert prose.tables == (
        FreeTable(0, "", ("甲",), (("1",),)),
        FreeTable(1, "乙表", ("渠道", "数量"), (("网站", "22"), ("公报", ""))),
    )
