"""Rejoins lines into paragraphs and drops page numbers and running heads."""

from __future__ import annotations

from generator.readers.pdf import read
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS, rules, texts


def test_lines_of_a_paragraph_are_rejoined_across_pages_and_page_numbers_dropped() -> None:
    full = "甲" * 36
    first = text(98, 100, "乙" * 34) + text(74, 120, full) + text(74, 140, full) + text(280, 820, "- 1 -")
    second = text(74, 100, "末句。") + text(98, 120, "又一段。") + text(280, 820, "- 2 -")
    document = read(pdf(first, second), "a.pdf", LIMITS)
    assert texts(document) == ["乙" * 34 + full * 2 + "末句。", "又一段。"]
    assert [block.where.page for block in document.blocks] == [1, 2]


def test_paragraphs_without_indent_are_told_by_their_distance_and_their_last_sentence() -> None:
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


def test_running_heads_are_left_behind_and_told() -> None:
    pages = [text(200, 40, "示例局文件") + text(98, 200 + 20 * n, f"第{'一二三四'[n]}段话。") for n in range(4)]
    document = read(pdf(*pages), "a.pdf", LIMITS)
    assert texts(document) == ["第一段话。", "第二段话。", "第三段话。", "第四段话。"] and "IMP-HEADER" in rules(
        document
    )
