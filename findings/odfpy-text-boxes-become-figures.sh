#!/usr/bin/env bash
# pandas 2.3.3 with odfpy 1.4.1, python-calamine 0.9.1; LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), XlsxWriter 3.2.9.
#
# Remarks are laid over a statutory table as text boxes (“以上年9件为准”, a page mark, a correction by the head of the office).
# An OpenDocument sheet stores a box inside the cell it is anchored to (ODF 1.3 part 3, 9.1.4).
# pandas takes both for the cell's text and then makes a number of it: a box that says 9 on a cell that says 22 is the
# integer 229, without a trace of the seam. In the .xlsx that the same file came from, it is 22.
#
# Seen: .xlsx → pandas 22; .ods of it → pandas 229 (a number); calamine '22\n9', which is at least no number.
# Expected: 22; the box is no part of the cell.
# For us: what is drawn on a cell is not read as its text (counted and told instead), in every format.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.2.9' 'python-calamine==0.9.1' 'pandas==2.3.3' \
  'odfpy==1.4.1' 'openpyxl==3.1.5' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("本年新收", "上年结转"))
    sheet.write_row(1, 0, ("22", "3"))
    sheet.insert_textbox(1, 0, "9", {"width": 20, "height": 15})
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to ods made.xlsx >/dev/null 2>&1
cat > look.py <<'PY'
import pandas
import python_calamine

before = pandas.read_excel("made.xlsx").iloc[0, 0]
after = pandas.read_excel("made.ods", engine="odf").iloc[0, 0]
other = python_calamine.CalamineWorkbook.from_path("made.ods").get_sheet_by_index(0).to_python()[1][0]
print(f".xlsx, pandas: {before!r}; .ods, pandas: {after!r}; .ods, calamine: {other!r}")
assert before == 22, before
assert after == 229, "pandas has changed"
assert other == "22\n9", "calamine has changed"
PY
venv/bin/python look.py
