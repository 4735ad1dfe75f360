"""Cleans text: radicals, blanks, stacked labels, headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.text_cleanup import close, cut_address, heading, joined, joined_cell, plain, unstack


@pytest.mark.parametrize(
    ("raw", "made"),
    [
        ("⾏政⺠⽣", "行政民生"),
        ("⻚ ⻋", "页 车"),
        ("门⼾", "门户"),
        ("三︑︵一︶", "三、（一）"),
        ("a\u200bb\ufeffc", "abc"),
        ("a\u00a0 b", "a b"),
        ("\u202e12", "〓12"),
        ("２２", "２２"),
        ("（①）", "（①）"),
        ("㎡", "㎡"),
        ("22", "22"),
    ],
)
def test_plain(raw: str, made: str) -> None:
    assert plain(raw) == made


@given(st.text())
def test_plain_is_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_blanks_beside_wide_characters_go_others_stay() -> None:
    assert close("共 22 件 ， 邮 编 ： 255200 0 22 a b") == "共22件，邮编：255200 0 22 a b"


def test_stacked_labels() -> None:
    assert unstack("三\n、\n本\n年") == "三、本年"
    assert unstack("结果\n维持") == "结果\n维持"
    assert unstack("社\n会\n公益\n组\n织") == "社会公益组织"
    for kept in ("1\n2\n3", "共\n2\n3", "一\n二", "甲乙丙\n丁\n戊", "a\nb\nc"):
        assert unstack(kept) == kept


def test_lines_joined() -> None:
    assert joined(["本年处理", "决定数量"]) == "本年处理决定数量"
    assert joined(["annual", "report"]) == "annual report"
    assert joined(["共22", "件"]) == "共22件"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总体情况", 1),
        ("十一、附则", 1),
        ("（二）部分公开", 2),
        ("（一）加强组织领导，强化考核培训", 2),
        ("(三)其他", 2),
        ("（一）公开情况。本年", 0),
        ("一、", 0),
        ("一是加强", 0),
        ("正文", 0),
        ("一、" + "长" * 50, 0),
    ],
)
def test_headings_by_their_look(text: str, level: int) -> None:
    assert heading(text) == level


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["13", "1"], "13\n1"),
        (["13", "件"], "13件"),
        (["规范性", "文件"], "规范性文件"),
        (["for", "all"], "for all"),
        (["2021", "年"], "2021年"),
        (["第13", "14条", "之二"], "第13\n14条之二"),
        ([], ""),
    ],
)
def test_figures_on_two_lines_of_a_cell_stay_apart(lines: list[str], text: str) -> None:
    assert joined_cell(lines) == text


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("网站（htt", "p://www.example.gov.cn/a）", True),
        ("（http://www.example.gov.cn/channel_c_x", "_n/content_1.html）下载", True),
        ("http://www.example.gov", "cn/a", True),
        ("可以从www.exam", "ple.gov.cn下载", True),
        ("，邮箱：e", "xample_a@b.example.gov.cn", True),
        ("邮箱：example@b", "example.gov.cn", True),
        ("http://www.example.gov.cn/a.htm", "l下载", True),
        ("annual", "report", False),
        ("see", "http://www.example.gov.cn", False),
        ("网址：http://www.example.gov.cn/a.html", "12345热线", False),
        ("写信到 office", "abc@example.gov.cn", False),
        ("共22", "件", False),
        ("", "www.example.gov.cn", False),
        ("WPS", "Office 2019", False),
    ],
)
def test_an_address_is_cut_by_a_line_end_and_words_are_not(before: str, after: str, cut: bool) -> None:
    assert cut_address(before, after) is cut
