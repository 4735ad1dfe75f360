"""Reading tables.yaml: its date, its texts as typed, and whether it is a draft."""

from __future__ import annotations

import pytest

from generator.report.reader import is_draft
from tests.example import entry, report, tables


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
