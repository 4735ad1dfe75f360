"""Every figure of the source is found again: in a cell, in an added row, in a table of the text, or in a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.forms.model import Table, label_columns
from generator.importer.make_draft import Draft, take
from generator.readers.document import DocumentTable
from tests.example import FORMS
from tests.importer.samples import document, form, grid_of, run_together, table

TABLES = {
    "t2": (2021, table(2021, "t2")),
    "t3": (2021, table(2021, "t3")),
    "stat": (2016, table(2016, "stat")),
    "list": (2016, next(form.tables[0] for form in FORMS if form.id == "fujian-2014-list")),
}


def printed(of: Table) -> list[list[str]]:
    """A table as rows of cells, without merged ones, with another figure in each cell."""
    rows = []
    for number, block in enumerate(of.blocks):
        names = label_columns(block)
        unit = [block.unit_label] if block.listed else []
        if block.title:
            rows.append([block.title])
        rows.append([block.corner or "信息内容"] * names + unit + [column.path[-1] for column in block.columns])
        for at, row in enumerate(block.rows):
            labels = list(row.path[-names:])
            labels = [labels[0]] * (names - len(labels)) + labels
            first = 1000 * (number + 2) + at * len(block.columns)
            figures = [str(first + n) for n in range(len(block.columns))]
            rows.append(labels + [block.cells[at][0].unit] * len(unit) + figures)
    return rows


ROWS = [
    ["本地增加的一行", *[str(7000 + n) for n in range(7)]],
    ["另一行", "7100"],
    ["内部通知", "7201", "7202", "7203"],
    ["注：其中7301件为补报，7302件为转办。"],
    ["（六）其他处理", *[str(7400 + n) for n in range(7)]],
    ["", "", "7501", "7502"],
    ["规章", "7601", "约7602"],
    ["合计", "7701", "7702", "7703", "7704", "7705", "7706", "7707", "7708", "7709"],
    ["7801", "本地指标", "条", "7802"],
    ["本地指标二", "条", "7902"],
]
HEADS = ["备注", "", "序号", "其中：网上", "本年度"]


def with_row(rows: list[list[str]], row: Sequence[str], at: int) -> list[list[str]]:
    at %= len(rows) + 1
    return [*rows[:at], list(row), *rows[at:]]


def with_column(rows: list[list[str]], head: str, at: int) -> list[list[str]]:
    """The same rows with a column inserted, a figure in each of its cells but the first two."""
    cells = [head if n < 2 else str(8000 + n) for n in range(len(rows))]
    return [
        row if len(row) < 2 else [*row[: at % len(row)], cell, *row[at % len(row) :]]
        for row, cell in zip(rows, cells, strict=True)
    ]


def rectangle(rows: Sequence[Sequence[str]]) -> DocumentTable:
    width = max(map(len, rows))
    return grid_of([[*row, *[""] * (width - len(row))] for row in rows])


def imported(year: int, *blocks: DocumentTable | str) -> Draft:
    titles = [section.title for section in form(year).sections]
    words = [text for title in titles[2:] for text in (title, "示例正文，无实义，只为成文。")]
    made = document(
        titles[0], "示例正文，无实义，只为成文。", titles[1], *blocks, *words, year=year, file=f"示例{year}.html"
    )
    return take(made, FORMS, (), "shili")


def lost(draft: Draft, source: str) -> set[str]:
    """The figures of a source that neither the draft nor a finding has."""
    kept = " ".join((*(data.decode() for data in draft.files.values()), *(f.message.zh for f in draft.findings)))
    return set(re.findall(r"\d{4}", source)) - set(re.findall(r"(?=(\d{4}))", kept))


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("row"), st.sampled_from(ROWS), st.integers(0, 80)),
        st.tuples(st.just("column"), st.sampled_from(HEADS), st.integers(0, 8)),
    ),
    max_size=4,
    unique_by=lambda change: (change[0], str(change[1])),
)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(sorted(TABLES)), changes=CHANGES)
def test_whatever_is_inserted_no_figure_of_a_grid_is_lost(name: str, changes: list[tuple[str, object, int]]) -> None:
    year, of = TABLES[name]
    rows = printed(of)
    for kind, what, at in changes:
        if kind == "row":
            assert isinstance(what, list)
            rows = with_row(rows, what, at)
        else:
            rows = with_column(rows, str(what), at)
    source = " ".join(cell for row in rows for cell in row)
    assert lost(imported(year, rectangle(rows)), source) == set()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_as_printed_loses_nothing(name: str) -> None:
    year, of = TABLES[name]
    rows = printed(of)
    draft = imported(year, rectangle(rows))
    assert lost(draft, " ".join(cell for row in rows for cell in row)) == set()
    assert draft.counts["missing"] == sum(len(t.slots) for t in draft.form.tables) - len(of.slots)


PASSAGES = ["本地增加的一行1234567", "内部通知7201", "（六）其他处理7654321", "注：另有7301件转办", "合计条7702"]


def digits(of: Table) -> tuple[list[str], list[list[str]]]:
    """Figures for a table that runs together, few ways to split each row; all of them, and row by row."""
    rows = []
    for number, (first, width) in enumerate(of.row_ranges.values(), 11):
        assert first >= 0
        long = 4 if width == 1 else 3 if width == 2 else 1
        rows.append(
            [str((number * 137 + n) % 9 + 1) + f"{number}9"[: long - 1].ljust(long - 1, "1") for n in range(width)]
        )
    return [figure for row in rows for figure in row], rows


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(sorted(TABLES)),
    changes=st.lists(st.tuples(st.sampled_from(PASSAGES), st.integers(0, 80)), max_size=3, unique_by=lambda c: c[0]),
)
def test_whatever_is_inserted_no_figure_of_running_text_is_lost(name: str, changes: list[tuple[str, int]]) -> None:
    year, of = TABLES[name]
    texts, rows = digits(of)
    text = run_together(of, texts)
    for passage, at in changes:
        # in front of a row's name
        labels = [row.path[-1] for block in of.blocks for row in block.rows if row.path[-1] in text]
        label = labels[at % len(labels)]
        text = text.replace(label, f"{passage}{label}", 1)
    draft = imported(year, text)
    kept = " ".join((*(data.decode() for data in draft.files.values()), *(f.message.zh for f in draft.findings)))
    inserted = [list(re.findall(r"\d{4,}", passage)[0]) for passage, _ in changes]
    gone = [row for row in (*rows, *inserted) if "".join(row) not in kept and ", ".join(row) not in kept]
    assert gone == []
