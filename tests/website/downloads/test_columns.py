"""The columns of the data files: each with a key, a head and a meaning of its own."""

from __future__ import annotations

import pytest

from generator.website.downloads.columns import Column, cell_columns, heads, indicator_columns, table_columns
from generator.website.words import load_words

WORDS = load_words()
FILES = {"cells": cell_columns(WORDS), "indicators": indicator_columns(WORDS), "tables": table_columns(WORDS)}


@pytest.mark.parametrize("name", FILES)
def test_keys_heads_and_meanings_are_there_and_no_two_alike(name: str) -> None:
    columns = FILES[name]
    for texts in zip(*((c.key, c.head, c.meaning) for c in columns), strict=True):
        assert all(texts) and len(set(texts)) == len(texts)
    assert {column.kind for column in columns} <= {"integer", "string", "number", "boolean"}
    assert all(column.key.isascii() and column.key.isidentifier() for column in columns)


def test_every_row_of_a_year_says_year_organ_level_parent_and_both_stable_keys() -> None:
    names = heads(cell_columns(WORDS))
    assert names[:6] == ("年度", "机关编号", "机关名称", "层级", "上级机关", "格式") and names[-2:] == ("行键", "列键")


def test_a_report_s_own_file_has_the_last_columns_of_its_year() -> None:
    assert cell_columns(WORDS)[-len(FILES["tables"]) :] == FILES["tables"]
    assert FILES["tables"][-1] == Column("column_key", "string", "列键", WORDS("meaning.column_key"))
