from __future__ import annotations

import pytest

from generator.diagnostic import Level
from tests.rules.words import found, in_paragraph, with_paragraph

CASES = [
    ("2020年,示例区公开", [(6, "020年,示例区公")]),
    ("示例(其中机构)", [(3, "示例(其中机构")]),
    ("共1,234条，见www.example.gov.cn,12:30。", []),
    ("示例。，示例", [(3, "示例。，示例")]),
    ("按《《示例》办法〉执行", [(2, "按《《示例》办"), (2, "按《《示例》办法")]),
    ("示例（联系：甲", [(3, "示例（联系：甲")]),
    ("1）甲，2）乙。", []),
    ("国办发[2020]17号", [(4, "国办发[2020]17号")]),
    ("国办发（2020）17号", [(4, "国办发（2020）17号")]),
    ("国办发〔2020〕17号（2020年）", []),
    ("示例 单位", [(3, "示例 单位")]),
    ("示例 2020 年 A 单位", []),
    ("《甲》、《乙》和“丙”、“丁”", [(3, "《甲》、《乙》和“")]),
    ("《甲》《乙》和“丙”“丁”。", []),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_marks(words: str, expected: list[tuple[int, str]]) -> None:
    assert sorted(in_paragraph("WORD-PUNCT", words)) == sorted(expected)


def test_levels_and_words() -> None:
    hits = found("WORD-PUNCT", with_paragraph("示例,示例 示例（"))
    assert [(f.level, f.message.zh) for f in hits] == [
        (Level.WARNING, "“示例,示例 示”：中文之间用了半角“,”，应为全角“，”"),
        (Level.WARNING, "“,示例 示例（”：“（”与“）”不成对，请补上或删去"),
        (Level.NOTE, "“例,示例 示例（”：汉字之间有空格，请删去"),
    ]


def test_marks_of_the_tables_file() -> None:
    from tests.rules.words import with_said

    (hit,) = found("WORD-PUNCT", None, with_said("文号: 示政发[2021]1号"))
    assert hit.place.file == "2021/shili/tables.yaml" and hit.place.column == 8


def test_no_more_than_a_reader_needs() -> None:
    assert len(in_paragraph("WORD-PUNCT", "示例,例示" * 400)) == 30
