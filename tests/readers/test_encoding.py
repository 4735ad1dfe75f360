"""Decodes text and web pages in the encodings that Chinese offices use."""

from __future__ import annotations

import pytest

from generator.readers.document import Unreadable
from generator.readers.encoding import BROKEN, byte_order, clean, damage, decode

TEXT = "示例区政府信息公开 abc 22件"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_encoding_is_detected_from_the_bytes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_bytes_take_precedence_over_the_declared_encoding() -> None:
    assert decode(TEXT.encode(), "gb2312") == TEXT
    assert decode(TEXT.encode("utf-16"), "utf-8") == TEXT


def test_big5_is_read_only_where_it_is_declared() -> None:
    data = "政府資訊公開".encode("big5")
    assert decode(data, "Big5") == "政府資訊公開"
    assert decode(data) != "政府資訊公開"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("length", [8, 40])
def test_a_character_cut_off_at_the_end_becomes_a_mark(encoding: str, length: int) -> None:
    text = ("依申请公开甲乙丙丁戊" * 9)[:length] * 3
    assert decode(text.encode(encoding)[:-1]) == text[:-1] + BROKEN


@pytest.mark.parametrize("at", [1, 30, 90, -7, -3])
@pytest.mark.parametrize("stray", [b"\xb0", b"\xff", b"\xe4", b"\x80"])
def test_one_stray_byte_in_utf_8_makes_no_other_characters(at: int, stray: bytes) -> None:
    data = "收到申请22件，办结13件。\n".encode() * 4
    while data[at] & 0xC0 == 0x80:  # between two characters
        at -= 1
    text = decode(data[:at] + stray + data[at:])
    assert text.replace(BROKEN, "") == data.decode() and text.count(BROKEN) == 1


def test_a_stray_byte_at_the_end_of_gb18030_becomes_a_mark() -> None:
    assert decode("收到申请22件".encode("gb18030") + b"\xff") == "收到申请22件" + BROKEN


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["政府信息公开工作年度报告", "示例区政府信息公开：22件"])
def test_utf_16_without_a_mark_is_told_by_its_usual_characters(order: str, text: str) -> None:
    assert decode(text.encode(order)) == text and byte_order(text.encode(order)) == order


@pytest.mark.parametrize("text", ["政府信息公开工作年度报告", "依申请公开甲乙丙", "龘靐齉爩"])
def test_gb18030_is_not_taken_for_utf_16(text: str) -> None:
    assert decode(text.encode("gb18030")) == text


def test_a_few_broken_bytes_in_utf_8_become_marks_and_many_are_refused() -> None:
    assert decode(b"1\xff2" + "示例".encode() * 200) == f"1{BROKEN}2" + "示例" * 200
    with pytest.raises(Unreadable, match="not a text file"):
        decode(b"\xff\xfd\xff" * 40)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 9, b"\0\1\2\3" * 999])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="neither UTF-8 nor GB18030"):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("甲\r\n乙\r丙\x85丁\u2029戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲\u200b\ufeff乙\x00\x07丙", "甲乙丙"),
        ("甲\xa0乙\u2003丙", "甲 乙 丙"),
        ("名称\t数\u3000量", "名称\t数\u3000量"),
    ],
)
def test_line_ends_invisible_characters_and_odd_spaces_are_made_plain(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_broken_characters_are_counted_in_one_finding() -> None:
    assert damage("完好", "a.txt") == []
    (finding,) = damage(f"甲{BROKEN}乙{BROKEN}", "a.txt")
    assert finding.rule == "IMP-ENCODING" and finding.place.file == "a.txt"
    assert finding.message.zh.startswith("文件里有2处坏字符") and finding.message.en.startswith("2 characters")
