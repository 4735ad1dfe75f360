"""Tells blank cells together: one finding for the blanks of a row, one for all rows of a table that nobody filled in.

Every cell is found and accepted by itself (`cells`, `fees`); this is applied afterwards, to what is not accepted.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from generator.finding import Finding, Level, Message, counted
from generator.report.identities import implied
from generator.report.model import Report
from generator.report.review_marks import RULE as UNCHECKED

BLANK_RULES = frozenset({"T2-BLANK", "T3-BLANK", "T4-BLANK", "A-BLANK", "FEE-BLANK"})

_UNFILLED = 3  # so many rows without any figure are told together
_ROWS = 8  # more rows with a blank are told together as well
_NAMED = 8  # so many cells, or rows, are still named


class BlankCell(NamedTuple):
    """Holds the finding about one blank cell and its place: table (表三), row within it ("" where there is but one),
    column, the number of cells in its row and in its table, what the identities give for it, whether the row may stand
    at "/" (规章), and whether it is still marked 待核."""

    finding: Finding
    table: str
    row: str
    column: str
    width: int
    size: int
    implied: Decimal | None
    slash: bool = False
    unchecked: bool = False

    @property
    def row_name(self) -> str:
        return f"{self.table}.{self.row}" if self.row else self.table


Kind = tuple[str, Level, str, bool]


def merge_blanks(findings: Sequence[Finding], report: Report, by_table: bool = False) -> list[Finding]:
    """Returns the findings with those about blank cells that are not accepted told together, each where its first cell
    was: the blanks of a row in one, rows without any figure in one for their table. `by_table`: one for each table,
    whatever is blank in it (for a report that is still being written)."""
    merged: list[Finding | None] = list(findings)
    kinds: dict[Kind, dict[str, list[tuple[int, BlankCell]]]] = {}
    unchecked = frozenset(finding.subject for finding in findings if finding.rule == UNCHECKED)
    for number, finding in enumerate(findings):
        if finding.rule in BLANK_RULES and finding.accepted is None:
            cell = _cell(finding, report, unchecked)
            kind = (finding.rule, finding.level, cell.table, cell.unchecked)
            kinds.setdefault(kind, {}).setdefault(cell.row, []).append((number, cell))
    for by_row in kinds.values():
        for group in _groups(list(by_row.values()), by_table):
            numbers = [number for row in group for number, _ in row]
            if len(numbers) > 1 or group[0][0][1].unchecked:
                for number in numbers:
                    merged[number] = None
                merged[min(numbers)] = _together([[cell for _, cell in row] for row in group])
    return [finding for finding in merged if finding is not None]


def _cell(finding: Finding, report: Report, unchecked: Container[str]) -> BlankCell:
    key, _, rest = finding.subject.partition(".")
    table, index = report.form.by_name.get(finding.subject, ("", 0))
    sheet = next((sheet for sheet in report.sheets if sheet.table.id == table), None)
    if sheet is None:  # a figure beside the tables (信息处理费)
        size = len(report.stated.statement.figures) if report.stated else 0
        return BlankCell(finding, key, "", rest, size, size, None)
    row = sheet.table.slots[index].row
    width, size = sheet.table.row_ranges[row.key][1], len(sheet.table.slots)
    column = rest.removeprefix(f"{row.key}.")
    marked = f"{key}.{row.key}" in unchecked
    name = "" if width == size else row.key
    return BlankCell(finding, key, name, column, width, size, implied(sheet, index), row.slash, marked)


def _groups(rows: list[list[tuple[int, BlankCell]]], by_table: bool) -> list[list[list[tuple[int, BlankCell]]]]:
    """Sorts rows with a blank into those told together: none of them, those without any figure, or all."""
    unfilled = [row for row in rows if len(row) == row[0][1].width]
    others = [row for row in rows if len(row) != row[0][1].width]
    if by_table or len(others) > _ROWS:
        return [rows]
    if len(unfilled) < _UNFILLED:
        return [[row] for row in rows]
    return [unfilled, *([row] for row in others)]


def _together(rows: Sequence[Sequence[BlankCell]]) -> Finding:
    """Makes one finding of those about the cells of some rows of one table."""
    cells = [cell for row in rows for cell in row]
    subject, message = (cells[0].row_name, _of_row(cells)) if len(rows) == 1 else (cells[0].table, _of_table(rows))
    names = tuple(name for cell in cells for name in cell.finding.cells)
    return replace(cells[0].finding, message=message, cells=names, subject=subject)


_ASK = Message("请确认是0还是漏填", "is it 0, or left out?")
_ASK_MARKED = Message("还标着“待核”，请照原文件填", "still marked 待核: fill in from the file it was read from")
_ASK_SLASH = Message(
    "填0，不适用填“/”；原报告没有印这一行的，从 tables.yaml 删去这一行",
    "write 0, or “/” where not applicable; if the report does not print this row, delete it from tables.yaml",
)


def _ask(cell: BlankCell, whole_row: bool = False) -> Message:
    if cell.slash and whole_row:
        return _ASK_SLASH
    return _ASK_MARKED if cell.unchecked else _ASK


def _of_row(cells: Sequence[BlankCell]) -> Message:
    name, count = cells[0].row_name, len(cells)
    ask = _ask(cells[0], whole_row=count == cells[0].width)
    if count == cells[0].size:
        return _whole(name, count, ask)
    if count == cells[0].width:
        return Message(
            f"{name}：整行{count}格未填，{ask.zh}", f"{name}: {counted(count, 'cell')}, none filled in: {ask.en}"
        )
    columns = "、".join(cell.column for cell in cells)
    zh = f"{name}：{count}格空白（{columns}），{ask.zh}"
    en = f"{name}: {counted(count, 'cell is', 'cells are')} blank ({columns}): {ask.en}"
    values = {cell.implied for cell in cells}
    if len(values) == 1 and None not in values:
        value = values.pop()
        if len(cells) == 1:
            return Message(f"{zh}；按勾稽关系应为{value}", f"{en}; by the identities it is {value}")
        return Message(f"{zh}；按勾稽关系都应为{value}", f"{en}; by the identities all are {value}")
    known = [(cell.column, cell.implied) for cell in cells if cell.implied is not None]
    if known:
        zh += "；按勾稽关系，" + "、".join(f"{column}应为{value}" for column, value in known)
        en += "; by the identities " + ", ".join(f"{column} is {value}" for column, value in known)
    return Message(zh, en)


def _whole(table: str, count: int, ask: Message) -> Message:
    return Message(f"{table}：{count}格未填，{ask.zh}", f"{table}: {counted(count, 'cell')}, none filled in: {ask.en}")


def _of_table(rows: Sequence[Sequence[BlankCell]]) -> Message:
    table, count, ask = rows[0][0].table, sum(map(len, rows)), _ask(rows[0][0])
    if count == rows[0][0].size:
        return _whole(table, count, ask)
    names = "、".join(row[0].row for row in rows[:_NAMED])
    zh_more, en_more = ("等", " and others") if len(rows) > _NAMED else ("", "")
    zh, en = (
        f"{table}：{len(rows)}行里{count}格空白",
        f"{table}: {counted(count, 'cell is', 'cells are')} blank in {counted(len(rows), 'row')}",
    )
    if all(len(row) == row[0].width for row in rows):
        zh, en = (
            f"{table}：{len(rows)}行整行未填，共{count}格",
            f"{table}: {counted(len(rows), 'row')} not filled in, {counted(count, 'cell')}",
        )
    return Message(f"{zh}（{names}{zh_more}），{ask.zh}", f"{en} ({names}{en_more}): {ask.en}")
