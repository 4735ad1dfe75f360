#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), XlsxWriter 3.2.9.
#
# In a spreadsheet, a note mark may be a raised run within a cell's text or a cell whose whole font is raised. LibreOffice
# Calc keeps the first and drops the second when it reads .xlsx (the font's vertAlign): a raised 22 that a reader of the
# workbook sees as a note becomes an ordinary 22 in every file that LibreOffice makes of it, with no trace.
#
# Seen in the .xlsx that LibreOffice saves: vertAlign of the run: superscript; of the cell's font: none.
# Expected: both, or neither.
# For us: a workbook is read as it was delivered; only formats that cannot be read so go through LibreOffice.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.2.9' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    raised = book.add_format({"font_script": 1})
    sheet = book.add_worksheet()
    sheet.write("A1", "22", raised)
    sheet.write_rich_string("A2", "2293", raised, "22")
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to xlsx --outdir saved made.xlsx >/dev/null 2>&1
cat > look.py <<'PY'
import re
import zipfile


def raised(name: str) -> tuple[int, int]:
    """How many fonts of cells and how many runs of text are raised."""
    files = zipfile.ZipFile(name)
    cells = re.findall(r'<vertAlign val="superscript"\s*/>', files.read("xl/styles.xml").decode())
    runs = re.findall(r'<vertAlign val="superscript"\s*/>', files.read("xl/sharedStrings.xml").decode())
    return len(cells), len(runs)


before, after = raised("made.xlsx"), raised("saved/made.xlsx")
assert before == (1, 1), before
assert after == (0, 1), after
print("as seen: the raised run is kept, the raised cell is not")
PY
venv/bin/python look.py
