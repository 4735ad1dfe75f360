"""Years left from an older report: announced, in deeds, and in plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, prose
from tests.rules.words import findings_of, with_paragraph, with_preface, with_said

WARNING = Level.WARNING


def places_of(hits: list[Finding]) -> list[tuple[int, int, Level, str]]:
    """Returns (line, column, level, subject) of each finding."""
    return [(f.place.line, f.place.column, f.level, f.subject) for f in hits]


DID = "2019年收到申请3件。"
SUBJECTS = [
    "本机关",
    "本单位",
    "本局",
    "本镇",
    "本街道",
    "我区",
    "我局",
    "我镇",
    "全市",
    "全县",
    "我办",
    "我委",
    "我校",
    "我院",
    "全乡",
    "各部门",
]
PLANS = ["将采取", "将继续", "将进一步", "将从", "将着力", "将切实", "将重点", "将以", "积极做好", "计划", "拟"]
YEARS = [
    ("2021年，我区收到申请；我局2019年收到申请3件。", 16, 2021),
    *[(f"{who}{DID}", len(who) + 1, 2021) for who in SUBJECTS],
    *[(f"我局2019年{done}3件。", 3, 2021) for done in ("公开", "收到", "受理", "办理", "答复", "共受理")],
    ("示例部门2019年收到申请3件。", 0, 0),  # of others
    ("我局示例。示例部门2019年收到申请3件。", 0, 0),
    ("我局2019年获得表彰。", 0, 0),  # no business of disclosure
    ("我局2022年收到申请3件。", 0, 0),  # next year: another rule's affair
    ("我局2021年收到申请3件。", 0, 0),
    ("今年（2020年）共公开3件。", 4, 2021),
    ("本年度（2019年度）共公开3件。", 5, 2021),
    ("全年（2020年）公开3件。", 4, 2021),
    ("今年（2021年）共公开3件。", 0, 0),
    ("去年（2020年）共公开3件。", 0, 0),
    ("今年（2020年启动的）示例项目。", 0, 0),
    ("去年（2021年）共公开3件。", 4, 2020),
    ("明年（2021年）将加强培训。", 4, 2022),
    ("在新的一年（2021年）里加强培训。", 7, 2022),
    ("明年（2022年）将加强培训。", 0, 0),
    ("2021年计划内的培训都已完成。", 0, 0),
    ("与我局2020年公开的3件相比，增加2件。", 0, 0),
    ("2020年，我区将继续努力。", 1, 2022),
    ("2022年，我区将继续努力。", 0, 0),
    *[(f"2021年度{plan}做好公开。", 1, 2022) for plan in PLANS],
    ("2021年度,我区将继续努力。", 1, 2022),
    ("对照《2020年工作要点》，自2018年以来持续公开。", 0, 0),
    ("2021年将公开工作纳入考核。", 0, 0),
    ("2020年，示例单位收到申请3件。", 0, 0),  # only the overview is of this year throughout
]


@pytest.mark.parametrize(("words", "column", "wanted"), YEARS)
def test_years_left_from_an_older_report(words: str, column: int, wanted: int) -> None:
    hits = findings_of("XT-YEAR", with_paragraph(words))
    quoted = words[max(0, column - 7) : column + 10]  # the year, and six characters on both sides
    message = f"“{quoted}”：{words[column - 1 : column + 3]}年疑为{wanted}年之误"
    assert [(f.place.column, f.level, f.subject, f.message.zh) for f in hits] == [
        (column, WARNING, quoted, message)
    ] * bool(column)


OF_THIS_REPORT = [
    ("示例区2020年政府信息公开工作年度报告由六个部分组成。", [4]),
    ("本报告是示例区人民政府2020年度政府信息公开年报。", [12]),
    ("本报告涵盖2020年示例区政府信息公开工作情况。", [6]),
    ("根据《示例省关于做好2020年政府信息公开工作年度报告编制工作的通知》编制。", []),
    ("按照关于2020年政府信息公开工作年度报告编制的要求。", []),
    ("示例区2021年政府信息公开工作年度报告由六个部分组成。", []),
]


@pytest.mark.parametrize(("words", "columns"), OF_THIS_REPORT)
def test_the_preface_calls_the_report_by_its_year(words: str, columns: list[int]) -> None:
    assert [f.place.column for f in findings_of("XT-YEAR", with_preface(words))] == columns


def among(title: str, words: str, organ: str = "示例区甲局") -> list[str]:
    """Returns what XT-YEAR says of words put in front of a section, in a report of `organ`."""
    narrative = prose(2021).replace(f"{title}\n\n", f"{title}\n\n{words}\n\n", 1)
    report, _ = entry(2021, None, narrative)
    assert report is not None
    named = replace(SETTINGS.organs[1], id="shili", name=organ, short=organ)
    hits = check_entry(report, Context(organs={"shili": named}))
    return [f.message.zh.rpartition("：")[2] for f in hits if f.rule == "XT-YEAR"]


DEEDS = [
    ("示例区甲局2020年共收到申请3件。", True),
    ("甲局2020年共收到申请3件。", True),
    ("（一）主动公开情况。示例区甲局2020年发布信息300条。", True),
    ("2020年甲局认真贯彻落实《条例》。", True),
    ("示例区甲局2020年认真贯彻落实《条例》。", True),
    ("示例区甲局2020年度高度重视公开工作。", True),
    ("示例区甲局2020年获得表彰，2021年公开300条。", False),
    ("示例区甲局2020年公开300条，2021年公开400条。", False),
    ("示例区乙局2020年认真贯彻落实《条例》。", False),
    ("2021年甲局认真贯彻落实《条例》。", False),
    ("学习《示例区甲局2020年公开工作要点》。", False),
]


@pytest.mark.parametrize(("words", "told"), DEEDS)
def test_last_year_behind_the_organs_name(words: str, told: bool) -> None:
    assert among("## 一、总体情况", words, "示例市示例区甲局") == ["2020年疑为2021年之误"] * told


def test_a_government_is_called_by_its_place() -> None:
    for name in ("示例市示例区", "示例区", "示例区政府"):
        assert among("## 一、总体情况", f"{name}2020年收到申请3件。", "示例市示例区人民政府") == [
            "2020年疑为2021年之误"
        ]


PLANNED = [
    ("在2021年的工作中，我局将加强培训。", True),
    ("2021年，我局将加强业务培训。", True),
    ("2021年，示例区甲局要继续加大公开力度。", True),
    ("下一步，2021年将不断完善公开机制。", True),
    ("2021年工作打算：加强培训。", True),
    ("2021年政府信息公开工作中，将做好以下工作。", True),
    ("2020年，我局将加强培训。", True),
    ("2022年，我局将加强培训。", False),
    ("2021年，我局将政务公开纳入考核。", False),
    ("2021年，我局将加强公开作为重点，成效明显。", False),
    ("针对2021年工作中存在的问题，我局将加强培训。", False),
    ("针对2021年全区公开存在的问题，将加强培训。", False),
    ("2021年，我局公开工作取得成效，但仍有不足。", False),
]


@pytest.mark.parametrize(("words", "told"), PLANNED)
def test_plans_are_for_the_year_after(words: str, told: bool) -> None:
    assert (
        among("## 五、存在的主要问题及改进情况", words) == [f"{words[words.index('20') :][:4]}年疑为2022年之误"] * told
    )


ANNOUNCED = [
    ("现将2020年政府信息公开工作情况报告如下。", [3]),
    ("现将示例区甲局2020年度政府信息公开工作年度报告公布如下。", [8]),
    ("现向社会公布2019年政府信息公开年度报告。", [7]),
    ("现将2021年政府信息公开工作情况报告如下。", []),
    ("现将示例区甲局2021年度政府信息公开工作年度报告公布如下。", []),
    ("现公布按照《2020年政府信息公开工作年度报告格式》编制的报告。", []),
    ("根据2020年政府信息公开工作要点，现公布本报告。", []),
]


@pytest.mark.parametrize(("words", "columns"), ANNOUNCED)
def test_the_preface_announces_the_reports_year(words: str, columns: list[int]) -> None:
    hits = findings_of("XT-YEAR", with_preface(words))
    assert [(f.place.line, f.place.column, f.level) for f in hits] == [(1, column, WARNING) for column in columns]
    assert all("年疑为2021年之误" in f.message.zh for f in hits)


OPENINGS = [
    ("2020年，", [(1, "2020年，示例区在政")]),
    ("2020年度,", [(1, "2020年度,示例区在")]),
    ("2021年，", []),
    ("在2020年，", []),
    ("2020年底，", []),
    ("2020年底，到2021年，", []),
    ("2020年", []),
]


@pytest.mark.parametrize(("opening", "expected"), OPENINGS)
def test_the_overview_opens_with_the_reports_year(opening: str, expected: list[tuple[int, str]]) -> None:
    narrative = prose(2021).replace("示例区在政府网站", f"{opening}示例区在政府网站", 1)
    assert places_of(findings_of("XT-YEAR", narrative)) == [
        (5, column, WARNING, subject) for column, subject in expected
    ]


def test_titles_the_preface_and_the_tables_file_are_not_asked_for_years() -> None:
    assert findings_of("XT-YEAR", with_preface(f"我局{DID}")) == []
    assert (
        findings_of("XT-YEAR", prose(2021).replace("一、总体情况", f"一、我局{DID}").replace("二、", "2020年，二、"))
        == []
    )
    assert findings_of("XT-YEAR", None, with_said(f"标题: 我局{DID}")) == []
