"""Marks that just miss their form: each is told with its place and the right form, ordinary words are left alone."""

from __future__ import annotations

import time

import pytest

from generator.finding import Level
from generator.narrative.slips import MOST_IN_A_LINE, slips_in
from tests.narrative.rendered import read, rules

BRACES = [
    ("收到{表三.本年新收.总计}件", 3),
    ("收到{指标.次数}次", 3),
    ("收到{本年新收.总计}件", 3),
    ("收到｛｛表三.本年新收.总计｝｝件", 3),
    ("收到｛表三.本年新收.总计｝件", 3),
    ("收到{｛表三.本年新收.总计｝}件", 3),
    ("收到{ {表三.本年新收.总计} }件", 3),
    ("收到{{表三.本年新收.总计}件", 3),
    ("收到{{表三.新收件", 3),
    ("收到表三.新收}}件", 8),
    ("收到{{}}件", 3),
    ("收到{{ }}件", 3),
    ("收到{{{表三.新收}}}件", 3),
    ("收到{{表三.新收}}}件", 12),
    ("收到{{表三.\n新收}}件", 3),
    ("收到【【表三.新收】】件", 3),
    ("收到《《指标.次数》》件", 3),
    ("收到（（表三．新收））件", 3),
    ("收到表三.本年新收.总计件", 3),
    ("收到【表三.本年新收.总计】件", 4),
]


@pytest.mark.parametrize(("text", "column"), BRACES, ids=[text for text, _ in BRACES])
def test_braces_that_are_no_placeholder_are_an_error(text: str, column: int) -> None:
    found = [finding for finding in read(text).findings if finding.rule == "MD-BRACES"]
    assert (found[0].place.line, found[0].place.column, found[0].level) == (1, column, Level.ERROR)
    assert "{{" in found[0].message.zh.partition("写成")[2]


@pytest.mark.parametrize("line", ["收到\\{{表三.新收}}件", "收到{{.note}}件", "收到{{指标._甲_}}件"])
def test_a_figure_hides_no_slip_before_it_or_within_it(line: str) -> None:
    assert len(list(slips_in([line]))) == 1


def test_the_right_form_is_told_with_the_name_typed() -> None:
    assert "“{{表三.本年新收.总计}}”" in read("{表三.本年新收.总计}").findings[0].message.zh
    assert "“{{指标.次数}}”" in read("｛｛ 指标.次数 ｝｝").findings[0].message.zh


@pytest.mark.parametrize(
    ("rule", "text", "column"),
    [
        ("MD-MARK", "###（六）没有空格的小标题", 1),
        ("MD-MARK", "##二、主动公开", 1),
        ("MD-MARK", "#标题", 1),
        ("MD-MARK", "####### 七级", 1),
        ("MD-MARK", "＃＃＃ 标题", 1),
        ("MD-MARK", "\u3000\u3000### 标题", 3),
        ("MD-MARK", "###\u3000标题", 1),
        ("MD-MARK", "用`代码`写", 2),
        ("MD-MARK", "如下[^1]。", 3),
        ("MD-MARK", "＊＊重点＊＊", 1),
        ("MD-MARK", "**没有关上", 1),
        ("MD-MARK", "前** 重点 **后", 2),
        ("MD-MARK", "收到~~99~~22件", 3),
        ("MD-MARK", "==重点==", 1),
        ("MD-MARK", "甲++新增++乙", 2),
        ("MD-MARK", "[TOC]", 1),
        ("MD-MARK", "~~~", 1),
        ("MD-MARK", "重点{.red}", 3),
        ("MD-LINK", "[附件]: /fujian.pdf", 1),
        ("MD-MARK", ":::tip", 1),
        ("MD-MARK", "=====", 1),
        ("MD-MARK", "见[[附件]]", 2),
        ("MD-MARK", "- [ ] 待办", 1),
        ("MD-MARK", "{% include 甲 %}", 1),
        ("MD-MARK", "全年__重点__工作", 3),
        ("MD-MARK", "（_重点_）", 2),
        ("MD-MARK", "%%待删%%", 1),
        ("MD-MARK", "// 待删", 1),
        ("MD-MARK", "如上^[注]。", 3),
        ("MD-MARK", "---\n标题: 甲\n---\n\n正文", 1),
        ("MD-LINK", "！[大厅](1.jpg)", 2),
        ("MD-LINK", "见[附件](附件 1.pdf)", 2),
        ("MD-LINK", "见[附件](附件1.pdf)", 2),
        ("MD-LINK", "见[附件]（https://a.cn）", 2),
        ("MD-LINK", "见【附件】(https://a.cn)", 2),
        ("MD-LINK", "见[附件] (https://a.cn)", 2),
        ("MD-LINK", "[附件]: https://a.cn", 1),
        ("MD-TABLE", "｜名称｜数｜", 1),
        ("MD-HTML", "甲&nbsp;乙", 2),
    ],
)
def test_a_mark_that_just_misses_its_form_is_told(rule: str, text: str, column: int) -> None:
    assert rules(text) == [(rule, 1, column)]
    assert all(finding.level is Level.WARNING for finding in read(text).findings)


def test_a_full_width_table_is_told_once() -> None:
    assert rules("｜名称｜数｜\n｜---｜---｜\n｜甲｜1｜") == [("MD-TABLE", 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "### （六）小标题",
        "收到{{表三.新收}}件，{{ 表三.新收 }}件{{表三.新收}}{{图片.1}}",
        "集合{1，2}与{甲}",
        "[注]: 本报告数据截至2021年底",
        "【注】（见附件）",
        "国办发〔2021〕30号[2021]",
        "排名第#3，C#",
        "7~8月~9月，甲==乙，1 == 1，C++和G++，[注]，3+4++5",
        "**重点**和[名称](https://a.cn)",
        "A｜B",
        "---\n\n正文\n\n---",
        "填报人：____ 审核人：____",
        "文件a_b_c.docx和附件_甲_乙",
        "见附表（表三.受理）和表三。二级指标.其他",
        "增长20%%左右，比20%%多；http://a.cn//b",
        "如下\\[^1\\]，\\`甲\\`，\\[附件\\]（https://a.cn）",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert rules(text) == []


def test_a_line_of_nothing_else_gives_a_few_findings_fast() -> None:
    start = time.process_time()
    for piece in (
        "{{",
        "{表一.",
        "｛｛",
        "}}",
        "[^",
        "[a](",
        "＊＊",
        "【a】（",
        "{{a}}",
        "{{a}",
        "\\{",
        "｜",
        "{a.",
        "~~",
        "~~a",
        "==",
        "==a",
        "++",
        "[[",
        "[[a",
        "{%",
        ":::",
        "_a",
        "__a",
        "%%a",
        "^[",
        "^[a",
        "《《表三.",
        "表三.a",
        "表三.（",
    ):
        assert len(list(slips_in([piece * 20_000]))) <= MOST_IN_A_LINE + 1
    assert time.process_time() - start < 3
