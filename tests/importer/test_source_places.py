"""Where in the imported file that stands which a finding on the draft is about."""

from __future__ import annotations

import pytest

from generator.finding import CellName, Finding, Level, Message, Place
from generator.importer.make_draft import Draft, take
from generator.importer.source_places import place_in_file
from generator.readers.document import Limits
from generator.readers.open_file import read_bytes
from generator.report.model import address
from generator.report.review_marks import unchecked
from generator.workbook.layout import NARRATIVE
from tests.example import FORMS, SETTINGS
from tests.importer.samples import figures, page, table
from tests.workbook.samples import form, layout, spot, taken, typed

T3 = table(2021, "t3")


def place(draft: Draft, *cells: CellName, subject: str = "", line: int = 0) -> str:
    file = "2021/shili/report.md" if line else "2021/shili/tables.yaml"
    finding = Finding("X", Level.ERROR, Place(file, line), Message("甲", "a"), cells, subject=subject)
    found = place_in_file(finding, draft)
    return found.zh if found else ""


def named(*names: str) -> list[CellName]:
    return [address(T3, slot) for name in names for slot in T3.slots if slot.name == name]


def test_a_cell_of_a_workbook_goes_by_its_name_in_excel() -> None:
    draft = taken(typed(form(2021), {spot(2021, "表三.总计.总计"): 3.0}))
    sheet, row, column = spot(2021, "表三.总计.总计")
    assert place(draft, *named("表三.总计.总计")) == f"{sheet} {'ABCDEFGHIJ'[column]}{row + 1}"


def test_cells_stand_in_the_order_of_the_finding_and_many_are_spanned() -> None:
    draft = taken(form(2021))
    assert place(draft, *named("表三.本年新收.总计", "表三.本年新收.自然人")) == "表三 J7、表三 D7"
    row = [slot.name for slot in T3.slots if slot.row.key == "本年新收"]
    assert place(draft, *named(*row)) == "表三 D7 至 表三 J7，共7格"
    assert place(draft, subject="表三.本年新收") == "表三 D7 至 表三 J7，共7格"


def test_a_line_of_the_narrative_goes_by_its_cell_too() -> None:
    part = layout(2021).parts[1]
    draft = taken(typed(form(2021), {(NARRATIVE, part.first, 1): "示例第一段。"}))
    lines = draft.files["report.md"].decode().split("\n")
    assert place(draft, line=lines.index("示例第一段。") + 1) == f"正文 B{part.first + 1}"
    assert place(draft, line=1000) == ""


def test_a_cell_of_a_table_elsewhere_goes_by_table_row_and_column() -> None:
    text = page(2021, figures(2021))
    draft = take(read_bytes(text.encode(), "a.html", Limits()), FORMS, SETTINGS.organs)
    assert place(draft, *named("表三.本年新收.总计")) == "第2张表 第4行第10列"


def test_a_mark_means_the_cells_of_its_row_that_are_not_certain() -> None:
    text = page(2021, figures(2021, t3_本年新收=["3①", 0, 0, 0, 0, 0, 3]))
    draft = take(read_bytes(text.encode(), "a.html", Limits()), FORMS, SETTINGS.organs)
    (mark,) = unchecked(draft.files["tables.yaml"], "2021/shili/tables.yaml")
    found = place_in_file(mark, draft)
    assert found is not None and found.zh == "第2张表 第4行第4列"
    assert "自然人（第2张表 第4行第4列）：原文“3①”" in mark.message.zh


@pytest.mark.slow
def test_what_has_no_place_in_the_file_has_none() -> None:
    assert place(taken(form(2021))) == "" and place(taken(form(2021)), subject="示例") == ""
