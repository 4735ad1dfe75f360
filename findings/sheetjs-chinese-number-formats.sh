#!/usr/bin/env bash
# SheetJS 0.18.5 (npm xlsx, the newest there), XlsxWriter 3.3.1 makes the workbook; LibreOffice 7.4.7.2 (Debian
# 4:7.4.7-1+deb12u14) shows it beside.
#
# Two formats that Chinese offices give to figures: 特殊→中文小写数字, [DBNum1][$-804]General, which shows 22 as 二十二, and
# 0\.0,"万", which shows 229300 as 22.9万. What web pages show of a workbook with SheetJS (sheet_to_html, sheet_to_csv, the
# text of a cell) is another amount: the code of the language, [$-804], becomes a currency sign, so that 22 requests
# are $22; and a zero before an escaped point is counted behind it, so that 229300 is 2.29万, a tenth of what Excel,
# WPS and LibreOffice show. The raw number is right.
#
# Seen: 22 → $22, -82 → $-82 (中文小写 and 大写); 229300 → 2.29万, 22 → .00万; LibreOffice 二十二, 贰拾贰, 22.9万, 0.0万
# Expected: 二十二, or at least 22; 22.9万 (ECMA-376 part 1, 18.8.31: a backslash shows the next character, a comma scales
#       by a thousand; $-804 is a language without a sign).
# For us: our workbooks use neither format; import works out itself what a cell shows (generator/readers/sheet_formats.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.3.1' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 >/dev/null 2>&1
cat > make.py <<'PY'
import xlsxwriter

FORMATS = ("[DBNum1][$-804]General", "[DBNum2][$-804]General", '0\\.0,"万"', "#,##0")
with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for row, code in enumerate(FORMATS):
        for column, number in enumerate((22, -82, 229300)):
            sheet.write_number(row, column, number, book.add_format({"num_format": code}))
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to 'csv:Text - txt - csv (StarCalc):124,34,76' made.xlsx \
  >/dev/null 2>&1
cat > look.js <<'JS'
const assert = require("node:assert");
const XLSX = require("xlsx");
const sheet = Object.values(XLSX.readFile("made.xlsx").Sheets)[0];
const shown = XLSX.utils.sheet_to_csv(sheet, { FS: "|" }).trim().split("\n");
const office = require("node:fs").readFileSync("made.csv", "utf8").replace(/^\ufeff/, "").trim().split("\n");
console.log("SheetJS:    ", shown, XLSX.utils.sheet_to_html(sheet).match(/>[^<>]*22[^<>]*</g).join(" "));
console.log("LibreOffice:", office);
assert.deepEqual(shown, ["$22|$-82|$229300", "$22|$-82|$229300", ".00万|-.00万|2.29万", "22|-82|229,300"], "SheetJS has changed");
assert.deepEqual(office.slice(0, 2), ["二十二|-八十二|二十二万九千三百", "贰拾贰|-捌拾贰|贰拾贰万玖仟叁佰"], "LibreOffice has changed");
assert.match(office[2], /^0\.0万\|.*\|22\.9万$/, "LibreOffice has changed");
JS
node look.js
