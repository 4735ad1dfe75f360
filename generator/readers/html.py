"""Reads saved web pages: finds the report among a portal's furniture and expands its tables to full rectangles.

The tree is walked with an explicit stack, so nesting costs no recursion; spans and depths are bounded.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.finding import Finding, Message
from generator.readers.document import (
    Block,
    BlockPlace,
    Document,
    DocumentTable,
    Limits,
    Paragraph,
    Picture,
    Piece,
    Unreadable,
)
from generator.readers.encoding import damage, decode
from generator.readers.notes import note
from generator.readers.pictures import clean
from generator.readers.rectangle import SpannedCell, rectangle

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def _words(text: str) -> list[str]:
    return text.split()


# elements that are never read: code, media, controls, and what stands around a text
_DROPPED = frozenset(
    _words(
        "script style noscript template iframe object embed applet svg math canvas audio video "
        "select option textarea button input head title link meta base nav footer aside dialog"
    )
)
# elements that begin a paragraph of their own
_BLOCKS = frozenset(
    _words(
        "address article blockquote body center dd details div dl dt fieldset figcaption figure form "
        "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary ul "
        "table caption thead tbody tfoot tr td th"
    )
)
# elements that need no end tag, so that an open one does not mean one more level
_UNCLOSED = frozenset(
    _words(
        "p li dt dd td th tr tbody thead tfoot option optgroup colgroup html head body "
        "br img hr input meta link col area base wbr source track param embed"
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")  # lexbor compares each attribute with all before it
# selectors of the element that holds a page's text on common portals (大汉, TRS, 开普, UCAP …)
_CONTENT = _words(
    "#zoom .TRS_Editor .trs_editor_view .UCAPCONTENT #UCAP-CONTENT .article-content #article-content .article_content "
    "#articleContent .bt_content #content .content .xxgk_content .wenzhang .view_content .zwgk_content #mainText "
    ".mainText .con_txt .newsContent #newsContent .pages_content .detail-content article"
)
# selectors of what surrounds the text, for pages that have none of those
_AROUND = (
    "body > header, .header, #header, .footer, #footer, .nav, #nav, .menu, .breadcrumb, .crumbs, .position, .location, "
    ".share, .bdsharebuttonbox, .bshare-custom, .sidebar, .friendlink, .skip"
)
# what a report page that nianbao built shows beside the report itself
_NOT_REPORT = "header, details.data, table.parts, .hint, .legend, .toc, .lost-picture"
_DATA_URI = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_DEEP = Message("网页嵌套太深或标签太长，未读取", "the page is nested too deeply or has an overlong tag; not read")
_MANY = Message("网页的表格太大，未读取", "the tables of the page are too large; not read")
_LARGE = Message(
    "网页文字超过 600000 字，不像一份报告；未读取",
    "the page has more than 600,000 characters, too many for one report; not read",
)
MAX_CHARACTERS = 600_000
FindSaved = Callable[[str], bytes | None]  # an address in the page → the file saved with it
_MAX_SPAN = 1000


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read the report on a page; raise Unreadable for what is not text, nested too deeply or too large."""
    return page(text_of(data), file, limits)


def text_of(data: bytes, charset: str = "") -> str:
    """Decode a page; `charset` is what its container declares. Raises Unreadable for what is not text."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, charset or (declared[1].decode("ascii") if declared else ""))


def page(text: str, file: str, limits: Limits, find_saved: FindSaved = lambda source: None) -> Document:
    """Read the report on a decoded page; `find_saved` gives the bytes of a file saved with it, by its address."""
    if _depth(text) > 2 * limits.depth or any(len(tag[0].split()) > 2000 for tag in _LONG_TAG.finditer(text)):
        raise Unreadable(_DEEP)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return Document(file, "html", ())
    walk = _Walk(file, limits, _properties(tree), find_saved, findings=damage(text, file))
    walk.node(_built_report(tree) or _content(tree.body, tree))
    blocks = walk.finish()
    return Document(file, "html", blocks, tuple(walk.pictures), walk.properties, findings=tuple(walk.findings))


def _depth(text: str) -> int:
    """Bound the nesting of elements without a parser, for lexbor's time grows with the square of it."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for match in _TAG.finditer(text):
        tag = match[2].lower()
        if tag in _UNCLOSED:
            continue
        if not match[1]:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
    return deepest


def _properties(tree: LexborHTMLParser) -> dict[str, str]:
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


def _built_report(tree: LexborHTMLParser) -> LexborNode | None:
    """Find the report on a page that nianbao built, without what stands beside it; None on other pages."""
    article = tree.css_first("body.page-report article")
    if article is not None:
        for node in article.css(_NOT_REPORT):
            node.decompose()
    return article


def _content(body: LexborNode, tree: LexborHTMLParser) -> LexborNode:
    """Find the element that holds the report.

    A portal's usual container where it has most of the tables; else the body without what surrounds a text, narrowed
    down as long as one child has nearly all the words.
    """
    tables = len(tree.css("table"))
    best: LexborNode | None = None
    for selector in _CONTENT:
        for node in tree.css(selector)[:20]:
            words = len(node.text())
            enough = words > 1500 and len(node.css("table")) * 2 >= tables
            if enough and (best is None or words < len(best.text())):
                best = node
    if best is not None:
        return best
    for node in tree.css(_AROUND)[:200]:
        if not node.css_matches("table") and len(node.text()) < 1500:
            node.decompose()
    return _narrowed(body)


def _narrowed(node: LexborNode) -> LexborNode:
    for _ in range(30):
        words = len(node.text())
        inner = [
            child for child in _children(node) if child.tag in ("div", "main", "section", "article", "form", "center")
        ]
        most = max(inner, key=lambda child: len(child.text()), default=None)
        if most is None or len(most.text()) * 100 < words * 97:
            return node
        node = most
    return node


class _Anchor(NamedTuple):
    text: str
    rowspan: int
    colspan: int


@dataclass
class _Frame:
    """Tracks an element being walked: its next child, and the formatting of its text."""

    node: LexborNode
    child: LexborNode | None
    bold: bool
    link: str
    block: bool


@dataclass
class _Walk:
    """Collects blocks, pictures and findings while it walks a page."""

    file: str
    limits: Limits
    properties: dict[str, str]
    find_saved: FindSaved
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    hidden: int = 0
    level: int = 0
    bullet: str = ""
    tables: int = 0
    cells: int = 0
    characters: int = 0
    lost: int = 0

    def finish(self) -> tuple[Block, ...]:
        self.flush()
        if self.hidden:
            self.findings.append(
                note(
                    "IMP-HIDDEN",
                    self.file,
                    f"网页中有{self.hidden}处隐藏的文字，没有读取",
                    f"{self.hidden} hidden passages of the page were not read",
                )
            )
        if self.lost:
            self.findings.append(
                note(
                    "IMP-PICTURE",
                    self.file,
                    f"网页引用的{self.lost}幅图片不在文件里，正文中记作遗失",
                    f"{self.lost} pictures are not in the file; the narrative records them as lost",
                )
            )
        return tuple(self.blocks)

    # the tree ----------------------------------------------------------------------------------------------

    def node(self, root: LexborNode) -> None:
        """Walk the inside of an element without recursion; raise Unreadable when it is nested too deeply."""
        stack = [_Frame(root, root.child, False, "", True)]
        while stack:
            frame = stack[-1]
            node = frame.child
            if node is None:
                stack.pop()
                if frame.block:
                    self.flush()
                continue
            frame.child = node.next
            self._enter(node, frame, stack)
            if len(stack) > self.limits.depth:
                raise Unreadable(_DEEP)

    def _enter(self, node: LexborNode, frame: _Frame, stack: list[_Frame]) -> None:
        tag = str(node.tag)
        if tag == "-text":
            self._text(str(node.text_content or ""), frame)
        elif tag in _DROPPED or tag.startswith(("-", "!")):
            return
        elif _is_hidden(node):
            self.hidden += bool(node.text().strip())
        elif tag == "br":
            self.flush(keep=True)
        elif tag == "img":
            self._picture(node)
        elif tag == "table":
            self._table(node, stack)
        else:
            block = tag in _BLOCKS
            if block:
                self.flush()
                self._open(tag, node)
            style = str(node.attributes.get("style") or "")
            bold = frame.bold or tag in ("b", "strong") or bool(_BOLD.search(style))
            link = _address(node) if tag == "a" else frame.link
            stack.append(_Frame(node, node.child, bold, link, block))

    def _open(self, tag: str, node: LexborNode) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        elif tag == "li":
            parent = node.parent
            self.bullet = "1." if parent is not None and parent.tag == "ol" else "-"

    def _text(self, text: str, frame: _Frame) -> None:
        text = _SPACE.sub(" ", text)
        if text.strip() or self.pieces:
            self.characters += len(text)
            if self.characters > MAX_CHARACTERS:
                raise Unreadable(_LARGE)
            self.pieces.append(Piece(text, frame.bold, frame.link))

    def flush(self, keep: bool = False) -> None:
        """End the current paragraph; `keep` its level and bullet at a line break, where the heading or item goes on."""
        pieces = self.pieces
        while pieces and not pieces[-1].picture and not pieces[-1].text.strip():
            pieces.pop()
        if pieces:
            pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
            self.blocks.append(Paragraph(tuple(pieces), BlockPlace(line=len(self.blocks) + 1), self.level, self.bullet))
        self.pieces = []
        if not keep or pieces:
            self.bullet = ""
        if not keep:
            self.level = 0

    # pictures ----------------------------------------------------------------------------------------------

    def _picture(self, node: LexborNode) -> None:
        source = str(node.attributes.get("src") or "")
        alt = _SPACE.sub(" ", str(node.attributes.get("alt") or "")).strip()[:200]
        if not source and not alt:
            return
        data = _embedded(source) or self.find_saved(source)
        kept = clean(data) if data and len(self.pictures) < self.limits.pictures else None
        if kept is None:
            self.lost += 1
            self.pieces.append(Piece(alt, picture=f"lost-{self.lost}"))
            return
        name = f"picture-{len(self.pictures) + 1}{kept.suffix}"
        self.pictures.append(Picture(name, kept.data, alt))
        self.pieces.append(Piece(alt, picture=name))

    # tables ------------------------------------------------------------------------------------------------

    def _table(self, table: LexborNode, stack: list[_Frame]) -> None:
        """Turn a table into a DocumentTable; walk into one that only arranges the page."""
        self.flush()
        if _arranges(table):
            stack.append(_Frame(table, table.child, False, "", True))
            return
        caption = table.css_first("caption")
        rows = [_cells_of(row) for row in _rows_of(table)]
        grid = rectangle(self._slots([row for row in rows if row]), self.limits)
        if grid:
            self.tables += 1
            text = _SPACE.sub(" ", caption.text()).strip() if caption is not None else ""
            self.blocks.append(DocumentTable(grid, BlockPlace(table=self.tables), text[:200]))

    def _slots(self, rows: list[list[_Anchor]]) -> list[SpannedCell]:
        """Place each cell, given those that reach down from above, by the algorithm of HTML's table model."""
        slots: list[SpannedCell] = []
        reach: dict[int, int] = {}  # column → first row that is free again
        for r, row in enumerate(rows):
            at = 0
            for cell in row:
                while reach.get(at, 0) > r:
                    at += 1
                tall = min(cell.rowspan, len(rows) - r)
                self.cells += tall * cell.colspan
                if self.cells > self.limits.cells:
                    raise Unreadable(_MANY)
                slots.append(SpannedCell(cell.text, r, at, tall, cell.colspan))
                for column in range(at, at + cell.colspan):
                    reach[column] = max(reach.get(column, 0), r + tall)
                at += cell.colspan
        return slots + _holes(slots, len(rows))


def _holes(slots: list[SpannedCell], height: int) -> list[SpannedCell]:
    """Fill short rows at their end and mark all their cells uncertain, for any of them may be the missing one."""
    ends = [0] * height
    for slot in slots:
        for row in range(slot.row, slot.row + slot.rowspan):
            ends[row] = max(ends[row], slot.column + slot.colspan)
    width = max(ends, default=0)
    for slot in slots:
        slot.uncertain = ends[slot.row] < width
    return [SpannedCell("", row, end, 1, width - end, True) for row, end in enumerate(ends) if 0 < end < width]


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(str(attributes.get("style") or "")))


def _address(node: LexborNode) -> str:
    address = str(node.attributes.get("href") or "").strip()
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""


def _arranges(table: LexborNode) -> bool:
    """Tell a layout table: one that contains other tables or long text, or has a single cell only."""
    if len(table.css("table")) > 1:
        return True
    cells = table.css("td, th")
    if len(cells) < 2:
        return True
    return any(len(cell.text()) > 600 for cell in cells[:200])


def _rows_of(table: LexborNode) -> Iterator[LexborNode]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in _children(child) if row.tag == "tr")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _cells_of(row: LexborNode) -> list[_Anchor]:
    if _is_hidden(row):
        return []
    cells = (cell for cell in _children(row) if cell.tag in ("td", "th") and not _is_hidden(cell))
    return [_Anchor(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in cells]


def _cell_text(cell: LexborNode) -> str:
    """Return a cell's text; line breaks inside it fit the paper and are no content."""
    for node in cell.css("script, style, template"):
        node.decompose()
    return _SPACE.sub(" ", cell.text()).strip()[:5000]


def _span(cell: LexborNode, name: str) -> int:
    text = str(cell.attributes.get(name) or "").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _embedded(source: str) -> bytes | None:
    match = _DATA_URI.match(source)
    if not match or len(source) > 20_000_000:
        return None
    try:
        return base64.b64decode(source[match.end() :], validate=False)
    except (binascii.Error, ValueError):
        return None
