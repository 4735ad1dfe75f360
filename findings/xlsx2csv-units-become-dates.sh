#!/usr/bin/env bash
# xlsx2csv 0.8.6; XlsxWriter 3.3.1 makes the workbook, python-calamine 0.9.1 beside it.
#
# A unit is part of many number formats: 0.00"元/m2" for a fee by area, 0"d" and 0"h" for days and hours of handling. ECMA-376 part
# 1, 18.8.31: what stands in double quotes is text. xlsx2csv takes the letters in it for those of a date, though no part of
# the format is one, and writes pieces of dates in the figure's place: the day of the month of the figure as a serial
# number, the rest of the format as it stands in the file. 0 is 00:00. Of figures from 1900 on the day is wrong by one before
# March 1900, so that 22 d is 021 without its quotes. Units in Chinese letters (0"件") do no harm, nor do negative figures.
#
# Seen: 22, 2293, 0, -82 in 0"d" → 0"21", 0"11", 00:00, -82; in 0.00"元/m2" → 0.00"元/012", 0.00"元/042", 00:00, -82; in 0"件" as they are
# Expected: 22, 2293, 0, -82 in all three.
# For us: quoted text of a format is never read as a date (generator/readers/sheet_formats.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'xlsx2csv==0.8.6' 'XlsxWriter==3.3.1' 'python-calamine==0.9.1' 2>/dev/null
cat > look.py <<'PY'
import csv
import io

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

FORMATS = ('0"件"', '0"d"', '0.00"元/m2"')
FIGURES = [22, 2293, 0, -82]
with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for row, code in enumerate(FORMATS):
        for column, number in enumerate(FIGURES):
            sheet.write_number(row, column, number, book.add_format({"num_format": code}))
out = io.StringIO()
Xlsx2csv("made.xlsx").convert(out)
rows = list(csv.reader(io.StringIO(out.getvalue())))
for code, row in zip(FORMATS, rows, strict=True):
    print(f"{code:14}", row)
assert CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0).to_python() == [FIGURES] * 3
assert rows[0] == [str(number) for number in FIGURES]
assert rows[1] == ['0"21"', '0"11"', "00:00", "-82"], "xlsx2csv has changed"
assert rows[2] == ['0.00"元/012"', '0.00"元/042"', "00:00", "-82"], "xlsx2csv has changed"
PY
venv/bin/python look.py
