// What is drawn from figures: how requests were dealt with, and how the figures of an organ went through the years.
import { series } from "./figures.js";

// One decimal, halves to even where a number lies exactly between two (JavaScript alone rounds them up).
function one(number) {
  const between = Number.isInteger(number * 4) && (number * 4) % 2;
  const below = number * 10 - 0.5;
  return (between ? (below + (below % 2)) / 10 : number).toFixed(1);
}

// A rate is printed with one decimal, halves up.
const rate = (count, total) => (Math.floor((2000 * count + total) / (2 * total)) / 10).toFixed(1);

/** Nothing where a cell is blank, the parts do not make up the total, or only one part has any. */
export function composition(data, table) {
  if (!table.composition) return "";
  const figures = data.figures[table.key];
  const sum = (cells) => cells.reduce((all, [row, cell]) => (Number.isInteger(figures[row][cell]) ? all + figures[row][cell] : NaN), 0);
  const counts = table.composition.parts.map((part) => sum(part.cells));
  const total = sum(table.composition.total), top = Math.max(...counts);
  if (counts.reduce((a, b) => a + b, 0) !== total || counts.filter((count) => count > 0).length < 2) return "";
  const row = ({ label }, at) => `<tr><th scope="row">${label}</th><td><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${one((counts[at] / top) * 100)}" height="10"/></svg></td><td class="num">${counts[at]}</td><td class="num">${total >= 30 ? `${rate(counts[at], total)}%` : "–"}</td></tr>\n`;
  return `<table class="parts">
<caption>办理结果构成<span class="note">据上表“总计”列计算</span></caption>
<thead><tr><th scope="col">办理结果</th><td></td><th scope="col" class="num">件数</th><th scope="col" class="num">占比</th></tr></thead>
<tbody>
${table.composition.parts.map(row).join("")}</tbody>
</table>`;
}

const WIDTH = 320, BASE = 146, ROOM = 116;

function chart({ name, texts, top }, years, number) {
  const slot = WIDTH / years.length, width = Math.min(34, slot * 0.62);
  const bar = (text, at) => {
    const middle = (at + 0.5) * slot, height = Math.max(0, (Number(text) / top) * ROOM);
    const rect = height ? `<rect x="${one(middle - width / 2)}" y="${one(BASE - height)}" width="${one(width)}" height="${one(height)}"/>\n` : "";
    const value = text ? `<text class="value" x="${one(middle)}" y="${one(BASE - 7 - height)}">${text}</text>\n` : "";
    return `${rect}${value}<text class="year" x="${one(middle)}" y="168">${years[at]}</text>\n`;
  };
  return `<figure class="trend">
<figcaption>${name}<span class="note">（件）</span></figcaption>
<svg viewBox="0 0 320 176" role="img" aria-labelledby="trend-${number} said-${number}">
<title id="trend-${number}">${name}，${years[0]}—${years.at(-1)}年</title>
<desc id="said-${number}">${texts.map((text, at) => (text ? `${years[at]}年${text}件` : "")).filter(Boolean).join("，")}。</desc>
${texts.map(bar).join("")}<line class="base" x1="0" x2="320" y1="146" y2="146"/>
</svg>
</figure>`;
}

/** One chart a series over the years of an organ, which follow one another; none where all is zero. */
export function trends(items) {
  const years = items.map(({ data }) => data.year), all = items.map(({ data }) => series(data));
  const drawn = all[0]
    .map(({ name }, at) => ({ name, texts: all.map((own) => own[at].text) }))
    .map((one) => ({ ...one, top: Math.max(...one.texts.map(Number)) }))
    .filter(({ texts, top }) => top > 0 && texts.filter(Boolean).length > 1);
  if (!drawn.length) return "";
  return `<section class="trending" aria-labelledby="trends">
<h2 id="trends">历年变化</h2>
<p class="note">据上表各年报告所载数字绘制。</p>
<div class="trends">
${drawn.map((one, at) => chart(one, years, at + 1)).join("\n")}
</div>
</section>`;
}
