import { chrome } from "../lib/chrome.js";
import { day, escape, organs, site } from "../lib/data.js";
import { numbers, ofOrgans, ofYears, spans } from "../lib/listing.js";

export const data = { permalink: "/index.html" };

export function render({ collections }) {
  const years = [...ofYears(collections.report)].sort(([a], [b]) => b - a);
  const counts = (items) => {
    const levels = new Map();
    for (const { data } of items) levels.set(organs[data.organ].level, (levels.get(organs[data.organ].level) ?? 0) + 1);
    return [...levels].map(([level, count]) => `<span>${level}<b>${count}</b>份</span>`).join(" ");
  };
  // One of a year goes by its title; of several, each by its organ.
  const words = (own, { title, organ, year }) => (own.length > 1 ? `${escape(organs[organ].name)}<span class="sr-only">${year}年度报告</span>` : escape(title));
  const entry = ({ data }, _, own) => `<p><a href="${data.year}/${data.organ}/index.html">${words(own, data)}</a></p>\n`;
  const year = ([number, items]) => `<li>
<p class="year"><a href="${number}/index.html">${number}<span>年</span></a></p>
<div>
${items.filter(({ data }) => !organs[data.organ].parent).map(entry).join("")}</div>
<p class="counts">${counts(items)}</p>
</li>`;
  const own = ofOrgans(collections.report);
  const organ = ([id, o]) => `<tr><th scope="row"><a href="organs/${id}/index.html">${o.name}</a></th><td>${o.level}</td><td class="num">${own.get(id).length}</td><td>${spans(own.get(id).map(({ data }) => data.year))}</td></tr>\n`;
  const latest = years[0][1][0].data;
  const main = `<h1>${site.section}</h1>
<p class="lede">${site.about}</p>
<section class="latest" aria-labelledby="latest">
<h2 id="latest">本栏目最近一份</h2>
<p class="latest-title"><a href="${latest.year}/${latest.organ}/index.html">${escape(latest.title)}</a></p>
<p class="note">${organs[latest.organ].name}　${day(latest.date)}发布</p>
${numbers(latest)}
</section>
<section aria-labelledby="by-year">
<h2 id="by-year">历年报告</h2>
<ol class="years">
${years.map(year).join("\n")}
</ol>
</section>
<section aria-labelledby="by-organ">
<h2 id="by-organ">按机关查看</h2>
<div class="scroll" role="region" aria-label="各机关的报告" tabindex="0">
<table class="sortable list">
<caption class="sr">各机关的报告</caption>
<thead><tr><th scope="col" data-kind="text">机关</th><th scope="col" data-kind="text">层级</th><th scope="col" data-kind="number" class="num">份数</th><th scope="col" data-kind="text">年度</th></tr></thead>
<tbody>
${Object.entries(organs).filter(([id]) => own.has(id)).map(organ).join("")}</tbody>
</table>
</div>
</section>
<section aria-labelledby="data">
<h2 id="data">数据下载</h2>
<ul class="downloads">
<li><a href="data/reports.csv">全部统计数据（CSV）</a><span class="note">每份报告的每一个单元格</span></li>
</ul>
</section>
<section aria-labelledby="what">
<h2 id="what">什么是年度报告</h2>
<p class="lede">行政机关每年公布上一年的政府信息公开工作年度报告，说明主动公开了哪些政府信息、收到和怎样办理公开申请、因此发生的行政复议和行政诉讼、存在的主要问题及改进情况，以及其他需要报告的事项。部门的报告在1月31日前公布，本级政府的报告在3月31日前公布。</p>
<p class="note">《中华人民共和国政府信息公开条例》第四十九条、第五十条</p>
</section>`;
  return chrome({ path: "/", kind: "home", title: `${site.section}-${site.portal}`, main, crumbs: [[site.section]] });
}
