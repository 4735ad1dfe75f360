import { day, escape, organs } from "./data.js";
import { series } from "./figures.js";

// One index of all reports a build; Eleventy hands every template the same collection.
let indexed, byOrgan, byYear;
function index(reports) {
  if (indexed === reports) return;
  indexed = reports; byOrgan = new Map(); byYear = new Map();
  const put = (map, key, item) => (map.has(key) ? map.get(key).push(item) : map.set(key, [item]));
  for (const item of reports) { put(byOrgan, item.data.organ, item); put(byYear, item.data.year, item); }
  for (const list of byOrgan.values()) list.sort((a, b) => a.data.year - b.data.year);
  for (const list of byYear.values()) list.sort((a, b) => organs[a.data.organ].order - organs[b.data.organ].order);
}

export function ofOrgans(reports) { index(reports); return byOrgan; }
export function ofYears(reports) { index(reports); return byYear; }

export function neighbours(reports, data) {
  const own = ofOrgans(reports).get(data.organ);
  const at = own.findIndex((item) => item.data.year === data.year);
  return { before: own[at - 1], after: own[at + 1] };
}

export function entries(items, caption, byOrganColumn, root) {
  const names = series(items[0].data).map((s) => `<th scope="col" data-kind="number" class="num">${s.name}</th>\n`).join("");
  const first = byOrganColumn ? '<th scope="col" data-kind="text">机关</th>\n<th scope="col" data-kind="text">层级</th>' : '<th scope="col" data-kind="number">年度</th>';
  const row = ({ data }) => {
    const organ = organs[data.organ];
    const lead = byOrganColumn ? `<th scope="row">${organ.name}</th><td>${organ.level}</td>` : `<th scope="row">${data.year}</th>`;
    return `<tr>\n${lead}\n<td><a href="${root}${data.year}/${data.organ}/index.html">${escape(data.title)}</a></td>\n${series(data).map((s) => `<td class="num">${s.text}</td>`).join("")}\n<td class="date">${day(data.date)}</td></tr>\n`;
  };
  return `<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table class="sortable list">
<caption>${caption}</caption>
<thead><tr>
${first}
<th scope="col" data-kind="text">报告</th>
${names}<th scope="col" data-kind="text">发布日期</th>
</tr></thead>
<tbody>
${items.map(row).join("")}</tbody>
</table>
</div>`;
}
