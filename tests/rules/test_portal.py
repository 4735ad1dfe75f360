from __future__ import annotations

import pytest

from generator.diagnostic import Level
from tests.example import prose
from tests.rules.words import found, in_paragraph, with_said

INDEXES = [
    ("113703040042180156/2025-5504304", 0),
    ("113703040042180156/2021-None", 1),
    ("113703040042180156/2023-5335442.0", 1),
    ("113703040042180155/2025-5504304", 1),
]


@pytest.mark.parametrize(("index", "expected"), INDEXES)
def test_index_numbers(index: str, expected: int) -> None:
    hits = found("PUB-INDEX", None, with_said(f"索引号: {index}"))
    assert [(f.place.column, f.values, f.level) for f in hits] == [(6, index, Level.WARNING)] * expected


DATES = [
    ("2022-01-31", []), ("2022-03-31 09:30", []),
    ("2022-04-01", [(Level.NOTE, "发文日期2022-04-01：晚于法定期限次年3月31日")]),
    ("2021-12-31", [(Level.WARNING, "发文日期2021-12-31：报告年度2021年还没有结束")]),
    ("2022-02-29", [(Level.WARNING, "发文日期2022-02-29：没有这一天")]),
    ("2022-04-31", [(Level.WARNING, "发文日期2022-04-31：没有这一天")]),
    ("2024-02-29", [(Level.NOTE, "发文日期2024-02-29：晚于法定期限次年3月31日")]),
]  # fmt: skip


@pytest.mark.parametrize(("date", "expected"), DATES)
def test_dates(date: str, expected: list[tuple[Level, str]]) -> None:
    assert [(f.level, f.message.zh) for f in found("PUB-DATE", None, with_said(f"发文日期: {date}"))] == expected


LINKS = [
    ("见[示例](https://www.example.gov.cn/a)和www.example.gov.cn。", []),
    ("见[示例](http://10.1.1.1/a)。", [(7, "10.1.1.1", Level.ERROR)]),
    ("见[示例](http://localhost/a)。", [(7, "localhost", Level.ERROR)]),
    ("见[示例](http://[::1]/a)。", [(7, "[::1]", Level.ERROR)]),
    ("见[示例](http://www.example.gov.cn:8080/a)。", [(7, "www.example.gov.cn:8080", Level.WARNING)]),
    ("见[示例](http://www.example.gov.cn@evil.example/a)。", [(7, "evil.example", Level.WARNING)]),
    ("见https://www.example.com。", [(2, "www.example.com", Level.WARNING)]),
    ("见www.example.com。", [(2, "www.example.com", Level.WARNING)]),
]


@pytest.mark.parametrize(("words", "expected"), LINKS)
def test_links(words: str, expected: list[tuple[int, str, Level]]) -> None:
    narrative = f"{prose(2021)}\n{words}\n"
    assert [(f.place.column, f.subject, f.level) for f in found("PUB-LINK", narrative)] == expected


def test_an_office_may_allow_a_host() -> None:
    assert in_paragraph("PUB-LINK", "见www.example.com。", 可链网站="www.example.com") == []


def test_a_section_without_a_table_says_something() -> None:
    narrative = prose(2021).rstrip().rpartition("收到申请")[0]
    assert [(f.place.line, f.subject, f.level) for f in found("PUB-EMPTY", narrative)] == [(23, "六、其他需要报告的事项", Level.ERROR)]
    assert found("PUB-EMPTY", narrative + "无。") == []
