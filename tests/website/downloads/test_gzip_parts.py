"""Pieces compressed apart are one gzip member when joined."""

from __future__ import annotations

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from generator.website.downloads.gzip_parts import HEAD, piece, tail


def joined(parts: list[bytes]) -> bytes:
    data = b"".join(parts)
    return HEAD + b"".join(map(piece, parts)) + tail(zlib.crc32(data), len(data))


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_joined_pieces_are_the_data_in_one_member(parts: list[bytes]) -> None:
    reader = zlib.decompressobj(31)  # stops at the end of the first member, as browsers do
    assert reader.decompress(joined(parts)) == b"".join(parts) and reader.eof and reader.unused_data == b""
    assert gzip.decompress(joined(parts)) == b"".join(parts)


def test_a_piece_does_not_depend_on_those_before_it() -> None:
    row = "2020,shili,示例区人民政府\r\n".encode() * 100
    assert joined([row, row]) == HEAD + piece(row) * 2 + tail(zlib.crc32(row * 2), 2 * len(row))
    assert len(piece(row)) < len(row) / 20


def test_a_wrong_sum_is_noticed_by_readers() -> None:
    broken = HEAD + piece(b"abc") + tail(0, 3)
    try:
        gzip.decompress(broken)
    except gzip.BadGzipFile:
        return
    raise AssertionError("the checksum is not looked at")
