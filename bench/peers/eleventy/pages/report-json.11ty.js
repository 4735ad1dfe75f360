import { day, forms, organs } from "../lib/data.js";
import { jsonTable } from "../lib/figures.js";
import { sections } from "../lib/prose.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "report" },
  permalink: ({ report }) => `/${report.data.year}/${report.data.organ}/report.json`,
};

export function render({ report: { data, templateContent } }) {
  const parts = sections(templateContent);
  const head = {
    schema: "nianbao.report/1", year: data.year, organ: { id: data.organ, name: organs[data.organ].name }, format: data.form, title: data.title,
    published: day(data.date), publisher: data.publisher, preface: parts.preface, sections: parts.sections,
    indicators: data.indicators.map((i) => ({ name: i.name, value: i.value, text: String(i.value), unit: i.unit, section: i.section, approximate: false })),
  };
  return `${JSON.stringify(head).slice(0, -1)},"tables":[${forms[data.form].tables.map((table) => jsonTable(data, table)).join(",")}]}\n`;
}
