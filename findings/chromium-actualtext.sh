#!/usr/bin/env bash
# Chromium 153.0.8010.0 (npm @sparticuz/chromium 153.0.0, puppeteer-core 24.10.0), pdfplumber 0.11.10, pypdf 6.0.0,
# pypdfium2 5.15.2, font Noto Sans SC (PyPI pylopdf-fonts-zh-cn 0.1.1).
#
# A page that Chromium saves as PDF names, for each glyph, one character in the font's ToUnicode table. In a Chinese font
# some glyphs serve two characters (胶 and 㬵, 大 and the radical ⼤), and the table holds only one of them. Chromium
# knows this and writes /ActualText around such glyphs with the character meant. pdfplumber (pdfminer.six) and pypdf do
# not look at /ActualText: the city 胶州 becomes 㬵州, and no later step can tell. pypdfium2 reads what was printed.
#
# Seen: of 7444 visible characters of GB 2312, pdfplumber and pypdf give another one for the same 231 (Noto Sans SC; the
#       number is the font's), pypdfium2 for none.
# Expected: the text of the page.
# For us: pages printed by a browser are read with pypdfium2; a test prints every character of GB 2312.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check pdfplumber==0.11.10 pypdf==6.0.0 pypdfium2==5.15.2 \
  pylopdf-fonts-zh-cn==0.1.1 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 puppeteer-core@24.10.0 >/dev/null
cp venv/lib/python3*/site-packages/pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf font.otf
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
  args: ["--no-sandbox", "--no-zygote", "--single-process", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader",
    "--allow-file-access-from-files"],
  env: { ...process.env, LD_LIBRARY_PATH: `${process.cwd()}/lib` },
});
const page = await browser.newPage();
await page.goto(`file://${process.cwd()}/page.html`);
await page.evaluate(() => document.fonts.ready);
await page.pdf({ path: "page.pdf" });
await browser.close();
JS
cat > look.py <<'PY'
import html
import logging
import subprocess
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2

logging.disable(logging.CRITICAL)  # a remark of pdfminer.six on each font


def gb2312() -> list[str]:
    found = []
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return [character for character in found if character.strip()]


CHARACTERS = gb2312()
STYLE = "@font-face{font-family:F;src:url(font.otf)}p{font:12px F;margin:0}"
# a letter between all characters keeps each apart from its neighbours
lines = ["x".join(CHARACTERS[at : at + 20]) for at in range(0, len(CHARACTERS), 20)]
Path("page.html").write_text(
    f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>" + "".join(f"<p>{html.escape(line)}" for line in lines),
    encoding="utf-8",
)
subprocess.run(["node", "print.mjs"], check=True, timeout=120)


def changed(text: str) -> dict[str, str]:
    read = "x".join(part.strip() for part in text.split("\n") if part.strip()).split("x")
    assert len(read) == len(CHARACTERS), (len(read), len(CHARACTERS))
    return {wrote: got for wrote, got in zip(CHARACTERS, read, strict=True) if wrote != got}


with pdfplumber.open("page.pdf") as document:
    plumber = changed("\n".join(page.extract_text() for page in document.pages))
py = changed("\n".join(page.extract_text() for page in pypdf.PdfReader("page.pdf").pages))
pdfium = pypdfium2.PdfDocument("page.pdf")
right = changed("\n".join(pdfium[at].get_textpage().get_text_range().replace("\r", "") for at in range(len(pdfium))))
print("characters of GB 2312:", len(CHARACTERS))
print("pdfplumber:", len(plumber), " ".join(f"{a}→{b}" for a, b in plumber.items()))
print("pypdf:     ", len(py), " ".join(f"{a}→{b}" for a, b in py.items()))
print("pypdfium2: ", len(right), " ".join(f"{a}→{b}" for a, b in right.items()))
assert len(plumber) == 231 and plumber == py and plumber["胶"] == "㬵" and not right, "a reader or Chromium has changed"
PY
venv/bin/python look.py
