#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14) prints a document of python-docx 1.2.0 in Noto Sans SC (PyPI
# pylopdf-fonts-zh-cn 0.1.1); camelot-py 2.0.0 with playa-pdf 1.1.0, tabula-py 2.10.0 (its tabula-java 1.0.5) read it; beside
# them camelot-py 1.0.9 and pdfplumber 0.11.10. tabula takes whatever Java there is (tried with OpenJDK 17).
#
# LibreOffice describes a Chinese OpenType font (Noto, Source Han: what Linux desktops of administrations have) in a PDF by
# Ascent 0 and Descent 0, and by the box of the whole font, 2.9 em high. Two of the best known programs that take tables out
# of PDFs then place every line wrongly, though they find the lines of the table where they are. camelot 2 puts each row one
# row too low: the words above the table become its head, and the last row, in a statutory table what is carried into the
# next year, is in no cell at all; its parsing report states an accuracy of 98. tabula finds the grid and leaves every cell
# blank, which a program that counts blanks as 0 reads as a table of zeros. Neither says a word. camelot 1 (pdfminer.six)
# and pdfplumber read the file as it is printed.
#
# Seen: head, three rows and 结转下年度 1 2 3; camelot 2.0.0 → the line above, head, three rows; tabula → 5 rows of blanks;
#       camelot 1.0.9 and pdfplumber → as printed
# Expected: as printed. ISO 32000-1, 9.8.1: Ascent and Descent are the heights that glyphs reach above and below the
#       baseline; 0 is not so for any glyph here.
# For us: PDFs are read with pdfplumber, whose places do not depend on these numbers; our own PDFs state them (880, -120).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'camelot-py==2.0.0' 'playa-pdf==1.1.0' 'python-docx==1.2.0' \
  'pdfplumber==0.11.10' 'pylopdf-fonts-zh-cn==0.1.1' 'pypdf==3.17.4' 'chardet==7.7.0' 'tabula-py==2.10.0' 2>/dev/null
venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --target old 'camelot-py==1.0.9' 2>/dev/null
cat > rows.py <<'PY'
ROWS = [
    ["项目", "自然人", "法人", "总计"],
    ["本年新收", "20", "2", "22"],
    ["予以公开", "12", "1", "13"],
    ["不予公开", "7", "2", "9"],
    ["结转下年度", "1", "2", "3"],
]
PY
cat > make.py <<'PY'
import docx
from docx.oxml.ns import qn
from docx.shared import Pt
from rows import ROWS

document = docx.Document()
style = document.styles["Normal"]
style.font.name, style.font.size, style.paragraph_format.space_after = "Noto Sans SC", Pt(9), Pt(0)
style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans SC")
document.add_paragraph("三、收到和处理政府信息公开申请情况")
table = document.add_table(len(ROWS), len(ROWS[0]))
table.style = "Table Grid"
for cells, texts in zip(table.rows, ROWS):
    for cell, text in zip(cells.cells, texts):
        cell.text = text
document.save("made.docx")
PY
venv/bin/python make.py
mkdir fonts
cp venv/lib/python3*/site-packages/pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf fonts/
printf '<?xml version="1.0"?><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' "$place/fonts" "$place" > fonts.conf
FONTCONFIG_FILE="$place/fonts.conf" soffice --headless "-env:UserInstallation=file://$place/user" --convert-to pdf made.docx \
  >/dev/null 2>&1
cat > look.py <<'PY'
import json
import warnings

warnings.simplefilter("ignore")
import camelot

(table,) = camelot.read_pdf("made.pdf", flavor="lattice")
print(json.dumps([table.df.values.tolist(), table.parsing_report["accuracy"]]))
PY
venv/bin/python look.py > new.json 2>/dev/null
PYTHONPATH="$place/old" venv/bin/python look.py > old.json 2>/dev/null
cat > compare.py <<'PY'
import json

import pdfplumber
import pypdf
import tabula
from rows import ROWS

(font,) = pypdf.PdfReader("made.pdf").pages[0]["/Resources"]["/Font"].values()
described = {name: font.get_object()["/FontDescriptor"][name] for name in ("/Ascent", "/Descent", "/FontBBox")}
print(described)
new, accuracy = json.load(open("new.json"))
old, _ = json.load(open("old.json"))
with pdfplumber.open("made.pdf") as opened:
    (plumbed,) = opened.pages[0].extract_tables()
(tabulated,) = tabula.read_pdf("made.pdf", lattice=True, pandas_options={"header": None, "dtype": str})
by_tabula = tabulated.fillna("").values.tolist()
print("camelot 2.0.0:", accuracy, *new, sep="\n  ")
print("tabula:", *by_tabula, sep="\n  ")
print("camelot 1.0.9:", *old, sep="\n  ")
assert described["/Ascent"] == described["/Descent"] == 0, "LibreOffice has changed"
assert old == plumbed == ROWS, "camelot 1.0.9 or pdfplumber reads otherwise"
assert new == [["三、收到和处理政府信息公开申请情况", "", "", ""], *ROWS[:-1]], "camelot has changed"
assert by_tabula == [[""] * 4] * 5, "tabula has changed"
PY
venv/bin/python compare.py
