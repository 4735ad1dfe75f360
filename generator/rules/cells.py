"""Checks single cells: blanks, sign, "/" and unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.report.figure import NA
from generator.report.identities import implied
from generator.report.model import TableFigures
from generator.rules.powers import rule_making_power
from generator.rules.rule import Rule, at_cell, documented


def _blank(table: str, rule: str) -> Callable[[LoadedReport, Context], Iterator[Finding]]:
    def check(entry: LoadedReport, context: Context) -> Iterator[Finding]:
        reported = {(finding.place.line, finding.place.column) for finding in entry.report.findings}
        for sheet in entry.report.sheets:
            if (sheet.table.id if sheet.table.id in _NEGATIVE else "stat") != table or "" not in sheet.texts:
                continue
            for index, value in enumerate(sheet.values):
                if (
                    value is None
                    and sheet.table.slots[index].row.key not in sheet.table.printed_as_one
                    and reported.isdisjoint((sheet.mark(index), _row_mark(sheet, index)))
                ):
                    level = Level.WARNING if _may_lack(entry, context, sheet, index) else Level.ERROR
                    yield at_cell(entry, sheet, index, rule, level, _is_blank(sheet, index))

    return check


def _may_lack(entry: LoadedReport, context: Context, sheet: TableFigures, index: int) -> bool:
    """Tells of a blank cell whether its report may not print the row at all: 规章 without any figure, of a body without
    rule-making power."""
    row = sheet.table.slots[index].row
    if not row.slash:
        return False
    first, length = sheet.table.row_ranges[row.key]
    return not any(sheet.texts[first : first + length]) and rule_making_power(entry.ref.organ, context.organs) is False


def _is_blank(sheet: TableFigures, index: int) -> Message:
    name, expected = sheet.table.slots[index].name, implied(sheet, index)
    zh, en = f"{name} 空白：请确认是0还是漏填", f"{name} is blank: is it 0, or left out?"
    if expected is None:
        return Message(zh, en)
    return Message(f"{zh}；按勾稽关系应为{expected}", f"{en}; by the identities it is {expected}")


def _row_mark(sheet: TableFigures, index: int) -> tuple[int, int]:
    """Returns where the row of a cell starts: a row that could not be read is reported there."""
    row = sheet.rows.get(sheet.table.slots[index].row.key)
    return (row.line, row.column) if row else sheet.place


def _blank_rule(table: str, rule: str, doc: str) -> Rule:
    return documented(rule, _blank(table, rule), doc)


def negative(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """各表数量不得为负，也不写加号（+5会照样印出来）；只有表二（2019—2020年格式）“本年增/减”可以带正负号。
    改法：核对原始数据，去掉负号或加号。
    错：行政许可: [+5]
    对：行政许可: [5]
    ---
    No count may be negative or bear a plus sign, except 本年增/减 in table 二 of the 2019-2020 form. Check the figure,
    remove the sign. Wrong: +5. Right: 5."""
    for sheet in entry.report.sheets:
        if not any(sign in text for text in sheet.texts for sign in _SIGNS):
            continue
        for index, text in enumerate(sheet.texts):
            slot = sheet.table.slots[index]
            if text[:1] not in _SIGNS or slot.column.signed or not isinstance(sheet.values[index], Decimal):
                continue
            level, zh, en = Level.ERROR, f"是{text}：数量不得为负", f"is {text}: counts are not negative"
            if text[0] == "+":
                level, zh, en = Level.WARNING, f"是{text}：数量不写加号", f"is {text}: counts bear no plus sign"
            message = Message(f"{slot.name} {zh}", f"{slot.name} {en}")
            yield at_cell(entry, sheet, index, _NEGATIVE.get(sheet.table.id, "A-NEG"), level, message, text)


_SIGNS = ("+", "-")
_NEGATIVE = {"t2": "T2-INT", "t3": "T3-NEG", "t4": "T4-NEG"}
_SLASH = {"t2": "T2-SLASH", "t3": "T3-SLASH", "t4": "T4-SLASH"}


def slash(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“/”（不适用）只用于没有制定权的规章一行，其他格应填数。
    ---
    “/” (not applicable) is for the 规章 row of bodies without rule-making power; other cells take a figure."""
    for sheet in entry.report.sheets:
        if "/" not in sheet.texts:
            continue
        for index, value in enumerate(sheet.values):
            slot = sheet.table.slots[index]
            if value is NA and not slot.row.slash:
                message = Message(f"{slot.name} 填了“/”：此格应为数", f"{slot.name} is “/”: a figure is expected here")
                yield at_cell(entry, sheet, index, _SLASH.get(sheet.table.id, "A-SLASH"), Level.WARNING, message)


def unit(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """金额格的单位写在格内（元或万元），如“16284万元”；没有单位无法比较。
    ---
    An amount cell carries its unit (元 or 万元) inside, as in “16284万元”."""
    for sheet in entry.report.sheets:
        for index in sheet.table.own_units:
            slot = sheet.table.slots[index]
            if isinstance(sheet.values[index], Decimal) and not sheet.units[index]:
                text = sheet.texts[index]
                message = Message(
                    f"{slot.name} 是“{text}”：请写明元或万元", f"{slot.name} is “{text}”: write 元 or 万元"
                )
                yield at_cell(entry, sheet, index, "T2-19-UNIT", Level.ERROR, message, text)


RULES = (
    _blank_rule(
        "t2",
        "T2-BLANK",
        """表二不应有空白格：没有发生填0，不适用填“/”（仅规章）。
历史年度按原表显示为空白，只作提示；空白永远不当作0。
没有规章制定权的机关，原表没有印规章一行的，tables.yaml 里不写这一行。
一行有几格空白、几行整行未填的，合在一项里说；接受时仍逐格写，如“位置: [表二.规章.本年制发件数]”。
错：行政规范性文件: [2, ~, 14]
对：行政规范性文件: [2, 0, 14]
---
Table 二 has no blank cells: write 0, or “/” where not applicable. Historical blanks are shown blank, never as 0. A body
without rule-making power whose report does not print the row 规章 leaves it out. Blanks of a row, and rows without any
figure, are told together, and accepted cell by cell. Wrong: [2, ~, 14]. Right: [2, 0, 14].""",
    ),
    _blank_rule(
        "t3",
        "T3-BLANK",
        """表三不应有空白格：没有发生填0。历史年度按原表显示为空白，只作提示。
一行有几格空白、几行整行未填的，合在一项里说；接受时仍逐格写，如“位置: [表三.总计.商业企业, 表三.总计.其他]”。
错：重复申请: [1, ~, ~, ~, ~, ~, 1]
对：重复申请: [1, 0, 0, 0, 0, 0, 1]
---
Table 三 has no blank cells: write 0 where nothing happened. Historical blanks are shown blank. Blanks of a row, and
rows without any figure, are told together, and accepted cell by cell.
Wrong: [1, ~, ~, ~, ~, ~, 1]. Right: [1, 0, 0, 0, 0, 0, 1].""",
    ),
    _blank_rule(
        "t4",
        "T4-BLANK",
        """表四不应有空白格：没有发生填0。历史年度按原表显示为空白，只作提示。
---
Table 四 has no blank cells: write 0 where nothing happened. Historical blanks are shown blank.""",
    ),
    _blank_rule(
        "stat",
        "A-BLANK",
        """统计表（2014—2018年度）不应有空白格：没有发生填0。历史年度按原表显示为空白，只作提示。
---
The list table of 2014-2018 has no blank cells: write 0 where nothing happened. Historical blanks are shown blank.""",
    ),
    Rule("T2-INT", negative, also=("T3-NEG", "T4-NEG", "A-NEG")),
    Rule("T2-SLASH", slash, also=("T3-SLASH", "T4-SLASH", "A-SLASH")),
    Rule("T2-19-UNIT", unit),
)
