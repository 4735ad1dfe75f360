"""Reads, writes and finds numbers as Chinese prose has them: digits of either width, 1万6千, 三万六千, 二十二.

Everything here is linear in its input, whatever that is: report folders are not trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_DIGITS = "零一二三四五六七八九"
_VALUES = {**{character: value for value, character in enumerate(_DIGITS)}, "〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
HAN = "零〇一二两三四五六七八九十百千万亿"
WRITTEN = "0123456789０１２３４５６７８９.," + HAN
LONGEST = 24

# A run of digits starts only where no digit stands before it, so that a long run is searched once.
NUMBER = (
    r"(?<![\d.])(?:\d{1,3}(?>(?:,\d{3})+)(?!\d)|\d++)(?:\.\d++)?(?:[万千百亿](?>(?:\d++(?:\.\d++)?[万千百亿])*)\d*+)?"
    rf"|(?<![{HAN}])[{HAN}]++"
)
_PARTS = re.compile(r"\d+(?:\.\d+)?|.", re.DOTALL)


def read(text: str) -> Decimal | None:
    """Reads the value of a number as written, thousands commas allowed; None where it is no number, or not plainly one
    (一百二)."""
    text = text.replace(",", "")
    if not text or len(text) > LONGEST:
        return None
    if text.isdecimal():
        return Decimal(int(text))
    total, section, number, last = Decimal(0), Decimal(0), None, 0
    for part in _PARTS.findall(text):
        if part[0].isdecimal():
            number = Decimal(part)
        elif part in _VALUES:
            if number is not None and last:  # 二〇 beside 十: neither a year nor a count
                return None
            number = Decimal(_VALUES[part]) if number is None else number * 10 + _VALUES[part]
            if part in "零〇" and last:
                number, last = None, 1
        elif part in _SMALL:
            section += (1 if number is None else number) * _SMALL[part]
            number, last = None, _SMALL[part]
        elif part in _BIG:
            whole = section + (number or 0)
            total = total + whole * _BIG[part] if part == "万" else (total + whole) * _BIG[part]
            section, number, last = Decimal(0), None, _BIG[part]
        else:
            return None
    if number is not None and last > 10 and text[-1] in _VALUES:
        return None  # 一百二 is 120 to the ear and 102 to the eye
    return total + section + (number or 0)


def _below_ten_thousand(number: int) -> str:
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
        gap = not digit
    return out


def _spell_whole(number: int) -> str:
    """Spells a count above 0: by 亿, then by 万, each part like a number of its own."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return _spell_whole(high) + name + gap + (_spell_whole(low) if low else "")
    return _below_ten_thousand(number)


def write(number: Decimal) -> str:
    """Writes a number in Chinese numerals: 22 → 二十二, 10500 → 一万零五百, 3.5 → 三点五."""
    whole, decimals = int(abs(number)), f"{abs(number):f}".partition(".")[2].rstrip("0")
    spelt = _spell_whole(whole) if whole else "零"
    if spelt.startswith("一十"):
        spelt = spelt[1:]
    sign = "负" if number < 0 else ""
    return sign + spelt + ("点" + "".join(_DIGITS[int(digit)] for digit in decimals) if decimals else "")


def rounded(number: Decimal, digits: int) -> Decimal:
    """Rounds to so many decimal places, half away from zero, as people do (四舍五入)."""
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """Writes a number in digits without an exponent, without idle zeros and without a sign on zero."""
    text = f"{number or 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


UNITS = (
    "万元|亿元|元|个百分点|百分点|[%％‰]|件次|人次|篇次|场次|件|条|篇|次|人|个|项|份|期|场|家|批|部|名|起|例|宗|类|种|本|册|幅|张|处|户|所|台|套"
    "|年|月|日|时|分|秒|号|楼|层|届|页|岁|点|周|天|小时|分钟|工作日"
)
_FOUND = re.compile(rf"({NUMBER})(余|多)?({UNITS})?")
_DATES = frozenset(("年", "月", "日", "时", "分", "秒", "号", "楼", "层", "届", "页", "岁", "点", "周"))
_ORDINAL = re.compile(r"(?:第|〔|\[|［|（|\()$")
_PHONE = re.compile(r"(?:电话|传真|邮编|邮政编码|编码|手机|索引号|文号|代码|备案)[^，。；\n]{0,12}$")
_ENUMERATOR = re.compile(r"[、.．)）:：/\-—~@]|[A-Za-z]")
_CODED = re.compile(r"[-—/.@~:：A-Za-z]$")


class NarrativeNumber(NamedTuple):
    """A number of the narrative at text[start:end]. `more` tells whether 余 or 多 follows. `kind` is "figure", or why
    it is none: "date", "ordinal", "code" (telephones, postcodes, document numbers), "word", "bare" (no measure
    word)."""

    start: int
    end: int
    text: str
    value: Decimal | None
    more: bool
    unit: str
    kind: str


def find(text: str) -> Iterator[NarrativeNumber]:
    """Finds every number of a line of prose, in order."""
    for match in _FOUND.finditer(text):
        start, end, unit = match.start(1), match.end(1), match[3] or ""
        yield NarrativeNumber(start, end, match[1], read(match[1]), bool(match[2]), unit, _kind(text, start, end, unit))


def _kind(text: str, start: int, end: int, unit: str) -> str:
    before, written = text[max(0, start - 20) : start], text[start:end]
    if unit in _DATES:
        return "date"
    if _ORDINAL.search(before):
        return "ordinal"
    if written[0] in HAN and (not unit or written == "一" or (len(written) == 1 and unit != "件")):
        return "word"
    if _PHONE.search(before) or (written[0] == "0" and len(written) > 1 and written[1] != "."):
        return "code"
    if unit:
        return "figure"
    if start == 0 and _ENUMERATOR.match(text, end):
        return "ordinal"
    if _ENUMERATOR.match(text, end) or text.startswith("热线", end) or _CODED.search(before):
        return "code"
    return "bare"
