"""Differences, rates and sums of printed figures: a figure that is not there makes nothing."""

from __future__ import annotations

import pytest

from generator.website.numbers import added, by_organ, change, comparable, last_year, of_last_year, rate, share, texts
from tests.example import report as read_report
from tests.example import tables
from tests.website.compare.samples import TRENDS, report


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("15", "30", "50.0%"),
        ("1", "3000", "0.0%"),
        ("1", "2000", "0.1%"),  # a half is rounded up
        ("30", "30", "100.0%"),
        ("15", "29", ""),
        ("", "30", ""),
        ("15", "", ""),
        ("0", "0", ""),
    ],
)
def test_a_rate_has_one_decimal_and_needs_thirty_cases(part: str, whole: str, text: str) -> None:
    assert rate(part, whole, 30) == text


def test_without_a_least_number_there_is_still_no_rate_of_nothing() -> None:
    assert rate("0", "0", 0) == "" and rate("1", "2", 0) == "50.0%"


def test_a_change_has_its_sign() -> None:
    assert [change("5", "3"), change("3", "5"), change("3", "3"), change("", "3"), change("3", "")] == [
        "+2",
        "−2",
        "0",
        "",
        "",
    ]
    assert change("1.25", "1.5") == "−0.25"


def test_of_fewer_than_thirty_cases_there_is_no_share() -> None:
    assert [share(7, whole) for whole in (28, 29, 30)] == ["", "", "23.3%"] and share(0, 30) == "0.0%"
    assert share(49, 400) == rate("49", "400", 30) == "12.3%"  # a half is rounded up here too


def test_a_sum_says_how_many_figures_it_is_of() -> None:
    assert added(["1", "", "2.5"]) == ("3.5", 2) and added([""]) == ("", 0)


def test_last_year_is_blank_where_the_figure_means_something_else() -> None:
    denied, received = TRENDS["不予公开"], TRENDS["新收申请"]
    old, new = report(2018, "jiaju", 40), report(2019, "jiaju")
    assert last_year(received, new, old) == "40" and last_year(denied, new, old) == ""
    assert last_year(denied, report(2020, "jiaju"), new) == "0" and last_year(denied, new, None) == ""
    assert not comparable(TRENDS["收费"], "gbkbh-2019-60", "gbkbh-2021-30")


def test_a_report_stands_beside_the_one_before_as_far_as_both_count_the_same() -> None:
    before, now = read_report(2018, tables(2018)), read_report(2019, tables(2019))
    beside = of_last_year(list(TRENDS.values()), now, before)
    assert beside["新收申请"] == "3" and "不予公开" not in beside and of_last_year([], now, None) == {}


def test_reports_go_by_organ_and_year() -> None:
    reports = [report(2020, "b"), report(2021, "b"), report(2021, "a")]
    assert [(organ, list(years)) for organ, years in by_organ(reports).items()] == [("b", [2020, 2021]), ("a", [2021])]
    assert texts(report(2018, "a"))["新收申请"] == "40" and "办理总计" not in texts(report(2018, "a"))
