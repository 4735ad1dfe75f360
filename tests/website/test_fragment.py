"""The fragment to paste: only what editors leave alone, and all of the report."""

from __future__ import annotations

import re

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.report.entry import LoadedReport
from generator.website.fragment import BY_SPACES, fragment
from tests.example import entry, prose, tables

# What every editor tried keeps, whichever way it is pasted.
SAFE = {"h2", "h3", "p", "table", "tbody", "tr", "th", "td", "strong", "sup", "span", "a", "br"}
ATTRIBUTES = {"border", "cellspacing", "cellpadding", "width", "style", "align", "scope", "rowspan", "colspan", "href"}

NARRATIVE = """示例引言，**重要**。

{sections}
### 小标题

#### 更小的标题

- 甲项
- **乙项**

3. 第三
4. 第四

> 引文

见[示例网](https://www.example.gov.cn/)和[别处](#s1)。

|项目|数|
|----|----|
|甲|1|

未收取信息处理费。
"""


def loaded(narrative: str, text: str | None = None, year: int = 2021) -> LoadedReport:
    report, _ = entry(year, text, narrative)
    assert report is not None
    return report


def drawn(narrative: str, indent: str = "样式") -> str:
    return fragment(loaded(narrative), indent)


def rich() -> str:
    sections = prose(2021).split("\n\n", 1)[1]
    return drawn(NARRATIVE.format(sections=sections))


def test_only_the_safe_elements_and_attributes_are_used_and_all_blocks_are_at_the_top() -> None:
    tree = html.fragment_fromstring(rich(), create_parent="body")
    assert {node.tag for node in tree.iter()} - {"body"} <= SAFE
    assert {name for node in tree.iter() for name in node.attrib} <= ATTRIBUTES
    assert {node.tag for node in tree} == {"h2", "h3", "p", "table"}
    assert [text for text in [tree.text, *(node.tail for node in tree)] if text and text.strip()] == []


def test_nothing_of_the_narrative_is_lost() -> None:
    text = html.fragment_fromstring(rich(), create_parent="body").text_content()
    for word in (
        "示例引言，重要。",
        "小标题",
        "更小的标题",
        "· 甲项",
        "· 乙项",
        "3. 第三",
        "4. 第四",
        "引文",
        "见示例网和别处。",
    ):
        assert word in text, word
    assert (
        "<strong>重要</strong>" in rich() and '<a href="https://www.example.gov.cn/">' in rich() and "#s1" not in rich()
    )


def test_each_statutory_table_stands_in_its_section_with_its_figures_and_spans() -> None:
    report = loaded(prose(2021), tables(2021, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"]))
    tree = html.fragment_fromstring(fragment(report), create_parent="body")
    before = [table.xpath("string(preceding-sibling::h2[1])")[:2] for table in tree.xpath("table")]
    assert before == ["二、", "三、", "四、"]
    figures = [td.text or "" for td in tree.xpath("table[2]//td")]
    texts = report.report.sheets[1].texts
    assert [text for text in figures if text in ("", *texts)][-len(texts) :] == list(texts) and "" in texts
    assert len(tree.xpath("table[2]//*[@rowspan]")) > 3


def test_lines_differ_from_those_of_an_editing_area_so_that_a_copy_keeps_them() -> None:
    cells = re.findall(r"<t[hd][^>]*>", rich())
    assert cells and all("border-style:solid solid solid double" in cell and "align=" in cell for cell in cells)
    assert "1px solid" not in "".join(cells)


@pytest.mark.parametrize(("indent", "start"), [("样式", '<p style="text-indent:2em">示例'), (BY_SPACES, "<p>　　示例")])
def test_one_kind_of_indent_never_both(indent: str, start: str) -> None:
    text = drawn(prose(2021), indent)
    assert text.startswith(start) and ("text-indent" in text) != ("<p>　　" in text)


def test_a_break_inside_emphasis_keeps_both_lines_whole() -> None:
    text = drawn(prose(2021).replace("示例引言。", "**前行  \n后行**"))
    assert "<strong>前行</strong></p>" in text and "后行</strong></p>" in text


def test_markup_in_the_text_stays_text() -> None:
    assert "&lt;b&gt;" in drawn(prose(2021).replace("示例引言。", "示例<b>引言"))
