"""The font of common characters looks as the one it is made of, and has what the statutory forms print."""

from __future__ import annotations

import json
from pathlib import Path

import pylopdf_fonts_zh_cn as noto
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops

from generator.website.downloads.paper_tables import blank
from tests.common_font import NAME, OUT, characters
from tests.website.downloads.samples import every_form

typst = pytest.importorskip("typst", exc_type=ImportError)
TEXT = "".join(characters()).replace("\xad", "")  # a soft hyphen shows nothing


def drawn(family: str, folder: Path) -> list[Image.Image]:
    """Pages with every character, set in one font and no other."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    source = f"""
        #set page(width: 500pt, height: 500pt, margin: 4pt)
        #set text(font: "{family}", fallback: false, size: 16pt)
        #set par(leading: 0pt)
        #for sign in {json.dumps(TEXT, ensure_ascii=False)}.codepoints() {{ box(width: 16pt, sign) }}"""
    made = typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf", pdf_standards=["a-2b"])
    return [page.render(scale=2, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(made)]


def test_every_character_looks_the_same() -> None:
    """PDF/A refuses a character that the font lacks, so both have all."""
    ours, theirs = drawn(NAME, OUT.parent), drawn("Noto Serif SC", noto.serif_path().parent)
    assert len(ours) == len(theirs) > 1
    for one, other in zip(ours, theirs, strict=True):
        shades = ImageChops.difference(one, other).histogram()
        assert not sum(shades[96:]) and sum(shades[48:]) < 0.0001 * sum(shades)
        assert sum(one.histogram()[:128]) > 0.05 * sum(shades)


def test_it_has_every_word_of_the_forms() -> None:
    tables = [sheet for entry in every_form().values() for sheet in entry.report.sheets]
    words = {sign for sheet in tables for cell in blank(sheet.table, sheet.absent).cells for sign in cell.text}
    assert len(words) > 100 and words <= set(characters())
