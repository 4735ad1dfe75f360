#!/usr/bin/env bash
# pdfplumber 0.11.10; pypdf 7.1.1 and PyMuPDF 2.0 beside it; reportlab 5.1.0 makes the pages.
#
# A wide statutory table is set sideways on an upright page, or a page is bound in on its head. pdfplumber finds the grid, and
# reads each cell from left to right or from top to bottom, whatever way its letters run: a table turned to the left is
# read backward within each cell, and so is a page on its head. 2293 is 3922, 12 is 21, 10 is 01, which a program that
# makes numbers of them calls 1; figures of one digit are right, so that some cells agree. Turned to the right the digits
# are right and the columns are rows, the last row first. No message; pypdf and PyMuPDF read every page as it is meant.
#
# Seen: rows 总 12 2293 | 旧 1 10, upright → as written; turned left → columns 3922 21 and 01 1; /Rotate 180 → 01 1 旧, 3922 21 总
# Expected: 2293 and 10 (ISO 32000-1, 9.4.4: the text matrix says which way a line runs).
# For us: a page whose text runs another way is turned before it is read (generator/readers/pdf_turned.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pdfplumber==0.11.10' 'reportlab==5.1.0' 'pypdf==7.1.1' \
  'PyMuPDF==2.0' 2>/dev/null
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROWS = [["总", "12", "2293"], ["旧", "1", "10"]]
ALL = [text for row in ROWS for text in row]
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def made(name: str, turned: int, page_turned: int = 0) -> str:
    canvas = Canvas(name, pagesize=(595, 842))
    canvas.setPageRotation(page_turned)
    canvas.setFont("STSong-Light", 12)
    canvas.translate(297, 421)
    canvas.rotate(turned)
    for line in range(3):
        canvas.line(-150, line * 30, 150, line * 30)
    for line in range(4):
        canvas.line(line * 100 - 150, 0, line * 100 - 150, 60)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            canvas.drawString(column * 100 - 140, 40 - row * 30, text)
    canvas.showPage()
    canvas.save()
    return name


seen = {}
for name, *turns in (("upright", 0), ("left", 90), ("right", -90), ("page", 0, 180), ("sheet", 90, 90)):
    made(f"{name}.pdf", *turns)
    with pdfplumber.open(f"{name}.pdf") as opened:
        (seen[name],) = opened.pages[0].extract_tables()
    others = pypdf.PdfReader(f"{name}.pdf").pages[0].extract_text().split(), pymupdf.open(f"{name}.pdf")[0].get_text().split()
    print(f"{name}:", seen[name], *others)
    assert others == (ALL, ALL), "another reader has changed"
assert seen["upright"] == seen["sheet"] == ROWS
assert seen["left"] == [["3922", "01"], ["21", "1"], ["总", "旧"]], "pdfplumber has changed"
assert seen["right"] == [["旧", "总"], ["1", "12"], ["10", "2293"]], "pdfplumber has changed"
assert seen["page"] == [["01", "1", "旧"], ["3922", "21", "总"]], "pdfplumber has changed"
PY
venv/bin/python look.py
