import { chrome } from "../lib/chrome.js";
import { site } from "../lib/data.js";

export const data = { permalink: "/404.html" };
export const render = () =>
  chrome({ path: "/", kind: "error", title: `页面不存在-${site.section}-${site.portal}`, main: `<h1>页面不存在</h1>\n<p>您要找的页面不在本栏目，可能是网址有误。</p>\n<p><a href="index.html">回到${site.section}</a></p>` });
