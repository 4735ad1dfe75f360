"""Parses the container of old office files (Compound File Binary, [MS-CFB]) within limits, and writes plain ones."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from generator.readers.document import Unreadable
from generator.readers.notes import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers above this mean free, end or table
_ENTRIES = 5_000  # of the directory


class Compound:
    """Reads a container; `streams` maps the name of each stream (the last part of its path) to its size in bytes."""

    def __init__(self, data: bytes) -> None:
        """Parse header, tables and directory; raise Unreadable when they are not those of a container."""
        if len(data) < 512 or not data.startswith(MAGIC):
            raise damaged()
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged()
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._cutoff = struct.unpack_from("<L", data, 56)[0]
        self._most = len(data) // self._sector + 1
        self._fat = self._table(self._fat_sectors())
        first_directory, first_mini = struct.unpack_from("<L", data, 48)[0], struct.unpack_from("<L", data, 60)[0]
        self._mini_fat = self._table(self._chain(first_mini, self._fat, self._most))
        self._entries = self._directory(first_directory)
        root = next((entry for entry in self._entries.values() if entry[0] == 5), (5, _LAST, 0))
        self._mini_stream = self._join(root[1], root[2])
        self.streams = {name: size for name, (kind, _, size) in self._entries.items() if kind == 2}
        self.names = set(self._entries)

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _fat_sectors(self) -> Iterator[int]:
        yield from (number for number in struct.unpack_from("<109L", self._data, 76) if number < _LAST)
        following, seen = struct.unpack_from("<L", self._data, 68)[0], 0
        while following < _LAST and seen < self._most:
            seen += 1
            block = self._at(following)
            if len(block) < self._sector:
                return
            *numbers, following = struct.unpack(f"<{self._sector // 4}L", block)
            yield from (number for number in numbers if number < _LAST)

    def _table(self, sectors: Iterator[int]) -> tuple[int, ...]:
        """Join a table of sector numbers; a corrupt list of its sectors ends it early."""
        numbers: list[int] = []
        for count, sector in enumerate(sectors):
            block = self._at(sector)
            if len(block) < self._sector or count > self._most:
                break
            numbers += struct.unpack(f"<{self._sector // 4}L", block)
        return tuple(numbers)

    def _chain(self, sector: int, table: tuple[int, ...], most: int) -> Iterator[int]:
        count = 0
        while sector < len(table) and count < most:
            yield sector
            sector = table[sector]
            count += 1

    def _directory(self, first: int) -> dict[str, tuple[int, int, int]]:
        entries: dict[str, tuple[int, int, int]] = {}
        for sector in self._chain(first, self._fat, self._most):
            block = self._at(sector)
            for start in range(0, len(block) - 127, 128):
                length = struct.unpack_from("<H", block, start + 64)[0]
                kind = block[start + 66]
                if kind in (1, 2, 5) and 2 <= length <= 64:
                    name = block[start : start + length - 2].decode("utf-16-le", "replace")
                    begin, size = struct.unpack_from("<LL", block, start + 116)
                    entries.setdefault(name, (kind, begin, size))
                if len(entries) > _ENTRIES:
                    raise damaged()
        return entries

    def _join(self, sector: int, size: int) -> bytes:
        return b"".join(self._at(number) for number in self._chain(sector, self._fat, self._most))[:size]

    def place(self, name: str, offset: int) -> int:
        """Return where a byte of a stream stands in the file, -1 when the stream is shorter or absent."""
        kind, begin, size = self._entries.get(name, (0, 0, 0))
        if kind != 2 or not 0 <= offset < size:
            return -1
        if size >= self._cutoff:
            return self._in_sectors(begin, offset)
        most = len(self._mini_stream) // self._mini + 1
        number = next(islice(self._chain(begin, self._mini_fat, most), offset // self._mini, None), None)
        root = next((entry for entry in self._entries.values() if entry[0] == 5), (5, _LAST, 0))
        return -1 if number is None else self._in_sectors(root[1], number * self._mini + offset % self._mini)

    def _in_sectors(self, begin: int, offset: int) -> int:
        sectors = self._chain(begin, self._fat, self._most)
        number = next(islice(sectors, offset // self._sector, None), None)
        return -1 if number is None else (number + 1) * self._sector + offset % self._sector

    def read(self, name: str) -> bytes:
        """Return one stream's bytes, empty when there is no such stream."""
        kind, begin, size = self._entries.get(name, (0, 0, 0))
        if kind != 2:
            return b""
        if size >= self._cutoff:
            return self._join(begin, size)
        most = len(self._mini_stream) // self._mini + 1
        pieces = (
            self._mini_stream[number * self._mini : (number + 1) * self._mini]
            for number in self._chain(begin, self._mini_fat, most)
        )
        return b"".join(pieces)[:size]


_BIG = 4096  # bytes of a sector in the containers written here
_END, _FAT = 0xFFFFFFFE, 0xFFFFFFFD


def pack(name: str, data: bytes) -> bytes:
    """Write a plain container of one stream, to hand to a library that follows sector chains without bound.

    109 tables of 1,024 sectors of 4,096 bytes hold 457 MB; raises Unreadable for more.
    """
    data = data.ljust(_BIG, b"\0")  # shorter streams would need a table of their own
    sectors = -(-len(data) // _BIG)
    tables = -(-(sectors + 2) // (_BIG // 4 - 1))
    if tables > 109:
        raise damaged()
    fat = [_FAT] * tables + [_END] + [tables + 2 + number for number in range(sectors - 1)] + [_END]
    # calamine wants the root to begin somewhere though it holds nothing
    entries = _entry("Root Entry", 5, 1, tables, 0) + _entry(name, 2, _LAST + 5, tables + 1, len(data))
    header = (
        MAGIC
        + bytes(16)
        + struct.pack("<HHHHH6xLLLLLLLLL", 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, _BIG, _END, 0, _END, 0)
    )
    header += struct.pack("<109L", *range(tables), *[_LAST + 5] * (109 - tables))
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(tables * _BIG, b"\xff")
    return header.ljust(_BIG, b"\0") + table + entries.ljust(_BIG, b"\0") + data.ljust(sectors * _BIG, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    links = struct.pack("<LLL", _LAST + 5, _LAST + 5, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<LLL", start, size, 0)
    )


def names(data: bytes) -> set[str]:
    """Return the names of everything in the container, none when it cannot be read."""
    try:
        return Compound(data).names
    except (Unreadable, struct.error):
        return set()


_SUMMARY = {
    **{2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "description", 7: "template", 8: "last_editor"},
    18: "application",
}
_MORE = {14: "manager", 15: "company"}


def summary(compound: Compound) -> dict[str, str]:
    """Read the file's metadata ([MS-OLEPS]) by the names that `opc.properties` uses; skips what cannot be read."""
    properties: dict[str, str] = {}
    for stream, wanted in (("\5SummaryInformation", _SUMMARY), ("\5DocumentSummaryInformation", _MORE)):
        try:
            properties |= _properties(compound.read(stream), wanted)
        except struct.error:
            continue
    return properties


def _properties(data: bytes, wanted: dict[int, str]) -> dict[str, str]:
    if len(data) < 48:
        return {}
    start = struct.unpack_from("<L", data, 44)[0]
    count = min(200, struct.unpack_from("<L", data, start + 4)[0])
    places = dict(struct.unpack_from("<LL", data, start + 8 + 8 * number) for number in range(count))
    codec = "gb18030"
    if 1 in places and struct.unpack_from("<H", data, start + places[1] + 4)[0] == 65001:
        codec = "utf-8"
    properties = {}
    for number, name in wanted.items():
        if number not in places:
            continue
        kind, length = struct.unpack_from("<LL", data, start + places[number])
        begin = start + places[number] + 8
        raw = data[begin : begin + min(1000, length * (2 if kind == 31 else 1))]
        text = (
            raw.decode("utf-16-le" if kind == 31 else codec, "replace").split("\0")[0].strip()
            if kind in (30, 31)
            else ""
        )
        if text:
            properties[name] = text
    return properties
