"""A report in the order it is printed."""

from __future__ import annotations

import pytest

from generator.website.downloads.manuscript import StatutoryTable, manuscript, printable
from generator.website.downloads.materials import no_pictures
from generator.website.downloads.narrative_blocks import Heading, text_of
from tests.example import prose, tables
from tests.website.downloads.samples import DATED, ORGAN, WORDS, loaded


def order(text: str | None = None, year: int = 2021) -> list[str]:
    printed = manuscript(loaded(year, text=text), ORGAN, WORDS)
    return [
        block.sheet.table.id if isinstance(block, StatutoryTable) else text_of(block.runs)[:1]
        for block in printed.blocks
        if isinstance(block, StatutoryTable | Heading)
    ]


def test_each_table_stands_in_the_section_its_form_names() -> None:
    assert order() == ["一", "二", "t2", "三", "t3", "四", "t4", "五", "六"]


def test_a_table_without_its_section_goes_into_the_last_one() -> None:
    assert order("示例引言。\n\n## 一、总体情况\n\n示例。\n") == ["一", "t2", "t3", "t4"]


def test_a_caption_is_printed_where_the_title_does_not_say_it() -> None:
    def captions(year: int) -> list[str]:
        blocks = manuscript(loaded(year), ORGAN, WORDS).blocks
        return [block.caption for block in blocks if isinstance(block, StatutoryTable)]

    assert captions(2021) == ["", "", ""] and captions(2016) == ["政府信息公开情况统计表"]


def test_what_stands_above_and_below() -> None:
    printed = manuscript(loaded(2021, tables(2021) + DATED, prose(2021)), ORGAN, WORDS)
    assert (printed.catalogue, printed.number) == ("索引号：11370304004218152K/2021-00001", "示例发〔2022〕3号")
    assert (printed.publisher, printed.day, printed.date) == ("示例区人民政府", "2022年1月20日", (2022, 1, 20))
    plain = manuscript(loaded(), ORGAN, WORDS)
    assert (plain.catalogue, plain.number, plain.day, plain.date) == ("", "", "", None)


def test_no_pictures_has_none() -> None:
    assert no_pictures("a.png") is None


REPORT = "2021年政府信息公开工作年度报告"
LONG = "示例省示例市示例自治州示例经济技术开发区|管理委员会行政审批服务局|"
LONG += "（示例区大数据局、示例区政务服务中心）|示例综合办公室示例|"


@pytest.mark.parametrize(
    "lines",
    [
        "示例区2021年政府信息公开工作年度报告",
        f"示例市示例区人民政府办公室|{REPORT}",
        "2021年示例市示例区人民政府办公室政府信息公开工作年度报告",
        f"示例省示例市示例区|行政审批服务局（示例区大数据局）|{REPORT}",
        f"示例省示例市示例自治县|示例镇示例街道乡村振兴局|{REPORT}",
        f"示例省示例市示例自治县|人力资源和社会保障局综合办公室|{REPORT}",
        f"示例省示例市示例县|示例示例示例乡示例区人民政府|{REPORT}",
        LONG + REPORT,
        "示例" * 24 + "|" + REPORT,
    ],
)
def test_a_long_title_is_broken_before_its_year_and_behind_words_of_the_name(lines: str) -> None:
    printed = manuscript(loaded(), ORGAN, WORDS)._replace(title=lines.replace("|", ""))
    assert "|".join(printed.title_lines) == lines


def test_characters_that_files_of_xml_cannot_hold_are_replaced() -> None:
    assert printable("甲\x00\ufffe乙") == "甲\ufffd\ufffd乙"
