"""Reads files that LibreOffice made from a web page, in every format it writes: each cell comes out as it went in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.readers.document import Limits
from generator.readers.kinds import sniff
from generator.readers.office import OFFICE
from tests.readers.samples import big_table, expanded, grids, page, rules, small_table, soffice, table, texts

WRITER = "HTML (StarWriter)"
CALC = "HTML (StarCalc)"
# format, LibreOffice's filter, its reader of web pages
FORMATS = [
    ("docx", "docx:MS Word 2007 XML", WRITER),
    ("doc", "doc:MS Word 97", WRITER),
    ("rtf", "rtf:Rich Text Format", WRITER),
    ("odt", "odt:writer8", WRITER),
    ("pdf", "pdf:writer_web_pdf_Export", WRITER),
    ("xlsx", "xlsx:Calc MS Excel 2007 XML", CALC),
    ("xls", "xls:MS Excel 97", CALC),
    ("ods", "ods:calc8", CALC),
]


@pytest.mark.parametrize(("kind", "target", "infilter"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_every_cell_comes_out_as_it_went_in(kind: str, target: str, infilter: str, tmp_path: Path) -> None:
    draw = random.Random(kind)
    tables = [small_table(draw), big_table(draw)]
    source = tmp_path / "report.html"
    source.write_text(page(tables, "<style>@page{size:A4}td{font-size:8pt}</style>"), encoding="utf-8")
    data = soffice(source, target, infilter)
    assert sniff(data, f"report.{kind}") == kind
    document = OFFICE[kind](data, f"report.{kind}", Limits())
    assert [table(grid) for grid in grids(document)] == [expanded(rows) for rows in tables]
    assert "本年度示例机关共公开信息11条。" in texts(document)
    assert not any(cell.uncertain for grid in grids(document) for row in grid.rows for cell in row)
    assert ("IMP-CONVERTED" in rules(document)) == (kind in ("doc", "rtf", "odt"))


def test_a_table_over_two_pages_keeps_its_parts_with_their_page(tmp_path: Path) -> None:
    draw = random.Random(7)
    rows = big_table(draw)
    source = tmp_path / "report.html"
    filler = "<p>示例段落，占去半页。</p>" * 22
    source.write_text(page([rows]).replace("<table", filler + "<table", 1), encoding="utf-8")
    document = OFFICE["pdf"](soffice(source, "pdf:writer_web_pdf_Export", WRITER), "report.pdf", Limits())
    parts = grids(document)
    assert [grid.where.page for grid in parts] == list(range(parts[0].where.page, parts[0].where.page + len(parts)))
    assert len(parts) > 1
    figures = [[cell.text for cell in row[3:]] for grid in parts for row in grid.rows]
    assert [row for row in figures if all(text.isdigit() for text in row)] == [row[3:] for row in expanded(rows)[3:]]
