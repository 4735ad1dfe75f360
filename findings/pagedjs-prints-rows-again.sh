#!/usr/bin/env bash
# Paged.js 0.4.3 (npm pagedjs) in Chromium 153.0.8010.0 (npm @sparticuz/chromium 153.0.0, puppeteer-core 24.10.0).
#
# The library that lays web pages out as printed pages repeats rows of figures. In 表三 one cell spans all rows (三、本年度办理结果)
# and a label of a single row spans the two columns beside it ((一)予以公开). Where such a table does not end on the page, the
# next page does not go on below the last row: it begins one row later than the page before, so that each row stands on
# several pages. Nothing is reported, no figure is wrong and every column is right, so that each page looks whole; whoever
# adds the printed table up, or reads its PDF, counts rows two and three times.
#
# Seen: 21 rows in 49 places; once each without the cell over all rows, or where single rows span no columns.
# Expected: each row once, as Chromium prints the same page without the library, and WeasyPrint 70.0 does.
# For us: the PDF of a report is not made from its web page; the page prints by the browser's own rules alone.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm install --silent --no-audit --no-fund --ignore-scripts pagedjs@0.4.3 @sparticuz/chromium@153.0.0 \
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

const groups = [1, 1, 8, 3, 5, 3];
const style =
  "@page{size:A5;margin:2cm} table{border-collapse:collapse;width:100%} td,th{border:1px solid;height:1.1cm;font-size:10pt}";

function pageWith(cellOverAllRows, wideLabels) {
  let row = 0;
  const rows = groups.flatMap((size, group) =>
    Array.from({ length: size }, (_, at) => {
      const all = row === 0 && cellOverAllRows ? '<th rowspan="21">三</th>' : "";
      const head = at === 0 ? `<th rowspan="${size}">group ${group + 1}</th>` : "";
      row += 1;
      const label = size === 1 && wideLabels ? `<th colspan="2">row ${row}</th>` : `${head}<th>row ${row}</th>`;
      return `<tr>${all}${label}<td class="figure">${1000 + row}</td></tr>`;
    }),
  );
  const top = `<thead><tr><th colspan="${cellOverAllRows ? 3 : 2}">栏</th><th>总计</th></tr></thead>`;
  return `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><style>${style}</style></head><body><table>${top}<tbody>${rows.join("")}</tbody></table></body></html>`;
}

const browser = await puppeteer.launch({
  executablePath: `${process.cwd()}/chromium`,
  headless: "shell",
  args: ["--no-sandbox", "--no-zygote", "--single-process", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader"],
  env: { ...process.env, LD_LIBRARY_PATH: `${process.cwd()}/lib` },
});
const page = await browser.newPage();
await page.evaluateOnNewDocument(() => (window.PagedConfig = { auto: false }));

async function printed(cellOverAllRows, wideLabels) {
  await page.goto("about:blank");
  await page.setContent(pageWith(cellOverAllRows, wideLabels));
  await page.addScriptTag({ path: "node_modules/pagedjs/dist/paged.polyfill.js" });
  await page.evaluate(() => window.PagedPolyfill.preview());
  return page.evaluate(() =>
    [...document.querySelectorAll(".pagedjs_page")].map((sheet) =>
      [...sheet.querySelectorAll(".figure")].map((cell) => Number(cell.textContent) - 1000),
    ),
  );
}

const both = await printed(true, true);
const others = [await printed(true, false), await printed(false, true)];
await browser.close();
console.log("rows of each page, a cell over all rows and labels over two columns:", JSON.stringify(both));
console.log("with one of the two:", JSON.stringify(others));
const all = Array.from({ length: 21 }, (_, at) => at + 1);
for (const pages of others) assert.deepEqual(pages.flat(), all, "Paged.js repeats rows of other tables too");
assert.equal(both.flat().length, 49, "Paged.js has changed");
assert.deepEqual([...new Set(both.flat())].sort((a, b) => a - b), all, "Paged.js has changed");
JS
node look.mjs
