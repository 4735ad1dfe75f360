"""Reads fonts, formats, colours and rich text of an .xls from its records."""

from __future__ import annotations

import struct

import pytest

from generator.readers.document import Mark
from generator.readers.sheet_looks import Face, Run
from generator.readers.sheet_xls_styles import XlsStyles


def font(options: int = 0, colour: int = 0x7FFF, script: int = 0, height: int = 220) -> bytes:
    return struct.pack("<HHHHH", height, options, colour, 400, script)


def style(font_number: int = 0, code: int = 0, fill: int = 0) -> bytes:
    """A cell style; `fill` is the colour of its solid background, 0 for none."""
    return struct.pack("<HH10xLH", font_number, code, (1 if fill else 0) << 26, fill)


def read(*records: tuple[int, bytes]) -> XlsStyles:
    styles = XlsStyles()
    for kind, body in records:
        styles.record(kind, body)
    return styles


@pytest.mark.parametrize(
    ("body", "mark"),
    [(font(8), Mark.STRUCK), (font(script=1), Mark.RAISED), (font(script=2), Mark.LOWERED), (font(), None)],
)
def test_fonts_give_marks(body: bytes, mark: Mark | None) -> None:
    (found,) = read((0x31, body), (0xE0, style())).styles()
    assert found.face.mark is mark and found.usual is (mark is None)


def test_the_font_number_four_does_not_exist() -> None:
    fonts = [(0x31, font(8 if number == 4 else 0)) for number in range(5)]
    (found,) = read(*fonts, (0xE0, style(5))).styles()
    assert found.face.mark is Mark.STRUCK


@pytest.mark.parametrize(
    ("body", "fill", "unseen"),
    [
        (font(colour=9), 0, True),
        (font(colour=1), 9, True),
        (font(colour=9), 8, False),
        (font(colour=65), 0, True),
        (font(height=20), 0, True),
        (font(colour=60), 0, False),
        (font(), 64, True),
    ],
)
def test_text_of_the_colour_behind_it_is_unseen(body: bytes, fill: int, unseen: bool) -> None:
    (found,) = read((0x31, body), (0xE0, style(fill=fill))).styles()
    assert found.face.unseen(found.background) is unseen


def test_a_palette_of_the_file_takes_the_place_of_the_usual_one() -> None:
    palette = struct.pack("<H", 2) + bytes([0, 0, 128, 0, 255, 255, 255, 0])
    (found,) = read((0x92, palette), (0x31, font(colour=8)), (0xE0, style(fill=8))).styles()
    assert (found.face.colour, found.background) == ("000080", "000080")


def test_formats_are_found_by_number() -> None:
    wide = '0"万"'
    own = struct.pack("<HHB", 164, len(wide), 1) + wide.encode("utf-16-le")
    found = read((0x41E, own), (0xE0, style(code=164)), (0xE0, style(code=9)), (0xE0, style(code=999))).styles()
    assert [one.code for one in found] == [wide, "0%", "General"]


def rich(*fonts: tuple[int, int]) -> bytes:
    """The string 9922 with fonts that begin at places."""
    return struct.pack("<HBH", 4, 8, len(fonts)) + b"9922" + b"".join(struct.pack("<HH", *one) for one in fonts)


STRUCK = Face(Mark.STRUCK, size=220)


def test_runs_of_rich_text_are_kept_by_number() -> None:
    plain = struct.pack("<HB", 2, 1) + "甲乙".encode("utf-16-le")
    table = struct.pack("<LL", 2, 2) + plain + rich((0, 1), (2, 0))
    fonts = (0x31, font()), (0x31, font(8))
    assert read(*fonts, (0xFC, table)).rich() == {1: (Run("99", STRUCK), Run("22", Face(size=220)))}


def test_strings_go_on_in_the_next_record_with_their_kind_again() -> None:
    head = struct.pack("<LL", 1, 1) + struct.pack("<HBH", 4, 8, 1) + b"99"
    rest = b"\1" + "22".encode("utf-16-le") + struct.pack("<HH", 2, 1)
    fonts = (0x31, font()), (0x31, font(8))
    assert read(*fonts, (0xFC, head), (0x3C, rest)).rich() == {0: (Run("99"), Run("22", STRUCK))}


@pytest.mark.parametrize("table", [b"", b"\0" * 8, b"\0" * 8 + b"\xff\xff\x09\xff\xff", b"\0" * 8 + b"\1\0\1" + b"9"])
def test_broken_strings_end_the_reading(table: bytes) -> None:
    assert read((0xFC, table)).rich() == {}
