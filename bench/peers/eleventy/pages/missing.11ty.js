import { chrome } from "../lib/chrome.js";
import { site } from "../lib/data.js";

export const data = { permalink: "/404.html" };
const main = `<h1>页面不存在</h1>
<p class="lede">您要找的页面不在本栏目：网址可能有误，或者报告仍在门户的原页面上。</p>
<ul class="downloads">
<li><a href="${site.url}index.html">${site.section}首页</a><span class="note">按年度查找报告</span></li>
<li><a href="${site.url}index.html#by-organ">按机关查看</a><span class="note">各机关的历年报告</span></li>
</ul>`;
export const render = () => chrome({ path: "/", kind: "error", title: `页面不存在-${site.section}-${site.portal}`, main, crumbs: [["页面不存在"]] });
