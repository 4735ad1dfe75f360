"""Summaries of 示例 reports for comparisons, with every figure that a form has."""

from __future__ import annotations

from generator.collection.summary import Figure, ReportSummary
from generator.forms.declared import declared_trends
from generator.forms.model import form_for
from tests.example import FORMS

TRENDS = {trend.name: trend for trend in declared_trends(FORMS)}


def report(year: int, organ: str, handled: int = 40, **figures: str) -> ReportSummary:
    """A report of which half is disclosed and the rest not available; `figures` replace single ones."""
    form = form_for(FORMS, year)
    assert form is not None
    known = {
        "新收申请": str(handled),
        "办理总计": str(handled),
        "予以公开": str(handled // 2),
        "无法提供": str(handled - handled // 2),
        **figures,
    }
    series = [(item, bool(item.cells)) for item in form.series]
    values = tuple(
        Figure(item.name, known.get(item.name, "0") if there else "", "件", item.listed, item.headline)
        for item, there in series
    )
    outcomes = ["0"] * len(form.role("results"))
    if form.first_year >= 2019:
        outcomes[0], outcomes[10] = known["予以公开"], known["无法提供"]
    title = f"{organ}{year}年报"
    return ReportSummary(year, organ, title, f"{year + 1}-01-20", form.id, values, (), False, tuple(outcomes))
