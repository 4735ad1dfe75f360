"""Writes the identities that a form prints as live formulas of a workbook and in the clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.forms.model import Equation, Table
from generator.report.figure import NA, Slip, Value, read_figure
from generator.report.identities import holds, total
from generator.workbook.cell_names import address
from generator.workbook.layout import Plan, TablePlan

PASSED, BROKEN, UNFILLED, NOT_APPLICABLE, NO_NUMBER = "通过", "不符", "未填", "不适用", "非数字"
_SIGNS = {"equal": "=", "at_most": "≤", "not_negative": "≥ 0"}
_WRONG = {"equal": "<>0", "at_most": ">0", "not_negative": "<0"}
_TERMS = 8  # so many are named; of longer sums the first and the last


class IdentityCheck(NamedTuple):
    """Checks one identity: `words` print it, `cells` are the places it is about."""

    plan: TablePlan
    equation: Equation
    words: str

    @property
    def cells(self) -> list[tuple[int, int]]:
        return [self.plan.cells[index] for index in (*self.equation.left, *self.equation.right)]

    @property
    def state(self) -> str:
        """Return the formula of the result on the 校验 sheet: nothing is wrong while a cell is blank."""
        ranges, count = self._remote_ranges, len(self.cells)
        slashes, arguments = "+".join(f'COUNTIF({name},"/")' for name in ranges), ",".join(ranges)
        numbers = f'IF(COUNT({arguments})+{slashes}={count},"{NOT_APPLICABLE}","{NO_NUMBER}")'
        verdict = f'IF({self._gap(remote=True)}{_WRONG[self.equation.relation]},"{BROKEN}","{PASSED}")'
        return f'=IF(COUNTA({arguments})<{count},"{UNFILLED}",IF(COUNT({arguments})<{count},{numbers},{verdict}))'

    @property
    def difference(self) -> str:
        """Return the formula of left minus right: a dash until all cells hold numbers."""
        return f'=IF(COUNT({",".join(self._remote_ranges)})<{len(self.cells)},"—",{self._gap(remote=True)})'

    @property
    def broken(self) -> str:
        """Return the condition, on the table's own sheet, under which its cells are marked."""
        arguments = ",".join(_ranges(self.cells))
        return f"=AND(COUNT({arguments})={len(self.cells)},{self._gap(remote=False)}{_WRONG[self.equation.relation]})"

    @property
    def _remote_ranges(self) -> list[str]:
        """List the ranges of the cells as another sheet names them."""
        return [f"'{self.plan.sheet}'!{name}" for name in _ranges(self.cells)]

    def _gap(self, remote: bool) -> str:
        """Return the formula of left minus right, rounded: a sheet's binary sums differ in the sixteenth digit."""
        sheet = f"'{self.plan.sheet}'!" if remote else ""
        sums = []
        for side in (self.equation.left, self.equation.right):
            places = [self.plan.cells[index] for index in side]
            sums += [f"SUM({','.join(sheet + name for name in _ranges(places))})"] if places else []
        return f"ROUND({'-'.join(sums)},6)"

    def verdict(self, values: Sequence[Value]) -> tuple[str, Decimal | None]:
        """Compute what the two formulas give for these figures; a workbook carries its results with it."""
        used = [values[index] for index in (*self.equation.left, *self.equation.right)]
        if None in used:
            return UNFILLED, None
        if NA in used:
            return NOT_APPLICABLE, None
        left, right = total(values, self.equation.left) or Decimal(0), total(values, self.equation.right) or Decimal(0)
        return (PASSED if holds(self.equation, values) else BROKEN), left - right


def checks(plan: Plan) -> list[IdentityCheck]:
    """List the checks of all tables, in the order of the 校验 sheet."""
    return [
        IdentityCheck(table_plan, equation, _words(table_plan.table, equation))
        for table_plan in plan.tables
        for equation in table_plan.table.equations
    ]


def values_of(table: Table, figures: Mapping[str, str]) -> list[Value]:
    """Parse the figures of a table by slot; what is not a figure counts as blank."""
    values: list[Value] = []
    for slot in table.slots:
        read = read_figure(figures.get(slot.name, ""), True, slot.column)
        values.append(None if isinstance(read, Slip) else read[0])
    return values


def _words(table: Table, equation: Equation) -> str:
    """Print an identity: sums over a group of columns go by the group (行政复议), others by their row or column."""
    slots = table.slots
    indexes = (*equation.left, *equation.right)
    by_row = len({slots[index].row.key for index in indexes}) == 1
    keys = [slots[index].column.key if by_row else slots[index].row.key for index in indexes]
    group = _shared(keys)
    names = [key.removeprefix(group) for key in keys]
    left, right = names[: len(equation.left)], names[len(equation.left) :]
    formula = f"{_sum(left)} {_SIGNS[equation.relation]} {_sum(right)}".rstrip()
    return f"“{group.rstrip('.') or equation.along}”：{formula}"


def _shared(keys: Sequence[str]) -> str:
    """Return the group that all keys name, with its point; "" where they name none or several."""
    groups = {key.rpartition(".")[0] for key in keys}
    return f"{groups.pop()}." if len(groups) == 1 and "" not in groups else ""


def _sum(names: Sequence[str]) -> str:
    if len(names) <= _TERMS:
        return " + ".join(names)
    return f"{names[0]} + {names[1]} + … + {names[-1]}（共{len(names)}项）"


def _ranges(cells: Sequence[tuple[int, int]]) -> list[str]:
    """Name the cells by absolute addresses, in as few ranges as their rows and columns allow."""
    return [_absolute(*run) for run in _runs(sorted(cells, key=lambda cell: (cell[1], cell[0])))]


def _runs(cells: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Split cells into straight runs, downward or to the right."""
    start = 0
    while start < len(cells):
        row, column = cells[start]
        down, right = start + 1, start + 1
        while down < len(cells) and cells[down] == (row + down - start, column):
            down += 1
        while right < len(cells) and cells[right] == (row, column + right - start):
            right += 1
        end = max(down, right)
        yield cells[start], cells[end - 1]
        start = end


def _absolute(first: tuple[int, int], last: tuple[int, int]) -> str:
    names = [address(*place) for place in dict.fromkeys((first, last))]
    return ":".join("$" + name.rstrip("0123456789") + "$" + name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for name in names)
