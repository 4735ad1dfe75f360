"""Walks a web page: its paragraphs, lists and pictures in the order of reading, what is hidden left out.

The tree is walked with an explicit stack, so nesting costs no recursion.
"""

from __future__ import annotations

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from generator.finding import Finding, Message, counted
from generator.readers.cell_text import small_beside
from generator.readers.document import Block, BlockPlace, Limits, Mark, Paragraph, Picture, Piece, Unreadable
from generator.readers.html_content import figure_tables
from generator.readers.html_drawn import DRAWN_TAGS, awaits_text, drawn_text, leads_to_note
from generator.readers.html_look import Look
from generator.readers.html_place import Place, Styles
from generator.readers.notes import note, quoted, warn
from generator.readers.pictures import clean

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
        "table caption thead tbody tfoot tr td th marquee legend search hgroup menu dir listing xmp plaintext optgroup"
    )
)
_DATA_URI = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,", re.IGNORECASE)
# elements that are not read although their text may be shown, and how many letters are worth a word
_HOLDING = {"textarea": 20, "svg": 60, "noscript": 200, "iframe": 60, "object": 60, "canvas": 200}
DEEP = Message("网页嵌套太深或标签太长，未读取", "the page is nested too deeply or has an overlong tag; not read")
_LARGE = Message(
    "网页文字超过 600000 字，不像一份报告；未读取",
    "the page has more than 600,000 characters, too many for one report; not read",
)
MAX_CHARACTERS = 600_000
_TABLE = re.compile("<table", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
FindSaved = Callable[[str], bytes | None]  # an address in the page → the file saved with it


@dataclass
class Frame:
    """Tracks an element being walked: its next child, and the look of its text."""

    child: LexborNode | None
    place: Place
    link: str
    block: bool


@dataclass
class PageWalk(ABC):
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
    frames: int = 0  # other pages inside this one
    tables: int = 0
    cells: int = 0
    characters: int = 0
    lost: int = 0
    in_cell: bool = False
    unseen: bool = False  # some digits of the cell that is being read
    remade: bool = False  # some of them are in a font that the page brings along
    kind: tuple[str, bool] = ("", False)  # of the last text of a cell: its classes, whether there is room beside it
    passed: list[str] = field(default_factory=list)  # texts that are shown, or may be, and were not read
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
        if self.passed:
            zh, en = quoted(self.passed)
            self.findings.append(
                warn(
                    "IMP-EMBEDDED",
                    self.file,
                    f"网页里有{len(self.passed)}处文字在输入框、图形、框架或备用内容里，没有读入：{zh}",
                    f"{counted(len(self.passed), 'text')} in a form control, a drawing, a frame or content for other "
                    f"browsers not read: {en}",
                )
            )
        if self.frames and not self.tables:
            self.findings.append(
                note(
                    "IMP-EMBEDDED",
                    self.file,
                    "网页里有框架（iframe），里面的内容没有读入：报告若在框架里，请单独打开、另存后导入",
                    "The page has frames (iframe) that were not read; open the one with the report and import that",
                )
            )
        if self.lost:
            self.findings.append(
                note(
                    "IMP-PICTURE",
                    self.file,
                    f"网页引用的{self.lost}幅图片不在文件里，正文中记作遗失",
                    f"{counted(self.lost, 'picture')} not in the file, recorded as lost in the narrative",
                )
            )
        return tuple(self.blocks)

    # the tree ----------------------------------------------------------------------------------------------

    def node(self, root: LexborNode, place: Place) -> None:
        """Walk the inside of an element without recursion; raise Unreadable when it is nested too deeply."""
        stack = [Frame(root.child, place, "", True)]
        if self.in_cell:
            self._draw(place.look.before, place.look)
        while stack:
            frame = stack[-1]
            node = frame.child
            if node is None:
                stack.pop()
                if self.in_cell or self._counts(frame.place.look.after):
                    self._draw(frame.place.look.after, frame.place.look)
                if frame.block:
                    self.flush()
                continue
            frame.child = node.next
            self._enter(node, frame, stack)
            if len(stack) > self.limits.depth:
                raise Unreadable(DEEP)

    def _enter(self, node: LexborNode, frame: Frame, stack: list[Frame]) -> None:
        tag = str(node.tag)
        if tag == "-text":
            self._text(str(node.text_content or ""), frame)
        elif tag == "br":
            self.flush(keep=True)
        elif tag in DRAWN_TAGS and (self.in_cell or self._counts(drawn_text(node))):
            self._draw(drawn_text(node), self.styles.inside(node, frame.place).look)
        elif tag in _HOLDING and not self.in_cell:
            self._pass(node)
        elif tag == "dialog" and "open" not in node.attributes:
            self.hide(words_of(node))
        elif not tag.startswith(("-", "!")) and (tag not in _DROPPED or self._shown(tag, node)):
            place = self.styles.inside(node, frame.place)
            if place.look.gone and not self._doubted(place.look):
                self.hide(words_of(node))
            elif tag == "img":
                self._picture(node)
            elif tag == "table":
                self.table(node, place, stack)
            elif not self.in_cell and self.boxed(node, place):
                pass
            else:
                self._push(node, tag, place, frame, stack)

    def _pass(self, node: LexborNode) -> None:
        """Record text that a browser may show and that is not read, where there is as much of it as in a report."""
        text = _SPACE.sub(" ", node.text() + (node.attributes.get("srcdoc") or "")).strip()
        if len(text) >= _HOLDING[str(node.tag)] or _TABLE.search(node.html or ""):
            self.passed.append(text if len(text) <= 20 else text[:20] + "…")

    def _push(self, node: LexborNode, tag: str, place: Place, frame: Frame, stack: list[Frame]) -> None:
        block = tag in _BLOCKS or (self.in_cell and place.look.apart)
        if block:
            self.flush()
            self._open(tag, node)
        if block and not self.in_cell:  # what moves a whole paragraph
            place = place._replace(look=replace(place.look, maybe=False, painted=False))
        place = _folded(node, tag, place, stack)
        patch = place.look.maybe and not frame.place.look.maybe and not words_of(node).strip()
        if self.in_cell and (patch or awaits_text(node)):
            # nothing but a patch over something, or the place of a text that is not here yet
            self._draw("〓", replace(frame.place.look, maybe=False))
        if self.in_cell or self._counts(place.look.before) or (place.look.before and tag == "li"):
            self._draw(place.look.before, place.look)
        stack.append(Frame(node.child, place, _address(node) if tag == "a" else frame.link, block))

    def _doubted(self, look: Look) -> bool:
        """Tell text of a cell that may be seen or not; it is neither read as the figure nor passed over."""
        return self.in_cell and look.maybe

    def _shown(self, tag: str, node: LexborNode) -> bool:
        """Tell what stands around a text on most pages, and is a part of it in a cell or where it has figures."""
        return tag == "dialog" or (tag in ("aside", "nav", "footer") and (self.in_cell or figure_tables(node) > 0))

    def _tell_apart(self, text: str, place: Place) -> None:
        """Doubt digits beside others with room between, and beside others of another class, where the style sheet that
        tells what sets them apart is not here: one of them may be hidden or raised."""
        classes = "/".join(f"{tag.id}.{'.'.join(sorted(tag.classes))}" for tag in place.path if tag.id or tag.classes)
        note = "note" if place.look.mark is None and any(map(leads_to_note, place.path)) else ""
        kind = (classes if self.styles.partly else "") + note, place.look.spaced
        last = self.pieces[-1] if self.pieces else None
        parted = kind != self.kind or place.look.spaced
        if last is not None and parted and text[:1].isdecimal() and last.text[-1:].isdecimal():
            self.pieces.append(Piece("〓", mark=Mark.DRAWN))
        self.kind = kind

    def _counts(self, drawn: str) -> bool:
        """Tell what is drawn within a sentence and is, or belongs to, a figure."""
        before = self.pieces[-1].text[-1:] if self.pieces else ""
        return bool(before) and (before.isdecimal() or any(letter.isdecimal() or letter == "〓" for letter in drawn))

    def _draw(self, text: str, look: Look) -> None:
        """Add what is seen but is not text; a cell with it is never certain."""
        if text.strip() and not look.hidden:
            self.pieces.append(Piece(_SPACE.sub(" ", text)[:500], look.bold, mark=Mark.DRAWN))

    def hide(self, text: str) -> None:
        """Record text that nobody sees."""
        text = _SPACE.sub(" ", text).strip()
        if text:
            self.unseen = self.unseen or any(map(str.isdecimal, text))
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

    def _text(self, text: str, frame: Frame) -> None:
        text = _SPACE.sub(" ", text)
        look = frame.place.look
        if text.strip() and look.hidden and not self._doubted(look):
            self.hide(text)
        elif text.strip() or self.pieces:
            self.characters += len(text)
            if self.characters > MAX_CHARACTERS:
                raise Unreadable(_LARGE)
            if self.in_cell:
                self._tell_apart(text, frame.place)
                self.remade = self.remade or (look.remade and any(map(str.isdecimal, text)))
            mark = look.mark or (Mark.DRAWN if self._doubted(look) or (self.in_cell and look.cuts(text)) else None)
            if look.maybe and not self.in_cell:
                self.unclear.append(len(self.pieces))
            self.pieces.append(Piece(text, look.bold, frame.link, mark=mark, size=look.size))

    def flush(self, keep: bool = False) -> None:
        """End the current paragraph; `keep` its level and bullet at a line break, where the heading or item goes on."""
        pieces = self.pieces if self.in_cell else small_beside(_kept_apart(self.pieces, self.unclear))
        self.unclear = []
        while pieces and not pieces[-1].picture and not pieces[-1].text.strip():
            pieces.pop()
        if not pieces and self.in_cell and self.bullet not in ("", "-"):
            pieces = [Piece(self.bullet, mark=Mark.NUMBER)]  # a number beside nothing, or above the text
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

    @abstractmethod
    def table(self, table: LexborNode, place: Place, stack: list[Frame]) -> None:
        """Take in a table, or walk into one that only arranges the page."""

    def boxed(self, node: LexborNode, place: Place) -> bool:
        """Take in an element that a style sheet makes a table of, and tell whether it is one."""
        return False


def words_of(node: LexborNode) -> str:
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


def _folded(node: LexborNode, tag: str, place: Place, stack: list[Frame]) -> Place:
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
