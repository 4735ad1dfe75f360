#!/usr/bin/env bash
# docx-preview 0.4.1 in jsdom 26.1.0, officeparser 7.8.0 (npm), docx2python 3.7.1, docx2txt 0.9; beside them mammoth 1.13.0,
# python-docx 1.2.0, which makes the document, and LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14).
#
# Who types a negative figure into a narrow cell keeps its sign on the line by a non-breaking hyphen (Ctrl+Shift+-). Word
# and WPS store it as an element of its own beside the text, w:noBreakHyphen (ECMA-376 part 1, 17.3.3.18). docx-preview, by
# which web systems show a Word file in the browser, and three libraries that take the text out of it know only text: 本年增/减
# of -82 is 82 on the screen and for every program behind, in the table as in the sentence. 22-82 is 2282.
#
# Seen: -82 → docx-preview, officeparser, docx2python and docx2txt 82; mammoth, python-docx and LibreOffice -82 (or U+2011)
# Expected: -82.
# For us: the element is read as a sign (generator/readers/docx_runs.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2python==3.7.1' 'docx2txt==0.9' \
  'mammoth==1.13.0' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts docx-preview@0.4.1 jsdom@26.1.0 officeparser@7.8.0 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
from docx.oxml import OxmlElement

document = docx.Document()
cells = document.add_table(1, 2).rows[0].cells
cells[0].text = "本年增/减"
for paragraph, before, after in ((cells[1].paragraphs[0], "", "82"), (document.add_paragraph(), "净增减", "82件")):
    run = paragraph.add_run(before)
    run._r.append(OxmlElement("w:noBreakHyphen"))
    run.add_text(after)
document.save("made.docx")
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to txt:Text made.docx >/dev/null 2>&1
cat > show.mjs <<'JS'
import fs from "node:fs";
import { JSDOM } from "jsdom";
import { parseOffice } from "officeparser";

const parsed = (await parseOffice("made.docx")).toText().split("\n").slice(-2);
const { window } = new JSDOM("<body></body>");
for (const name of ["document", "DOMParser", "XMLSerializer", "Node", "HTMLElement"]) globalThis[name] = window[name];
globalThis.window = window;
const { renderAsync } = await import("docx-preview");
const box = document.createElement("div");
await renderAsync(fs.readFileSync("made.docx"), box, box);
const shown = [box.querySelector("td:last-child").textContent, box.querySelector("article > p").textContent];
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
from docx2python import docx2python

document = docx.Document("made.docx")
with open("made.docx", "rb") as stream:
    html = mammoth.convert_to_html(stream).value
seen = json.load(open("shown.json")) | {
    "docx2python": docx2python("made.docx").text.split()[-2:],
    "docx2txt": docx2txt.process("made.docx").split()[-2:],
    "mammoth": re.findall("<p>([^<]*)</p>", html)[-2:],
    "python-docx": [document.tables[0].cell(0, 1).text, document.paragraphs[0].text],
    "LibreOffice": open("made.txt", encoding="utf-8-sig").read().split()[-2:],
}
for name, texts in seen.items():
    seen[name] = [text.replace("\u2011", "-") for text in texts]
    print(f"{name:12}", *seen[name])
    lost = name in ("docx-preview", "officeparser", "docx2python", "docx2txt")
    assert seen[name] == (["82", "净增减82件"] if lost else ["-82", "净增减-82件"]), f"{name} has changed"
PY
venv/bin/python look.py
