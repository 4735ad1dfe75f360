"""Helps the Word reader: pieces, excerpts, alternatives, rows and cells in their wrappings."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.readers.document import Piece
from generator.readers.docx import read
from generator.readers.docx_fields import OpenField
from generator.readers.docx_marks import ParagraphBuilder, cells, chosen, excerpt, in_code, rows, span, trimmed
from tests.readers.samples import LIMITS, grids
from tests.readers.word_samples import tbl, tc, tr, word


@pytest.mark.parametrize(
    ("pieces", "result"),
    [
        ([], []),
        ([Piece(" "), Piece(" ", bold=True)], []),
        ([Piece(" 甲"), Piece(""), Piece("乙 ")], [Piece("甲乙")]),
        ([Piece("甲 "), Piece("乙", bold=True), Piece(" ")], [Piece("甲 "), Piece("乙", bold=True)]),
        ([Piece("见"), Piece("附", link="x"), Piece("件", link="x")], [Piece("见"), Piece("附件", link="x")]),
    ],
)
def test_pieces_of_one_formatting_are_joined_and_blanks_at_both_ends_go(
    pieces: list[Piece], result: list[Piece]
) -> None:
    assert trimmed(pieces) == result


def test_pictures_are_neither_joined_nor_trimmed_away() -> None:
    picture = Piece("", picture="图1.png")
    assert trimmed([Piece(" "), picture, picture, Piece(" 甲 "), Piece(" ")]) == [picture, picture, Piece(" 甲")]


def test_an_excerpt_has_twenty_characters() -> None:
    assert excerpt(" " + "甲" * 20) == "甲" * 20
    assert excerpt("甲" * 21) == "甲" * 20 + "…"


def test_of_alternatives_the_first_choice_with_content_is_taken() -> None:
    both = fromstring("<x><Choice/><Choice><a/></Choice><Fallback><b/></Fallback></x>")
    old = fromstring("<x><Choice/><Fallback><b/></Fallback></x>")
    assert [child.tag for child in chosen(both)] == ["a"] and [child.tag for child in chosen(old)] == ["b"]
    assert len(chosen(Element("x"))) == 0


def test_rows_and_cells_are_found_in_their_wrappings() -> None:
    table = fromstring(
        "<tbl><tr id='1'/><sdt><sdtContent><tr id='2'><tc/><customXml><tc/></customXml></tr></sdtContent></sdt>"
        "<AlternateContent><Choice><tr id='3'/></Choice><Fallback><tr id='4'/></Fallback></AlternateContent></tbl>"
    )
    found_rows = list(rows(table))
    assert [row.get("id") for row in found_rows] == ["1", "2", "3"] and len(list(cells(found_rows[1]))) == 2


@pytest.mark.parametrize(("val", "columns"), [("3", 3), ("999999999", 500), ("-1", 0), ("many", 0), ("", 0)])
def test_a_span_is_a_bounded_number(val: str, columns: int) -> None:
    assert span(fromstring(f"<tcPr><gridSpan val='{val}'/></tcPr>"), "gridSpan") == columns
    assert span(None, "gridSpan") == 0


def test_a_paragraph_is_in_code_while_any_field_has_no_result_yet() -> None:
    line = ParagraphBuilder()
    assert not in_code(line)
    line.fields += [OpenField(), OpenField(in_code=False)]
    assert in_code(line)
    line.fields[0].in_code = False
    assert not in_code(line)


@pytest.mark.parametrize("around", ["cell", "row"])
@pytest.mark.parametrize(
    ("settings", "doubted"), [("<w:showingPlcHdr/>", True), ('<w:showingPlcHdr w:val="0"/>', False)]
)
def test_a_figure_that_a_control_around_its_cell_asks_for_is_in_doubt(
    around: str, settings: str, doubted: bool
) -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    line = control(tr(tc("新收"), tc("22"))) if around == "row" else tr(tc("新收"), control(tc("22")))
    (grid,) = grids(read(word(tbl(line, tr(tc("结转"), tc("5")))), "示例.docx", LIMITS))
    assert [row[1].doubt is not None for row in grid.rows] == [doubted, False]
