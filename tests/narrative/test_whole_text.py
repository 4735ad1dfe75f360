"""Every character of a narrative is on the page, in its order, or a finding names its line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.narrative.html import NarrativeHtml, read_prose
from tests.narrative.rendered import KNOWN, html
from tests.narrative.structures import Structures

# what may be a mark, and white space; everything else is words, digits and punctuation
MARKS = re.compile(r"(?m:^[ ]*[|:-]*-[ |:-]*$)|<(?=http://)|[\s#*>|+\-\\!\[\]()=]|(?:表[：:][ \t]*)(?=\S)")


def bare(text: str) -> str:
    """A text without marks; what a backslash makes plain may still look like one (`-\\:` as the rule of a table)."""
    return MARKS.sub("", text.replace("\\", ""))


class _Seen(HTMLParser):
    """What a reader has of a page: its words, the numbers of lists, addresses, and what pictures say."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.numbers: list[int] = []
        self.lists: list[str] = []
        self.caption = self.alone = ""
        self.addresses: list[tuple[str, int]] = []  # of the links that are open, and where their words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("ol", "ul"):
            self.lists.append(tag)
            self.numbers.append(int(given.get("start", "1")))
        elif tag == "li" and self.lists[-1] == "ol":
            self.numbers[-1] = int(given.get("value", self.numbers[-1]))
            self.words.append(f"{self.numbers[-1]}.")
            self.numbers[-1] += 1
        elif tag == "img":
            self.alone = given["alt"]
            self.words += [given["alt"], unquote(given["src"]), given.get("title", "")]
        elif tag == "figcaption":
            self.caption = "open"
        elif tag == "a":
            assert not self.addresses, "a link within a link: no browser shows both"
            self.addresses.append((given["href"], len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self.lists.pop()
            self.numbers.pop()
        elif tag == "figcaption":
            self.caption = ""
        elif tag == "a":
            address, first = self.addresses.pop()
            if unquote(address) != "".join(self.words[first:]):  # an address that is its own words is typed once
                self.words.append(unquote(address))

    def handle_data(self, data: str) -> None:
        if not (self.caption and data == self.alone):  # a picture's description is printed below it too
            self.words.append(data)


def seen(page: NarrativeHtml) -> str:
    parts = [page.preface]
    for section in page.sections:
        parts += [f"<p>{section.title.replace('&', '&amp;').replace('<', '&lt;')}</p>", section.html]
    reader = _Seen()
    reader.feed("".join(parts))
    reader.close()
    return bare("".join(reader.words))


PIECE = st.sampled_from(
    [
        *("\n", "\n", "\n\n", "\n\n", "  \n", " ", "\t", "\u3000\u3000", "\n## ", "\n### ", "\n# ", "##", "#"),
        *("1. ", "\n1. ", "\n2. ", "\n5. ", "\n03. ", "\n2) ", "\n0. ", "\n- ", "\n* ", "\n+ ", "\n> ", "\n  - "),
        *("*", "**", "***", "_", "__", "~~", "`", "```\n", "\n---\n", "\n===\n", "\\", "3*4*5", "2**3"),
        *("[注]: ", "\n[注]: ", "\n[备注]:", "[^1]", "\n[^1]: ", "[", "]", "[名称][1]", "\n[1]: http://a.cn\n"),
        *("|", "\n|甲|乙|\n|-|-|\n", "\n|1|2|", "\n|1|2|3|4|", "\n表：", "\n｜", "｜", "|-|-|\n"),
        *("<b>", "<!-- ", " -->", "<", ">", "&", "&nbsp;", "&#65;", '"', "'", "{", "}", "{{", "}}", "{{无}}", "｛｛"),
        *("(", ")", "（一）", "（2）", "一、", "①", "——", "…", "“", "”", "。", "；", "：", ":", "12", "1.5%", "A"),
    ]
)


def by_pieces(pieces: list[str]) -> str:
    """The pieces with a character of its own behind each, so that nothing can be taken for something else."""
    return "".join(piece + chr(0x4E8C + number * 7) for number, piece in enumerate(pieces))


def check(text: str) -> None:
    page = read_prose(text, "report.md", KNOWN.get)
    told = {finding.place.line for finding in page.findings}
    words = seen(page)
    if not told:
        assert words == bare(text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if number not in told:
            for word in re.findall(r"[\u4e8c-\u7fff0-9A-Za-z。；：%]+", MARKS.sub("\n", line)):
                assert word in words, (number, line)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.lists(PIECE, max_size=16).map(by_pieces))
def test_whatever_is_typed_is_on_the_page_or_told(text: str) -> None:
    check(text)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="甲乙 12\n\t#*_`[]():^|-+>\\!<&;{}｛｝｜=~.", max_size=40))
def test_any_text_is_on_the_page_or_told(text: str) -> None:
    check(text)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_whatever_its_structure_a_text_is_on_the_page_or_told(seed: int) -> None:
    texts = Structures(seed)
    for _ in range(150):
        check(texts.text())


@pytest.mark.parametrize(
    "text",
    [
        "[<http://a.cn/甲>](http://b.cn/乙)",
        "[注]: 本报告数据截至2021年底",
        "[备注]:见附件",
        "全年工作如下[^1]。\n\n[^1]: 说明。",
        "见[名称][1]\n\n[1]: http://a.cn/甲",
        "| 名称 | 数 |\n|---|---|\n| 乙 | 2 | 多出 |",
        "甲&nbsp;乙&copy;",
        "-\\:",
    ],
)
def test_what_used_to_vanish_is_on_the_page(text: str) -> None:
    check(text)
    assert all(word in seen(read_prose(text, "report.md", KNOWN.get)) for word in re.findall("[一-鿿]+", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. 甲\n5. 乙", '<ol start="3">\n<li>甲</li>\n<li value="5">乙</li>\n</ol>'),
        ("2. 甲\n1. 乙", '<ol start="2">\n<li>甲</li>\n<li value="1">乙</li>\n</ol>'),
        ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"),
        ("1) 甲\n2) 乙", "<p>1) 甲</p>\n<p>2) 乙</p>"),
        ("01. 甲\n02. 乙", "<p>01. 甲</p>\n<p>02. 乙</p>"),
    ],
)
def test_numbers_stay_as_typed(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_figure_with_its_own_bar_stands_in_one_cell() -> None:
    page = read_prose("|甲|乙|\n|-|-|\n|{{表三.新收|较上年}}|2|", "report.md", {"表三.新收｜较上年": "增加5件"}.get)
    assert "<td>增加5件</td>\n<td>2</td>" in page.preface and not page.findings


def test_the_title_of_a_picture_among_words_is_kept() -> None:
    assert '<img src="a.png" alt="说明" title="题" loading="lazy">' in html('![说明](a.png "题")甲')


def test_a_placeholder_in_the_description_of_a_picture_is_printed() -> None:
    assert 'alt="共22件"' in html("甲![共{{表三.新收}}件](a.png)")
