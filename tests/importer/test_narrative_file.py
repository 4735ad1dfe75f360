"""report.md of a draft: its text, its pictures, and where its lines stand in the file."""

from __future__ import annotations

import pytest

from generator.importer.narrative_file import PictureWriter, narrative_of, passages_of
from generator.importer.sections import ReportPart
from generator.readers.document import BlockPlace, Paragraph, Piece


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("甲图", "原替代文本：甲图"),
        ("甲\n 图", "原替代文本：甲 图"),
        ("图" * 90, "原替代文本：" + "图" * 80),
        ("", "原替代文本为空"),
        (r"C:\Users\x", "原替代文本是文件名或路径，未转录"),
        ("示例.JPG", "原替代文本是文件名或路径，未转录"),
        ("0123456789abcdef", "原替代文本是文件名或路径，未转录"),
    ],
)
def test_a_lost_picture_is_told_by_its_words_unless_they_are_a_path(words: str, told: str) -> None:
    writer = PictureWriter({"a.png"})
    assert writer(Piece(words, picture="b.png")) == "{{图片.1}}" and writer.lost == {"1": told}


def test_a_picture_of_the_file_is_shown_under_words_without_brackets() -> None:
    writer = PictureWriter({"a.png"})
    assert writer(Piece("示例[图]", picture="a.png")) == "![示例图](a.png)" and not writer.lost


def test_parts_stand_below_their_titles_and_lines_that_stand_twice_have_no_place() -> None:
    def said(text: str, line: int) -> Paragraph:
        return Paragraph((Piece(text),), BlockPlace(line=line))

    parts = [
        ReportPart("", (said("示例前言。", 3),)),
        ReportPart("一、总体情况", (said("示例一。", 5), said("示例二。", 6), said("示例二。", 7))),
    ]
    assert narrative_of(parts, str) == "示例前言。\n\n## 一、总体情况\n\n示例一。\n\n示例二。\n\n示例二。\n"
    places = {text: (place.where.line, place.cell) for text, place in passages_of(parts, "B").items()}
    assert places == {"示例前言。": (3, "B3"), "示例一。": (5, "B5")}
