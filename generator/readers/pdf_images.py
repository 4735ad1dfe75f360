"""Extracts the pictures of a PDF: JPEG as stored in the file, plain rasters as PNG; counts the others."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from generator.readers.document import Limits
from generator.readers.pdf_page import PdfBox, box_of


class Images:
    """Extracts the pictures of a file, each once, up to the limit."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.pictures
        self._known: dict[int, bytes] = {}

    def of(self, page: Any, box: PdfBox) -> tuple[tuple[tuple[float, bytes], ...], int]:
        """Return (top in points, bytes) of a page's pictures, and how many could not be extracted.

        Ornaments are skipped, and so is a scan or background that fills the page.
        """
        pictures, lost = [], 0
        for image in page.images:
            area = box_of(image)
            if min(area.x1 - area.x0, area.bottom - area.top) < 24 or area.area > 0.6 * box.area:
                continue  # an ornament, or the page itself
            if data := self._data(image["stream"]):
                pictures.append((area.top, data))
            else:
                lost += 1
        return tuple(pictures), lost

    def _data(self, stream: Any) -> bytes:
        key = stream.objid if isinstance(stream.objid, int) else -1
        if key in self._known and key >= 0:
            return self._known[key]
        if self._left <= 0:
            return b""
        self._left -= 1
        self._known[key] = _image(stream)
        return self._known[key]


def _image(stream: Any) -> bytes:
    from pdfminer.psparser import PSLiteral

    filters = [item[0].name if isinstance(item[0], PSLiteral) else "" for item in stream.get_filters()]
    if filters == ["DCTDecode"]:
        return bytes(stream.get_rawdata() or b"")
    space = stream.get("ColorSpace")
    mode = {"DeviceRGB": "RGB", "DeviceGray": "L"}.get(getattr(space, "name", ""), "")
    width, height = stream.get("Width"), stream.get("Height")
    if filters != ["FlateDecode"] or not mode or stream.get("BitsPerComponent") != 8:
        return b""
    return _raster(mode, int(width), int(height), stream.get_data())


def _raster(mode: str, width: int, height: int, data: bytes) -> bytes:
    from PIL import Image

    if width * height * (3 if mode == "RGB" else 1) != len(data):
        return b""
    out = BytesIO()
    Image.frombytes(mode, (width, height), data).save(out, "PNG")
    return out.getvalue()
