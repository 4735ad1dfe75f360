import { site } from "../lib/data.js";
import { ofOrgans, ofYears } from "../lib/listing.js";

export const data = { permalink: "/sitemap.xml" };

export function render({ collections: { report } }) {
  const paths = ["", ...[...ofYears(report).keys()].map((y) => `${y}/`), ...[...ofOrgans(report).keys()].map((o) => `organs/${o}/`), ...report.map(({ data }) => `${data.year}/${data.organ}/`)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${paths.map((p) => `<url><loc>${site.url}${p}</loc></url>\n`).join("")}</urlset>\n`;
}
