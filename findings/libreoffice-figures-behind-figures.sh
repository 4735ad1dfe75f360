#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), XlsxWriter 3.3.1; pandas 3.1.1 with lxml 6.1.3 beside it.
#
# Calc saves a sheet as a web page with each number twice: the text, and the attribute sdval. Portals take such tables over,
# and a figure is corrected there, in the text. Who opens the page in Calc or Writer, or has LibreOffice convert it,
# gets the attribute: the figure of before the correction, where every browser shows the new one. In Writer too, which
# does not calculate; and where the text is no number any more (9 became /) the old number is back.
#
# Seen: saved 20, 25% and 9, corrected on the page to 22, 30% and / → Calc 20, 0.25, 9; Writer 20, 25%, 9; pandas 22, 30%, /
# Expected: what the page shows (HTML knows no attribute sdval), or a message.
# For us: text is read; a figure that keeps another number in sdval is 待核 (generator/readers/html_grid.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.3.1' 'pandas==3.1.1' 'lxml==6.1.3' \
  'openpyxl==3.1.5' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("本年新收", "比例", "公开"))
    sheet.write_number(1, 0, 20)
    sheet.write_number(1, 1, 0.25, book.add_format({"num_format": "0%"}))
    sheet.write_number(1, 2, 9)
PY
venv/bin/python make.py
office() { soffice --headless "-env:UserInstallation=file://$place/user" "$@" >/dev/null 2>&1; }
office --convert-to html made.xlsx
cat > mend.py <<'PY'
from pathlib import Path

page = Path("made.html").read_text(encoding="utf-8")
for before, after in (("20", "22"), ("25%", "30%"), ("9", "/")):
    assert page.count(f">{before}<") == 1, "LibreOffice has changed"
    page = page.replace(f">{before}<", f">{after}<")
assert 'sdval="20"' in page, "LibreOffice has changed"
Path("mended.html").write_text(page, encoding="utf-8")
PY
python3 mend.py
office "--infilter=HTML (StarCalc)" --convert-to xlsx mended.html
office --convert-to txt:Text mended.html
cat > look.py <<'PY'
import openpyxl
import pandas

calc = [cell.value for cell in list(openpyxl.load_workbook("mended.xlsx").active.iter_rows())[1]]
writer = open("mended.txt", encoding="utf-8-sig").read().split()[-3:]
page = [str(value) for value in pandas.read_html("mended.html", encoding="utf-8")[0].iloc[-1]]
print("Calc:", calc, "\nWriter:", writer, "\npandas:", page)
assert page == ["22", "30%", "/"], "pandas has changed"
assert calc == [20, 0.25, 9] and writer == ["20", "25%", "9"], "LibreOffice has changed"
PY
venv/bin/python look.py
