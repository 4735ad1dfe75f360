"""The files as LibreOffice reads them: every word of the document, every cell of the workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.forms.table_layout import grid, laid
from generator.report.model import TableFigures
from generator.website.downloads.materials import Materials
from generator.website.downloads.office_files import Excel, Word
from generator.website.downloads.page_style import LEFT, RIGHT, WIDTH
from tests.readers.samples import soffice
from tests.website.downloads.samples import ORGAN, WORDS, every_form, rich
from tests.website.downloads.test_equality import paragraphs, squeezed
from tests.website.downloads.test_word import png

pytestmark = [pytest.mark.office, pytest.mark.slow]
REPORT = every_form()["gbkbh-2021-30"]


def test_the_text_of_the_document_has_every_word_and_figure(tmp_path: Path) -> None:
    """LibreOffice writes 0 into a text where Word has a field: no total is one."""
    source = tmp_path / "report.docx"
    source.write_bytes(Word().data(REPORT, ORGAN, WORDS))
    said = squeezed(soffice(source, "txt:Text (encoded):UTF8").decode("utf-8-sig"))
    for text in paragraphs(REPORT):
        assert squeezed(text) in said, text
    for sheet in REPORT.report.sheets:
        assert all_cells(sheet) in said


def all_cells(sheet: TableFigures) -> str:
    """All words of a table, row by row."""
    areas = sorted(laid(grid(sheet.table, sheet.absent)), key=lambda area: (area.top, area.left))
    return squeezed("".join(sheet.texts[area.cell.hole] if area.cell.hole >= 0 else area.cell.text for area in areas))


def test_the_workbook_shows_every_figure_as_printed(tmp_path: Path) -> None:
    source = tmp_path / "report.xlsx"
    source.write_bytes(Excel().data(REPORT, ORGAN, WORDS))
    page = html.document_fromstring(soffice(source, "html"))
    tables = ["".join(squeezed("".join(cell.itertext())) for cell in t.xpath(".//td")) for t in page.xpath("//table")]
    for sheet, shown in zip(REPORT.report.sheets, tables[1:], strict=False):
        assert shown == all_cells(sheet)


def test_pictures_and_tables_of_the_document_stay_between_the_margins(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(Word().data(rich(), ORGAN, WORDS, Materials({"tu.png": png((1800, 300))}.get)))
    with pdfplumber.open(io.BytesIO(soffice(source, "pdf"))) as opened:
        drawn = [item for page in opened.pages for item in (*page.images, *page.lines, *page.rects)]
        assert sum(len(page.images) for page in opened.pages) == 1 and len(drawn) > 50
        assert min(item["x0"] for item in drawn) * _MM > LEFT - 0.5
        assert max(item["x1"] for item in drawn) * _MM < WIDTH - RIGHT + 0.5
        for number, page in enumerate(opened.pages, 1):
            (folio,) = (word for word in page.extract_words(keep_blank_chars=True) if word["bottom"] * _MM > 267)
            assert "".join(folio["text"].split()) == f"—{number}—"
            assert (folio["x0"] * _MM > WIDTH / 2) == (number % 2 == 1), "odd numbers stand right, even ones left"


_MM = 25.4 / 72
