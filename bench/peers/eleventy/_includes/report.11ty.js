import { chrome } from "../lib/chrome.js";
import { day, escape, forms, organs, site } from "../lib/data.js";
import { flatTable, series, statutoryTable } from "../lib/figures.js";
import { neighbours } from "../lib/listing.js";
import { sections } from "../lib/prose.js";

const scroll = (label, wide, html) => `<div class="scroll${wide ? " wide" : ""}" role="region" aria-label="${label}" tabindex="0">\n${html}\n</div>`;

const table = (data, t) => `<p class="hint" aria-hidden="true">表格较宽，可左右滑动查看</p>
${scroll(`${t.caption}（法定表）`, true, statutoryTable(data, t))}
<details class="data">
<summary>数据视图（可排序）</summary>
${scroll(`${t.caption}（数据视图）`, false, flatTable(data, t))}
</details>`;

function section(data, form, { title, html }, at) {
  const wanted = form.sections[at]?.table;
  const own = form.tables.filter((t) => t.id === wanted);
  return `<section class="text" aria-labelledby="s${at + 1}">\n<h2 id="s${at + 1}">${title}</h2>\n${html}\n${own.map((t) => table(data, t)).join("\n")}\n</section>\n`;
}

function contents(parts) {
  const subs = ({ html }) => [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => `<li>${title}</li>`).join("");
  return `<ol>\n${parts.map((part, at) => `<li><a href="#s${at + 1}">${part.title}</a>${subs(part) ? `<ol>${subs(part)}</ol>` : ""}</li>`).join("\n")}\n<li><a href="#about">数据、说明与下载</a></li>\n</ol>`;
}

const indicators = (list) => `<details class="data">
<summary>正文中的指标（${list.length}项）</summary>
${scroll("正文中的指标", false, `<table class="sortable list">
<caption>正文中的指标</caption>
<thead><tr><th scope="col" data-kind="text">指标</th><th scope="col" data-kind="number" class="num">数值</th><th scope="col" data-kind="text">单位</th><th scope="col" data-kind="text">所在部分</th></tr></thead>
<tbody>
${list.map((i) => `<tr><th scope="row">${i.name}</th><td class="num" data-v="${i.value}">${i.value}</td><td>${i.unit}</td><td>${i.section}</td></tr>\n`).join("")}</tbody>
</table>`)}
</details>`;

const glossaries = new Map();
function glossary(form) {
  if (!glossaries.has(form)) {
    const terms = form.glossary.map((t) => `<div><dt>${t.term}</dt><dd>${t.text}${t.article ? `<span class="note">（${t.article}）</span>` : ""}</dd></div>\n`);
    glossaries.set(form, `<details class="data">\n<summary>名词解释</summary>\n<dl class="glossary">\n${terms.join("")}</dl>\n</details>`);
  }
  return glossaries.get(form);
}

const flaws = (list) => `<h3>原表如此</h3>
<p class="note">下列各处照原报告登载，未作改动。</p>
<ul class="flaws">
${list.map((f) => `<li>${f.reason}：${f.where}</li>\n`).join("")}</ul>`;

export function render(data) {
  const form = forms[data.form], organ = organs[data.organ], date = day(data.date);
  const url = `${site.url}${data.year}/${data.organ}/`;
  const { preface, sections: parts } = sections(data.content);
  const { before, after } = neighbours(data.collections.report, data);
  const turn = (entry, rel, label) => (entry ? `<a rel="${rel}" href="../../${entry.data.year}/${data.organ}/index.html">${label}</a>\n` : "");
  const main = `<article>
<header class="head">
<h1>${escape(data.title)}</h1>
<dl class="meta">
<div><dt>标题</dt><dd>${escape(data.title)}</dd></div>
<div><dt>发文日期</dt><dd>${date}</dd></div>
<div><dt>发布机构</dt><dd>${escape(data.publisher)}</dd></div>
</dl>
<dl class="numbers">
${series(data).filter((s) => s.text).map((s) => `<div><dt>${s.name}</dt><dd>${s.text}<span>件</span></dd></div>\n`).join("")}</dl>
</header>
<nav class="toc" aria-labelledby="toc">
<h2 id="toc">目录</h2>
${contents(parts)}
</nav>
<div class="text preface">${preface}</div>
${parts.map((part, at) => section(data, form, part, at)).join("")}</article>
<section class="after" aria-labelledby="about">
<h2 id="about">数据、说明与下载</h2>
<h3 class="screen">下载</h3>
<ul class="downloads">
<li><a href="tables.csv" download>统计数据（CSV）</a></li>
<li><a href="report.json" download>全文数据（JSON）</a></li>
</ul>
${data.indicators.length ? indicators(data.indicators) : ""}
${glossary(form)}
${data.flaws ? flaws(data.flaws) : ""}
<h3>引用</h3>
<p class="cite">${organ.name}：《${escape(data.title)}》，${date}，${url}</p>
<nav class="turn" aria-label="相邻年度的报告">
${turn(before, "prev", `← ${before?.data.year}年`)}<a href="../../organs/${data.organ}/index.html">${organ.name}历年报告</a>
${turn(after, "next", `${after?.data.year}年 →`)}</nav>
</section>`;
  return chrome({
    path: `/${data.year}/${data.organ}/`, kind: "report", title: `${data.title}-${site.section}-${site.portal}`, main,
    description: `${organ.name}${data.year}年政府信息公开工作年度报告：全文、法定统计表与数据下载。`,
    metas: [["ArticleTitle", data.title], ["PubDate", `${date} 00:00`], ["ContentSource", data.publisher], ["Url", url]],
    crumbs: [[site.section, "../../index.html"], [`${data.year}年`, "../index.html"], [organ.name]],
  });
}
