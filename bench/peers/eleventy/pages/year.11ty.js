import { chrome } from "../lib/chrome.js";
import { site } from "../lib/data.js";
import { entries, ofYears } from "../lib/listing.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "year", before: (reports) => [...ofYears(reports).keys()].sort() },
  permalink: ({ year }) => `/${year}/index.html`,
};

export function render({ year, collections }) {
  const years = ofYears(collections.report);
  const turn = (other, rel, way) => (years.has(other) ? `<a rel="${rel}" href="../${other}/index.html"><span class="way">${way}</span>${other}年</a>\n` : "");
  const main = `<h1>${year}年${site.section}</h1>
${entries(years.get(year), `${year}年各机关的报告`, false, "../")}
<nav class="turn" aria-label="相邻年度">
${turn(year - 1, "prev", "较早")}${turn(year + 1, "next", "较晚")}</nav>`;
  return chrome({ path: `/${year}/`, kind: "year", title: `${year}年${site.section}-${site.section}-${site.portal}`, main, crumbs: [[site.section, "../index.html"], [`${year}年`]] });
}
