"""The page of a year: counts and rates of all organs, sums by level, and the organs that are missing."""

from __future__ import annotations

from dataclasses import replace

from generator.collection.settings import Legacy, Settings
from generator.forms.declared import declared_trends
from generator.website.site import open_site
from tests.example import FORMS, SETTINGS, built
from tests.website.compare.samples import report
from tests.website.test_listings import texts

TRENDS = declared_trends(FORMS)
OLD = Legacy("jiaju", 2021, "甲局2021年报", "http://www.example.gov.cn/2021", "2022-01-05")


def year_page(*reports: tuple[int, str, int], settings: Settings = SETTINGS, year: int = 2021) -> str:
    summaries = [report(year, organ, handled) for year, organ, handled in reports]
    made = open_site(settings, [], TRENDS).listings.listings(built(summaries))
    return next(page.data.decode() for item in made for page in item.draw() if page.path == f"{year}/index.html")


def test_every_level_is_summed_apart_and_never_with_another() -> None:
    page = year_page((2021, "yizhen", 10), (2021, "shili", 60), (2021, "jiaju", 50))
    assert texts(page, "(//table)[1]/tbody//th") == ["示例区人民政府", "示例区甲局", "示例区乙镇人民政府"]
    assert texts(page, "(//table)[1]/tfoot//th") == ["区合计（1份）", "部门合计（1份）", "镇合计（1份）"]
    assert texts(page, "(//table)[1]/tfoot/tr[1]/td")[1] == "60"


NESTED = "合计按层级分列；上级机关的数里已含所属各机关的数，不能再相加。"


def test_one_report_is_not_summed_and_nothing_is_said_of_sums() -> None:
    page = year_page((2021, "shili", 60))
    assert texts(page, "//tfoot//th") == [] and NESTED not in texts(page, "//p")
    assert NESTED not in texts(year_page((2021, "jiaju", 50), (2021, "yizhen", 10)), "//p")
    assert NESTED in texts(year_page((2021, "jiaju", 50), (2021, "shili", 60)), "//p")


def test_rates_are_left_out_where_neither_an_organ_nor_a_sum_has_one() -> None:
    page = year_page((2021, "jiaju", 29), (2021, "yizhen", 10))
    assert len(texts(page, "//caption")) == 1 and "这一年收入本栏目的报告，办理总计都不足30件，不算比率。" in texts(
        page, "//p"
    )
    summed = replace(SETTINGS, organs=tuple(replace(organ, level="部门") for organ in SETTINGS.organs))
    page = year_page((2021, "jiaju", 29), (2021, "yizhen", 10), settings=summed)
    assert texts(page, "(//table)[2]/tfoot/tr/td")[1] == "39" and "都不足30件" not in page


def test_organs_without_a_level_are_summed_under_a_name() -> None:
    organs = tuple(replace(organ, level="" if organ.parent else organ.level) for organ in SETTINGS.organs)
    page = year_page((2021, "jiaju", 50), (2021, "yizhen", 10), settings=replace(SETTINGS, organs=organs))
    assert texts(page, "(//table)[1]/tfoot//th") == ["未注明层级合计（2份）"]


def test_a_missing_organ_is_named_with_its_reason_and_one_elsewhere_or_not_yet_founded_is_not() -> None:
    page = year_page((2021, "shili", 60))
    assert texts(page, "//ul[@class='missing']/li") == ["示例区甲局", "示例区乙镇人民政府：示例：当年没有报告"]
    page = year_page((2021, "shili", 60), settings=replace(SETTINGS, legacy=(OLD,)))
    assert texts(page, "//ul[@class='missing']/li") == ["示例区乙镇人民政府：示例：当年没有报告"]
    founded = tuple(replace(organ, since="2022") if organ.id == "jiaju" else organ for organ in SETTINGS.organs)
    page = year_page((2021, "shili", 60), settings=replace(SETTINGS, organs=founded))
    assert texts(page, "//ul[@class='missing']/li") == ["示例区乙镇人民政府：示例：当年没有报告"]


def test_the_change_is_that_against_the_year_before() -> None:
    page = year_page((2020, "jiaju", 50), (2021, "jiaju", 45))
    assert texts(page, "(//table)[1]/tbody/tr/td")[1:3] == ["45", "−5"]


def test_a_year_of_original_pages_alone_lists_them_with_their_dates() -> None:
    page = year_page((2020, "shili", 60), settings=replace(SETTINGS, legacy=(OLD,)))
    assert texts(page, "//tbody/tr/*") == ["示例区甲局 原页面", "部门", "2022-01-05"]
