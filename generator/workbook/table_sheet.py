"""Draws a statutory table as a worksheet: official layout, only the figures unlocked, wrong ones turning red."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from generator.forms.model import FigureCell
from generator.forms.table_layout import CoveredArea
from generator.report.identities import holds
from generator.workbook.cell_names import address
from generator.workbook.checks import BROKEN, UNFILLED, IdentityCheck, values_of
from generator.workbook.layout import CHECKS, TOP, Filling, TablePlan
from generator.workbook.styles import WorkbookStyles, height, printing

_MOST = 999_999_999_999
_PAGE = 45  # rows; a longer list goes over upright pages
_SPINE = 6  # rows that a group must name for its label to be set narrow
_LOCKED = {"select_locked_cells": True, "select_unlocked_cells": True}


def draw(
    sheet: Any, plan: TablePlan, filling: Filling, styles: WorkbookStyles, heading: str, results: tuple[int, int]
) -> None:
    """Fill one worksheet. `heading` names unit and year; `results` are the first and last row (from 0) of this table's
    checks on the 校验 sheet, the last before the first where it has none."""
    widths = _widths(plan)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = plan.width - 1
    sheet.merge_range(0, 0, 0, last, f"{plan.table.key}　{plan.table.caption}", styles["title"])
    sheet.merge_range(1, 0, 1, last, heading, styles["note"])
    sheet.merge_range(2, 0, 2, last, "", styles["state"])
    sheet.write_formula(2, 0, _summary(plan, results), styles["state"], _standing(plan, filling))
    sheet.conditional_format(
        2, 0, 2, 0, {"type": "text", "criteria": "containing", "value": BROKEN, "format": styles["alarm"]}
    )
    for row, points in {0: 26.0, 1: 18.0, 2: 18.0, **_heights(plan.boxes, widths)}.items():
        sheet.set_row(row, points)
    for box in plan.boxes:
        if box.cell.hole < 0:
            _put(sheet, box, box.cell.text, _label_style(box, styles))
        else:
            _figure(sheet, plan, box, filling, styles)
    sheet.freeze_panes(plan.head, 0)
    if plan.drawn.head:
        sheet.repeat_rows(TOP, plan.head - 1)
    sheet.print_area(0, 0, plan.bottom - 1, last)
    long = plan.bottom > _PAGE
    printing(sheet, landscape=not long, pages_tall=0 if long else 1)
    sheet.protect("", _LOCKED)


def mark(sheet: Any, checks: Sequence[IdentityCheck], styles: WorkbookStyles) -> None:
    """Make the cells of each identity turn red while it fails."""
    for check in checks:
        cells = [address(*cell) for cell in check.cells]
        sheet.conditional_format(
            cells[0],
            {"type": "formula", "criteria": check.broken, "format": styles["red"], "multi_range": " ".join(cells)},
        )


def _put(sheet: Any, box: CoveredArea, value: Any, style: Any) -> None:
    """Write a text or a figure into a cell, merged where it covers several."""
    if (box.bottom - box.top, box.right - box.left) != (1, 1):
        sheet.merge_range(box.top, box.left, box.bottom - 1, box.right - 1, "", style)
    if value == "":
        sheet.write_blank(box.top, box.left, None, style)
    else:
        sheet.write(box.top, box.left, value, style)


def _label_style(box: CoveredArea, styles: WorkbookStyles) -> Any:
    cell = box.cell
    if cell.level and cell.kind == "th":
        return styles.indented("label", cell.level - 1)
    if cell.level:
        return styles["middle" if cell.text else "blank"]
    if cell.title_row:
        return styles["block"]
    if cell.scope in ("row", "rowgroup"):
        return styles["middle" if cell.scope == "rowgroup" else "label"]
    return styles["head"]


def number(text: str) -> str | int | float:
    """Convert a figure to what a spreadsheet holds; "/" and amounts with their unit stay texts."""
    for convert in (int, float):
        with suppress(ValueError):
            return convert(text)
    return text


def _figure(sheet: Any, plan: TablePlan, box: CoveredArea, filling: Filling, styles: WorkbookStyles) -> None:
    slot = plan.table.slots[box.cell.hole]
    carried = filling.carried.get(slot.name, "")
    _put(sheet, box, number(filling.figures.get(slot.name, "")), styles["carried" if carried else "figure"])
    place = address(box.top, box.left)
    sheet.data_validation(
        place,
        {
            **_rule(slot, place),
            "ignore_blank": True,
            "error_title": "填得不对",
            "input_title": _cut(slot.row.path[-1] or slot.column.path[-1]),
            "input_message": _message(slot, carried),
            "error_message": f"{_hint(slot)}（{slot.name}）"[:250],
        },
    )


def _rule(slot: FigureCell, place: str) -> dict[str, Any]:
    """Return the validation of a cell, with the formula or bounds that Excel checks."""
    whole = f"AND({place}>=0,{place}<={_MOST},{place}=INT({place}))"
    if slot.column.unit_in_cell:
        amount = f'SUBSTITUTE(SUBSTITUTE({place},"万元",""),"元","")'
        return {
            "validate": "custom",
            "value": f'=OR({place}=0,AND(RIGHT({place},1)="元",IFERROR(VALUE({amount})>=0,FALSE)))',
        }
    if slot.row.slash:
        return {"validate": "custom", "value": f'=OR({place}="/",IF(ISNUMBER({place}),{whole},FALSE))'}
    kind, low = "decimal" if slot.column.decimal else "integer", -_MOST if slot.column.signed else 0
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": _MOST}


def _hint(slot: FigureCell) -> str:
    if slot.column.unit_in_cell:
        return "填金额并写明单位，如 16284万元；没有发生填 0万元。"
    kind = "不小于0的数，可以有小数" if slot.column.decimal else "不小于0的整数"
    if slot.column.signed:
        kind = "整数，减少的填负数"
    slash = "；不适用填 /" if slot.row.slash else ""
    return f"填{kind}，不写单位、不加逗号；没有发生填0{slash}。"


def _message(slot: FigureCell, carried: str) -> str:
    unit = f"单位：{slot.column.unit}。" if slot.column.unit else ""
    column = "·".join(label for label in slot.column.path if label)
    return f"{column}\n{unit}{_hint(slot)}{carried}"[:250]


def _cut(text: str) -> str:
    return text if len(text) <= 32 else text[:31] + "…"


def _summary(plan: TablePlan, results: tuple[int, int]) -> str:
    """Return the formula of the line above the table: failed identities and cells still blank."""
    tops = ",".join(address(*cell) for cell in plan.cells)
    left = f"{len(plan.cells)}-COUNTA({tops})" if len(plan.cells) <= 250 else f"{len(plan.cells)}-({_counted(plan)})"
    first, last = results
    blank = f'IF({left}>0,"还有"&({left})&"格{UNFILLED}","已填完")'
    if last < first:
        return f"={blank}"
    range_ = f"'{CHECKS}'!$C${first + 1}:$C${last + 1}"
    wrong = f'COUNTIF({range_},"{BROKEN}")'
    failed = f'IF({wrong}>0,"有"&{wrong}&"项勾稽关系{BROKEN}：看红格和“{CHECKS}”表；","")'
    return f"={failed}&{blank}"


def _standing(plan: TablePlan, filling: Filling) -> str:
    """Compute what `_summary` gives for the figures that the workbook comes with."""
    values = values_of(plan.table, filling.figures)
    blank = sum(not filling.figures.get(slot.name) for slot in plan.table.slots)
    wrong = sum(holds(equation, values) is False for equation in plan.table.equations)
    failed = f"有{wrong}项勾稽关系{BROKEN}：看红格和“{CHECKS}”表；" if wrong else ""
    return failed + (f"还有{blank}格{UNFILLED}" if blank else "已填完")


def _counted(plan: TablePlan) -> str:
    """Count filled cells in several calls: COUNTA takes 255 arguments at most."""
    names = [address(*cell) for cell in plan.cells]
    return "+".join(f"COUNTA({','.join(names[at : at + 250])})" for at in range(0, len(names), 250))


# ---------------------------------------------------------------- widths and heights


def _widths(plan: TablePlan) -> list[float]:
    """Return characters by column: narrow for labels beside many rows, wide for the names of rows."""
    drawn = plan.drawn
    widths: list[float] = []
    for column in range(drawn.labels):
        spine = any(
            box.left == column and box.bottom - box.top > _SPINE and box.right == column + 1 for box in plan.boxes
        )
        last = column == drawn.labels - 1
        if last:
            widths.append(38 if drawn.labels > 1 else _name_width(plan))
        else:
            widths.append(5 if spine else 13)
    values = plan.width - drawn.labels
    return [*widths, *[float(min(22, max(8.5, 88 // values)))] * values]


def _name_width(plan: TablePlan) -> int:
    longest = max((len(box.cell.text) for box in plan.boxes if box.left == 0 and box.right == 1), default=0)
    return min(56, max(24, longest * 2 + 2))


def _heights(boxes: Sequence[CoveredArea], widths: Sequence[float]) -> dict[int, float]:
    """Return points by row; what a cell over several rows still lacks goes to the last of them."""
    points: dict[int, float] = {}
    for box in sorted(boxes, key=lambda box: box.bottom - box.top):
        needed = max(20.0, height(box.cell.text, sum(widths[box.left : box.right])))
        for row in range(box.top, box.bottom):
            points.setdefault(row, 20.0)
        lacking = needed - sum(points[row] for row in range(box.top, box.bottom))
        if lacking > 0:
            points[box.bottom - 1] += lacking
    return points
