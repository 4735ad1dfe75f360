"""Names and guides of other organs, and documents later than the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, prose
from tests.rules.words import findings_of, in_paragraph, with_paragraph, with_preface, with_said

ORGANS = {organ.id: organ for organ in SETTINGS.organs}


def strangers(narrative: str, **changes: Any) -> list[str]:
    """Returns the names that XT-ORGAN objects to in a report of 示例区甲局."""
    report, _ = entry(2021, None, narrative)
    assert report is not None
    own = replace(report, ref=report.ref._replace(organ="jiaju"))
    organs = ORGANS | {"jiaju": replace(ORGANS["jiaju"], **changes)}
    hits = [f for f in check_entry(own, Context(organs=organs)) if f.rule == "XT-ORGAN"]
    assert all(f.level is Level.WARNING and "不是本机关" in f.message.zh for f in hits)
    return [f.subject for f in hits]


def overview(words: str) -> str:
    return prose(2021).replace("## 一、总体情况\n\n", f"## 一、总体情况\n\n{words}\n\n", 1)


STRANGERS = [
    (with_paragraph("按照《甲县乙局政府信息公开指南》办理。"), "甲县乙局"),
    (with_paragraph("更新《示例区丙局政府信息公开目录》。"), "示例区丙局"),
    (with_paragraph("更新《丙县甲局政府信息公开指南》。"), "丙县甲局"),
    (with_preface("现公布示例区丙局2021年政府信息公开工作年度报告。"), "示例区丙局"),
    (with_preface("本报告由丙县甲局根据《条例》编制。"), "丙县甲局"),
    (with_preface("如有疑问，请与丙县教育局联系。"), "丙县教育局"),
    (overview("2021年，示例区丙局认真贯彻落实《条例》。"), "示例区丙局"),
    (overview("2021年，示例区乙镇人民政府坚持公开为常态。"), "示例区乙镇人民政府"),
    (with_paragraph("示例区丙局2022年1月20日"), "示例区丙局"),
    (with_paragraph("及时更新示例区丙局政府信息公开指南，方便群众。"), "示例区丙局"),
    (with_paragraph("加强领导。示例区丙局高度重视公开工作。"), "示例区丙局"),
    (with_paragraph("2021年，丙县甲局主动公开信息30条。"), "丙县甲局"),
    (with_paragraph("丙县教育局2021年共收到申请3件。"), "丙县教育局"),
]
OWN = [
    with_paragraph("更新示例区甲局政府信息公开指南、区政府信息公开目录、示例区人民政府政府信息公开指南。"),
    with_paragraph("转办示例区丙局2件。示例区甲局主动公开30条。"),
    with_paragraph("示例省人民政府高度重视。示例区政务公开领导小组办公室认真指导。县区各部门坚持公开。"),
    with_paragraph("更新《示例区甲局政府信息公开指南》《甲局政府信息公开指南》《区甲局政府信息公开指南》。"),
    with_paragraph("更新《示例市示例区甲局政府信息公开指南》。"),
    with_paragraph("按照《示例区人民政府政府信息公开指南》《示例区政府信息公开目录》办理。"),
    with_paragraph("学习《丙县教育局工作规范》，转发《示例省政府信息公开申请办理答复规范》。"),
    with_preface("现公布示例区甲局2021年政府信息公开工作年度报告。请与示例区甲局办公室联系。"),
    with_preface("本报告由我局根据《条例》编制，请与区政府办公室联系。"),
    overview("2021年，示例区甲局认真贯彻落实《条例》。"),
    overview("2021年，区委区政府高度重视，我局认真落实。"),
    overview("2021年，甲局坚持公开为常态。与示例区丙局、丙县甲局认真协作。"),
    with_paragraph("示例区甲局2022年1月20日"),
]


@pytest.mark.parametrize(("narrative", "name"), STRANGERS, ids=[name for _, name in STRANGERS])
def test_another_organ(narrative: str, name: str) -> None:
    assert strangers(narrative) == [name]


@pytest.mark.parametrize("narrative", OWN)
def test_this_organ_and_those_above_and_below_it(narrative: str) -> None:
    assert strangers(narrative) == []


def test_short_forms_and_a_government_that_is_not_registered() -> None:
    zone = {"name": "示例综合实验区管理委员会", "short": "示例综合实验区", "parent": ""}
    for name in ("示例综合实验区管委会", "示例综合实验区管委会办公室", "示例综合实验区党工委办公室"):
        assert strangers(with_paragraph(f"更新《{name}政府信息公开指南》。"), **zone) == []
    assert strangers(with_paragraph("更新《示例区人民政府政府信息公开指南》。"), parent="") == []
    assert strangers(with_paragraph("更新《丙县人民政府政府信息公开指南》。"), parent="") == ["丙县人民政府"]


@pytest.mark.parametrize(
    ("name", "asked", "ours"),
    [
        ("示例实验区示例片区管理局", "示例片区管理局党政办公室", True),
        ("示例实验区管委会", "示例实验区政府信息公开工作领导小组办公室", True),
        ("示例实验区示例片区管理局", "示例乙片区管理局党政办公室", False),
        ("示例实验区管委会", "示例乙实验区政府信息公开工作领导小组办公室", False),
        ("示例实验区管委会", "示例实验区乙局", False),
    ],
)
def test_an_office_of_the_organ_is_the_organ_whatever_its_short_name(name: str, asked: str, ours: bool) -> None:
    said = with_preface(f"如有疑问，请与{asked}联系。")
    assert strangers(said, name=name, short=name, parent="") == ([] if ours else [asked])


def test_a_government_tells_what_bodies_of_its_district_did() -> None:
    said = with_paragraph("示例区丙局主动公开信息30条。")
    assert strangers(said, name="示例区人民政府", short="示例区", parent="") == []


def test_a_former_name_is_the_organs_own() -> None:
    said = with_paragraph("更新《示例区甲局政府信息公开指南》《丙县旧局政府信息公开指南》。")
    for last in (2018, 2025):
        assert strangers(said, former=((last, "丙县旧局"),)) == []


def test_an_organ_that_is_not_registered_is_compared_with_nothing() -> None:
    report, _ = entry(2021, None, STRANGERS[0][0])
    assert report is not None
    assert [f for f in check_entry(report, Context()) if f.rule == "XT-ORGAN"] == []


NUMBERS = [
    ("根据示政发〔2023〕3号。", [6]),
    ("根据示政发[2024]第13号。", [6]),
    ("根据示政发〔２０２３〕３号。", [6]),
    ("根据示政发﹝2023﹞3号。", [6]),
    ("根据示政发〔2202〕3号。", [6]),
    ("根据示政发﹝2021﹞3号。", []),
    ("根据示政发〔1999〕3号。", []),
    ("根据示政发〔2022〕3号。", []),
    ("根据示政发〔2021〕3号（2023年修订）。", []),
    ("（2023）示01行初5号", []),
    ("根据国办函〔20211〕30号。", [6]),
    ("根据示政发〔2O21〕30号。", [6]),
    ("根据示政发〔二〇二一〕30号。", [6]),
    ("根据示政发〔2021年〕30号。", [6]),
    ("根据示政发(202)30号。", [6]),
    ("根据国办函2021年12号、示政发2021年第3号。", [6, 18]),
    ("根据示政发〔2021〕号、示政发〔2021〕12。", [6, 17]),
    ("国家税务总局公告2021年第12号、交通运输部令2021年第12号、中央2021年1号文件", []),
    ("国办发〔2021〕 12号、示政复〔2021〕1-3号、示政办字〔2021〕第5号、见注〔1〕、〔热线〕", []),
]


@pytest.mark.parametrize(("words", "columns"), NUMBERS)
def test_a_document_later_than_the_report(words: str, columns: list[int]) -> None:
    assert [column for column, _ in in_paragraph("XT-DOCNO", words)] == columns


def test_the_date_of_the_report_decides_where_it_is_given() -> None:
    narrative = with_paragraph("根据示政发〔2023〕3号。")
    assert findings_of("XT-DOCNO", narrative, with_said('发文日期: "2023-01-29"')) == []
    (hit,) = findings_of("XT-DOCNO", narrative, with_said('发文日期: "2022-01-29"'))
    assert "是2023年的文件，比这份报告（2022年公布）还晚" in hit.message.zh and hit.level is Level.WARNING
    (hit,) = findings_of("XT-DOCNO", with_paragraph("示例"), with_said("文号: 示政发〔2025〕1号"))
    assert hit.place.file == "2021/shili/tables.yaml" and "（2021年度）" in hit.message.zh
