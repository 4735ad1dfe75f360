"""Reads web pages saved as one file (.mht, .mhtml) by browsers, Word, Excel or WPS: the page and its pictures.

The parts are split here, so that nothing nests or repeats without bound; the standard library parses their headers
and decodes their bodies.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from urllib.parse import unquote, urljoin

from generator.finding import Finding
from generator.readers import html
from generator.readers.bounds import bounded
from generator.readers.document import Document, Limits, Unreadable
from generator.readers.notes import damaged, refuse, warn

_HEAD = 64_000  # bytes; the most that the headers of one part may take
_NESTED = 3  # multiparts within multiparts: an e-mail's alternatives with related parts, and one more
_BLANK = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PAGES = ("text/html", "application/xhtml+xml")
_SHEETS = re.compile("<\\s*frameset", re.IGNORECASE)
_HIDDEN_SHEET = re.compile("<x:Visible>Sheet(?:Very)?Hidden")
_FEW = 100  # a frame with fewer Chinese characters is an advertisement or a counter


@dataclass(frozen=True, slots=True)
class MimePart:
    """Holds a leaf of the file: its headers and its body, still encoded. `name` is its address in the page."""

    head: Message
    body: bytes
    name: str = ""

    @property
    def data(self) -> bytes:
        """Decode the body; a broken encoding gives as much as can be decoded."""
        coded = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if coded == "base64":
            return _unbase(self.body)
        return quopri.decodestring(self.body) if coded == "quoted-printable" else self.body


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read the report on the saved page with its pictures; raise Unreadable when the file contains no page."""
    bounded(data, limits)
    pages: list[MimePart] = []
    others: list[MimePart] = []
    for part in _parts(data, limits, 0):
        (pages if part.head.get_content_type() in _PAGES else others).append(part)
        if len(pages) + len(others) > limits.members:
            raise _many(limits)
    texts = [_text(page) for page in pages]
    if not any(texts):
        raise refuse("这个网页文件（.mht）里没有网页，读不出来。", "The web archive contains no page.")
    shown, findings = _shown(pages, texts, file)
    saved = _SavedFiles(others, pages[shown[0]].name)
    document = html.page("\n".join(texts[number] for number in shown), file, limits, saved.find)
    return replace(document, kind="mht", findings=(*document.findings, *findings))


def _text(page: MimePart) -> str:
    """Decode a page, "" when it is not text: another part of the file may be the report."""
    try:
        return html.text_of(page.data, page.head.get_content_charset(""))
    except Unreadable:
        return ""


def _shown(pages: Sequence[MimePart], texts: Sequence[str], file: str) -> tuple[list[int], list[Finding]]:
    """Choose the pages that are the report, by number, and report on the others.

    Of a workbook all visible sheets are read, otherwise the one page or frame with the most Chinese characters.
    """
    if _SHEETS.search(texts[0][:20_000]):
        hidden = [number for number, text in enumerate(texts) if _HIDDEN_SHEET.search(text)]
        shown = [n for n, text in enumerate(texts) if n not in hidden and not _SHEETS.search(text[:20_000])]
        return shown or [0], [_hidden(pages[n], file) for n in hidden]
    words = [len(_CHINESE.findall(text)) for text in texts]
    most = max(range(len(pages)), key=lambda number: words[number])
    return [most], [_frame(pages[n], file) for n, count in enumerate(words) if n != most and count >= _FEW]


def _hidden(page: MimePart, file: str) -> Finding:
    name = _short(page.name) or "?"
    return warn("IMP-HIDDEN", file, f"隐藏的工作表没有读入：“{name}”。", f"A hidden worksheet was not read: “{name}”.")


def _frame(page: MimePart, file: str) -> Finding:
    name = _short(page.name) or "?"
    return warn(
        "IMP-FRAME",
        file,
        f"网页的框架“{name}”里另有文字，没有读入；报告若在其中，请单独打开、另存后导入。",
        f"Text in the frame “{name}” was not read; if the report is there, open and save that frame on its own.",
    )


# ---------------------------------------------------------------- cutting


def _parts(data: bytes, limits: Limits, depth: int) -> Iterator[MimePart]:
    """Yield the leaves of a message in order; raise Unreadable for too many or too deeply nested parts."""
    head, body = _headed(data)
    if head.get_content_maintype() != "multipart":
        yield MimePart(head, body, _name(head))
        return
    if depth == _NESTED:
        raise refuse(
            "网页文件（.mht）里的部分层层嵌套，不读取。", "The parts of the web archive are nested too deeply."
        )
    boundary = _boundary(head)
    pieces = re.split(rb"\r?\n--" + re.escape(boundary), b"\n" + body, maxsplit=limits.members + 1)[1:]
    if len(pieces) > limits.members:
        raise _many(limits)
    for piece in pieces:
        if piece.startswith(b"--"):
            break
        yield from _parts(_LINE.split(piece, 1)[-1], limits, depth + 1)


def _many(limits: Limits) -> Unreadable:
    return refuse(
        f"网页文件（.mht）里的部分超过 {limits.members} 个，不读取。",
        f"The web archive has more than {limits.members} parts.",
    )


def _headed(data: bytes) -> tuple[Message, bytes]:
    """Split a part into headers and body; a part that begins with an empty line has no headers."""
    if begun := _LINE.match(data):
        return Message(), data[begun.end() :]
    blank = _BLANK.search(data, 0, _HEAD)
    if blank is None:
        if len(data) > _HEAD:
            raise damaged("MIME")
        return message_from_bytes(data), b""
    return message_from_bytes(data[: blank.end()]), data[blank.end() :]


def _boundary(head: Message) -> bytes:
    parameter = head.get_param("boundary")
    boundary = collapse_rfc2231_value(parameter) if parameter is not None else ""
    if not 0 < len(boundary) <= 200 or not boundary.isascii():
        raise damaged("MIME")
    return boundary.strip().encode()


def _unbase(body: bytes) -> bytes:
    try:
        return base64.b64decode(body + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""


# ---------------------------------------------------------------- names


def _header(head: Message, name: str) -> str:
    """Return a header's value, unfolded and decoded, without blanks; "" when there is none."""
    raw = str(head.get(name, ""))[:4000]
    with suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return "".join(raw.split())


def _name(head: Message) -> str:
    """Name a part as the page refers to it: by its address, else by its identifier as `cid:`."""
    identifier = _header(head, "Content-ID").strip("<>")
    return _header(head, "Content-Location") or (f"cid:{identifier}" if identifier else "")


def _short(name: str) -> str:
    """Return the last segment of an address; what precedes it may be a path on somebody's computer."""
    return unquote(re.split(r"[/\\?#]", name.rstrip("/\\"))[-1])[:60].lower()


@dataclass
class _SavedFiles:
    """Indexes the files saved with a page by the addresses under which the page refers to them."""

    parts: Sequence[MimePart]
    base: str
    names: dict[str, MimePart] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in self.parts:
            identifier = _header(part.head, "Content-ID").strip("<>")
            for name in (part.name, f"cid:{identifier}" if identifier else ""):
                self.names.setdefault(name, part)
        shorts = [_short(part.name) for part in self.parts]
        counts = Counter(shorts)
        for short, part in zip(shorts, self.parts, strict=True):
            if counts[short] == 1:
                self.names.setdefault(short, part)
        self.names.pop("", None)

    def find(self, source: str) -> bytes | None:
        """Return the bytes of the file that an `src` in the page names; None where it was not saved."""
        source = "".join(source.split())[:4000]
        part = self.names.get(source) or self.names.get(self._absolute(source)) or self.names.get(_short(source))
        return part.data if part is not None else None

    def _absolute(self, source: str) -> str:
        try:
            return urljoin(self.base, source)
        except ValueError:  # not an address
            return source
