"""Reads text files: tells paragraphs from cells, and refuses what is not text."""

from __future__ import annotations

import time

import pytest

from generator.readers.document import Document, DocumentTable, Limits, Paragraph, Unreadable
from generator.readers.text import read


def doc(text: str | bytes) -> Document:
    return read(text if isinstance(text, bytes) else text.encode(), "示例.txt", Limits())


def test_tabbed_lines_are_cells_and_blank_lines_part_rows() -> None:
    document = doc("一、示例\n\t甲项\n\n\t名称\n\t数\n量\n\n\t甲\n\t\n\n正文\n")
    title, grid, words = document.blocks
    assert isinstance(title, Paragraph)
    assert title.text == "一、示例"
    assert isinstance(words, Paragraph)
    assert words.where.line == 11
    assert isinstance(grid, DocumentTable) and grid.where.line == 2
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲项", "甲项"], ["名称", "数量"], ["甲", ""]]
    assert [cell.first for cell in grid.rows[0]] == [True, False]


def test_rows_of_tabs_inside_the_lines() -> None:
    grid = doc("名称\t数\n甲\t1\n乙\t2\n").blocks[0]
    assert isinstance(grid, DocumentTable)
    assert [[c.text for c in row] for row in grid.rows] == [["名称", "数"], ["甲", "1"], ["乙", "2"]]


def test_indented_prose_is_no_table() -> None:
    document = doc("\t第一段，示例。\n\n\t第二段，示例。\n")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "第一段，示例。",
        "第二段，示例。",
    ]


def test_the_head_of_a_collected_page_becomes_properties() -> None:
    document = doc("标题: 示例报告\n发布时间: 2022-01-02\n文号: \n==== 正文 ====\n正文在此\n")
    assert document.properties == {"标题": "示例报告", "发布时间": "2022-01-02", "文号": ""}
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["正文在此"]


def test_places_of_pictures_stay_in_the_text() -> None:
    (block,) = doc("[image: 甲.png]1、示例[image: ]").blocks
    assert isinstance(block, Paragraph)
    assert [(piece.text, bool(piece.picture)) for piece in block.pieces] == [
        ("甲.png", True),
        ("1、示例", False),
        ("", True),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    (block,) = doc("示例区政府信息公开 abc".encode(encoding)).blocks
    assert isinstance(block, Paragraph) and block.text == "示例区政府信息公开 abc"


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 9, b"\x00\x01\x02\x03" * 999])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        doc(data)


def test_too_much_text_is_refused_at_once() -> None:
    with pytest.raises(Unreadable, match="600,000"):
        doc("甲" * 600_001)


def test_a_few_broken_bytes_are_reported_and_spoil_only_their_own_cell() -> None:
    document = doc("名称\t数\n甲\t1".encode() + b"\xff2\n" + "乙\t3\n".encode() + "示例".encode() * 200)
    grid = document.blocks[0]
    assert isinstance(grid, DocumentTable) and grid.rows[1][1].text == "1\ufffd2" and grid.rows[2][1].text == "3"
    assert [finding.rule for finding in document.findings] == ["IMP-ENCODING"]


PIPES = """# 示例局年度报告

- 说明**要点**

| 名称 | 数 |
|:---|---:|
| 甲 | ~~99~~22 |
| 乙 | 13<sup>1</sup> |
正文|无表"""


def test_pipe_tables_are_tables_and_their_marks_are_kept_apart() -> None:
    document = doc(PIPES)
    title, item, grid = document.blocks[:3]
    assert isinstance(title, Paragraph) and (title.text, title.level) == ("示例局年度报告", 1)
    assert isinstance(item, Paragraph) and (item.text, item.bullet) == ("说明要点", "-") and item.pieces[1].bold
    assert isinstance(grid, DocumentTable) and grid.where.line == 5
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["名称", "数"],
        ["甲", "22"],
        ["乙", "13"],
        ["正文", "无表"],
    ]
    assert [bool(row[1].doubt) for row in grid.rows] == [False, True, True, False]


def test_pipes_without_a_line_of_dashes_are_text() -> None:
    document = doc("甲|乙\n1|2\n# 三\n")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["甲|乙", "1|2", "# 三"]


def test_a_row_of_another_length_than_the_head_is_uncertain() -> None:
    grid = doc("|a|b|\n|-|-|\n|1|2|3|\n|4|\n|5\\|6|7|").blocks[0]
    assert isinstance(grid, DocumentTable)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["a", "b", ""],
        ["1", "2", "3"],
        ["4", "", ""],
        ["5|6", "7", ""],
    ]
    assert [row[0].uncertain for row in grid.rows] == [False, True, True, False]


@pytest.mark.slow
def test_long_lines_of_dashes_and_marks_are_read_in_linear_time() -> None:
    begun = time.process_time()
    doc("|a|\n|" + "-|" * 100_000 + "x\n" + "**a" * 50_000 + "\n" + "<s>" * 50_000)
    doc("|a|\n|-|\n" + "~~a" * 60_000 + "**" * 60_000)
    assert time.process_time() - begun < 5
