"""Parses derived placeholders such as `{{表三.本年新收.总计|较上年}}`; nothing is evaluated here.

    placeholder = sum { "|" filter }
    sum         = term { ("+" | " - ") term }
    term        = figure | "合计" group
    filter      = "上年" | "较上年" | "较上年%" | "占" sum | "汉字" | "千分位" | "元" | "万元" | N "位"

A figure is a cell (`表三.本年新收.总计`) or an indicator (`指标.名称`); a group is what the form prints as one
(`表三.不予公开`, `表三.不予公开.自然人`) or a role it declares. `placeholders` works out what they print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Message


class Operand(NamedTuple):
    """Holds the name of a figure or, after 合计, of a group; `at` is its column within the placeholder, from 1."""

    sign: int
    name: str
    group: bool
    at: int


class Filter(NamedTuple):
    """Holds a filter: `terms` of 占, `digits` of N位; `at` is its column within the placeholder, from 1."""

    name: str
    terms: tuple[Operand, ...]
    digits: int
    at: int


class SyntaxSlip(NamedTuple):
    """Says what cannot be parsed, and from which character on."""

    message: Message


class Expression(NamedTuple):
    """Holds a parsed placeholder: the terms of its sum, then its filters."""

    terms: tuple[Operand, ...]
    filters: tuple[Filter, ...]


_SPLIT = re.compile(r"[|｜]")
_TERM = re.compile(r"\s*([+＋]|(?<=\s)[-－−](?=\s))?\s*(合计\s*)?([^\s+＋](?:[^\s+＋]|\s(?![-－−+＋]))*)\s*")
_DIGITS = re.compile(r"([0-6])位")
_PLAIN_FILTERS = frozenset(("上年", "较上年", "较上年%", "汉字", "千分位", "元", "万元"))
FILTERS = ("上年", "较上年", "较上年%", "占 …", "汉字", "千分位", "元", "万元", "N位")


def is_derived(key: str) -> bool:
    """Tell whether a placeholder may be more than a single name: it holds a filter, a sum or a group."""
    return "|" in key or "｜" in key or "+" in key or "＋" in key or " " in key or key.startswith("合计")


def wrong(at: int, zh: str, en: str) -> SyntaxSlip:
    """Report a mistake at a character of the placeholder, counted from 1."""
    return SyntaxSlip(Message(f"第{at}个字起：{zh}", f"at character {at}: {en}"))


@lru_cache(maxsize=4096)
def parse(key: str) -> Expression | SyntaxSlip:
    """Parse a placeholder; a SyntaxSlip says what is wrong with it and where."""
    pieces: list[tuple[int, str]] = []
    start = 0
    for bar in [*_SPLIT.finditer(key), None]:
        pieces.append((start, key[start : bar.start() if bar else len(key)]))
        start = bar.end() if bar else 0
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
        term = _TERM.match(text, at)
        here = offset + at + 1
        if term is None:
            rest = text[at:].strip()
            return wrong(here, f"“{rest}”处应为一个数的名称", f"expected the name of a figure at “{rest}”")
        sign, group, name = term.groups()
        if bool(sign) != bool(terms):
            zh, en = "两个名称之间要有 + 或 -（- 前后空一格）", "join names by + or - (with spaces around -)"
            return wrong(here, zh, en)
        factor = -1 if sign and sign not in "+＋" else 1
        terms.append(Operand(factor, name.rstrip(), bool(group), offset + term.start(3) + 1))
        at = term.end()
    return tuple(terms) if terms else wrong(offset + 1, "这里缺少数的名称", "the name of a figure is missing here")


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
    """Check the order of filters: a comparing one comes first and once, those for printing follow."""
    for number, item in enumerate(filters):
        first = filters[0].name in COMPARING
        if item.name in COMPARING and number and not (filters[0].name == "上年" and item.name == "占" and number == 1):
            return wrong(
                item.at, f"“{item.name}”要写在最前，且只能有一个", f"“{item.name}” must come first, and only once"
            )
        if item.name in ("元", "万元") and first and filters[0].name in ("较上年%", "占"):
            return wrong(item.at, "百分比没有“元”“万元”", "a percentage has no 元 or 万元")
    return None


def names(key: str) -> tuple[str, ...]:
    """Return the names of all figures a placeholder may use; a name may itself contain a +."""
    parsed = parse(key) if is_derived(key) else None
    if parsed is None or isinstance(parsed, SyntaxSlip):
        return (key,)
    sums = (parsed.terms, *(item.terms for item in parsed.filters))
    return (key, *(term.name for terms in sums for term in terms))
