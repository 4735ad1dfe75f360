import { chrome } from "../lib/chrome.js";
import { organs, site } from "../lib/data.js";
import { trends } from "../lib/charts.js";
import { entries, ofOrgans } from "../lib/listing.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "organ", before: (reports) => [...ofOrgans(reports).keys()] },
  permalink: ({ organ }) => `/organs/${organ}/index.html`,
};

export function render({ organ, collections }) {
  const { name, level, parent } = organs[organ];
  const own = ofOrgans(collections.report).get(organ);
  const main = `<h1>${name}历年${site.section}</h1>
<dl class="facts">
<div><dt>层级</dt><dd>${level}</dd></div>
${parent ? `<div><dt>上级机关</dt><dd><a href="../${parent}/index.html">${organs[parent].name}</a></dd></div>\n` : ""}</dl>
${entries(own.toReversed(), "历年报告", true, "../../")}
${trends(own)}`;
  return chrome({ path: `/organs/${organ}/`, kind: "organ", title: `${name}历年${site.section}-${site.section}-${site.portal}`, main, crumbs: [[site.section, "../../index.html"], [name]] });
}
