"""Decodes the bytes of a text file or web page: byte order marks, UTF-8, UTF-16, the Chinese national encodings."""

from __future__ import annotations

import re

from generator.finding import Finding, Message
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
    return _SPACES.sub(" ", _CONTROL.sub("", text))


def _decoded(data: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    if b"\x00" in data[:4096]:
        return _strict(data, _wide(data))
    try:
        return data.decode()
    except UnicodeDecodeError:
        name = "big5" if declared.lower().startswith("big5") else "gb18030"
    try:
        return _strict(data, name)
    except Unreadable:
        # broken bytes in UTF-8 swallow no neighbour; in GB18030 they may swallow a digit
        text = data.decode("utf-8", "replace")
        if text.count(BROKEN) * 200 > len(text):
            raise
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
            f"{count} characters could not be decoded and were read as “{BROKEN}”; "
            "correct them from the original, cells that contain one are left blank",
        )
    ]


def _wide(data: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark: the one in which it reads as Chinese and ASCII."""
    for name in ("utf-16-le", "utf-16-be"):
        head = data[:4096].decode(name, "replace")
        if sum(map(bool, map(_LIKELY, head))) * 10 >= len(head) * 9:
            return name
    raise Unreadable(_BINARY)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        # one broken character at the very end means a truncated file, not another encoding
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode(name)
        raise Unreadable(_BINARY) from None
