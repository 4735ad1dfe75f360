"""Resolves styles and automatic numbers of Word files."""

from __future__ import annotations

from generator.readers.document import Paragraph
from generator.readers.docx import read
from tests.readers.samples import LIMITS
from tests.readers.word_samples import NUMBERING, numbered, p, word


def test_headings_by_style_outline_and_look() -> None:
    styles = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
      <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
      <w:style w:type="paragraph" w:styleId="mine"><w:name w:val="公文二级"/><w:basedOn w:val="two"/></w:style>
      <w:style w:type="paragraph" w:styleId="two"><w:name w:val="heading 2"/></w:style></w:styles>"""
    xml = (
        p("概况", '<w:pStyle w:val="1"/>', "<w:b/>")
        + p("细目", '<w:pStyle w:val="mine"/>')
        + p("大纲", '<w:outlineLvl w:val="2"/>')
    )
    xml += p("二、主动公开") + p("（一）主动公开") + p("（一）主动公开情况。主要通过网站公开") + p("正文")
    blocks = read(
        word(xml, {"word/styles.xml": styles}, [("s", "styles", "styles.xml", False)]), "a.docx", LIMITS
    ).blocks
    assert [block.level for block in blocks if isinstance(block, Paragraph)] == [1, 2, 3, 1, 2, 0, 0]
    assert isinstance(blocks[0], Paragraph) and not blocks[0].pieces[0].bold


def test_automatic_numbers_become_what_a_reader_sees() -> None:
    xml = (
        numbered("总体情况", 1)
        + numbered("一般", 1, 1)
        + numbered("特殊", 1, 1)
        + numbered("主动公开", 1)
        + numbered("一般", 1, 1)
    )
    xml += numbered("甲", 2) + numbered("乙", 2) + numbered("圆点", 3)
    blocks = read(
        word(xml, {"word/numbering.xml": NUMBERING}, [("n", "numbering", "numbering.xml", False)]), "a.docx", LIMITS
    ).blocks
    seen = [(block.text, block.bullet, block.level) for block in blocks if isinstance(block, Paragraph)]
    assert seen == [
        ("一、总体情况", "", 1),
        ("（一）一般", "", 2),
        ("（二）特殊", "", 2),
        ("二、主动公开", "", 1),
        ("（一）一般", "", 2),
        ("甲", "3.", 0),
        ("乙", "4.", 0),
        ("圆点", "-", 0),
    ]
