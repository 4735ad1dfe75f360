"""The body of the Word document, as XML."""

from __future__ import annotations

import io
import re

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from generator.website.downloads.manuscript import manuscript
from generator.website.downloads.word import docx
from generator.website.downloads.word_body import text
from tests.website.downloads.samples import ORGAN, WORDS, every_form, loaded, rich

DOCUMENT = Document(io.BytesIO(docx(manuscript(rich(), ORGAN, WORDS), WORDS)))


def test_headings_are_styles_and_every_style_is_there() -> None:
    styles = [p.style.name for p in DOCUMENT.paragraphs if p.style is not None and p.style.name != "Body Text"]
    assert styles[:5] == ["Title", "Document Number", "Heading 1", "Heading 2", "List Paragraph"]
    used = set(re.findall(r'w:pStyle w:val="(\w+)"', DOCUMENT.element.xml))
    assert used <= {style.style_id for style in DOCUMENT.styles}


def test_head_rows_repeat_and_no_row_breaks() -> None:
    table = DOCUMENT.tables[2]
    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeated == [True] * 3 + [False] * (len(repeated) - 3)
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_cells_are_really_merged() -> None:
    xml = DOCUMENT.tables[2]._tbl.xml
    spine = [cell for row in DOCUMENT.tables[2].rows for cell in row.cells if cell.text == "三、本年度办理结果"]
    assert len(spine) == 22 and len({id(cell._tc) for cell in spine}) == 1
    assert xml.count('w:val="restart"') >= 4 and 'w:gridSpan w:val="3"' in xml
    assert DOCUMENT.tables[2]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "收到和处理政府信息公开申请情况"


def test_a_narrow_head_breaks_in_the_middle_and_its_text_is_whole() -> None:
    """Between its indents there is room for half of it and half a character, so that no program fits in one more."""
    heads = {cell.text: cell for row in DOCUMENT.tables[2].rows[:3] for cell in row.cells}
    for name, half in (("商业企业", 2), ("社会公益组织", 3)):
        paragraph, width = heads[name].paragraphs[0], heads[name].width
        assert width is not None and paragraph.style is not None and paragraph.style.font.size is not None
        aside = paragraph.paragraph_format
        free = width.pt - 4 - (aside.left_indent or Pt(0)).pt - (aside.right_indent or Pt(0)).pt
        assert half <= free / paragraph.style.font.size.pt < half + 1
    assert heads["自然人"].paragraphs[0].paragraph_format.left_indent is None


def test_no_field_but_the_page_number() -> None:
    """Programs that turn Word into text print the stored result of a field, or 0: no figure is one."""
    xml = DOCUMENT.element.xml
    assert "fldChar" not in xml and "fldSimple" not in xml and "instrText" not in xml


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert text("a<b>&\x0b\x00") == "a&lt;b&gt;&amp;\ufffd\ufffd"


def test_a_blank_figure_is_an_empty_cell() -> None:
    from tests.example import tables

    made = docx(manuscript(loaded(2021, tables(2021, 表二_规章=["~", "/", 0])), ORGAN, WORDS), WORDS)
    assert [cell.text for cell in Document(io.BytesIO(made)).tables[0].rows[2].cells] == ["规章", "", "/", "0"]


def test_a_table_at_the_end_does_not_leave_the_signature_alone() -> None:
    entry = every_form()["era-2014-stat"]
    made = Document(io.BytesIO(docx(manuscript(entry, ORGAN, WORDS), WORDS)))
    last = made.tables[-1].rows[-1].cells
    assert all(paragraph.paragraph_format.keep_with_next for cell in last for paragraph in cell.paragraphs)
    behind, signature = made.paragraphs[-2:]
    assert behind.paragraph_format.keep_with_next and signature.style is not None
    assert signature.style.name == "Signature"
