"""Every cell that an import marked 待核 and that nobody has checked is named, until the mark is gone."""

from __future__ import annotations

import pytest

from generator.report.review_marks import unchecked
from tests.example import entry, tables

TEXT = """\
#   ~  原表空白        /  不适用        # 待核：读的时候不能完全肯定
年度: 2021
表二:
  规章: [0, 0, 0]
  行政规范性文件: [2, 1, 14]  # 待核：第3格 原文“14①”
表三:
  # 待核：没有找到表三
  本年新收: [3, 0]	#待核
增加行:
  - {表: 表三, 行: "示例", 数: 1}  # 待核：第9行
"""


def marks(text: bytes) -> list[tuple[int, int, str]]:
    return [(f.place.line, f.place.column, f.subject) for f in unchecked(text, "2021/shili/tables.yaml")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_mark_is_named_by_table_and_row(encoding: str) -> None:
    assert marks(TEXT.encode(encoding)) == [
        (5, 24, "表二.行政规范性文件"),
        (7, 3, "表三"),
        (8, 16, "表三.本年新收"),
        (10, 29, "增加行"),
    ]


def test_the_doubt_is_quoted() -> None:
    (first, *_) = unchecked(TEXT.encode(), "f")
    assert first.rule == "IMP-UNCHECKED" and "第3格 原文“14①”" in first.message.zh and "compare it" in first.message.en


def test_a_line_without_the_mark_is_silent_and_so_is_one_whose_mark_was_deleted() -> None:
    assert marks("年度: 2021\n标题: 待核的示例\n".encode()) == []
    text = TEXT.replace("  # 待核：第3格 原文“14①”", "").encode()
    assert [line for line, _, _ in marks(text)] == [7, 8, 10]


def test_a_report_that_is_read_has_them_among_its_findings() -> None:
    text = tables(2021).replace("  规章: [0, 0, 0]", "  规章: [0, 0, 0]  # 待核：示例")
    _, findings = entry(2021, text)
    assert [(f.rule, f.organ, f.year) for f in findings] == [("IMP-UNCHECKED", "shili", 2021)]
