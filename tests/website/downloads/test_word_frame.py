"""The empty Word document: page, styles, page numbers, and nothing of the template's makers."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml.ns import qn

from generator.website.downloads.page_style import FIRST, INSTEAD, SECOND, TEXT, TITLE
from generator.website.downloads.word_frame import LINE, empty, frame

PARTS = frame()
DOCUMENT = Document(io.BytesIO(empty()))


def test_the_page_is_that_of_an_official_document() -> None:
    section = DOCUMENT.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in sizes if size] == [210, 297, 37, 35]
    assert [round(size.mm) for size in (section.left_margin, section.right_margin) if size] == [28, 26]
    assert f'w:linePitch="{LINE}"' in PARTS["word/document.xml"]


def test_styles_name_their_fonts() -> None:
    fonts = {}
    for style in DOCUMENT.styles:
        element = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        fonts[style.name] = element.get(qn("w:eastAsia")) if element is not None else None
    assert [fonts[name] for name in ("Title", "Heading 1", "Heading 2", "Body Text")] == [TITLE, FIRST, SECOND, TEXT]
    table = PARTS["word/fontTable.xml"]
    assert all(f'w:name="{name}"><w:altName w:val="{other}"' in table for name, other in INSTEAD.items())
    assert not [name for name in PARTS if "font" in name and name != "word/fontTable.xml"]


def test_page_numbers_stand_outside_on_either_side() -> None:
    section = DOCUMENT.sections[0]
    assert DOCUMENT.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —" and f'w:jc w:val="{side}"' in paragraph._p.xml


def test_nothing_of_the_template_is_left() -> None:
    names = set(PARTS)
    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/numbering.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    }
    everything = "".join(PARTS.values())
    assert not any(word in everything for word in ("rsid", "Normal.dot", "Macintosh", "ja-JP"))


def test_text_begins_two_characters_in_for_every_program() -> None:
    """Word counts characters, LibreOffice reads the twentieths of a point beside them: 2 × 16 points."""
    indent = DOCUMENT.styles["Body Text"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_lines_of_tables_are_as_high_on_every_machine() -> None:
    for name, height in (("Table Small", 220), ("Table Text", 256)):
        spacing = DOCUMENT.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == (str(height), "exact")
