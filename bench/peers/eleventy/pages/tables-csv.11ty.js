import { csvRows } from "../lib/figures.js";

export const data = {
  pagination: { data: "collections.report", size: 1, alias: "report" },
  permalink: ({ report }) => `/${report.data.year}/${report.data.organ}/tables.csv`,
};

export const render = ({ report: { data } }) => `\ufeff表,行,列,数值,原表文字,单位\n${csvRows(data)}`;
