#!/usr/bin/env bash
# Chromium 153.0.8010.0 (npm @sparticuz/chromium 153.0.0, puppeteer-core 24.10.0).
#
# RFC 1952 lets a gzip file consist of several members, one behind the other; gzip, zcat and Python's gzip read them all.
# Sent as Content-Encoding: gzip (nginx does so with gzip_static and a file.gz beside the file), a browser shows the first
# member and drops the others, without an error: a table joined from compressed pieces arrives cut off, and looks whole.
#
# Seen: of two members "first" and "second" Chromium shows "first"; gzip -dc gives both.
# Expected: both, or an error.
# For us: pieces of data/*.csv.gz end on a byte boundary and are joined into one member
#         (generator/website/downloads/gzip_parts.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm install --silent --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 puppeteer-core@24.10.0 >/dev/null
{ printf 'first\n' | gzip -n; printf 'second\n' | gzip -n; } > two.gz
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import http from "node:http";
import zlib from "node:zlib";
import { execFileSync } from "node:child_process";
import puppeteer from "puppeteer-core";

for (const name of ["chromium", "al2023.tar", "swiftshader.tar"])
  fs.writeFileSync(name, zlib.brotliDecompressSync(fs.readFileSync(`node_modules/@sparticuz/chromium/bin/${name}.br`)));
fs.chmodSync("chromium", 0o755);
for (const name of ["al2023.tar", "swiftshader.tar"]) execFileSync("tar", ["xf", name]);
const two = fs.readFileSync("two.gz");
const server = http.createServer((_, answer) => {
  answer.writeHead(200, { "Content-Type": "text/plain", "Content-Encoding": "gzip", "Content-Length": two.length });
  answer.end(two);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await puppeteer.launch({
  executablePath: `${process.cwd()}/chromium`,
  headless: "shell",
  args: ["--no-sandbox", "--no-zygote", "--single-process", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader"],
  env: { ...process.env, LD_LIBRARY_PATH: `${process.cwd()}/lib` },
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const shown = (await page.evaluate(() => document.body.innerText)).trim();
await browser.close();
server.close();
const whole = execFileSync("gzip", ["-dc", "two.gz"]).toString();
console.log("gzip -dc:", JSON.stringify(whole));
console.log("Chromium:", JSON.stringify(shown));
assert.equal(whole, "first\nsecond\n");
assert.equal(shown, "first", "Chromium has changed");
JS
node look.mjs
