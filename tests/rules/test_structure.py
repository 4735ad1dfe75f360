from __future__ import annotations

import pytest

from generator.diagnostic import Level
from tests.example import prose
from tests.rules.words import found


def test_a_variant_of_a_title_is_a_note_and_another_title_a_warning() -> None:
    official = "五、存在的主要问题及改进情况"
    variant = prose(2021).replace(official, "五、政府信息公开工作存在的主要问题及改进情况")
    assert [(f.level, f.place.line) for f in found("STR-TITLE", variant)] == [(Level.NOTE, 19)]
    assert [(f.level, f.subject) for f in found("STR-TITLE", prose(2021).replace(official, "五、存在的不足"))] == [(Level.WARNING, "五、存在的不足")]
    assert found("STR-TITLE", prose(2021)) == []


LOWER = [
    ("1、健全机制。", [(Level.NOTE, "1、健全机制。")]),
    ("1．健全机制。", [(Level.NOTE, "1．健全机制。")]),
    ("1.健全机制。", []),
    ("2021年收到申请。", []),
    ("（一）甲\n\n（二）乙\n\n（三）丙", []),
    ("（一）甲\n\n（三）丙", [(Level.WARNING, "（三）丙")]),
    ("### （一）甲\n\n### （三）丙", [(Level.WARNING, "（三）丙")]),
]


@pytest.mark.parametrize(("words", "expected"), LOWER)
def test_lower_numbers(words: str, expected: list[tuple[Level, str]]) -> None:
    hits = found("STR-NUM", f"{prose(2021)}\n{words}\n")
    assert [(f.level, f.subject) for f in hits] == expected
    lines = f"{prose(2021)}\n{words}".split("\n")
    assert all(lines[f.place.line - 1].endswith(f.subject) for f in hits)


BLANKS = [
    ("## 六、其他需要报告的事项  ", [(15, "六、其他需要报告的事项")]),
    ("## 六、 其他需要报告的事项", [(6, "六、 其他需要报告的事项")]),
    ("## 六、其他需要报告的事项。", [(15, "六、其他需要报告的事项。（句号）")]),
    ("## 六、其他需要报告的事项", []),
]


@pytest.mark.parametrize(("title", "expected"), BLANKS)
def test_blanks_and_full_stops_of_headings(title: str, expected: list[tuple[int, str]]) -> None:
    hits = found("STR-WS", prose(2021).replace("## 六、其他需要报告的事项", title))
    assert [(f.place.column, f.subject) for f in hits] == expected
    assert all(f.level is Level.NOTE and f.place.line == 23 for f in hits)
