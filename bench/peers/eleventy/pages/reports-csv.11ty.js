import { organs } from "../lib/data.js";
import { csvRows } from "../lib/figures.js";

export const data = { permalink: "/data/reports.csv" };

export function render({ collections: { report } }) {
  const rows = report.map(({ data }) => {
    const lead = `${data.year},${data.organ},${organs[data.organ].name},${data.form},`;
    return csvRows(data).replace(/^(?=.)/gm, lead);
  });
  return `year,organ,organ_name,format,table,row,column,value,text,unit\n${rows.join("")}`;
}
