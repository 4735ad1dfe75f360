#!/usr/bin/env bash
# officeparser 7.8.0, docx-preview 0.4.1 in jsdom 26.1.0 (npm), docx2python 3.7.1, docx2txt 0.9, python-docx 1.2.0; beside them
# pandoc 3.9 (pypandoc-binary 1.17) and mammoth 1.13.0.
#
# With track changes on, Word stores what was dragged or cut and pasted within a document as moved, not as deleted and
# inserted: w:moveFrom where it was and w:moveTo where it is (ECMA-376 part 1, 17.13.5.22 and 25), both with ordinary
# text, where a deletion has text of its own kind (w:delText). Readers that leave deletions out by that kind take moved text
# twice; others know neither element and lose it in both places. A figure put into the right cell stands in both, beside
# another it makes a new one (20 moved away, 22 moved in: 2022), or it is nowhere. Each of these treats insertions and
# deletions as the authors of the library meant.
#
# Seen: 12 moved from 法人 to 自然人 → officeparser, docx2python, docx2txt 12 and 12; docx-preview, python-docx two blanks;
#       pandoc and mammoth 12 and a blank
# Expected: 12 under 自然人 alone.
# For us: moved text is read where it is now, and told (IMP-TRACKED; generator/readers/docx_runs.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2python==3.7.1' 'docx2txt==0.9' \
  'mammoth==1.13.0' 'pypandoc-binary==1.17' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts docx-preview@0.4.1 jsdom@26.1.0 officeparser@7.8.0 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
from docx.oxml import parse_xml

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:author="示例" w:date="2024-01-01T00:00:00Z"'


def moved(kind: str, number: int) -> list[object]:
    """The three elements of one end of a move: where its range begins, the text, and where the range ends."""
    return [
        parse_xml(f'<w:{kind}RangeStart {SPACE} w:id="{number}" w:name="move1" {WHO}/>'),
        parse_xml(f'<w:{kind} {SPACE} w:id="{number + 1}" {WHO}><w:r><w:t>12</w:t></w:r></w:{kind}>'),
        parse_xml(f'<w:{kind}RangeEnd {SPACE} w:id="{number}"/>'),
    ]


document = docx.Document()
table = document.add_table(2, 4)
for row, texts in enumerate((("项目", "自然人", "法人", "总计"), ("新收", "", "", "12"))):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
for column, kind, number in ((1, "moveTo", 11), (2, "moveFrom", 21)):
    for element in moved(kind, number):
        table.cell(1, column).paragraphs[0]._p.append(element)
document.save("made.docx")
PY
venv/bin/python make.py
cat > show.mjs <<'JS'
import fs from "node:fs";
import { JSDOM } from "jsdom";
import { parseOffice } from "officeparser";

const parsed = (await parseOffice("made.docx")).toText().split("\n").slice(4);
const { window } = new JSDOM("<body></body>");
for (const name of ["document", "DOMParser", "XMLSerializer", "Node", "HTMLElement"]) globalThis[name] = window[name];
globalThis.window = window;
const { renderAsync } = await import("docx-preview");
const box = document.createElement("div");
await renderAsync(fs.readFileSync("made.docx"), box, box);
const shown = [...box.querySelectorAll("tr:last-child td")].map((cell) => cell.textContent);
fs.writeFileSync("shown.json", JSON.stringify({ "docx-preview": shown, officeparser: parsed }));
process.exit(0);
JS
node show.mjs
cat > look.py <<'PY'
import json
import re

import docx
import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python


def last_row(html: str) -> list[str]:
    row = re.findall(r"<tr.*?</tr>", html, re.DOTALL)[-1]
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]


assert pypandoc.get_pandoc_version() == "3.9"
with open("made.docx", "rb") as stream:
    html = mammoth.convert_to_html(stream).value
seen = json.load(open("shown.json")) | {
    "docx2python": ["".join(cell) for cell in docx2python("made.docx").body[0][-1]],
    "docx2txt": docx2txt.process("made.docx").split()[4:],
    "python-docx": [cell.text for cell in docx.Document("made.docx").tables[0].rows[1].cells],
    "pandoc": last_row(pypandoc.convert_file("made.docx", "html")),
    "mammoth": last_row(html),
}
for name, row in seen.items():
    print(f"{name:12}", row)
TWICE, NOWHERE, RIGHT = ["新收", "12", "12", "12"], ["新收", "", "", "12"], ["新收", "12", "", "12"]
assert seen["officeparser"] == seen["docx2python"] == seen["docx2txt"] == TWICE, "a reader has changed"
assert seen["docx-preview"] == seen["python-docx"] == NOWHERE, "a reader has changed"
assert seen["pandoc"] == seen["mammoth"] == RIGHT, "a reader has changed"
PY
venv/bin/python look.py
