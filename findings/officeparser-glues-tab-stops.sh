#!/usr/bin/env bash
# officeparser 7.8.0 (npm); python-docx 1.2.0 makes the document, docx2txt 0.9 beside it.
#
# Small tables in reports are often typed with tab stops, a line per row, or with a line break within the paragraph
# (Shift+Enter). Word stores w:tab and w:br between the texts (ECMA-376 part 1, 17.3.3.32 and 17.3.3.1). officeparser, by
# which Node programs take text out of office files for search and for language models, leaves both out: 20, 2 and 22 in three columns
# are 20222, and 12 above 9 in one cell is 129. Paragraphs it keeps apart, so that other documents look right.
#
# Seen: 新收⇥20⇥2⇥22 → 新收20222; 12⏎9 in a cell → 129, as text and as Markdown; docx2txt keeps tab and break
# Expected: something between the figures.
# For us: tabs and breaks are kept, and a cell with two lines is not one figure (generator/readers/docx_runs.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2txt==0.9' 2>/dev/null
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts officeparser@7.8.0 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
import docx2txt

document = docx.Document()
document.add_paragraph("项目\t自然人\t法人\t总计")
document.add_paragraph("新收\t20\t2\t22")
document.add_table(1, 1).cell(0, 0).text = "12\n9"
document.save("made.docx")
text = docx2txt.process("made.docx")
print("docx2txt:    ", repr(text))
assert "新收\t20\t2\t22" in text and "12\n9" in text, "docx2txt has changed"
PY
venv/bin/python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parseOffice } from "officeparser";

const made = await parseOffice("made.docx");
const lines = made.toText().split("\n");
const markdown = (await made.to("md")).value;
console.log("officeparser:", lines, JSON.stringify(markdown));
assert.ok(markdown.includes("新收20222") && markdown.includes("| 129 |"), "officeparser has changed");
assert.deepEqual(lines, ["项目自然人法人总计", "新收20222", "129"], "officeparser has changed");
process.exit(0);
JS
node look.mjs
