"""Packs the parts of Word and Excel files: the same parts always give the same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache

_LEVEL = 2  # of deflate: with 4, compressing Word and Excel takes a third more time for 4 % less room
_SHARED = 8192  # characters of a part that may be the same in many files: styles, settings, relationships

# The headers of ZIP (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). Python's zipfile cannot take what is compressed already.
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UNIX, _DEFLATED, _UTF8_NAME = 20, 3 << 8, 8, 0x800
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01, the earliest that a zip file can hold
_MODE = 0o600 << 16


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Reads the parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Writes a package that tells no clock and no machine."""
    members: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part, data in parts.items():
        name = part.encode()
        flags = 0 if part.isascii() else _UTF8_NAME
        checksum, size, squeezed = _remembered(data) if len(data) <= _SHARED else _compressed(data)
        known = (_VERSION, flags, _DEFLATED, _TIME, _DATE, checksum, len(squeezed), size, len(name), 0)
        header = _LOCAL.pack(b"PK\3\4", *known) + name
        directory.append(_CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, *known, 0, 0, 0, _MODE, at) + name)
        members += (header, squeezed)
        at += len(header) + len(squeezed)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), at, 0)
    return b"".join((*members, listed, end))


def _compressed(data: bytes | str) -> tuple[int, int, bytes]:
    """Gives checksum, size and the compressed bytes of a part."""
    content = data.encode() if isinstance(data, str) else data
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), len(content), squeezer.compress(content) + squeezer.flush()


_remembered = lru_cache(maxsize=256)(_compressed)
