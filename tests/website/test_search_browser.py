"""The search in a real browser, from a disk: it finds every place and nothing else, by keyboard, and says so."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench import workload
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.website.search.index import folded
from generator.website.search.report_text import text_of
from tests.website.test_browser import CHROMIUM, FLAGS, check_axe, open_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    workload.write_content(folder / "content", 50)
    assert pipeline.run(Request(folder / "content", jobs=1), folder / "site").written
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def ask(page: Page, words: str, year: str = "") -> None:
    page.fill("#q", words)
    page.select_option("#y", year)
    page.press("#q", "Enter")
    head = page.locator("#found")
    expect(head).to_have_text(re.compile("报告"))
    while page.locator("#more").is_visible():
        shown = head.inner_text()
        page.click("#more")
        expect(head).not_to_have_text(shown)


def found(page: Page) -> set[str]:
    links = page.locator("#hits h3 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return {link.removeprefix("../").removesuffix("/index.html") for link in links}


def test_every_report_that_holds_the_words_is_found_and_no_other(browser: Browser, site: Path) -> None:
    texts = {
        path.parent.relative_to(site).as_posix(): folded(text_of(path.read_bytes()))
        for path in site.glob("*/*/text.js")
    }
    assert len(texts) == 50
    rng, lines = random.Random(17), [line for text in texts.values() for line in text.split("\n") if len(line) > 30]
    asked = ["政府信息", "桥", "（以下简称", "不存在的词", "2021年 培训", "全年2021", "2023年1月1日至2023年12月31日"]
    for length in (1, 2, 3, 4, 7, 15):
        for line in rng.sample(lines, 2):
            at = rng.randrange(len(line) - length)
            asked.append(line[at : at + length].strip() or "年")
    page, trouble = open_page(browser, site, "search/index.html", 1440)
    for words in asked:
        ask(page, words)
        wanted = {key for key, text in texts.items() if all(word in text for word in folded(words).split())}
        assert found(page) == wanted, words
        marks = page.locator("#hits mark").all_text_contents()
        assert bool(wanted) == bool(marks) and all(folded(mark) in folded(words).split() for mark in marks), words
    assert trouble == []


def test_the_address_holds_the_question_and_the_answer_is_announced(browser: Browser, site: Path) -> None:
    page, trouble = open_page(browser, site, "search/index.html?q=数据&y=2020", 320)
    expect(page.locator("#status")).to_have_text(re.compile("报告"))
    assert page.input_value("#q") == "数据" and page.input_value("#y") == "2020"
    assert all(key.startswith("2020/") for key in found(page)) and trouble == []
    ask(page, "信息公开")
    assert "q=%E4%BF%A1" in page.url and not page.locator("#plain").is_visible()
    ask(page, "没有这个词组")
    assert page.locator("#status").inner_text() == "没有报告含有“没有这个词组”。"


def test_organs_and_terms_are_found_by_name(browser: Browser, site: Path) -> None:
    page, _ = open_page(browser, site, "search/index.html?q=教育局", 1440)
    page.wait_for_selector(".found-organs a")
    assert page.locator(".found-organs a").first.inner_text() == "示例1区教育局"
    ask(page, "三安全一稳定")
    assert "国家安全、公共安全" in page.locator("#aside dd").first.inner_text()


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("mode", ["", "mode=elder", "contrast=high"])
def test_results_pass_axe_and_do_not_overflow(browser: Browser, site: Path, width: int, mode: str) -> None:
    page, _ = open_page(browser, site, "search/index.html?q=信息公开", width, mode)
    page.wait_for_selector("#hits mark")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_without_a_script_there_is_an_index_and_no_form(browser: Browser, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{site / 'search/index.html'}")
    assert not page.locator("#find").is_visible() and page.locator("#plain a").count() > 10
    assert "没有启用脚本" in page.locator("#plain").inner_text()
