#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), XlsxWriter 3.2.9, openpyxl 3.1.5.
#
# A workbook made by a program holds formulas without their results; XlsxWriter writes 0 in their place and asks for
# calculation on load (fullCalcOnLoad). Excel obeys. LibreOffice, asked to save it in another format, does not: it keeps
# the placeholder 0 (also of =1/0), drops the request and signs the file as its own. What comes out looks calculated, and
# a sum that is 22 reads 0 for every later reader.
#
# Seen: =20+2 → 0, =1/0 → 0 in the .ods and the .xlsx; fullCalcOnLoad gone; Application: LibreOffice.
# Expected: 22 and an error, or the request for calculation kept.
# For us: a formula whose stored result is 0 is never certain, whoever signed the file.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.2.9' 'openpyxl==3.1.5' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=20+2")
    sheet.write_formula("A2", "=1/0")
PY
venv/bin/python make.py
for kind in ods xlsx; do
    soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$kind" --outdir "$kind" made.xlsx \
        >/dev/null 2>&1
done
cat > look.py <<'PY'
import re
import zipfile

import openpyxl

made, saved = (zipfile.ZipFile(name) for name in ("made.xlsx", "xlsx/made.xlsx"))
assert b"fullCalcOnLoad" in made.read("xl/workbook.xml")
assert b"fullCalcOnLoad" not in saved.read("xl/workbook.xml")
program = re.search(rb"<Application>([A-Za-z]+)", saved.read("docProps/app.xml"))
assert program is not None and program[1] == b"LibreOffice"
sheet = openpyxl.load_workbook("xlsx/made.xlsx", data_only=True).active
assert (sheet["A1"].value, sheet["A2"].value) == (0, 0), (sheet["A1"].value, sheet["A2"].value)
content = zipfile.ZipFile("ods/made.ods").read("content.xml").decode()
values = re.findall(r'table:formula="of:=(20\+2|1/0)"[^>]* office:value="([^"]*)"', content)
assert values == [("20+2", "0"), ("1/0", "0")], values
print("as seen: =20+2 and =1/0 are saved as 0, signed LibreOffice")
PY
venv/bin/python look.py
