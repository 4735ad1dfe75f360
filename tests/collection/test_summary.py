"""What listings show of a report."""

from __future__ import annotations

from generator.collection.summary import summarise
from tests.example import entry, tables


def figures(text: str) -> dict[str, str]:
    report, _ = entry(2021, text)
    assert report is not None
    return {figure.name: figure.text for figure in summarise(report).figures}


def test_the_series_of_the_form_are_added_up() -> None:
    report, _ = entry(2021)
    assert report is not None
    summary = summarise(report)
    assert (summary.year, summary.organ, summary.form) == (2021, "shili", "gbkbh-2021-30")
    assert [figure.name for figure in summary.figures] == [series.name for series in report.report.form.series]
    assert "3" in figures(tables(2021)).values()


def test_a_blank_or_inapplicable_cell_leaves_its_sum_open() -> None:
    whole, blank, none = (figures(tables(2021, 表三_本年新收=[3, 0, 0, 0, 0, 0, last])) for last in (3, "~", "/"))
    changed = [name for name in whole if whole[name] != blank[name]]
    assert changed and all(blank[name] == none[name] == "" for name in changed)
