"""Plans where everything stands in the workbook, from the form's declaration; writer and reader share the plan.

Rows and columns count from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.forms.model import Form, Table
from generator.forms.table_layout import CoveredArea, PrintedTable, grid, laid

TOP = 3  # rows above each statutory table: its name, whose it is, how it stands
GUIDE, FRONT, NARRATIVE, INDICATORS, CHECKS = "填报说明", "基本信息", "正文", "指标", "校验"
MARK = "（引言）"  # what stands for a title above the preface
# paragraphs that there is room for: in the preface, in a part, in a part that holds a statutory table
PREFACE, PARAGRAPHS, BESIDE_TABLE = 8, 40, 8
FIRST_INDICATOR, MAX_INDICATORS = 3, 60

Spot = tuple[str, int, int]  # sheet, row, column


class Field(NamedTuple):
    """Describes a line of the front matter: `key` in content (联系.电话), what to type, the printed label; `unit` where
    it takes a number."""

    key: str
    hint: str
    row: int
    label: str
    unit: str = ""


_FIELDS = (
    ("标题", "报告的全称"),
    ("索引号", "没有的留空"),
    ("文号", "没有的留空"),
    ("发文日期", "如 2026-01-20；未定的留空"),
    ("发布机构", "全称"),
    ("联系.地址", "供公众联系"),
    ("联系.邮编", "六位数字"),
    ("联系.电话", "座机，如 0533-1234567；不填个人手机号"),
    ("联系.传真", "没有的留空"),
    ("联系.邮箱", "办公邮箱，没有的留空"),
)
FIRST_FIELD = 5


class NarrativePart(NamedTuple):
    """Places a part of the narrative: `row` holds its title, `first` up to `end` (excluded) its paragraphs."""

    title: str
    prompt: str
    row: int
    first: int
    end: int


class IndicatorRow(NamedTuple):
    """Holds a figure of the narrative as typed; "" for each cell left blank."""

    name: str
    value: str = ""
    unit: str = ""
    section: str = ""
    approximate: str = ""
    numerator: str = ""
    denominator: str = ""


INDICATOR_HEADS = ("名称", "值", "单位", "部分", "约数", "分子", "分母")


@dataclass(frozen=True, eq=False)
class TablePlan:
    """Places a statutory table on the sheet of its name; `cells` are row and column of each of its slots."""

    table: Table
    drawn: PrintedTable
    boxes: tuple[CoveredArea, ...]
    cells: tuple[tuple[int, int], ...]

    @property
    def sheet(self) -> str:
        return self.table.key

    @property
    def head(self) -> int:
        """Return the first row below the table's header."""
        return TOP + len(self.drawn.head)

    @cached_property
    def bottom(self) -> int:
        return max(box.bottom for box in self.boxes)

    @cached_property
    def width(self) -> int:
        return max(box.right for box in self.boxes)


@dataclass(frozen=True, eq=False)
class Plan:
    """Places all of a workbook: tables, front matter and narrative."""

    form: Form
    tables: tuple[TablePlan, ...]
    fields: tuple[Field, ...]
    parts: tuple[NarrativePart, ...]

    @cached_property
    def labels(self) -> Mapping[Spot, str]:
        """Map places to the labels printed there; where a label is gone or changed, positions prove nothing."""
        labels = {(t.sheet, b.top, b.left): b.cell.text for t in self.tables for b in t.boxes if b.cell.hole < 0}
        labels = {place: text for place, text in labels.items() if text}
        labels |= {(FRONT, item.row, 0): item.label for item in self.fields}
        labels |= {(NARRATIVE, part.row, 0): part.title for part in self.parts}
        labels |= {(INDICATORS, FIRST_INDICATOR - 1, column): head for column, head in enumerate(INDICATOR_HEADS)}
        return labels

    @cached_property
    def digest(self) -> str:
        """Fingerprint all labels and places, so that a workbook made from another declaration is recognised as such."""
        places = [
            (plan.sheet, slot.name, *cell)
            for plan in self.tables
            for slot, cell in zip(plan.table.slots, plan.cells, strict=True)
        ]
        # Workbooks that are out with the units carry this digest: whoever changes the text must raise VERSION. The
        # parts go by the name that their class had when the first of them were made.
        parts = repr(self.parts).replace("NarrativePart(", "Part(")
        text = f"({self.form.id!r}, {sorted(self.labels.items())!r}, {places!r}, {parts})"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Filling:
    """Holds what a workbook already contains: figures by slot name and front matter as tables.yaml takes them,
    paragraphs by part (preface first). `carried` says of cells and fields from last year where they come from."""

    figures: Mapping[str, str] = field(default_factory=dict)
    front: Mapping[str, str] = field(default_factory=dict)
    narrative: tuple[tuple[str, ...], ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)


def _table(table: Table) -> TablePlan:
    drawn = grid(table)
    boxes = tuple(box._replace(top=box.top + TOP, bottom=box.bottom + TOP) for box in laid(drawn))
    holes = {box.cell.hole: (box.top, box.left) for box in boxes if box.cell.hole >= 0}
    return TablePlan(table, drawn, boxes, tuple(holes[index] for index in range(len(table.slots))))


def _parts(form: Form) -> tuple[NarrativePart, ...]:
    """Place the parts one below the other: a row for the title, one for the prompt, then the paragraphs."""
    sections = [(MARK, "依据、统计期限、联系方式等；没有引言的留空。", PREFACE)]
    for section in form.sections:
        prompt = section.prompt or ("法定表格自动放进这一部分；没有文字的留空。" if section.table else "")
        sections.append((section.title, prompt, BESIDE_TABLE if section.table else PARAGRAPHS))
    parts, row = [], 2
    for title, prompt, room in sections:
        parts.append(NarrativePart(title, prompt, row, row + 2, row + 2 + room))
        row += 2 + room
    return tuple(parts)


@lru_cache(maxsize=32)
def plan(form: Form) -> Plan:
    """Plan the workbook of a form that has at least one statutory table."""
    return Plan(form, tuple(map(_table, form.tables)), _fields(form), _parts(form))


def _fields(form: Form) -> tuple[Field, ...]:
    """List the front matter, then the figures of the sentence that the form requires (信息处理费)."""
    plain = tuple(
        Field(key, hint, FIRST_FIELD + number, key.rpartition(".")[2]) for number, (key, hint) in enumerate(_FIELDS)
    )
    statement = form.statement
    if statement is None or not statement.required:
        return plain
    figures = (
        Field(f"{statement.key}.{item.key}", item.hint, row, f"{item.label}（{item.unit}）", item.unit)
        for row, item in enumerate(statement.figures, FIRST_FIELD + len(plain))
    )
    return (*plain, *figures)
