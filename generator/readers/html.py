"""Reads saved web pages: finds the report among a portal's furniture and expands its tables to full rectangles.

The tree is walked with an explicit stack, so nesting costs no recursion; spans and depths are bounded.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.finding import Finding, Message
from generator.readers.cell_text import CellText, cell_text, figure, picture_line, small_beside
from generator.readers.document import (
    Block,
    BlockPlace,
    Document,
    DocumentTable,
    Limits,
    Mark,
    Paragraph,
    Picture,
    Piece,
    Unreadable,
)
from generator.readers.encoding import damage, decode
from generator.readers.html_content import children, properties_of, report_of, take_margins
from generator.readers.html_drawn import DRAWN_TAGS, drawn_text
from generator.readers.html_grid import arranges, placed, sections, span
from generator.readers.html_look import Look
from generator.readers.html_place import Place, Styles, in_quirks, styles_of
from generator.readers.notes import margins_left, note, quoted
from generator.readers.pictures import clean
from generator.readers.rectangle import SpannedCell, rectangle
from generator.readers.text_cleanup import joined_cell

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_OBJECTS = "object, embed, iframe, canvas, video"
_SPACE = re.compile(r"\s+")


def _words(text: str) -> list[str]:
    return text.split()


# elements that are never read: code, media, controls, and what stands around a text
_DROPPED = frozenset(
    _words(
        "script style noscript noframes noembed template iframe object embed applet svg math canvas audio video "
        "select option textarea button input head title link meta base nav footer aside dialog rp"
    )
)
# elements that begin a paragraph of their own
_BLOCKS = frozenset(
    _words(
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary ul "
        "table caption thead tbody tfoot tr td th marquee"
    )
)
# elements that need no end tag, so that an open one does not mean one more level
_UNCLOSED = frozenset(
    _words(
        "p li dt dd td th tr tbody thead tfoot option optgroup colgroup html head body "
        "br img hr input meta link col area base wbr source track param embed"
    )
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")  # lexbor compares each attribute with all before it
_DATA_URI = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_DEEP = Message("网页嵌套太深或标签太长，未读取", "the page is nested too deeply or has an overlong tag; not read")
_LARGE = Message(
    "网页文字超过 600000 字，不像一份报告；未读取",
    "the page has more than 600,000 characters, too many for one report; not read",
)
MAX_CHARACTERS = 600_000
_SHORT_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
FindSaved = Callable[[str], bytes | None]  # an address in the page → the file saved with it


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
    margins = take_margins(tree)
    properties = properties_of(tree)  # before the page's head is taken off
    # before anything is taken away, for selectors ask for the place among others
    styles = styles_of(tree, find_saved, in_quirks(text))
    root = report_of(tree, tree.body)
    walk = _Walk(file, limits, properties, find_saved, styles, findings=damage(text, file))
    walk.findings += margins_left(file, margins)
    walk.node(root, walk.styles.around(root))
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


@dataclass
class _Frame:
    """Tracks an element being walked: its next child, and the look of its text."""

    child: LexborNode | None
    place: Place
    link: str
    block: bool


@dataclass
class _Walk:
    """Collects blocks, pictures and findings while it walks a page."""

    file: str
    limits: Limits
    properties: dict[str, str]
    find_saved: FindSaved
    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    level: int = 0
    bullet: str = ""
    numbers: dict[int, int] = field(default_factory=dict)  # of each numbered list: the number that is due
    tables: int = 0
    cells: int = 0
    characters: int = 0
    lost: int = 0
    in_cell: bool = False
    kind: tuple[str, bool] = ("", False)  # of the last text of a cell: its classes, whether there is room beside it
    unclear: list[int] = field(default_factory=list)  # pieces of running text that may not be seen as they are

    def finish(self) -> tuple[Block, ...]:
        self.flush()
        if self.hidden:
            zh, en = quoted(self.hidden)
            self.findings.append(
                note(
                    "IMP-HIDDEN",
                    self.file,
                    f"网页中有{len(self.hidden)}处看不见的文字，没有读取：{zh}",
                    f"{len(self.hidden)} passages of the page that nobody sees were not read: {en}",
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

    def node(self, root: LexborNode, place: Place) -> None:
        """Walk the inside of an element without recursion; raise Unreadable when it is nested too deeply."""
        stack = [_Frame(root.child, place, "", True)]
        if self.in_cell:
            self._draw(place.look.before, place.look)
        while stack:
            frame = stack[-1]
            node = frame.child
            if node is None:
                stack.pop()
                if self.in_cell:
                    self._draw(frame.place.look.after, frame.place.look)
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
        elif tag == "br":
            self.flush(keep=True)
        elif self.in_cell and tag in DRAWN_TAGS:
            self._draw(drawn_text(node), self.styles.inside(node, frame.place).look)
        elif not tag.startswith(("-", "!")) and (tag not in _DROPPED or self._shown_in_cell(tag, node)):
            place = self.styles.inside(node, frame.place)
            if place.look.gone and not self._doubted(place.look):
                self._hide(_words_of(node))
            elif tag == "img":
                self._picture(node)
            elif tag == "table":
                self._table(node, place, stack)
            else:
                self._push(node, tag, place, frame, stack)

    def _push(self, node: LexborNode, tag: str, place: Place, frame: _Frame, stack: list[_Frame]) -> None:
        block = tag in _BLOCKS or (self.in_cell and place.look.apart)
        if block:
            self.flush()
            self._open(tag, node)
        if block and not self.in_cell:  # what moves a whole paragraph
            place = place._replace(look=replace(place.look, maybe=False, painted=False))
        place = _folded(node, tag, place, stack)
        if self.in_cell and place.look.maybe and not frame.place.look.maybe and not _words_of(node).strip():
            self._draw("〓", replace(frame.place.look, maybe=False))  # nothing but a patch over something
        if self.in_cell:
            self._draw(place.look.before, place.look)
        stack.append(_Frame(node.child, place, _address(node) if tag == "a" else frame.link, block))

    def _doubted(self, look: Look) -> bool:
        """Tell text of a cell that may be seen or not; it is neither read as the figure nor passed over."""
        return self.in_cell and look.maybe

    def _shown_in_cell(self, tag: str, node: LexborNode) -> bool:
        return self.in_cell and (tag in ("aside", "nav", "footer") or (tag == "dialog" and "open" in node.attributes))

    def _tell_apart(self, text: str, place: Place) -> None:
        """Doubt digits beside others with room between, and beside others of another class, where the style sheet that
        tells what sets them apart is not here: one of them may be hidden or raised."""
        classes = "/".join(f"{tag.id}.{'.'.join(sorted(tag.classes))}" for tag in place.path if tag.id or tag.classes)
        kind = classes if self.styles.partly else "", place.look.spaced
        last = self.pieces[-1] if self.pieces else None
        if last is not None and kind != self.kind and text[:1].isdecimal() and last.text[-1:].isdecimal():
            self.pieces.append(Piece("〓", mark=Mark.DRAWN))
        self.kind = kind

    def _draw(self, text: str, look: Look) -> None:
        """Add what is seen in a cell but is not its text; such a cell is never certain."""
        if text.strip() and not look.hidden:
            self.pieces.append(Piece(_SPACE.sub(" ", text)[:500], look.bold, mark=Mark.DRAWN))

    def _hide(self, text: str) -> None:
        """Record text that nobody sees."""
        text = _SPACE.sub(" ", text).strip()
        if text:
            self.hidden.append(text if len(text) <= 20 else text[:20] + "…")

    def _open(self, tag: str, node: LexborNode) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        elif tag == "li":
            parent = node.parent
            self.bullet = self._number(parent, node) if parent is not None and parent.tag == "ol" else "-"

    def _number(self, parent: LexborNode, item: LexborNode) -> str:
        """Return the number that a page shows beside an item: its own, or one more than that of the item before."""
        value = item.attributes.get("value") or ""
        start = parent.attributes.get("start") or ""
        due = self.numbers.get(parent.mem_id, int(start) if _SHORT_NUMBER.fullmatch(start) else 1)
        number = int(value) if _SHORT_NUMBER.fullmatch(value) else due
        self.numbers[parent.mem_id] = number + 1
        return f"{number}."

    def _text(self, text: str, frame: _Frame) -> None:
        text = _SPACE.sub(" ", text)
        look = frame.place.look
        if text.strip() and look.hidden and not self._doubted(look):
            self._hide(text)
        elif text.strip() or self.pieces:
            self.characters += len(text)
            if self.characters > MAX_CHARACTERS:
                raise Unreadable(_LARGE)
            if self.in_cell:
                self._tell_apart(text, frame.place)
            mark = look.mark or (Mark.DRAWN if self._doubted(look) else None)
            if look.maybe and not self.in_cell:
                self.unclear.append(len(self.pieces))
            self.pieces.append(Piece(text, look.bold, frame.link, mark=mark, size=look.size))

    def flush(self, keep: bool = False) -> None:
        """End the current paragraph; `keep` its level and bullet at a line break, where the heading or item goes on."""
        pieces = self.pieces if self.in_cell else small_beside(_kept_apart(self.pieces, self.unclear))
        self.unclear = []
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

    def _table(self, table: LexborNode, place: Place, stack: list[_Frame]) -> None:
        """Turn a table into a DocumentTable; walk into one that only arranges the page."""
        self.flush()
        if arranges(table):
            stack.append(_Frame(table.child, place, "", True))
            return
        caption = table.css_first("caption")
        after: list[Block] = []
        place = place._replace(look=replace(place.look, maybe=False, painted=False))  # what moves a whole table
        groups = [
            [cells for row, inside in self._rows_of(part, place) if (cells := self._cells_of(row, inside, after))]
            for part in sections(table)
        ]
        grid = rectangle(self._placed(groups), self.limits)
        if grid:
            self.tables += 1
            text = _SPACE.sub(" ", caption.text()).strip() if caption is not None else ""
            self.blocks.append(DocumentTable(grid, BlockPlace(table=self.tables), text[:200]))
        self.blocks += after

    def _placed(self, groups: list[list[list[SpannedCell]]]) -> list[SpannedCell]:
        rows = [row for group in groups for row in group]
        ends = [end for group, end in zip(groups, accumulate(map(len, groups)), strict=True) for _ in group]
        slots, self.cells = placed(rows, ends, self.limits, self.cells)
        return slots

    def _rows_of(self, part: LexborNode, place: Place) -> Iterator[tuple[LexborNode, Place]]:
        """Yield the rows of a group, or a row that is in none."""
        inside = self.styles.inside(part, place)
        if inside.look.gone:
            self._hide(_words_of(part))
        elif part.tag == "tr":
            yield part, inside
        else:
            for row in children(part):
                if row.tag == "tr":
                    yield from self._rows_of(row, inside)

    def _cells_of(self, row: LexborNode, place: Place, after: list[Block]) -> list[SpannedCell]:
        """Read a row's cells, which have no place yet; cells that are not displayed take none."""
        cells: list[SpannedCell] = []
        doubted = False  # whether one cell may not be there, which shifts all others
        for node in children(row):
            if node.tag not in ("td", "th"):
                continue
            inside = self.styles.inside(node, place)
            if inside.look.gone and not inside.look.maybe:
                self._hide(_words_of(node))
                continue
            doubted = doubted or (inside.look.maybe and not place.look.maybe)
            made = self._cell(node, inside, after)
            text = joined_cell(made.lines)[:5000]
            spans = span(node, "rowspan"), span(node, "colspan")
            cells.append(SpannedCell(text, 0, 0, *spans, raw=made.raw[:5000], doubt=made.doubt))
        for cell in cells:
            cell.uncertain = doubted
        return cells

    def _cell(self, cell: LexborNode, place: Place, after: list[Block]) -> CellText:
        """Read a cell by its lines; pictures that the file holds follow the table as blocks of their own."""
        outer, self.blocks = self.blocks, []
        around, self.in_cell = self.in_cell, True
        self.node(cell, place)
        self.in_cell = around
        lines: list[list[Piece]] = []
        for block in self.blocks:
            if not isinstance(block, Paragraph):
                continue
            pictures = tuple(piece for piece in block.pieces if piece.picture and not piece.picture.startswith("lost-"))
            after += [Paragraph(pictures, block.where)] if pictures else []
            shown = picture_line(block.pieces)
            line = [piece for piece in block.pieces if not piece.picture]
            if block.bullet not in ("", "-") and figure("".join(piece.text for piece in line if not piece.mark)):
                line.insert(0, Piece(block.bullet, mark=Mark.NUMBER))
            lines += [item for item in (line, shown) if item]
        lines += [picture_line((), 1)] if cell.css_first(_OBJECTS) is not None else []
        self.blocks = outer
        return cell_text(lines)


def _words_of(node: LexborNode) -> str:
    """Return the first words inside an element, without code."""
    words: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text" and (inner.parent is None or inner.parent.tag not in _DROPPED):
            words.append(str(inner.text_content or ""))
        if len(words) > 50:
            break
    return "".join(words)


def _kept_apart(pieces: list[Piece], unclear: list[int]) -> list[Piece]:
    """Mark digits that may be moved, turned or hidden where they touch others: they are no part of that number."""
    for at in unclear:
        before = pieces[at - 1].text[-1:] if at else ""
        behind = pieces[at + 1].text[:1] if at + 1 < len(pieces) else ""
        text = pieces[at].text
        if (text[:1].isdecimal() and before.isdecimal()) or (text[-1:].isdecimal() and behind.isdecimal()):
            pieces[at] = pieces[at]._replace(mark=pieces[at].mark or Mark.DRAWN)
    return pieces


def _folded(node: LexborNode, tag: str, place: Place, stack: list[_Frame]) -> Place:
    """Doubt what a closed `<details>` shows only when somebody opens it, its `<summary>` apart."""
    if tag == "marquee" or (tag == "details" and "open" not in node.attributes):
        return place._replace(look=replace(place.look, maybe=True))
    parent = node.parent
    if tag == "summary" and parent is not None and parent.tag == "details" and len(stack) > 1:
        return place._replace(look=replace(place.look, maybe=stack[-2].place.look.maybe))
    return place


def _address(node: LexborNode) -> str:
    address = str(node.attributes.get("href") or "").strip()
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""


def _embedded(source: str) -> bytes | None:
    match = _DATA_URI.match(source)
    if not match or len(source) > 20_000_000:
        return None
    try:
        return base64.b64decode(source[match.end() :], validate=False)
    except (binascii.Error, ValueError):
        return None
