#!/usr/bin/env bash
# exceljs 4.4.0 (npm); XlsxWriter 3.3.1 makes the workbook, LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14) shows it.
#
# Web systems fill in a workbook by exceljs: read, set some cells, write. exceljs drops every backslash of the number formats
# while it reads. 0\.0,"万", by which Chinese offices show 229300 as 22.9万, is written as 0.0,"万", a format with decimals:
# the sheet then shows 229.3万, ten times as much, in cells that nobody touched. A unit of one letter, which LibreOffice
# saves as 0\d (it was 0"d"), is lost on the sheet, and for exceljs itself the d is the day of a date: 22 days are 21
# January 1900. The number in the cell stays, so that a comparison of values finds nothing.
#
# Seen: read and written, nothing set: 22.9万 → 229.3万; 22d → 22, a Date of 1900-01-21 in exceljs; 22件 stays
# Expected: 22.9万 and 22d (ECMA-376 part 1, 18.8.31: a backslash shows the next character).
# For us: workbooks are written by XlsxWriter, without such formats; import heeds backslashes in them.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.3.1' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 >/dev/null 2>&1
cat > make.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for column, (number, code) in enumerate(((229300, '0\\.0,"万"'), (22, '0"d"'), (22, '0"件"'))):
        sheet.write_number(0, column, number, book.add_format({"num_format": code}))
PY
venv/bin/python make.py
office() { soffice --headless "-env:UserInstallation=file://$place/user" "$@" >/dev/null 2>&1; }
office --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir office made.xlsx
mkdir written
cat > write.js <<'JS'
const assert = require("node:assert");
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("office/made.xlsx");
  const values = [1, 2, 3].map((column) => book.worksheets[0].getCell(1, column).value);
  console.log("exceljs:", values);
  assert.deepEqual(values, [229300, new Date("1900-01-21T00:00:00Z"), 22], "exceljs has changed");
  await book.xlsx.writeFile("written/made.xlsx");
})();
JS
node write.js
for folder in office written; do
  unzip -p $folder/made.xlsx xl/styles.xml | grep -oE 'formatCode="[^"]*"' | tr '\n' ' '
  office --convert-to 'csv:Text - txt - csv (StarCalc):124,34,76' --outdir "$folder" "$folder/made.xlsx"
  sed -i '1s/^\xef\xbb\xbf//' "$folder/made.csv"
  echo "$folder: $(cat "$folder/made.csv")"
done
test "$(cat office/made.csv)" = '22.9万|22d|22件' || { echo "LibreOffice has changed"; exit 1; }
test "$(cat written/made.csv)" = '229.3万|22|22件' || { echo "exceljs has changed"; exit 1; }
