"""Rejoins lines into paragraphs and drops page numbers and running heads."""

from __future__ import annotations

import pytest

from generator.readers.document import BlockPlace, Paragraph, Piece
from generator.readers.pdf import read
from generator.readers.pdf_page import PdfChar, PdfLine, PdfPage
from generator.readers.pdf_text import Measure, Placed, continues, marginal, measured, paragraph
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS, rules, texts


def test_lines_of_a_paragraph_are_rejoined_across_pages_and_page_numbers_dropped() -> None:
    full = "甲" * 36
    first = text(98, 100, "乙" * 34) + text(74, 120, full) + text(74, 140, full) + text(280, 820, "- 1 -")
    second = text(74, 100, "末句。") + text(98, 120, "又一段。") + text(280, 820, "- 2 -")
    document = read(pdf(first, second), "a.pdf", LIMITS)
    assert texts(document) == ["乙" * 34 + full * 2 + "末句。", "又一段。"]
    assert [block.where.page for block in document.blocks] == [1, 2]


def test_paragraphs_without_indent_are_recognised_by_their_distance_and_their_last_sentence() -> None:
    full = "甲" * 37
    first = text(74, 100, full) + text(74, 120, full) + text(74, 147, full) + text(74, 167, full[:-1] + "。")
    document = read(
        pdf(first, text(74, 60, "下一段。") + text(74, 90, "（四）平台建设方面") + text(74, 110, "正文。")),
        "a.pdf",
        LIMITS,
    )
    assert texts(document) == [full * 2, full + full[:-1] + "。", "下一段。", "（四）平台建设方面", "正文。"]


def test_figures_beside_each_other_keep_their_distance_and_wide_gaps_become_tabs() -> None:
    document = read(
        pdf(
            text(74, 100, "规章")
            + text(200, 100, "0")
            + text(300, 100, "22")
            + text(74, 130, "共 22 件，邮 编 ： 255200")
        ),
        "a.pdf",
        LIMITS,
    )
    assert texts(document) == ["规章\t0\t22", "共22件，邮编：255200"]


def test_running_heads_are_left_behind_and_reported() -> None:
    pages = [text(200, 40, "示例局文件") + text(98, 200 + 20 * n, f"第{'一二三四'[n]}段话。") for n in range(4)]
    document = read(pdf(*pages), "a.pdf", LIMITS)
    assert texts(document) == ["第一段话。", "第二段话。", "第三段话。", "第四段话。"]
    assert "IMP-HEADER" in rules(document)


def placed(words: str, x: float, y: float, page: PdfPage | None = None, size: float = 12) -> Placed:
    chars = tuple(PdfChar(char, x + size * n, y, x + size * (n + 1), y + size, size) for n, char in enumerate(words))
    return Placed(PdfLine(chars), page or PdfPage(1, 595, 842, ()))


MEASURE = Measure(left=74, right=74 + 12 * 36, pitch=20, indented=True, spaced=False)
FULL = "甲" * 36


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        (placed(FULL, 74, 100), placed("乙", 74, 120), True),
        (placed("甲", 74, 100), placed("乙", 74, 120), False),
        (placed(FULL, 74, 100), placed("乙", 98, 120), False),
        (placed(FULL, 74, 100), placed("乙", 74, 150), False),
        (placed(FULL, 74, 100), placed("乙", 74, 120, size=16), False),
        (placed(FULL, 74, 800), placed("乙", 74, 60, PdfPage(2, 595, 842, ())), True),
        (placed(FULL[:-1] + "。", 74, 100), placed("一、总体情况", 74, 120), False),
    ],
    ids=["full", "short", "indented", "distant", "larger", "next page", "heading"],
)
def test_a_line_goes_on_where_the_one_before_is_full(before: Placed, after: Placed, goes_on: bool) -> None:
    assert continues(before, after, MEASURE) == goes_on


def test_the_text_column_is_measured_from_its_lines() -> None:
    lines = [placed(FULL, 74, 100 + 20 * n) for n in range(5)] + [placed("乙" * 30, 98, 200)]
    assert measured(lines) == Measure(left=72, right=506, pitch=20, indented=True, spaced=False)
    assert measured([]) == Measure(left=0, right=0, pitch=20, indented=True, spaced=True)


def test_page_numbers_go_and_heads_that_repeat_are_named() -> None:
    pages = [PdfPage(number, 595, 842, ()) for number in (1, 2, 3)]
    text = {
        page.number: [
            placed("示例局文件", 74, 30).line,
            placed("正文", 74, 400).line,
            placed(f"-{page.number}-", 280, 820).line,
        ]
        for page in pages
    }
    dropped, heads = marginal(pages, text)
    assert heads == ["示例局文件"] and dropped == {(page, line) for page in (1, 2, 3) for line in (0, 2)}


def test_a_paragraph_keeps_bold_and_links_and_a_heading_does_not() -> None:
    bold = placed("注意", 74, 100).line.chars[0]._replace(bold=True)
    plain = placed("正文", 86, 100).line.chars
    group = [Placed(PdfLine((bold, *plain)), PdfPage(4, 595, 842, ()))]
    assert paragraph(group, 7) == Paragraph((Piece("注", bold=True), Piece("正文")), BlockPlace(page=4, line=7))
    assert paragraph([placed("一、总体情况", 74, 100)], 1).level == 1


def test_latin_words_at_a_line_end_are_kept_apart() -> None:
    assert paragraph([placed("annual", 74, 100), placed("report", 74, 120)], 1).text == "annual report"
    assert paragraph([placed("共22", 74, 100), placed("件", 74, 120)], 1).text == "共22件"
