import { day, organs } from "./data.js";
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

export const numbers = (data) => `<dl class="numbers">
${series(data).filter((s) => s.text).map((s) => `<div><dt>${s.name}</dt><dd>${s.text}<span>件</span></dd></div>\n`).join("")}</dl>`;

/** Years in order, runs of three and more as one: 2011、2014、2019—2025. */
export function spans(years) {
  const runs = [];
  for (const year of years) if (runs.at(-1)?.at(-1) === year - 1) runs.at(-1).push(year); else runs.push([year]);
  return runs.map((run) => (run.length > 2 ? `${run[0]}—${run.at(-1)}` : run.join("、"))).join("、");
}

export function entries(items, caption, byYear, root) {
  const names = series(items[0].data).map((s) => `<th scope="col" data-kind="number" class="num">${s.name}</th>\n`).join("");
  const first = byYear ? '<th scope="col" data-kind="number">年度</th>' : '<th scope="col" data-kind="text">机关</th>\n<th scope="col" data-kind="text">层级</th>';
  const row = ({ data }) => {
    const organ = organs[data.organ];
    return `<tr>
<th scope="row"><a href="${root}${data.year}/${data.organ}/index.html">${byYear ? `${data.year}年度报告` : organ.name}</a></th>
${byYear ? "" : `<td>${organ.level}</td>\n`}${series(data).map((s) => `<td class="num">${s.text}</td>`).join("")}<td class="date">${day(data.date)}</td></tr>\n`;
  };
  return `<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table class="sortable list">
<caption>${caption}</caption>
<thead><tr>
${first}
${names}<th scope="col" data-kind="text">发布日期</th>
</tr></thead>
<tbody>
${items.map(row).join("")}</tbody>
</table>
</div>`;
}
