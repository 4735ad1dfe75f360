"""Knows which cells of a workbook a conditional format may strike out, hide or show as another figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.finding import Message
from generator.readers.sheet_looks import decimal

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)
_MOST = 200  # areas looked at one by one
_DOUBT = Message(
    "条件格式可能把此格划去、隐藏或换一个样子显示",
    "a conditional format may strike the cell out, hide it or show it as another figure",
)
Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0


@dataclass
class Condition:
    """Holds one rule: where it applies, how it compares a cell, and with what."""

    areas: Sequence[Area]
    operator: str = ""  # "" for rules that are not worked out
    formulas: list[str] = field(default_factory=list)

    def may_hold(self, text: str) -> bool:
        """Tell whether the rule holds for a cell, True where that is not worked out."""
        numbers = [decimal(formula) for formula in self.formulas]
        number, bounds = decimal(text), [bound for bound in numbers if bound is not None]
        if not self.operator or number is None or not bounds or len(bounds) < len(numbers):
            return True
        return _holds(self.operator, number, bounds[0], bounds[-1])


def _holds(operator: str, number: Decimal, first: Decimal, last: Decimal) -> bool:
    answers: Mapping[str, bool] = {
        "greaterThan": number > first,
        "greaterThanOrEqual": number >= first,
        "lessThan": number < first,
        "lessThanOrEqual": number <= first,
        "equal": number == first,
        "notEqual": number != first,
        "between": first <= number <= last,
        "notBetween": not first <= number <= last,
    }
    return answers.get(operator, True)


_OPERATORS = {">": "greaterThan", ">=": "greaterThanOrEqual", "<": "lessThan", "<=": "lessThanOrEqual", "=": "equal"}
_COMPARED = re.compile(r"(?:cell-content\(\))?(>=|<=|!=|<|>|=)(-?[\d.]{1,20})")
_BETWEEN = re.compile(r"(?:cell-content-is-)?(not-)?between\((-?[\d.]{1,20}),(-?[\d.]{1,20})\)")


def odf_condition(text: str, areas: Sequence[Area]) -> Condition:
    """Read a condition of OpenDocument (`cell-content()>5`, `between(1,5)`); one of another kind may always hold."""
    text = "".join(text.split())
    if match := _COMPARED.fullmatch(text):
        return Condition(areas, _OPERATORS.get(match[1], "notEqual"), [match[2]])
    if match := _BETWEEN.fullmatch(text):
        return Condition(areas, "notBetween" if match[1] else "between", [match[2], match[3]])
    return Condition(areas)


def areas(references: str) -> list[Area]:
    """Read the areas of a rule, such as `B2:D9 F2`; beyond 200 they are taken as one that holds all."""
    found = []
    for match in _RANGE.finditer(references[:100_000]):
        first = int(match[2]) - 1, _column(match[1])
        last = (int(match[4]) - 1, _column(match[3])) if match[3] else first
        found.append((*first, *last))
    return found if len(found) <= _MOST else [_around(found)]


def _around(found: Sequence[Area]) -> Area:
    top, left, bottom, right = zip(*found, strict=True)
    return min(top), min(left), max(bottom), max(right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def doubtful(texts: Mapping[tuple[int, int], str], conditions: Sequence[Condition]) -> dict[tuple[int, int], Message]:
    """Return the cells with a figure that a condition may dress, with the doubt."""
    if len(conditions) > _MOST:
        conditions = [Condition([_around([area for condition in conditions for area in condition.areas])])]
    boxes = [(area, condition) for condition in conditions for area in condition.areas]
    if len(boxes) > _MOST * 5:
        boxes = [(_around(condition.areas), condition) for condition in conditions if condition.areas]
    found: dict[tuple[int, int], Message] = {}
    for (row, column), text in texts.items() if boxes else ():
        if len(text) > 20 or not any(map(str.isdecimal, text)):
            continue
        if any(
            top <= row <= bottom and left <= column <= right and condition.may_hold(text)
            for (top, left, bottom, right), condition in boxes
        ):
            found[row, column] = _DOUBT
    return found
