"""Reads the size of a picture from its first bytes, without decoding it: a small file may unpack to gigabytes."""

from __future__ import annotations

import struct

MOST = 50_000_000  # pixels of a picture that is set into pages


def kind_of(data: bytes) -> str:
    """Tells the kind of a picture by its first bytes: png, jpg, gif or webp; "" for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""


def pixels(data: bytes) -> int:
    """Counts the pixels that a PNG, GIF or WebP says it has; 0 for a JPEG, which is taken over as it is, and for what
    cannot be read."""
    try:
        match kind_of(data):
            case "png":
                width, height = struct.unpack(">II", data[16:24])
            case "gif":
                width, height = struct.unpack("<HH", data[6:10])
            case "webp":
                width, height = _webp(data)
            case _:
                return 0
    except struct.error:
        return 0
    return int(width) * int(height)


def _webp(data: bytes) -> tuple[int, int]:
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF
