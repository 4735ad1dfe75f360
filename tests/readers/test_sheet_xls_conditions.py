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


def newer(kind: int, flags: int, dressing: bytes = b"") -> bytes:
    """A CF12 of this kind."""
    look = struct.pack("<LH", flags, 0) + dressing
    return bytes(12) + struct.pack("<BBHHL", kind, 0, 0, 0, len(look)) + look + bytes(30)


def extension(number: int, flags: int, dressing: bytes = b"", of_newer: int = 0, has_look: int = 1) -> bytes:
    """A CFEx of the rules with this number."""
    look = struct.pack("<LH", flags, 0) + dressing
    head = struct.pack("<LHHBBHBB", of_newer, number, 0, 0, 0, 1, 1, has_look)
    return bytes(12) + head + struct.pack("<L", len(look)) + look + bytes(17)


@pytest.mark.parametrize(
    ("kind", "record", "doubted"),
    [
        (0x087A, newer(1, NUMBER, b"\0\0"), True),
        (0x087A, newer(5, FONT, font(style=0x80, unset=0x1A)), True),
        (0x087A, newer(2, PATTERN, pattern(10, 64)), False),
        (0x087A, newer(3, 0), False),
        (0x087B, extension(7, NUMBER, b"\0\0"), True),
        (0x087B, extension(7, PATTERN, pattern(10, 64)), False),
        (0x087B, extension(7, NUMBER, b"\0\0", has_look=0), False),
        (0x087B, extension(8, NUMBER, b"\0\0"), False),  # of rules that are not there
    ],
)
def test_looks_that_only_newer_programs_know_are_seen(kind: int, record: bytes, doubted: bool) -> None:
    found: list[Condition] = []
    conditions = XlsConditions(found)
    conditions.record(0x01B0, AREA[:2] + struct.pack("<H", 7 << 1) + AREA[4:])
    conditions.record(kind, record)
    assert list(doubtful({(1, 1): "9", (4, 1): "9"}, found)) == ([(1, 1)] if doubted else [])


def test_a_rule_of_newer_programs_may_stand_behind_a_reference() -> None:
    found: list[Condition] = []
    conditions = XlsConditions(found)
    conditions.record(0x01B0, AREA[:2] + struct.pack("<H", 7 << 1) + AREA[4:])
    conditions.record(0x01B0, AREA[:2] + struct.pack("<HHHHHHHHHH", 9 << 1, 5, 5, 5, 5, 1, 5, 5, 5, 5))
    conditions.record(0x087B, extension(7, 0, of_newer=1))
    conditions.record(0x087A, newer(1, NUMBER))
    assert [condition.areas for condition in found] == [[(0, 1, 2, 1)]]


def test_bars_and_icons_of_newer_programs_are_doubted_and_broken_records_end() -> None:
    found: list[Condition] = []
    conditions = XlsConditions(found)
    conditions.record(0x0879, bytes(12) + AREA)
    for kind in (3, 4, 6):
        conditions.record(0x087A, bytes(12) + bytes([kind]) + bytes(20))
    assert [condition.areas for condition in found] == [[(0, 1, 2, 1)]] * 2
    for kind in (0x01B0, 0x01B1, 0x0879, 0x087A, 0x087B):
        for length in range(32):
            XlsConditions([]).record(kind, bytes(length))
