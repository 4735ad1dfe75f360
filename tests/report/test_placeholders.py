"""Derived placeholders: what clerks write every year, computed instead of typed; and how they fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.finding import Level
from generator.report import placeholders
from generator.report.entry import Files, ReportRef, read_entry
from generator.report.figure import Slip
from generator.report.model import Report
from tests.example import FORMS, prose, tables

NEW = "表三.本年新收.总计"
MORE = '指标:\n  满意率: {值: 86.99, 单位: "%"}\n  处理费: {值: 400, 单位: 元}\n'


def report(year: int, text: str) -> Report:
    entry, _ = read_entry(ReportRef(year, "shili", f"{year}/shili"), Files(text.encode(), prose(year).encode()), FORMS)
    assert entry is not None
    return entry.report


def received(year: int, count: int, fees: str = "~", **rows: list[object]) -> Report:
    said: dict[str, list[object]] = {"表三_本年新收": [count, 0, 0, 0, 0, 0, count], **rows}
    return report(year, tables(year, "shili", **said) + MORE + f"信息处理费: {fees}\n")


THIS = received(
    2022,
    22,
    表三_上年结转=[1, 0, 0, 0, 0, 0, 1],
    表三_予以公开=[18, 0, 0, 0, 0, 0, 18],
    表三_部分公开=[1, 1, 0, 0, 0, 0, 2],
    表三_属于国家秘密=[1, 0, 0, 0, 0, 0, 1],
    表三_属于行政执法案卷=[1, 1, 0, 0, 0, 0, 2],
    表三_总计=[23, 0, 0, 0, 0, 0, 23],
    表三_重复申请=["~", 0, 0, 0, 0, 0, "~"],
    表二_行政许可=[36175],
    表二_规章=["/", "/", "/"],
    表二_行政事业性收费=[1.5],
    fees="{发出通知: 3件, 总金额: 0.12万元, 实际收取: 900}",
)
LAST = received(2021, 17, fees="{发出通知: 1, 实际收取: 400}")

PRINTED = [
    (NEW, "22"),
    (f"{NEW} | 上年", "17"),
    (f"{NEW}|较上年", "增加5件"),
    (f"{NEW}｜较上年％", "增长29.41%"),
    (f"{NEW}|较上年%|1位", "增长29.4%"),
    (f"{NEW}|较上年|汉字", "增加五件"),
    ("表三.予以公开.总计|占 表三.总计.总计", "78.26%"),
    ("表三.予以公开.总计 | 占 表三.总计.总计 | 1位", "78.3%"),
    ("表三.予以公开.总计 + 表三.部分公开.总计", "20"),
    ("表三.予以公开.总计＋表三.部分公开.总计|占 表三.总计.总计", "86.96%"),
    ("表三.总计.总计 - 表三.予以公开.总计", "5"),
    ("合计 表三.不予公开", "3"),
    ("合计 表三.不予公开.自然人", "2"),
    ("合计 表三.（三）不予公开|占 表三.总计.总计", "13.04%"),
    ("合计 denied", "3"),
    (f"{NEW}|汉字", "二十二"),
    ("表二.行政许可.本年处理决定数量|千分位", "36,175"),
    ("表二.行政许可.本年处理决定数量|汉字", "三万六千一百七十五"),
    ("表二.行政事业性收费.本年收费金额|元", "15000元"),
    ("表二.行政事业性收费.本年收费金额|万元", "1.5万元"),
    ("指标.处理费|万元", "0.04万元"),
    ("指标.处理费|万元|1位", "0.0万元"),
    ("指标.满意率|较上年", "持平"),
    ("表三.部分公开.总计|较上年", "增加2件"),
    ("表二.规章.现行有效件数", "/"),
    (
        "信息处理费",
        "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年度发出收费通知3件，总金额1200元，实际收取总金额900元。",
    ),
    ("信息处理费.发出通知|较上年", "增加2件"),
    ("信息处理费.总金额|千分位", "1,200"),
    ("信息处理费.实际收取|万元", "0.09万元"),
    ("信息处理费.实际收取|占 信息处理费.总金额", "75%"),
]


@pytest.mark.parametrize(("key", "text"), PRINTED, ids=[key for key, _ in PRINTED])
def test_what_a_placeholder_prints(key: str, text: str) -> None:
    shown = placeholders.show(key, THIS, LAST)
    assert isinstance(shown, placeholders.PrintedPlaceholder) and shown.text == text


def test_less_than_last_year_is_said_so_and_kept_as_a_negative_number() -> None:
    assert placeholders.show(f"{NEW}|较上年", LAST, THIS) == ("减少5件", "-5")
    assert placeholders.show(f"{NEW}|较上年%", LAST, THIS) == ("下降22.73%", "-22.73")
    assert placeholders.show(f"{NEW}|较上年", THIS, THIS) == ("持平", "0")


FAILS = [
    ("表三.没有.总计", "BIND-UNKNOWN", "表三.没有.总计"),
    ("表三.重复申请.总计", "BIND-BLANK", "空白"),
    ("表三.予以公开.总计 + 表三.重复申请.总计", "BIND-BLANK", "表三.重复申请.总计"),
    ("合计 表三.不予处理", "BIND-BLANK", "表三.重复申请.总计"),
    ("合计 表三.不存在的组", "BIND-UNKNOWN", "表三.不存在的组"),
    ("表二.规章.现行有效件数|汉字", "BIND-BLANK", "不适用"),
    ("表三.予以公开.总计|占 表三.逾期不缴费.总计", "BIND-ZERO", "0"),
    ("表三.部分公开.总计|较上年%", "BIND-ZERO", "较上年"),
    ("表三.予以公开.总计|除以 表三.总计.总计", "BIND-SYNTAX", "第12个字起：不认识“除以 表三.总计.总计”"),
    ("表三.予以公开.总计 +", "BIND-SYNTAX", "第12个字起"),
    ("|汉字", "BIND-SYNTAX", "第1个字起"),
    (f"{NEW}|汉字|较上年", "BIND-SYNTAX", "第15个字起：“较上年”要写在最前"),
    (f"{NEW}|较上年|较上年%", "BIND-SYNTAX", "只能有一个"),
    (f"{NEW}|万元", "BIND-SYNTAX", "不能换算成万元"),
    (f"{NEW} + 指标.处理费", "BIND-UNIT", "单位"),
    ("信息处理费.减免", "BIND-UNKNOWN", "信息处理费.减免"),
    ("信息处理费.总金额|较上年", "BIND-BLANK", "信息处理费.总金额"),
]


@pytest.mark.parametrize(("key", "rule", "said"), FAILS, ids=[f"{rule} {key}" for key, rule, _ in FAILS])
def test_what_cannot_be_told_says_why(key: str, rule: str, said: str) -> None:
    slip = placeholders.show(key, THIS, LAST)
    assert isinstance(slip, Slip) and slip.rule == rule and said in slip.message.zh and slip.message.en


def test_a_misspelt_name_is_told_the_nearest() -> None:
    assert "是不是“表三.本年新收.总计”？" in placeholders.nearest("表三.本年新收到.总计", THIS).message.zh
    assert placeholders.nearest("天气", THIS) == placeholders.unknown("天气")
    assert "是不是“信息处理费.总金额”？" in placeholders.nearest("信息处理费.总额", THIS).message.zh
    assert "“信息处理费.总金额”还没有填" in placeholders.show("信息处理费", LAST, None).message.zh  # type: ignore[union-attr]
    narrative = prose(2022) + "\n{{表三.本年新收到.总计}}\n"
    _, found = read_entry(
        ReportRef(2022, "shili", "2022/shili"), Files(tables(2022).encode(), narrative.encode()), FORMS
    )
    assert [f.message.zh.partition("；")[2] for f in found] == ["是不是“表三.本年新收.总计”？"]


def test_a_missing_last_year_names_the_folder_that_is_missing() -> None:
    slip = placeholders.show(f"{NEW}|较上年", THIS, None)
    assert isinstance(slip, Slip) and slip.rule == "BIND-LASTYEAR" and "2021/shili" in slip.message.zh


def test_across_forms_only_what_means_the_same_compares() -> None:
    before = report(
        2020, tables(2020, 表三_本年新收=[20, 0, 0, 0, 0, 0, 20], 表二_行政许可=[1, 2, 100], 表二_规范性文件=[7, 6, 9])
    )
    now = report(2021, tables(2021, 表二_行政许可=[150], 表二_行政规范性文件=[9, 1, 30]))
    shown = [
        f"{NEW}|较上年",
        "表三.本年新收.自然人|上年",
        "合计 表三.不予公开|上年",
        "表二.行政许可.本年处理决定数量|较上年",
        "表二.行政规范性文件.本年制发件数|较上年",
    ]
    shown += ["合计 表三.其他处理|上年"]
    assert [getattr(placeholders.show(key, now, before), "text", "") for key in shown] == [
        "减少17件",
        "20",
        "0",
        "增加50件",
        "增加2件",
        "0",
    ]
    old = report(2018, tables(2018))
    new = report(2019, tables(2019))
    for key in (f"{NEW}|上年", "合计 表三.不予公开|上年"):
        assert getattr(placeholders.show(key, new, old), "rule", "") == "BIND-FORM", (
            "other tables, nothing declared alike"
        )
    for key in ("表二.行政规范性文件.现行有效件数|上年", "表二.行政事业性收费.本年收费金额|较上年"):
        slip = placeholders.show(key, now, before)
        assert isinstance(slip, Slip) and slip.rule == "BIND-FORM" and "2020" in slip.message.zh


def test_in_a_report_the_failure_stands_at_its_placeholder() -> None:
    narrative = prose(2022) + "\n收到申请，比上年{{表三.本年新收.总计|较上年}}。\n"
    files = Files(tables(2022).encode(), narrative.encode())
    entry, found = read_entry(ReportRef(2022, "shili", "2022/shili"), files, FORMS, LAST)
    assert entry is not None and not found
    assert '比上年<span class="fig">减少14件</span>。' in entry.prose.sections[-1].html
    assert entry.passages[-1].text == "收到申请，比上年减少14件。"
    _, found = read_entry(ReportRef(2022, "shili", "2022/shili"), files, FORMS)
    assert [(f.rule, f.level, f.place.line, f.place.column) for f in found] == [
        ("BIND-LASTYEAR", Level.ERROR, narrative.count("\n"), 9)
    ]


def test_the_guide_shows_what_really_prints() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "填报员指南.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `\{\{(.+)\}\}` \| (\S+) \|$", guide, re.MULTILINE)
    assert len(shown) >= 12
    assert [getattr(placeholders.show(key, THIS, LAST), "text", "") for key, _ in shown] == [text for _, text in shown]


@given(st.text(alphabet="表三.本年新收总计指标|｜+-＋ 合计占较上年%汉字1位元万", max_size=60))
@settings(deadline=None)
def test_whatever_is_typed_prints_or_says_why(key: str) -> None:
    shown = placeholders.show(key, THIS, LAST)
    assert isinstance(shown, placeholders.PrintedPlaceholder) or (shown.rule.startswith("BIND-") and shown.message.zh)
