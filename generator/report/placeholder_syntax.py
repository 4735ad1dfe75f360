"""Derived placeholders as typed: `{{表三.本年新收.总计|较上年}}` and the like, parsed and never evaluated.

    placeholder = sum { "|" filter }
    sum         = term { ("+" | " - ") term }
    term        = figure | "合计" group
    filter      = "上年" | "较上年" | "较上年%" | "占" sum | "汉字" | "千分位" | "元" | "万元" | N "位"

A figure is a cell (`表三.本年新收.总计`) or an indicator (`指标.名称`); a group is what the form prints as one
(`表三.不予公开`, `表三.不予公开.自然人`) or a role it declares. What they print is for placeholder.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Message


class Operand(NamedTuple):
    """A figure's or, after 合计, a group's name; `at` is its column within the placeholder, from 1."""

    sign: int
    name: str
    group: bool
    at: int


class Filter(NamedTuple):
    name: str
    terms: tuple[Operand, ...]
    digits: int
    at: int


class SyntaxSlip(NamedTuple):
    """What cannot be read, and from which character on."""

    message: Message


class Expression(NamedTuple):
    terms: tuple[Operand, ...]
    filters: tuple[Filter, ...]


_SPLIT = re.compile(r"[|｜]")
_TERM = re.compile(r"\s*([+＋]|(?<=\s)[-－−](?=\s))?\s*(合计\s*)?([^\s+＋](?:[^\s+＋]|\s(?![-－−+＋]))*)\s*")
_DIGITS = re.compile(r"([0-6])位")
_PLAIN_FILTERS = frozenset(("上年", "较上年", "较上年%", "汉字", "千分位", "元", "万元"))
FILTERS = ("上年", "较上年", "较上年%", "占 …", "汉字", "千分位", "元", "万元", "N位")


def is_derived(key: str) -> bool:
    """Whether a placeholder may be more than one name: it holds a filter, a sum or a group."""
    return "|" in key or "｜" in key or "+" in key or "＋" in key or " " in key or key.startswith("合计")


def wrong(at: int, zh: str, en: str) -> SyntaxSlip:
    return SyntaxSlip(Message(f"第{at}个字起：{zh}", f"at character {at}: {en}"))


@lru_cache(maxsize=4096)
def parse(key: str) -> Expression | SyntaxSlip:
    """The placeholder's parts, or what is wrong with it and where."""
    pieces: list[tuple[int, str]] = []
    start = 0
    for found in [*_SPLIT.finditer(key), None]:
        pieces.append((start, key[start : found.start() if found else len(key)]))
        start = found.end() if found else 0
    terms = _terms(pieces[0][1], 0)
    if isinstance(terms, SyntaxSlip):
        return terms
    filters: list[Filter] = []
    for offset, piece in pieces[1:]:
        read = _filter(piece, offset)
        if isinstance(read, SyntaxSlip):
            return read
        filters.append(read)
    return _order(filters) or Expression(terms, tuple(filters))


def _terms(text: str, offset: int) -> tuple[Operand, ...] | SyntaxSlip:
    terms: list[Operand] = []
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        here = offset + at + 1
        if found is None:
            return wrong(
                here,
                f"“{text[at:].strip()}”处应为一个数的名称",
                f"a figure's name is expected at “{text[at:].strip()}”",
            )
        if bool(found[1]) != bool(terms):
            return wrong(
                here, "两个名称之间要有 + 或 -（- 前后空一格）", "names are joined by + or - (with blanks around -)"
            )
        terms.append(
            Operand(
                -1 if found[1] and found[1] not in "+＋" else 1,
                found[3].rstrip(),
                bool(found[2]),
                offset + found.start(3) + 1,
            )
        )
        at = found.end()
    return tuple(terms) if terms else wrong(offset + 1, "这里缺少数的名称", "a figure's name is missing here")


def _filter(piece: str, offset: int) -> Filter | SyntaxSlip:
    name = piece.strip()
    at = offset + 1 + len(piece) - len(piece.lstrip())
    digits = _DIGITS.fullmatch(name)
    if digits:
        return Filter("位", (), int(digits[1]), at)
    if name.replace("％", "%") in _PLAIN_FILTERS:
        return Filter(name.replace("％", "%"), (), 0, at)
    if name.startswith("占"):
        terms = _terms(name[1:], at)
        return terms if isinstance(terms, SyntaxSlip) else Filter("占", terms, 0, at)
    known = "、".join(FILTERS)
    return wrong(at, f"不认识“{name}”；可用：{known}", f"unknown “{name}”; known: {known}")


COMPARING = ("上年", "较上年", "较上年%", "占")


def _order(filters: Sequence[Filter]) -> SyntaxSlip | None:
    """What compares stands first and once; how the number is printed follows."""
    for number, item in enumerate(filters):
        first = filters[0].name in COMPARING
        if item.name in COMPARING and number and not (filters[0].name == "上年" and item.name == "占" and number == 1):
            return wrong(item.at, f"“{item.name}”要写在最前，且只能有一个", f"“{item.name}” comes first, and once")
        if item.name in ("元", "万元") and first and filters[0].name in ("较上年%", "占"):
            return wrong(item.at, "百分比没有“元”“万元”", "a percentage is not in 元 or 万元")
    return None


def names(key: str) -> tuple[str, ...]:
    """Every figure a placeholder may draw on, by name; a name may itself hold a +."""
    parsed = parse(key) if is_derived(key) else None
    if parsed is None or isinstance(parsed, SyntaxSlip):
        return (key,)
    return (key, *(term.name for terms in (parsed.terms, *(item.terms for item in parsed.filters)) for term in terms))
