import { chrome } from "../lib/chrome.js";
import { day, escape, forms, organs, site } from "../lib/data.js";
import { composition } from "../lib/charts.js";
import { flatTable, statutoryTable } from "../lib/figures.js";
import { neighbours, numbers } from "../lib/listing.js";
import { sections } from "../lib/prose.js";

const scroll = (label, kind, html) => `<div class="scroll${kind}" role="region" aria-label="${label}" tabindex="0">\n${html}\n</div>`;

function legend(data, t) {
  const blanks = Object.values(data.figures[t.key]).flat().filter((value) => value === "").length;
  return blanks ? `<p class="legend"><span class="swatch" aria-hidden="true"></span>斜纹格在原表中是空白（${blanks}格），不等于0。</p>\n` : "";
}

const table = (data, t, title) => `<p class="hint ${t.id}" aria-hidden="true">表格较宽，可左右滑动查看</p>
${scroll(`${t.caption}（法定表）`, title.includes(t.caption) ? " wide titled" : " wide", statutoryTable(data, t))}
${legend(data, t)}${composition(data, t)}
<details class="data">
<summary>数据视图（可排序）</summary>
${scroll(`${t.caption}（数据视图）`, "", flatTable(data, t))}
</details>`;

function section(data, form, { title, html }, at) {
  const wanted = form.sections[at]?.table;
  const own = form.tables.filter((t) => t.id === wanted);
  let number = 0;
  const linked = html.replace(/<h3>/g, () => `<h3 id="s${at + 1}-${++number}">`);
  return `<section class="text" aria-labelledby="s${at + 1}">\n<h2 id="s${at + 1}">${title}</h2>\n${linked}\n${own.map((t) => table(data, t, title)).join("\n")}\n</section>\n`;
}

function contents(parts) {
  const subs = ({ html }, at) => [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title], n) => `<li><a href="#s${at + 1}-${n + 1}">${title}</a></li>`).join("");
  const part = (own, at) => `<li><a href="#s${at + 1}">${own.title}</a>${subs(own, at) ? `<ol>${subs(own, at)}</ol>` : ""}</li>`;
  return `<ol>\n${parts.map(part).join("\n")}\n<li><a href="#about">下载与说明</a></li>\n</ol>`;
}

const indicators = (list) => `<details class="data">
<summary>正文中的指标（${list.length}项）</summary>
${scroll("正文中的指标", "", `<table class="sortable list">
<caption>正文中的指标</caption>
<thead><tr><th scope="col" data-kind="text">指标</th><th scope="col" data-kind="number" class="num">数值</th><th scope="col" data-kind="text">单位</th><th scope="col" data-kind="text">所在部分</th></tr></thead>
<tbody>
${list.map((i) => `<tr><th scope="row">${i.name}</th><td class="num" data-v="${i.value}">${i.value}</td><td>${i.unit}</td><td>${i.section}</td></tr>\n`).join("")}</tbody>
</table>`)}
</details>`;

const glossaries = new Map();
function glossary(form) {
  if (!glossaries.has(form)) {
    const back = (t) => (t.back ? `<dd class="back"><a href="#${t.back}">回到表中<span class="sr"> ${t.term}</span></a></dd>` : "");
    const terms = form.glossary.map((t) => `<div id="${t.id}"><dt>${t.term}${t.article ? `<span class="article">${t.article}</span>` : ""}</dt><dd>${t.text}</dd>${back(t)}</div>\n`);
    glossaries.set(form, `<section class="terms" aria-labelledby="terms">\n<h3 id="terms">名词解释</h3>\n<dl class="glossary">\n${terms.join("")}</dl>\n</section>`);
  }
  return glossaries.get(form);
}

const flaws = (list) => `<h3>原报告如此</h3>
<p class="note">下列各处照原报告登载，未作改动。</p>
<ul class="flaws">
${list.map((f) => `<li>${f.reason}<ul>${f.places.map((place) => `<li>${place}</li>`).join("")}</ul></li>\n`).join("")}</ul>`;

export function render(data) {
  const form = forms[data.form], organ = organs[data.organ], date = day(data.date);
  const url = `${site.url}${data.year}/${data.organ}/`;
  const { preface, sections: parts } = sections(data.content);
  const { before, after } = neighbours(data.collections.report, data);
  const turn = (entry, rel, way) => (entry ? `<a rel="${rel}" href="../../${entry.data.year}/${data.organ}/index.html"><span class="way">${way}</span>${entry.data.year}年</a>\n` : "");
  const main = `<article>
<header class="head">
<h1>${escape(data.title)}</h1>
<dl class="meta">
<div><dt>标题</dt><dd>${escape(data.title)}</dd></div>
<div><dt>发文日期</dt><dd>${date}</dd></div>
<div><dt>发布机构</dt><dd>${escape(data.publisher)}</dd></div>
</dl>
${numbers(data)}
</header>
<nav class="toc" aria-labelledby="toc">
<h2 id="toc">目录</h2>
${contents(parts)}
</nav>
<div class="text preface">${preface}</div>
${parts.map((part, at) => section(data, form, part, at)).join("")}</article>
<section class="after" aria-labelledby="about">
<h2 id="about">下载与说明</h2>
<ul class="downloads">
<li><a href="tables.csv" download>统计数据（CSV）</a></li>
<li><a href="report.json" download>全文数据（JSON）</a></li>
</ul>
${data.indicators.length ? indicators(data.indicators) : ""}
${data.flaws ? flaws(data.flaws) : ""}
<h3>引用</h3>
<p class="cite">${organ.name}：《${escape(data.title)}》，${date}，<span class="url">${url}</span></p>
${glossary(form)}
<nav class="turn" aria-label="相邻年度的报告">
${turn(before, "prev", "较早")}<a class="all" href="../../organs/${data.organ}/index.html"><span class="way">全部年度</span>${organ.name}</a>
${turn(after, "next", "较晚")}</nav>
</section>`;
  return chrome({
    path: `/${data.year}/${data.organ}/`, kind: "report", title: `${data.title}-${site.section}-${site.portal}`, main,
    description: `${organ.name}${data.year}年政府信息公开工作年度报告：全文、法定统计表与数据下载。`,
    metas: [["ArticleTitle", data.title], ["PubDate", `${date} 00:00`], ["ContentSource", data.publisher], ["Url", url]],
    crumbs: [[site.section, "../../index.html"], [`${data.year}年`, "../index.html"], [organ.name]],
  });
}
