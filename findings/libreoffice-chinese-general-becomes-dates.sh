#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), XlsxWriter 3.2.9, python-calamine 0.9.1, pandas 2.3.3 with odfpy 1.4.1.
#
# Chinese Excel and WPS call the format General G/通用格式, and workbooks hold it under that name, alone or as
# G/通用格式"件" and [DBNum1][$-804]G/通用格式 (中文小写数字). LibreOffice takes its G for the era of a calendar (公元), and the
# rest for a text: the cell is a date. Saved as .ods, 22 requests are stored as office:value-type="date" of the year 1900
# and 0 is 30 December 1899; the number is not in the file any more, and what is shown, CE/通用格式件, has no figure at all.
#
# Seen: 22 and 0 in these three formats are dates in the .ods, for calamine and for pandas; General beside them is 22.
# Expected: the numbers 22 and 0.
# For us: what shows an era and /通用格式 is such a number; it is read as one and marked 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.2.9' 'python-calamine==0.9.1' 'pandas==2.3.3' \
  'odfpy==1.4.1' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for row, code in enumerate(("General", "G/通用格式", 'G/通用格式"件"', "[DBNum1][$-804]G/通用格式")):
        style = book.add_format({"num_format": code})
        sheet.write_number(row, 0, 22, style)
        sheet.write_number(row, 1, 0, style)
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to ods made.xlsx >/dev/null 2>&1
cat > look.py <<'PY'
import re
import zipfile

import pandas
import python_calamine

content = zipfile.ZipFile("made.ods").read("content.xml").decode()
stored = re.findall(r'office:value-type="(\w+)" office:(?:date-)?value="([^"]*)"', content)
shown = re.findall(r"<text:p>([^<]*)</text:p>", content)
by_calamine = python_calamine.CalamineWorkbook.from_path("made.ods").get_sheet_by_index(0).to_python()
by_pandas = pandas.read_excel("made.ods", header=None, engine="odf")
for row in range(4):
    print(stored[2 * row : 2 * row + 2], shown[2 * row : 2 * row + 2], *by_calamine[row], *by_pandas.iloc[row], sep=" | ")
assert stored[:2] == [("float", "22"), ("float", "0")], "LibreOffice has changed"
assert stored[2:] == [("date", "1900-01-21"), ("date", "1899-12-30")] * 3, "LibreOffice has changed"
assert not any(isinstance(cell, (int, float)) for row in by_calamine[1:] for cell in row), "calamine has changed"
assert not any(isinstance(cell, (int, float)) for row in range(1, 4) for cell in by_pandas.iloc[row]), "pandas has changed"
PY
venv/bin/python look.py
