"""Home, years, organs, the page for unknown addresses and the sitemap, from summaries alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from generator.collection.settings import Legacy, Settings
from generator.collection.summary import Figure, IndicatorLine, ReportSummary
from generator.finding import CellName, Finding, Level, Message, Place
from generator.report.entry import ReportRef
from generator.website.directory import Directory
from generator.website.listings import variances
from generator.website.site import Site, open_site
from generator.website.views import FlawView
from generator.website.words import load_words
from tests.example import SETTINGS, built

WORDS = load_words()
OLD = Legacy("shili", 2012, "示例区2012年报", "http://www.example.gov.cn/2012", "2013-01-05")


def summary(year: int, organ: str, *indicators: IndicatorLine) -> ReportSummary:
    figures = (Figure("新收申请", str(year - 2018), "件"),)
    return ReportSummary(year, organ, f"{organ}{year}年报", "2022-01-20", "gbkbh-2021-30", figures, indicators)


REPORTS = [summary(2021, "shili"), summary(2021, "jiaju"), summary(2020, "jiaju"), summary(2021, "bingju")]


def site(reports: Sequence[ReportSummary], settings: Settings = SETTINGS) -> Site:
    return open_site(settings, [ReportRef(report.year, report.organ, "") for report in reports])


def pages(
    reports: Sequence[ReportSummary] = REPORTS, settings: Settings = SETTINGS, findings: Sequence[Finding] = ()
) -> dict[str, str]:
    listings = site(reports, settings).listings.listings(built(reports), findings)
    return {page.path: page.data.decode() for item in listings for page in item.draw()}


def texts(page: str, path: str) -> list[str]:
    return ["".join(node.itertext()).strip() for node in html.document_fromstring(page).xpath(path)]


def links(page: str, path: str) -> list[Any]:
    return [link.get("href") for link in html.document_fromstring(page).xpath(path)]


def test_there_is_a_page_for_home_each_year_and_unknown_addresses() -> None:
    assert list(pages()) == ["index.html", "2021/index.html", "2020/index.html", "404.html", "help/index.html"]


def test_an_organ_with_original_pages_only_has_a_page_too() -> None:
    made = pages(REPORTS[1:3], replace(SETTINGS, legacy=(OLD,)))
    assert [path for path in made if path.startswith("organs/")] == ["organs/shili/index.html"]
    assert links(made["organs/shili/index.html"], "//tbody//a") == [OLD.url]
    assert "原页面的报告未收入本栏目" in made["organs/shili/index.html"].replace("</span>", "")


def test_the_tag_of_an_original_page_is_no_part_of_the_name_when_copied_sorted_or_read_aloud() -> None:
    made = pages(REPORTS[1:3], replace(SETTINGS, legacy=(OLD, replace(OLD, year=2021))))
    name = SETTINGS.organs[0].name
    year = made["2021/index.html"]
    assert f"{name} 原页面" in texts(year, "//tbody//th") and name in texts(year, "//tbody//th/a")
    assert [th.get("data-v") for th in html.document_fromstring(year).xpath("//tbody//th[span]")] == [name]
    home = html.document_fromstring(made["index.html"])
    assert not home.xpath("//a//span[@class='tag']") and home.xpath("//p[a]/span[@class='tag']")


def test_home_shows_the_latest_report_of_the_top_organ_and_its_figures() -> None:
    home = pages()["index.html"]
    assert links(home, "//p[@class='latest-title']/a") == ["2021/shili/index.html"]
    assert texts(home, "//section[@class='latest']/p[@class='note']") == ["示例区人民政府　2022-01-20发布"]
    assert texts(home, "//dl[@class='numbers']//dd") == ["3件"]


def test_a_year_with_several_leading_organs_names_them_and_not_their_titles() -> None:
    other = replace(SETTINGS.organs[0], id="lingqu", name="另例区人民政府")
    two = replace(SETTINGS, organs=(*SETTINGS.organs, other))
    both = pages([summary(2021, "shili"), summary(2021, "lingqu"), summary(2020, "shili")], two)["index.html"]
    assert texts(both, "//ol/li[1]//div/p/a") == ["示例区人民政府2021年度报告", "另例区人民政府2021年度报告"]
    assert texts(both, "//ol/li[1]//div/p/a/span[@class='sr-only']") == ["2021年度报告"] * 2
    assert texts(both, "//ol/li[2]//div/p/a") == ["shili2020年报"]  # one alone goes by its title


def test_without_reports_home_says_so_instead_of_an_empty_table() -> None:
    home = pages([])["index.html"]
    assert texts(home, "//section[h2/@id='by-year']/p") == ["本栏目还没有报告。"]
    assert "<table" not in home and "<ol class" not in home


def test_home_counts_reports_by_level_in_the_order_of_the_register() -> None:
    home = pages()["index.html"]
    assert texts(home, "//p[@class='counts']") == ["区1份 部门1份 未注明层级1份", "部门1份"]
    assert texts(home, "//ol[@class='years']/li[2]//p[not(@class)]") == ["部门的报告"]


def test_home_lists_organs_as_registered_and_unlisted_ones_last() -> None:
    home = pages()["index.html"]
    rows = [texts(home, f"//tbody/tr[{number}]/*") for number in (1, 2, 3)]
    assert rows == [
        ["示例区人民政府", "区", "1", "2021"],
        ["示例区甲局", "部门", "2", "2020、2021"],
        ["bingju", "", "1", "2021"],
    ]


def test_a_year_lists_organs_as_registered_and_leads_to_its_neighbours() -> None:
    made = pages([*reversed(REPORTS)], replace(SETTINGS, legacy=(OLD,)))
    assert texts(made["2021/index.html"], "(//table)[1]/tbody//th") == ["示例区人民政府", "示例区甲局", "bingju"]
    assert links(made["2020/index.html"], "//a[@rel='prev']") == ["../2012/index.html"]
    assert links(made["2020/index.html"], "//a[@rel='next']") == ["../2021/index.html"]
    assert (
        links(made["2012/index.html"], "//a[@rel='prev']") == links(made["2021/index.html"], "//a[@rel='next']") == []
    )


def difference(accepted: str | None, rule: str = "AGG-CELL") -> Finding:
    place, message = Place(""), Message("", "")
    return Finding(rule, Level.ERROR, place, message, (), "shili", 2021, "表二.甲", accepted, values="5 ≠ 0")


def test_accepted_differences_are_explained_on_their_years_page_only() -> None:
    made = pages(findings=[difference("含<区>本级")])
    (listed,) = texts(made["2021/index.html"], "//ul[@class='flaws']/li/ul/li")
    assert listed == "示例区人民政府：表二.甲是5，所属机关之和是0"
    assert "含&lt;区&gt;本级" in made["2021/index.html"] and "汇总差异说明" not in made["2020/index.html"]


def test_in_english_a_difference_names_the_cell_by_its_labels() -> None:
    cell = CellName("t4", ("数量（件）",), ("行政复议", "结果维持"))
    found = replace(difference("甲"), cells=(cell,), subject="表四.行政复议.结果维持")
    words = load_words("en")
    (flaw,) = variances([found], Directory(SETTINGS, [], words), words)[2021]
    assert flaw.places == (
        "示例区人民政府: Table 4, Number of cases, Administrative reconsideration, Upheld is 5, "
        "the organs below add up to 0",
    )


def test_differences_that_stand_or_are_of_another_kind_are_not_explained() -> None:
    directory = Directory(SETTINGS, [], load_words())
    assert variances([difference(None), difference("示例", "T3-BLANK")], directory, WORDS) == {}
    place = "示例区人民政府：表二.甲是5，所属机关之和是0"
    assert variances([difference("甲"), difference("甲")], directory, WORDS) == {
        2021: (FlawView("甲", (place, place)),)
    }


def test_the_sitemap_has_every_address_and_is_made_only_where_the_section_has_one() -> None:
    made = pages(settings=replace(SETTINGS, base_url="https://www.example.gov.cn/a&b/"))
    assert "sitemap.xml" not in pages()
    locations = texts(made["sitemap.xml"].partition("\n")[2], "//loc")
    paths = ("", "compare/", "search/", "help/", "data/", "2021/", "2020/")
    assert locations[:7] == [f"https://www.example.gov.cn/a&b/{path}" for path in paths]
    assert len(locations) == 5 + 2 + 3 + 4


def test_without_any_report_there_is_still_a_home_page() -> None:
    assert (
        list(pages([])) == ["index.html", "404.html", "help/index.html"]
        and 'class="latest"' not in pages([])["index.html"]
    )
