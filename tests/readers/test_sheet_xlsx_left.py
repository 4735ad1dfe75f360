"""Tells comments and drawings of workbooks, which are not read."""

from __future__ import annotations

from typing import Any

from generator.readers.bounds import archive
from generator.readers.sheet_xlsx_left import left_behind
from tests.readers.samples import LIMITS, book


def test_what_is_left_behind_is_counted_and_quoted() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("表")
        sheet.write_comment("A1", "请核实")
        sheet.insert_textbox("D1", "框")

    comments, shapes = left_behind(archive(book(fill), LIMITS), LIMITS, "a.xlsx")
    assert comments.message.zh == "批注1条没有读入：“请核实”。" and shapes.rule == "IMP-SHAPE"
    assert left_behind(archive(book(lambda made: made.add_worksheet("表")), LIMITS), LIMITS, "a.xlsx") == []
