"""Links, pictures, captions and paragraphs that hold only blocks."""

from __future__ import annotations

import pytest

from generator.narrative.html import read_prose
from generator.narrative.markdown_notes import FreeTable
from tests.narrative.rendered import KNOWN, html, read, rules


def test_a_table_is_aligned_by_class() -> None:
    page = html("|甲|乙|丙|\n|:-|-:|:-:|\n|1|2|3|")
    assert '<th class="left" scope="col">甲</th>' in page
    assert '<td class="right">2</td>' in page
    assert '<td class="center">3</td>' in page
    assert "style" not in page


def test_blocks_from_placeholders_stand_alone() -> None:
    assert html("甲\n\n{{图片.1}} {{图片.1}}\n\n乙") == ("<p>甲</p>\n<figure>一</figure><figure>一</figure>\n<p>乙</p>")
    assert html("{{图片.1}}甲") == "<p><figure>一</figure>甲</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.cn/x",
        "../../secret",
        "ftp://a.cn",
    ],
)
def test_other_addresses_keep_only_their_words(address: str) -> None:
    assert html(f"[甲]({address})") == "<p>甲</p>"
    assert rules(f"乙[甲]({address})") == [("MD-LINK", 1, 2)]
    assert "href" not in html(f"[甲][a]\n\n[a]: {address}")


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_a_link_without_words_is_told_and_left_out(words: str) -> None:
    assert rules(f"乙[{words}](http://a.cn)") == [("MD-LINK", 1, 2)]
    assert "<a" not in html(f"乙[{words}](http://a.cn)丙") and "<a" in html("乙[![图](a.png)](http://a.cn)丙")


def test_no_link_holds_another() -> None:
    page = html("[见<http://a.cn>页](http://b.cn)")
    assert page == '<p><a href="http://b.cn" rel="noopener" class="external">见http://a.cn页</a></p>'


def test_links() -> None:
    assert html("[甲](http://a.cn/?a=1&b)") == (
        '<p><a href="http://a.cn/?a=1&amp;b" rel="noopener" class="external">甲</a></p>'
    )
    assert html("[甲](#s1-1) [乙](mailto:a@b.cn)") == ('<p><a href="#s1-1">甲</a> <a href="mailto:a@b.cn">乙</a></p>')


@pytest.mark.parametrize(
    "name",
    [
        *("../b.png", "a/b.png", "a\\b.png", "%2e%2e%2fb.png", "..%5cb.png", "C:b.png", "http://a.cn/b.png"),
        *(".b.png", "b.svg", "b", "b.png?x", "data:image/png;base64,AAAA", "<a b/../c.png>", "a%00.png", "a b.png"),
    ],
)
def test_pictures_from_elsewhere_are_not_shown(name: str) -> None:
    page = read(f"甲![说明]({name})")
    assert "<img" not in page.preface
    assert page.pictures == ()
    assert [(f.rule, f.place.line, f.place.column) for f in page.findings] == [("MD-PICTURE", 1, 2)]


def test_a_table_takes_the_line_before_it_as_its_caption() -> None:
    page = html("正文\n\n表：各渠道 {{表三.新收}} 条\n\n|渠道|数量|\n|-|-:|\n|网站|**{{表三.新收}}**|\n|公报||\n\n后文")
    assert page.startswith("<p>正文</p>\n") and page.endswith("<p>后文</p>")
    assert '<div class="scroll" role="region" aria-label="各渠道 22 条" tabindex="0">\n<table class="free">\n' in page
    assert "<caption>各渠道 <b>22</b> 条</caption>" in page and "表：" not in page


def test_an_empty_head_is_no_head() -> None:
    prose = read_prose("| | |\n|-|-|\n|网站|1|\n", "report.md", KNOWN.get)
    assert "<thead>" not in prose.preface and "<td>网站</td>" in prose.preface
    assert prose.tables == (FreeTable(0, "", (), (("网站", "1"),)),)


@pytest.mark.parametrize("before", ["表：", "附表：甲", "甲\n表：乙", "- 表：甲\n"])
def test_other_lines_stay_paragraphs(before: str) -> None:
    assert "<caption>" not in html(f"{before}\n\n|甲|\n|-|\n|1|")
