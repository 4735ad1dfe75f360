#!/usr/bin/env bash
# html-to-text 10.0.1, linkedom 0.18.15, html-minifier-terser 7.2.0, cheerio 1.2.0 (npm).
#
# HTML lets the end tags of cells, rows and row groups go (HTML, 13.1.2.4), and minifiers of portals make use of it
# (removeOptionalTags). Readers built on htmlparser2 close a cell at the next cell and a row at the next row, but do not
# close the last cell of the head where tbody begins: the body of the table is taken for a part of that cell. In
# html-to-text, by which portals make the text of a mail or of a search result, the table is one line, head and figures run
# together; in linkedom the last head holds all figures once more. Written out in full the same table is right.
#
# Seen: 总计 20 2 22 in full → three aligned rows; the same, minified → 总计新收20222结转123 in one; cheerio right both times
# Expected: the same text for both.
# For us: pages are written with all end tags; import reads pages as browsers do (tests/readers/test_html.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund --ignore-scripts html-to-text@10.0.1 linkedom@0.18.15 html-minifier-terser@7.2.0 \
  cheerio@1.2.0 >/dev/null 2>&1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { load } from "cheerio";
import { minify } from "html-minifier-terser";
import { convert } from "html-to-text";
import { parseHTML } from "linkedom";

const ROWS = [["项目", "自然人", "法人", "总计"], ["新收", "20", "2", "22"], ["结转", "1", "2", "3"]];
const [head, ...body] = ROWS.map((row, at) => `<tr>${row.map((text) => (at ? `<td>${text}</td>` : `<th>${text}</th>`)).join("")}</tr>`);
const table = `<table><thead>${head}</thead><tbody>${body.join("")}</tbody></table>`;
const full = `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>示例</title></head><body>${table}</body></html>`;
const small = await minify(full, { removeOptionalTags: true });
console.log(small);
const text = (page) => convert(page, { selectors: [{ selector: "table", format: "dataTable" }] }).trim().split("\n").map((line) => line.split(/\s+/));
const dom = (page) => [...parseHTML(page).document.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));
const $rows = (page) => ((query) => query("tr").toArray().map((row) => query(row).children().toArray().map((cell) => query(cell).text())))(load(page));
for (const [name, page] of [["full:    ", full], ["minified:", small]]) console.log(name, text(page), dom(page)[0]);
assert.deepEqual([text(full), dom(full), $rows(full), $rows(small)], [ROWS, ROWS, ROWS, ROWS], "a reader has changed");
const glued = "总计新收20222结转123";
assert.deepEqual(text(small).at(-1), ["项目", "自然人", "法人", glued], "html-to-text has changed");
assert.deepEqual(dom(small), [["项目", "自然人", "法人", glued], ...ROWS.slice(1)], "linkedom has changed");
JS
node look.mjs
