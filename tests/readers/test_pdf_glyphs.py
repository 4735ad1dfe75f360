"""Compares the digits of fonts with what they draw."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from generator.readers import pdf_glyphs
from generator.readers.document import Mark
from generator.readers.pdf import read
from generator.readers.pdf_open import pages
from generator.readers.pdf_page import Glyph, PdfChar, PdfPage
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids, rules

GRID = box(50, 100, 150, 130) + box(150, 100, 250, 130) + box(250, 100, 350, 130) + text(60, 122, "规章")
BAR = "100 0 60 700 re f"
RING = "100 0 400 700 re 200 100 200 500 re f*"
STAIRS = "100 400 400 300 re 100 0 400 300 re 100 300 400 100 re f"  # no digit, but without a hole


def said(mapping: dict[str, str]) -> bytes:
    """A ToUnicode map of codes, written as characters, to what they are said to be."""
    lines = "".join(f"<{ord(code):02x}> <{ord(char):04x}>\n" for code, char in mapping.items())
    head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    return f"{head}{len(mapping)} beginbfchar\n{lines}endbfchar endcmap end".encode()


def figures(first: str, second: str, font: str, rise: int = 0) -> str:
    words = ((158, first), (258, second))
    return "".join(f"BT /{font} 12 Tf 1 0 0 1 {x} {HEIGHT - 122 + rise} Tm ({word}) Tj ET\n" for x, word in words)


def with_fonts(content: str, mapping: dict[str, str], shapes: dict[str, str] | None = None) -> bytes:
    """A file with Helvetica as L1 and a font of these shapes as T3, both with this ToUnicode map."""
    with pikepdf.open(BytesIO(pdf(GRID + content))) as file:
        fonts = file.pages[0].Resources.Font
        fonts.L1 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
            ToUnicode=file.make_stream(said(mapping)),
        )
        shapes = shapes or {}
        codes = sorted(shapes)
        fonts.T3 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 600, 800],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=48,
            LastChar=57,
            Widths=[600] * 10,
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding,
                Differences=pikepdf.Array([v for code in codes for v in (ord(code), pikepdf.Name(f"/g{code}"))]),
            ),
            CharProcs=pikepdf.Dictionary(
                {f"/g{code}": file.make_stream(f"600 0 0 0 600 800 d1 {shapes[code]}".encode()) for code in codes}
            ),
            ToUnicode=file.make_stream(said(mapping)),
        )
        out = BytesIO()
        file.save(out)
    return out.getvalue()


SAME = {digit: digit for digit in "0123456789"}


@pytest.mark.parametrize(
    ("words", "mapping", "texts", "doubted"),
    [
        (("293", "17"), SAME, ["293", "17"], [False, False]),
        (("293", "17"), {**SAME, "9": "8", "8": "9"}, ["23", "17"], [True, False]),  # one digit in doubt
        (("293", "608"), {**SAME, "9": "8", "8": "9"}, ["", ""], [True, True]),  # two: the font is
    ],
)
def test_digits_that_the_font_calls_others_are_in_doubt(
    words: tuple[str, str], mapping: dict[str, str], texts: list[str], doubted: list[bool]
) -> None:
    document = read(with_fonts(figures(*words, "L1"), mapping), "a.pdf", LIMITS)
    cells = grids(document)[0].rows[0][1:]
    assert [cell.text for cell in cells] == texts and [cell.doubt is not None for cell in cells] == doubted
    assert ("IMP-SYMBOL" in rules(document)) == any(doubted)


@pytest.mark.parametrize(
    ("shapes", "text"), [({"1": BAR, "2": RING}, "10"), ({"1": RING, "2": BAR}, ""), ({"1": BAR, "2": ""}, "1")]
)
def test_fonts_that_draw_by_instructions_are_looked_at(shapes: dict[str, str], text: str) -> None:
    """The second code is said to be a 0; where it draws nothing, or a 1, it is none."""
    data = with_fonts(figures("12", "1", "T3"), {"1": "1", "2": "0"}, shapes)
    assert grids(read(data, "a.pdf", LIMITS))[0].rows[0][1].text == text


@pytest.mark.parametrize(("shapes", "mark"), [(["", "8"], None), (["8", ""], None), (["", "3"], Mark.OTHER)])
def test_a_digit_is_taken_for_another_only_where_all_its_samples_are(
    shapes: list[str], mark: Mark | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_glyphs, "possible_digits", lambda rows: frozenset(shapes.pop(0)))
    chars = pages(with_fonts(figures("8", "8", "L1"), SAME), LIMITS).pages[0].chars
    assert [char.mark for char in chars if char.text == "8"] == [mark, mark]


def test_more_glyphs_than_are_looked_at_are_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "_MOST", 1)
    chars = pages(with_fonts(figures("2", "3", "L1"), SAME), LIMITS).pages[0].chars
    assert {char.text: char.mark for char in chars if char.text.isdecimal()} == {"2": None, "3": Mark.OTHER}


def test_a_file_that_pdfium_refuses_is_left_as_it_is() -> None:
    read_well = pages(with_fonts(figures("2", "3", "L1"), SAME), LIMITS).pages
    assert pdf_glyphs.compared(b"%PDF-1.7", read_well) == list(read_well)


def test_fonts_of_the_system_are_not_looked_at() -> None:
    chars = pages(pdf(GRID + text(160, 122, "2")), LIMITS).pages[0].chars
    assert [char.glyph for char in chars] == [None] * 3


def test_pale_digits_give_way_to_dark_ones_as_samples() -> None:
    """A pale watermark of digits behind letters came first, and all figures of its font were left blank."""
    colors = (0.9, 0.9, 0.0, 0.9, 0.1, 0.2)
    chars = tuple(
        PdfChar("1", 50 + 20 * n, 100, 56 + 20 * n, 112, 12, base=110, color=(gray,) * 3, glyph=Glyph(1, 49))
        for n, gray in enumerate(colors)
    )
    samples, _ = pdf_glyphs._samples([PdfPage(1, 595, 842, chars)])
    assert sorted(char.color[0] for _, char in samples[Glyph(1, 49)] if char.color) == [0.0, 0.1]
