"""The page that explains the data: files, columns, stable keys, licence, and examples that run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.collection.summary import ReportSummary
from generator.forms.addresses import cell_address, row_addresses
from generator.forms.model import CellKey, Form, Group, Table
from generator.website.downloads.catalog import catalog
from generator.website.downloads.collection import INDEX, cells_path, indicators_path
from generator.website.downloads.columns import Column, cell_columns, indicator_columns
from generator.website.downloads.dataset import dataset_of
from generator.website.shell import Shell, SitePage
from generator.website.views import FileView, LinkView
from generator.website.words import load_words

# The examples read the number of requests received in total.
_ROLE = "received"
_DECIMAL = "DECIMAL(28, 6)"  # as in the Parquet file
_SMALLER = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


class ColumnView(NamedTuple):
    """A column of the data files; `head` stands in the file, `name` says the same in the language of the page."""

    head: str
    name: str
    key: str
    kind: str
    meaning: str


class KeyView(NamedTuple):
    """A stable key and what is printed at it; `level` is how deep it stands, from 1; a mere heading has no `key`."""

    key: str
    label: str
    level: int


class KeysView(NamedTuple):
    """The stable keys of one table of a form."""

    caption: str
    rows: tuple[KeyView, ...]
    columns: tuple[KeyView, ...]


class FormView(NamedTuple):
    """A form with the keys of its tables."""

    id: str
    document: str
    tables: tuple[KeysView, ...]


class YearFiles(NamedTuple):
    """Where the data files of a year stand, seen from the page."""

    year: int
    cells: str
    packed: str
    indicators: str


class Examples(NamedTuple):
    """Formulas and programs that read `file`, the cells of one year; `cell` is the cell they look for, `row_in_words`
    and `in_words` the addresses of its row and its own."""

    file: str
    cell: CellKey
    row_in_words: str
    in_words: str
    excel: str
    duckdb: str
    pandas: str


def data_page(shell: Shell, summaries: Sequence[ReportSummary], forms: Sequence[Form]) -> SitePage:
    """Draw data/index.html; `summaries` are all reports built, `forms` those that the pages of this language print."""
    words, chinese = shell.words, load_words("zh")
    used = {summary.form for summary in summaries}
    years = sorted({summary.year for summary in summaries}, reverse=True)
    printed = {form.id: form for form in forms if form.id in used and form.tables}
    dataset = dataset_of(shell.settings)
    title = words("data.title")
    return shell.page(
        "data.html",
        "data/index.html",
        "data",
        title,
        (shell.home_link("../"), LinkView(title, None)),
        years=[_year(year, shell) for year in years],
        files=_files(shell),
        cells=_columns(cell_columns(chinese), cell_columns(words)),
        indicators=_columns(indicator_columns(chinese), indicator_columns(words)),
        forms=[_form(form) for form in printed.values()],
        examples=_examples(summaries, printed, cell_columns(chinese)),
        dataset=dataset,
        linked=_json(catalog(dataset, years, chinese)),
    )


def _year(year: int, shell: Shell) -> YearFiles:
    cells = shell.file_link(cells_path(year))
    return YearFiles(year, cells, f"{cells}.gz", shell.file_link(indicators_path(year)))


def _files(shell: Shell) -> tuple[FileView, ...]:
    """The files about all reports."""
    words = shell.words
    described = (
        (words("data.index"), INDEX, "JSON", words("data.index_note")),
        (words("data.package"), "data/datapackage.json", "JSON", words("data.package_note")),
        (words("data.csvw"), "data/csv-metadata.json", "JSON", words("data.csvw_note")),
        (words("data.catalog"), "data/catalog.jsonld", "JSON-LD", words("data.catalog_note")),
        (words("data.report_schema"), "data/schema/report-1.json", "JSON Schema", words("data.report_schema_note")),
        (words("data.index_schema"), "data/schema/index-1.json", "JSON Schema", words("data.index_schema_note")),
    )
    return tuple(FileView(label, shell.file_link(path), kind, note=note) for label, path, kind, note in described)


def _columns(in_file: Sequence[Column], explained: Sequence[Column]) -> tuple[ColumnView, ...]:
    return tuple(
        ColumnView(column.head, here.head, column.key, column.kind, here.meaning)
        for column, here in zip(in_file, explained, strict=True)
    )


# ---------------------------------------------------------------- stable keys


def _form(form: Form) -> FormView:
    return FormView(form.id, form.document, tuple(_keys(table) for table in form.tables))


def _keys(table: Table) -> KeysView:
    rows = [row for block in table.blocks for row in _rows(table, block.row_tree, 1)]
    rows = [KeyView(row.key, row.label or table.blocks[0].rows[0].hidden, row.level) for row in rows]
    columns: dict[str, KeyView] = {}
    for block in table.blocks:
        for column in _leaves(block.column_tree, 1):
            columns.setdefault(column.key, column)
    return KeysView(table.caption, tuple(rows), tuple(columns.values()))


def _rows(table: Table, groups: Sequence[Group], level: int) -> Iterator[KeyView]:
    for group in groups:
        yield KeyView(f"{table.id}.{group.id}" if group.leaf >= 0 else "", group.label, level)
        yield from _rows(table, group.parts, level + 1)


def _leaves(groups: Sequence[Group], level: int) -> Iterator[KeyView]:
    for group in groups:
        yield KeyView(group.id if group.leaf >= 0 else "", group.label, level)
        yield from _leaves(group.parts, level + 1)


# ---------------------------------------------------------------- examples


def _examples(
    summaries: Sequence[ReportSummary], forms: Mapping[str, Form], columns: Sequence[Column]
) -> Examples | None:
    """Write examples for the newest year whose form counts requests; None where no form does."""
    cells = ((summary.year, _cell(forms[summary.form])) for summary in summaries if summary.form in forms)
    year, found = max(((year, cell) for year, cell in cells if cell), default=(0, None))
    if found is None:
        return None
    cell, row_in_words, in_words = found
    file = _name(cells_path(year))
    names = {column.key: column.head for column in columns}
    letters = {column.key: chr(ord("A") + number) for number, column in enumerate(columns)}
    value, row, column = (f"{letters[key]}:{letters[key]}" for key in ("value", "row_key", "column_key"))
    return Examples(
        file,
        cell,
        row_in_words,
        in_words,
        f'=SUMIFS({value},{row},"{cell.row}",{column},"{cell.column}")',
        f'SELECT "{names["organ_name"]}", "{names["value"]}"\n'
        f"FROM read_csv('{file}', types = {{'{names['value']}': '{_DECIMAL}', '{names['text']}': 'VARCHAR'}})\n"
        f"WHERE \"{names['row_key']}\" = '{cell.row}' AND \"{names['column_key']}\" = '{cell.column}'\n"
        f'ORDER BY "{names["value"]}" DESC;',
        "import pandas\n\n"
        f'data = pandas.read_csv("{file}", keep_default_na=False, na_values={{"{names["value"]}": ""}})\n'
        f'wanted = (data["{names["row_key"]}"] == "{cell.row}") & (data["{names["column_key"]}"] == "{cell.column}")\n'
        f'print(data[wanted][["{names["organ_name"]}", "{names["value"]}"]])',
    )


def _cell(form: Form) -> tuple[CellKey, str, str] | None:
    """Find the one cell that counts the requests received, with the addresses in words of its row and of its own; None
    where the form has none, or several."""
    names = form.role(_ROLE)
    if len(names) != 1:
        return None
    table_id, index = form.by_name[names[0]]
    table = next(table for table in form.tables if table.id == table_id)
    slot = table.slots[index]
    row = row_addresses(table)[slot.row.key]
    return table.keys[index], row, cell_address(row, slot.column)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _json(value: object) -> Markup:
    """Write JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False)
    for letter, escaped in _SMALLER.items():
        text = text.replace(letter, escaped)
    return Markup(text)
