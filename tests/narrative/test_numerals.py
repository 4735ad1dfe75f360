"""Numbers in Chinese prose: read, written, found."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22", "22"),
        ("２２", "22"),
        ("36,175", "36175"),
        ("1万6千", "16000"),
        ("1.6万", "16000"),
        ("三万六千", "36000"),
        ("十二", "12"),
        ("二十二", "22"),
        ("两千零三", "2003"),
        ("3亿2万", "300020000"),
        ("二〇二〇", "2020"),
        ("33.9", "33.9"),
        ("一百零五", "105"),
    ],
)
def test_a_number_reads_as_its_value(text: str, value: str) -> None:
    assert numerals.read(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "甲", "一百二", "1" * 30])
def test_what_is_not_plainly_a_number_is_none(text: str) -> None:
    assert numerals.read(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "零"),
        ("10", "十"),
        ("22", "二十二"),
        ("105", "一百零五"),
        ("10500", "一万零五百"),
        ("110000", "十一万"),
        ("36175", "三万六千一百七十五"),
        ("100000001", "一亿零一"),
        ("3.50", "三点五"),
        ("-5", "负五"),
    ],
)
def test_a_value_is_written_in_chinese(value: str, text: str) -> None:
    assert numerals.write(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("0.00", "0"), ("-0", "0"), ("1E+3", "1000"), ("12.50", "12.5"), ("-3.10", "-3.1"), ("100", "100")],
)
def test_a_value_is_written_in_digits_without_idle_zeros(value: str, text: str) -> None:
    assert numerals.plain(Decimal(value)) == text


@pytest.mark.parametrize(("value", "text"), [("0.5", "1"), ("-0.5", "-1"), ("2.5", "3"), ("2.49", "2")])
def test_halves_are_rounded_away_from_zero(value: str, text: str) -> None:
    assert str(numerals.rounded(Decimal(value), 0)) == text


@given(st.integers(0, 10**15))
def test_chinese_numerals_read_back_as_they_were_written(number: int) -> None:
    written = numerals.write(Decimal(number))
    assert len(written) > numerals.LONGEST or numerals.read(written) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到22件，占33.9%。", [("22", "件", "figure"), ("33.9", "%", "figure")]),
        ("国办公开办函〔2019〕60号", [("2019", "", "ordinal"), ("60", "号", "date")]),
        ("2020年12月31日", [("2020", "年", "date"), ("12", "月", "date"), ("31", "日", "date")]),
        ("邮编：255200；电话：0533-4110087", [("255200", "", "code"), ("0533", "", "code"), ("4110087", "", "code")]),
        ("一是健全，第二十条第（一）项", [("一", "", "word"), ("二十", "条", "ordinal"), ("一", "", "ordinal")]),
        ("1、健全机制", [("1", "", "ordinal")]),
        ("受理12345热线36175件", [("12345", "", "code"), ("36175", "件", "figure")]),
        ("一个中心、二十余次", [("一", "个", "word"), ("二十", "次", "figure")]),
        ("总数为22", [("22", "", "bare")]),
    ],
)
def test_every_number_of_a_line_is_found_and_named(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(found.text, found.unit, found.kind) for found in numerals.find(text)] == expected
    assert all(text[found.start : found.end] == found.text for found in numerals.find(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["1" * 10**6, "1,1" * 330_000, "一" * 10**6, "1万" * 500_000, "1.1." * 250_000, "1万1" * 330_000],
    ids=lambda line: line[:4],
)
def test_a_line_of_a_million_characters_is_soon_read(line: str) -> None:
    start = time.process_time()
    assert sum(1 for _ in numerals.find(line))
    assert time.process_time() - start < 15
