"""Parses and writes the containers of old office files."""

from __future__ import annotations

import struct

import pytest

from generator.readers.document import Unreadable
from generator.readers.ole import MAGIC, Compound, names, pack, summary
from tests.readers.sheet_samples import compound


def test_broken_containers() -> None:
    for data in (b"", MAGIC, MAGIC + b"\0" * 600, compound(("Workbook", b"x"))[:700]):
        assert names(data) == set() or "Workbook" in names(data)
    looped = bytearray(compound(("Workbook", b"x")))
    looped[512 + 4 * 2 : 512 + 4 * 3] = struct.pack("<L", 2)  # the stream's first sector points to itself
    assert len(Compound(bytes(looped)).read("Workbook")) == 4096
    with pytest.raises(Unreadable):
        Compound(b"x" * 600)


@pytest.mark.parametrize("size", [0, 10, 4096, 5000, 9_000_000])
def test_a_packed_stream_comes_out_again(size: int) -> None:
    data = bytes(number % 251 for number in range(1000)) * (size // 1000) + b"x" * (size % 1000)
    packed = Compound(pack("Workbook", data))
    assert packed.read("Workbook").rstrip(b"\0") == data.rstrip(b"\0") and packed.names == {"Root Entry", "Workbook"}


def test_properties_of_old_files() -> None:
    author = "示例甲".encode("gb18030") + b"\0"
    value = struct.pack("<LL", 30, len(author)) + author
    section = struct.pack("<LL", 16 + len(value), 1) + struct.pack("<LL", 4, 16) + value
    stream = b"\xfe\xff\0\0" + b"\0" * 20 + struct.pack("<L", 1) + b"\0" * 16 + struct.pack("<L", 48) + section
    assert summary(Compound(compound(("\5SummaryInformation", stream)))) == {"author": "示例甲"}


def test_streams_are_listed_with_their_size_and_read_by_name() -> None:
    container = Compound(compound(("Workbook", b"abc"), ("Book", b"x" * 5000)))
    assert container.streams == {"Workbook": 4096, "Book": 5120}
    assert container.read("Workbook").rstrip(b"\0") == b"abc" and container.read("Root Entry") == b""


def test_a_stream_too_large_to_pack_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.readers.ole._BIG", 512)
    limit = 109 * (512 // 4 - 1) - 2
    with pytest.raises(Unreadable):
        pack("Workbook", b"x" * 512 * (limit + 1))
