#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14); pdfplumber 0.11.10, pypdf 7.1.1, PyMuPDF 2.0, pypdfium2 5.15.2.
#
# 阴影, 阳文 and 阴文 are three of the effects in the font dialogue of Word and WPS; offices use them for totals and heads.
# LibreOffice writes such text twice into a PDF, the second time a fraction of a point away, and marks neither as an
# ornament. Readers that go by the drawn characters find both: a total of 22 is 2222, of 138 it is 113388, plausible
# figures without a sign of doubt. pdfium and poppler drop the second, so that a look by eye or with pdftotext shows nothing.
#
# Seen: pdfplumber and pypdf 2222 for all three, PyMuPDF 22 twice; pypdfium2 and pdftotext 22. pdfplumber's own
#       dedupe_chars() with its default tolerance of 1 pt mends all three.
# Expected: 22 once in the text layer.
# For us: characters drawn again over themselves count once; what is left of an effect puts the figure in doubt (待核).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'pdfplumber==0.11.10' 'pypdf==7.1.1' \
  'PyMuPDF==2.0' 'pypdfium2==5.15.2' 2>/dev/null
cat > make.py <<'PY'
import docx

for effect in ("shadow", "emboss", "imprint"):
    document = docx.Document()
    table = document.add_table(1, 2)
    table.style = "Table Grid"
    table.cell(0, 0).text = "总计"
    run = table.cell(0, 1).paragraphs[0].add_run("22")
    setattr(run.font, effect, True)
    document.save(f"{effect}.docx")
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to pdf shadow.docx emboss.docx imprint.docx >/dev/null 2>&1
cat > look.py <<'PY'
import re
import subprocess

import pdfplumber
import pymupdf
import pypdf
import pypdfium2


def digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


for effect in ("shadow", "emboss", "imprint"):
    name = f"{effect}.pdf"
    with pdfplumber.open(name) as opened:
        page = opened.pages[0]
        by_plumber = page.extract_tables()[0][0][1]
        once = page.dedupe_chars().extract_tables()[0][0][1]
    by_pypdf = digits(pypdf.PdfReader(name).pages[0].extract_text())
    by_mupdf = digits(pymupdf.open(name)[0].get_text())
    by_pdfium = digits(pypdfium2.PdfDocument(name)[0].get_textpage().get_text_range())
    by_poppler = digits(subprocess.run(["pdftotext", name, "-"], capture_output=True, text=True, check=True).stdout)
    print(effect, by_plumber, once, by_pypdf, by_mupdf, by_pdfium, by_poppler)
    assert (by_plumber, by_pypdf, by_mupdf) == ("2222", "2222", "2222"), "LibreOffice or a reader has changed"
    assert (once, by_pdfium, by_poppler) == ("22", "22", "22"), "a reader has changed"
PY
venv/bin/python look.py
