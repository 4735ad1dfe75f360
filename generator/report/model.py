"""Models one organ's report of one year: figures as printed, indicators, accepted findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from generator.finding import CellName, Finding, Place
from generator.forms.model import FigureCell, Form, Table
from generator.forms.sections import RequiredSentence
from generator.report.figure import Value
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar


@dataclass(frozen=True, slots=True)
class TableFigures:
    """Holds the figures of one statutory table in official order: parallel tuples with one entry for each slot.

    `rows` are the rows as typed, `place` the line and column where the table starts.
    """

    table: Table
    values: tuple[Value, ...]
    texts: tuple[str, ...]
    units: tuple[str, ...]
    rows: Mapping[str, Node]
    place: tuple[int, int]

    def mark(self, index: int) -> tuple[int, int]:
        """Return line and column of a cell; those of its row or table where it has no place of its own."""
        key = self.table.slots[index].row.key
        row = self.rows.get(key)
        if row is None:
            return self.place
        number = index - self.table.row_ranges[key][0]
        if isinstance(row, Items) and number < len(row.items):
            row = row.items[number]
        elif isinstance(row, Pairs):
            wanted = self.table.slots[index].column.key
            row = next((value for name, value in row.pairs if name.text == wanted), row)
        return row.line, row.column

    def cell(self, index: int) -> CellName:
        return address(self.table, self.table.slots[index])

    @property
    def absent(self) -> frozenset[str]:
        """Return the rows that the report does not print: of a list any that is not typed, of other tables only
        those that may be left out (规章; rows whose group is printed as one); every other missing row is blank."""
        if len(self.rows) == len(self.table.row_ranges):
            return frozenset()
        listed = frozenset(row.key for block in self.table.blocks if block.listed for row in block.rows)
        return (listed | self.table.may_lack) - frozenset(self.rows)

    @property
    def printed(self) -> tuple[Sequence[str], Sequence[str]]:
        """Return texts and units of the cells that the report prints, including blank ones."""
        absent = self.absent
        if not absent:
            return self.texts, self.units
        kept = [index for index, slot in enumerate(self.table.slots) if slot.row.key not in absent]
        return [self.texts[index] for index in kept], [self.units[index] for index in kept]

    def within(self, table: Table) -> TableFigures:
        """Return the figures of the rows that the form itself has, laid on its `table`."""
        kept = [index for index, slot in enumerate(self.table.slots) if not slot.row.added]
        return TableFigures(
            table,
            tuple(self.values[index] for index in kept),
            tuple(self.texts[index] for index in kept),
            tuple(self.units[index] for index in kept),
            self.rows,
            self.place,
        )


@dataclass(frozen=True, slots=True)
class Indicator:
    """Holds a figure that only the narrative gives (指标); `approximate`: printed as 「…余」."""

    name: str
    value: Decimal
    text: str
    unit: str
    section: str
    approximate: bool
    parts: tuple[str, str] | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """Holds what a report states beside its tables (信息处理费): the form's `statement` and its figures by key.

    Amounts are in the unit that the statement gives them. `missing` are the figures left out or blank
    (信息处理费.总金额) with their places; `line` and `column` are the block's."""

    statement: RequiredSentence
    figures: Mapping[str, Indicator]
    missing: tuple[tuple[str, int, int], ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Accepts a known flaw of a published record: the rule, the cells or words concerned, and the reason.

    `values` are the figures it was accepted for ("" = not given): when they change, the acceptance lapses.
    `approver` and `date` say who allowed a new report to keep the flaw, and when.
    """

    rule: str
    subjects: tuple[str, ...]
    reason: str
    line: int
    column: int
    values: str = ""
    approver: str = ""
    date: str = ""


class Correction(NamedTuple):
    """Corrects a published figure (更正): `name` as placeholders have it, `old` and `new` as printed, "" for blank."""

    date: str
    name: str
    old: str
    new: str
    reason: str
    approver: str
    line: int = 0
    column: int = 0


class Addition(NamedTuple):
    """Holds a row printed beyond the form (增加行): its table, key and label, and its figures as typed."""

    table: str
    key: str
    label: str
    figures: Node
    line: int
    column: int


class Origin(NamedTuple):
    """Explains how a report's form was chosen. `due` is the form of its year, `named` the id that 格式 gives.

    `line` and `column` are those of 格式. `guessed`: the rows clearly are those of another form than named or due, and
    are read by it. `added` are rows beyond the form, `base` the form without them."""

    due: Form | None = None
    named: str = ""
    guessed: bool = False
    line: int = 0
    column: int = 0
    added: tuple[Addition, ...] = ()
    base: Form | None = None


ITS_YEARS = Origin()


@dataclass(frozen=True, slots=True)
class Report:
    """Holds what tables.yaml says, with every finding of reading it.

    `typed` are its texts other than figures, as typed, with their places: 标题, 联系.电话, 图片.1. `sums` caches the
    sums by role that `rules.figures` computes."""

    year: int
    organ: str
    form: Form
    file: str
    title: str
    published: str
    meta: Mapping[str, str]
    sheets: tuple[TableFigures, ...]
    indicators: tuple[Indicator, ...]
    pictures: Mapping[str, str]
    acceptances: tuple[Acceptance, ...]
    findings: tuple[Finding, ...] = field(default=())
    origin: Origin = ITS_YEARS
    typed: Mapping[str, Scalar] = field(default_factory=dict)
    stated: StatedFigures | None = None
    corrections: tuple[Correction, ...] = ()
    sums: dict[str, Decimal | None] = field(default_factory=dict, repr=False, compare=False)

    def figure(self, name: str) -> tuple[Value, str] | None:
        """Return (value, text as printed) of `表三.本年新收.总计` or `指标.…`; None where the name does not exist."""
        if name.startswith("指标."):
            wanted = name.removeprefix("指标.")
            return next(((item.value, item.text) for item in self.indicators if item.name == wanted), None)
        table, index = self.form.by_name.get(name, ("", 0))
        if not table and self.form.statement and (stating := self.form.statement.find(name)):
            item = self.stated.figures.get(stating.key) if self.stated else None
            return (item.value, item.text) if item else (None, "")
        for sheet in self.sheets:
            if sheet.table.id == table:
                return sheet.values[index], sheet.texts[index]
        return None

    @property
    def beside(self) -> tuple[Indicator, ...]:
        """Return the figures beside the tables: those of the narrative, then those of the form's statement."""
        return (*self.indicators, *self.stated.figures.values()) if self.stated else self.indicators

    @property
    def official(self) -> Report:
        """Return the report without its added rows; its cells then match those of other reports on the form."""
        base = self.origin.base
        if base is None or not self.origin.added:
            return self
        tables = {table.id: table for table in base.tables}
        sheets = tuple(sheet.within(tables[sheet.table.id]) for sheet in self.sheets)
        return replace(self, form=base, sheets=sheets, sums={})

    def place(self, sheet: TableFigures, index: int) -> Place:
        return Place(self.file, *sheet.mark(index))


def machine(text: str, unit: str) -> str:
    """Convert a printed figure to a plain number; "" where it is blank or not applicable."""
    return "" if text in ("", "/") else str(Decimal(text.removesuffix(unit)))


def address(table: Table, slot: FigureCell) -> CellName:
    """Name a cell by the labels printed around it, outermost first."""
    title = table.blocks[slot.block].title
    row = (*((title,) if title else ()), *(label for label in slot.row.path if label))
    return CellName(table.id, row or (slot.row.hidden,), slot.column.path)
