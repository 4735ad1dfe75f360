"""The cells of tables of figures: what stands in a row, and what in a sum."""

from __future__ import annotations

from collections.abc import Sequence

from generator.website.figure_tables import (
    DASH,
    MANY,
    CellPrinter,
    CellView,
    FiguresView,
    TotalView,
    changed,
    counts_and_rates,
    is_long,
    rate_cell,
    sum_cell,
)
from generator.website.numbers import Sum
from generator.website.views import OrganView
from generator.website.words import load_words
from tests.website.compare.samples import TRENDS, report

WORDS = load_words()
ALL = list(TRENDS.values())
NOW = [report(2021, "shili", 60), report(2021, "jiaju", 20)]
BEFORE = {"shili": report(2020, "shili", 50), "jiaju": report(2020, "jiaju", 25)}


def test_a_form_without_a_figure_has_no_column_for_it() -> None:
    counts, rates = counts_and_rates(ALL, [report(2018, "shili")], lambda _: None)
    assert counts.columns(WORDS) == ("新收申请", "较上年", "予以公开", "部分公开", "不予公开", "行政复议", "行政诉讼")
    assert rates is None


def test_a_row_has_the_change_behind_the_first_figure() -> None:
    counts, _ = counts_and_rates(ALL, NOW, lambda summary: BEFORE[summary.organ])
    assert [cell.text for cell in counts.row(NOW[0])[:3]] == ["60", "+10", "60"]
    assert counts.row(NOW[1])[1] == CellView("−5", "-5")  # sorts as a number


def test_a_figure_that_began_to_count_something_else_is_marked_and_still_sorts() -> None:
    counts, _ = counts_and_rates(ALL, NOW, lambda _: None, {"办理总计": {2021}})
    cells = counts.row(NOW[0])
    assert [cell.broken for cell in cells[:4]] == [False, False, True, False]
    printed = CellPrinter(str, "※")(cells[2:3])
    assert printed == '<td class="num broken" data-v="60"><span class="mark">※</span>60</td>'


def test_a_sum_changes_only_where_all_its_reports_have_a_year_before() -> None:
    counts, _ = counts_and_rates(ALL, NOW, lambda summary: BEFORE[summary.organ])
    assert [cell.text for cell in counts.total(NOW)[:2]] == ["80", "+5"]
    counts, _ = counts_and_rates(
        ALL, NOW, lambda summary: BEFORE.get(summary.organ) if summary.organ != "jiaju" else None
    )
    assert [cell.text for cell in counts.total(NOW)[:2]] == ["80", ""]


def test_rates_of_sums_are_made_of_sums() -> None:
    _, rates = counts_and_rates(ALL, NOW, lambda _: None)
    assert rates is not None and rates.columns(WORDS)[:2] == ("办理总计（n）", "予以公开率")
    assert [cell.text for cell in rates.row(NOW[1])[:2]] == ["20", "–"]
    assert [cell.text for cell in rates.total(NOW)[:2]] == ["80", "50.0%"]


def test_a_list_of_more_organs_than_a_phone_can_take_begins_with_its_districts_if_it_has_any() -> None:
    unit = OrganView("甲局", "部门", "", "2021", 1)
    units = [unit] * MANY
    assert is_long([*units, unit._replace(leading=True)])
    assert not is_long([*units[1:], unit._replace(leading=True)]) and not is_long([*units, unit])


def test_a_dash_says_that_there_are_too_few_and_nothing_that_a_figure_is_missing() -> None:
    assert rate_cell("3", "29", 30).text == "–" and rate_cell("", "40", 30).text == rate_cell("3", "", 30).text == ""
    assert rate_cell("10", "40", 30) == CellView("25.0%", "25.0")


def test_a_cell_is_printed_with_what_it_sorts_by_and_its_note() -> None:
    printer = CellPrinter(lambda note: f"{note}份")
    assert printer([CellView("5")]) == '<td class="num">5</td>'
    assert printer([CellView("25.0%", "25.0")]) == '<td class="num" data-v="25.0">25.0%</td>'
    assert printer([CellView("<5", note="2")]) == '<td class="num">&lt;5 <small>2份</small></td>'


def rates(*lines: Sequence[str]) -> FiguresView:
    rows = [TotalView("", tuple(DASH if text == "–" else CellView(text) for text in line)) for line in lines]
    return FiguresView("rates", "", (), (), tuple(rows))


def test_a_table_of_rates_without_one_is_known_by_what_is_too_small_in_every_line() -> None:
    assert rates(["29", "–"], ["3", "–"]).dashes and rates(["29", "–", ""], ["", ""]).dashes
    assert not rates(["29", "–"], ["40", "50.0%"]).dashes
    assert not rates(["29", "–"], ["40", ""]).dashes, "a figure is missing, but forty are not few"


def test_a_sum_of_some_reports_says_of_how_many() -> None:
    assert sum_cell(Sum("5", 2), 3) == CellView("5", note="2") and sum_cell(Sum("5", 3), 3) == CellView("5")
    assert sum_cell(Sum("", 0), 3) == CellView("") and changed("", "1").text == ""
