"""What lies over a figure of a PDF page puts it in doubt: annotations, patches of any shape, layers, turned digits."""

from __future__ import annotations

import pytest

from generator.readers.document import DocumentCell
from generator.readers.open_file import read_bytes
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids

BASE = HEIGHT - 115
AREA = f"/Rect [158 {BASE - 3} 170 {BASE + 11}]"
GLUED = text(160, 115, "9") + text(172, 115, "22")


def cell(content: str, annots: str = "") -> DocumentCell:
    """The middle cell of a table of nine with this content."""
    frame = "".join(box(50 + 100 * c, 50 + 40 * r, 150 + 100 * c, 90 + 40 * r) for r in range(3) for c in range(3))
    words = "".join(text(60, 75 + 40 * r, name) + text(260, 75 + 40 * r, "5") for r, name in enumerate("甲乙丙"))
    layers = "/OCProperties << /OCGs [90 0 R 91 0 R] /D << /OFF [90 0 R] >> >>"
    data = pdf(f"0 G 0 g 1 w\n{frame}{words}{content}", extra=layers, annots=annots)
    names = b"/Properties << /Off 90 0 R /On 91 0 R /Group << /Type /OCMD /OCGs [90 0 R] >> >> "
    data = data.replace(b"/Resources << ", b"/Resources << " + names, 1)
    return grids(read_bytes(data, "示例.pdf", LIMITS))[0].rows[1][1]


@pytest.mark.parametrize(
    "kind", ["Square /IC [1 1 1]", "Redact", "Stamp", "Ink", "Caret", "Line", "StrikeOut", "Polygon", "Circle"]
)
def test_an_annotation_over_a_digit_marks_it(kind: str) -> None:
    made = cell(GLUED, f"/Annots [<< /Type /Annot /Subtype /{kind} {AREA} /F 4 >>]")
    assert made.text == "22" and made.doubt is not None
    assert ("划去：9" in made.raw) == (kind == "StrikeOut")


@pytest.mark.parametrize("kind", ["Widget /FT /Tx /V (93)", "FreeText /Contents (93)"])
def test_what_is_typed_into_a_form_is_shown_and_doubted(kind: str) -> None:
    made = cell("", f"/Annots [<< /Type /Annot /Subtype /{kind} {AREA} /F 4 >>]")
    assert (made.text, made.raw) == ("", "〔控件或样式显示：93〕")


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Link /Border [0 0 0]", "Square /IC [1 1 1] /F 2"])
def test_what_hides_nothing_leaves_the_figure_certain(kind: str) -> None:
    made = cell(GLUED, f"/Annots [<< /Type /Annot /Subtype /{kind} {AREA} >>]")
    assert (made.text, made.doubt) == ("922", None)


CURVE = f"1 g 155 {BASE - 5} m 155 {BASE + 30} 172 {BASE + 30} 170 {BASE - 5} c h f 0 g\n"
SLOPING = f"1 g 155 {BASE - 5} m 169 {BASE - 5} l 171 {BASE + 13} l 155 {BASE + 13} l h f 0 g\n"
IMAGE = f"q 12 0 0 14 158 {BASE - 3} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q\n"


@pytest.mark.parametrize("patch", [CURVE, SLOPING, IMAGE])
def test_a_patch_of_any_shape_drawn_later_is_doubted(patch: str) -> None:
    made = cell(text(160, 115, "9") + patch + text(172, 115, "22"))
    assert made.text == "22" and made.doubt is not None
    before = cell(patch.replace("1 g", ".9 g") + GLUED)
    assert before.text == "922" or before.doubt is not None


@pytest.mark.parametrize(("layer", "figure"), [("Off", "22"), ("Group", "22"), ("On", "922")])
def test_a_layer_that_is_switched_off_is_not_read(layer: str, figure: str) -> None:
    nine = text(160, 115, "9")
    assert cell(f"/OC /{layer} BDC\n{nine}EMC\n" + text(172, 115, "22")).text == figure


@pytest.mark.parametrize("matrix", [f"-1 0 0 -1 180 {BASE + 9}", f"-1 0 0 1 184 {BASE}", f"1 0 0 -1 160 {BASE + 9}"])
def test_digits_on_their_heads_or_in_a_mirror_are_doubted(matrix: str) -> None:
    made = cell(f"BT /F1 12 Tf {matrix} Tm <{'69'.encode('utf-16-be').hex()}> Tj ET\n")
    assert made.text == "" and made.doubt is not None


def test_a_table_whose_texts_are_all_struck_out_is_not_lost() -> None:
    words = "".join(
        text(60 + 100 * c, 75 + 40 * r, "93") + f"58 {HEIGHT - 71 - 40 * r} m 350 {HEIGHT - 71 - 40 * r} l S\n"
        for r in range(2)
        for c in range(3)
    )
    frame = "".join(box(50 + 100 * c, 50 + 40 * r, 150 + 100 * c, 90 + 40 * r) for r in range(2) for c in range(3))
    annots = f"/Annots [<< /Type /Annot /Subtype /StrikeOut /Rect [50 {HEIGHT - 130} 350 {HEIGHT - 50}] /F 4 >>]"
    document = read_bytes(pdf(frame + words, annots=annots), "示例.pdf", LIMITS)
    assert [cell.text for row in grids(document)[0].rows for cell in row] == [""] * 6
