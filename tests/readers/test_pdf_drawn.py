"""Draws pages as they were read."""

from __future__ import annotations

from generator.readers.pdf_drawn import drawing, shades, sheet
from generator.readers.pdf_open import pages
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS

DATA = pdf(text(50, 80, "269"), annots="/Rotate 90 /CropBox [10 10 300 300]")


def test_a_page_is_drawn_whole_and_as_it_was_turned() -> None:
    (page,) = pages(DATA, LIMITS).pages
    with drawing(DATA) as document, sheet(document, page) as drawn:
        assert drawn is not None
        rows = shades(drawn.render(scale=0.5, grayscale=True))
        assert len(rows) == round(page.height / 2) and abs(len(rows[0]) - page.width / 2) < 1
    with drawing(DATA) as document, sheet(document, page._replace(width=page.width + 9)) as drawn:
        assert drawn is None


def test_a_file_that_pdfium_refuses_is_not_drawn() -> None:
    with drawing(b"%PDF-1.7\n") as document:
        assert document is None
