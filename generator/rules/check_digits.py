"""Verifies the check characters of identity numbers, organisation codes and bank cards."""

from __future__ import annotations

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def gb11643(number: str) -> bool:
    """Tells whether an 18-character citizen identity number ends in its check character (GB 11643-1999)."""
    digits, check = number[:17], number[17:].upper()
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 17):
        return False
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True)) % 11] == check


def gb32100(code: str) -> bool:
    """Tells whether an 18-character unified social credit code ends in its check character (GB 32100-2015)."""
    if len(code) != 18 or not all(char in _CODE for char in code):
        return False
    total = sum(_CODE.index(char) * weight for char, weight in zip(code, _CODE_WEIGHTS, strict=False))
    return _CODE[(31 - total % 31) % 31] == code[17]


def luhn(number: str) -> bool:
    """Tells whether a string of digits ends in its Luhn check digit (ISO/IEC 7812)."""
    if not (number.isascii() and number.isdecimal()):
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
