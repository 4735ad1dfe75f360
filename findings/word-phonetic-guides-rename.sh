#!/usr/bin/env bash
# python-docx 1.2.0, mammoth 1.13.0 (npm), markitdown 0.1.9, docx-preview 0.4.1 (npm, in Chromium 153.0.8010.0 of npm
# @sparticuz/chromium 153.0.0 by puppeteer-core 24.10.0), pandoc 3.9 (pypandoc-binary 1.17); beside them docx2txt 0.9 and
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14).
#
# Names of towns have characters that few can read; offices set their sound above them with Word's 拼音指南, in the title as
# in a table. Word stores character and sound as w:ruby (ECMA-376 part 1, 17.3.3.25). Programs that turn Word files into pages,
# Markdown or text leave out both: 示例县堽城镇人民政府 becomes 示例县城镇人民政府, another name that reads well, and a report is
# filed, searched and cited under it. mammoth alone says that something was ignored, not what.
#
# Seen: 堽 and the 22 of a cell gone in python-docx, mammoth, markitdown, docx-preview and pandoc; there in LibreOffice;
#       docx2txt has the sound before it (gāng堽城镇)
# Expected: 示例县堽城镇人民政府, with or without the sound.
# For us: the character is read, the sound is left out (generator/readers/docx_runs.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'docx2txt==0.9' \
  'pypandoc-binary==1.17' 'markitdown[docx]==0.1.9' 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mammoth@1.13.0 docx-preview@0.4.1 jszip@3.10.1 \
  @sparticuz/chromium@153.0.0 puppeteer-core@24.10.0 >/dev/null 2>&1
cat > make.py <<'PY'
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def guided(base: str, sound: str) -> str:
    return f"""<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="10"/><w:hpsRaise w:val="20"/>
<w:hpsBaseText w:val="21"/><w:lid w:val="zh-CN"/></w:rubyPr><w:rt><w:r><w:t>{sound}</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:t>{base}</w:t></w:r></w:rubyBase></w:ruby></w:r>"""


def paragraph(*runs: str) -> str:
    return f"<w:p {nsdecls('w')}>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


document = docx.Document()
document.element.body.insert(0, parse_xml(paragraph(run("示例县"), guided("堽", "gāng"), run("城镇人民政府"))))
cells = document.add_table(1, 2).rows[0].cells
cells[0].text = "新收"
cells[1]._tc.replace(cells[1].paragraphs[0]._p, parse_xml(paragraph(guided("22", "二十二"))))
document.save("made.docx")
PY
venv/bin/python make.py
cat > look.mjs <<'JS'
import fs from "node:fs";
import zlib from "node:zlib";
import { execFileSync } from "node:child_process";
import mammoth from "mammoth";
import puppeteer from "puppeteer-core";

const { value, messages } = await mammoth.extractRawText({ path: "made.docx" });
fs.writeFileSync("mammoth.txt", `${value}\n${messages.map((one) => one.message)}`);
for (const name of ["chromium", "al2023.tar", "swiftshader.tar"])
  fs.writeFileSync(name, zlib.brotliDecompressSync(fs.readFileSync(`node_modules/@sparticuz/chromium/bin/${name}.br`)));
fs.chmodSync("chromium", 0o755);
for (const name of ["al2023.tar", "swiftshader.tar"]) execFileSync("tar", ["xf", name]);
const browser = await puppeteer.launch({
  executablePath: `${process.cwd()}/chromium`,
  headless: "shell",
  args: ["--no-sandbox", "--no-zygote", "--single-process", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader"],
  env: { ...process.env, LD_LIBRARY_PATH: `${process.cwd()}/lib` },
});
const page = await browser.newPage();
for (const path of ["jszip/dist/jszip.min.js", "docx-preview/dist/docx-preview.min.js"])
  await page.addScriptTag({ path: `node_modules/${path}` });
const shown = await page.evaluate(async (data) => {
  await window.docx.renderAsync(Uint8Array.from(atob(data), (char) => char.charCodeAt(0)).buffer, document.body);
  return document.body.innerText;
}, fs.readFileSync("made.docx").toString("base64"));
fs.writeFileSync("docx-preview.txt", shown);
await browser.close();
JS
node look.mjs
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to txt:Text made.docx >/dev/null 2>&1
cat > look.py <<'PY'
from pathlib import Path

import docx
import docx2txt
import pypandoc
from markitdown import MarkItDown

document = docx.Document("made.docx")
seen = {
    "python-docx": "\n".join([document.paragraphs[0].text, *(cell.text for cell in document.tables[0].rows[0].cells)]),
    "mammoth": Path("mammoth.txt").read_text(),
    "markitdown": MarkItDown().convert("made.docx").text_content,
    "docx-preview": Path("docx-preview.txt").read_text(),
    "pandoc": pypandoc.convert_file("made.docx", "plain"),
    "docx2txt": docx2txt.process("made.docx"),
    "LibreOffice": Path("made.txt").read_text(encoding="utf-8-sig"),
}
for name, text in seen.items():
    print(f"{name}:", " ".join(text.split()))
for name in ("python-docx", "mammoth", "markitdown", "docx-preview", "pandoc"):
    assert "示例县城镇人民政府" in seen[name] and "22" not in seen[name], f"{name} has changed"
assert "示例县gāng堽城镇人民政府" in seen["docx2txt"], "docx2txt has changed"
assert "示例县堽城镇人民政府" in seen["LibreOffice"] and "22" in seen["LibreOffice"], "LibreOffice has changed"
PY
venv/bin/python look.py
