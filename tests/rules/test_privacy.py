"""All numbers here are made up: their check characters are computed, nobody bears them."""

from __future__ import annotations

import pytest

from generator.finding import Level
from generator.rules.check_digits import gb11643, gb32100, luhn
from generator.rules.privacy import mask
from tests.rules.words import findings_of, in_paragraph, in_preface, levels, with_paragraph

IDENTITY = next(number for check in "0123456789X" if gb11643(number := f"37030019000101000{check}"))
WRONG = IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2")
CARD = next(number for check in "0123456789" if luhn(number := f"620000000000000{check}"))
MOBILE = "13800000000"


def test_an_identity_number_is_an_error_and_is_not_printed() -> None:
    (hit,) = findings_of("PRIV-ID18", with_paragraph(f"申请人{IDENTITY}。"))
    assert (hit.place.column, hit.level, hit.subject) == (4, Level.ERROR, mask(IDENTITY))
    assert IDENTITY not in hit.message.zh + hit.message.en and hit.message.zh.startswith("“37**************")


def test_a_wrong_check_character_is_a_warning() -> None:
    (hit,) = findings_of("PRIV-ID18", with_paragraph(f"申请人{WRONG}。"))
    assert hit.level is Level.WARNING


def test_old_reports_are_not_let_off() -> None:
    assert levels("PRIV-ID18", with_paragraph(f"申请人{IDENTITY}。", 2020), 2020, historical_until=2020) == [
        Level.ERROR
    ]


@pytest.mark.parametrize(
    "words",
    [
        "索引号113703040042180156/2025-5504304",
        "代码12370304778428163B",
        "共370300190001010000123件",
        "370300190013010009",
    ],
)
def test_codes_and_other_long_numbers_are_no_identities(words: str) -> None:
    assert (
        in_paragraph("PRIV-ID18", words) == in_paragraph("PRIV-ID15", words) == in_paragraph("PRIV-BANK", words) == []
    )
    assert gb32100("113703040042180156")


def test_what_passes_as_a_card_too_is_reported_as_what_it_is() -> None:
    """An organisation code and a wrong identity number, whose last digit happens to be right for a card."""
    code, identity = "910000000000000141", "620000190001010002"
    assert luhn(code) and gb32100(code) and luhn(identity) and not gb11643(identity)
    assert in_paragraph("PRIV-BANK", f"代码{code}。") == in_paragraph("PRIV-BANK", f"申请人{identity}。") == []
    assert in_paragraph("PRIV-ID18", f"申请人{identity}。") == [(4, mask(identity))]
    longer = next(f"{identity}{last}" for last in range(10) if luhn(f"{identity}{last}"))
    assert in_paragraph("PRIV-BANK", f"卡号{longer}。") == [(3, mask(longer))], "nineteen digits are no identity number"


def test_an_identity_number_is_told_apart_from_what_only_looks_like_one() -> None:
    right, wrong = (
        findings_of("PRIV-ID18", with_paragraph(f"2021年，申请人{number}。"))[0] for number in (IDENTITY, WRONG)
    )
    assert right.message.zh == f"“{mask(IDENTITY)}”是公民身份号码，请删去或遮盖"
    assert right.message.en == f"“{mask(IDENTITY)}” is a citizen identity number; delete or mask it"
    assert wrong.message.zh == f"“{mask(WRONG)}”像公民身份号码（校验码不符），请删去或遮盖"
    assert wrong.message.en == f"“{mask(WRONG)}” looks like an identity number; delete or mask it"
    assert right.place.column == wrong.place.column == 10


def test_an_organisations_code_that_looks_like_an_identity_number_is_none() -> None:
    numbers = (f"37030019000101{serial:03}{check}" for serial in range(1000) for check in range(10))
    code = next(number for number in numbers if gb32100(number) and not gb11643(number))
    other = next(number for check in range(10) if not gb32100(number := f"{code[:17]}{check}") and not gb11643(number))
    assert in_paragraph("PRIV-ID18", f"代码{code}。") == []
    assert in_paragraph("PRIV-ID18", f"代码{other}。") == [(3, mask(other))]


def test_an_old_identity_number() -> None:
    assert in_paragraph("PRIV-ID15", "申请人370300900101001。") == [(4, "37***********01")]
    assert in_paragraph("PRIV-ID15", "申请人990300900101001。") == []


@pytest.mark.parametrize("written", [MOBILE, "138 0000 0000", "138-0000-0000", "１３８００００００００"])
def test_a_mobile_number(written: str) -> None:
    (hit,) = findings_of("PRIV-MOBILE", with_paragraph(f"联系{written}。"))
    assert (hit.place.column, hit.level) == (3, Level.ERROR) and MOBILE not in hit.message.zh


def test_duty_phones_and_landlines_are_no_mobiles() -> None:
    assert in_preface("PRIV-MOBILE", f"联系{MOBILE}。", 值班手机=f"13900000000、{MOBILE}") == []
    assert in_preface("PRIV-MOBILE", "联系138 0000 0000。", 值班手机="138-0000-0000") == [], "however it is written"
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [("3703**190001010000", 1), ("1380*000000", 1), ("138****0000", 0), ("35*************123", 0)],
)
def test_a_mask_that_hides_too_little(words: str, expected: int) -> None:
    assert len(in_paragraph("PRIV-MASKWEAK", f"示例{words}。")) == expected


def with_check(head: str) -> str:
    return next(number for check in "0123456789X" if gb11643(number := head + check))


PROVINCES = [
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for code in range(first, last + 1)
]


@pytest.mark.parametrize("province", PROVINCES)
def test_identity_numbers_of_every_province(province: str) -> None:
    number = with_check(f"{province}030019000101000")
    assert in_paragraph("PRIV-ID18", f"申请人{number}。") == [(4, mask(number))]
    assert in_paragraph("PRIV-ID15", f"申请人{province}0300900101001。") == (
        [(4, f"{province}***********01")] if province < "9" else []
    )


@pytest.mark.parametrize(
    "province", ["10", "16", "20", "24", "30", "38", "40", "47", "55", "60", "66", "70", "72", "80", "91"]
)
def test_a_number_of_no_province_is_no_identity(province: str) -> None:
    assert in_paragraph("PRIV-ID18", f"申请人{with_check(f'{province}030019000101000')}。") == []


DATES = [
    ("19001231", 1),
    ("18990101", 1),
    ("20200131", 1),
    ("21000101", 0),
    ("19001301", 0),
    ("19000001", 0),
    ("19000132", 0),
    ("19000100", 0),
    ("19000930", 1),
]


@pytest.mark.parametrize(("born", "expected"), DATES)
def test_an_identity_number_holds_a_day_of_birth(born: str, expected: int) -> None:
    assert len(in_paragraph("PRIV-ID18", f"申请人{with_check(f'370300{born}000')}。")) == expected


@pytest.mark.parametrize(
    ("rule", "words", "level"),
    [
        ("PRIV-ID15", "申请人370300900101001。", Level.WARNING),
        ("PRIV-BANK", f"账户{CARD}。", Level.ERROR),
        ("PRIV-EMAIL", "联系zhangsan_1@qq.com。", Level.WARNING),
        ("PRIV-ADDR", "家住示例路3号楼2单元501室。", Level.WARNING),
        ("PRIV-MASKWEAK", "示例3703**190001010000。", Level.WARNING),
    ],
)
def test_how_grave_each_is_also_in_an_old_report(rule: str, words: str, level: Level) -> None:
    assert (
        [f.level for f in findings_of(rule, with_paragraph(words))]
        == levels(rule, with_paragraph(words, 2020), 2020, 2020)
        == [level]
    )


MASKS = [
    ("1380*******", 0),
    ("1380000****", 0),
    ("13800000***", 1),
    ("1380000000*", 1),
    ("13800000000", 0),
    ("23800000***", 0),
    ("13800000**", 0),
    ("3703000000********", 0),
    ("37030000000*******", 1),
    ("37030019000101000×", 1),
    ("3703001900010100**0", 0),
    ("3703001900******X", 0),
    ("3703001900*******X", 1),
    ("370300190*******X", 0),
    ("138000000***", 0),
]


@pytest.mark.parametrize(("words", "expected"), MASKS)
def test_a_mask_leaves_seven_of_eleven_and_ten_of_eighteen_at_most(words: str, expected: int) -> None:
    hits = [(f.place.column, f.subject) for f in findings_of("PRIV-MASKWEAK", with_paragraph(f"示例{words}。"))]
    assert hits == [(3, mask(words))] * expected


def test_a_number_with_nothing_hidden_is_no_mask() -> None:
    assert in_paragraph("PRIV-MASKWEAK", f"示例{MOBILE}，{IDENTITY}，138****0000。") == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [("62" + "0" * 14, 0), (CARD, 1), (" ".join(CARD[at : at + 4] for at in (0, 4, 8, 12)), 1), (f"1{CARD}", 0)],
)
def test_a_card_may_be_written_in_fours(number: str, expected: int) -> None:
    assert len(in_paragraph("PRIV-BANK", f"账户{number}。")) == (
        1 if luhn("62" + "0" * 14) and number == "62" + "0" * 14 else expected
    )


def test_no_more_than_thirty_of_a_kind_are_reported() -> None:
    words = "、".join(f"138{number:08}" for number in range(31))
    assert len(in_paragraph("PRIV-MOBILE", f"联系{words}。")) == 30


def test_a_home_address_after_an_offices_word_or_in_the_preface_is_not_meant() -> None:
    assert in_preface("PRIV-ADDR", "家住示例路3号楼2单元501室。") == []
    assert in_paragraph("PRIV-ADDR", "家住2单元501号，办公地址：3号楼1单元。") == [(3, "2单元501号")]


def test_mask() -> None:
    assert (mask("13800000000"), mask("370300190001010000")) == ("138*****000", "37**************00")
    assert (mask("12345678901234"), mask("123456789012345")) == ("123********234", "12***********45")
