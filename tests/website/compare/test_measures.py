"""One figure over organs and years: neutral order, changes, sums, rates with their n, grounds, and breaks."""

from __future__ import annotations

from generator.collection.summary import ReportSummary
from generator.website.compare.measures import Measure
from generator.website.numbers import by_organ, texts
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import TRENDS, report

FORMS_BY_ID = {form.id: form for form in FORMS}
SHILI, JIAJU, YIZHEN = SETTINGS.organs
REPORTS = [
    report(2018, "shili", 50, 不予公开="9"),
    report(2019, "shili", 60, 不予公开="4"),
    report(2020, "shili", 70, 不予公开="6"),
    report(2020, "jiaju", 20, 不予公开="2"),
]


def measure(name: str = "不予公开", reports: list[ReportSummary] = REPORTS) -> Measure:
    figures = {(item.organ, item.year): texts(item) for item in reports}
    return Measure(TRENDS[name], SETTINGS.organs, by_organ(reports), figures, FORMS_BY_ID)


def rows(name: str = "不予公开") -> dict[str, list[str]]:
    return {row.label: [cell.text for cell in row.cells] for row in measure(name).counts()}


def test_organs_stand_as_registered_with_years_latest_first_and_the_change_behind_the_latest() -> None:
    assert measure().years == [2020, 2019, 2018]
    assert rows() == {"示例区人民政府": ["6", "+2", "4", "9"], "示例区甲局": ["2", "", "", ""]}


def test_a_break_is_marked_where_what_is_counted_changed() -> None:
    assert [column for column in measure().columns if column.broken] == [(2019, True)]
    cells = next(measure().counts()).cells
    assert [cell.broken for cell in cells] == [False, False, True, False]


def test_a_sum_says_of_how_many_where_some_lack_the_figure() -> None:
    assert [cell.text for cell in measure().sums("", [SHILI, JIAJU]).cells] == ["8", "", "4", "9"]
    assert [cell.text for cell in measure().sums("", [SHILI]).cells] == ["6", "+2", "4", "9"]
    lacking = [*REPORTS, report(2020, "yizhen", 5, 不予公开="")]
    assert measure(reports=lacking).sums("", SETTINGS.organs).cells[0].note == "2"


def test_rates_have_their_n_and_none_is_made_below_thirty() -> None:
    assert measure().rate_years == [2020, 2019]
    own, unit = measure().rates()
    assert [(cell.text, cell.note) for cell in own.cells] == [("8.6%", "70"), ("6.7%", "60")]
    assert [(cell.text, cell.note) for cell in unit.cells] == [("–", "20"), ("", "")]
    both = measure().rate_of("", [SHILI, JIAJU]).cells[0]
    assert (both.text, both.note) == ("8.9%", "90")  # 8 of 90, not the mean of two rates


def test_grounds_are_the_rows_of_the_form_behind_the_figure() -> None:
    grounds = measure("无法提供").grounds()
    assert grounds is not None and (grounds.year, grounds.form) == (2020, "gbkbh-2019-60")
    assert grounds.labels == ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")
    assert [[cell.text for cell in row.cells] for row in grounds.rows] == [["35", "0", "0"], ["10", "0", "0"]]
    form = FORMS_BY_ID[grounds.form]
    sums = measure("无法提供").ground_sums("", [SHILI, JIAJU], 2020, form)
    assert [cell.text for cell in sums.cells] == ["45", "0", "0"]
    assert measure("无法提供").ground_sums("", [SHILI], 2018, form).cells == ()


def test_a_figure_of_one_row_has_no_grounds() -> None:
    assert measure("予以公开").grounds() is None and measure("新收申请").grounds() is None
