"""The pages of the comparison: an overview, a page for each figure, and district by district where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.collection.settings import Settings
from generator.collection.summary import ReportSummary
from generator.forms.declared import declared_trends
from generator.website.compare import pages
from generator.website.site import open_site
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import report
from tests.website.test_listings import links, texts

OTHER = replace(SETTINGS.organs[0], id="lingqu", name="另例区人民政府", short="另例区")
TWO = replace(SETTINGS, organs=(*SETTINGS.organs, OTHER))
REPORTS = [
    report(year, organ, handled)
    for organ, handled in (("shili", 60), ("jiaju", 40), ("yizhen", 20), ("lingqu", 100))
    for year in (2020, 2021)
]


def made(reports: Sequence[ReportSummary] = REPORTS, settings: Settings = TWO) -> dict[str, str]:
    compare = open_site(settings, [], declared_trends(FORMS), forms=FORMS).compare
    return {page.path: page.data.decode() for page in compare.pages(reports, [])}


def test_the_overview_leads_to_every_figure_with_the_sums_of_the_leading_organs() -> None:
    overview = made()["compare/index.html"]
    assert links(overview, "//tbody//a")[:3] == [f"{name}/index.html" for name in ("received", "handled", "disclosed")]
    assert texts(overview, "//tbody/tr[1]/*") == ["新收申请", "160", "0", "160"]
    assert links(overview, "//section[h2/@id='sums']//a") == ["sums/shili/index.html"]


def test_a_figure_compares_the_leading_organs_first_and_then_their_units() -> None:
    page = made()["compare/unavailable/index.html"]
    assert texts(page, "//main//h2")[:2] == ["区（2个）", "部门、镇（2个）"]
    assert texts(page, "(//section[h2/@id='leading']//table)[1]/tbody//th") == ["示例区人民政府", "另例区人民政府"]
    assert texts(page, "//p[@class='lede']") == [
        "2021年，2份报告合计无法提供80件，较上年0件，占办理总计的50.0%（n=160）。"
    ]


def test_nothing_needs_a_script() -> None:
    page = made()["compare/unavailable/index.html"]
    assert page.count("<table") == 6 and page.count('<svg viewBox="0 0 320') == 2  # one chart a leading organ


def test_no_two_scrolling_tables_have_one_name() -> None:
    page = made()["compare/unavailable/index.html"]
    names = [region.split('"')[0] for region in page.split('role="region" aria-labelledby="')[1:]]
    assert len(names) == len(set(names)) == 6
    spoken = [tuple("".join(texts(page, f"//*[@id='{part}']")) for part in name.split()) for name in names]
    assert len(set(spoken)) == 6 and all(all(parts) for parts in spoken)


def test_with_one_leading_organ_all_stand_together() -> None:
    page = made(settings=SETTINGS, reports=[r for r in REPORTS if r.organ != "lingqu"])["compare/received/index.html"]
    assert texts(page, "(//section[h2/@id='all']//table)[1]/tbody//th") == [organ.name for organ in SETTINGS.organs]


def test_many_organs_are_compared_district_by_district(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_ON_ONE_PAGE", 3)
    split = made()
    assert texts(split["compare/received/index.html"], "(//table)[1]/tbody//th") == ["示例区人民政府", "另例区人民政府"]
    assert links(split["compare/received/index.html"], "//section[h2/@id='units']//a") == ["shili/index.html"]
    of_units = split["compare/received/shili/index.html"]
    assert texts(of_units, "(//table)[1]/tbody//th") == [organ.name for organ in SETTINGS.organs]
    assert links(of_units, "(//table)[1]/tbody//a")[0] == "../../../organs/shili/index.html"


def test_without_reports_there_is_an_overview_that_says_so() -> None:
    (overview,) = made([]).values()
    assert "<table" not in overview and "还没有可以比较的报告" in overview
