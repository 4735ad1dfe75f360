"""Finds metadata hidden in a picture: place, device, author. JPEG, PNG, WebP, GIF.

Pictures of a report folder are published byte by byte, and they are not trusted: every length is checked against what
is there, and each byte is passed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.finding import Message


class Trace(NamedTuple):
    """A kind of metadata; `grave` where it leads to a place, a device or a person."""

    what: Message
    grave: bool = False


_PLACE = Trace(Message("拍摄地点（GPS）", "the place (GPS)"), True)
_SERIAL = Trace(Message("设备序列号", "the device's serial number"), True)
_PERSON = Trace(Message("作者或所有者的姓名", "the name of its author or owner"), True)
_DEVICE = Trace(Message("拍摄设备、软件", "device or software"))
_TIME = Trace(Message("拍摄、修改的时间", "the time"))
_WORDS = Trace(Message("注释文字", "comments"))

# tags of EXIF: what each tells
_EXIF = {
    0x010E: _WORDS,
    0x010F: _DEVICE,
    0x0110: _DEVICE,
    0x0131: _DEVICE,
    0x0132: _TIME,
    0x013B: _PERSON,
    0x013C: _DEVICE,
    0x8298: _WORDS,
    0x9003: _TIME,
    0x9004: _TIME,
    0x927C: _DEVICE,
    0x9286: _WORDS,
    0x9C9B: _WORDS,
    0x9C9C: _WORDS,
    0x9C9D: _PERSON,
    0x9C9E: _WORDS,
    0xA430: _PERSON,
    0xA431: _SERIAL,
    0xA434: _DEVICE,
    0xA435: _SERIAL,
}
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_COORDINATES = frozenset((0x0002, 0x0004))
_ENTRIES = 500  # more tags than any device writes
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
_NAMES = {
    b"GPSLatitude": _PLACE,
    b"GPSLongitude": _PLACE,
    b"SerialNumber": _SERIAL,
    b"OwnerName": _PERSON,
    b"dc:creator": _PERSON,
    b"CreatorTool": _DEVICE,
    b"CreateDate": _TIME,
    b"ModifyDate": _TIME,
}
_KEYWORDS = {b"Author": _PERSON, b"Software": _DEVICE, b"Source": _DEVICE, b"Creation Time": _TIME}
_BYLINE = b"\x1c\x02\x50"  # IPTC 2:80


def traces(data: bytes) -> tuple[Trace, ...]:
    """Finds the kinds of metadata in a picture, each once, the grave first; none where it is no picture of these
    formats."""
    distinct: dict[Trace, None] = {}
    for start, read in _READERS.items():
        if data.startswith(start):
            distinct = dict.fromkeys(read(data))
    return tuple(sorted(distinct, key=lambda trace: not trace.grave))


def _jpeg(data: bytes) -> Iterator[Trace]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:  # the picture itself
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            yield from _tiff(body[6:])
        elif marker == 0xE1:
            yield from _xmp(body)
        elif marker == 0xED:
            yield _PERSON if _BYLINE in body else _WORDS
        elif marker == 0xFE and body.strip(b"\0 "):
            yield _WORDS
        at = end


def _png(data: bytes) -> Iterator[Trace]:
    for kind, body in _chunks(data, 8, "big", crc=4):
        if kind == b"eXIf":
            yield from _tiff(body)
        elif kind == b"tIME":
            yield _TIME
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword = body.partition(b"\0")[0]
            if keyword.startswith(b"XML:"):
                yield from _xmp(body)
            else:
                yield _KEYWORDS.get(keyword, _WORDS)


def _webp(data: bytes) -> Iterator[Trace]:
    for kind, body in _chunks(data, 12, "little") if data[8:12] == b"WEBP" else ():
        if kind == b"EXIF":
            yield from _tiff(body.removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            yield from _xmp(body)


def _chunks(data: bytes, at: int, order: str, crc: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Yields (kind, body) of the chunks of a PNG or WebP: the length stands first in one, the kind in the other."""
    while at + 8 <= len(data):
        first, second = data[at : at + 4], data[at + 4 : at + 8]
        kind, length = (
            (second, int.from_bytes(first, "big")) if order == "big" else (first, int.from_bytes(second, "little"))
        )
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + (crc or length % 2)


def _gif(data: bytes) -> Iterator[Trace]:
    at = 13 + _palette(data, 10)
    while at + 2 <= len(data) and data[at] in (0x21, 0x2C):
        body = at + 2 if data[at] == 0x21 else at + 11 + _palette(data, at + 9)
        end = _behind(data, body)
        if data[at] == 0x21 and data[at + 1] == 0xFE and end > body + 1:
            yield _WORDS
        elif data[at] == 0x21 and data[body + 1 : body + 12] == b"XMP DataXMP":
            yield from _xmp(data[body:end])
        at = end


def _palette(data: bytes, at: int) -> int:
    """Counts the bytes of the palette that the flags at `at` announce."""
    flags = data[at] if at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind(data: bytes, at: int) -> int:
    """Finds where the blocks that begin at `at` end; each gives its length first, the last is 0."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _xmp(body: bytes) -> Iterator[Trace]:
    named = [trace for name, trace in _NAMES.items() if name in body]
    yield from named or [_WORDS]


class _Tiff(NamedTuple):
    data: bytes
    big: bool

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "big" if self.big else "little")

    def entries(self, at: int) -> Iterator[tuple[int, int, bytes]]:
        """Yields (tag, number, bytes) of a directory's entries."""
        if not 8 <= at <= len(self.data) - 2:
            return
        for number in range(min(self.number(at, 2), _ENTRIES)):
            here = at + 2 + 12 * number
            if here + 12 > len(self.data):
                return
            size = _SIZES.get(self.number(here + 2, 2), 0) * self.number(here + 4, 4)
            start = here + 8 if size <= 4 else self.number(here + 8, 4)
            yield self.number(here, 2), self.number(here + 8, 4), self.data[start : start + min(size, 64)]


def _tiff(body: bytes) -> Iterator[Trace]:
    """Reads EXIF: the main directory, and those of the photograph and of the place."""
    if body[:2] not in (b"II", b"MM"):
        return
    tiff = _Tiff(body, body[:2] == b"MM")
    for tag, pointer, value in tiff.entries(tiff.number(4, 4)):
        if tag == _EXIF_IFD:
            entries = tiff.entries(pointer)
            yield from (_EXIF[inner] for inner, _, text in entries if inner in _EXIF and text.strip(b"\0 "))
        elif tag == _GPS_IFD:
            entries = tiff.entries(pointer)
            yield from (_PLACE for inner, _, text in entries if inner in _COORDINATES and text.strip(b"\0"))
        elif tag in _EXIF and value.strip(b"\0 "):
            yield _EXIF[tag]


_READERS: Mapping[bytes, Callable[[bytes], Iterator[Trace]]] = {
    b"\xff\xd8": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF8": _gif,
}
