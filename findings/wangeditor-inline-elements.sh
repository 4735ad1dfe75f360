#!/usr/bin/env bash
# wangEditor 5.1.23 (npm @wangeditor/editor) in Chromium 153.0.8010.0 (npm @sparticuz/chromium 153.0.0, puppeteer-core
# 24.10.0).
#
# The editor of many Chinese content systems deletes an inline element that it does not know together with its text. Not
# only new ones such as data and time, but ins, small, mark, abbr, q, and the elements that Word itself writes round
# figures with a unit (st1:chmetcnv). A sentence "办结22件" becomes "办结件"; nothing is reported, and no count of rows or
# tables changes.
#
# Seen: for 11 elements the figure is gone; it stays in span, b, em, sup, font.
# Expected: the text of an unknown element stays, as HTML asks of every reader.
# For us: bound figures in the narrative are plain span elements; the fragment for such editors uses
# only elements that all of them keep, and what a system made of it is compared cell by cell and word by word.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm install --silent --no-audit --no-fund --ignore-scripts @wangeditor/editor@5.1.23 @sparticuz/chromium@153.0.0 \
  puppeteer-core@24.10.0 >/dev/null
cat > look.mjs <<'JS'
import assert from "node:assert";
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
await page.addScriptTag({ path: "node_modules/@wangeditor/editor/dist/index.js" });
const gone = ["data", "time", "ins", "small", "mark", "abbr", "q", "label", "var", "tt", "st1:chmetcnv"];
const kept = ["span", "b", "em", "sup", "font"];
const seen = await page.evaluate(
  (names) =>
    names.map((name) => {
      const editor = window.wangEditor.createEditor({
        selector: document.createElement("div"),
        html: `<p>办结<${name}>22</${name}>件</p>`,
      });
      return editor.getText();
    }),
  [...gone, ...kept],
);
await browser.close();
[...gone, ...kept].forEach((name, at) => console.log(name, "→", seen[at]));
gone.forEach((name, at) => assert.equal(seen[at], "办结件", `${name}: wangEditor has changed`));
kept.forEach((name, at) => assert.equal(seen[gone.length + at], "办结22件", `${name}: wangEditor has changed`));
JS
node look.mjs
