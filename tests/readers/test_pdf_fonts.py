"""Digits of fonts outside the file are doubted where their encoding and their ToUnicode say two things."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, pdf
from tests.readers.samples import LIMITS, grids
from tests.readers.test_pdf_glyphs import GRID, SAME, figures, said, with_fonts


@pytest.mark.parametrize(("one", "other"), ["17", "13", "49", "12"])
def test_digits_that_look_alike_are_told_by_the_encoding(one: str, other: str) -> None:
    document = read(with_fonts(figures(f"6{one}", "88", "L1"), {**SAME, one: other, other: one}), "a.pdf", LIMITS)
    cells = grids(document)[0].rows[0][1:]
    assert [cell.doubt is not None for cell in cells] == [True, False] and cells[1].text == "88"


def test_a_glyph_that_is_called_two_digits_or_none_is_in_doubt() -> None:
    for lie in ("\u200b", " "):
        document = read(with_fonts(figures("4614", "88", "L1"), {**SAME, "1": lie}), "a.pdf", LIMITS)
        assert grids(document)[0].rows[0][1].uncertain or grids(document)[0].rows[0][1].doubt is not None
    twice = said(SAME).replace(b"<31> <0031>", b"<31> <00310031>")
    with pikepdf.open(BytesIO(with_fonts(figures("4614", "88", "L1"), SAME))) as file:
        file.pages[0].Resources.Font.L1.ToUnicode = file.make_stream(twice)
        out = BytesIO()
        file.save(out)
    assert grids(read(out.getvalue(), "a.pdf", LIMITS))[0].rows[0][1].doubt is not None


@pytest.mark.parametrize(
    ("ordering", "first", "shift", "doubted"), [("GB1", 17, 0, False), ("GB1", 17, 3, True), ("Identity", 19, 0, True)]
)
def test_glyphs_by_number_are_told_by_the_collection_of_their_font(
    ordering: str, first: int, shift: int, doubted: bool
) -> None:
    pairs = "".join(f"<{first + n:04x}> <{ord(str((n + shift) % 10)):04x}>\n" for n in range(10))
    head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    words = "".join(f"{first + int(digit):04x}" for digit in "269")
    content = f"{GRID}BT /F9 12 Tf 1 0 0 1 158 {HEIGHT - 122} Tm <{words}> Tj ET\n"
    name = pikepdf.Name
    with pikepdf.open(BytesIO(pdf(content))) as file:
        system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String(ordering), Supplement=2)
        below = pikepdf.Dictionary(
            Type=name.Font, Subtype=name.CIDFontType0, BaseFont=name("/SimSun"), CIDSystemInfo=system, DW=500
        )
        file.pages[0].Resources.Font.F9 = pikepdf.Dictionary(
            Type=name.Font,
            Subtype=name.Type0,
            BaseFont=name("/SimSun"),
            Encoding=name("/Identity-H"),
            DescendantFonts=pikepdf.Array([below]),
            ToUnicode=file.make_stream(f"{head}10 beginbfchar\n{pairs}endbfchar endcmap end".encode()),
        )
        out = BytesIO()
        file.save(out)
    cell = grids(read(out.getvalue(), "a.pdf", LIMITS))[0].rows[0][1]
    assert (cell.doubt is not None) == doubted and cell.text == ("" if doubted else "269")
