#!/usr/bin/env bash
# Chromium 153.0.8010.0 (npm @sparticuz/chromium 153.0.0, puppeteer-core 24.10.0), pypdfium2 5.15.2.
#
# A table that can be sorted has a button in the head of each column (WAI-ARIA Authoring Practices, "Sortable Table"). On
# paper Chromium repeats the head of a table on each page (CSS 2.1, 17.2: table-header-group "may" be repeated), and what
# stands in a span, a link or a label is printed there again. What stands in a button is not: its place stays empty.
#
# Seen: all five heads stand on page 1; on page 2 the two in buttons are missing, so their figures have no name. With
#       `display: contents` for the buttons all heads are there.
# Expected: a repeated head as it is on the first page.
# For us: lists of organs printed figures below nothing from their second page on; buttons in heads have no box of their
#       own on paper.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check pypdfium2==5.15.2 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 puppeteer-core@24.10.0 >/dev/null
cat > print.mjs <<'JS'
import fs from "node:fs";
import zlib from "node:zlib";
import { execFileSync } from "node:child_process";
import puppeteer from "puppeteer-core";

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
// Latin letters, for which Chromium needs no font of ours: organ, upheld, corrected, other, total
const rows = Array.from({ length: 120 }, (_, n) => `<tr><th>organ ${n}</th><td>2</td><td>1</td><td>1</td><td>4</td></tr>`);
for (const [name, style] of [["plain", ""], ["contents", "button { display: contents }"]]) {
  await page.setContent(`<!doctype html><style>${style}</style><table>
    <thead><tr><th>NAME</th><th><button>UPHELD</button></th><th><span>CORRECTED</span></th><th><a href="#">OTHER</a></th>
    <th><button>TOTAL</button></th></tr></thead><tbody>${rows.join("")}</tbody></table>`);
  await page.pdf({ path: `${name}.pdf` });
}
console.log(await browser.version());
await browser.close();
JS
node print.mjs
cat > look.py <<'PY'
import pypdfium2

HEADS = ["NAME", "UPHELD", "CORRECTED", "OTHER", "TOTAL"]


def heads(file: str, number: int) -> list[str]:
    text = pypdfium2.PdfDocument(file)[number].get_textpage().get_text_bounded()
    return [head for head in HEADS if head in text]


for file in ("plain.pdf", "contents.pdf"):
    print(file, "page 1:", heads(file, 0), "page 2:", heads(file, 1))
assert heads("plain.pdf", 0) == HEADS, "the first page has all"
assert heads("plain.pdf", 1) == ["NAME", "CORRECTED", "OTHER"], "changed: buttons are repeated, or other heads are lost"
assert heads("contents.pdf", 1) == HEADS, "changed: display: contents does not help any more"
PY
venv/bin/python look.py
