"""Tells what a spreadsheet's number format makes of a number: what a person sees, or that it is a date or hidden.

Formats are written as in Excel (`0!.0,"万"`); only what decides how a figure reads is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_MOST = 255  # characters of a format that Excel takes
_LARGEST = 10**15  # a spreadsheet keeps no more digits
_MONEY_FORMATS = {number: '"￥"#,##0' + (".00" if number > 6 else "") for number in (5, 6, 7, 8)}
# The formats that a file does not write out. 27-36 and 50-58 are dates in Chinese, Japanese and Korean Excel.
BUILT_IN: dict[int, str] = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0", 49: "@"},
    **{number: code + ";-" + code for number, code in _MONEY_FORMATS.items()},
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56), "hh:mm:ss"),
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    **dict.fromkeys((41, 42), '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '),
    **dict.fromkeys((43, 44), '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
}
_GENERAL = ("general", "g/通用格式", "standard")
_COLOURS = re.compile(
    r"(?:black|white|red|green|blue|yellow|magenta|cyan|color ?\d+|颜色 ?\d+|[黑白红绿蓝黄洋青]红?色?)"
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)")
_WHITE = ("white", "白色", "color2", "颜色2", "color 2", "颜色 2")  # figures in it are not seen
_ELAPSED = re.compile(r"h+|m+|s+")


class Seen(StrEnum):
    """Names what a format makes of a number."""

    TEXT = "text"  # the text that is shown is known ("" where nothing is)
    DATE = "date"
    TIME = "time"
    UNKNOWN = "unknown"  # not worked out: fractions, exponents, Chinese digits


class Look(NamedTuple):
    """Holds how a number looks; `text` belongs to Seen.TEXT only."""

    seen: Seen
    text: str = ""


class _Token(NamedTuple):
    kind: str  # literal, digit, point, comma, percent, general, text, date, month (or minutes), time, odd
    text: str = ""


class _Section(NamedTuple):
    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None  # of the numbers that it is for


@lru_cache(4_096)
def look_of_number(code: str, number: Decimal) -> Look:
    """Work out what a person sees of a number in a format."""
    tokens, signed = _chosen(_parsed(code[:_MOST]), number)
    kinds = {token.kind for token in tokens}
    if kinds & {"date", "month", "time"}:
        return Look(Seen.TIME if "time" in kinds and "date" not in kinds else Seen.DATE)
    if "odd" in kinds or abs(number) >= _LARGEST:
        return Look(Seen.UNKNOWN)
    sign = "-" if signed and number < 0 else ""
    text = _filled(tokens, abs(number))
    if text is None:
        return Look(Seen.UNKNOWN)
    return Look(Seen.TEXT, (sign + text if any(map(str.isdecimal, text)) else text).strip())


def look_of_text(code: str, text: str) -> str:
    """Return what a person sees of a text in a format: only its section for texts matters."""
    sections = _parsed(code[:_MOST])
    texts = [section for section in sections if any(token.kind == "text" for token in section.tokens)]
    section = sections[3] if len(sections) > 3 else texts[0] if texts else None
    if section is None:
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens).strip()


def same_figure(shown: str, number: Decimal) -> bool:
    """Tell whether a text shows just this number: separators, blanks and decimals of zero do not matter."""
    bare = "".join(shown.split()).replace(",", "").removesuffix(".")
    digits = bare.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal()) or re.match(r"-?0\d", bare):
        return False
    try:
        return Decimal(bare) == number
    except InvalidOperation:
        return False


def moment(number: Decimal) -> str:
    """Write the date, and the time if there is one, that Excel shows for a day's number; "" beyond its calendar."""
    if not 0 <= number < 2_958_466:
        return ""
    minutes = int((number * 1_440).quantize(Decimal(1), ROUND_HALF_UP))
    day, minute = divmod(minutes, 1_440)
    # Excel's calendar has a 29 February 1900
    year, month, day_of_month = _civil(day + _ZERO_DAY + (1 if day < 60 else 0))
    date = f"{year:04}-{month:02}-{day_of_month:02}"
    return f"{date} {minute // 60:02}:{minute % 60:02}" if minute else date


def days_since_zero(date: str, zero: str = "1899-12-30") -> int | None:
    """Count the days of a date in ISO form from another; None where one of them is no date."""
    found, start = _DATE.match(date), _DATE.match(zero)
    if found is None or start is None:
        return None
    return _days(*map(int, found.groups())) - _days(*map(int, start.groups()))


_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)
_ZERO_DAY = -25_569  # 30 December 1899, in days from 1970


def _civil(days: int) -> tuple[int, int, int]:
    """Return year, month and day of a number of days from 1970; a year of this reckoning begins in March."""
    days += 719_468
    era, day = divmod(days, 146_097)
    year = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day -= (153 * month + 2) // 5
    return year + era * 400 + (month > 9), month + 3 if month < 10 else month - 9, day + 1


def _days(year: int, month: int, day: int) -> int:
    """Return the number of days of a date from 1970."""
    era, year = divmod(year - (month < 3), 400)
    day += (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 - 1
    return era * 146_097 + year * 365 + year // 4 - year // 100 + day - 719_468


# ---------------------------------------------------------------- reading a format


@lru_cache(256)
def _parsed(code: str) -> tuple[_Section, ...]:
    return tuple(_Section(tuple(_tokens(part)), _condition(part)) for part in _sections(code))


def _sections(code: str) -> list[str]:
    """Split a format at its semicolons."""
    parts, start, at = [], 0, 0
    while at < len(code):
        at, _, separator = _step(code, at)
        if separator:
            parts.append(code[start : at - 1])
            start = at
    return [*parts, code[start:]]


def _step(code: str, at: int) -> tuple[int, str, bool]:
    """Step over one element of a format: return where the next begins, the element, and whether it is a semicolon."""
    character = code[at]
    if character == '"':
        end = code.find('"', at + 1)
        end = len(code) if end < 0 else end + 1
    elif character == "[":
        end = code.find("]", at + 1)
        end = len(code) if end < 0 else end + 1
    elif character in "\\!_*":
        end = min(len(code), at + 2)
    else:
        end = at + 1
    return end, code[at:end], character == ";"


def _tokens(section: str) -> Iterator[_Token]:
    """Yield what a section is made of."""
    lower = section.lower()
    at = 0
    while at < len(section):
        general = next((word for word in _GENERAL if lower.startswith(word, at)), "")
        if general:
            at += len(general)
            yield _Token("general")
            continue
        clock = next((word for word in ("am/pm", "a/p", "上午/下午") if lower.startswith(word, at)), "")
        if clock:
            at += len(clock)
            yield _Token("time")
            continue
        at, element, _ = _step(section, at)
        token = _token(element)
        if token is not None:
            yield token


def _token(element: str) -> _Token | None:
    """Classify one element; None for what shows nothing."""
    first = element[0]
    if first == '"':
        return _Token("literal", element.strip('"'))
    if first in "\\!":
        return _Token("literal", element[1:])
    if first == "_":
        return _Token("literal", " ")
    if first == "*":
        return _Token("odd") if element[1:].isdecimal() else None  # what is repeated to fill the cell
    if first == "[":
        return _bracket(element[1:].removesuffix("]"))
    signs = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "@": "text"}
    if first in signs:
        return _Token(signs[first], first)
    kinds = {**dict.fromkeys("yYdDeaAgGbB", "date"), **dict.fromkeys("mM", "month"), **dict.fromkeys("hHsS", "time")}
    return _Token(kinds[first]) if first in kinds else _Token("odd" if first in "E/" else "literal", first)


def _bracket(inside: str) -> _Token | None:
    """Classify what stands in square brackets: a currency sign, a colour, a condition, hours, digits of a script."""
    lower = inside.lower()
    if inside.startswith("$"):
        sign = inside[1:].partition("-")[0]
        return _Token("literal", sign) if sign else None
    if lower in _WHITE:
        return _Token("odd")
    if _COLOURS.fullmatch(lower) or _CONDITION.fullmatch(inside):
        return None
    return _Token("time") if _ELAPSED.fullmatch(lower) else _Token("odd")


def _chosen(sections: Sequence[_Section], number: Decimal) -> tuple[tuple[_Token, ...], bool]:
    """Choose the section of a number; tell whether a minus sign is put before what it shows."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for tokens, condition in numeric:
            if condition is None or _holds(number, *condition):
                return tokens, True
        return (_Token("odd"),), True
    if len(numeric) == 1 or number > 0 or (number == 0 and len(numeric) == 2):
        return numeric[0].tokens, len(numeric) == 1
    return (numeric[1] if number < 0 else numeric[2]).tokens, False


def _condition(part: str) -> tuple[str, Decimal] | None:
    for inside in re.findall(r"\[([^\]]{1,40})\]", part):
        match = _CONDITION.fullmatch(inside)
        if match:
            return match[1], Decimal(match[2])
    return None


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


# ---------------------------------------------------------------- filling in a number


def _filled(tokens: Sequence[_Token], number: Decimal) -> str | None:
    """Write a positive number in a section; None where that is beyond what is worked out."""
    kinds = [token.kind for token in tokens]
    if "general" in kinds or "text" in kinds:
        words = [f"{number:f}" if token.kind in ("general", "text") else token.text for token in tokens]
        return "".join(words) if kinds.count("general") + kinds.count("text") == 1 else None
    digits = [at for at, kind in enumerate(kinds) if kind == "digit"]
    if not digits:
        return "".join(token.text for token in tokens)
    if kinds.count("point") > 1:
        return None
    point = kinds.index("point") if "point" in kinds else digits[-1] + 1
    whole = [at for at in digits if at < point]
    decimals = [at for at in digits if at > point]
    scale, grouped = _commas(kinds, whole, digits)
    value = number * Decimal(100) ** kinds.count("percent") / Decimal(1000) ** scale
    value = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = f"{value:f}".partition(".")
    text = dict(enumerate(token.text if token.kind != "comma" else "" for token in tokens))
    text |= _whole(tokens, whole, before, grouped)
    for place, at in enumerate(decimals):
        rest = after[place:].strip("0")
        text[at] = after[place] if rest or tokens[at].text == "0" else ""
    if not whole and before != "0":
        text[point] = before + "."
    return "".join(text[at] for at in range(len(tokens)))


def _commas(kinds: list[str], whole: list[int], digits: list[int]) -> tuple[int, bool]:
    """Tell how many thousands a format leaves out, and whether it separates them."""
    scale = 0
    for end in dict.fromkeys([whole[-1] if whole else digits[-1], digits[-1]]):
        at = end + 1
        while at < len(kinds) and kinds[at] == "comma":
            scale += 1
            at += 1
    grouped = bool(whole) and any(kinds[at] == "comma" for at in range(whole[0], whole[-1]))
    return scale, grouped


def _whole(tokens: Sequence[_Token], places: list[int], digits: str, grouped: bool) -> dict[int, str]:
    """Spread the digits before the point over their places from the right; the first place takes all that is left."""
    digits = digits.lstrip("0")
    if grouped:
        return {**dict.fromkeys(places, ""), places[0]: _padded(tokens, places, digits)} if places else {}
    text = {}
    for at in reversed(places):
        first = at == places[0]
        text[at] = digits if first and digits else digits[-1:] or ("0" if tokens[at].text == "0" else "")
        digits = digits[:-1]
    return text


def _padded(tokens: Sequence[_Token], places: list[int], digits: str) -> str:
    """Write thousands with separators, padded with zeros to as many digits as the format demands."""
    least = sum(tokens[at].text == "0" for at in places)
    return f"{int(digits):,}" if digits and len(digits) >= least else digits.rjust(least, "0")
