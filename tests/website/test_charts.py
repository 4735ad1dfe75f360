"""The geometry of charts: true to the numbers, honest about gaps and breaks, silent when there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from generator.collection.summary import Figure, ReportSummary
from generator.forms.declared import declared_trends
from generator.website.charts import BASE, HEADROOM, WIDTH, Chart, charts, composition, composition_of, panels
from generator.website.words import Words, load_words
from tests.example import FORMS, entry, tables

SERIES = declared_trends(FORMS)


def drawn(texts: Mapping[int, str]) -> tuple[Chart, ...]:
    """The charts of an organ that received so many requests by year."""
    forms = {year: next(form.id for form in FORMS if form.governs(year)) for year in texts}
    summaries = [
        ReportSummary(year, "shili", "", "", forms[year], (Figure("新收申请", text, "件"),), ())
        for year, text in texts.items()
    ]
    return charts(summaries, SERIES, load_words())


def test_a_single_year_is_not_drawn() -> None:
    assert drawn({2020: "22"}) == ()


def test_years_without_any_figure_or_with_zeros_only_are_not_drawn() -> None:
    assert drawn({2020: "", 2021: "3"}) == ()
    assert drawn({2020: "0", 2021: "0"}) == ()


def test_heights_are_in_proportion_and_bars_stay_inside() -> None:
    (chart,) = drawn({2021: "10", 2019: "5", 2020: "0"})
    heights = [bar.height for bar in chart.bars]
    assert heights == [(BASE - HEADROOM) / 2, 0, BASE - HEADROOM]
    assert [bar.text for bar in chart.bars] == ["5", "0", "10"]
    assert all(bar.y + bar.height == BASE and bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert chart.description == "2019年5件，2020年0件，2021年10件"


def test_a_missing_year_keeps_its_place_without_a_bar() -> None:
    (chart,) = drawn({2019: "5", 2022: "10"})
    assert [(bar.year, bar.text, bar.height > 0) for bar in chart.bars] == [
        ("2019", "5", True),
        ("2020", "", False),
        ("2021", "", False),
        ("2022", "10", True),
    ]


def test_a_break_is_marked_only_where_what_is_counted_changed() -> None:
    (chart,) = drawn({2017: "4", 2018: "5", 2019: "6", 2020: "7", 2021: "8", 2022: "9"})
    (mark,) = chart.marks
    assert mark.x == pytest.approx(WIDTH * 2 / 6, abs=0.1) and mark.note.startswith("2019年起")
    assert [bar.apart for bar in chart.bars] == [True, True, False, False, False, False]
    same = drawn({2019: "5", 2020: "6", 2021: "7"})[0]
    assert same.marks == () and not any(bar.apart for bar in same.bars)


def test_a_break_is_explained_in_the_language_of_the_words() -> None:
    forms = {2018: "era-2014-stat", 2019: "gbkbh-2019-60"}
    summaries = [
        ReportSummary(year, "shili", "", "", form, (Figure("新收申请", "3", "件"),), ()) for year, form in forms.items()
    ]
    (chart,) = charts(summaries, SERIES, Words("en", load_words().texts))
    assert [mark.note for mark in chart.marks] == ["a new form from 2019 on, counting by kind of applicant"]


def test_many_years_leave_out_labels_but_never_the_last() -> None:
    (chart,) = drawn({year: str(year - 2000) for year in range(2009, 2026)})
    shown = [bar.year for bar in chart.bars if bar.year]
    assert len(chart.bars) == 17 and len(shown) <= 8 and shown[-1] == "2025"
    assert [bar.year for bar in chart.bars if bar.text] == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("12345", [*range(2017, 2024)]), ("123456", [2017, 2019, 2021, 2023]), ("9" * 18, [2019])]
)
def test_numbers_that_would_touch_each_other_or_leave_the_drawing_are_not_drawn(number: str, shown: list[int]) -> None:
    (chart,) = drawn(dict.fromkeys(range(2017, 2024), number))
    assert [2017 + at for at, bar in enumerate(chart.bars) if bar.text] == shown
    assert chart.said == f"2023年{number}件，与上年持平"


def composed(**changes: Sequence[object]) -> dict[str, int]:
    """The composition of an 示例 report of 2021, by printed label."""
    read, _ = entry(2021, tables(2021, **changes))
    assert read is not None
    parts = composition_of(read.report.form)
    assert parts is not None
    sheet = next(sheet for sheet in read.report.sheets if sheet.table.id == parts.table)
    return dict(zip([part.label for part in parts.parts], composition(sheet, parts), strict=False))


ONE, TWO, NONE = [1, 0, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 0, 2], [0, 0, 0, 0, 0, 0, "~"]


def test_a_composition_needs_two_parts() -> None:
    assert composed() == {}


def test_a_composition_sums_the_groups_the_form_prints() -> None:
    assert composed(表三_予以公开=ONE, 表三_属于国家秘密=ONE, 表三_属于行政执法案卷=ONE) == {
        "（一）予以公开": 1,
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": 0,
        "（三）不予公开": 2,
        "（四）无法提供": 0,
        "（五）不予处理": 0,
        "（六）其他处理": 0,
    }


def test_a_composition_that_is_not_the_printed_total_is_not_drawn() -> None:
    assert composed(表三_部分公开=ONE) == {}


def test_a_blank_leaves_a_composition_undrawn() -> None:
    assert list(composed(表三_予以公开=ONE, 表三_部分公开=TWO).values()) == [1, 2, 0, 0, 0, 0]
    assert composed(表三_予以公开=ONE, 表三_部分公开=TWO, 表三_属于国家秘密=NONE) == {}


def test_the_form_of_2014_has_a_composition_and_that_of_2007_none() -> None:
    of_2014, of_2007 = (composition_of(next(form for form in FORMS if form.governs(year))) for year in (2014, 2010))
    assert of_2014 is not None and of_2014.parts[0].label == "1.属于已主动公开范围数" and len(of_2014.parts) == 8
    assert of_2007 is None


def test_a_chart_says_the_latest_figure_and_its_change_where_both_years_count_the_same() -> None:
    assert drawn({2020: "12", 2021: "10"})[0].said == "2021年10件，较上年−2件"
    assert drawn({2019: "12", 2021: "10"})[0].said == "2021年10件"  # the year between is missing
    denied = [
        ReportSummary(year, "shili", "", "", form, (Figure("不予公开", "3", "件"),), ())
        for year, form in ((2018, "era-2014-stat"), (2019, "gbkbh-2019-60"))
    ]
    assert charts(denied, SERIES, load_words())[0].said == "2019年3件"  # the grounds were defined anew


def test_panels_share_years_and_scale() -> None:
    trend = next(trend for trend in SERIES if trend.name == "新收申请")

    def reports(*texts: tuple[int, str]) -> list[ReportSummary]:
        figures = ((year, Figure("新收申请", text, "件")) for year, text in texts)
        return [ReportSummary(year, "x", "", "", "gbkbh-2021-30", (figure,), ()) for year, figure in figures]

    large, small = panels(
        trend, [("甲", reports((2021, "10"), (2022, "20"))), ("乙", reports((2022, "5")))], load_words()
    )
    assert (large.first, large.last) == (small.first, small.last) == (2021, 2022) and small.name == "乙"
    assert [bar.height for bar in small.bars] == [0, (BASE - HEADROOM) / 4] and small.bars[0].text == ""
    assert panels(trend, [("甲", reports((2022, "20")))], load_words()) == ()
