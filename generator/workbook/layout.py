"""Where everything stands in the workbook: one plan, from the declaration, that writer and reader share.

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
PREFACE, PARAGRAPHS, BESIDE_TABLE = 8, 40, 8  # paragraphs the narrative has room for
FIRST_INDICATOR, MAX_INDICATORS = 3, 60

Spot = tuple[str, int, int]  # sheet, row, column


class Field(NamedTuple):
    """A line of the front matter: `key` as content calls it (联系.电话), what to type, and what stands before it; where a
    number is asked for, the `unit` it is counted in."""

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
    """A part of the narrative: its title's row, and the rows of its paragraphs, `end` excluded."""

    title: str
    prompt: str
    row: int
    first: int
    end: int


class IndicatorRow(NamedTuple):
    """A figure of the narrative as typed, "" where not said."""

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
    """A statutory table on the sheet of its name; `cells` are the places of its slots."""

    table: Table
    drawn: PrintedTable
    boxes: tuple[CoveredArea, ...]
    cells: tuple[tuple[int, int], ...]

    @property
    def sheet(self) -> str:
        return self.table.key

    @property
    def head(self) -> int:
        """The row below the table's head."""
        return TOP + len(self.drawn.head)

    @cached_property
    def bottom(self) -> int:
        return max(box.bottom for box in self.boxes)

    @cached_property
    def width(self) -> int:
        return max(box.right for box in self.boxes)


@dataclass(frozen=True, eq=False)
class Plan:
    form: Form
    tables: tuple[TablePlan, ...]
    fields: tuple[Field, ...]
    parts: tuple[NarrativePart, ...]

    @cached_property
    def labels(self) -> Mapping[Spot, str]:
        """Every printed word that tells what stands beside it: where one is gone or changed, positions prove nothing."""
        found = {
            (t.sheet, b.top, b.left): b.cell.text
            for t in self.tables
            for b in t.boxes
            if b.cell.hole < 0 and b.cell.text
        }
        found |= {(FRONT, item.row, 0): item.label for item in self.fields}
        found |= {(NARRATIVE, part.row, 0): part.title for part in self.parts}
        found |= {(INDICATORS, FIRST_INDICATOR - 1, column): head for column, head in enumerate(INDICATOR_HEADS)}
        return found

    @cached_property
    def digest(self) -> str:
        """Short for all labels and places, so that a form made from another declaration is known as such."""
        places = [
            (plan.sheet, slot.name, *cell)
            for plan in self.tables
            for slot, cell in zip(plan.table.slots, plan.cells, strict=True)
        ]
        said = repr((self.form.id, sorted(self.labels.items()), places, self.parts))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form already holds: figures by slot name and front matter as tables.yaml takes them, paragraphs by part
    (preface first). `carried` tells of cells and fields brought over from the year before where each comes from."""

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
    """A row for the title, one for what belongs there, then the paragraphs."""
    wanted = [(MARK, "依据、统计期限、联系方式等；没有引言的留空。", PREFACE)]
    for section in form.sections:
        prompt = section.prompt or ("法定表格自动放进这一部分；没有文字的留空。" if section.table else "")
        wanted.append((section.title, prompt, BESIDE_TABLE if section.table else PARAGRAPHS))
    parts, row = [], 2
    for title, prompt, room in wanted:
        parts.append(NarrativePart(title, prompt, row, row + 2, row + 2 + room))
        row += 2 + room
    return tuple(parts)


@lru_cache(maxsize=32)
def plan(form: Form) -> Plan:
    """The workbook of a form; it has a statutory table at least."""
    return Plan(form, tuple(map(_table, form.tables)), _fields(form), _parts(form))


def _fields(form: Form) -> tuple[Field, ...]:
    """The front matter, and the figures that every report owes a sentence on."""
    plain = tuple(
        Field(key, hint, FIRST_FIELD + number, key.rpartition(".")[2]) for number, (key, hint) in enumerate(_FIELDS)
    )
    owed, first = form.statement, FIRST_FIELD + len(plain)
    if owed is None or not owed.required:
        return plain
    return (
        *plain,
        *(
            Field(f"{owed.key}.{item.key}", item.hint, first + number, f"{item.label}（{item.unit}）", item.unit)
            for number, item in enumerate(owed.figures)
        ),
    )
