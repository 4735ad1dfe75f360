"""The narrative's HTML as blocks: each element of the dialect, and nothing dropped unseen."""

from __future__ import annotations

import pytest

from generator.website.downloads.narrative_blocks import (
    Cell,
    FreeGrid,
    Heading,
    Line,
    Paragraph,
    Picture,
    Run,
    blocks_of,
    text_of,
)
from tests.narrative.rendered import html


def blocks(markdown: str) -> list[object]:
    return list(blocks_of(html(markdown)))


def plain(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def test_headings_and_paragraphs() -> None:
    assert blocks("### （一）甲\n\n文字。\n\n#### 1.乙\n") == [
        Heading(2, plain("（一）甲")),
        Paragraph(plain("文字。")),
        Heading(3, plain("1.乙")),
    ]


def test_runs_keep_bold_italic_links_and_line_breaks() -> None:
    (paragraph,) = blocks("甲**乙** *丙* [丁](https://example.com/)  \n戊")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (
        Run("甲"),
        Run("乙", bold=True),
        Run(" "),
        Run("丙", italic=True),
        Run(" "),
        Run("丁", link="https://example.com/"),
        Run("\n戊"),
    )
    assert text_of(paragraph.runs) == "甲乙 丙 丁\n戊"


def test_items_have_the_markers_that_the_page_shows() -> None:
    made = blocks("1. 一\n2. 二\n   - 小\n5. 五\n\n文。\n\n- 点\n\n  续段\n")
    assert [(text_of(b.runs), b.depth, b.marker) for b in made if isinstance(b, Paragraph)] == [
        ("一", 1, "1."),
        ("二", 1, "2."),
        ("小", 2, "•"),
        ("五", 1, "5."),
        ("文。", 0, ""),
        ("点", 1, "•"),
        ("续段", 1, ""),
    ]


@pytest.mark.parametrize("inner", ["1. 内", "- 内", "### 内", "***", "![内](a.png)", "|内|\n   |-|"])
def test_the_number_of_an_item_without_words_of_its_own_is_kept(inner: str) -> None:
    first, second, *_ = blocks(f"3. {inner}\n4. 外\n")
    assert first == Paragraph((), 1, "3.") and second != first
    assert blocks("3.\n4. 外\n")[0] == first


def test_free_tables_keep_caption_head_and_alignment() -> None:
    assert blocks("表：名\n\n|甲|乙|\n|:-|-:|\n|1|**2**|\n") == [
        FreeGrid(
            plain("名"),
            (Cell(plain("甲"), "left"), Cell(plain("乙"), "right")),
            ((Cell(plain("1"), "left"), Cell((Run("2", bold=True),), "right")),),
        )
    ]


def test_a_table_as_wide_as_its_longest_row() -> None:
    assert FreeGrid((), (Cell(()),), ((Cell(()), Cell(())),)).width == 2 and FreeGrid((), (), ()).width == 0


def test_pictures_alone_and_among_words() -> None:
    assert blocks('![甲](a.png "题")') == [Picture("a.png", "甲", "题")]
    assert blocks("文![甲](a%20b.png)字") == [Paragraph(plain("文字")), Picture("a b.png", "甲", "")]
    assert [Picture("a", "b", "c").described, Picture("a", "", "c").described, Picture("a", "", "").described] == [
        "b",
        "c",
        "a",
    ]


def test_a_picture_in_a_list_keeps_its_caption() -> None:
    assert blocks("- ![甲](a.png)\n\n  文\n") == [Picture("a.png", "甲", "甲"), Paragraph(plain("文"), 1, "•")]


def test_a_table_without_a_cell_is_none() -> None:
    assert blocks_of("<table></table>") == ()


def test_quotations_and_lines() -> None:
    assert blocks("> 引文\n\n---\n") == [Paragraph(plain("引文"), 1), Line()]


def test_escaped_signs_are_the_signs() -> None:
    assert blocks("A & B \\< C") == [Paragraph(plain("A & B < C"))]


def test_an_element_that_the_dialect_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="<video>"):
        blocks_of("<p>文</p><video></video>")
