import { escape, site } from "./data.js";

const HEAD = (root) => `<meta name="SiteName" content="${site.portal}">
<meta name="SiteDomain" content="www.example.gov.cn">
<meta name="SiteIDCode" content="1234567890">
<meta name="ColumnName" content="${site.section}">
<meta name="ColumnDescription" content="${site.about}">
<meta name="ColumnKeywords" content="示例,政府信息公开,年度报告">
<meta name="ColumnType" content="信息公开年报">
<link rel="stylesheet" href="${root}assets/nianbao.css">
<script src="${root}assets/early.js"></script>
<script src="${root}assets/nianbao.js" defer></script>`;

const TOP = (root) => `<a class="skip" href="#main">跳到正文</a>
<header class="mast">
<div class="mast-in">
<p class="portal"><a href="http://www.example.gov.cn/">${site.portal}</a></p>
<p class="platform">政府信息公开</p>
<div class="tools" id="tools" hidden></div>
</div>
</header>
<div class="frame">
<nav class="legal" aria-label="政府信息公开栏目">
<ul>
<li><a href="http://www.example.gov.cn/zhinan/">政府信息公开指南</a></li>
<li><a href="http://www.example.gov.cn/zhidu/">政府信息公开制度</a></li>
<li><a href="http://www.example.gov.cn/zhudong/">法定主动公开内容</a></li>
<li><a href="${root}index.html" aria-current="true">${site.section}</a></li>
<li><a href="http://www.example.gov.cn/shenqing/">依申请公开</a></li>
</ul>
</nav>`;

const BOTTOM = `</div>
<footer class="foot">
<div class="foot-in">
<p class="contact"><span>单位：示例市人民政府办公室</span><span>地址：示例路1号</span></p>
<p><span>主办单位：${site.portal}</span><span>网站标识码：1234567890</span><span>ICP备案号：示例ICP备00000000号</span><span>公安备案号：示例公网安备00000000000000号</span></p>
</div>
</footer>
<p class="sr" role="status" id="status"></p>
</body>
</html>
`;

/** A whole page; `path` as in /2021/q0001/, `crumbs` as [label, url] pairs, the last without url. */
export function chrome({ path, kind, title, description = site.about, metas = [], crumbs = [], main }) {
  const root = "../".repeat(path.split("/").length - 2);
  const marks = metas.map(([name, content]) => `<meta name="${name}" content="${escape(content)}">\n`).join("");
  const trail = crumbs.map(([label, url]) => (url ? `<li><a href="${url}">${escape(label)}</a></li>` : `<li><span aria-current="page">${escape(label)}</span></li>`)).join("\n");
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${escape(title)}</title>
<meta name="Description" content="${escape(description)}">
${marks}<link rel="canonical" href="${site.url}${path.slice(1)}">
${HEAD(root)}
</head>
<body class="page-${kind}">
${TOP(root)}
<main id="main" tabindex="-1">
<nav class="crumbs" aria-label="当前位置">
<ol>
<li><a href="http://www.example.gov.cn/">首页</a></li>
<li><a href="http://www.example.gov.cn/gongkai/">政务公开</a></li>
${trail}
</ol>
</nav>
${main}
</main>
${BOTTOM}`;
}
