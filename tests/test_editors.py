"""What editors of content systems make of the fragment, in a real browser: every cell and every paragraph stays.

The report is Boshan's of 2020, the page beside the fragment is the one that clerks see, and what an editor hands to its
system is compared as `verify --page` does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from generator.collection.office import open_office
from generator.importer.page_check import LINES, PageVerdict, check_page
from generator.readers.document import Limits
from generator.readers.html import text_of
from generator.readers.open_file import read_bytes
from generator.report.entry import LoadedReport, ReportRef
from generator.website.fragment import BY_SPACES, BY_STYLE, fragment
from tests.editors import AREAS, PAGES, served, unpacked

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def report() -> LoadedReport:
    office = open_office(Path(__file__).parents[1] / "content")
    entry, _ = office.read(ReportRef(2020, "boshan", "2020/boshan"))
    assert entry is not None
    return entry


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, report: LoadedReport) -> Iterator[str]:
    folder = unpacked(tmp_path_factory.mktemp("editors"))
    for name in (BY_STYLE, BY_SPACES):
        page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body>{fragment(report, name)}'
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    with served(folder) as found:
        yield found


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    opened.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    yield opened
    opened.close()


def opened(context: BrowserContext, address: str, editor: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/{editor}.html")
    page.wait_for_function("window.ready === true", timeout=30_000)
    return page


def looked_at(report: LoadedReport, indent: str, html: str) -> PageVerdict:
    page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body>{html}</body></html>'.encode()
    pasted = read_bytes(fragment(report, indent).encode(), "fragment.html", Limits())
    return check_page(report, pasted, read_bytes(page, "page.html", Limits()), text_of(page))


def all_there(verdict: PageVerdict) -> None:
    assert [fault.message.zh for fault in verdict.faults if fault.kind != LINES] == []
    assert verdict.cells == verdict.all_cells == 198
    assert verdict.paragraphs == verdict.all_paragraphs > 30


@pytest.mark.parametrize("indent", [BY_STYLE, BY_SPACES])
@pytest.mark.parametrize("editor", PAGES)
def test_nothing_is_lost_in_source_mode(
    editor: str, indent: str, context: BrowserContext, address: str, report: LoadedReport
) -> None:
    page = opened(context, address, editor)
    page.evaluate("html => window.put(html)", fragment(report, indent))
    all_there(looked_at(report, indent, page.evaluate("() => window.get()")))


@pytest.mark.parametrize("indent", [BY_STYLE, BY_SPACES])
@pytest.mark.parametrize("editor", PAGES)
def test_nothing_is_lost_by_copying_and_pasting(
    editor: str, indent: str, context: BrowserContext, address: str, report: LoadedReport
) -> None:
    source = context.new_page()
    source.goto(f"{address}/{indent}.html")
    source.keyboard.press("Control+KeyA")
    source.keyboard.press("Control+KeyC")
    page = opened(context, address, editor)
    page.bring_to_front()
    frame, area = AREAS[editor]
    place = page.frame_locator(frame).first.locator(area) if frame else page.locator(area).first
    place.click()
    page.keyboard.press("Control+KeyV")
    page.wait_for_function("window.get().includes('</table>')", timeout=30_000)
    all_there(looked_at(report, indent, page.evaluate("() => window.get()")))


def test_the_check_sees_what_an_editor_loses(report: LoadedReport) -> None:
    body = fragment(report, BY_STYLE)
    all_there(looked_at(report, BY_STYLE, body))
    harmed = looked_at(report, BY_STYLE, body.replace("</td>", "", 1).replace("<p", "<p hidden", 1).replace("22", "23"))
    assert harmed.cells < 198 or harmed.paragraphs < harmed.all_paragraphs
