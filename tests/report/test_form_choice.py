"""Which form a report is read by, and the rows it adds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.collection.facts import CollectionFacts, gather
from generator.finding import Finding, Level, Place
from generator.forms.table_layout import grid
from tests.example import brief, entry, findings, form, prose, report, tables

OF_2014, OF_2019, OF_2021 = form("era-2014-stat"), form("gbkbh-2019-60"), form("gbkbh-2021-30")


def of(found: list[Finding], *rules: str) -> list[Finding]:
    return [finding for finding in found if finding.rule in rules]


# ---------------------------------------------------------------- the form


def on_the_old_form(year: int = 2022) -> str:
    return tables(2020).replace("2020", str(year))


def test_a_report_may_say_that_it_is_on_another_form() -> None:
    text = on_the_old_form() + "格式: gbkbh-2019-60\n"
    made = report(2022, text, prose(2022))
    assert (
        made.form is OF_2019
        and made.origin.due is OF_2021
        and made.figure("表二.规范性文件.对外公开总数量") is not None
    )
    (found,) = of(findings(2022, text, prose(2022)), "STR-FORM-YEAR")
    assert found.level is Level.ERROR and found.place.line == text.count("\n") and found.subject == "gbkbh-2019-60"
    assert "国办公开办函〔2019〕60号" in found.message.zh and "国办公开办函〔2021〕30号" in found.message.zh


def test_on_a_published_record_the_wrong_form_is_a_warning_and_can_be_accepted() -> None:
    text = on_the_old_form() + "格式: gbkbh-2019-60\n"
    assert [f.level for f in of(findings(2022, text, prose(2022), 2022), "STR-FORM-YEAR")] == [Level.WARNING]
    accepted = text + "接受:\n  - {规则: STR-FORM-YEAR, 位置: [gbkbh-2019-60], 值: gbkbh-2019-60, 原因: 原报告如此}\n"
    assert [f.accepted for f in of(findings(2022, accepted, prose(2022), 2022), "STR-FORM-YEAR")] == ["原报告如此"]


def test_rows_of_another_form_give_one_hint_and_no_unknown_rows() -> None:
    found = findings(2022, on_the_old_form(), prose(2022))
    assert brief(found) == ["STR-FORM-YEAR gbkbh-2019-60"] and found[0].place == Place("2022/shili/tables.yaml", 1, 1)
    assert "的格式" not in found[0].message.zh and "；2022年度应使用格式 gbkbh-2021-30（" in found[0].message.zh
    assert "the form for 2022 is gbkbh-2021-30（" in found[0].message.en
    assert "请写明“格式: gbkbh-2019-60”" in found[0].message.zh
    origin = report(2022, on_the_old_form(), prose(2022)).origin
    assert origin.guessed and not origin.named


def test_a_wrongly_named_form_gives_one_finding_too() -> None:
    found = findings(2021, tables(2021) + "格式: gbkbh-2019-60\n")
    assert brief(found) == ["STR-FORM-YEAR gbkbh-2021-30"] and "请改正“格式”" in found[0].message.zh
    assert found[0].place.line == tables(2021).count("\n") + 1


def test_a_year_without_a_form_says_so_and_is_read_by_the_form_it_names() -> None:
    text = tables(2008).replace("2008", "2005") + "格式: era-2007-narrative\n"
    (found,) = of(findings(2005, text, prose(2008).replace("2008", "2005")), "STR-FORM-YEAR")
    assert found.message.zh.startswith("报告使用的是格式 era-2007-narrative（") and found.message.zh.endswith(
        "；2005年度没有对应的法定格式"
    )
    assert found.message.en.startswith("the report uses the form era-2007-narrative（") and found.message.en.endswith(
        "; no form governs 2005"
    )
    assert found.values == found.subject == "era-2007-narrative"
    assert found.place == Place("2005/shili/tables.yaml", text.count("\n"), 5)


def test_the_form_of_the_year_named_or_not_is_no_finding() -> None:
    assert findings(2021, tables(2021) + "格式: gbkbh-2021-30\n") == findings(2021, tables(2021) + "格式: ~\n") == []


def test_one_misnamed_row_is_still_the_form_of_its_year() -> None:
    text = tables(2021).replace("行政规范性文件", "规范性文件")
    assert sorted({f.rule for f in findings(2021, text)}) == ["KEY-UNKNOWN", "ROW-MISSING"]


def test_a_form_that_does_not_exist_is_named_and_the_years_own_is_read() -> None:
    made, found = entry(2021, tables(2021) + "格式: gbkbh-1999\n")
    assert made is not None and made.report.form is OF_2021
    assert [f.rule for f in found] == ["STR-FORM"] and "gbkbh-2021-30" in found[0].message.zh


def test_naming_the_form_of_the_year_is_no_finding() -> None:
    assert findings(2021, tables(2021) + "格式: gbkbh-2021-30\n") == []


def test_a_year_without_a_form_needs_one_named() -> None:
    made, found = entry(2005, tables(2010).replace("2010", "2005"), prose(2010))
    assert made is None and [f.rule for f in found] == ["STR-FORM"]
    made, _ = entry(2005, tables(2010).replace("2010", "2005") + "格式: era-2007-narrative\n", prose(2010))
    assert made is not None and made.report.form.id == "era-2007-narrative"


# ---------------------------------------------------------------- added rows

LOCAL = """\
增加行:
  - {行: 主动公开机构领导信息数, 上级: 主动公开数, 单位: 条, 数: 12}
  - {行: 地方专项数, 之后: 七、依申请公开信息收取的费用, 单位: 万元, 数: "2.5"}
"""


def test_an_added_row_stands_at_its_place_with_its_unit() -> None:
    made = report(2016, tables(2016) + LOCAL, prose(2016))
    lines = [row.cells for body in grid(made.sheets[0].table).bodies for row in body.rows]
    labels = [cells[0].text for cells in lines]
    at = labels.index("主动公开机构领导信息数")
    assert labels[at - 1] == "制发规范性文件总数" and lines[at][0].level == 3 and lines[at][1].text == "条"
    assert labels[labels.index("地方专项数") - 1] == "七、依申请公开信息收取的费用"
    assert len(lines) == 67
    assert made.figure("统计表.主动公开机构领导信息数") == (Decimal(12), "12")
    assert made.figure("统计表.地方专项数") == (Decimal("2.5"), "2.5")
    assert made.sheets[0].units[made.form.by_name["统计表.地方专项数"][1]] == "万元"


def test_an_added_row_is_part_of_no_identity_and_moves_no_figure() -> None:
    """The identities lie on the same cells as before, by name, though every index behind the row has moved."""
    wider = report(2016, tables(2016) + LOCAL, prose(2016)).form.tables[0]
    plain = OF_2014.tables[0]
    named = [
        [[t.slots[i].name for i in side] for side in (e.left, e.right)] for t in (wider, plain) for e in t.equations
    ]
    assert named[: len(plain.equations)] == named[len(plain.equations) :]
    assert findings(2016, tables(2016) + LOCAL, prose(2016)) == []


def test_a_unit_with_added_rows_is_added_up_like_the_others() -> None:
    gathered = CollectionFacts()
    for text in (tables(2016), tables(2016) + LOCAL):
        read, _ = entry(2016, text)
        assert read is not None
        gather(gathered, read, "shang", False, ())
    (tally,) = gathered.unit_totals.values()
    assert tally.units == 2 and len(tally.sums) == 58
    assert tally.sums[OF_2014.by_name["统计表.收到申请数"][1]] == 6 and sum(tally.sums) == 36


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([0, 1, 7, 250, "~", "/", -3, "1.5", "甲"]), min_size=58, max_size=58),
    st.sampled_from(["", LOCAL]),
)
def test_no_rule_stumbles_over_the_list(figures: list[object], added: str) -> None:
    keys = OF_2014.tables[0].row_ranges
    text = tables(2016, **{f"统计表_{key}": [figure] for key, figure in zip(keys, figures, strict=True)})
    before, _ = entry(2015)
    assert not of(findings(2016, text + added, prose(2016), previous=before), "TOOL-FAULT")


def test_rows_across_columns_take_a_list_and_are_found_in_a_closed_form() -> None:
    text = tables(2021) + "增加行:\n  - {表: 表三, 行: 小计, 上级: （三）不予公开, 数: [0, 0, 0, 0, 0, 0, 9]}\n"
    made = report(2021, text)
    assert made.figure("表三.小计.总计") == (Decimal(9), "9")
    labels = [
        c.text
        for body in grid(made.form.tables[1]).bodies
        for row in body.rows
        for c in row.cells
        if c.text == "（三）不予公开" and c.rowspan == 9
    ]
    assert labels
    (found,) = findings(2021, text)
    assert (found.rule, found.level, found.subject) == ("STR-EXTRA", Level.ERROR, "表三.小计")
    assert found.place.line == text.count("\n") and "小计" in found.message.zh
    assert [f.level for f in findings(2021, text, historical_until=2021)] == [Level.WARNING]


def test_a_row_beside_an_only_row_is_told_apart_by_its_name() -> None:
    text = tables(2021) + f"增加行:\n  - {{表: 表四, 行: 合计, 数: [{', '.join(map(str, range(15)))}]}}\n"
    made = report(2021, text)
    assert made.figure("表四.行政复议.总计") == (Decimal(0), "0") and made.figure("表四.合计.复议后起诉.总计") == (
        Decimal(14),
        "14",
    )


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("{行: 1.当面申请数, 单位: 件, 数: 1}", "就是统计表的“当面申请数”一行"),
        ("{行: 收到申请总数, 名称: 收到申请数, 单位: 件, 数: 1}", "就是统计表的“收到申请数”一行"),
        ("{行: 甲, 之后: 收到申请, 数: 1}", "没有“收到申请”，“甲”放在表末；是不是“收到申请数”"),
        ("{行: 甲}", "“行”（所印的名称）和“数”"),
        ("{行: 甲, 表: 表三, 数: 1}", "哪张“表”：统计表"),
        ("{行: 甲, 位置: 末尾, 数: 1}", "没有“位置”；可用"),
        ("甲", "“行”（所印的名称）和“数”"),
    ],
)
def test_what_is_wrong_with_an_added_row_is_told(item: str, words: str) -> None:
    text = tables(2016) + f"增加行:\n  - {item}\n"
    (found, *_) = of(entry(2016, text, prose(2016))[1], "ROW-ADDED")
    assert words in found.message.zh and found.place.line == text.count("\n")


def test_added_rows_must_be_a_list_of_bounded_length() -> None:
    for said in ("甲", "{行: 甲, 数: 1}", "\n" + "  - {行: 甲, 数: 1}\n" * 201):
        assert [f.rule for f in entry(2016, tables(2016) + f"增加行: {said}\n", prose(2016))[1]] == ["ROW-ADDED"]


def test_a_row_with_another_name_may_share_a_printed_label() -> None:
    text = tables(2016) + "增加行:\n  - {行: （二）被依法纠错数, 名称: 投诉纠错数, 之后: 举报投诉数, 单位: 件, 数: 0}\n"
    assert findings(2016, text, prose(2016)) == []


def test_a_second_added_row_may_stand_behind_the_first() -> None:
    rows = "增加行:\n  - {行: 甲, 之后: 会议次数, 单位: 次, 数: 1}\n  - {行: 乙, 之后: 甲, 单位: 次, 数: 2}\n"
    made = report(2016, tables(2016) + rows, prose(2016))
    keys = [slot.row.key for slot in made.sheets[0].table.slots]
    assert keys[keys.index("甲") - 1 : keys.index("甲") + 3] == ["会议次数", "甲", "乙", "培训班次数"]


def test_a_bad_figure_of_an_added_row_is_told_at_its_cell() -> None:
    text = tables(2016) + "增加行:\n  - {行: 甲, 单位: 条, 数: 1,000}\n"
    assert [f.rule for f in entry(2016, text.replace("数: 1,000", "数: 十二"), prose(2016))[1]] == ["FIG-NUMBER"]


# ---------------------------------------------------------------- earlier years


@pytest.mark.parametrize("year", [2010, 2016])
def test_a_consistent_report_of_an_earlier_year_has_no_findings(year: int) -> None:
    assert findings(year, narrative=prose(year)) == []


BROKEN = [
    ("A-31", "收到申请数", 4),
    ("A-32", "按时办结数", 2),
    ("A-33", "申请答复数", 2),
    ("A-334", "不同意公开答复数", 1),
    ("A-4", "行政复议数", 1),
    ("A-5", "诉讼其他数", 1),
    ("A-83", "专职人员数", 1),
    ("A-11", "公开规范性文件数", 1),
    ("A-12", "政府公报公开数", 1),
    ("A-12", "主动公开数", 1),
    ("A-221", "负责人出席访谈次数", 1),
    ("A-BLANK", "培训人数", "~"),
    ("A-NEG", "会议次数", -1),
    ("A-SLASH", "查阅点数", "/"),
]


@pytest.mark.parametrize(("rule", "row", "figure"), BROKEN, ids=[f"{case[0]}-{case[1]}" for case in BROKEN])
def test_a_broken_figure_of_the_list_is_found_by_its_rule(rule: str, row: str, figure: object) -> None:
    found = of(findings(2016, tables(2016, **{f"统计表_{row}": [figure]})), rule)
    assert found and any(cell.row[-1] for f in found for cell in f.cells)
    if rule == "A-31":
        assert found[0].message.zh.startswith("统计表“收到申请数”：网络申请数 3 ≠ 收到申请数 4")


def test_what_only_may_be_wrong_is_a_warning_or_a_note() -> None:
    assert {f.level for f in of(findings(2016, tables(2016, 统计表_政府公报公开数=[1])), "A-12")} == {Level.WARNING}
    assert {
        f.level for f in of(findings(2016, tables(2016, 统计表_申请办结数=[4], 统计表_按时办结数=[4])), "A-323")
    } == {Level.NOTE}


def test_titles_of_earlier_years_are_free_and_a_missing_part_is_a_note() -> None:
    titles = ("基本情况", "主动公开的情况", "申请公开和收费", "复议、诉讼")
    narrative = "\n".join(f"## {title}\n\n无。\n" for title in titles)
    found = [f for f in findings(2010, narrative=narrative) if f.rule != "STR-NUM"]
    assert [(f.rule, f.level, f.subject) for f in found] == [
        ("STR-MISSING", Level.NOTE, "六、政府信息公开工作存在的主要问题及改进情况")
    ]
    assert {f.level for f in findings(2010, narrative=narrative)} == {Level.NOTE}
