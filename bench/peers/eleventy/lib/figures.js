// Figures of a report, and the tables drawn from them. A table is drawn once a form; reports only fill it.
import { escape, forms } from "./data.js";

export function figure(data, name) {
  const [table, row, cell] = forms[data.form].names[name];
  return data.figures[table][row][cell];
}

export function bind(data, name) {
  const value = name.startsWith("指标.") ? data.indicators.find((i) => i.name === name.slice(3)).value : figure(data, name);
  return `<span class="fig">${value}</span>`;
}

export const series = (data) =>
  forms[data.form].series.map(({ name, cells }) => {
    const values = cells.map((cell) => figure(data, cell));
    return { name, text: values.every(Number.isInteger) ? String(values.reduce((a, b) => a + b, 0)) : "" };
  });

const MARK = "\0";

function cell(c) {
  const attribute = (name, value) => (value ? ` ${name}="${escape(value)}"` : "");
  const span = (name) => (c[name] > 1 ? ` ${name}="${c[name]}"` : "");
  const open = `<${c.tag}${attribute("id", c.id)}${attribute("headers", c.headers)}${attribute("scope", c.scope)}${span("rowspan")}${span("colspan")}`;
  return c.value ? `${open}${MARK}</${c.tag}>` : `${open}${attribute("class", c.css)}>${c.html}</${c.tag}>`;
}

const rows = (list) => list.map((row) => `<tr>${row.map(cell).join("")}</tr>\n`).join("");

function statutory(table) {
  const head = table.head.length ? `<thead>\n${rows(table.head)}</thead>\n` : "";
  const bodies = table.bodies.map((body) => `<tbody>\n${rows(body)}</tbody>\n`).join("");
  return `<table class="statutory ${table.id}">\n<caption>${table.caption}</caption>\n<colgroup>${table.labels.map((n) => `<col class="c${n}">`).join("")}<col class="v" span="${table.values}"></colgroup>\n${head}${bodies}</table>`;
}

function flat({ caption, flat: { wide, columns, rows: list, units } }) {
  const head = columns.map((c) => `<th scope="col" data-kind="${c.kind}"${c.kind === "number" ? ' class="num"' : ""}>${c.label}</th>`).join("");
  const body = list.map((row) => {
    const labels = row.labels.map((label, at) => (at === row.labels.length - 1 ? `<th scope="row">${escape(label)}</th>` : `<td class="l">${escape(label)}</td>`));
    return `<tr>${labels.join("")}${`<td${MARK}</td>`.repeat(row.cells)}${units ? `<td class="l">${row.unit}</td>` : ""}</tr>\n`;
  });
  return `<table class="sortable flat${wide ? " wide" : ""}">\n<caption>${caption}（数据视图）</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("")}</tbody>\n</table>`;
}

const json = (table) =>
  `{"id":${JSON.stringify(table.id)},"caption":${JSON.stringify(table.caption)},"cells":[` +
  table.cells.map((c) => `{"row":${JSON.stringify(c.row)},"column":${JSON.stringify(c.column)},"value":${MARK}}`).join(",") + "]}";

const csv = (table) => table.cells.map((c) => `${table.key},${c.row.join("/")},${c.column.join("/")},${MARK}\n`).join("");

const drawn = new Map();
function pieces(table, draw) {
  if (!drawn.has(table)) drawn.set(table, new Map());
  const own = drawn.get(table);
  if (!own.has(draw)) own.set(draw, draw(table).split(MARK));
  return own.get(draw);
}

function fill(data, table, draw, print) {
  const parts = pieces(table, draw);
  let out = "", at = 0;
  for (const { key } of table.rows) for (const value of data.figures[table.key][key]) { out += parts[at] + print(value, table.cells[at]); at += 1; }
  return out + parts[at];
}

const amount = (value) => typeof value === "string" && value.endsWith("万元");

function html(value) {
  if (value === "") return ' class="blank">';
  if (value === "/") return ' class="na">/';
  return amount(value) ? ` data-v="${value.slice(0, -2)}0000">${value}` : `>${value}`;
}

function member(value, { unit }) {
  if (value === "") return 'null,"text":"","unit":null';
  if (value === "/") return '"/","text":"/","unit":null';
  return amount(value) ? `${value.slice(0, -2)},"text":"${value}","unit":"万元"` : `${value},"text":"${value}","unit":"${unit}"`;
}

function field(value, { unit }) {
  if (value === "") return ",,";
  if (value === "/") return ",/,";
  return amount(value) ? `${value.slice(0, -2)},${value},万元` : `${value},${value},${unit}`;
}

export const statutoryTable = (data, table) => fill(data, table, statutory, html);
export const flatTable = (data, table) => fill(data, table, flat, html);
export const jsonTable = (data, table) => fill(data, table, json, member);
export const csvRows = (data) => forms[data.form].tables.map((table) => fill(data, table, csv, field)).join("");
