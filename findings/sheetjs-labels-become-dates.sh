#!/usr/bin/env bash
# SheetJS 0.18.5 (npm xlsx, the newest there) with jsdom 26.1.0.
#
# “导出 Excel” on a portal's page is table_to_sheet or table_to_book of SheetJS. What a cell's text could be as a number or
# a date is made one. Chinese words before a year and a month do not hinder that: V8's Date skips them, and SheetJS only
# looks for Latin letters. The label 政务公开 2019-12 is 1 December 2019, a number under a date format, and its words are in
# no part of the workbook; 截至 2020-12 likewise. A list of paragraphs 3,4,5 is 4 March 2005, 2.1.3 is 1 February 2003, and the
# row's mark (1) is -1, which a sum over the column takes off the total. 1,5 is 15.
#
# Seen: as above; 2019年12月, 第3-5项, （1） in full-width brackets and 22 as on the page
# Expected: texts, or as documented for numbers alone; the words kept in any case.
# For us: pages link the workbook itself, made with typed cells; a date is never a figure for import.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 jsdom@26.1.0 >/dev/null 2>&1
cat > look.js <<'JS'
const assert = require("node:assert");
const { JSDOM } = require("jsdom");
const XLSX = require("xlsx");

const LABELS = ["政务公开 2019-12", "截至 2020-12", "3,4,5", "2.1.3", "(1)", "1,5", "2019年12月", "第3-5项", "（1）", "22"];
const page = new JSDOM(`<table>${LABELS.map((label) => `<tr><td>${label}</td></tr>`).join("")}</table>`);
XLSX.writeFile(XLSX.utils.table_to_book(page.window.document.querySelector("table")), "made.xlsx");
const book = XLSX.readFile("made.xlsx", { cellNF: true });
const cells = LABELS.map((_, row) => Object.values(book.Sheets)[0][`A${row + 1}`]);
const seen = cells.map(({ v, z }) => (z === "m/d/yy" ? XLSX.SSF.format("yyyy-mm-dd", v) : v));
LABELS.forEach((label, row) => console.log(label, "→", seen[row], cells[row].t, cells[row].z));
assert.deepEqual(
  seen,
  ["2019-12-01", "2020-12-01", "2005-03-04", "2003-02-01", -1, 15, "2019年12月", "第3-5项", "（1）", 22],
  "SheetJS or V8 has changed",
);
JS
TZ=Asia/Shanghai node look.js
words=$(unzip -p made.xlsx | grep -aoE '政务公开|截至|第3-5项' | sort -u)
echo "labels in the workbook: $words"
test "$words" = 第3-5项 || { echo "SheetJS has changed"; exit 1; }
