#!/usr/bin/env bash
# openpyxl 3.1.5; beside it python-calamine 0.9.1; XlsxWriter 3.2.9 makes the workbook.
#
# A workbook may name a number format by its number alone. ECMA-376 part 1, 18.8.30 gives 27-36 and 50-58 to dates and
# times in Chinese (zh-cn: 27 yyyy年m月, 31 yyyy年m月d日, 57 yyyy年m月, 58 m月d日); Chinese Excel and WPS write them
# without the code. openpyxl, and so pandas, has none of them: it calls the format General and gives the day's serial
# number as an ordinary number: 发文日期 2024年1月1日 arrives as 45292, which is a credible figure. Formats 14-22 are dates
# to it, so a check of one date does not show this.
#
# Seen: openpyxl 45292 for all 19, is_date False; python-calamine a date for all 19.
# Expected: a date.
# For us: these numbers count as dates whatever program reads them; a date is never a figure.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'openpyxl==3.1.5' 'python-calamine==0.9.1' \
  'XlsxWriter==3.2.9' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for row, number in enumerate([*range(27, 37), *range(50, 59)]):
        sheet.write_number(row, 0, 45292, book.add_format({"num_format": number}))
PY
venv/bin/python make.py
cat > look.py <<'PY'
import openpyxl
import python_calamine

numbers = [*range(27, 37), *range(50, 59)]
cells = [row[0] for row in openpyxl.load_workbook("made.xlsx").active.iter_rows()]
others = [row[0] for row in python_calamine.CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0).to_python()]
for number, cell, other in zip(numbers, cells, others, strict=True):
    print(f"{number}: openpyxl {cell.value} ({cell.number_format}, is_date {cell.is_date}), calamine {other}")
assert all(cell.value == 45292 and not cell.is_date for cell in cells), "openpyxl has changed"
assert not any(isinstance(other, (int, float)) for other in others), "calamine has changed"
PY
venv/bin/python look.py
