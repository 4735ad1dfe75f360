"""Figures through the years: what may stand on one line, and where the line breaks."""

from __future__ import annotations

import re

import pytest

from generator.forms.declared import declared_trends
from generator.forms.series import Comparable, Trend, read_trends
from tests.example import FORMS

TRENDS = {trend.name: trend for trend in declared_trends(FORMS)}
YEARS = [
    (2017, "era-2014-stat"),
    (2018, "era-2014-stat"),
    (2019, "gbkbh-2019-60"),
    (2020, "gbkbh-2019-60"),
    (2021, "gbkbh-2021-30"),
]


def breaks(trend: Trend) -> list[tuple[int, int]]:
    return [(step.earlier, step.later) for step in trend.breaks(YEARS)]


def test_requests_are_one_line_with_a_mark_where_the_form_changed() -> None:
    trend = TRENDS["新收申请"]
    assert trend.cells["era-2014-stat"] == ("统计表.收到申请数",)
    assert trend.runs(YEARS) == ((2017, 2018, 2019, 2020, 2021),)
    assert breaks(trend) == [(2018, 2019)] and trend.breaks(YEARS)[0].join.note.zh.startswith("2019年起")


def test_fees_are_three_different_things_and_never_joined() -> None:
    trend = TRENDS["收费"]
    assert trend.runs(YEARS) == ((2017, 2018), (2019, 2020), (2021,))
    assert breaks(trend) == [(2018, 2019), (2020, 2021)]
    assert trend.units == {"era-2014-stat": "万元", "gbkbh-2019-60": "项", "gbkbh-2021-30": "万元"}
    assert trend.join("era-2014-stat", "gbkbh-2021-30").comparable is Comparable.NEVER


@pytest.mark.parametrize(
    ("name", "comparable"),
    [
        ("新收申请", "full"),
        ("予以公开", "approximate"),
        ("部分公开", "approximate"),
        ("不予公开", "never"),
        ("行政复议", "approximate"),
        ("行政诉讼", "approximate"),
        ("规范性文件制发", "approximate"),
        ("收费", "never"),
    ],
)
def test_the_map_across_2018_and_2019(name: str, comparable: str) -> None:
    assert TRENDS[name].join("era-2014-stat", "gbkbh-2019-60").comparable == comparable


@pytest.mark.parametrize(
    ("name", "comparable"), [("行政许可决定", "full"), ("规范性文件存量", "never"), ("新收申请", "full")]
)
def test_the_map_across_2020_and_2021(name: str, comparable: str) -> None:
    assert TRENDS[name].join("gbkbh-2019-60", "gbkbh-2021-30").comparable == comparable


def test_a_form_without_the_figure_is_passed_over() -> None:
    trend = TRENDS["上年结转"]
    assert trend.runs(YEARS) == ((2019, 2020, 2021),) and breaks(trend) == []
    assert trend.join("era-2014-stat", "gbkbh-2019-60").comparable is Comparable.NEVER


def test_going_by_the_form_and_not_the_year() -> None:
    """A report of 2022 on the form of 2019 breaks a line that would go on."""
    years = [(2021, "gbkbh-2021-30"), (2022, "gbkbh-2019-60"), (2023, "gbkbh-2021-30")]
    assert TRENDS["规范性文件存量"].runs(years) == ((2021,), (2022,), (2023,))
    assert TRENDS["行政许可决定"].runs(years) == ((2021, 2022, 2023),)


FUJIAN = [(2013, "fujian-2009-list"), (2014, "fujian-2014-list"), (2018, "fujian-2014-list"), *YEARS[2:]]


def test_a_local_list_stands_on_the_line_of_its_province() -> None:
    """福建's list has two versions; from 2019 on its organs report on the national form."""
    trend = TRENDS["新收申请"]
    assert trend.cells["fujian-2014-list"] == ("地方统计表.受理申请总数.本年度",)
    assert trend.runs(FUJIAN) == ((2013, 2014, 2018, 2019, 2020, 2021),)
    (step,) = trend.breaks(FUJIAN)
    assert (step.earlier, step.later, step.join.comparable) == (
        2018,
        2019,
        "approximate",
    ) and "福建" in step.join.note.zh
    assert TRENDS["不予公开"].runs(FUJIAN) == ((2013, 2014, 2018), (2019, 2020, 2021))


@pytest.mark.parametrize(
    ("earlier", "later", "comparable"),
    [
        ("fujian-2009-list", "gbkbh-2019-60", "approximate"),  # over its second version
        ("fujian-2009-list", "gbkbh-2021-30", "approximate"),
        ("fujian-2014-list", "era-2014-stat", "approximate"),  # a place that changed over earlier
        ("era-2014-stat", "fujian-2014-list", "approximate"),
        ("fujian-2014-list", "fujian-2014-list", "full"),
    ],
)
def test_a_local_list_is_joined_only_over_declared_joins(earlier: str, later: str, comparable: str) -> None:
    assert TRENDS["新收申请"].join(earlier, later).comparable == comparable


def test_a_local_list_without_a_join_is_not_joined() -> None:
    declared = "{fujian-2014-list: received, era-2014-stat: received, gbkbh-2019-60: received}"
    (trend,) = read_trends(f"series: [{{name: 甲, unit: 件, cells: {declared}}}]".encode(), FORMS)
    assert trend.join("fujian-2014-list", "gbkbh-2019-60").comparable is Comparable.NEVER
    assert trend.join("era-2014-stat", "gbkbh-2019-60").comparable is Comparable.FULL


def test_every_form_lists_the_same_series_in_the_same_order() -> None:
    assert {tuple(series.name for series in form.series) for form in FORMS} == {tuple(TRENDS)}
    listed = [series.name for series in FORMS[0].series if series.listed]
    assert [
        *listed
    ] == "新收申请 办理总计 予以公开 部分公开 不予公开 无法提供 不予处理 结转下年 行政复议 行政诉讼".split()
    headline = [series.name for series in FORMS[0].series if series.headline]
    assert headline == "新收申请 办理总计 予以公开 结转下年 行政复议 行政诉讼".split()


def test_every_series_has_an_address_of_its_own_and_rates_are_of_series() -> None:
    ids = [trend.id for trend in TRENDS.values()]
    assert len(set(ids)) == len(ids) and all(re.fullmatch("[a-z-]+", name) for name in ids)
    shares = [trend.share for trend in TRENDS.values() if trend.share]
    assert shares and all(share.of in TRENDS and share.least == 30 for share in shares)


def test_a_cell_or_form_that_does_not_exist_is_refused() -> None:
    for cells in ("{gbkbh-2021-30: [表三.没有.总计]}", "{gbkbh-1999-1: received}", "{gbkbh-2021-30: no_such_role}"):
        with pytest.raises(KeyError):
            read_trends(f"series: [{{name: 甲, unit: 件, cells: {cells}}}]".encode(), FORMS)
