#!/usr/bin/env bash
# pdfplumber 0.11.10 (pdfminer.six 20260107); pypdf 7.1.1 and PyMuPDF 2.0 beside it; reportlab 5.1.0 makes the page.
#
# A page may show the figures of a column one below another by an operator that begins a new line: ' or, where spacing is
# set too, ". pdfminer.six begins a line with the first and not with the second. In a ruled table all figures of the
# column come into the row above the first, run together: 12, 2293 and 10 are 12229310, and the rows below are empty. No
# message; pypdf and PyMuPDF read three lines.
#
# Seen: the column 12, 2293, 10 shown by ' → 12 | 2293 | 10; shown by " → 12229310 in the row above the first
# Expected: both alike (ISO 32000-1, table 109: the double quote is Tw, Tc and then the single quote).
# For us: the new line is begun before the text is shown (generator/readers/pdf_bounds.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pdfplumber==0.11.10' 'pdfminer.six==20260107' \
  'reportlab==5.1.0' 'pypdf==7.1.1' 'PyMuPDF==2.0' 2>/dev/null
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
from reportlab.pdfgen.canvas import Canvas

FIGURES = ["12", "2293", "10"]


def made(name: str, shown: str) -> str:
    canvas = Canvas(name, pagesize=(595, 842))
    for line in range(5):
        canvas.line(50, 730 - line * 30, 250, 730 - line * 30)
    for line in range(3):
        canvas.line(50 + line * 100, 610, 50 + line * 100, 730)
    canvas.setFont("Helvetica", 12)
    for row, name_of_row in enumerate(["", "A", "B", "C"]):
        canvas.drawString(60, 710 - row * 30, name_of_row)
    font = canvas._doc.getInternalFontName("Helvetica")
    column = " ".join(shown.format(figure) for figure in FIGURES)
    canvas._code.append(f"BT {font} 12 Tf 30 TL 1 0 0 1 170 710 Tm {column} ET")
    canvas.showPage()
    canvas.save()
    return name


seen = {}
for name, shown in (("single", "({}) '"), ("double", '0 0 ({}) "')):
    made(f"{name}.pdf", shown)
    with pdfplumber.open(f"{name}.pdf") as opened:
        (seen[name],) = opened.pages[0].extract_tables()
    others = [
        [word for word in text.split() if word.isdigit()]
        for text in (pypdf.PdfReader(f"{name}.pdf").pages[0].extract_text(), pymupdf.open(f"{name}.pdf")[0].get_text())
    ]
    print(f"{name}:", seen[name], *others)
    assert others == [FIGURES, FIGURES], "another reader has changed"
assert seen["single"] == [["", ""], ["A", "12"], ["B", "2293"], ["C", "10"]], "pdfplumber has changed"
assert seen["double"] == [["", "12229310"], ["A", ""], ["B", ""], ["C", ""]], "pdfplumber has changed"
PY
venv/bin/python look.py
