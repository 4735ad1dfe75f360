"""The overview as a page for the director."""

from __future__ import annotations

from lxml import html  # type: ignore[import-untyped]

from generator.ledger.changes import FigureChange, Piece, ReportChange
from generator.ledger.changes_page import page
from generator.ledger.overview import Overview

REPORT = ReportChange(
    2020,
    "shili",
    "示例区<人民政府>",
    (),
    (FigureChange("表三.本年新收.总计", "22", ""),),
    ((Piece("same", "共"), Piece("removed", "22"), Piece("inserted", "23"), Piece("same", "件")),),
)


def test_figures_stand_in_a_table_and_words_are_marked() -> None:
    view = Overview("000001-x", (REPORT,), ("2021 示例区甲局",), (), (), ("2020/shili/index.html",), ())
    tree = html.document_fromstring("".join(page(view, "门户", "zh")))
    assert [node.text_content() for node in tree.xpath("//tbody/tr/*")] == ["表三 · 本年新收 · 总计", "22", "（空白）"]
    assert tree.xpath("string(//p[del])") == "共2223件" and tree.xpath("string(//p/ins)") == "23"
    assert "示例区<人民政府>" in tree.xpath("string(//h2[2])") and tree.get("lang") == "zh-CN"


def test_no_change_is_said() -> None:
    text = "".join(page(Overview("", (), (), (), (), (), ()), "portal", "en"))
    assert "Nothing would change." in text and '<html lang="en">' in text
