"""Finding and comparing in a real browser, from a disk: the search finds every place and nothing else, listings sort
and narrow, the address remembers, and nothing of it needs a new browser."""

from __future__ import annotations

import random
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from bench import workload
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.website.readings import sort_key
from generator.website.search import pages
from generator.website.search.index import folded
from generator.website.search.report_text import text_of
from tests.website.test_browser import check_axe, check_colours, open_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    workload.write_content(folder / "content", 50)
    assert pipeline.run(Request(folder / "content", jobs=1), folder / "site").written
    return folder / "site"


@pytest.fixture(scope="module", params=["one index of all years", "an index of each year"])
def indexed(request: pytest.FixtureRequest, site: Path) -> Path:
    """The same section, and the same as a large one is indexed."""
    if request.param == "one index of all years":
        assert [path.name for path in (site / "search").iterdir() if path.is_dir()] == ["all"]
        return site
    output = site.parent / "by-year" / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_FEW", 0)
        assert pipeline.run(Request(site.parent / "content", jobs=1), output).written
    assert {path.name for path in (output / "search").iterdir() if path.is_dir()} == {f"{y}-0" for y in workload.YEARS}
    return output


# The looks in which contrast is computed: elder mode has the same colours, and so has a wider page.
MEASURED = {(320, ""), (1440, "scheme=dark")}

# Waits for the answer and asks for more until nothing is left.
ALL_OF_IT = """() => new Promise(done => {
    const head = document.getElementById("found"), more = document.getElementById("more");
    let shown = "";
    (function look() {
        const text = head.textContent;
        if (/报告/.test(text) && more.hidden) { done(); return; }
        if (/报告/.test(text) && text !== shown) { shown = text; more.click(); }
        setTimeout(look, 4);
    })();
})"""


def ask(page: Page, words: str, year: str = "") -> None:
    page.fill("#q", words)
    page.select_option("#y", year)
    page.press("#q", "Enter")
    page.evaluate(ALL_OF_IT)


def found(page: Page) -> set[str]:
    links = page.locator("#hits h3 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return {link.removeprefix("../").removesuffix("/index.html") for link in links}


def test_every_report_that_holds_the_words_is_found_and_no_other(browser: Browser, indexed: Path) -> None:
    texts = {
        path.parent.relative_to(indexed).as_posix(): folded(text_of(path.read_bytes()))
        for path in indexed.glob("*/*/text.js")
    }
    assert len(texts) == 50
    rng, lines = random.Random(17), [line for text in texts.values() for line in text.split("\n") if len(line) > 30]
    asked = ["政府信息", "桥", "（以下简称", "不存在的词", "2021年 培训", "全年2021", "2023年1月1日至2023年12月31日"]
    for length in (1, 2, 3, 4, 7, 15):
        for line in rng.sample(lines, 2):
            at = rng.randrange(len(line) - length)
            asked.append(line[at : at + length].strip() or "年")
    page, trouble = open_page(browser, indexed, "search/index.html", 1440)
    for words, year in [*((words, "") for words in asked), ("政府信息", "2021"), (asked[-1], "2023")]:
        ask(page, words, year)
        there = {key: text for key, text in texts.items() if key.startswith(year)}
        wanted = {key for key, text in there.items() if all(word in text for word in folded(words).split())}
        assert found(page) == wanted, (words, year)
        marks = page.locator("#hits mark").all_text_contents()
        assert bool(wanted) == bool(marks) and all(folded(mark) in folded(words).split() for mark in marks), words
    assert trouble == []


HOSTILE = [
    "1区教育局",  # in the names of several organs
    "示例1区教育局",
    "。",
    "（",
    "１２",  # full-width digits are not the digits of the page
    "2021",
    ".*",
    "[^a]",
    "\\",
    "$&",
    "政府信息.公开",
    "<b>",
    "<script>document.title='x'</script>",
    "&lt;",
    "%",
    "%E4%BD",
    '"',
    "'\"'",
    "constructor",
    "__proto__",
    "toString hasOwnProperty",
    "𠮷",
    "公开 公开 公开",
    "政\u3000府",
]


def test_hostile_questions_find_what_is_there_and_nothing_else(browser: Browser, site: Path) -> None:
    texts = {
        path.parent.relative_to(site).as_posix(): folded(text_of(path.read_bytes()))
        for path in site.glob("*/*/text.js")
    }
    longest = max((line for text in texts.values() for line in text.split("\n")), key=len)
    page, trouble = open_page(browser, site, "search/index.html", 1440)
    title = page.title()
    for words in (*HOSTILE, longest[7:57], "政" * 50):
        ask(page, words)
        wanted = {key for key, text in texts.items() if all(word in text for word in folded(words).split())}
        assert found(page) == wanted, words
        assert page.locator("main script, main b").count() == 0 and page.title() == title
    for words in ("%", "<b>", "&lt;", '"', "%E4%BD", "$&", "𠮷"):
        page.goto(f"file://{site / 'search/index.html'}?q={quote(words)}")
        expect(page.locator("#found")).to_have_text(re.compile("报告"))
        assert page.input_value("#q") == words and page.title() == title
    page.goto(f"file://{site / 'search/index.html'}?q=%&y=1&__proto__=2&q=%E4")
    assert page.input_value("#q") == "" and trouble == []


def test_the_address_holds_the_question_and_the_answer_is_announced(browser: Browser, site: Path) -> None:
    page, trouble = open_page(browser, site, "search/index.html?q=数据&y=2020", 320)
    expect(page.locator("#status")).to_have_text(re.compile("报告"))
    assert page.input_value("#q") == "数据" and page.input_value("#y") == "2020"
    assert all(key.startswith("2020/") for key in found(page)) and trouble == []
    ask(page, "信息公开")
    assert "q=%E4%BF%A1" in page.url and not page.locator("#plain").is_visible()
    ask(page, "没有这个词组")
    assert page.locator("#status").inner_text() == "没有报告含有“没有这个词组”。"
    # nothing found: what to try, and the index again; wide digits and thousands go a click further
    assert page.locator("#nothing").is_visible() and page.locator("#plain").is_visible()
    assert not page.locator("#instead").is_visible()
    ask(page, "２０２０年１，２０３")
    assert page.locator("#instead").inner_text() == "改为检索“2020年1203”"
    ask(page, "信息公开")
    assert not page.locator("#nothing, #instead, #plain").locator("visible=true").count()


def test_organs_and_terms_are_found_by_name(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "search/index.html?q=教育局", 1440)
    page.wait_for_selector(".found-organs a")
    assert page.locator(".found-organs a").first.inner_text() == "示例1区教育局"
    ask(page, "三安全一稳定")
    assert "国家安全、公共安全" in page.locator("#aside dd").first.inner_text()


@pytest.mark.parametrize(("width", "mode"), [(320, ""), (320, "mode=elder"), (1440, ""), (1440, "scheme=dark")])
def test_results_pass_axe_and_do_not_overflow(browser: Browser, site: Path, width: int, mode: str) -> None:
    page, _ = open_page(browser, site, "search/index.html?q=信息公开", width, mode)
    page.wait_for_selector("#hits mark")
    check_axe(page, colours=(width, mode) in MEASURED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if mode == "mode=elder":
        check_colours(page)
    page.context.close()


def test_without_a_script_there_is_an_index_and_no_form(browser: Browser, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site / 'search/index.html'}")
    assert not page.locator("#find").is_visible() and page.locator("#plain a").count() > 10
    assert "没有启用脚本" in page.locator("#plain").inner_text()


# ---------------------------------------------------------------- listings and comparison

# As public dictionaries read them (CC-CEDICT of 2026-01-04), with the reading where it is not the usual one.
READ = """
阿克苏市 八陡镇 巴音郭楞州 蚌埠市(bèng) 泌阳县(bì) 亳州市 泊头市(bó) 参合镇(cān) 长城镇(cháng) 长清区(cháng)
朝阳区(cháo) 称多县(chèn) 茌平区 重庆路街道(chóng) 大埔县(dà) 大城县(dài) 东阿县(ē) 东莞市 都昌县(dū)
繁峙县(shì) 藁城区 涡阳县(guō) 洪洞县(tóng) 华阴市(huà) 化州市 黄埔区(pǔ) 伽师县 监利市(jiàn) 井陉县 莒县
鄄城县 喀什市(shí) 乐亭县(lào) 乐安县(lè) 乐平市 丽水市(lí) 临朐县 六安市(lù) 闵行区(háng) 牟平区(mù)
穆棱市(líng) 番禺区(pān) 犍为县(qián) 仇村镇(qiú) 曲阜市 任丘市(rén) 若羌县 莎车县 单家镇(shàn) 单县(shàn)
歙县(shè) 莘县 嵊州市 什邡市(shí) 宿松县 宿州市 台州市(tāi) 郯城县 尉氏县(wèi) 吴堡县(bǔ) 隰县 忻州市 浚县(xùn)
焉耆县 铅山县(yán) 黟县 弋阳县 鄞州区 余姚市 尉犁县(yù) 蔚县(yù) 乐清市(yuè) 曾家镇(zēng) 长子县(zhǎng) 柘城县
芝罘区 中牟县(mù) 中宁县 枞阳县(zōng)
"""


def names(page: Page, table: str) -> list[str]:
    found: list[str] = page.locator(f"{table} tbody tr:visible > th").all_text_contents()
    return found


def test_names_sort_as_places_are_read(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "index.html", 1440)
    script = """names => names.sort((a, b) =>
        new Intl.Collator("zh-Hans-CN-u-co-pinyin").compare(a[1], b[1])).map(name => name[0])"""
    read = re.sub(r"\(\w+\)", "", READ).split()
    assert page.evaluate(script, [[name, sort_key(name)] for name in sorted(read)]) == read
    assert page.evaluate(script, [[name, name] for name in read]) != read  # the browser alone does not know


def test_numbers_sort_the_largest_first_and_the_address_remembers(browser: Browser, site: Path) -> None:
    page, trouble = open_page(browser, site, "2021/index.html", 1440)
    head = page.locator("table:has(#counts) th", has_text="新收").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending" and "sort=0.-2" in page.url
    sorted_names = names(page, "table:has(#counts)")
    page.reload()
    assert names(page, "table:has(#counts)") == sorted_names
    page.locator("button.reset:visible").click()
    assert "sort" not in page.url and trouble == []


def test_levels_sort_by_rank(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2021/index.html?sort=0.1", 1440)
    levels = page.locator("table:has(#counts) tbody td.level").all_text_contents()
    assert levels == sorted(levels, key=["区", "部门", "镇"].index)


def test_a_listing_narrows_by_name_and_level_and_the_address_remembers(browser: Browser, site: Path) -> None:
    page, trouble = open_page(browser, site, "2021/index.html", 360)
    everyone = names(page, "table:has(#counts)")
    page.fill("#narrow-name", "教育")
    assert names(page, "table:has(#counts)") == names(page, "table:has(#rates)") == ["示例1区教育局"]
    assert not page.locator("tfoot:visible").count() and "共10个" in page.locator(".narrow output").inner_text()
    page.reload()
    assert page.input_value("#narrow-name") == "教育" and names(page, "table:has(#counts)") == ["示例1区教育局"]
    page.fill("#narrow-name", "")
    page.select_option("#narrow-level", "部门")
    assert len(names(page, "table:has(#counts)")) == len(everyone) - 1 and trouble == []


def test_a_long_listing_begins_with_its_districts_and_gives_all_rows_when_asked(browser: Browser, site: Path) -> None:
    whole = (site / "2021/index.html").read_text("utf-8")
    (site / "2021/long.html").write_text(whole.replace('figures narrowed"', 'figures narrowed long"'), "utf-8")
    page, trouble = open_page(browser, site, "2021/long.html", 360)
    assert names(page, "table:has(#counts)") == ["示例1区人民政府"]
    assert page.locator(".narrow output").inner_text() == "列出1个机关，共10个"
    page.locator("button.whole").press("Enter")
    assert len(names(page, "table:has(#counts)")) == len(names(page, "table:has(#rates)")) == 10
    assert page.evaluate("document.activeElement.id") == "narrow-name" and "rows=all" in page.url
    page.goto(page.url.partition("?")[0])
    page.fill("#narrow-name", "教育")
    assert names(page, "table:has(#counts)") == ["示例1区教育局"] and not page.locator("button.whole").is_visible()
    assert trouble == []


OLD = """for (const name of ["append", "prepend", "replaceChildren", "before", "after", "replaceWith"])
    for (const kind of [Element, Document, DocumentFragment]) delete kind.prototype[name];
delete HTMLElement.prototype.showPopover; delete window.IntersectionObserver; delete window.speechSynthesis;
const matches = Element.prototype.matches;
for (const kind of [Element, Document]) for (const name of ["querySelector", "querySelectorAll"]) {
    const own = kind.prototype[name];
    kind.prototype[name] = function (selector) {
        if (/:(has|is|where)\\(/.test(selector)) throw new SyntaxError(selector);
        return own.call(this, selector);
    };
}"""


def test_a_browser_without_new_methods_still_sorts_narrows_and_searches(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    context.add_init_script(OLD)
    page, trouble = context.new_page(), list[str]()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"file://{site / '2021/index.html'}")
    assert page.evaluate("typeof document.body.append") == "undefined"
    page.locator("thead button").nth(2).click()
    assert page.locator("thead th[aria-sort=descending]").count() == 1
    page.fill("#narrow-name", "教育")
    assert page.locator("table.list tbody tr:visible").count() == 2
    page.goto(f"file://{site / 'search/index.html'}?q=信息公开")
    expect(page.locator("#hits mark").first).to_have_text("信息公开")
    assert trouble == []
    context.close()


COMPARED = [
    "compare/index.html",
    "compare/denied/index.html",
    "compare/sums/q0001/index.html",
    "2021/index.html",
    "help/index.html",
]


@pytest.mark.parametrize(("width", "mode"), [(320, ""), (320, "mode=elder"), (1440, ""), (1440, "scheme=dark")])
@pytest.mark.parametrize("path", COMPARED)
def test_a_comparison_passes_axe_and_does_not_overflow(
    browser: Browser, site: Path, path: str, width: int, mode: str
) -> None:
    page, trouble = open_page(browser, site, path, width, mode)
    check_axe(page, colours=(width, mode) in MEASURED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width and trouble == []
    if mode == "mode=elder":
        check_colours(page)
    page.context.close()


def test_a_comparison_is_whole_without_a_script(browser: Browser, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site / 'compare/denied/index.html'}")
    assert page.locator("table:visible").count() == 3 and not page.locator(".narrow, .tools").first.is_visible()
    assert "占办理总计的" in page.locator("p.lede").inner_text() and page.locator("td small").count() > 0


def test_in_elder_mode_a_row_is_a_card_with_named_figures(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2021/index.html", 320, "mode=elder")
    cell = page.locator("table:has(#counts) tbody tr").first.locator("td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"新收申请："'
    assert page.locator("table:has(#counts)").evaluate("table => table.scrollWidth") <= 320


def test_the_journalists_question_takes_two_clicks_from_home(browser: Browser, site: Path) -> None:
    """How many requests were refused, why, compared with last year and with other districts?"""
    page, _ = open_page(browser, site, "index.html", 360)
    page.get_by_role("link", name="比较", exact=True).click()
    page.get_by_role("link", name="不予公开", exact=True).click()
    answer = page.locator("main").inner_text()
    assert all(words in answer for words in ("合计不予公开", "较上年", "占办理总计的", "1.属于国家秘密"))


def test_the_english_page_searches_the_same_index_and_leads_to_english_reports(
    browser: Browser, tmp_path: Path
) -> None:
    workload.write_content(tmp_path / "content", 5)
    settings = tmp_path / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "\n英文页面: {网站名称: Example District}\n", "utf-8")
    assert pipeline.run(Request(tmp_path / "content", jobs=1), tmp_path / "site").written
    page, trouble = open_page(browser, tmp_path / "site", "en/search/index.html", 1440)
    page.fill("#q", "政府信息")
    page.press("#q", "Enter")
    expect(page.locator("#found")).to_have_text(re.compile("^Reports with “政府信息”"))
    link = page.locator("#hits h3 a").first
    assert (tmp_path / "site" / "en" / "search" / str(link.get_attribute("href"))).is_file()
    link.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not trouble
    for path in ("compare/index.html", "compare/received/index.html", "help/index.html", "search/index.html"):
        page, trouble = open_page(browser, tmp_path / "site", f"en/{path}", 1440)
        check_axe(page)
        assert not trouble
