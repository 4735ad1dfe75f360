"""The period a report covers: the whole year, a part of it for organs of that year, never dates that lack a part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, tables
from tests.rules.words import findings_of, in_paragraph, in_preface, levels, with_preface

ERROR, WARNING = Level.ERROR, Level.WARNING
PERIOD = "统计期限自2021年1月1日起至2021年12月31日止。"

PERIODS = [
    (PERIOD, []),
    ("从2021年1月1日到12月31日止", []),
    ("从 2021 年 1 月 1 日至 2021 年 12 月 31 日", []),
    ("从2021年01月01日—2021年12月31日", []),
    ("从２０２１年１月１日起，至２０２１年１２月３１日", []),
    ("2021年1月1日~12月31日", []),
    ("自2021年1月1日起，至2021年12月31日止", []),
    ("统计期限为2021.1.1—2021.12.31", []),
    ("统计期限自2021-01-01至2021-12-31", []),
    ("自二〇二一年一月一日起至二〇二一年十二月三十一日止", []),
    ("自二○二一年一月一日起至十二月三十一日止", []),
    ("自2021年1月1日起，至2020年12月31日止", [(2, "统计期限")]),
    ("2020.1.1—2020.12.31", [(1, "统计期限")]),
    ("2021-01-01至2020-12-31", [(1, "统计期限")]),
    ("2021/1/1至2021/11/30", [(1, "统计期限")]),
    ("自二〇二〇年一月一日起至二〇二〇年十二月三十一日止", [(2, "统计期限")]),
    ("自二○二一年一月一日起至十二月三十日止", [(2, "统计期限")]),
    ("自2020年1月1日起至2020年12月31日止", [(2, "统计期限")]),
    ("自2021年1月1日起至2021年11月30日止", [(2, "统计期限")]),
    ("自2020年1月1日起至2021年12月31日止", [(2, "统计期限")]),
    ("2021年2月1日至12月31日", [(1, "统计期限")]),
    ("2021年1月2日至12月31日", [(1, "统计期限")]),
    ("2021年1月1日至12月30日", [(1, "统计期限")]),
    ("2021年1月1日至2022年12月31日", [(1, "统计期限")]),
]


@pytest.mark.parametrize(("words", "expected"), PERIODS)
def test_the_period_is_the_reports_year(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_preface("XT-PERIOD", words) == expected
    assert in_paragraph("XT-PERIOD", words) == []
    assert all(f.level is ERROR for f in findings_of("XT-PERIOD", with_preface(words)))


TITLE_YEARS = [
    ("示例区人民政府2020年", [(ERROR, "标题")]),
    ("示例区人民政府2021年（含2020年数据）", []),
    ("示例区人民政府2020", []),
    ("示例区人民政府", []),
]


@pytest.mark.parametrize(("title", "expected"), TITLE_YEARS)
def test_the_title_bears_the_reports_year(title: str, expected: list[tuple[Level, str]]) -> None:
    hits = findings_of("XT-PERIOD", None, tables(2021).replace("示例区人民政府2021年", title, 1))
    assert [(f.place.column, f.level, f.subject) for f in hits] == [(5, *said) for said in expected]


LACKING = [
    ("所列数据的统计期限自2021月1日起至2021年12月31日止。", [10]),
    ("统计期限自至。", [5]),
    ("统计期限自2021年1月1日起至止。", [5]),
    ("统计期限自2021年1月1日起止。", [5]),
    ("统计期限自2021年1月1日起至2021年12月止。", [5]),
    ("统计期限自2021年1月起至2021年12月31日止。", [5]),
    ("统计期限自 年 月 日起至 年 月 日止。", [5]),
    ("统计期限为2021年1日至12月31日。", [5]),
    ("统计期限自2021年1月1起至2021年12月31日止。", [5]),
    ("统计时限从到2021年12月31日。", [5]),
    ("统计期限自202年1月1日起至2021年12月31日止。", [5]),
    ("统计期限为2021年1月至12月。", []),
    ("统计期限自2021年1月起，至2021年12月止。", []),
    ("统计期限为2021年度。", []),
    ("所列数据截至2021年12月31日。", []),
    ("统计数据有疑问请联系，电话：0533-0000000。", []),
    ("统计数据有疑问，办公时间：9-17。", []),
    ("数据来自2021年部门统计，不自到场者收集。", []),
    ("自1月1日至12月31日开放。", []),
]


@pytest.mark.parametrize(("words", "columns"), LACKING)
def test_dates_that_lack_a_part(words: str, columns: list[int]) -> None:
    hits = findings_of("XT-PERIOD", with_preface(words))
    assert [(f.place.column, f.level, f.subject) for f in hits] == [(at, WARNING, "统计期限") for at in columns]
    assert all("应为“自2021年1月1日起至2021年12月31日止”" in f.message.zh for f in hits)


def told(preface: str, text: str = "", since: str = "", until: str = "") -> list[str]:
    """Returns the subjects of XT-PERIOD for an organ registered from and until these years."""
    narrative = with_preface(preface) + f"\n{text}\n"
    report, _ = entry(2021, None, narrative)
    assert report is not None
    organs = {"shili": replace(SETTINGS.organs[0], since=since, until=until)}
    return [f.subject for f in check_entry(report, Context(organs=organs)) if f.rule == "XT-PERIOD"]


FROM_SEPTEMBER, TO_JUNE = "统计期限自2021年9月1日起至2021年12月31日止。", "统计期限自2021年1月1日起至2021年6月30日止。"


def test_an_organ_of_this_year_reports_on_its_part_of_it() -> None:
    assert told(FROM_SEPTEMBER) == ["统计期限"]
    assert told(FROM_SEPTEMBER, since="2021") == []
    assert told(FROM_SEPTEMBER, since="2020") == told(FROM_SEPTEMBER, until="2021") == ["统计期限"]
    assert told(TO_JUNE, until="2021") == []
    assert told(TO_JUNE, since="2021") == ["统计期限"]
    assert told("统计期限自2020年9月1日起至2020年12月31日止。", since="2021") == ["统计期限"]
    assert told("统计期限自2021年9月1日起至2022年12月31日止。", since="2021") == ["统计期限"]


SAID = [
    ("2021年8月，示例局由原甲局、乙局整合组建，9月起开展工作。", []),
    ("本局于9月1日正式挂牌成立。", []),
    ("2020年8月，示例局由原甲局、乙局整合组建。", ["统计期限"]),
    ("2021年3月，示例局由原甲局、乙局整合组建。", ["统计期限"]),
    ("2021年8月，成立政务公开工作领导小组。", ["统计期限"]),
    ("2021年8月，示例局召开会议。", ["统计期限"]),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_the_text_may_say_that_it_was_founded(text: str, expected: list[str]) -> None:
    assert told(FROM_SEPTEMBER, text) == expected


def test_the_text_may_say_that_it_was_dissolved() -> None:
    assert told(TO_JUNE, "2021年7月，职能并入乙局。") == []
    assert told(TO_JUNE, "2021年5月，职能并入乙局。") == ["统计期限"]


def test_errors_of_a_record_are_warnings() -> None:
    assert levels("XT-PERIOD", with_preface(PERIOD, 2020), 2020, historical_until=2020) == [Level.WARNING]
