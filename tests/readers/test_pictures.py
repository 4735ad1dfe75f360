"""Strips pictures of their metadata and leaves their pixels alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.readers.pictures import clean


def saved(mode: str, suffix: str, **options: Any) -> bytes:
    image = Image.new(mode, (64, 48))
    for x in range(64):
        for y in range(48):
            image.putpixel(
                (x, y), (x * 4, y * 5, 90, 200)[: len(image.getbands())] if len(image.getbands()) > 1 else x * 4
            )
    out = BytesIO()
    image.save(out, suffix, **options)
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGBA").tobytes()


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "ExampleCam", orientation
    return saved("RGB", "JPEG", exif=exif, comment=b"taken at home")


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_keeps_its_pixels_and_loses_exif_comment_and_tail(progressive: bool) -> None:
    exif = Image.Exif()
    exif[0x010F] = "ExampleCam"
    data = (
        saved("RGB", "JPEG", exif=exif, comment=b"taken at home", progressive=progressive, icc_profile=b"p" * 200)
        + b"hidden tail"
    )
    cleaned = clean(data)
    assert cleaned is not None and cleaned.suffix == ".jpg" and cleaned.stripped
    assert not any(word in cleaned.data for word in (b"ExampleCam", b"taken at home", b"hidden tail"))
    assert b"p" * 200 in cleaned.data
    assert pixels(cleaned.data) == pixels(data)
    assert clean(cleaned.data) == cleaned._replace(stripped=False)


def test_a_turned_photograph_stands_upright_without_its_metadata() -> None:
    cleaned = clean(with_exif(6))
    assert cleaned is not None and b"ExampleCam" not in cleaned.data
    with Image.open(BytesIO(cleaned.data)) as image:
        assert image.size == (48, 64) and not image.getexif()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_png_keeps_its_pixels_and_loses_its_texts(mode: str) -> None:
    info = PngInfo()
    info.add_text("Author", "Example Person")
    data = saved(mode, "PNG", pnginfo=info) + b"hidden tail"
    cleaned = clean(data)
    assert cleaned is not None and cleaned.suffix == ".png" and cleaned.stripped
    assert b"Example Person" not in cleaned.data
    assert b"hidden tail" not in cleaned.data
    assert pixels(cleaned.data) == pixels(data)


@pytest.mark.parametrize(("mode", "suffix"), [("P", "GIF"), ("RGB", "BMP"), ("RGB", "TIFF"), ("RGBA", "WEBP")])
def test_others_become_png(mode: str, suffix: str) -> None:
    data = saved(mode, suffix, **({"lossless": True} if suffix == "WEBP" else {}))
    cleaned = clean(data)
    assert cleaned is not None and cleaned.suffix == ".png" and pixels(cleaned.data) == pixels(data)


def test_what_is_no_picture_or_too_large() -> None:
    assert clean(b"") is None and clean(b"\xd7\xcd\xc6\x9a" + b"\0" * 40) is None and clean(with_exif()[:300]) is None
    huge = bytearray(saved("L", "PNG"))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    assert clean(bytes(huge)) is None
