"""Reads the conditional formats of an .xls."""

from __future__ import annotations

import struct

import pytest

from generator.readers.sheet_conditions import Condition, doubtful
from generator.readers.sheet_xls_conditions import XlsConditions

AREA = struct.pack("<HHHHHH", 1, 0, 0, 2, 1, 1) + struct.pack("<HHHHH", 1, 0, 2, 1, 1)  # B1:B3
INT_5 = b"\x1e\5\0"
FONT, PATTERN, NUMBER = 1 << 26, 1 << 29, 1 << 25


def font(style: int = 0, unset: int = 0x9A, script: int = 0, colour: int = 0xFFFFFFFF) -> bytes:
    body = bytes(64) + struct.pack("<LLHHL", 0xFFFFFFFF, style, 400, script, 0)
    return body + struct.pack("<LLLL", colour, 0, unset, int(not script)) + bytes(22)


def pattern(fore: int, back: int) -> bytes:
    return struct.pack("<HH", 1 << 10, fore | back << 7)


def rule(flags: int, dressing: bytes, operator: int = 5, formula: bytes = INT_5, kind: int = 1) -> bytes:
    head = struct.pack("<BBHHLH", kind, operator, len(formula), 0, flags, 0)
    return head + dressing + formula


def read(*bodies: bytes) -> list[Condition]:
    found: list[Condition] = []
    conditions = XlsConditions(found)
    conditions.record(0x01B0, AREA)
    for body in bodies:
        conditions.record(0x01B1, body)
    return found


@pytest.mark.parametrize(
    ("flags", "dressing", "dresses"),
    [
        (FONT, font(style=0x80, unset=0x1A), True),
        (FONT, font(style=0x80), False),  # the bit says that the style is left as it is
        (FONT, font(script=1), True),
        (FONT, font(colour=9), True),
        (FONT, font(colour=1), True),
        (FONT, font(colour=10), False),
        (FONT, font(), False),
        (FONT, b"", True),  # cut off
        (NUMBER, b"\0\0", True),
        (PATTERN, pattern(10, 64), False),
        (PATTERN, pattern(64, 10), False),
        (PATTERN, pattern(8, 64), True),
        (FONT | PATTERN, font(colour=9) + pattern(10, 64), False),
        (FONT | PATTERN, font(colour=10) + pattern(64, 10), True),
        (0, b"", False),
    ],
)
def test_only_rules_that_change_how_a_figure_reads_are_kept(flags: int, dressing: bytes, dresses: bool) -> None:
    assert bool(read(rule(flags, dressing))) == dresses


def test_comparisons_with_numbers_are_worked_out() -> None:
    struck = font(style=0x80, unset=0)
    texts = {(row, 1): text for row, text in enumerate(["4", "6", "甲", "9"])}
    assert list(doubtful(texts, read(rule(FONT, struck)))) == [(1, 1)]
    halves = b"\x1f" + struct.pack("<d", 4.5)
    assert list(doubtful(texts, read(rule(FONT, struck, operator=6, formula=halves)))) == [(0, 1)]
    elsewhere = b"\x44\0\0\0\0"
    for other in (rule(FONT, struck, formula=elsewhere), rule(FONT, struck, kind=2)):
        assert list(doubtful(texts, read(other))) == [(0, 1), (1, 1)]


def test_bars_and_icons_of_newer_programs_are_doubted_and_broken_records_end() -> None:
    found: list[Condition] = []
    conditions = XlsConditions(found)
    conditions.record(0x0879, bytes(12) + AREA)
    for kind in (3, 4, 6):
        conditions.record(0x087A, bytes(12) + bytes([kind]) + bytes(20))
    assert [condition.areas for condition in found] == [[(0, 1, 2, 1)]] * 2
    for kind in (0x01B0, 0x01B1, 0x0879, 0x087A):
        for length in range(14):
            XlsConditions([]).record(kind, bytes(length))
