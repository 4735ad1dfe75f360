"""English pages as they are built: no words of the interface are left in Chinese, and what is Chinese is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]

from bench import workload
from generator.forms.declared import declared_forms
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.website.downloads.columns import cell_columns, indicator_columns
from generator.website.words import load_words

# a run of Chinese as `mark_chinese` finds it, with what may stand within
RUN = re.compile(r"[\u2e80-\u2fff\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
# what programs read and nobody is shown: addresses, names of files, what to sort by, what a portal's search asks for
UNSEEN = frozenset({"href", "id", "src", "headers", "for", "download", "data-v", "data-group", "content"})
# elements of plain text, which cannot be marked: a page's title; drawings and lists say nothing in Chinese
PLAIN = frozenset({"title", "script", "style"})
CORRECTED = "更正:\n  - {日期: 2024-03-01, 位置: 表三.本年新收.总计, 原值: 1, 更正为: %s, 原因: 示例, 批准人: 示例}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A section of several organs and years with a corrected report, in both languages."""
    folder = tmp_path_factory.mktemp("english")
    workload.write_content(folder / "content", 10)
    with (folder / "content/site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\n英文页面: {网站名称: Example District}\n")
    tables = folder / "content" / workload.EDITED / "tables.yaml"
    text = tables.read_text(encoding="utf-8")
    (total,) = re.findall(r"^  本年新收: \[.*?(\d+)\]", text, re.MULTILINE)
    tables.write_text(text + CORRECTED % total, encoding="utf-8")
    assert pipeline.run(Request(folder / "content", jobs=1), folder / "site").written
    return folder


def pages(folder: Path) -> dict[str, html.HtmlElement]:
    site = folder / "site/en"
    return {str(file.relative_to(site)): html.document_fromstring(file.read_bytes()) for file in site.rglob("*.html")}


def said(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """What a page says of its own, with its place: no narrative, no addresses in words."""
    if not isinstance(element.tag, str) or (element.tag == "div" and element.get("lang") == "zh-CN"):
        return
    if element.tag not in ("script", "style", "code") and element.get("class") != "key":
        for name, value in element.attrib.items():
            if name not in UNSEEN:
                yield f"{element.tag} {name}", value
        yield "marked" if element.get("lang") == "zh-CN" else element.tag, element.text or ""
        for child in element:
            yield from said(child)
            yield element.tag, child.tail or ""


def test_what_is_chinese_is_marked_or_a_title(folder: Path) -> None:
    drawn = pages(folder)
    assert {name.rpartition("/")[0].rpartition("/")[2] for name in drawn} > {"", "2023", "compare", "search", "help"}
    for name, page in drawn.items():
        assert page.get("lang") == "en"
        plain = {place for place, text in said(page) if place != "marked" and RUN.search(text)}
        assert plain <= PLAIN, name
        assert not RUN.search("".join(page.xpath("//svg//text() | //option//text()"))), name


def test_what_is_chinese_comes_from_the_content_or_a_form(folder: Path) -> None:
    """Words of the interface that nobody translated would be marked as Chinese like any other."""
    files = [*folder.glob("content/**/*.yaml"), *folder.glob("content/**/*.md")]
    known = "\n".join(file.read_text(encoding="utf-8") for file in files)
    known += "\n".join(table.caption for form in declared_forms() for table in form.tables) + "万元"
    words = load_words("zh")
    heads = {column.head for column in (*cell_columns(words), *indicator_columns(words))}
    for name, page in pages(folder).items():
        runs = {run for _, text in said(page) for run in RUN.findall(text)}
        unknown = {run for run in runs if run not in known} - {"中文"}  # the switch to the Chinese page
        assert unknown <= (heads if name == "data/index.html" else set()), name
