"""The page of a report: what stands where, and what is offered beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.collection.settings import Legacy, Settings
from generator.collection.summary import summarise
from generator.finding import CellName, Finding, Level, Message, Place
from generator.forms.addresses import row_addresses
from generator.report.entry import LoadedReport
from generator.website.downloads.download import DOWNLOADS
from generator.website.report_page import citation, flaws
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import SETTINGS, entry, form, prose, tables
from tests.website.downloads.samples import FORM_IDS, every_form

WORDS = load_words()


def read(text: str | None = None, narrative: str | None = None) -> LoadedReport:
    report, _ = entry(2021, text, narrative)
    assert report is not None
    return report


def files(report: LoadedReport, findings: Sequence[Finding] = (), settings: Settings = SETTINGS) -> dict[str, bytes]:
    made = open_site(settings, [report.ref]).report_page.files(report, summarise(report), findings)
    return {page.path: page.data for page in made}


def page(report: LoadedReport, findings: Sequence[Finding] = (), settings: Settings = SETTINGS) -> Any:
    return html.document_fromstring(files(report, findings, settings)["2021/shili/index.html"])


def texts(page: Any, path: str) -> list[str]:
    return ["".join(node.itertext()) for node in page.xpath(path)]


TEXT = "2021/shili/text.js"  # for the search


def test_every_download_is_a_file_and_listed_with_its_name_format_and_size() -> None:
    made = files(read(), settings=replace(SETTINGS, downloads=None))
    assert list(made) == ["2021/shili/index.html", *(f"2021/shili/{download.file}" for download in DOWNLOADS), TEXT]
    links = html.document_fromstring(made["2021/shili/index.html"]).xpath("//ul[@class='downloads']//a")
    assert [link.get("href") for link in links] == [download.file for download in DOWNLOADS]
    sizes = [max(1, round(len(made[f"2021/shili/{download.file}"]) / 1024)) for download in DOWNLOADS]
    told = ["全文（Word", "全文（PDF", "全文和统计表（Excel", "统计数据（CSV", "全文数据（JSON"]
    assert [link.text for link in links] == [f"{text}，{size} KB）" for text, size in zip(told, sizes, strict=True)]
    assert links[0].get("download") == "示例区人民政府2021年政府信息公开工作年度报告.docx"


def test_files_of_pages_are_left_out_where_the_office_wants_none() -> None:
    assert [name.rpartition("/")[2] for name in files(read())][:-1] == ["index.html", "tables.csv", "report.json"]


def test_each_table_stands_in_the_section_its_form_names() -> None:
    sections = page(read()).xpath("//article/section")
    held = [section.xpath("string(.//table[contains(@class, 'statutory')]/@class)") for section in sections]
    assert held == ["", "statutory t2", "statutory t3", "statutory t4", "", ""]


def test_a_table_without_its_section_goes_into_the_last_one() -> None:
    short = "示例引言。\n\n## 一、总体情况\n\n示例。\n"
    (section,) = page(read(narrative=short)).xpath("//article/section")
    assert len(section.xpath(".//table[contains(@class, 'statutory')]")) == 3


def test_contents_name_sections_and_their_subheadings() -> None:
    narrative = prose(2021).replace("## 一、总体情况\n", "## 一、总体情况\n\n### （一）主动公开\n", 1)
    contents = texts(page(read(narrative=narrative)), "//nav[@class='toc']//a")
    assert (
        contents[:3] == ["一、总体情况", "（一）主动公开", "二、主动公开政府信息情况"] and contents[-1] == "下载与说明"
    )


def test_blank_cells_are_counted_and_explained() -> None:
    blank = tables(2021, 表二_规章=["~", 0, 0])
    assert texts(page(read(blank)), "//p[@class='legend']") == ["斜纹格在原表中是空白（1格），不等于0。"]
    assert texts(page(read()), "//p[@class='legend']") == []


def test_a_row_that_the_report_does_not_print_is_not_on_the_page_nor_in_the_data() -> None:
    """规章 may be left out by who makes none: blank would say that the original has an empty row."""
    without = read(tables(2021).replace("  规章: [0, 0, 0]\n", ""))
    drawn = page(without)
    assert "规章" not in texts(drawn, "//table[contains(@class, 't2')]//th")
    assert "规章" in texts(page(read()), "//table[contains(@class, 't2')]//th")
    assert texts(drawn, "//p[@class='legend']") == []
    made = files(without)
    assert (
        "规章" not in made["2021/shili/tables.csv"].decode()
        and "行政规范性文件" in made["2021/shili/tables.csv"].decode()
    )


def test_an_approximate_indicator_is_printed_as_such() -> None:
    report = read(tables(2021) + "指标:\n  解读: {值: 40, 单位: 篇, 部分: 一, 约数: 是}\n")
    assert texts(page(report), "//details[@class='data'][last()]//td[@class='num']") == ["40余"]


OLD, NEW = (
    Legacy("shili", year, f"示例区{year}年报", f"http://www.example.gov.cn/{year}", "") for year in (2018, 2024)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("previous", "following", "links"),
    [
        (0, 0, ["http://www.example.gov.cn/2018", "http://www.example.gov.cn/2024"]),
        (2020, 2022, ["../../2020/shili/index.html", "../../2022/shili/index.html"]),
        (2017, 2025, ["http://www.example.gov.cn/2018", "http://www.example.gov.cn/2024"]),
    ],
)
def test_neighbours_are_the_nearest_years_here_or_on_original_pages(
    previous: int, following: int, links: list[str]
) -> None:
    report = read()
    placed = replace(report, ref=report.ref._replace(previous=previous, next=following))
    turn = page(placed, settings=replace(SETTINGS, legacy=(NEW, OLD))).xpath("//nav[@class='turn']/a[@rel]")
    assert [link.get("href") for link in turn] == links


def test_the_first_report_of_an_organ_has_no_neighbours() -> None:
    assert page(read()).xpath("//nav[@class='turn']/a[@rel]") == []


def test_the_marks_of_a_report_name_title_date_and_source() -> None:
    marks = {
        meta.get("name"): meta.get("content")
        for meta in page(read(tables(2021) + "发文日期: 2022-01-20\n")).xpath("//meta")
    }
    assert marks["ArticleTitle"] == "示例区人民政府2021年政府信息公开工作年度报告"
    assert (marks["PubDate"], marks["ContentSource"]) == ("2022-01-20 00:00", "示例区人民政府")
    assert "PubDate" not in {meta.get("name") for meta in page(read()).xpath("//meta")}


def test_a_citation_has_organ_title_and_the_day_where_known() -> None:
    organ = SETTINGS.organs[0]
    title = "示例区人民政府：《示例区人民政府2021年政府信息公开工作年度报告》"
    assert citation(read(), organ, WORDS) == title
    assert (
        citation(read(tables(2021) + "发文日期: 2022-01-20\n"), organ, WORDS)
        == f'{title}，<span class="when">2022-01-20</span>'
    )


def test_a_citation_ends_in_the_address_once_there_is_one() -> None:
    settings = replace(SETTINGS, base_url="https://www.example.gov.cn/nianbao/")
    (cited,) = texts(page(read(), settings=settings), "//p[@class='cite']")
    assert cited.endswith("》，https://www.example.gov.cn/nianbao/2021/shili/")


ENGLISH = replace(SETTINGS, english={"网站名称": "Example District"})
PICTURED = prose(2021).replace("示例引言。", "示例引言。\n\n![示例图](tu.png)", 1)


def beside(report: LoadedReport, findings: Sequence[Finding] = ()) -> Any:
    """The English page of a report, beside one file of two bytes."""
    site = open_site(ENGLISH, [report.ref]).english
    assert site is not None
    made = site.report_page.beside(report, summarise(report), findings, [("2021/shili/tables.csv", b"ab")])
    return html.document_fromstring(made.data)


def test_in_english_heads_and_tables_are_english_and_the_narrative_is_chinese_and_says_so() -> None:
    text = tables(2021).replace("发布机构:", "索引号: 示例1\n发布机构:")
    found = beside(read(text, PICTURED))
    assert found.get("lang") == "en"
    assert texts(found, "//article/section/h2")[:3] == [
        "1. General situation",
        "2. Proactive disclosure of government information",
        "3. Requests for government information received and handled",
    ]
    assert texts(found, "//dl[@class='meta']//dt") == ["Title", "Index number", "Issued by"]
    (row,) = texts(found, "//th[@id='t3.denied.state_secret']")
    assert row == "1. State secrets" and texts(found, "//td[@id='t3.received-total']") == ["3"]
    assert found.xpath("//div[@class='text preface']/div/@lang") == ["zh-CN"]
    assert found.xpath("//article//img/@src") == ["../../../2021/shili/tu.png"]
    assert "the text of the report is in Chinese" in " ".join(texts(found, "//p[@class='note']"))


def test_in_english_no_chinese_stands_unmarked() -> None:
    findings = [flaw("甲<乙", "示例原因")]
    found = beside(read(tables(2021) + "指标:\n  解读: {值: 40, 单位: 篇, 部分: 一}\n"), findings)
    for node in found.xpath("//body//*[not(self::script)]"):
        for text, holder in ((node.text, node), (node.tail, node.getparent())):
            if re.search("[\u4e00-\u9fff]", text or ""):
                languages = holder.xpath("ancestor-or-self::*/@lang")
                assert languages[-1] == "zh-CN", (node.tag, text)


def test_in_english_files_are_those_of_the_first_language() -> None:
    assert beside(read()).xpath("//ul[@class='downloads']//a/@href") == ["../../../2021/shili/tables.csv"]


def test_rows_and_cells_have_one_address_in_both_languages_which_the_data_view_shows() -> None:
    chinese, english = page(read()), beside(read())
    ids = "//table[contains(@class, 'statutory')]//@id"
    assert chinese.xpath(ids) == english.xpath(ids) and "t3.denied.state_secret-total" in chinese.xpath(ids)
    shown = [link.get("href") for link in chinese.xpath("//a[@class='key']")]
    assert shown == [link.get("href") for link in english.xpath("//a[@class='key']")]
    assert len(shown) == 10 + 25 + 15
    assert {"#t2-规章-本年制发件数", "#t3-不予公开-属于国家秘密", "#t4-件数-行政复议-总计"} <= set(shown)
    assert all(len(chinese.xpath(f"//*[@id='{link[1:]}']")) == 1 for link in shown)
    (row,) = chinese.xpath("//tr[@id='t3-不予公开-属于国家秘密']")
    assert row.xpath("./th/@id")[-1] == "t3.denied.state_secret" and len(row.xpath("./td")) == 7
    assert [link.text_content() for link in chinese.xpath("//a[@class='key']")] == shown


@pytest.mark.parametrize("form", FORM_IDS)
def test_every_row_of_every_form_has_its_address_and_no_two_things_one(form: str) -> None:
    report = every_form()[form]
    ids = html.document_fromstring(files(report)[f"{report.ref.folder}/index.html"]).xpath("//@id")
    assert len({name.casefold() for name in ids}) == len(ids)
    for sheet in report.report.sheets:
        assert set(row_addresses(sheet.table).values()) < set(ids)
        assert {name for key in sheet.table.keys for name in (key.row, key.address)} < set(ids)


def flaw(subject: str, reason: str | None, *cells: CellName) -> Finding:
    return Finding("T3-BLANK", Level.NOTE, Place(""), Message("", ""), cells, subject=subject, accepted=reason)


def test_accepted_flaws_are_listed_by_reason_cells_of_a_row_together() -> None:
    cells = [CellName("t3", ("（七）总计",), ("申请人情况", column)) for column in ("商业企业", "其他")]
    findings = [
        flaw("表三.总计.商业企业", "原报告空白", cells[0]),
        flaw("表三.总计.其他", "原报告空白", cells[1]),
        flaw("gbkbh-2019-60", "原报告如此"),
        flaw("没有接受", None),
    ]
    listed = flaws(form("gbkbh-2021-30"), findings, WORDS)
    assert listed == (("原报告空白", ("表三“（七）总计”：商业企业、其他",)), ("原报告如此", ("“gbkbh-2019-60”",)))


def test_accepted_flaws_stand_on_the_page_and_others_do_not() -> None:
    findings = [flaw("甲<乙", "示例原因"), flaw("丙", None)]
    assert texts(page(read(), findings), "//ul[@class='flaws']/li/ul/li") == ["“甲<乙”"]
    assert page(read()).xpath("//ul[@class='flaws']") == []
