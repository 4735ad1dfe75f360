#!/usr/bin/env bash
# pdfplumber 0.11.10 (pdfminer.six 20260107), pypdfium2 5.15.2 beside it.
#
# A PDF may hold layers (optional content, ISO 32000-1, 8.11) that a viewer does not show when it opens the file: drafts,
# notes of an editor, another language. pdfplumber follows the page's instructions whether their layer is on or off:
# the figure of a table's cell is glued to the digits of a hidden layer, 22 becomes 922, and nothing says so.
#
# Seen: the cell is 922 with the layer off; a rendering of the page (PDFium) has no ink where the 9 would be.
# Expected: 22, or the layer told.
# For us: glyphs of layers that are off count as unseen; a figure beside them is marked 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pdfplumber==0.11.10' 'pypdfium2==5.15.2' 2>/dev/null
cat > look.py <<'PY'
import pdfplumber
import pypdfium2


def made(state: str) -> bytes:
    """A page with one cell: a 9 on a layer that is on or off, and 22 beside it on none."""
    nine = b"/OC /Notes BDC BT /F 12 Tf 60 65 Td (9) Tj ET EMC"
    page = b"0 G 50 50 100 40 re 150 50 100 40 re S " + nine + b" BT /F 12 Tf 67 65 Td (22) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /{state} [6 0 R] >> >> >>".encode(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 140] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
        b"/Properties << /Notes 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /OCG /Name (Notes) >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + end


for state in ("OFF", "ON"):
    with open(f"{state}.pdf", "wb") as file:
        file.write(made(state))
    with pdfplumber.open(f"{state}.pdf") as pdf:
        cell = pdf.pages[0].extract_table()[0][0]
    picture = pypdfium2.PdfDocument(f"{state}.pdf")[0].render(scale=1).to_pil().convert("L")
    ink = picture.crop((60, 60, 66, 76)).getextrema()[0] < 128
    print(f"layer {state}: pdfplumber {cell!r}, PDFium shows a 9: {ink}")
    assert cell == "922", "pdfplumber has changed"
    assert ink == (state == "ON"), "PDFium has changed"
PY
venv/bin/python look.py
