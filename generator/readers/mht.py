"""Web pages saved as one file (.mht, .mhtml; browsers, Word, Excel, WPS): unpacked into the page and its pictures.

The parts are cut apart here, so that nothing nests or repeats without bound; the standard library reads their headers
and their encodings.
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

_HEAD = 64_000  # bytes of one part's headers
_NESTED = 3  # a letter's alternatives within its related parts, and one more
_BLANK = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PAGES = ("text/html", "application/xhtml+xml")
_SHEETS = re.compile("<\\s*frameset", re.IGNORECASE)
_HIDDEN_SHEET = re.compile("<x:Visible>Sheet(?:Very)?Hidden")
_FEW = 100  # a frame with fewer Chinese characters is an advertisement or a counter


@dataclass(frozen=True, slots=True)
class MimePart:
    """A leaf of the file: its headers and its body, still encoded. `name` is its address in the page."""

    head: Message
    body: bytes
    name: str = ""

    @property
    def data(self) -> bytes:
        """The body as it was; an encoding that is broken gives what can be read of it."""
        coded = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if coded == "base64":
            return _unbase(self.body)
        return quopri.decodestring(self.body) if coded == "quoted-printable" else self.body


def read(data: bytes, file: str, limits: Limits) -> Document:
    """The report on the saved page, with the pictures saved beside it. Raises Unreadable when there is no page in the file."""
    bounded(data, limits)
    pages: list[MimePart] = []
    others: list[MimePart] = []
    for part in _parts(data, limits, 0):
        (pages if part.head.get_content_type() in _PAGES else others).append(part)
        if len(pages) + len(others) > limits.members:
            raise _many(limits)
    texts = [_text(page) for page in pages]
    if not any(texts):
        raise refuse("这个网页文件（.mht）里没有网页，读不出来。", "This web archive holds no page.")
    shown, findings = _shown(pages, texts, file)
    beside = _Beside(others, pages[shown[0]].name)
    made = html.page("\n".join(texts[number] for number in shown), file, limits, beside.picture)
    return replace(made, kind="mht", findings=(*made.findings, *findings))


def _text(page: MimePart) -> str:
    """A page's text, "" for one that is none: another part of the file may be the report."""
    try:
        return html.text_of(page.data, page.head.get_content_charset(""))
    except Unreadable:
        return ""


def _shown(pages: Sequence[MimePart], texts: Sequence[str], file: str) -> tuple[list[int], list[Finding]]:
    """Which pages are the report, by number, and what is to be said of the others: of a workbook all its visible sheets;
    else the one page or frame with the most Chinese words."""
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
        f"The frame “{name}” of the page holds text that was not read; if the report is in it, open and save it by itself.",
    )


# ---------------------------------------------------------------- cutting


def _parts(data: bytes, limits: Limits, depth: int) -> Iterator[MimePart]:
    """The leaves of a message, in order."""
    head, body = _headed(data)
    if head.get_content_maintype() != "multipart":
        yield MimePart(head, body, _name(head))
        return
    if depth == _NESTED:
        raise refuse("网页文件（.mht）里的部分层层嵌套，不读取。", "The parts of the web archive nest too deeply.")
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
    """Headers and body. A part that begins with an empty line has no headers."""
    if begun := _LINE.match(data):
        return Message(), data[begun.end() :]
    blank = _BLANK.search(data, 0, _HEAD)
    if blank is None:
        if len(data) > _HEAD:
            raise damaged("MIME")
        return message_from_bytes(data), b""
    return message_from_bytes(data[: blank.end()]), data[blank.end() :]


def _boundary(head: Message) -> bytes:
    said = head.get_param("boundary")
    boundary = collapse_rfc2231_value(said) if said is not None else ""
    if not 0 < len(boundary) <= 200 or not boundary.isascii():
        raise damaged("MIME")
    return boundary.strip().encode()


def _unbase(body: bytes) -> bytes:
    try:
        return base64.b64decode(body + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""


# ---------------------------------------------------------------- names


def _said(head: Message, name: str) -> str:
    """A header's words, unfolded and decoded."""
    raw = str(head.get(name, ""))[:4000]
    with suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return "".join(raw.split())


def _name(head: Message) -> str:
    """How the page calls this part: its address, else its number as `cid:`."""
    number = _said(head, "Content-ID").strip("<>")
    return _said(head, "Content-Location") or (f"cid:{number}" if number else "")


def _short(name: str) -> str:
    """The last step of an address: what stands before it may be a path on somebody's computer."""
    return unquote(re.split(r"[/\\?#]", name.rstrip("/\\"))[-1])[:60].lower()


@dataclass
class _Beside:
    """What was saved beside a page, to be found by the address that the page writes."""

    parts: Sequence[MimePart]
    base: str
    names: dict[str, MimePart] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in self.parts:
            number = _said(part.head, "Content-ID").strip("<>")
            for name in (part.name, f"cid:{number}" if number else ""):
                self.names.setdefault(name, part)
        shorts = [_short(part.name) for part in self.parts]
        counts = Counter(shorts)
        for short, part in zip(shorts, self.parts, strict=True):
            if counts[short] == 1:
                self.names.setdefault(short, part)
        self.names.pop("", None)

    def picture(self, source: str) -> bytes | None:
        """The bytes of a picture as the page's `src` names it; None where it was not saved."""
        source = "".join(source.split())[:4000]
        found = self.names.get(source) or self.names.get(self._whole(source)) or self.names.get(_short(source))
        return found.data if found is not None else None

    def _whole(self, source: str) -> str:
        try:
            return urljoin(self.base, source)
        except ValueError:  # no address
            return source
