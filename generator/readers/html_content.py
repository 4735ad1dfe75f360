"""Finds the report on a web page among what a portal shows around it, and the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"\s+")
# selectors of the element that holds a page's text on common portals (大汉, TRS, 开普, UCAP …)
_CONTENT = (
    "#zoom .TRS_Editor .trs_editor_view .UCAPCONTENT #UCAP-CONTENT .article-content #article-content .article_content "
    "#articleContent .bt_content #content .content .xxgk_content .wenzhang .view_content .zwgk_content #mainText "
    ".mainText .con_txt .newsContent #newsContent .pages_content .detail-content article"
).split()
# selectors of what surrounds the text, for pages that have none of those
_AROUND = (
    "body > header, .header, #header, .footer, #footer, .nav, #nav, .menu, .breadcrumb, .crumbs, .position, .location, "
    ".share, .bdsharebuttonbox, .bshare-custom, .sidebar, .friendlink, .skip"
)
# what a report page that nianbao built shows beside the report itself
_NOT_REPORT = "header, details.data, table.parts, .hint, .legend, .toc, sup.correction"


def take_margins(tree: LexborHTMLParser) -> list[str]:
    """Take off the page head and foot that LibreOffice writes into a page; returns their text."""
    nodes = tree.css('body > div[title="header"], body > div[title="footer"]')[:20]
    texts = [_SPACE.sub(" ", node.text()).strip() for node in nodes]
    for node in nodes:
        node.decompose()
    return texts


def properties_of(tree: LexborHTMLParser) -> dict[str, str]:
    """Collect the page's metadata: its title and the meta elements that 《政府网站发展指引》 prescribes."""
    properties: dict[str, str] = {}
    title = tree.css_first("title")
    if title is not None:
        properties["title"] = _SPACE.sub(" ", title.text()).strip()[:300]
    for meta in tree.css("meta[name]")[:100]:
        name, content = str(meta.attributes.get("name") or ""), str(meta.attributes.get("content") or "")
        if name and content.strip():
            properties.setdefault(name[:60], _SPACE.sub(" ", content).strip()[:300])
    # the dl.meta of pages that nianbao built, and the like
    for term in tree.css("dl.meta dt")[:40]:
        value = term.next
        if value is not None and value.tag == "dd":
            properties.setdefault(term.text().strip()[:60], _SPACE.sub(" ", value.text()).strip()[:300])
    return properties


def report_of(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """Find the element that holds the report, and take away what stands beside it."""
    return _built_report(tree) or _content(body, tree)


def _built_report(tree: LexborHTMLParser) -> LexborNode | None:
    """Find the report on a page that nianbao built, without what stands beside it; None on other pages."""
    article = tree.css_first("body.page-report article")
    if article is not None:
        for node in article.css(_NOT_REPORT):
            node.decompose()
    return article


def _content(body: LexborNode, tree: LexborHTMLParser) -> LexborNode:
    """Find the element that holds the report.

    A portal's usual container where it has all tables of figures; else the body without what surrounds a text, narrowed
    down as long as one child has nearly all the words.
    """
    tables = figure_tables(body)
    best: LexborNode | None = None
    for selector in _CONTENT:
        for node in tree.css(selector)[:20]:
            words = len(node.text())
            enough = words > 1500 and figure_tables(node) == tables
            if enough and (best is None or words < len(best.text())):
                best = node
    if best is not None:
        return best
    for node in tree.css(_AROUND)[:200]:
        if not node.css_matches("table") and len(node.text()) < 1500:
            node.decompose()
    return _narrowed(body)


def figure_tables(node: LexborNode) -> int:
    """Count the tables inside an element that have labels and figures, as a calendar or a page's frame does not."""
    count = 0
    for table in node.css("table")[:500]:
        if len(table.css("table")) > 1:  # it arranges the page
            continue
        texts = [cell.text().strip() for cell in table.css("td, th")[:1000]]
        figures = sum(text.isdecimal() for text in texts)
        labels = sum(1 < len(text) < 100 and not text.isascii() for text in texts)
        count += figures > 2 and labels > 2
    return count


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements and texts directly inside an element."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _narrowed(node: LexborNode) -> LexborNode:
    for _ in range(30):
        words = len(node.text())
        inner = [
            child for child in children(node) if child.tag in ("div", "main", "section", "article", "form", "center")
        ]
        most = max(inner, key=lambda child: len(child.text()), default=None)
        if most is None or len(most.text()) * 100 < words * 97 or figure_tables(most) < figure_tables(node):
            return node
        node = most
    return node
