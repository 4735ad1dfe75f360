"""All numbers here are made up: their check characters are computed, nobody bears them."""

from __future__ import annotations

import pytest

from generator.checksums import gb11643, gb32100, luhn
from generator.diagnostic import Level
from generator.rules.privacy import mask
from tests.rules.words import found, in_paragraph, in_preface, levels, with_paragraph

IDENTITY = next(number for check in "0123456789X" if gb11643(number := f"37030019000101000{check}"))
WRONG = IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2")
CARD = next(number for check in "0123456789" if luhn(number := f"620000000000000{check}"))
MOBILE = "13800000000"


def test_an_identity_number_is_an_error_and_is_not_printed() -> None:
    (hit,) = found("PRIV-ID18", with_paragraph(f"申请人{IDENTITY}。"))
    assert (hit.place.column, hit.level, hit.subject) == (4, Level.ERROR, mask(IDENTITY))
    assert IDENTITY not in hit.message.zh + hit.message.en and hit.message.zh.startswith("“37**************")


def test_a_wrong_check_character_is_a_warning() -> None:
    (hit,) = found("PRIV-ID18", with_paragraph(f"申请人{WRONG}。"))
    assert hit.level is Level.WARNING


def test_old_reports_are_not_let_off() -> None:
    assert levels("PRIV-ID18", with_paragraph(f"申请人{IDENTITY}。", 2020), 2020, historical_until=2020) == [Level.ERROR]


@pytest.mark.parametrize("words", ["索引号113703040042180156/2025-5504304", "代码12370304778428163B", "共370300190001010000123件", "370300190013010009"])
def test_codes_and_other_long_numbers_are_no_identities(words: str) -> None:
    assert in_paragraph("PRIV-ID18", words) == in_paragraph("PRIV-ID15", words) == in_paragraph("PRIV-BANK", words) == []
    assert gb32100("113703040042180156")


def test_an_old_identity_number() -> None:
    assert in_paragraph("PRIV-ID15", "申请人370300900101001。") == [(4, "37***********01")]
    assert in_paragraph("PRIV-ID15", "申请人990300900101001。") == []


@pytest.mark.parametrize("written", [MOBILE, "138 0000 0000", "138-0000-0000", "１３８００００００００"])
def test_a_mobile_number(written: str) -> None:
    (hit,) = found("PRIV-MOBILE", with_paragraph(f"联系{written}。"))
    assert (hit.place.column, hit.level) == (3, Level.ERROR) and MOBILE not in hit.message.zh


def test_duty_phones_and_landlines_are_no_mobiles() -> None:
    assert in_preface("PRIV-MOBILE", f"联系{MOBILE}。", 值班手机=f"13900000000、{MOBILE}") == []
    assert in_preface("PRIV-MOBILE", "联系0533-4110087，138****0000，2020130000000001。") == []


def test_a_bank_card() -> None:
    assert in_paragraph("PRIV-BANK", f"账户{CARD}。") == [(3, mask(CARD))]
    assert in_paragraph("PRIV-BANK", f"账户{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}。") == []


def test_a_persons_mailbox_in_the_text() -> None:
    assert in_paragraph("PRIV-EMAIL", "联系zhangsan_1@qq.com。") == [(3, mask("zhangsan_1@qq.com"))]
    assert in_paragraph("PRIV-EMAIL", "联系shili@example.gov.cn。") == []
    assert in_preface("PRIV-EMAIL", "联系shili@qq.com。") == []


def test_a_home_address() -> None:
    assert in_paragraph("PRIV-ADDR", "家住示例路3号楼2单元501室。") == [(6, "3号楼2单元501室")]
    assert in_paragraph("PRIV-ADDR", "惠及3个单元120户，地址：2单元501室。") == []


@pytest.mark.parametrize(("words", "expected"), [("3703**190001010000", 1), ("1380*000000", 1), ("138****0000", 0), ("35*************123", 0)])
def test_a_mask_that_hides_too_little(words: str, expected: int) -> None:
    assert len(in_paragraph("PRIV-MASKWEAK", f"示例{words}。")) == expected


def test_mask() -> None:
    assert (mask("13800000000"), mask("370300190001010000")) == ("138*****000", "37**************00")
