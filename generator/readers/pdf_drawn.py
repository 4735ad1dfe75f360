"""Draws pages by pdfium as they were read: turned upright, uncropped, of the size that pdfplumber measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generator.readers.pdf_page import PdfPage


@contextmanager
def drawing(data: bytes) -> Iterator[Any]:
    """Open a file with pdfium; None for one that pdfium refuses, whatever pdfminer reads of it."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield None
        return
    with document:
        yield document


@contextmanager
def sheet(document: Any, page: PdfPage) -> Iterator[Any]:
    """Open a page of pdfium's; None where it measures the page otherwise, or the page does not begin at 0, 0."""
    drawn = document[page.number - 1]
    drawn.set_rotation(page.rotation)
    drawn.set_cropbox(*drawn.get_mediabox())
    wide, high = drawn.get_size()
    fits = abs(wide - page.width) < 1 and abs(high - page.height) < 1
    yield drawn if fits else None
    drawn.close()


def shades(bitmap: Any) -> list[bytes]:
    """Return the rows of a drawing in shades of grey, and close it."""
    data = bytes(bitmap.buffer)
    rows = [data[at : at + bitmap.width] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)]
    bitmap.close()
    return rows
