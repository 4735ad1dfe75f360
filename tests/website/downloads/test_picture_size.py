"""Sizes of pictures, read without decoding them."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from generator.website.downloads.picture_size import kind_of, pixels


def picture(kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("png"), "png"),
        (picture("gif"), "gif"),
        (picture("webp", lossless=True), "webp"),
        (picture("webp"), "webp"),
        (picture("webp", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"), "webp"),  # VP8X
    ],
)
def test_the_size_is_that_of_the_picture(data: bytes, kind: str) -> None:
    assert (kind_of(data), pixels(data)) == (kind, 1200)


def test_a_jpeg_is_taken_over_as_it_is_and_what_is_none_has_no_size() -> None:
    assert (kind_of(picture("jpeg")), pixels(picture("jpeg"))) == ("jpg", 0)
    assert (kind_of(b"none"), pixels(b"none"), pixels(b"\x89PNG\r\n\x1a\n")) == ("", 0, 0)


def test_a_small_file_may_be_a_giant() -> None:
    giant = picture("png")[:16] + struct.pack(">II", 60_000, 60_000) + picture("png")[24:]
    assert pixels(giant) == 3_600_000_000
