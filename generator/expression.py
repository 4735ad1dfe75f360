"""Derived placeholders: `{{表三.本年新收.总计|较上年}}` and the like. Parsed and looked up, never evaluated.

    placeholder = sum { "|" filter }
    sum         = term { ("+" | " - ") term }
    term        = figure | "合计" group
    filter      = "上年" | "较上年" | "较上年%" | "占" sum | "汉字" | "千分位" | "元" | "万元" | N "位"

A figure is a cell (`表三.本年新收.总计`) or an indicator (`指标.名称`); a group is what the form prints as one
(`表三.不予公开`, `表三.不予公开.自然人`) or a role it declares. Rounding is half up. What cannot be told is a slip
with its reason: last year missing, a blank operand, a division by zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from generator import numeral
from generator.diagnostic import Text
from generator.format import Form, Slot, Table
from generator.report import NA, Report, Slip


class Shown(NamedTuple):
    """What a placeholder prints, and that as a plain number ("" where it is none)."""

    text: str
    value: str


class Term(NamedTuple):
    """A figure's or, after 合计, a group's name; `at` is its column within the placeholder, from 1."""

    sign: int
    name: str
    group: bool
    at: int


class Filter(NamedTuple):
    name: str
    terms: tuple[Term, ...]
    digits: int
    at: int


class Expression(NamedTuple):
    terms: tuple[Term, ...]
    filters: tuple[Filter, ...]


class _Amount(NamedTuple):
    """A figure on its way to print: words before it (增加), the number, its unit and whether that prints."""

    number: Decimal
    unit: str
    prefix: str = ""
    suffix: str = ""
    only_words: bool = False


# ---------------------------------------------------------------- parsing

_SPLIT = re.compile(r"[|｜]")
_TERM = re.compile(r"\s*([+＋]|(?<=\s)[-－−](?=\s))?\s*(合计\s*)?((?:[^\s+＋]|\s(?![-－−+＋]\s?|[+＋]))+)\s*")
_DIGITS = re.compile(r"([0-6])位")
_PLAIN_FILTERS = frozenset(("上年", "较上年", "较上年%", "汉字", "千分位", "元", "万元"))
FILTERS = ("上年", "较上年", "较上年%", "占 …", "汉字", "千分位", "元", "万元", "N位")


def is_derived(key: str) -> bool:
    """Whether a placeholder may be more than one name: it holds a filter, a sum or a group."""
    return "|" in key or "｜" in key or "+" in key or "＋" in key or " " in key or key.startswith("合计")


def _wrong(at: int, zh: str, en: str) -> Slip:
    return Slip("BIND-SYNTAX", Text(f"第{at}个字起：{zh}", f"at character {at}: {en}"))


@lru_cache(maxsize=4096)
def parse(key: str) -> Expression | Slip:
    """The placeholder's parts, or what is wrong with it and where."""
    pieces: list[tuple[int, str]] = []
    start = 0
    for found in [*_SPLIT.finditer(key), None]:
        pieces.append((start, key[start : found.start() if found else len(key)]))
        start = found.end() if found else 0
    terms = _terms(pieces[0][1], 0)
    if isinstance(terms, Slip):
        return terms
    filters: list[Filter] = []
    for offset, piece in pieces[1:]:
        read = _filter(piece, offset)
        if isinstance(read, Slip):
            return read
        filters.append(read)
    return _order(filters) or Expression(terms, tuple(filters))


def _terms(text: str, offset: int) -> tuple[Term, ...] | Slip:
    terms: list[Term] = []
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        here = offset + at + 1
        if found is None:
            return _wrong(here, f"“{text[at:].strip()}”处应为一个数的名称", f"a figure's name is expected at “{text[at:].strip()}”")
        if bool(found[1]) != bool(terms):
            return _wrong(here, "两个名称之间要有 + 或 -（- 前后空一格）", "names are joined by + or - (with blanks around -)")
        terms.append(Term(-1 if found[1] and found[1] not in "+＋" else 1, found[3].strip(), bool(found[2]), offset + found.start(3) + 1))
        at = found.end()
    return tuple(terms) if terms else _wrong(offset + 1, "这里缺少数的名称", "a figure's name is missing here")


def _filter(piece: str, offset: int) -> Filter | Slip:
    name = piece.strip()
    at = offset + 1 + len(piece) - len(piece.lstrip())
    digits = _DIGITS.fullmatch(name)
    if digits:
        return Filter("位", (), int(digits[1]), at)
    if name.replace("％", "%") in _PLAIN_FILTERS:
        return Filter(name.replace("％", "%"), (), 0, at)
    if name.startswith("占"):
        terms = _terms(name[1:], at)
        return terms if isinstance(terms, Slip) else Filter("占", terms, 0, at)
    known = "、".join(FILTERS)
    return _wrong(at, f"不认识“{name}”；可用：{known}", f"unknown “{name}”; known: {known}")


_COMPARING = ("上年", "较上年", "较上年%", "占")


def _order(filters: Sequence[Filter]) -> Slip | None:
    """What compares stands first and once; how the number is printed follows."""
    for number, item in enumerate(filters):
        first = filters[0].name in _COMPARING
        if item.name in _COMPARING and number and not (filters[0].name == "上年" and item.name == "占" and number == 1):
            return _wrong(item.at, f"“{item.name}”要写在最前，且只能有一个", f"“{item.name}” comes first, and once")
        if item.name in ("元", "万元") and first and filters[0].name in ("较上年%", "占"):
            return _wrong(item.at, "百分比没有“元”“万元”", "a percentage is not in 元 or 万元")
    return None


def names(key: str) -> tuple[str, ...]:
    """Every figure a placeholder draws on, by name."""
    if not is_derived(key):
        return (key,)
    parsed = parse(key)
    if isinstance(parsed, Slip):
        return (key,)
    return tuple(term.name for terms in (parsed.terms, *(item.terms for item in parsed.filters)) for term in terms)


# ---------------------------------------------------------------- looking up


def show(key: str, report: Report, previous: Report | None) -> Shown | Slip:
    """What a placeholder prints in a report; `previous` is the same organ's report of the year before."""
    figure = report.figure(key)
    if figure is not None:
        value, text = figure
        if text:
            return Shown(text, "" if value is NA else str(value))
        return _blank(key)
    if not is_derived(key):
        return unknown(key)
    parsed = parse(key)
    if isinstance(parsed, Slip):
        return parsed
    amount = _amount(parsed, report, previous)
    return amount if isinstance(amount, Slip) else _print(amount, parsed.filters)


def _blank(name: str) -> Slip:
    return Slip("BIND-BLANK", Text(f"“{name}”在表中是空白，正文无数可用", f"“{name}” is blank in its table"))


def unknown(name: str) -> Slip:
    return Slip("BIND-UNKNOWN", Text(f"占位“{name}”找不到对应的数", f"placeholder “{name}” names no figure"))


def _amount(parsed: Expression, report: Report, previous: Report | None) -> _Amount | Slip:
    now = _total(parsed.terms, report)
    first = parsed.filters[0] if parsed.filters else None
    if isinstance(now, Slip) or first is None or first.name not in _COMPARING:
        return now
    if first.name == "占":
        return _share(now, _total(first.terms, report))
    before = _before(parsed.terms, report, previous)
    if isinstance(before, Slip):
        return before
    if first.name == "上年":
        shares = [item for item in parsed.filters if item.name == "占"]
        if shares:
            return _share(before, _before(shares[0].terms, report, previous))
        return before
    return _change(now, before) if first.name == "较上年" else _growth(now, before)


def _share(part: _Amount, whole: _Amount | Slip) -> _Amount | Slip:
    if isinstance(whole, Slip):
        return whole
    if not whole.number:
        return Slip("BIND-ZERO", Text("占比的总数是0，算不出占比", "a share of 0 cannot be computed"))
    return _Amount(part.number * 100 / whole.number, "%", suffix="%")


def _change(now: _Amount, before: _Amount) -> _Amount:
    gap = now.number - before.number
    if not gap:
        return _Amount(gap, "", "持平", only_words=True)
    return _Amount(abs(gap), now.unit, "增加" if gap > 0 else "减少", now.unit)


def _growth(now: _Amount, before: _Amount) -> _Amount | Slip:
    gap = now.number - before.number
    if not gap:
        return _Amount(gap, "", "持平", only_words=True)
    if not before.number:
        return Slip("BIND-ZERO", Text("上年是0，算不出增长百分比；请改用“较上年”", "last year is 0: no percentage; use 较上年"))
    return _Amount(abs(gap) * 100 / before.number, "%", "增长" if gap > 0 else "下降", "%")


def _total(terms: Sequence[Term], report: Report) -> _Amount | Slip:
    total, unit = Decimal(0), ""
    for term in terms:
        for name in _names(term, report.form):
            read = _one(name, report)
            if isinstance(read, Slip):
                return read
            if unit and read.unit and read.unit != unit:
                return Slip("BIND-UNIT", Text(
                    f"“{name}”的单位是{read.unit}，与前面的{unit}不同，不能相加", f"“{name}” is in {read.unit}, not {unit}: no sum"
                ))  # fmt: skip
            unit = unit or read.unit
            total += term.sign * read.number
    return _Amount(total, unit)


def _names(term: Term, form: Form) -> tuple[str, ...]:
    return (group(form, term.name) or (term.name,)) if term.group else (term.name,)


def _one(name: str, report: Report) -> _Amount | Slip:
    figure = report.figure(name)
    if figure is None:
        return unknown(name)
    if not isinstance(figure[0], Decimal):
        return _blank(name) if figure[0] is None else Slip("BIND-BLANK", Text(
            f"“{name}”是“/”（不适用），不能计算", f"“{name}” is “/” (not applicable): nothing to compute"
        ))  # fmt: skip
    return _Amount(figure[0], unit_of(name, report))


def unit_of(name: str, report: Report) -> str:
    """The unit a figure is counted in, "" where none is declared."""
    if name.startswith("指标."):
        return next((item.unit for item in report.indicators if item.name == name.removeprefix("指标.")), "")
    table, index = report.form.by_name[name]
    return next((sheet.units[index] or sheet.table.slots[index].column.unit for sheet in report.sheets if sheet.table.id == table), "")


_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.．、])\s*")


@lru_cache(maxsize=1024)
def group(form: Form, name: str) -> tuple[str, ...]:
    """Slot names of a group: a role, or `表.所印组名[.列]` without its number; of rows, the total column unless
    another is named. Empty where the form has no such group."""
    if name in form.roles:
        return form.roles[name]
    for table in form.tables:
        if not name.startswith(table.key + "."):
            continue
        label, _, column = name.removeprefix(table.key + ".").partition(".")
        column = column or table.total
        rows = {row.key for block in table.blocks for row in block.rows if label == row.key or _printed(label, row.path)}
        return tuple(slot.name for slot in table.slots if slot.row.key in rows and slot.column.key == column)
    return ()


def unnumbered(label: str) -> str:
    """A printed label without its number: （三）不予公开 → 不予公开."""
    return _NUMBERED.sub("", label)


def _printed(label: str, path: tuple[str, ...]) -> bool:
    return any(label in (words, unnumbered(words)) for words in path)


# ---------------------------------------------------------------- last year


def _before(terms: Sequence[Term], report: Report, previous: Report | None) -> _Amount | Slip:
    """The same sum in last year's report, where the two forms mean the same by it."""
    if previous is None:
        folder = f"{report.year - 1}/{report.organ}"
        return Slip("BIND-LASTYEAR", Text(
            f"要用上年的数，但没有上年的报告“{folder}”；请补上，或在正文中直接写数",
            f"last year's figure is asked for, but there is no report “{folder}”",
        ))  # fmt: skip
    if previous.form is report.form:
        return _total(terms, previous)
    mapped: list[Term] = []
    for term in terms:
        names = _names(term, report.form)
        same = counterparts(report.form, previous.form, names)
        if not same:
            return Slip("BIND-FORM", Text(
                f"“{term.name}”在{previous.year}年的格式中没有含义相同的数，两年不可比",
                f"the form of {previous.year} has no figure that means what “{term.name}” does: not comparable",
            ))  # fmt: skip
        mapped += (Term(term.sign, name, False, term.at) for name in same)
    return _total(mapped, previous)


@lru_cache(maxsize=1024)
def counterparts(form: Form, other: Form, names: tuple[str, ...]) -> tuple[str, ...]:
    """The slots of another form whose sum means the same: those of the same role within the same tables, or cell by
    cell what is printed alike; none where the two may not be compared."""
    for role, slots in form.roles.items():
        theirs = other.role(role)
        if slots == names and theirs and {form.by_name[s][0] for s in slots} == {other.by_name[s][0] for s in theirs}:
            return theirs
    found = tuple(counterpart(form, other, name) for name in names)
    return found if all(found) else ()


@lru_cache(maxsize=4096)
def counterpart(form: Form, other: Form, name: str) -> str:
    """The slot of another form that means the same: alike printed labels, or the one cell of the same role; else ""."""
    if name.startswith("指标."):
        return name
    if name not in form.by_name:
        return ""
    table, slot = _slot(form, name)
    theirs = next((item for item in other.tables if item.id == table.id), None)
    if theirs is None:
        return ""
    for candidate in theirs.slots:
        if (candidate.row.path, candidate.column.path) == (slot.row.path, slot.column.path):
            return candidate.name
    for role, rows in form.row_roles.items():
        found = other.row_roles.get(role, ())
        if rows == ((table.id, slot.row.key),) and len(found) == 1 and found[0][0] == theirs.id:
            return next((s.name for s in theirs.slots if s.row.key == found[0][1] and s.column.path == slot.column.path), "")
    return ""


def _slot(form: Form, name: str) -> tuple[Table, Slot]:
    table_id, index = form.by_name[name]
    table = next(table for table in form.tables if table.id == table_id)
    return table, table.slots[index]


# ---------------------------------------------------------------- printing


def rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _print(amount: _Amount, filters: Sequence[Filter]) -> Shown | Slip:
    if amount.only_words:
        return Shown(amount.prefix, "0")
    number, suffix, names = amount.number, amount.suffix, {item.name: item for item in filters}
    money = next((item for item in filters if item.name in ("元", "万元")), None)
    if money:
        if amount.unit not in ("元", "万元"):
            at = f"“{amount.unit}”" if amount.unit else "没有单位"
            return _wrong(money.at, f"此数{at}，不能换算成{money.name}", f"this figure is not an amount of money: no {money.name}")
        number = number * (10000 if amount.unit == "万元" else 1) / (10000 if money.name == "万元" else 1)
        suffix = money.name
    if "位" in names:
        number = rounded(number, names["位"].digits)
        text = f"{number:f}"
    else:
        number = rounded(number, 2) if amount.unit == "%" else number
        text = plain(number)
    if "汉字" in names:
        text = numeral.write(number)
    elif "千分位" in names:
        text = f"{Decimal(text):,f}"
    return Shown(amount.prefix + text + suffix, plain(number if amount.prefix not in ("减少", "下降") else -number))


