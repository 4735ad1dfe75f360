"""Which form a report uses for its year, and rows that it adds to it."""

from __future__ import annotations

import pytest

from generator.finding import Finding, Level, Place
from tests.example import findings, prose, tables

OLD, NEW = "gbkbh-2019-60", "gbkbh-2021-30"
ADDED = "增加行:\n  - {表: 表三, 行: 小计, 数: [0, 0, 0, 0, 0, 0, 0]}\n"


def on_the_old_form(year: int) -> str:
    """Puts the tables of 2020 into a report for a later year."""
    return tables(2020).replace("2020", str(year))


def of_rule(rule: str, year: int, text: str, historical_until: int = 0) -> list[Finding]:
    hits = findings(year, text, prose(year), historical_until)
    return [finding for finding in hits if finding.rule == rule]


@pytest.mark.parametrize("line", ["", f"格式: {NEW}\n", "格式: ~\n"])
def test_the_form_of_the_year_needs_no_name(line: str) -> None:
    assert of_rule("STR-FORM-YEAR", 2021, tables(2021) + line) == []


@pytest.mark.parametrize(
    ("year", "text", "used", "zh", "en"),
    [
        (
            2022,
            on_the_old_form(2022) + f"格式: {OLD}\n",
            OLD,
            f"报告使用的是格式 {OLD}（国办公开办函〔2019〕60号）；2022年度应使用格式 {NEW}（国办公开办函〔2021〕30号）",
            f"the report uses the form {OLD}（国办公开办函〔2019〕60号）; "
            f"the form for 2022 is {NEW}（国办公开办函〔2021〕30号）",
        ),
        (
            2022,
            on_the_old_form(2022),
            OLD,
            f"各行与格式 {OLD}（国办公开办函〔2019〕60号）一致；2022年度应使用格式 {NEW}（国办公开办函〔2021〕30号）。"
            f"原报告确是如此的，请写明“格式: {OLD}”；否则请照本年度格式填",
            f"the rows are those of {OLD}（国办公开办函〔2019〕60号）; "
            f"the form for 2022 is {NEW}（国办公开办函〔2021〕30号）. "
            f"If published so, write “格式: {OLD}”; else use the form for the year",
        ),
        (
            2021,
            tables(2021) + f"格式: {OLD}\n",
            NEW,
            f"“格式”写的是 {OLD}，各行却与 {NEW}（国办公开办函〔2021〕30号） 一致：请改正“格式”",
            f"“格式” says {OLD}, but the rows are those of {NEW}（国办公开办函〔2021〕30号）: correct “格式”",
        ),
    ],
    ids=["named", "told by its rows", "named wrongly"],
)
def test_another_form_is_an_error_that_names_both(year: int, text: str, used: str, zh: str, en: str) -> None:
    (finding,) = of_rule("STR-FORM-YEAR", year, text)
    assert (finding.level, finding.subject, finding.values) == (Level.ERROR, used, used)
    assert finding.message.zh.replace(" ", "") == zh.replace(" ", "")
    assert finding.message.en == en


def test_the_finding_stands_where_the_form_is_named_else_at_the_beginning() -> None:
    named = on_the_old_form(2022) + f"格式: {OLD}\n"
    (finding,) = of_rule("STR-FORM-YEAR", 2022, named)
    assert finding.place == Place("2022/shili/tables.yaml", named.count("\n"), 5)
    (guessed,) = of_rule("STR-FORM-YEAR", 2022, on_the_old_form(2022))
    assert guessed.place == Place("2022/shili/tables.yaml", 1, 1)


def test_a_row_added_to_a_statutory_table_is_an_error_at_its_place() -> None:
    text = tables(2021) + ADDED
    (finding,) = of_rule("STR-EXTRA", 2021, text)
    assert (finding.level, finding.subject) == (Level.ERROR, "表三.小计")
    assert finding.place == Place("2021/shili/tables.yaml", text.count("\n"), 5)
    assert finding.message.zh == "表三增加了格式之外的一行“小计”"
    assert finding.message.en == "表三 has a row that is not part of the form: “小计”"
    assert of_rule("STR-EXTRA", 2021, tables(2021)) == []


def test_the_list_table_of_2014_to_2018_may_be_extended() -> None:
    assert of_rule("STR-EXTRA", 2018, tables(2018) + "增加行:\n  - {表: 统计表, 行: 其他, 数: [0]}\n") == []


def test_on_a_historical_report_both_are_warnings() -> None:
    text = on_the_old_form(2022) + f"格式: {OLD}\n" + ADDED
    for rule in ("STR-FORM-YEAR", "STR-EXTRA"):
        assert [finding.level for finding in of_rule(rule, 2022, text, 2022)] == [Level.WARNING]
