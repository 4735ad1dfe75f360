"""Limits what a PDF may unpack and draw, which pdfminer does not.

Every stream is unpacked here first, and what `pdf_instructions` draws is counted.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from generator.readers.document import Limits, Unreadable
from generator.readers.notes import refuse

_MARKS_OF_A_PAGE = 30_000  # characters, lines and pictures; a dense page has 5,000 of them
_MARKS_OF_A_FILE = 500_000
_FORMS = 2_000  # form XObjects (nested drawings) that one page may call
_STREAM = re.compile(rb"stream\r?\n")


def refuse_bombs(data: bytes, limits: Limits) -> None:
    """Unpack every stream piece by piece, keeping nothing; raise Unreadable when they exceed the limit in total."""
    if re.search(rb"/FlateDecode[\s/A-Za-z]*/FlateDecode", data) or re.search(rb"/Fl\s*/Fl\b", data):
        raise refuse(
            "PDF 里的数据压缩了两层，像是压缩炸弹，不读取。", "The PDF compresses data twice, like a zip bomb."
        )
    left = limits.unpacked_bytes
    for match in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        rest = data[match.end() : match.end() + 65_536]
        position = match.end() + 65_536
        try:
            while rest and not unpack.eof:
                left -= len(unpack.decompress(rest, 1_000_000))
                if left < 0:
                    raise refuse(
                        f"PDF 解开后超过 {limits.unpacked_bytes // 1_000_000} MB，不读取。",
                        f"The unpacked PDF exceeds {limits.unpacked_bytes // 1_000_000} MB.",
                    )
                rest = unpack.unconsumed_tail
                if not rest:
                    rest, position = data[position : position + 65_536], position + 65_536
        except zlib.error:
            continue  # not a Flate stream, or a damaged one


class DrawingCount:
    """Counts what a file and its current page have drawn; raises Unreadable beyond the limits."""

    def __init__(self) -> None:
        self.file = self.page = self.forms = self.number = 0
        self._fonts: dict[int, tuple[int, Any]] = {}  # kept, so that no other font gets the same identity

    def next(self, number: int) -> None:
        self.page = self.forms = 0
        self.number = number

    def font(self, font: Any) -> int:
        """Return the number of a font within the file."""
        return self._fonts.setdefault(id(font), (len(self._fonts), font))[0]

    def drawn(self) -> None:
        self.file += 1
        self.page += 1
        if self.page > _MARKS_OF_A_PAGE or self.file > _MARKS_OF_A_FILE:
            raise self.refusal()

    def called(self) -> None:
        self.forms += 1
        if self.forms > _FORMS:
            raise self.refusal()

    def refusal(self) -> Unreadable:
        return refuse(
            f"PDF 第 {self.number} 页内容太多，不读取。", f"Page {self.number} of the PDF has too much content."
        )
