"""Findings as one page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.example import prose, write_content
from tests.printers.samples import ACCEPTED, BROKEN, nianbao

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_content(
        tmp_path_factory.mktemp("printers") / "content", {"2022/shili": (BROKEN + ACCEPTED, prose(2022))}
    )


@pytest.fixture
def page(content: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    nianbao("check", "--content", content, "--format", "html", "--output", tmp_path / "findings.html")
    page = browser.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(f"file://{tmp_path / 'findings.html'}")
    yield page
    assert trouble == []


def test_the_page_marks_cells_filters_and_is_accessible(page: Page) -> None:
    row = page.locator("li[data-rule=T3-ROW]")
    assert row.locator("mark").all_inner_texts() == ["0", "0", "0", "0", "0", "0", "2"]
    assert row.locator("tbody th").inner_text() == "三、本年度办理结果／（五）不予处理／2.重复申请"
    assert not page.locator("li[data-level=accepted]").first.is_visible()
    page.get_by_label("已接受").check()
    assert page.locator("li[data-level=accepted]").first.is_visible()
    page.get_by_label("规则").select_option("T3-ROW")
    assert page.locator("li.finding:visible").count() == 1
    assert page.locator("#shown").inner_text().startswith("显示 1 项")
    page.get_by_label("规则").select_option("")
    assert not Axe().run(page, options={"preload": False}).response["violations"]
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
