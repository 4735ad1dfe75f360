"""Fields of old files keep the result stored with them; LibreOffice would calculate some anew and drop others."""

from __future__ import annotations

import struct
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from generator.readers.ole import Compound
from generator.readers.stored_fields import keep_results
from tests.readers.samples import LIMITS, zipped
from tests.readers.sheet_samples import compound


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (rb"{\rtf1 {\b 22}}", rb"{\rtf1 {\b 22}}"),
        (rb"{\rtf1 {{\mmath 22}\cell 3\cell\row}" + b"\n", rb"{\rtf1 {{\mmath 22}\cell 3\cell\row}}"),
        (rb"{\rtf1 \{ \\{x} 22", rb"{\rtf1 \{ \\{x} 22}"),
        (rb"{\rtf1 22}}", rb"{\rtf1 22}}"),
    ],
)
def test_groups_that_an_rtf_leaves_open_are_closed(text: bytes, closed: bytes) -> None:
    """LibreOffice writes such files (of some tables with formulas) and cannot read them."""
    assert keep_results(text, "rtf", LIMITS) == closed


@pytest.mark.parametrize(
    ("code", "renamed"),
    [
        (rb"{\*\fldinst  =SUM(LEFT) }", rb"{\*\fldinst  XSUM(LEFT) }"),
        (
            rb"{\*\fldinst {\rtlch\fcs1 \af0 \insrsid123  =A2*2}}",
            rb"{\*\fldinst {\rtlch\fcs1 \af0 \insrsid123  XA2*2}}",
        ),
        (rb"{\*\fldinst{ NUMPAGES }}", rb"{\*\fldinst{ XUMPAGES }}"),
        (rb"{\*\fldinst if 1 = 1 22 9}", rb"{\*\fldinst Xf 1 = 1 22 9}"),
        (rb'{\*\fldinst HYPERLINK "http://a.example/?a=1"}', rb'{\*\fldinst HYPERLINK "http://a.example/?a=1"}'),
        (rb"{\*\fldinst EQ \\o\\ac(O,3)}", rb"{\*\fldinst EQ \\o\\ac(O,3)}"),
        (rb"{\*\fldinst FORMTEXT}{\fldrslt DATE}", rb"{\*\fldinst FORMTEXT}{\fldrslt DATE}"),
        (rb"{\*\fldinst REFUSED}", rb"{\*\fldinst REFUSED}"),
    ],
)
def test_calculated_fields_of_rtf_get_a_name_that_nobody_knows(code: bytes, renamed: bytes) -> None:
    assert keep_results(code, "rtf", LIMITS) == renamed


@pytest.mark.parametrize(
    ("code", "renamed"),
    [
        (b"<w:instrText> =SUM(LEFT) </w:instrText>", b"<w:instrText> XSUM(LEFT) </w:instrText>"),
        (b'<w:fldSimple w:instr=" NUMPAGES ">', b'<w:fldSimple w:instr=" XUMPAGES ">'),
        (b'<w:instrText a="b">SEQ t</w:instrText>', b'<w:instrText a="b">XEQ t</w:instrText>'),
        (b"<w:instrText>PAGE</w:instrText><w:t>=1</w:t>", b"<w:instrText>PAGE</w:instrText><w:t>=1</w:t>"),
    ],
)
def test_those_of_xml_of_2003_too(code: bytes, renamed: bytes) -> None:
    assert keep_results(code, "wordml", LIMITS) == renamed


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('<Cell ss:Formula="=RC[-1]+1"><Data ss:Type="Number">25</Data>', '<Cell><Data ss:Type="Number">25</Data>'),
        ('<Cell ss:A="1" ss:Formula="=1&gt;0" ss:B="2">\n <Data>1</Data>', '<Cell ss:A="1" ss:B="2">\n <Data>1</Data>'),
        ("<ss:Cell ss:Formula='=RAND()'><ss:Data>0.5</ss:Data>", "<ss:Cell><ss:Data>0.5</ss:Data>"),
        ('<Cell ss:Formula="=20+2"><Data>0</Data>', '<Cell ss:Formula="=20+2"><Data>0</Data>'),
        ('<Cell ss:Formula="=20+2"/>', '<Cell ss:Formula="=20+2"/>'),
    ],
)
def test_formulas_of_excel_xml_of_2003_give_way_to_their_results_unless_there_is_none(cell: str, kept: str) -> None:
    assert keep_results(cell.encode(), "sheetml", LIMITS).decode() == kept


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<text:expression text:formula="ooow:1+2">9</text:expression>', "9"),
        ("<text:page-count>12</text:page-count>", "12"),
        ('<text:variable-set text:name="a" text:display="none">12</text:variable-set>', ""),
        ('<table:table-cell table:formula="ooow:sum(&lt;A1&gt;)" a="25">', '<table:table-cell a="25">'),
        ("<text:hidden-text>17</text:hidden-text>", "<text:hidden-text>17</text:hidden-text>"),
        ("<text:p>12</text:p>", "<text:p>12</text:p>"),
        *(
            (f"<text:p>2293<text:{name}>9</text:{name}></text:p>", "<text:p>2293〔待更新的域：9〕</text:p>")
            for name in (
                "hidden-text",
                "conditional-text",
                "sequence",
                "bookmark-ref",
                "note-ref",
                "user-field-get",
                "page-number",
                "date",
                "expression",
                "placeholder",
                "hidden-paragraph",
            )
        ),
        (
            "<text:p>2<text:sequence>9</text:sequence><text:span>３</text:span>",
            "<text:p>2〔待更新的域：9〕<text:span>３</text:span>",
        ),
        ("<text:span>3</text:span><text:date>９</text:date>", "<text:span>3</text:span>〔待更新的域：９〕"),
        ('2293<text:hidden-text text:is-hidden="true">9</text:hidden-text>', "2293"),
        ("<text:p>3</text:p><text:p><text:date>9</text:date></text:p>", "<text:p>3</text:p><text:p>9</text:p>"),
        ("2020<text:date>年9月</text:date>", "2020年9月"),
        ("第<text:sequence>9</text:sequence>页", "第9页"),
    ],
)
def test_fields_of_odt_become_their_text(stored: str, shown: str) -> None:
    kept = keep_results(zipped({"mimetype": "x", "content.xml": stored, "styles.xml": stored}), "odt", LIMITS)
    with ZipFile(BytesIO(kept)) as package:
        assert package.read("content.xml").decode() == shown
        assert package.read("styles.xml").decode() == stored and package.namelist()[0] == "mimetype"
    assert keep_results(stored.encode(), "odt", LIMITS).decode() == shown  # in one XML file (.fodt)


def _doc(kinds: list[int], size: int) -> bytes:
    """A .doc of fields of these kinds ([MS-DOC] 2.8.25), and whose table stream is at least so long."""
    places = struct.pack(f"<{2 * len(kinds) + 1}L", *range(2 * len(kinds) + 1))
    fields = b"".join(bytes((0x13, kind, 0x15, 0x80)) for kind in kinds)
    table = (b"\0" * 700 + places + fields).ljust(size, b"\0")
    header = bytearray(700)
    struct.pack_into("<H", header, 10, 0x200)
    struct.pack_into("<LL", header, 0x11A, 700, len(places + fields))
    return compound(("WordDocument", bytes(header)), ("1Table", table))


@pytest.mark.parametrize("size", [800, 9000])
def test_those_of_doc_become_nameless(size: int) -> None:
    kept = Compound(keep_results(_doc([34, 88, 12, 70], size), "doc", LIMITS)).read("1Table")
    fields = kept[700 + 4 * 9 :][: 4 * 4]
    assert [fields[at] for at in range(1, 16, 4)] == [2, 88, 2, 70]
    assert not any(kept[:700]) and not any(kept[700 + 4 * 9 + 16 :])


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), compound(("WordDocument", b""))]
)
def test_what_is_no_doc_is_left_to_libreoffice(data: bytes) -> None:
    assert keep_results(data, "doc", LIMITS) == data


def test_other_kinds_are_left_alone() -> None:
    assert keep_results(rb"\fldinst =1", "uot", LIMITS) == rb"\fldinst =1"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('<Data ss:Type="Boolean">1</Data>', '<Data ss:Type="String">TRUE</Data>'),
        ('<ss:Data ss:Type="Boolean">0</ss:Data>', '<ss:Data ss:Type="String">FALSE</ss:Data>'),
        ('<Data ss:Type="Error">#N/A</Data>', '<Data ss:Type="String">#N/A</Data>'),
        ('<Data ss:Type="Number">1</Data>', '<Data ss:Type="Number">1</Data>'),
    ],
)
def test_truth_values_and_errors_which_libreoffice_blanks_become_words(cell: str, kept: str) -> None:
    assert keep_results(cell.encode(), "sheetml", LIMITS).decode() == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<U>22</U>", "22"),
        ('2<U><Font html:Color="#FF0000">2</Font></U>93', "2293"),
        ("<B>2<I>2</I>93</B>", "2293"),
        ("<html:U>22</html:U><BR/>件", "22&#10;件"),
        ("<Font>22<Sup>1</Sup></Font>", "22〔上标：1〕"),
        ("<S>99</S>22<Sub/><Sub>n</Sub>", "〔划去：99〕22〔下标：n〕"),
        ("22", "22"),
        ("<![CDATA[<U>22</U>]]>", "<![CDATA[<U>22</U>]]>"),
    ],
)
def test_texts_of_several_looks_become_plain(text: str, kept: str) -> None:
    """LibreOffice drops what is underlined, or bold and italic, with its text: 22 became blank, 2293 became 293."""
    cell = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{text}</ss:Data>'
    assert unescape(keep_results(cell.encode(), "sheetml", LIMITS).decode()) == unescape(cell.replace(text, kept))
