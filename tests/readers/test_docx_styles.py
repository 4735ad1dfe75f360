"""Resolves styles and automatic numbers of Word files."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from generator.readers.document import Paragraph
from generator.readers.docx import read
from generator.readers.docx_look import Look, switch
from generator.readers.docx_styles import Numbering, Style, Styles, spell
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


def test_a_list_that_is_numbered_anew_begins_with_its_own_number() -> None:
    again = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/>'
        "</w:lvlOverride></w:num>"
        for n, first in ((7, 1), (8, 9))
    )
    numbering = NUMBERING.replace("</w:numbering>", f"{again}</w:numbering>")
    xml = "".join(numbered("示例", n) for n in (2, 2, 7, 7, 8, 2, 7))
    blocks = read(
        word(xml, {"word/numbering.xml": numbering}, [("n", "numbering", "numbering.xml", False)]), "a.docx", LIMITS
    ).blocks
    seen = [block.bullet for block in blocks if isinstance(block, Paragraph)]
    assert seen == ["3.", "4.", "1.", "2.", "9.", "10.", "11."]  # as LibreOffice shows them


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (100, "chineseCounting", "100"),
        (20, "decimalEnclosedCircle", "⑳"),
        (3, "lowerLetter", "c"),
        (27, "upperLetter", "27"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (7, "unheard-of", "7"),
    ],
)
def test_numbers_are_written_in_their_style(number: int, style: str, text: str) -> None:
    assert spell(number, style) == text


@pytest.mark.parametrize(
    ("xml", "state"),
    [("<p/>", None), ("<p><b/></p>", True), ("<p><b val='0'/></p>", False), ("<p><b val='on'/></p>", True)],
)
def test_a_toggle_is_on_off_or_not_set(xml: str, state: bool | None) -> None:
    assert switch(fromstring(xml), "b") is state


def test_styles_inherit_what_they_do_not_set() -> None:
    styles = Styles(
        fromstring(
            "<styles><style styleId='a' type='paragraph' default='1'><name val='Normal'/><rPr><b/></rPr></style>"
            "<style styleId='b'><name val='heading 2'/><basedOn val='a'/><rPr><vanish/></rPr></style>"
            "<style styleId='c'><name val='正文二'/><basedOn val='b'/><rPr><b val='0'/></rPr></style></styles>"
        )
    )
    assert styles.default == "a"
    assert styles.get("c") == Style("正文二", level=2, look=Look(bold=False, hidden=True))
    assert styles.get("none") == Style()


def test_styles_based_on_each_other_end() -> None:
    styles = Styles(
        fromstring(
            "<styles><style styleId='a'><basedOn val='b'/></style>"
            "<style styleId='b'><basedOn val='a'/></style></styles>"
        )
    )
    assert styles.get("a") == Style()


def test_a_list_counts_its_levels_and_starts_deeper_ones_anew() -> None:
    level = "<lvl ilvl='{}'><start val='1'/><numFmt val='decimal'/><lvlText val='{}'/></lvl>"
    numbering = Numbering(
        fromstring(
            "<numbering><abstractNum abstractNumId='0'>"
            f"{level.format(0, '%1.')}{level.format(1, '%1.%2')}</abstractNum>"
            "<num numId='1'><abstractNumId val='0'/></num></numbering>"
        )
    )
    markers = [numbering.marker(("1", level)) for level in (0, 1, 1, 0, 1)]
    assert markers == ["1.", "1.1", "1.2", "2.", "2.1"]
    assert numbering.marker(("9", 0)) == "" and Numbering(None).marker(("1", 0)) == ""


def _numbering(levels: str, more: str = "") -> Numbering:
    xml = f"<numbering><abstractNum abstractNumId='0'>{levels}</abstractNum>{more}"
    return Numbering(fromstring(f"{xml}<num numId='1'><abstractNumId val='0'/></num></numbering>"))


@pytest.mark.parametrize(
    ("style", "text", "marker"),
    [("bullet", "4", "4"), ("none", "5", "5"), ("none", "%1", ""), ("none", "", ""), ("bullet", "", "•")],
)
def test_a_list_without_counting_shows_the_digits_of_its_text(style: str, text: str, marker: str) -> None:
    level = f"<lvl ilvl='0'><numFmt val='{style}'/><lvlText val='{text}'/></lvl>"
    assert _numbering(level).marker(("1", 0)) == marker


def test_a_list_that_names_a_style_of_lists_counts_as_that_style_does() -> None:
    level = "<lvl ilvl='0'><start val='3'/><numFmt val='decimal'/><lvlText val='%1.'/></lvl>"
    styled = f"<abstractNum abstractNumId='1'><styleLink val='s'/>{level}</abstractNum>"
    assert _numbering("<numStyleLink val='s'/>", styled).marker(("1", 0)) == "3."
    assert _numbering("<numStyleLink val='t'/>", styled).marker(("1", 0)) == ""
