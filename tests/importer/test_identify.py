"""Whose report, of which year."""

from __future__ import annotations

import pytest

from generator.collection.settings import Organ
from generator.importer.identify import Identity, recognise
from generator.readers.document import Document, Paragraph, Piece

ORGANS = (
    Organ("shili", "示例区人民政府", "示例区", "区", "", "", "", ""),
    Organ("jiaju", "示例区甲局", "区甲局", "部门", "shili", "", "", "", former=((2018, "示例区旧局"),)),
    Organ("yizhen", "示例区乙镇人民政府", "乙镇", "镇", "shili", "", "", ""),
)


def known(*texts: str, file: str = "a.docx", **properties: str) -> Identity:
    return recognise(
        Document(file, "docx", tuple(Paragraph((Piece(text),)) for text in texts), properties=properties), ORGANS
    )


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("示例区2020年政府信息公开工作年度报告", "shili", 2020),
        ("示例区人民政府2021年度政府信息公开年报", "shili", 2021),
        ("示例区旧局2018年政府信息公开工作年度报告", "jiaju", 2018),
        ("示例区甲局 2021 年政府信息公开工作年度报告", "jiaju", 2021),
        ("乙镇二〇二一年政府信息公开工作年度报告", "yizhen", 2021),
        ("２０２２年示例区乙镇人民政府政府信息公开工作年度报告", "yizhen", 2022),
    ],
)
def test_the_title_says_it(title: str, organ: str, year: int) -> None:
    found = known("某网", title, "根据《条例》编制。")
    assert (found.title, found.organ, found.year, found.title_at) == (title, organ, year, 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["示例区甲局2024年政府信息公开", "工作年度报告"],
        ["示例区甲局", "2024年政府信息公开工作年度报告"],
        ["示例区甲局", "2024年政府信息公开", "工作年度报告"],
    ],
)
def test_a_title_over_several_lines_is_one(lines: list[str]) -> None:
    found = known("某网", *lines, "根据《条例》编制。")
    assert (found.title, found.organ, found.year) == ("示例区甲局2024年政府信息公开工作年度报告", "jiaju", 2024)
    assert (found.title_at, found.title_lines) == (1, len(lines))


def test_a_title_over_many_lines_is_known_by_what_the_file_calls_itself() -> None:
    lines = ["示例省示例市示例区", "管理委员会甲局", "（示例区乙局、示例区丙局）", "2024年政府信息公开", "工作年度报告"]
    assert known(*lines, "引言。", 标题="".join(lines)).title == "".join(lines)
    assert known(*lines, "引言。", 标题="示例区甲局年度报告").title != "".join(lines)


@pytest.mark.parametrize("before", ["现将有关情况报告如下：", "示例区某网站", "（二）平台建设", "2024年1月20日发布，"])
def test_another_line_before_a_title_is_no_part_of_it(before: str) -> None:
    found = known(before, "示例区甲局2024年政府信息公开工作年度报告")
    assert (found.title, found.title_lines) == ("示例区甲局2024年政府信息公开工作年度报告", 1)


def test_other_places_say_it_where_the_title_does_not() -> None:
    assert known("2021年政府信息公开工作年度报告", 发布机构="示例区甲局").organ == "jiaju"
    assert known("2021年政府信息公开工作年度报告", "示例区甲局 2022年1月10日").organ == "jiaju"
    assert known("政府信息公开情况", "统计期限自2021年1月1日起").year == 2021
    assert known("示例", file="2020年报.docx").year == 2020
    assert (known("示例").year, known("示例").organ) == (0, "")


def test_a_period_of_another_year_is_found() -> None:
    found = known("示例区2021年政府信息公开工作年度报告", "统计期限自2020年1月1日至2020年12月31日。")
    assert found.year == 2021 and [finding.rule for finding in found.findings] == ["IMP-YEAR"]


def test_the_head_of_the_page() -> None:
    found = known(
        "示例区2021年政府信息公开工作年度报告",
        "发布日期：2022-01-08 09:30 索引号：113703040000000000/2022-000123",
        发文字号="无文号",
        ContentSource="示例区人民政府",
    )
    assert dict(found.meta) == {
        "索引号": "113703040000000000/2022-000123",
        "文号": "",
        "发文日期": "2022-01-08 09:30",
        "发布机构": "示例区人民政府",
    }


@pytest.mark.parametrize(
    "number", ["〔2021〕3号", "示例政办字〔2021〕3号", "［2021］第3号", "【2021】 3 号", "(2021年)3号"]
)
@pytest.mark.parametrize(
    "lines", ["{number}|{title}", "{title}|{number}", "{title}|示例区人民政府|2021年1月20日|{number}"]
)
def test_a_document_number_alone_needs_no_label(number: str, lines: str) -> None:
    texts = lines.format(number=number, title="示例区2020年政府信息公开工作年度报告").split("|")
    found = known(*texts, "本报告根据《条例》编制。")
    assert found.meta["文号"] == number and list(found.labels) == [texts.index(number)]


def test_a_second_number_or_one_in_the_text_stays_there() -> None:
    title = "示例区2020年政府信息公开工作年度报告"
    found = known(title, "示例〔2021〕3号", "示例〔2021〕4号")
    assert (found.meta["文号"], list(found.labels)) == ("示例〔2021〕3号", [1])
    assert (
        known(title, "本报告根据《条例》和上级的要求编制，全文分为六个部分，统计期限如下。", "〔2021〕3号").labels
        == frozenset()
    )
    assert known(title, "〔2021〕3号", 文号="示例〔2021〕4号").labels == frozenset()


@pytest.mark.parametrize("value", ["113703040000000000/2012-None", "113703040000000000/2023-5335442.0", "undefined"])
def test_what_a_portals_software_left_is_nothing(value: str) -> None:
    assert known("示例区2021年政府信息公开工作年度报告", 索引号=value).meta["索引号"] == ""


def test_contact() -> None:
    text = (
        "如有疑问，请与示例区政府办公室联系（地址：示例区某街1号；邮政编码：200000；"
        "电话：000-1234567；电子邮箱：a＠example.gov.cn）。"
    )
    assert known(text).contact == {
        "地址": "示例区某街1号",
        "邮编": "200000",
        "电话": "000-1234567",
        "邮箱": "a@example.gov.cn",
    }
