"""A cell without text is blank only where nothing is drawn in it."""

from __future__ import annotations

import pytest

from generator.readers.pdf_ink import repainted
from generator.readers.pdf_open import pages
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS
from tests.readers.test_pdf_remarks import AREA, BASE, GLUED, cell

FACE = "<< /Length 30 >>"
SEVEN = f"q 1 w 160 {BASE + 9} m 166 {BASE + 9} l 162 {BASE} l S Q\n"
FILLED = f"q 0 g 160 {BASE} m 162 {BASE} l 162 {BASE + 9} l 160 {BASE + 9} l h f Q\n"
CURVED = f"q 160 {BASE} m 160 {BASE + 9} 168 {BASE + 9} 168 {BASE} c S Q\n"
MASK = f"q 0 g 8 0 0 9 160 {BASE} cm BI /W 8 /H 8 /IM true /BPC 1 /F /AHx ID {'AA55' * 4}> EI Q\n"
PICTURE = f"q 8 0 0 9 160 {BASE} cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF> EI Q\n"


@pytest.mark.parametrize("drawn", [SEVEN, FILLED, CURVED, MASK, PICTURE])
def test_a_figure_that_is_drawn_leaves_its_cell_in_doubt(drawn: str) -> None:
    made = cell(drawn)
    assert made.text == "" and made.doubt is not None


@pytest.mark.parametrize(
    "drawn", ["", f"q .9 g 152 {BASE - 8} 90 30 re f Q\n", f"q 152 {BASE + 3} m 248 {BASE + 3} l S Q\n"]
)
def test_paper_tints_and_lines_all_along_leave_a_blank(drawn: str) -> None:
    made = cell(drawn)
    assert made.text == "" and made.doubt is None


def test_a_picture_over_several_cells_leaves_them_in_doubt() -> None:
    assert cell(f"q 260 0 0 110 70 {BASE - 50} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xe0 EI Q\n").doubt is not None


KINDS = ["Widget /FT /Ch /I [0]", "Widget /FT /Tx", "FreeText", "Ink", "Stamp"]


@pytest.mark.parametrize("kind", KINDS)
def test_fields_and_remarks_that_tell_no_text_leave_a_blank_in_doubt(kind: str) -> None:
    made = cell("", f"/Annots [<< /Type /Annot /Subtype /{kind} {AREA} /F 4 >>]")
    assert made.text == "" and made.doubt is not None


def test_a_field_has_its_value_from_its_parent() -> None:
    parent = "/Parent << /FT /Tx /V (93) >>"
    made = cell("", f"/Annots [<< /Type /Annot /Subtype /Widget {parent} {AREA} /F 4 >>]")
    assert (made.text, made.raw) == ("", "〔控件或样式显示：93〕")


def faced(kind: str, face: str) -> bytes:
    """A ruled cell with 22 under an annotation whose face draws this."""
    from io import BytesIO

    import pikepdf

    content = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 122, "甲") + text(160, 122, "22")
    with pikepdf.open(BytesIO(pdf(content))) as file:
        stream = file.make_stream(face.encode())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox = pikepdf.Array([0, 0, 30, 20])
        area = pikepdf.Array([158, HEIGHT - 125, 188, HEIGHT - 105])
        look = pikepdf.Dictionary(N=stream)
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=area, F=4, AP=look)
        file.pages[0].Annots = pikepdf.Array([note])
        out = BytesIO()
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "face", "changed"),
    [
        ("/Highlight", "1 g 0 0 30 20 re f", True),
        ("/Link", "0 g 0 0 30 20 re f", True),
        ("/Unheard", "0 G 3 w 0 9 m 30 9 l S", True),
        ("/Underline", "0 G 1 w 0 1 m 30 1 l S", False),
    ],
)
def test_digits_under_the_face_of_an_annotation_are_compared(kind: str, face: str, changed: bool) -> None:
    data = faced(kind, face)
    (page,) = pages(data, LIMITS).pages
    assert [char.mark is not None for char in page.chars if char.text == "2"] == [changed] * 2
    assert repainted(data, [page._replace(tinted=())])[0].chars == page.chars


def test_text_without_annotations_is_not_drawn_twice() -> None:
    assert cell(GLUED).doubt is None
