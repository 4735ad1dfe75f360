"""Reads files that LibreOffice made from a web page, in every format it writes: each cell comes out as it went in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.readers.document import Limits
from generator.readers.kinds import sniff
from generator.readers.office import OFFICE
from tests.readers.dressings import NOT_CONVERTED, WORD
from tests.readers.samples import (
    LIMITS,
    big_table,
    convert_at_once,
    expanded,
    grids,
    page,
    rules,
    small_table,
    soffice,
    table,
    texts,
)
from tests.readers.word_samples import WML, p, run, tbl, tc, tr, word

pytestmark = [pytest.mark.office, pytest.mark.slow]

WRITER = "HTML (StarWriter)"
CALC = "HTML (StarCalc)"
# format, LibreOffice's filter, its reader of web pages
MODERN = [
    ("docx", "docx:MS Word 2007 XML", WRITER),
    ("pdf", "pdf:writer_web_pdf_Export", WRITER),
    ("xlsx", "xlsx:Calc MS Excel 2007 XML", CALC),
    ("xls", "xls:MS Excel 97", CALC),
    ("ods", "ods:calc8", CALC),
]
OLD = [
    ("doc", "doc:MS Word 97", WRITER),
    ("rtf", "rtf:Rich Text Format", WRITER),
    ("odt", "odt:writer8", WRITER),
]  # read by way of .docx
TOGETHER = [*([one] for one in MODERN), OLD]
IDS = ["-".join(kind for kind, _, _ in formats) for formats in TOGETHER]


@pytest.mark.parametrize("formats", TOGETHER, ids=IDS)
def test_every_cell_comes_out_as_it_went_in(
    formats: Sequence[tuple[str, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {}
    for kind, target, infilter in formats:
        draw = random.Random(kind)
        tables = [small_table(draw), big_table(draw)]
        source = tmp_path / f"of-{kind}.html"
        source.write_text(page(tables, "<style>@page{size:A4}td{font-size:8pt}</style>"), encoding="utf-8")
        made[kind] = soffice(source, target, infilter), tables
    if formats is OLD:
        convert_at_once(monkeypatch, [tmp_path / f"made/of-{kind}.{kind}" for kind in made])
    for kind, (data, tables) in made.items():
        assert sniff(data, f"report.{kind}") == kind
        document = OFFICE[kind](data, f"report.{kind}", Limits())
        assert [table(grid) for grid in grids(document)] == [expanded(rows) for rows in tables]
        assert "本年度示例机关共公开信息11条。" in texts(document)
        assert not any(cell.uncertain for grid in grids(document) for row in grid.rows for cell in row)
        assert ("IMP-CONVERTED" in rules(document)) == (formats is OLD)


# LibreOffice drops a formula from RTF, and refers to a footnote only where there is one
NOT_KEPT = {"footnote", "exponent of a formula", *NOT_CONVERTED}
DRESSED = [dressing for dressing in WORD if dressing.name not in NOT_KEPT]


def dressed_file() -> bytes:
    """A Word file with a dressed cell in each row, whole enough for LibreOffice."""
    lines, styles = [], ""
    tracked = ' w:author="示例" w:date="2024-01-01T00:00:00Z"'
    for number, dressing in enumerate(DRESSED):
        cell = dressing.cell.format(true="2293", other="99")
        cell = cell.replace('<w:del w:id="1"', '<w:del w:id="1"' + tracked)
        cell = cell.replace("<w:moveFrom>", f'<w:moveFrom w:id="2"{tracked}>')
        lines.append(tr(tc(dressing.name), tc(_numbered(cell, number))))
        styles += _numbered(dressing.head, number)
    widths = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    body = tbl(*lines).replace("<w:tblPr/>", f'<w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr>{widths}')
    return whole(body + p("正文"), styles)


def whole(body: str, styles: str = "") -> bytes:
    """A Word file with the list of its parts, without which LibreOffice does not open it."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "word/styles.xml": f"<w:styles {WML}>{styles}</w:styles>",
    }
    return word(body, parts, [("s", "styles", "styles.xml", False)])


def _numbered(xml: str, number: int) -> str:
    return xml.replace('"child"', f'"child{number}"').replace('"parent"', f'"parent{number}"')


@pytest.mark.parametrize(("kind", "target"), [("doc", "doc:MS Word 97"), ("odt", "odt:writer8"), ("rtf", "rtf")])
def test_marks_and_hidden_text_survive_in_old_formats(kind: str, target: str, tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(dressed_file())
    document = OFFICE[kind](soffice(source, target), f"report.{kind}", LIMITS)
    (grid,) = grids(document)
    seen = [(row[0].text, row[1].text, row[1].doubt is None) for row in grid.rows]
    assert seen == [(dressing.name, "2293", dressing.hides) for dressing in DRESSED]
    assert {"IMP-HIDDEN", "IMP-TRACKED"} <= rules(document)


SUM = rb"{\field{\*\fldinst  =SUM(LEFT) }{\fldrslt 93}}"
IF = rb"{\field{\*\fldinst  IF 1 = 1 94 9}{\fldrslt 94}}"
STORED = (
    rb"{\rtf1\trowd\cellx1000\cellx2000\cellx3000\cellx4000\pard\intbl "
    rb"20\cell 3\cell %s\cell %s\cell\row\pard end\par}"
)


def test_results_stored_with_fields_are_read_and_not_calculated_anew() -> None:
    document = OFFICE["rtf"](STORED % (SUM, IF), "report.rtf", LIMITS)
    assert [cell.text for cell in grids(document)[0].rows[0]] == ["20", "3", "93", "94"]


def test_a_stored_total_of_a_doc_stays(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>"
    total = mark("begin") + code + mark("separate") + run("23") + mark("end")
    row = tr(tc("20"), tc("3"), f"<w:tc><w:p>{total}</w:p></w:tc>")
    (tmp_path / "report.docx").write_bytes(whole(tbl(row) + p("正文")))
    data = soffice(tmp_path / "report.docx", "doc:MS Word 97")
    old, new = [("\x14" + result + "\x15").encode("utf-16-le") for result in ("23", "93")]
    assert data.count(old) == 1
    (grid,) = grids(OFFICE["doc"](data.replace(old, new), "report.doc", LIMITS))
    assert [cell.text for cell in grid.rows[0]] == ["20", "3", "93"]


@pytest.mark.parametrize(
    ("before", "is_parted"), [(14, True), (22, False)], ids=["within the figures", "under the head"]
)
def test_a_table_over_two_pages_keeps_its_parts_with_their_page(tmp_path: Path, before: int, is_parted: bool) -> None:
    """A head that stands alone at the foot of a page is one table with what it heads."""
    draw = random.Random(7)
    rows = big_table(draw)
    source = tmp_path / "report.html"
    filler = "<p>示例段落，占去半页。</p>" * before
    source.write_text(page([rows]).replace("<table", filler + "<table", 1), encoding="utf-8")
    document = OFFICE["pdf"](soffice(source, "pdf:writer_web_pdf_Export", WRITER), "report.pdf", Limits())
    parts = grids(document)
    assert [grid.where.page for grid in parts] == list(range(parts[0].where.page, parts[0].where.page + len(parts)))
    assert (len(parts) > 1) is is_parted
    figures = [[cell.text for cell in row[3:]] for grid in parts for row in grid.rows]
    assert [row for row in figures if all(text.isdigit() for text in row)] == [row[3:] for row in expanded(rows)[3:]]
