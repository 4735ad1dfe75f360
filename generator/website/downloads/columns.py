"""Defines the columns of the data files: stable keys, heads in Chinese, types and what each holds.

One list for everything that speaks of them: the files themselves, their machine-readable descriptions, the Parquet file
and the page that explains them."""

from __future__ import annotations

from typing import NamedTuple

from generator.website.words import Words


class Column(NamedTuple):
    """Describes a column: `key` is its name for programs, `head` its head in the file, `kind` its type by the Data
    Package standard (integer, string, number, boolean)."""

    key: str
    kind: str
    head: str
    meaning: str


def report_columns(words: Words) -> tuple[Column, ...]:
    """The columns that say which report a row belongs to."""
    return (
        Column("year", "integer", words("head.year"), words("meaning.year")),
        Column("organ", "string", words("head.organ"), words("meaning.organ")),
        Column("organ_name", "string", words("head.organ_name"), words("meaning.organ_name")),
        Column("level", "string", words("head.level"), words("meaning.level")),
        Column("parent", "string", words("head.parent"), words("meaning.parent")),
    )


def table_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a report's own tables.csv: one row a cell."""
    return (
        Column("table", "string", words("head.table"), words("meaning.table")),
        Column("row", "string", words("head.row"), words("meaning.row")),
        Column("column", "string", words("head.column"), words("meaning.column")),
        Column("value", "number", words("head.value"), words("meaning.value")),
        Column("text", "string", words("head.text"), words("meaning.text")),
        Column("unit", "string", words("head.unit"), words("meaning.unit")),
        Column("row_key", "string", words("head.row_key"), words("meaning.row_key")),
        Column("column_key", "string", words("head.column_key"), words("meaning.column_key")),
    )


def cell_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a year's file of cells."""
    form = Column("form", "string", words("head.form"), words("meaning.form"))
    return (*report_columns(words), form, *table_columns(words))


def indicator_columns(words: Words) -> tuple[Column, ...]:
    """The columns of a year's file of indicators: figures that only narratives give."""
    return (
        *report_columns(words),
        Column("key", "string", words("head.indicator_key"), words("meaning.indicator_key")),
        Column("part", "string", words("head.part"), words("meaning.part")),
        Column("name", "string", words("head.indicator"), words("meaning.indicator")),
        Column("value", "number", words("head.value"), words("meaning.indicator_value")),
        Column("text", "string", words("head.indicator_text"), words("meaning.indicator_text")),
        Column("unit", "string", words("head.unit"), words("meaning.unit")),
        Column("approximate", "boolean", words("head.approximate"), words("meaning.approximate")),
    )


def heads(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return the first line of a file with these columns."""
    return tuple(column.head for column in columns)
