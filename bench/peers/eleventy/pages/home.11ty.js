import { chrome } from "../lib/chrome.js";
import { day, escape, organs, site } from "../lib/data.js";
import { ofOrgans, ofYears } from "../lib/listing.js";

export const data = { permalink: "/index.html" };

export function render({ collections }) {
  const years = [...ofYears(collections.report)].sort(([a], [b]) => b - a);
  const year = ([number, items]) => `<li>
<p class="year"><a href="${number}/index.html">${number}<span>年</span></a></p>
<div>
${items.filter(({ data }) => !organs[data.organ].parent).map(({ data }) => `<p><a href="${number}/${data.organ}/index.html">${escape(data.title)}</a></p>\n`).join("")}<p class="note">本栏目${items.length}份</p>
</div>
</li>`;
  const own = ofOrgans(collections.report);
  const organ = ([id, o]) => `<tr><th scope="row"><a href="organs/${id}/index.html">${o.name}</a></th><td>${o.level}</td><td class="num">${own.get(id).length}</td><td>${own.get(id).map(({ data }) => data.year).join("、")}</td></tr>\n`;
  const latest = years[0][1][0].data;
  const main = `<h1>${site.section}</h1>
<p class="lede">${site.about}</p>
<section class="latest" aria-labelledby="latest">
<h2 id="latest">本栏目最近一份</h2>
<p class="latest-title"><a href="${latest.year}/${latest.organ}/index.html">${escape(latest.title)}</a></p>
<p class="note">${organs[latest.organ].name}　${latest.year}年度　发布于${day(latest.date)}</p>
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
<caption>各机关的报告</caption>
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
</section>`;
  return chrome({ path: "/", kind: "home", title: `${site.section}-${site.portal}`, main, crumbs: [[site.section]] });
}
