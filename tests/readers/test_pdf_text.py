"""Rejoins lines into paragraphs and drops page numbers and running heads."""

from __future__ import annotations

import pytest

from generator.readers.document import BlockPlace, Mark, Paragraph, Piece
from generator.readers.pdf import read
from generator.readers.pdf_page import PdfChar, PdfLine, PdfPage
from generator.readers.pdf_text import (
    Measure,
    Placed,
    continues,
    in_heading,
    marginal,
    measured,
    page_numbers,
    paragraph,
)
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


BROWSER_HEAD = "11/29/26, 3:07 AM\t示例局年报"
BROWSER_FOOT = "http://example.gov.cn/示例.htm\t{}/{}"


def dropped(*pages: list[tuple[str, float]]) -> tuple[list[list[str]], list[str]]:
    """The lines of each page that are left, and the running heads; lines are words and their top."""
    sheets = [PdfPage(number, 595, 842, ()) for number in range(1, len(pages) + 1)]
    text = {
        sheet.number: [placed(words, 74, top).line for words, top in page]
        for sheet, page in zip(sheets, pages, strict=True)
    }
    gone, heads = marginal(sheets, text)
    left = [
        [line.text for number, line in enumerate(text[sheet.number]) if (sheet.number, number) not in gone]
        for sheet in sheets
    ]
    return left, heads


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_what_a_browser_prints_at_the_edges_is_a_running_head_on_any_number_of_pages(pages: int) -> None:
    sheets = [
        [(BROWSER_HEAD, 15.0), ("正文", 400.0), (BROWSER_FOOT.format(n, pages), 820.0)] for n in range(1, pages + 1)
    ]
    left, heads = dropped(*sheets)
    assert left == [["正文"]] * pages and heads[0] == BROWSER_HEAD.replace("\t", " ") and len(heads) == 1 + pages


def test_an_address_at_the_foot_of_one_page_stays() -> None:
    assert dropped([("正文", 400), ("http://example.gov.cn/", 820)])[0] == [["正文", "http://example.gov.cn/"]]


def test_heads_and_page_numbers_within_the_flow_are_known_by_their_place_on_two_pages() -> None:
    sheets = [[("示例局年报", 130.0), ("正文" * n, 400.0), (f"- {n} -", 720.0)] for n in (1, 2)]
    assert dropped(*sheets) == ([["正文"], ["正文正文"]], ["示例局年报"])


def test_what_differs_in_more_than_the_page_stays() -> None:
    for first, second in (("收到12件", "收到19件"), ("0", "0"), ("规章\t0\t0", "规章\t0\t0")):
        assert dropped([("甲", 400), (first, 720)], [("乙", 400), (second, 720)])[0] == [["甲", first], ["乙", second]]
    assert dropped([("甲", 100), ("正文", 400)], [("甲", 140), ("正文", 400)])[1] == []


def test_struck_words_of_a_paragraph_are_pieces_of_their_own() -> None:
    struck = [char._replace(mark=Mark.STRUCK) for char in placed("旧句。", 74, 100).line.chars]
    group = [Placed(PdfLine((*struck, *placed("新句。", 110, 100).line.chars)), PdfPage(1, 595, 842, ()))]
    assert paragraph(group, 1).pieces == (Piece("旧句。", mark=Mark.STRUCK), Piece("新句。"))


def test_a_paragraph_keeps_bold_and_links_and_a_heading_does_not() -> None:
    bold = placed("注意", 74, 100).line.chars[0]._replace(bold=True)
    plain = placed("正文", 86, 100).line.chars
    group = [Placed(PdfLine((bold, *plain)), PdfPage(4, 595, 842, ()))]
    assert paragraph(group, 7) == Paragraph((Piece("注", bold=True), Piece("正文")), BlockPlace(page=4, line=7))
    assert paragraph([placed("一、总体情况", 74, 100)], 1).level == 1


def test_latin_words_at_a_line_end_are_kept_apart() -> None:
    assert paragraph([placed("annual", 74, 100), placed("report", 74, 120)], 1).text == "annual report"
    assert paragraph([placed("共22", 74, 100), placed("件", 74, 120)], 1).text == "共22件"


def test_an_address_goes_on_in_the_next_line_without_a_blank() -> None:
    lines = [placed("见（htt", 74, 100), placed("p://www.example.gov.cn/a_x", 74, 120), placed("b/c.html）", 74, 140)]
    assert paragraph(lines, 1).text == "见（http://www.example.gov.cn/a_xb/c.html）"


def test_a_heading_that_the_file_names_goes_on_to_its_last_line() -> None:
    first, second, behind = (placed(words, 74, top) for words, top in (("（一）甲", 100), ("乙丙", 120), ("丁", 140)))
    headings = {"（一）甲乙丙": 2, "丁戊": 2}
    assert in_heading([first], second, headings) is True
    assert in_heading([first, second], behind, headings) is False
    assert in_heading([second], behind, headings) is None


def set_line(words: str, top: float = 100, apart: int = -1) -> PdfLine:
    """A line of characters set side by side; behind the one numbered `apart` stands a gap."""
    chars, x = [], 100.0
    for number, char in enumerate(words):
        chars.append(PdfChar(char, x, top, x + 10, top + 10, 10))
        x += 15 if number == apart else 10
    return PdfLine(tuple(chars))


def set_paragraph(words: str, apart: int = -1, **headings: int) -> Paragraph:
    page = PdfPage(1, 595, 842, ())
    return paragraph([Placed(set_line(words, apart=apart), page)], 1, headings)


def test_where_the_file_says_what_is_a_heading_its_blanks_are_typed_ones() -> None:
    assert set_paragraph("（6） 甲，乙。", **{"（6）甲，乙。": 2}) == Paragraph(
        (Piece("（6） 甲，乙。"),), BlockPlace(page=1, line=1), 2
    )
    assert set_paragraph("甲 乙").text == "甲 乙" and set_paragraph("甲 乙").level == 0
    assert paragraph([Placed(set_line("甲 乙"), PdfPage(1, 595, 842, ()))], 1).text == "甲乙"


def test_a_number_that_stands_apart_is_that_of_a_list() -> None:
    item, plain, point = set_paragraph("1.甲乙", apart=1), set_paragraph("1.甲乙"), set_paragraph("•甲乙", apart=0)
    assert (item.bullet, item.text) == ("1.", "甲乙") and (plain.bullet, plain.text) == ("", "1.甲乙")
    assert (point.bullet, point.text) == ("-", "甲乙") and set_paragraph("1.").bullet == ""


def test_only_the_number_of_its_page_between_dashes_below_the_text_is_a_page_number() -> None:
    pages = [PdfPage(number, 595, 842, ()) for number in (1, 2, 3)]
    lines = {
        1: [set_line("同一行", 90), set_line("— 1 —", 770)],
        2: [set_line("同一行", 90), set_line("— 1 —", 770)],
        3: [],
    }
    assert page_numbers(pages, lines) == {(1, 1)}
