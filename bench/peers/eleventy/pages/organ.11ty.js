import { chrome } from "../lib/chrome.js";
import { organs, site } from "../lib/data.js";
import { entries, ofOrgans } from "../lib/listing.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "organ", before: (reports) => [...ofOrgans(reports).keys()] },
  permalink: ({ organ }) => `/organs/${organ}/index.html`,
};

export function render({ organ, collections }) {
  const { name, level, parent } = organs[organ];
  const main = `<h1>${name}历年${site.section}</h1>
<p class="note">${level}${parent ? `　上级：${organs[parent].name}` : ""}</p>
${entries(ofOrgans(collections.report).get(organ).toReversed(), "历年报告", false, "../../")}`;
  return chrome({ path: `/organs/${organ}/`, kind: "organ", title: `${name}历年${site.section}-${site.section}-${site.portal}`, main, crumbs: [[site.section, "../../index.html"], [name]] });
}
