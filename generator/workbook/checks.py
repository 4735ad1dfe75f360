"""The identities a form prints, as live formulas of a workbook and in the clerk's words."""

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
    """One identity: in words, and the places of its cells."""

    plan: TablePlan
    equation: Equation
    words: str

    @property
    def cells(self) -> list[tuple[int, int]]:
        return [self.plan.cells[index] for index in (*self.equation.left, *self.equation.right)]

    @property
    def state(self) -> str:
        """The formula of what the 校验 sheet says: nothing is wrong while a cell is blank."""
        every = self._every
        slashes = "+".join(f'COUNTIF({one},"/")' for one in every)
        cells, every_cell = len(self.cells), ",".join(every)
        numbers = f'IF(COUNT({every_cell})+{slashes}={cells},"{NOT_APPLICABLE}","{NO_NUMBER}")'
        verdict = f'IF({self._gap(abroad=True)}{_WRONG[self.equation.relation]},"{BROKEN}","{PASSED}")'
        return f'=IF(COUNTA({every_cell})<{cells},"{UNFILLED}",IF(COUNT({every_cell})<{cells},{numbers},{verdict}))'

    @property
    def difference(self) -> str:
        """The formula of left minus right, a dash while it cannot be told."""
        return f'=IF(COUNT({",".join(self._every)})<{len(self.cells)},"—",{self._gap(abroad=True)})'

    @property
    def broken(self) -> str:
        """The condition, on the table's own sheet, for marking the cells."""
        every = ",".join(_ranges(self.cells))
        return f"=AND(COUNT({every})={len(self.cells)},{self._gap(abroad=False)}{_WRONG[self.equation.relation]})"

    @property
    def _every(self) -> list[str]:
        return [f"'{self.plan.sheet}'!{one}" for one in _ranges(self.cells)]

    def _gap(self, abroad: bool) -> str:
        """Decimals are rounded: a sheet's binary sums differ in the sixteenth digit."""
        sheet = f"'{self.plan.sheet}'!" if abroad else ""
        sums = []
        for side in (self.equation.left, self.equation.right):
            places = [self.plan.cells[index] for index in side]
            sums += [f"SUM({','.join(sheet + one for one in _ranges(places))})"] if places else []
        return f"ROUND({'-'.join(sums)},6)"

    def verdict(self, values: Sequence[Value]) -> tuple[str, Decimal | None]:
        """What the two formulas give for these figures; a workbook carries its results with it."""
        used = [values[index] for index in (*self.equation.left, *self.equation.right)]
        if None in used:
            return UNFILLED, None
        if NA in used:
            return NOT_APPLICABLE, None
        left, right = total(values, self.equation.left) or Decimal(0), total(values, self.equation.right) or Decimal(0)
        return (PASSED if holds(self.equation, values) else BROKEN), left - right


def checks(plan: Plan) -> list[IdentityCheck]:
    return [
        IdentityCheck(one, equation, _words(one.table, equation))
        for one in plan.tables
        for equation in one.table.equations
    ]


def values_of(table: Table, figures: Mapping[str, str]) -> list[Value]:
    """The figures of a table by slot, as their texts read; what is none reads as blank."""
    found: list[Value] = []
    for slot in table.slots:
        read = read_figure(figures.get(slot.name, ""), True, slot.column)
        found.append(None if isinstance(read, Slip) else read[0])
    return found


def _words(table: Table, equation: Equation) -> str:
    """Sums over a group of columns are told by the group (行政复议), others by the row or column they run along."""
    slots = table.slots
    every = (*equation.left, *equation.right)
    by_row = len({slots[index].row.key for index in every}) == 1
    keys = [slots[index].column.key if by_row else slots[index].row.key for index in every]
    group = _shared(keys)
    names = [key.removeprefix(group) for key in keys]
    left, right = names[: len(equation.left)], names[len(equation.left) :]
    said = f"{_sum(left)} {_SIGNS[equation.relation]} {_sum(right)}".rstrip()
    return f"“{group.rstrip('.') or equation.along}”：{said}"


def _shared(keys: Sequence[str]) -> str:
    """The group that all keys name, with its point; "" where they name none or several."""
    groups = {key.rpartition(".")[0] for key in keys}
    return f"{groups.pop()}." if len(groups) == 1 and "" not in groups else ""


def _sum(names: Sequence[str]) -> str:
    return (
        " + ".join(names) if len(names) <= _TERMS else f"{names[0]} + {names[1]} + … + {names[-1]}（共{len(names)}项）"
    )


def _ranges(cells: Sequence[tuple[int, int]]) -> list[str]:
    """The cells as few ranges as their order in rows and columns allows, by absolute addresses."""
    return [_absolute(*one) for one in _runs(sorted(cells, key=lambda cell: (cell[1], cell[0])))]


def _runs(cells: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Straight runs, downward or to the right."""
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
