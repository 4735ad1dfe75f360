"""The page of an organ: its years side by side, with rates where there are enough cases, and what is missing named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.collection.settings import Excuse, Settings
from generator.collection.summary import IndicatorLine, ReportSummary
from generator.forms.declared import declared_trends
from generator.website.organ_page import indicator_table
from generator.website.site import open_site
from generator.website.views import IndicatorYears
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import report
from tests.website.test_listings import WORDS, links, pages, site, summary, texts

TRENDS = declared_trends(FORMS)


def organ_page(*years: int, settings: Settings = SETTINGS, handled: int = 40) -> str:
    return site_of([report(year, "jiaju", handled=handled) for year in years], settings)


def site_of(reports: Sequence[ReportSummary], settings: Settings = SETTINGS) -> str:
    return open_site(settings, [], TRENDS).listings.organ_page(reports).data.decode()


def test_counts_stand_year_by_year_with_their_change() -> None:
    page = organ_page(2020, 2021)
    heads = texts(page, "(//table)[1]/thead//th")
    assert heads[:4] == ["年度", "新收申请", "较上年", "办理总计"] and heads[-1] == "发布日期"
    rows = [texts(page, f"(//table)[1]/tbody/tr[{n}]/*")[:4] for n in (1, 2)]
    assert rows == [["2021年度报告", "40", "0", "40"], ["2020年度报告", "40", "", "40"]]


def test_rates_stand_beside_what_they_are_of_and_not_below_thirty() -> None:
    assert texts(organ_page(2021), "(//table)[2]/tbody/tr/td")[:3] == ["40", "50.0%", "0.0%"]
    small = site_of([report(2020, "jiaju", handled=40), report(2021, "jiaju", handled=29)])
    assert texts(small, "(//table)[2]/tbody/tr[1]/td")[:3] == ["29", "–", "–"]


def test_why_a_rate_is_missing_is_said_where_one_is() -> None:
    note = "办理总计不足30件的年度不算比率，标“–”。"
    assert note not in organ_page(2020, 2021)
    assert note in site_of([report(2020, "jiaju", handled=40), report(2021, "jiaju", handled=29)])


def test_rates_are_left_out_where_there_is_none() -> None:
    """A table of nothing but dashes told citizens nothing; most small towns have one."""
    page = organ_page(2020, 2021, handled=29)
    assert (
        "比率" not in "".join(texts(page, "//caption"))
        and "本机关收入本栏目的报告，办理总计都不足30件，不算比率。" in page
    )
    assert "都不足30件" not in organ_page(2017), "a form without 办理总计 has no rates at all"


def test_a_change_of_what_is_counted_is_marked_at_its_year() -> None:
    page = organ_page(2017, 2018, 2019, 2020)
    assert texts(page, "(//table)[1]/tbody//td[contains(@class, 'broken')]")[:2] == ["※40", "※20"]
    assert texts(page, "(//table)[1]/tbody/tr[td[contains(@class, 'broken')]]/th") == ["2019年度报告"]
    assert "这一年起表格或口径有变" in page and "这一年起表格或口径有变" not in organ_page(2019, 2020)


def test_a_year_in_between_without_a_report_is_named_with_its_reason() -> None:
    assert "没有收入报告的年度：2020年" in organ_page(2019, 2021)
    excused = replace(SETTINGS, excuses=(Excuse(2020, "jiaju", "示例原因"),))
    assert "没有收入报告的年度：2020年：示例原因" in organ_page(2019, 2021, settings=excused)
    assert "没有收入报告的年度" not in organ_page(2020, 2021)


def test_an_organ_lists_its_years_latest_first_with_what_is_known_of_it() -> None:
    organs = tuple(replace(organ, code="12345", since="2019") for organ in SETTINGS.organs)
    reports = [summary(2020, "jiaju"), summary(2021, "jiaju")]
    page = site(reports, replace(SETTINGS, organs=organs)).listings.organ_page(reports).data.decode()
    assert texts(page, "//tbody/tr/th") == ["2021年度报告", "2020年度报告"]
    assert texts(page, "//dl[@class='facts']/div/dt") == ["层级", "统一社会信用代码", "设立", "上级机关"]
    assert links(page, "//dl[@class='facts']//a") == ["../shili/index.html"]


def test_indicators_of_all_years_stand_in_one_table() -> None:
    training, guides = (IndicatorLine(name, "次", "一", "6", "6", name == "解读") for name in ("培训", "解读"))
    years, rows = indicator_table([summary(2020, "jiaju", training), summary(2021, "jiaju", training, guides)], WORDS)
    assert years == [2021, 2020]
    assert rows == [IndicatorYears("培训", "次", ("6", "6")), IndicatorYears("解读", "次", ("6余", ""))]
    assert indicator_table([summary(2020, "jiaju")], WORDS) == ([], [])


def test_an_organ_tells_its_former_names_here_and_where_organs_are_listed() -> None:
    former = ((2012, "示例区老局"), (2018, "示例区旧局"))
    organs = tuple(replace(organ, former=former if organ.id == "jiaju" else ()) for organ in SETTINGS.organs)
    built = site([summary(2021, "jiaju"), summary(2021, "shili")], replace(SETTINGS, organs=organs))
    page = built.listings.organ_page([summary(2021, "jiaju")]).data.decode()
    assert "示例区旧局（用到2018年度）、示例区老局（用到2012年度）" in texts(page, "//dl[@class='facts']/div/dd")
    search = built.search.page({(2021, "jiaju"), (2021, "shili")}, (), "").data.decode()
    listed = texts(search, "//ul[contains(@class, 'organs')]/li")
    said = "示例区甲局（曾用名：示例区旧局、示例区老局）"
    assert said in listed and "示例区人民政府" in listed
    home = pages([summary(2021, "jiaju")], replace(SETTINGS, organs=organs))["index.html"]
    assert said in texts(home, "//section[@aria-labelledby='by-organ']//tbody/tr/th")
