"""Reads the styles and the rich text of an .xlsx."""

from __future__ import annotations

from typing import Any

import pytest

from generator.readers.bounds import archive
from generator.readers.document import Mark, Paragraph
from generator.readers.sheet import read
from generator.readers.sheet_looks import Face, Run
from generator.readers.sheet_styles import CellStyle, SharedStrings, read_styles
from tests.readers.samples import LIMITS, grids, zipped
from tests.readers.sheet_samples import one_sheet, sheet_xml


def styles(inner: str) -> list[CellStyle]:
    sheet = f'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inner}</styleSheet>'
    return read_styles(archive(zipped({"s.xml": sheet}), LIMITS), "s.xml", LIMITS)


def only_style(font: str = "", fill: str = "", code: str = "") -> CellStyle:
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>' if code else ""
    (style,) = styles(
        f"{formats}<fonts><font>{font}</font></fonts><fills><fill>{fill}</fill></fills>"
        f'<cellXfs><xf numFmtId="{164 if code else 0}" fontId="0" fillId="0"/></cellXfs>'
    )
    return style


@pytest.mark.parametrize(
    ("font", "mark"),
    [
        ("<strike/>", Mark.STRUCK),
        ('<strike val="true"/>', Mark.STRUCK),
        ('<strike val="0"/>', None),
        ('<vertAlign val="superscript"/>', Mark.RAISED),
        ('<vertAlign val="subscript"/>', Mark.LOWERED),
        ('<vertAlign val="baseline"/>', None),
        ('<strike/><vertAlign val="superscript"/>', Mark.STRUCK),
    ],
)
def test_fonts_give_marks(font: str, mark: Mark | None) -> None:
    style = only_style(font)
    assert style.face.mark is mark and style.usual is (mark is None)


SOLID = '<patternFill patternType="solid"><fgColor {}/></patternFill>'


@pytest.mark.parametrize(
    ("font", "fill", "unseen"),
    [
        ('<color rgb="FFFFFFFF"/>', "", True),
        ('<color theme="0"/>', '<patternFill patternType="none"/>', True),
        ('<color theme="0" tint="-0.05"/>', "", True),
        ('<color theme="0" tint="-0.5"/>', "", False),
        ('<color indexed="9"/>', "", True),
        ('<color rgb="FFFFFFFF"/>', SOLID.format('rgb="FF000080"'), False),
        ('<color rgb="FF000080"/>', SOLID.format('rgb="FF000080"'), True),
        ("", SOLID.format('theme="1"'), True),
        ("", '<patternFill patternType="gray125"/>', False),
        ('<color rgb="FFFFFFFF"/>', '<gradientFill><stop position="0"/></gradientFill>', False),
        ('<color theme="7"/>', "", False),
        ('<sz val="1"/>', "", True),
        ('<sz val="11"/><color rgb="FFFF0000"/>', "", False),
        ('<sz val="x"/><color rgb="FF" tint="x"/>', "", False),
    ],
)
def test_text_of_the_colour_behind_it_is_unseen(font: str, fill: str, unseen: bool) -> None:
    style = only_style(font, fill)
    assert style.face.unseen(style.background) is unseen


def test_formats_are_found_by_number_and_broken_numbers_do_no_harm() -> None:
    assert only_style(code="0&quot;万&quot;").code == '0"万"' and not only_style(code="0,").usual
    assert [
        style.code for style in styles('<cellXfs><xf numFmtId="9"/><xf numFmtId="99999999999"/><xf/></cellXfs>')
    ] == ["0%", "General", "General"]


def strings(inner: str) -> dict[int, tuple[Run, ...]]:
    return SharedStrings(archive(zipped({"s.xml": f"<sst>{inner}</sst>"}), LIMITS), "s.xml", LIMITS).rich


def test_runs_of_rich_text_are_kept_by_number() -> None:
    plain = "<si><t>甲</t></si><si><r><t>乙</t></r></si>"
    rich = "<si><r><rPr><strike/></rPr><t>99</t></r><r><t>22</t></r></si>"
    ruby = '<si><t>22</t><rPh sb="0" eb="1"><t>1</t></rPh></si>'
    assert strings(plain + rich + ruby) == {
        2: (Run("99", Face(Mark.STRUCK)), Run("22")),
        3: (Run("22"), Run("1", Face(Mark.RUBY))),
    }


@pytest.mark.parametrize(("shown", "raw"), [("", ""), (' ph="1"', "22〔注音：1〕")])
def test_phonetic_guides_count_where_they_are_shown(shown: str, raw: str) -> None:
    cell = f'<c r="A1" t="inlineStr"{shown}><is><t>22</t><rPh sb="0" eb="1"><t>1</t></rPh></is></c>'
    row = grids(read(sheet_xml(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>'), "a.xlsx", LIMITS))[0].rows[0]
    assert (row[0].text, row[0].raw) == ("22", raw)


def test_rich_text_within_a_cell_reads_as_that_of_shared_strings() -> None:
    inline = '<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>99</t></r><r><t>22</t></r></is></c>'
    row = grids(read(sheet_xml(f'<row r="1">{inline}<c r="B1"><v>1</v></c></row>'), "a.xlsx", LIMITS))[0].rows[0]
    assert (row[0].text, row[0].raw) == ("22", "〔划去：99〕22")


def test_struck_sentences_of_running_text_keep_their_mark() -> None:
    def fill(sheet: Any, made: Any) -> None:
        struck = made.add_format({"font_strikeout": True})
        sheet.write_rich_string("A1", "全年公开22条。", struck, "（此句已删）", "共收到申请3件。\n第二段。")
        sheet.write("A2", "整段删去。", struck)

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    pieces = [[(piece.text, piece.mark) for piece in paragraph.pieces] for paragraph in paragraphs]
    assert pieces == [
        [("全年公开22条。", None), ("（此句已删）", Mark.STRUCK), ("共收到申请3件。", None)],
        [("第二段。", None)],
        [("整段删去。", Mark.STRUCK)],
    ]


def test_white_digits_within_a_figure_are_left_out_and_told() -> None:
    def fill(sheet: Any, made: Any) -> None:
        sheet.write_rich_string("A1", made.add_format({"font_color": "white"}), "99", made.add_format({}), "22")
        sheet.write("B1", 1)

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    assert grids(document)[0].rows[0][0].text == "22"
    assert [finding.message.zh for finding in document.findings if finding.rule == "IMP-HIDDEN"] == [
        "工作表“表”的这些单元格里有看不见的字（白色、极小或被格式隐藏），没有读入：A1。"
    ]
