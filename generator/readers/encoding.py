"""Decodes the bytes of a text file or web page: byte order marks, UTF-8, UTF-16, the Chinese national encodings."""

from __future__ import annotations

import re

from generator.finding import Finding, Message, counted
from generator.readers.document import Unreadable
from generator.readers.notes import warn

BROKEN = "\ufffd"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_LIKELY = re.compile("[\t\n\r -~\u2000-\u206f\u2e80-\u9fff\uff00-\uffef]").match
_HEAD = 4096  # bytes by which an encoding is told
_PROOF = 8  # characters of UTF-8 outside Latin for each broken byte: no other encoding gives so many
_BINARY = Message(
    "不是文本：既不是 UTF-8 也不是 GB18030 编码（可能是改了扩展名的 Word、PDF 或图片）",
    "not a text file: neither UTF-8 nor GB18030 (perhaps a renamed Word file, PDF or picture)",
)


def decode(data: bytes, declared: str = "") -> str:
    """Decode bytes into clean text (see `clean`).

    The bytes themselves take precedence over the encoding the file declares. Raises Unreadable for what is not text.
    """
    return clean(_decoded(data, declared))


def clean(text: str) -> str:
    """Normalise line ends to LF, drop invisible characters and turn odd spaces into plain ones."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2029", "\n")
    return _SPACES.sub(" ", _CONTROL.sub("", text.replace("\u202e", "〓")))


def _decoded(data: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    order = byte_order(data)
    if b"\x00" in data[:_HEAD]:
        if not order:
            raise Unreadable(_BINARY)
        return _strict(data, order)
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    # UTF-8 comes first: where a byte is broken or the end cut off, GB18030 would make other characters of the rest
    text = data.decode("utf-8", "replace")
    if sum(char >= "\u0800" for char in text) >= _PROOF * text.count(BROKEN):
        return text
    if order and _usual(data.decode(order, "replace")) > _usual(data.decode("gb18030", "replace")):
        return _strict(data, order)
    return _national(data, "big5" if declared.lower().startswith("big5") else "gb18030")


def _national(data: bytes, name: str) -> str:
    """Decode text of a Chinese encoding; a few broken bytes become marks, many are refused."""
    text = data.decode(name, "replace")
    if text.count(BROKEN) > max(1, len(text) // 200):
        raise Unreadable(_BINARY)
    return text


def damage(text: str, file: str) -> list[Finding]:
    """Report how many bytes could not be decoded; an empty list when all could."""
    count = text.count(BROKEN)
    if not count:
        return []
    return [
        warn(
            "IMP-ENCODING",
            file,
            f"文件里有{count}处坏字符，读作“{BROKEN}”：请对照原文改正，带坏字符的格不会填入",
            f"{counted(count, 'character')} could not be decoded and read as “{BROKEN}”; "
            "correct them from the original, cells that contain one are left blank",
        )
    ]


def byte_order(data: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark, in which it reads as Chinese and ASCII; "" for other text."""
    head = data[: _HEAD + len(data) % 2]
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if "\x00" not in text and sum(map(bool, map(_LIKELY, text))) * 10 >= len(text) * 9 and _usual(text) >= 0.5:
            return name
    return ""


def _usual(text: str) -> float:
    """Return the share of a text that is ASCII, punctuation or one of the 3,755 most usual characters of GB 2312."""
    usual = 0
    for char in text[:_HEAD]:
        code = char.encode("gb2312", "ignore")
        usual += len(code) == 1 or (len(code) == 2 and (code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7))
    return usual / max(1, len(text[:_HEAD]))


def _strict(data: bytes, name: str) -> str:
    """Decode a wide encoding; a character cut off at the end becomes a mark."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode(name) + BROKEN
        raise Unreadable(_BINARY) from None
