#!/usr/bin/env bash
# docx-preview 0.4.1 in jsdom 29.1.1 (npm), python-docx 1.2.0, docx2python 3.7.1; pandoc 3.9 (pypandoc-binary 1.17), mammoth
# 1.13.0 and LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14) beside them.
#
# Templates of forms put a content control round a whole cell, so that only it can be filled in, or round a whole row, so
# that it can be repeated (w:sdt within w:tr or w:tbl; ECMA-376 part 1, 17.5.2). docx-preview, by which web systems show a
# Word file in the browser, looks for cells and rows only at their usual place and draws the table without the others: the
# cells behind move to the left, the total stands under 自然人, and a row in a control is not there. python-docx gives the
# same rows to programs. docx2python ends the table at the control and begins another. The table on the screen is another
# than Word's, with all its lines.
#
# Seen: 新收 [12] 22 under 项目 自然人 总计 → docx-preview and python-docx 新收 22; a row [结转 1 1] → not there;
#       docx2python 4 tables of one; pandoc, mammoth and LibreOffice as in Word
# Expected: 新收 12 22 and 结转 1 1.
# For us: controls are looked through wherever they stand (generator/readers/docx_marks.py, rows and cells).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2python==3.7.1' \
  'pypandoc-binary==1.17' 'mammoth==1.13.0' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts docx-preview@0.4.1 jsdom@29.1.1 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
from docx.oxml import OxmlElement


def wrap(element: "docx.oxml.xmlchemy.BaseOxmlElement") -> None:
    """Put a content control round a cell or a row."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    element.addprevious(control)
    control.append(content)
    content.append(element)


ROWS = (("项目", "自然人", "总计"), ("新收", "12", "22"), ("结转", "1", "1"))
document = docx.Document()
table = document.add_table(3, 3)
table.style = "Table Grid"
for row, texts in zip(table.rows, ROWS):
    for cell, text in zip(row.cells, texts):
        cell.text = text
wrap(table.cell(1, 1)._tc)
wrap(table.rows[2]._tr)
document.save("made.docx")
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to pdf made.docx >/dev/null 2>&1
cat > show.mjs <<'JS'
import fs from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!DOCTYPE html><body></body>");
for (const name of ["document", "Node", "DOMParser", "XMLSerializer"]) globalThis[name] = window[name];
globalThis.window = window;
const { renderAsync } = await import("docx-preview");
await renderAsync(fs.readFileSync("made.docx"), window.document.body, window.document.head, { ignoreFonts: true });
const tables = [...window.document.querySelectorAll("table")];
console.log(JSON.stringify(tables.map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)))));
JS
node show.mjs > shown.json
cat > look.py <<'PY'
import json
import re
import subprocess

import docx
import mammoth
import pypandoc
from docx2python import docx2python


def rows(html: str) -> list[list[str]]:
    found = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)] for row in found]


ROWS = [["项目", "自然人", "总计"], ["新收", "12", "22"], ["结转", "1", "1"]]
LEFT = [["项目", "自然人", "总计"], ["新收", "22"]]
(preview,) = json.load(open("shown.json"))
by_docx = [[cell.text for cell in row.cells] for row in docx.Document("made.docx").tables[0].rows]
by_docx2python = [table for table in docx2python("made.docx").body if "".join(sum(sum(table, []), []))]
with open("made.docx", "rb") as stream:
    by_mammoth = rows(mammoth.convert_to_html(stream).value)
by_pandoc = rows(pypandoc.convert_file("made.docx", "html"))
printed = subprocess.run(["pdftotext", "-layout", "made.pdf", "-"], capture_output=True, text=True, check=True).stdout
by_office = [line.split() for line in printed.split("\n") if line.strip("\f ")]
print("docx-preview:", preview, "\npython-docx: ", by_docx, "\ndocx2python: ", by_docx2python)
print("pandoc, mammoth, LibreOffice:", by_pandoc, by_mammoth, by_office)
assert preview == LEFT, "docx-preview has changed"
assert by_docx == LEFT, "python-docx has changed"
assert len(by_docx2python) == 4, "docx2python has changed"
assert by_pandoc == by_mammoth == by_office == ROWS, "a reader has changed"
PY
venv/bin/python look.py
