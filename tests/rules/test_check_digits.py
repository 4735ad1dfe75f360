"""Check characters against numbers whose check is known: published codes, the standards' own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rules.check_digits import gb11643, gb32100, luhn

# codes of organs, from the index numbers of their published reports
CODES = ["113703040042180156", "12370304778428163B", "11370304004218162P", "1137030400421863XL", "11370304004234015Q"]


@pytest.mark.parametrize("code", CODES)
def test_published_organisation_codes_pass_and_no_change_of_one_character_does(code: str) -> None:
    assert gb32100(code)
    for at, char in enumerate(code):
        other = "1" if char != "1" else "2"
        assert not gb32100(code[:at] + other + code[at + 1 :])


def test_the_example_of_the_standard_on_identity_numbers() -> None:
    """GB 11643-1999 gives 11010519491231002X."""
    assert gb11643("11010519491231002X") and gb11643("11010519491231002x")
    assert not gb11643("110105194912310021") and not gb11643("1101051949123100")


DIGITS = "0123456789"


@pytest.mark.slow
@given(st.text(DIGITS, min_size=17, max_size=17))
def test_the_check_of_an_identity_number_is_that_of_iso_7064_mod_11_2(head: str) -> None:
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(head))
    right = next(check for check in range(11) if (total + check) % 11 == 1)
    assert [gb11643(head + check) for check in "0123456789X"] == [at == right for at in range(11)]


LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(LETTERS, min_size=17, max_size=17))
def test_the_check_of_an_organisation_code_is_that_of_mod_31_3(head: str) -> None:
    total = sum(LETTERS.index(char) * 3**at for at, char in enumerate(head))
    right = -total % 31
    assert [gb32100(head + check) for check in LETTERS] == [at == right for at in range(31)]


@given(st.text(DIGITS, min_size=1, max_size=20))
def test_the_check_of_a_card_is_that_of_luhn(head: str) -> None:
    doubled = [sum(map(int, str(2 * int(digit)))) for digit in head[::-2]]
    right = -(sum(doubled) + sum(map(int, head[-2::-2]))) % 10
    assert [luhn(head + check) for check in DIGITS] == [at == right for at in range(10)]


@pytest.mark.parametrize("number", ["１1010519491231002X", "A1010519491231002X", ""])
def test_what_is_not_in_plain_digits_is_no_number(number: str) -> None:
    assert not gb11643(number) and not luhn(number) and not luhn(number.replace("X", "0"))
    assert not luhn("７9927398713")


def test_the_usual_example_of_luhn() -> None:
    assert luhn("79927398713") and not luhn("79927398710") and not luhn("7992739871a")


@given(st.text(max_size=20))
def test_any_text_gives_an_answer(text: str) -> None:
    assert not (gb32100(text) and len(text) != 18)
    assert gb11643(text) in (True, False) and luhn(text) in (True, False)
