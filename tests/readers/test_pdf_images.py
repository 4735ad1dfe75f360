"""Extracts the pictures of PDF pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pdfminer.psparser import LIT
from PIL import Image

from generator.readers.document import Limits
from generator.readers.pdf_images import Images
from generator.readers.pdf_page import PdfBox
from tests.readers.samples import LIMITS

PAGE = PdfBox(0, 0, 595, 842)


class Stream:
    """A picture as pdfminer gives it."""

    def __init__(self, number: int, data: bytes, filter_name: str, entries: dict[str, object]) -> None:
        self.objid, self.data, self.filter_name, self.entries = number, data, filter_name, entries

    def get_filters(self) -> list[tuple[Any, None]]:
        return [(LIT(self.filter_name), None)]

    def get(self, name: str) -> object:
        return self.entries.get(name)

    def get_data(self) -> bytes:
        return self.data

    get_rawdata = get_data


class Page:
    def __init__(self, *images: dict[str, object]) -> None:
        self.images = images


def image(stream: Stream, width: float = 100, height: float = 80) -> dict[str, object]:
    return {"x0": 50, "top": 60, "x1": 50 + width, "bottom": 60 + height, "stream": stream}


def raster(number: int = 1, **entries: object) -> Stream:
    """Four red pixels."""
    kind = {"ColorSpace": LIT("DeviceRGB"), "Width": 2, "Height": 2, "BitsPerComponent": 8}
    return Stream(number, b"\xff\0\0" * 4, "FlateDecode", {**kind, **entries})


def test_a_jpeg_is_taken_as_it_is() -> None:
    pictures, lost = Images(LIMITS).of(Page(image(Stream(1, b"\xff\xd8jpeg", "DCTDecode", {}))), PAGE)
    assert pictures == ((60.0, b"\xff\xd8jpeg"),) and lost == 0


def test_a_raster_becomes_png() -> None:
    (((top, data),), lost) = Images(LIMITS).of(Page(image(raster())), PAGE)
    with Image.open(BytesIO(data)) as opened:
        assert (opened.format, opened.size, opened.getpixel((1, 1))) == ("PNG", (2, 2), (255, 0, 0))
    assert (top, lost) == (60.0, 0)


def test_pictures_in_other_encodings_and_of_a_wrong_size_are_counted_as_lost() -> None:
    odd = [
        Stream(1, b"x", "JBIG2Decode", {}),
        raster(2, BitsPerComponent=1),
        raster(3, Width=3),
        raster(4, ColorSpace=None),
    ]
    assert Images(LIMITS).of(Page(*map(image, odd)), PAGE) == ((), 4)


def test_ornaments_and_scans_that_fill_the_page_are_no_pictures() -> None:
    assert Images(LIMITS).of(Page(image(raster(), 100, 20), image(raster(), 540, 780)), PAGE) == ((), 0)


def test_a_picture_used_twice_counts_once_against_the_limit() -> None:
    images = Images(Limits(pictures=1))
    same, other = image(raster(1)), image(raster(2))
    pictures, lost = images.of(Page(same, same, other), PAGE)
    assert len(pictures) == 2 and lost == 1
