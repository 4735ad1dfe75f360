"""A signature or a list of annexes behind the last sentence of a paragraph."""

from __future__ import annotations

import pytest

from generator.finding import Level
from generator.rules.glued import glued_from
from tests.rules.words import findings_of, in_paragraph, in_preface, with_paragraph

GLUED = [
    ("未收取信息处理费。 示例区示例局 2025年1月20日 （此件主动公开）", "示例区示例局 2025年1月20日 （此件主动公开）"),
    ("未收取信息处理费。示例区示例局2025年1月20日", "示例区示例局2025年1月20日"),
    ("无 示例区人民政府办公室2025 年 1 月 20 日 ", "示例区人民政府办公室2025 年 1 月 20 日"),
    ("公开信息3条。 附件：1.示例目录 2.示例指南", "附件：1.示例目录 2.示例指南"),
    ("公开信息3条。附件1：示例目录", "附件1：示例目录"),
]


@pytest.mark.parametrize(("line", "words"), GLUED)
def test_what_is_glued_on(line: str, words: str) -> None:
    assert in_paragraph("STR-GLUED", line) == [(line.index(words) + 1, words)]
    assert in_preface("STR-GLUED", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "示例区示例局 2025年1月20日",
        "附件：示例目录",
        "示例区示例局成立于2025年1月20日",
        "示例区人大常委会。示例区示例局2025年1月20日公布了目录。",
        "详见附件：示例目录。",
        "公开信息3条。",
        "",
    ],
)
def test_what_stands_by_itself_or_in_a_sentence(line: str) -> None:
    assert glued_from(line) == len(line) and (not line or in_paragraph("STR-GLUED", line) == [])


def test_what_to_do_with_it() -> None:
    hits = [findings_of("STR-GLUED", with_paragraph(line))[0] for line, _ in (GLUED[0], GLUED[3])]
    assert [f.level for f in hits] == [Level.NOTE, Level.NOTE]
    assert "像是落款，粘在了段末：请另起一段；与发布机构、发文日期重复的可以删去" in hits[0].message.zh
    assert "像是附件目录，粘在了段末：请另起一段" in hits[1].message.zh


def test_a_long_line_costs_no_more_than_its_length() -> None:
    line = "。示例区示例局" * 20_000 + "2025年1月"
    assert glued_from(line) == len(line)
