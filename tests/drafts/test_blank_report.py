"""A new folder reads as a report, says what is to be written, and cannot be published by accident."""

from __future__ import annotations

import re

import pytest

from generator.drafts.blank_report import CARRIED, Prefill, scaffold
from generator.finding import Finding
from generator.narrative.prompt import PROMPT
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.report.model import Indicator
from tests.example import FORMS, entry, findings, form, tables

FIGURES = {"表三.上年结转.自然人": "3", "表三.上年结转.总计": "3"}


def made(year: int, indicators: tuple[Indicator, ...] = ()) -> dict[str, str]:
    due = next(form for form in FORMS if form.governs(year))
    start = Prefill(year, "shili", "示例区人民政府", FIGURES, {"联系.邮编": "012345"}, indicators)
    return {name: data.decode() for name, data in scaffold(due, start).items()}


def read(files: dict[str, str], year: int) -> tuple[LoadedReport, list[Finding]]:
    found, slips = read_entry(
        ReportRef(year, "shili", f"{year}/shili"),
        Files(files["tables.yaml"].encode(), files["report.md"].encode()),
        FORMS,
    )
    assert found is not None
    return found, slips


@pytest.mark.parametrize("year", [2010, 2016, 2020, 2025])
def test_it_reads_without_a_slip_and_all_cells_are_blank_but_those_carried_over(year: int) -> None:
    found, slips = read(made(year), year)
    owed = ["“信息处理费.发出通知”还没有填：在 tables.yaml 的“信息处理费”里填上，没有发生填0"] if year > 2020 else []
    assert [slip.message.zh for slip in slips if slip.rule != "STR-MISSING"] == owed
    assert [section.title for section in found.prose.sections] == [
        section.title for section in found.report.form.sections
    ]
    said = {
        slot.name: text
        for sheet in found.report.sheets
        for slot, text in zip(sheet.table.slots, sheet.texts, strict=True)
        if text
    }
    assert said == (FIGURES if year > 2018 else {})


def test_what_is_carried_over_is_marked_and_contact_too() -> None:
    text = made(2025)["tables.yaml"]
    assert re.findall(r"^  (\S+): .*# " + CARRIED, text, re.M) == ["上年结转"] and text.count("请核对") == 2
    assert '联系: {邮编: "012345"}  # 由上年报告带入，请核对' in text


@pytest.mark.parametrize("year", [2020, 2025])
def test_nothing_of_it_can_be_published(year: int) -> None:
    """Every prompt is an error on its own, also in a year whose blanks are forgiven."""
    files = made(year)
    found = [
        f
        for f in findings(year, files["tables.yaml"], files["report.md"], historical_until=2030)
        if f.rule == "LEAK-TEMPLATE"
    ]
    assert len(found) == files["report.md"].count(PROMPT) == 4 and all(f.blocking for f in found)
    filled = findings(year, tables(year), files["report.md"])
    assert {f.rule for f in filled if f.blocking} >= {"LEAK-TEMPLATE"}


def test_the_sections_say_what_belongs_there_and_tables_need_no_words() -> None:
    sections = made(2025)["report.md"].split("## ")
    assert (
        "五个方面" in sections[1]
        and "信息处理费" in sections[6]
        and [PROMPT in one for one in sections] == [True, True, False, False, False, True, True]
    )


def test_the_fee_is_asked_for_in_figures_since_2021_only() -> None:
    files = made(2025)
    assert (
        "\n信息处理费: {发出通知: ~, 总金额: ~, 实际收取: ~}\n" in files["tables.yaml"]
        and "事项\n\n{{信息处理费}}\n\n" in files["report.md"]
    )
    assert [f.subject for f in findings(2025, files["tables.yaml"], files["report.md"]) if f.rule == "FEE-BLANK"] == [
        "信息处理费"
    ]
    filled = {
        **files,
        "tables.yaml": files["tables.yaml"].replace(
            "{发出通知: ~, 总金额: ~, 实际收取: ~}", "{发出通知: 0, 总金额: 0, 实际收取: 0}"
        ),
    }
    assert "本年度发出收费通知0件，总金额0元，实际收取总金额0元。" in read(filled, 2025)[0].prose.sections[5].html
    assert not any("信息处理费" in text for text in made(2020).values())


def test_last_years_indicators_stand_ready_as_comments() -> None:
    old, _ = entry(
        2021,
        tables(2021)
        + "指标:\n  示例次数: {值: 7, 单位: 次, 部分: 一}\n"
        + '  示例率: {值: 50, 单位: "%", 部分: 一, 分子: 示例甲, 分母: 示例乙}\n',
    )
    assert old is not None
    files = made(2025, old.report.indicators)
    assert (
        "#   示例次数: {值: , 单位: 次, 部分: 一}\n" in files["tables.yaml"]
        and "7" not in files["tables.yaml"].split("# 上年登记的指标")[1]
    )
    tidy = files["tables.yaml"].replace("# 指标:", "指标:").replace("#   示例", "  示例").replace("值: ,", "值: 5,")
    assert [(i.name, i.text) for i in read({**files, "tables.yaml": tidy}, 2025)[0].report.indicators] == [
        ("示例次数", "5"),
        ("示例率", "5"),
    ]


def test_every_form_since_2019_prompts_for_its_narrative() -> None:
    for form_id in ("gbkbh-2019-60", "gbkbh-2021-30"):
        assert [bool(section.prompt) for section in form(form_id).sections] == [True, False, False, False, True, True]
