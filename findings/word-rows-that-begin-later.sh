#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17), mammoth 1.13.0, markitdown 0.1.9, docx2python 3.7.1; beside them docx-preview 0.4.1 in
# jsdom 26.1.0 (npm); python-docx 1.2.0 makes the document.
#
# A row of a Word table may begin some columns later than the others: who draws or drags the lines of a table (绘制表格)
# leaves w:gridBefore in such a row instead of a cell (ECMA-376 part 1, 17.4.15). In statutory tables it is a row beside
# the mark of its part (三), which stands in another row. Four converters put its first cell at the left edge: each
# figure stands one column too far left, 20 under 项目 and the total under 法人, with a blank or nothing under 总计.
#
# Seen: 公开 20 2 22 under 项目 自然人 法人 总计 → pandoc, mammoth, markitdown, docx2python one column to the left;
#       docx-preview as in Word
# Expected: a blank place, then 公开 20 2 22.
# For us: such rows begin where Word has them (generator/readers/docx_body.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2python==3.7.1' 'mammoth==1.13.0' \
  'pypandoc-binary==1.17' 'markitdown[docx]==0.1.9' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts docx-preview@0.4.1 jsdom@26.1.0 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
from docx.oxml import parse_xml
from docx.shared import Cm

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LATER = f'<w:trPr {SPACE}><w:gridBefore w:val="1"/><w:wBefore w:w="1134" w:type="dxa"/></w:trPr>'

document = docx.Document()
table = document.add_table(3, 5)
table.style = "Table Grid"
for row, texts in enumerate((("栏", "项目", "自然人", "法人", "总计"), ("三", "不予", "7", "1", "8"), ("", "公开", "20", "2", "22"))):
    for column, text in enumerate(texts):
        table.cell(row, column).text, table.cell(row, column).width = text, Cm(2)
row = table.rows[2]._tr
row.remove(row.tc_lst[0])
row.insert(0, parse_xml(LATER))
document.save("made.docx")
PY
venv/bin/python make.py
cat > show.mjs <<'JS'
import fs from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<body></body>");
for (const name of ["document", "DOMParser", "XMLSerializer", "Node", "HTMLElement"]) globalThis[name] = window[name];
globalThis.window = window;
const { renderAsync } = await import("docx-preview");
const box = document.createElement("div");
await renderAsync(fs.readFileSync("made.docx"), box, box);
const rows = [...box.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));
fs.writeFileSync("shown.json", JSON.stringify(rows));
process.exit(0);
JS
node show.mjs
cat > look.py <<'PY'
import json
import re

import mammoth
import pypandoc
from docx2python import docx2python
from markitdown import MarkItDown


def rows(html: str) -> list[list[str]]:
    found = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)] for row in found]


assert pypandoc.get_pandoc_version() == "3.9"
with open("made.docx", "rb") as stream:
    html = mammoth.convert_to_html(stream).value
markdown = MarkItDown().convert("made.docx").text_content.strip().split("\n")[2:]
seen = {
    "pandoc": rows(pypandoc.convert_file("made.docx", "html")),
    "mammoth": rows(html),
    "markitdown": [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown],
    "docx2python": [["".join(cell) for cell in row] for row in docx2python("made.docx").body[0]],
    "docx-preview": json.load(open("shown.json")),
}
for name, table in seen.items():
    print(f"{name:12}", *table)
    assert table[:2] == [["栏", "项目", "自然人", "法人", "总计"], ["三", "不予", "7", "1", "8"]]
    second = table[2] if name == "docx-preview" else [cell for cell in table[2] if cell]
    assert second == (["", "公开", "20", "2", "22"] if name == "docx-preview" else ["公开", "20", "2", "22"]), f"{name} has changed"
    assert name == "docx-preview" or table[2][0] == "公开", f"{name} has changed"
PY
venv/bin/python look.py
