"""Walks pages: blocks, levels and bullets in the order of reading, hidden text apart, tables handed on."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.readers.document import Limits
from generator.readers.html_place import Place, styles_of
from generator.readers.html_walk import Frame, PageWalk


class Walk(PageWalk):
    """Notes the tables that it meets."""

    def table(self, table: LexborNode, place: Place, stack: list[Frame]) -> None:
        self.flush()
        self.tables += 1


def walked(body: str) -> Walk:
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{body}</body>")
    styles = styles_of(tree, lambda address: None, False)
    walk = Walk("示例.html", Limits(), {}, lambda address: None, styles)
    assert tree.body is not None
    walk.node(tree.body, styles.around(tree.body))
    walk.blocks = list(walk.finish())
    return walk


def test_blocks_stand_in_the_order_of_reading() -> None:
    walk = walked("<h2>一、甲</h2>乙<p>丙<b>丁</b></p><ol start=3><li>戊<li>己</ol><table><tr><td>庚</table>辛")
    shown = [(block.text, block.level, block.bullet) for block in walk.blocks]  # type: ignore[union-attr]
    assert shown == [("一、甲", 2, ""), ("乙", 0, ""), ("丙丁", 0, ""), ("戊", 0, "3."), ("己", 0, "4."), ("辛", 0, "")]
    assert walk.tables == 1


def test_hidden_words_are_told_and_not_read() -> None:
    walk = walked("<p>甲<span style='display:none'>乙</span>丙</p>")
    assert [block.text for block in walk.blocks] == ["甲丙"]  # type: ignore[union-attr]
    assert walk.hidden == ["乙"] and [finding.rule for finding in walk.findings] == ["IMP-HIDDEN"]
