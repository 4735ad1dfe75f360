"""The labels of a form, ready for comparison."""

from __future__ import annotations

import pytest

from generator.importer.form_labels import BlockLabels, labels_of
from tests.importer.samples import form


def block(year: int, table: str, number: int = 0) -> BlockLabels:
    return [labels for labels in labels_of(form(year)) if labels.table.id == table][number]


def test_every_block_of_every_table_has_its_labels() -> None:
    blocks = [(one, number) for one in form(2021).tables for number in range(len(one.blocks))]
    assert [(labels.table, labels.number) for labels in labels_of(form(2021))] == blocks


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("行政规范性文件", "行政规范性文件"),
        ("行政规范文件", "行政规范性文件"),
        ("1.规章", "规章"),
        ("内部通知", None),
        ("", None),
    ],
)
def test_a_row_is_recognised_by_its_name_slips_allowed(text: str, row: str | None) -> None:
    near = block(2021, "t2").row(text)
    assert (near.name if near else None) == row


def test_header_labels_are_recognised_and_others_are_not() -> None:
    labels = block(2021, "t2")
    assert labels.head("本年制发件数") and labels.head("现行有效件数") and labels.head("信息内容")
    assert not labels.head("点击数") and not labels.head("")


def test_columns_of_one_name_are_distinguished_by_the_header_above() -> None:
    labels = block(2021, "t4")
    columns = [column.key for column in labels.block.columns]
    assert labels.column_of(("行政复议", "结果维持")) == columns.index("行政复议.结果维持")
    assert labels.column_of(("行政诉讼", "复议后起诉", "总计")) == columns.index("复议后起诉.总计")
    assert labels.column_of(("总计",)) is None and labels.column_of(("点击数",)) is None
    assert labels.column_of(("", "")) is None


def test_only_a_table_with_one_unnamed_row_is_hidden() -> None:
    assert block(2021, "t4").hidden and block(2021, "t4").width == 15
    assert not block(2021, "t2").hidden and block(2021, "t2").width == 3


def test_names_of_several_groups_are_twins_and_have_no_row_of_their_own() -> None:
    labels = block(2016, "stat")
    twins = labels.twins["被依法纠错数"]
    assert twins == ("复议纠错数", "诉讼纠错数")
    assert labels.row("（二）被依法纠错数") is None
    assert [labels.paths[key][-1] for key in twins] == ["（二）被依法纠错数"] * 2
    assert labels.paths[twins[0]][:-1] != labels.paths[twins[1]][:-1]
