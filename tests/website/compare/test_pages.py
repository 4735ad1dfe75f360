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
        "2021年，2份报告合计无法提供80件，与上年持平，占办理总计的50.0%（n=160）。最多的情形：本机关不掌握相关政府信息80件。"
    ]


def test_a_change_of_what_is_counted_is_marked_wherever_years_meet_over_it() -> None:
    both = made([report(year, organ) for organ in ("shili", "lingqu") for year in (2018, 2019, 2020)])
    overview, page = both["compare/index.html"], both["compare/disclosed/index.html"]
    assert texts(overview, "//tr[th='予以公开']/td") == ["40", "0", "※40", "40"]
    assert texts(overview, "//tr[th='予以公开']/td[contains(@class, 'broken')]") == ["※40"]
    assert texts(overview, "//tr[th='办理总计']/td") == ["80", "0", "80", ""]  # nothing before to be compared with
    # of three bars the oldest stands apart, in rows and in charts; the charts do not each repeat the note
    first = page.split("<svg")[1].split("</svg>")[0]
    assert [rect.startswith(' class="apart"') for rect in first.split("<rect")[1:]] == [True, False, False]
    assert page.count('class="apart"') == 2 + 2 and "浅色的柱是这以前的年度" in page
    note = texts(page, "//p[@class='note'][span]")[0].split("图里")[0].removeprefix("※ ")
    assert texts(page, "//figure/p[@class='note']") == [] and len(note) > 9
    assert "浅色" not in made()["compare/disclosed/index.html"] and "※" not in made()["compare/index.html"]


def test_a_page_leads_to_its_tables() -> None:
    page = made()["compare/unavailable/index.html"]
    leads = links(page, "//nav[@class='jumps']//a")
    assert leads == ["#leading", "#leading-rates", "#leading-grounds", "#units"]
    assert all(f' id="{lead[1:]}"' in page for lead in leads)


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
    monkeypatch.setattr(pages, "MANY", 3)
    split = made()
    assert texts(split["compare/received/index.html"], "(//table)[1]/tbody//th") == ["示例区人民政府", "另例区人民政府"]
    assert links(split["compare/received/index.html"], "//section[h2/@id='units']//a") == ["shili/index.html"]
    of_units = split["compare/received/shili/index.html"]
    assert texts(of_units, "(//table)[1]/tbody//th") == [organ.name for organ in SETTINGS.organs]
    assert links(of_units, "(//table)[1]/tbody//a")[0] == "../../../organs/shili/index.html"


def test_without_reports_there_is_an_overview_that_says_so() -> None:
    (overview,) = made([]).values()
    assert "<table" not in overview and "还没有可以比较的报告" in overview
