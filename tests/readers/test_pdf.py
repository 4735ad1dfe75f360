"""Reads PDF files as a whole: tables and paragraphs in order, scans and fonts without codes."""

from __future__ import annotations

import pytest

from generator.readers.document import Paragraph, Piece, Unreadable
from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, box, pdf, rule, text
from tests.readers.samples import LIMITS, grids, rules, table, texts


def test_a_table_with_merged_cells_and_a_stacked_label() -> None:
    stacked = "".join(text(60, 115 + 14 * n, char) for n, char in enumerate("三、结果"))
    content = (
        box(50, 100, 80, 180) + box(80, 100, 300, 140) + box(80, 140, 200, 180) + box(200, 140, 300, 180) + stacked
    )
    content += text(90, 125, "（一）予以公开") + text(90, 165, "甲") + text(210, 165, "22")
    (grid,) = grids(read(pdf(content), "a.pdf", LIMITS))
    assert table(grid) == [["三、结果", "（一）予以公开", "（一）予以公开"], ["三、结果", "甲", "22"]]
    assert grid.where.page == 1


def test_headings_bold_and_links() -> None:
    link = (
        "/Annots [<< /Type /Annot /Subtype /Link /Rect [98 720 122 745] /A << /S /URI /URI (https://a.gov.cn/) >> >>]"
    )
    content = (
        text(98, 80, "一、总体情况")
        + text(98, 116, "门户")
        + text(122, 116, "注意", font="F2")
        + text(146, 116, "正文。")
    )
    heading, block = read(pdf(content, annots=link), "a.pdf", LIMITS).blocks
    assert isinstance(heading, Paragraph) and heading.level == 1
    assert isinstance(block, Paragraph)
    assert block.pieces == (Piece("门户", link="https://a.gov.cn/"), Piece("注意", True), Piece("正文。"))


def test_radicals_become_characters() -> None:
    assert texts(read(pdf(text(74, 100, "⾏政⺠⽣⻚")), "a.pdf", LIMITS)) == ["行政民生页"]


def test_scans_are_refused_and_single_scanned_pages_reported() -> None:
    with pytest.raises(Unreadable, match="scan"):
        read(pdf(box(10, 10, 500, 800)), "a.pdf", LIMITS)
    assert "IMP-NO-TEXT" in rules(read(pdf(text(74, 100, "正文"), ""), "a.pdf", LIMITS))


def test_text_over_a_scan_is_uncertain() -> None:
    image = f"q 595 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 120, "甲") + text(160, 120, "22")
    document = read(pdf(image + grid), "a.pdf", LIMITS)
    assert [(cell.text, cell.uncertain) for cell in grids(document)[0].rows[0]] == [("甲", True), ("22", True)]
    assert "IMP-OCR" in rules(document)


def test_a_table_that_runs_off_the_page_is_uncertain() -> None:
    content = box(-40, 100, 100, 130) + box(100, 100, 640, 130) + text(-30, 120, "左边看不见") + text(160, 120, "22")
    document = read(pdf(content), "a.pdf", LIMITS)
    assert all(cell.uncertain for row in grids(document)[0].rows for cell in row if cell.text)
    assert {"IMP-UNCERTAIN", "IMP-HIDDEN"} <= rules(document)


def test_fonts_without_codes() -> None:
    """Numbers of glyphs that only their font knows."""
    document = read(pdf(text(74, 100, "正文正文正文正文") + text(170, 100, "\u0123", font="F3")), "a.pdf", LIMITS)
    assert texts(document) == ["正文正文正文正文〓"] and "IMP-SYMBOL" in rules(document)
    with pytest.raises(Unreadable, match="fonts"):
        read(pdf(text(74, 100, "\u0123\u0124", font="F3")), "a.pdf", LIMITS)


ROWS = [("行政许可", "12", "7"), ("行政处罚", "304", "0"), ("行政强制", "28", "2")]


def test_rules_between_rows_alone_make_no_table_of_one_column() -> None:
    """Its columns ran together as “行政许可 12 7” in one cell, and none of the figures was read."""
    content = "".join(rule(50, 100 + 24 * n, 400, 100 + 24 * n) for n in range(4))
    for n, row in enumerate(ROWS):
        content += "".join(text(56 + 140 * at, 116 + 24 * n, word, 9) for at, word in enumerate(row))
    document = read(pdf(content), "a.pdf", LIMITS)
    assert not grids(document)
    assert texts(document) == ["\t".join(row) for row in ROWS]


def test_a_frame_around_sentences_stays_a_table() -> None:
    content = box(50, 100, 400, 124) + box(50, 124, 400, 148) + text(56, 116, "注：示例") + text(56, 140, "单位：件")
    assert table(grids(read(pdf(content), "a.pdf", LIMITS))[0]) == [["注：示例"], ["单位：件"]]
