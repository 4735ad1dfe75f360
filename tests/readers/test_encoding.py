"""Decodes text and web pages in the encodings that Chinese offices use."""

from __future__ import annotations

import pytest

from generator.readers.document import Unreadable
from generator.readers.encoding import BROKEN, clean, damage, decode

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


def test_a_character_cut_off_at_the_end_is_dropped() -> None:
    assert decode("甲乙丙".encode("gb18030")[:-1]) == "甲乙"


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
