"""Reads OpenDocument spreadsheets from their XML."""

from __future__ import annotations

import pytest

from generator.readers.bounds import archive
from generator.readers.document import Unreadable
from generator.readers.open_file import read_bytes
from generator.readers.sheet import read
from generator.readers.sheet_cells import Merge, WorksheetCells, apply_looks
from generator.readers.sheet_ods import OdsReader
from tests.readers.samples import LIMITS, grids, rules, table, texts, zipped
from tests.readers.sheet_samples import ODS, ods


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(cells: str, attributes: str = "", repeat: int = 1) -> str:
    return f'<table:table-row {attributes} table:number-rows-repeated="{repeat}">{cells}</table:table-row>'


def test_ods_repeats_and_exact_figures() -> None:
    twice = row(cell("22", 'table:number-columns-repeated="3" office:value-type="float" office:value="22.0"'), repeat=2)
    rounded = cell("7,730.3", 'office:value-type="float" office:value="7730.28"')
    inner = twice + row(rounded + cell("", 'table:number-columns-repeated="16000"')) + row(cell(""), repeat=1_048_000)
    (grid,) = grids(read(ods(inner), "a.ods", LIMITS))
    assert table(grid) == [["22", "22", "22"], ["22", "22", "22"], ["7730.28", "", ""]]


def test_ods_a_heading_in_a_cell_is_its_text() -> None:
    heading = '<table:table-cell office:value-type="string"><text:h>22</text:h></table:table-cell>'
    inner = row(cell("甲") + heading) + row(cell("乙") + cell("0"))
    assert table(grids(read(ods(inner), "a.ods", LIMITS))[0])[0] == ["甲", "22"]


def test_a_workbook_in_one_xml_file_reads_as_its_package() -> None:
    inner = row(cell("甲") + cell("22", 'office:value-type="float" office:value="22"'))
    inner += row(cell("内情") + cell("9"), 'table:visibility="collapse"')
    flat = ODS.format(inner).replace("office:document-content", "office:document")
    document = read_bytes(flat.encode(), "a.fods", LIMITS)
    assert document.blocks == read(ods(inner), "a.ods", LIMITS).blocks and "IMP-HIDDEN" in rules(document)
    assert table(grids(document)[0])[0] == ["甲", "22"]


def test_ods_hidden_rows_repeated_to_the_end_stay_hidden() -> None:
    hidden = row(cell("内情"), 'table:visibility="collapse"', repeat=1_048_570)
    document = read(ods(row(cell("甲") + cell("1")) + hidden), "a.ods", LIMITS)
    assert [table(grid) for grid in grids(document)] == [[["甲", "1"]]]
    assert not texts(document)
    assert "IMP-HIDDEN" in rules(document)


@pytest.mark.parametrize(
    ("properties", "condition", "doubted"),
    [
        ('style:text-line-through-style="solid"', "cell-content()&gt;20", [False, True]),
        ('fo:color="#ffffff"', "is-true-formula([.A1]&gt;0)", [True, True]),
        ('fo:color="#ff0000"', "cell-content()&gt;20", [False, False]),
        ('fo:color="#ffffff"', "value()&gt;=0", [False, False]),  # of a number format
    ],
)
def test_ods_conditions_of_a_cell_s_own_style(properties: str, condition: str, doubted: list[bool]) -> None:
    name = 'style:family="table-cell" style:name'
    styles = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
        f'<style:style {name}="hit"><style:text-properties {properties}/></style:style>'
        f'<style:style {name}="ce1"><style:map style:condition="{condition}" style:apply-style-name="hit"/>'
        "</style:style>"
        "</office:automatic-styles>"
    )
    cells = "".join(
        cell(str(n), f'table:style-name="ce1" office:value-type="float" office:value="{n}"') for n in (11, 22)
    )
    ((sheet, _),) = read_ods(row(cells), styles).sheets
    apply_looks(sheet)
    assert [(0, column) in sheet.doubts for column in (0, 1)] == doubted


def test_ods_repeated_without_end_is_refused() -> None:
    inner = row(cell("9", 'table:number-columns-repeated="16384"'), repeat=1_048_576)
    with pytest.raises(Unreadable, match="cells"):
        read(ods(inner), "a.ods", LIMITS)


def read_ods(inner: str, styles: str = "") -> OdsReader:
    content = ODS.format(inner).replace("<office:body>", styles + "<office:body>")
    return OdsReader(archive(zipped({"content.xml": content}), LIMITS), LIMITS)


def only_sheet(inner: str) -> WorksheetCells:
    ((sheet, visible),) = read_ods(inner).sheets
    assert visible
    return sheet


@pytest.mark.parametrize(
    ("attributes", "printed", "text"),
    [
        ('office:value-type="percentage" office:value="0.339"', "34%", "33.9%"),
        ('office:value-type="float" office:value="none"', "22", "22"),
        ('office:value-type="date" office:date-value="2025-01-26T00:00:00"', "26/01/25", "2025-01-26"),
        ('office:value-type="string"', " 甲 ", "甲"),
    ],
)
def test_ods_values_are_taken_from_the_file_not_from_their_look(attributes: str, printed: str, text: str) -> None:
    assert only_sheet(row(cell(printed, attributes))).texts == {(0, 0): text}


def test_ods_merges_hidden_columns_and_errors() -> None:
    merged = cell("合", 'table:number-rows-spanned="2" table:number-columns-spanned="3"')
    error = cell("#REF!", 'table:formula="of:=1"')
    column = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    sheet = only_sheet(column + row(merged + error))
    assert sheet.merges == [Merge(0, 0, 1, 2)] and sheet.hidden_columns == [(2, 2)]
    assert sheet.errors == {(0, 1): "#REF!"}


def test_ods_hidden_sheets_are_recognised_by_their_style() -> None:
    ns = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    style = f'<style:style {ns} style:name="s"><style:table-properties table:display="false"/></style:style>'
    read = read_ods('</table:table><table:table table:name="草稿" table:style-name="s">' + row(cell("甲")), style)
    assert [(sheet.name, visible) for sheet, visible in read.sheets] == [("表", True), ("草稿", False)]


def test_ods_comments_and_drawings_are_no_text_of_their_cell() -> None:
    remark = "<office:annotation><text:p>请核实</text:p></office:annotation>"
    frame = '<draw:frame xmlns:draw="d"><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>'
    lines = "<text:p>上</text:p><text:p>下</text:p>"
    read = read_ods(row(f"<table:table-cell>{remark}{frame}{lines}</table:table-cell>"))
    assert read.sheets[0][0].texts == {(0, 0): "上\n下"} and read.remarks == ["请核实"] and read.shapes == 1


def looked_at(inner: str, program: str = "LibreOffice/7.4", styles: str = "") -> list[tuple[str, str, str]]:
    """Text, raw text and doubt of the cells of the first row."""
    namespaces = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:fo"'
    content = ODS.format(row(inner)).replace("<office:body>", f"<styles {namespaces}>{styles}</styles><office:body>")
    reader = OdsReader(archive(zipped({"content.xml": content}), LIMITS), LIMITS, program)
    sheet = reader.sheets[0][0]
    apply_looks(sheet)
    places = sorted({*sheet.texts, *sheet.doubts})
    doubts = {place: message.zh for place, message in sheet.doubts.items()}
    return [(sheet.texts.get(place, ""), sheet.raws.get(place, ""), doubts.get(place, "")) for place in places]


FLOAT = 'office:value-type="float" office:value="{}"'
FORMULA = 'table:formula="of:=20+2" '


@pytest.mark.parametrize(
    ("attributes", "printed", "text", "raw"),
    [
        (FLOAT.format(22), "22", "22", ""),
        (FLOAT.format(22), "22.00", "22", ""),
        (FLOAT.format(12345), "12,345", "12345", ""),
        (FLOAT.format(22), "22万", "22万", "22万〔存的是22〕"),
        (FLOAT.format(22), "0", "", "0〔存的是22〕"),
        (FLOAT.format(22), "<text:p/>", "", "〔看不见：22〕"),
        (FLOAT.format(22), "", "22", ""),
        (FLOAT.format(1), "TRUE", "TRUE", "TRUE"),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", "TRUE", "TRUE"),
        ('office:value-type="date" office:date-value="1900-01-21"', "1月", "1900-01-21", "1月〔存的是22〕"),
        ('office:value-type="date" office:date-value="1900-01-21"', "CE/通用格式件", "22", "CE/通用格式件〔存的是22〕"),
        ('office:value-type="date" office:date-value="1899-12-30"', "/通用格式", "0", "/通用格式〔存的是0〕"),
        (
            'office:value-type="date" office:date-value="1900-01-21T12:00:00"',
            "CE/通用格式",
            "1900-01-21 12:00",
            "CE/通用格式〔存的是1900-01-21 12:00〕",
        ),
        ('office:value-type="time" office:time-value="PT528H00M00S"', "528:00", "528:00", "528:00〔存的是22〕"),
        ('office:value-type="percentage" office:value="0.22"', "22%", "22%", "22%〔存的是0.22〕"),
        (FORMULA + FLOAT.format(22), "22", "22", ""),
        (FORMULA + FLOAT.format(0), "0", "", "=20+2〔存的是0〕"),
        (FORMULA, "", "", "=20+2"),
    ],
)
def test_ods_figures_that_look_otherwise_are_in_doubt(attributes: str, printed: str, text: str, raw: str) -> None:
    printed_cell = f"<table:table-cell {attributes}>{printed}</table:table-cell>" if "<" in printed else ""
    ((read_text, read_raw, doubt),) = looked_at(printed_cell or cell(printed, attributes))
    assert (read_text, read_raw, bool(doubt)) == (text, raw, bool(raw))


def test_ods_errors_and_results_of_unknown_programs_are_in_doubt() -> None:
    ((text, raw, doubt),) = looked_at(cell("#DIV/0!", 'table:formula="of:=1/0" office:value-type="string"'))
    assert (text, raw, doubt) == ("#DIV/0!", "#DIV/0!", "此格是公式错误#DIV/0!，不是数")
    assert looked_at(cell("22", FORMULA + FLOAT.format(22)), "ODFPY/1.4.1")[0][:2] == ("", "=20+2〔存的是22〕")


def test_ods_spans_and_cell_styles_give_marks() -> None:
    styles = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T2" style:family="text">'
        '<style:text-properties style:text-position="33% 58%"/></style:style>'
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
    )
    spans = '<table:table-cell><text:p><text:span text:style-name="{}">9</text:span>22</text:p></table:table-cell>'
    white = cell("22", 'table:style-name="ce1" ' + FLOAT.format(22))
    read = looked_at(spans.format("T1") + spans.format("T2") + white, styles=styles)
    assert [(text, raw) for text, raw, _ in read] == [
        ("22", "〔划去：9〕22"),
        ("22", "〔上标：9〕22"),
        ("", "〔看不见：22〕"),
    ]


def test_ods_cells_without_a_style_have_that_of_their_row_or_column() -> None:
    style = (
        '<style:style xmlns:style="s" style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    read = read_ods(columns + row(cell("1", FLOAT.format(1)) + cell("2", FLOAT.format(2))), style)
    assert set(read.sheets[0][0].looks) == {(0, 1)}


@pytest.mark.parametrize(
    ("inside", "attributes", "text"),
    [
        ("22<text:page-number>3</text:page-number>", "", "22"),
        ("22<text:date>3</text:date>", 'office:value-type="string"', "22"),
        ("47", 'office:value-type="string" office:string-value="22"', ""),
    ],
)
def test_what_is_counted_or_stored_otherwise_is_no_certain_figure(inside: str, attributes: str, text: str) -> None:
    (grid,) = grids(read(ods(row(cell("甲") + cell(inside, attributes))), "a.ods", LIMITS))
    assert grid.rows[0][1].text == text and grid.rows[0][1].doubt is not None


def test_a_text_that_is_only_stored_is_read_and_one_stored_alike_is_certain() -> None:
    only = '<table:table-cell office:value-type="string" office:string-value="22"/>'
    alike = cell("22", 'office:value-type="string" office:string-value="22"')
    (grid,) = grids(read(ods(row(cell("甲") + only + alike)), "a.ods", LIMITS))
    assert [(one.text, one.doubt) for one in grid.rows[0]] == [("甲", None), ("22", None), ("22", None)]


@pytest.mark.parametrize(("line", "doubted"), [("0.06pt solid #000000", True), ("none", False)])
def test_a_line_across_a_figure_is_a_doubt(line: str, doubted: bool) -> None:
    style = (
        f'<style:style style:name="X" style:family="table-cell"><style:table-cell-properties '
        f'style:diagonal-tl-br="{line}"/></style:style>'
    )
    crossed = row(cell("甲") + cell("22", 'table:style-name="X" office:value-type="float" office:value="22"'))
    text = ODS.format(crossed).replace(
        "<office:body>", f"<office:automatic-styles>{style}</office:automatic-styles><office:body>"
    )
    text = text.replace(
        "<office:document-content", '<office:document xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    (grid,) = grids(
        read_bytes(text.replace("</office:document-content", "</office:document").encode(), "a.fods", LIMITS)
    )
    assert (grid.rows[0][1].doubt is not None) == doubted
