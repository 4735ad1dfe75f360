"""Strips metadata from pictures: drops segments of JPEG and PNG (pixels untouched), re-encodes others as PNG."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import NamedTuple

_PIXELS = 60_000_000  # larger ones are not decoded
_JPEG_KEPT = {0xE0, 0xE2, 0xEE}  # JFIF, ICC profile, Adobe transform: without them colours change
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
_ORIENTATION = 0x0112


class Cleaned(NamedTuple):
    """Holds a clean picture: `suffix` with its dot; `stripped` when something was removed."""

    suffix: str
    data: bytes
    stripped: bool


class Budget:
    """Counts the pixels that may still be decoded of one file, for a small file can have hundreds of huge pictures."""

    def __init__(self, pixels: int = 400_000_000) -> None:
        self.left = pixels

    def spend(self, pixels: int) -> bool:
        self.left -= pixels
        return self.left >= 0


def clean(data: bytes, budget: Budget | None = None) -> Cleaned | None:
    """Strip a picture; None when it is not a picture, too large, beyond the budget, or Pillow is not installed."""
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is dropped anyway
            with Image.open(BytesIO(data), formats=("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")) as image:
                pixels = image.width * image.height
                if pixels > _PIXELS or not (budget or Budget()).spend(pixels):
                    return None
                kind = image.format or ""
                turned = kind == "JPEG" and image.getexif().get(_ORIENTATION, 1) not in (0, 1)
                if kind == "JPEG" and not turned:
                    image.draft("RGB", (64, 64))  # decoding at an eighth of its size shows that it can be decoded
                    image.load()
                    return _segments(data)
                image.load()
                if kind == "PNG":
                    return _chunks(data)
                return _again(image, turned)
    except Exception:  # hostile bytes make decoders raise anything; the picture is reported as not read
        return None


def _again(image: object, turned: bool) -> Cleaned:
    """Re-encode a rotated photograph as JPEG (its orientation was in the metadata), anything else as PNG."""
    from PIL import Image, ImageOps

    assert isinstance(image, Image.Image)
    out = BytesIO()
    if turned:
        ImageOps.exif_transpose(image).convert("RGB").save(out, "JPEG", quality=95, subsampling=0)
        return Cleaned(".jpg", out.getvalue(), True)
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    fresh = image.convert(mode)
    fresh.info.clear()
    fresh.save(out, "PNG")
    return Cleaned(".png", out.getvalue(), True)


def _segments(data: bytes) -> Cleaned | None:
    """Strip a JPEG of comments, of APPn segments that colours do not need, and of what follows its end."""
    kept = [data[:2]]
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            return None
        marker = data[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
            continue
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            break
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _JPEG_KEPT:
            kept.append(data[position:end])
        position = end
        if marker == 0xDA:
            stop = _scan_end(data, position)
            kept.append(data[position:stop])
            position = stop
    else:
        kept.append(b"\xff\xd9")
    cleaned = b"".join(kept)
    return Cleaned(".jpg", cleaned, cleaned != data)


def _scan_end(data: bytes, position: int) -> int:
    """Find where entropy-coded data ends: at the next marker that is neither a stuffed byte nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        if data[position + 1] == 0 or 0xD0 <= data[position + 1] <= 0xD7:
            position += 2
        else:
            return position


def _chunks(data: bytes) -> Cleaned:
    """Strip a PNG to the chunks that make its picture: no texts, times, EXIF, nor what follows its end."""
    kept = [data[:8]]
    position = 8
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        if kind in _PNG_KEPT:
            kept.append(data[position:end])
        position = end
        if kind == b"IEND":
            break
    cleaned = b"".join(kept)
    return Cleaned(".png", cleaned, cleaned != data)
