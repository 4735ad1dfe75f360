"""Where everything stands in the workbook."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from generator.workbook.layout import BESIDE_TABLE, FIRST_FIELD, FRONT, MARK, PARAGRAPHS, PREFACE, TOP, plan
from tests.workbook.samples import YEARS, layout


@YEARS
def test_every_figure_has_a_place_of_its_own_below_the_header(year: int) -> None:
    for table_plan in layout(year).tables:
        assert len(table_plan.cells) == len(set(table_plan.cells)) == len(table_plan.table.slots)
        assert all(table_plan.head <= row < table_plan.bottom for row, _ in table_plan.cells)
        assert all(column < table_plan.width for _, column in table_plan.cells)
        assert table_plan.head >= TOP


@YEARS
def test_no_two_boxes_of_a_table_cover_one_cell(year: int) -> None:
    for table_plan in layout(year).tables:
        covered = [
            (row, column)
            for box in table_plan.boxes
            for row in range(box.top, box.bottom)
            for column in range(box.left, box.right)
        ]
        assert len(covered) == len(set(covered))


def test_the_parts_of_the_narrative_follow_each_other_with_their_room() -> None:
    parts = layout(2021).parts
    assert parts[0].title == MARK and [part.title for part in parts[1:]] == [
        section.title for section in layout(2021).form.sections
    ]
    assert all(after.row == before.end for before, after in pairwise(parts))
    assert [part.end - part.first for part in parts] == [
        PREFACE,
        *(BESIDE_TABLE if section.table else PARAGRAPHS for section in layout(2021).form.sections),
    ]


@pytest.mark.parametrize(("year", "figures"), [(2020, []), (2021, ["发出通知", "总金额", "实际收取"])])
def test_the_front_matter_asks_for_the_fee_where_the_form_requires_it(year: int, figures: list[str]) -> None:
    fields = layout(year).fields
    assert [field.key for field in fields if field.unit] == [f"信息处理费.{name}" for name in figures]
    assert [field.row for field in fields] == list(range(FIRST_FIELD, FIRST_FIELD + len(fields)))
    assert {layout(year).labels[FRONT, field.row, 0] for field in fields} == {field.label for field in fields}


def test_the_digest_changes_with_a_label_and_with_nothing_else() -> None:
    form = layout(2021).form
    same = replace(form)
    assert plan(same).digest == layout(2021).digest
    first, *others = form.sections
    renamed = replace(form, sections=(replace(first, title="一、示例情况"), *others))
    assert plan(renamed).digest != layout(2021).digest
    assert len({layout(year).digest for year in (2016, 2020, 2021)}) == 3


@pytest.mark.parametrize(
    ("year", "digest"), [(2016, "ae226bbe11f848e3"), (2020, "70a5fd174216f36e"), (2021, "77039da1640b64e8")]
)
def test_workbooks_that_are_out_with_the_units_can_still_be_read(year: int, digest: str) -> None:
    """Whoever changes a digest refuses all workbooks made before: then VERSION must be raised, too."""
    assert layout(year).digest == digest
