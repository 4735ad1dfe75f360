import { chrome } from "../lib/chrome.js";
import { site } from "../lib/data.js";
import { entries, ofYears } from "../lib/listing.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "year", before: (reports) => [...ofYears(reports).keys()].sort() },
  permalink: ({ year }) => `/${year}/index.html`,
};

export function render({ year, collections }) {
  const years = ofYears(collections.report);
  const turn = (other, rel, label) => (years.has(other) ? `<a rel="${rel}" href="../${other}/index.html">${label}</a>\n` : "");
  const main = `<h1>${year}年${site.section}</h1>
<p class="note">标有“原页面”的报告未收入本栏目，链接指向门户上的原页面。</p>
${entries(years.get(year), `${year}年各机关的报告`, true, "../")}
<nav class="turn" aria-label="相邻年度">
${turn(year - 1, "prev", `← ${year - 1}年`)}${turn(year + 1, "next", `${year + 1}年 →`)}</nav>`;
  return chrome({ path: `/${year}/`, kind: "year", title: `${year}年${site.section}-${site.section}-${site.portal}`, main, crumbs: [[site.section, "../index.html"], [`${year}年`]] });
}
