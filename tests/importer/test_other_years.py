"""Two years in one file: the tables, columns and rows of the report's own year are taken, whatever comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.importer.make_draft import Draft
from generator.importer.other_years import other_year
from generator.readers.document import BlockPlace, DocumentTable
from tests.importer.samples import document, form, html_table, read_page, table, taken, texts_of

OURS, OTHERS = [str(n) for n in range(11, 26)], [str(n) for n in range(511, 526)]


def t4(texts: list[str]) -> DocumentTable:
    page = read_page(f"<html><body>{html_table(table(2021, 't4'), texts)}</body></html>")
    return next(block for block in page.blocks if isinstance(block, DocumentTable))


def imported(*blocks: DocumentTable | str) -> Draft:
    words = [line for section in form(2021).sections for line in (section.title, "示例正文，无实义，只为成文。")]
    return taken(document(*words, *blocks))


def certainties(draft: Draft) -> set[str]:
    (read,) = (read for read in draft.tables if read.table.id == "t4")
    return {reading.certainty.value for reading in read.readings.values()}


def on_sheet(grid: DocumentTable, name: str) -> DocumentTable:
    return replace(grid, where=BlockPlace(table=1, sheet=name))


def titled(grid: DocumentTable, title: str) -> DocumentTable:
    """The grid with its title in a first row of its own, merged over all columns."""
    first, *_ = grid.rows[0]
    row = tuple(first._replace(text=title, first=n == 0, rowspan=1, colspan=15) for n in range(15))
    return replace(grid, rows=(row, *grid.rows))


@pytest.mark.parametrize(
    "blocks",
    [
        (t4(OURS), "附：2020年数据", t4(OTHERS)),
        ("2020年度", t4(OTHERS), "2021年度", t4(OURS)),
        ("上年数据", "单位：件", t4(OTHERS), "本年数据", t4(OURS)),
        (on_sheet(t4(OTHERS), "2020年表四"), on_sheet(t4(OURS), "2021年表四")),
        (on_sheet(t4(OTHERS), "上年"), on_sheet(t4(OURS), "表四")),
        (replace(t4(OTHERS), caption="2020年表四"), t4(OURS)),
        (titled(t4(OTHERS), "2020年行政复议、行政诉讼情况"), t4(OURS)),
    ],
)
def test_the_table_of_the_reports_year_is_taken_and_the_other_named(blocks: tuple[DocumentTable | str, ...]) -> None:
    draft = imported(*blocks)
    assert texts_of(draft, "t4") == OURS and certainties(draft) == {"certain"}
    assert any("标的不是2021年" in finding.message.zh for finding in draft.findings)


def test_two_tables_of_no_year_contradict_each_other() -> None:
    draft = imported(t4(OURS), "附表", t4(OTHERS))
    assert certainties(draft) == {"undecided"} and set(texts_of(draft, "t4")) == {""}


def test_the_only_table_is_read_for_a_look_whatever_year_its_title_names() -> None:
    draft = imported("2020年数据", t4(OURS))
    assert texts_of(draft, "t4") == OURS and certainties(draft) == {"inferred"}


def beside(one: DocumentTable, other: DocumentTable, years: tuple[str, str]) -> DocumentTable:
    """Two tables side by side below the years they are of."""
    first = one.rows[0][0]._replace(rowspan=1)
    heads = tuple(first._replace(text=name, colspan=15, first=n == 0) for name in years for n in range(15))
    return replace(one, rows=(heads, *(left + right for left, right in zip(one.rows, other.rows, strict=True))))


@pytest.mark.parametrize("years", [("2020年", "2021年"), ("上年", "本年度")])
def test_columns_of_another_year_are_left_out_by_name(years: tuple[str, str]) -> None:
    draft = imported(beside(t4(OTHERS), t4(OURS), years))
    assert texts_of(draft, "t4") == OURS and certainties(draft) == {"certain"}
    assert [item.text for item in draft.ignored] == [years[0]]


def with_rows(*named: tuple[str, list[str]]) -> DocumentTable:
    """Table 四 with a row of each name."""
    grid = t4(OURS)
    cell = grid.rows[0][0]._replace(rowspan=1, colspan=1, first=True)
    head = [(cell._replace(text="年度"), *row) for row in grid.rows[:-1]]
    rows = [tuple(cell._replace(text=text) for text in (name, *texts)) for name, texts in named]
    return replace(grid, rows=(*head, *rows))


def test_a_row_of_another_year_is_not_the_reports() -> None:
    draft = imported(with_rows(("2020年", OTHERS), ("2021年", OURS)))
    assert texts_of(draft, "t4") == OURS and [extra.label for extra in draft.extras] == ["2020年"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2020年", True),
        ("2020-2021年", False),
        ("2021年表三", False),
        ("", False),
        ("2020年1月20日", False),
        ("上年度数据", True),
        ("上年结转情况", False),
        ("12020", False),
    ],
)
def test_a_title_of_another_year(text: str, other: bool) -> None:
    assert other_year(text, 2021) is other and not other_year(text, 0)
