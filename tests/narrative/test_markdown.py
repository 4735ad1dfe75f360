"""The Markdown dialect: Chinese emphasis and line breaks, bound figures, nothing that could harm a reader."""

from __future__ import annotations

import pytest

from generator.narrative.html import read_prose
from generator.narrative.markdown import FreeTable, words_of
from tests.narrative.rendered import KNOWN, html, read, rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**注意：**正文", "<strong>注意：</strong>正文"),
        ("**「强调」**后接", "<strong>「强调」</strong>后接"),
        ("前文**「强调」**后接", "前文<strong>「强调」</strong>后接"),
        ("**“双随机”**监管", "<strong>“双随机”</strong>监管"),
        ("*（一）*甲", "<em>（一）</em>甲"),
        ("a * b * c", "a * b * c"),
        ("**不 是**", "<strong>不 是</strong>"),
        ("全** 角**", "全** 角**"),
    ],
)
def test_emphasis_needs_no_spaces_in_chinese(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一行\n第二行", "第一行第二行"),
        ("第一行，\n“第二行”", "第一行，“第二行”"),
        ("2020\n年", "2020 年"),
        ("one\ntwo", "one two"),
        ("**粗**\n下一行", "<strong>粗</strong>下一行"),
        ("甲  \n乙", "甲<br>\n乙"),
        ("共\n{{表三.新收}}", "共 <b>22</b>"),
    ],
)
def test_a_line_break_between_chinese_is_nothing(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_indentation_is_not_code() -> None:
    assert html("\t甲\n\n    乙\n\n　　丙\n　　丁") == "<p>甲</p>\n<p>乙</p>\n<p>丙</p>\n<p>丁</p>"
    assert html("`甲` ~~~") == "<p>`甲` ~~~</p>"
    assert html("甲\n===") == "<p>甲 ===</p>"


def test_a_table_is_aligned_by_class() -> None:
    page = html("|甲|乙|丙|\n|:-|-:|:-:|\n|1|2|3|")
    assert '<th class="left" scope="col">甲</th>' in page
    assert '<td class="right">2</td>' in page
    assert '<td class="center">3</td>' in page
    assert "style" not in page


# ---------------------------------------------------------------- placeholders


def test_an_unknown_placeholder_is_shown_as_it_stands() -> None:
    assert html('{{"><script>}}') == "<p>{{&quot;&gt;&lt;script&gt;}}</p>"
    assert html("{{''.__class__}}") == "<p>{{''.__class__}}</p>"


def test_blocks_from_placeholders_stand_alone() -> None:
    assert html("甲\n\n{{图片.1}} {{图片.1}}\n\n乙") == ("<p>甲</p>\n<figure>一</figure><figure>一</figure>\n<p>乙</p>")
    assert html("{{图片.1}}甲") == "<p><figure>一</figure>甲</p>"


def test_braces_without_their_pair() -> None:
    assert rules("甲{{乙") == [("MD-BRACES", 1, 2)]
    assert rules("甲{{}}\n\n乙") == [("MD-BRACES", 1, 2)]


# ---------------------------------------------------------------- links, pictures, HTML


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


def test_links() -> None:
    assert html("[甲](http://a.cn/?a=1&b)") == (
        '<p><a href="http://a.cn/?a=1&amp;b" rel="noopener" class="external">甲</a></p>'
    )
    assert html("[甲](#s1-1) [乙](mailto:a@b.cn)") == ('<p><a href="#s1-1">甲</a> <a href="mailto:a@b.cn">乙</a></p>')


def test_pictures() -> None:
    page = read("![说明](图一.png)\n\n甲![乙](b.JPG)![](c.webp)")
    assert page.preface == (
        '<figure><img src="%E5%9B%BE%E4%B8%80.png" alt="说明" loading="lazy"><figcaption>说明</figcaption></figure>\n'
        '\n<p>甲<img src="b.JPG" alt="乙" loading="lazy"><img src="c.webp" alt="" loading="lazy"></p>\n'
    )
    assert page.pictures == ("图一.png", "b.JPG", "c.webp")
    assert [(f.rule, f.place.line, f.place.column) for f in page.findings] == [("A11Y-ALT", 3, 13)]


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


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "甲<iframe src=//evil.cn></iframe>",
        "<!-- 注 -->",
        "<style>*{}</style>",
        '![<b>](a.png "<b onx=1>")',
        "[<b>](http://a.cn)",
    ],
)
def test_html_is_text(text: str) -> None:
    page = read(text)
    assert "MD-HTML" in {f.rule for f in page.findings}
    for tag in ("<script", "<iframe", "<!--", "<style", "<b", "<img src=x"):
        assert tag not in page.preface


def test_ordinary_angle_brackets_are_no_html() -> None:
    assert rules("a < b，<通知>，x<y") == []


def test_every_finding_speaks_both_languages() -> None:
    for finding in read("# 甲\n\n<b> {{ [a](x) ![](y) ![](z.png)").findings:
        assert finding.message.zh
        assert finding.message.en


# ---------------------------------------------------------------- tables of the narrative


def test_a_table_takes_the_line_before_it_as_its_caption() -> None:
    page = html("正文\n\n表：各渠道 {{表三.新收}} 条\n\n|渠道|数量|\n|-|-:|\n|网站|**{{表三.新收}}**|\n|公报||\n\n后文")
    assert page.startswith("<p>正文</p>\n") and page.endswith("<p>后文</p>")
    assert '<div class="scroll" role="region" aria-label="各渠道 22 条" tabindex="0">\n<table class="free">\n' in page
    assert "<caption>各渠道 <b>22</b> 条</caption>" in page and "表：" not in page


def test_a_table_is_kept_as_words_too() -> None:
    prose = read_prose(
        "|甲|\n|-|\n|1|\n\n## 一、总体\n\n表: 乙表\n|渠道|数量|\n|-|-:|\n|网站|**{{表三.新收}}**|\n|公报||\n",
        "report.md",
        KNOWN.get,
    )
    assert prose.tables == (
        FreeTable(0, "", ("甲",), (("1",),)),
        FreeTable(1, "乙表", ("渠道", "数量"), (("网站", "22"), ("公报", ""))),
    )


def test_an_empty_head_is_no_head() -> None:
    prose = read_prose("| | |\n|-|-|\n|网站|1|\n", "report.md", KNOWN.get)
    assert "<thead>" not in prose.preface and "<td>网站</td>" in prose.preface
    assert prose.tables == (FreeTable(0, "", (), (("网站", "1"),)),)


@pytest.mark.parametrize("before", ["表：", "附表：甲", "甲\n表：乙", "- 表：甲\n"])
def test_other_lines_stay_paragraphs(before: str) -> None:
    assert "<caption>" not in html(f"{before}\n\n|甲|\n|-|\n|1|")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("甲", "甲"),
        (" <b>甲</b>乙 ", "甲乙"),
        ("&lt;甲&gt; &amp; 乙", "<甲> & 乙"),
        ("<a href='?a=1&amp;b'>甲</a>", "甲"),
    ],
)
def test_html_is_stripped_to_its_words(html: str, words: str) -> None:
    assert words_of(html) == words
