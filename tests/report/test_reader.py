"""Reading tables.yaml: figures in either notation, and what is left of a file with mistakes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.finding import Level
from generator.report.reader import is_draft
from tests.example import entry, findings, prose, report, tables


def test_figures_of_a_list_may_stand_without_brackets() -> None:
    text = tables(2016).replace("[", "").replace("]", "")
    assert "收到申请数: 3\n" in text and findings(2016, text) == []
    made = report(2016, text)
    index = [slot.name for slot in made.sheets[0].table.slots].index("统计表.收到申请数")
    line, column = made.sheets[0].mark(index)
    assert text.splitlines()[line - 1][column - 1 :] == "3"


def test_a_list_without_some_rows_or_left_out_never_blocks() -> None:
    """Its labels are unproven, and offices did publish local tables instead."""
    short = "\n".join(line for line in tables(2016).splitlines() if "微博微信回应数" not in line)
    made, found = entry(2016, short)
    assert [(f.rule, f.level) for f in found] == [("ROW-MISSING", Level.NOTE)]
    assert made is not None and made.report.sheets[0].absent == {"微博微信回应数"}
    none = tables(2016).split("统计表:")[0]
    assert [(f.rule, f.level) for f in entry(2016, none, prose(2010))[1]] == [("STR-MISSING", Level.NOTE)]


def test_a_row_reads_the_same_as_a_list_or_by_column_name() -> None:
    listed = report(2021, tables(2021, 表二_规章=[7, "~", "/"]))
    text = tables(2021).replace("规章: [0, 0, 0]", '规章: {现行有效件数: "/", 本年废止件数: ~, 本年制发件数: 7}')
    named = report(2021, text)
    assert named.findings == listed.findings == ()
    assert (named.sheets[0].values, named.sheets[0].texts) == (listed.sheets[0].values, listed.sheets[0].texts)


def test_of_a_row_with_a_mistake_the_other_cells_are_kept() -> None:
    made = report(2021, tables(2021, 表二_规章=[7, "三", 9]))
    assert made.sheets[0].values[:3] == (Decimal(7), None, Decimal(9)) and made.sheets[0].texts[:3] == ("7", "", "9")
    assert [(f.rule, f.place.line, f.place.column) for f in made.findings] == [("FIG-NUMBER", 6, 11)]
    assert made.findings[0].cells[0].row[-1] == "规章" and made.findings[0].message.zh.startswith(
        "表二.规章.本年废止件数："
    )


def test_a_row_that_does_not_match_its_columns_is_blank() -> None:
    made = report(2021, tables(2021, 表二_规章=[7, 8]))
    assert made.sheets[0].values[:3] == (None, None, None) and [f.rule for f in made.findings] == ["ROW-LENGTH"]


INDICATORS = """\
指标:
  热线办结率: {值: 98.5, 单位: "%", 部分: 一, 约数: 是, 分子: 指标.甲, 分母: 指标.乙}
  公开信息数: {值: 1200}
"""


def test_an_indicator_has_its_unit_section_and_parts() -> None:
    rate, number = report(2021, tables(2021) + INDICATORS).indicators
    assert (rate.name, rate.value, rate.unit, rate.section) == ("热线办结率", Decimal("98.5"), "%", "一")
    assert rate.approximate and rate.parts == ("指标.甲", "指标.乙")
    assert (number.text, number.unit, number.approximate, number.parts) == ("1200", "", False, None)


@pytest.mark.parametrize(
    ("typed", "charged"),
    [("1200元", "1200"), ("0.12万元", "1200"), ("1200", "1200"), ("0", "0"), ('"1200 元"', "1200")],
)
def test_a_stated_amount_is_in_yuan_whatever_its_unit(typed: str, charged: str) -> None:
    stated = report(2021, tables(2021) + f"信息处理费: {{总金额: {typed}}}\n").stated
    assert stated is not None and stated.figures["总金额"].text == charged
    assert [name for name, _, _ in stated.missing] == ["信息处理费.发出通知", "信息处理费.实际收取"]


ACCEPTED = """\
接受:
  - {规则: T3-SUM, 位置: [表三.总计.总计, 表三.总计.其他], 原因: " 原文如此 ", 值: "3 4", 批准人: 甲,
     批准日期: 2022-01-05}
  - {规则: T3-ROW, 位置: 表三.总计, 原因: 原文如此}
  - {规则: T3-ROW, 原因: 没有位置}
"""


def test_an_acceptance_needs_a_rule_a_place_and_a_reason() -> None:
    made = report(2021, tables(2021) + ACCEPTED)
    first, second = made.acceptances
    assert (first.rule, first.subjects, first.reason) == ("T3-SUM", ("表三.总计.总计", "表三.总计.其他"), "原文如此")
    assert (first.values, first.approver, first.date) == ("3 4", "甲", "2022-01-05")
    assert (second.subjects, second.values, second.approver) == (("表三.总计",), "", "")
    assert [f.rule for f in made.findings] == ["ACC-INCOMPLETE"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2022-01-09", "2022-01-09"),
        ("2022-01-09 09:30", "2022-01-09 09:30"),
        ("2022-13-09", ""),
        ("2022-01-09 24:00", ""),
        ("2022年1月9日", ""),
        ("~", ""),
    ],
)
def test_the_date_is_kept_where_it_is_well_written(typed: str, read: str) -> None:
    made = report(2021, tables(2021) + f"发文日期: {typed}\n")
    assert made.published == read and [f.rule for f in made.findings] == ["META-DATE"] * (not read and typed != "~")


def test_printed_texts_are_kept_with_their_places() -> None:
    more = "文号: 示例〔2022〕1号\n联系: {电话: 0533-4110087, 传真: ~}\n图片:\n  tu: {说明: 流程图}\n"
    made = report(2021, tables(2021) + more)
    first = tables(2021).count("\n") + 1
    places = {key: (item.text, item.line, item.column) for key, item in made.typed.items() if key != "标题"}
    assert {key: text for key, (text, _, _) in places.items()} == {
        "文号": "示例〔2022〕1号",
        "发布机构": "示例区人民政府",
        "联系.电话": "0533-4110087",
        "图片.tu": "流程图",
    }
    assert places["文号"][1:] == (first, 5) and made.pictures == {"tu": "流程图"}


def test_a_file_full_of_mistakes_is_reported_without_a_search_for_each_name() -> None:
    wrong = "".join(f"重复申清{number}: 1\n" for number in range(300))
    unknown = [f for f in report(2021, tables(2021) + wrong).findings if f.rule == "KEY-UNKNOWN"]
    assert len(unknown) == 300 and "是不是" not in unknown[-1].message.zh


DRAFTS = [
    ("状态: 草稿\n", True),
    ("年度: 2021\n状态: 草稿  # 写完删去\r\n机关: a\n", True),
    ('状态: "草稿"\n', True),
    ("状态: 草稿稿\n", False),
    ("状态：草稿\n", False),
    ("# 状态: 草稿\n", False),
    ("联系:\n  状态: 草稿\n", False),
]


@pytest.mark.parametrize(("text", "draft"), DRAFTS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_draft_is_told_by_its_bytes(text: str, draft: bool, encoding: str) -> None:
    assert is_draft(text.encode(encoding)) is draft


def test_a_state_other_than_draft_is_reported_at_its_line() -> None:
    entered, slips = entry(2021, "状态: 完成\n" + tables(2021))
    assert entered is not None and [(f.rule, f.place.line) for f in slips] == [("KEY-STATE", 1)]
    assert entry(2021, "状态: 草稿\n" + tables(2021))[1] == []


def test_rows_whose_group_is_printed_as_one_may_be_left_out() -> None:
    """A report of 2021 that prints 「（六）其他处理」 as 2019 did: the page shows that row alone."""
    text = tables(2021)
    for key in ("逾期不补正", "逾期不缴费", "其他"):
        text = "\n".join(line for line in text.split("\n") if not line.startswith(f"  {key}: "))
    added = '增加行:\n  - {表: 表三, 行: "（六）其他处理", 之后: 重复申请, 数: [0, 0, 0, 0, 0, 0, 0]}\n'
    for said, level, absent in (
        (text, Level.ERROR, set[str]()),
        (text + added, Level.NOTE, {"逾期不补正", "逾期不缴费", "其他"}),
    ):
        made, found = entry(2021, said)
        assert made is not None and made.report.sheets[1].absent == absent
        assert [f.level for f in found if f.rule == "ROW-MISSING"] == [level]
