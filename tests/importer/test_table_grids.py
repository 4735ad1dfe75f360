"""Grids matched to the form: what is taken, in which order, and what is left and listed."""

from __future__ import annotations

from dataclasses import replace

from generator.finding import Message
from generator.importer.make_draft import Draft
from generator.readers.document import DocumentTable
from tests.importer.samples import document, figures, form, grid_of, html_table, page, read_page, table, taken, texts_of

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
FIRST = ["第二十条第（一）项"]


def t2(draft: Draft) -> list[str | None]:
    return texts_of(draft, "t2")[:6]


def rules(draft: Draft) -> set[str]:
    return {finding.rule for finding in draft.findings}


def test_rows_by_name_columns_by_header() -> None:
    draft = taken(document(grid_of([FIRST * 4, HEAD, ["规章", "0", "0", "0"], ["行政规范性文件", "7", "1", "30"]])))
    assert t2(draft) == ["0", "0", "0", "7", "1", "30"]
    reading = draft.tables[0].readings[5]
    assert (reading.certainty.value, reading.spot.row, reading.spot.column, reading.raw) == ("certain", 4, 4, "30")


RAISED = Message("有上标“1”", "raised 1")


def with_mark(rows: list[list[str]], text: str) -> DocumentTable:
    """A grid in which the cell of this text also shows a raised 1."""
    grid = grid_of(rows)
    marked = [
        tuple(cell._replace(raw=f"{text}〔上标：1〕", doubt=RAISED) if cell.text == text else cell for cell in row)
        for row in grid.rows
    ]
    return replace(grid, rows=tuple(marked))


def test_a_cell_with_a_mark_is_never_certain_in_a_row_of_the_form_or_an_added_one() -> None:
    rows = [FIRST * 4, HEAD, ["行政规范性文件", "7", "1", "30"], ["内部通知", "5", "6", "31"]]
    known = taken(document(with_mark(rows, "30"))).tables[0].readings[5]
    assert (known.text, known.raw, known.certainty.value, known.why) == ("30", "30〔上标：1〕", "inferred", RAISED)
    (added,) = taken(document(with_mark(rows, "31"))).extras
    assert [(r.text, r.raw) for r in added.readings][2] == ("31", "31〔上标：1〕") and added.readings[2].why == RAISED


def test_columns_in_another_order_are_taken_by_their_headers() -> None:
    turned = ["信息内容", "现行有效件数", "本年制发件数", "本年废止件数"]
    draft = taken(document(grid_of([FIRST * 4, turned, ["规章", "9", "1", "2"]])))
    assert t2(draft)[:3] == ["1", "2", "9"]


def test_misspelt_labels_are_still_known() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "先行有效件数"]
    draft = taken(document(grid_of([FIRST * 4, head, ["规章", "0", "0", "0"], ["规范性文件", "7", "1", "30"]])))
    assert t2(draft) == ["0", "0", "0", "7", "1", "30"]


def test_a_header_of_another_kind_is_not_read_by_order() -> None:
    head = ["信息内容", "网站公开数", "公报公开数", "点击数"]
    draft = taken(document(grid_of([FIRST * 4, head, ["规章", "5", "6", "7"]])))
    assert t2(draft) == [None] * 6
    assert "| 规章 | 5 | 6 | 7 |" in draft.files["report.md"].decode()


def test_a_local_table_that_names_a_statutory_row_stays_a_table() -> None:
    draft = taken(document(grid_of([["事项", "数量"], ["行政许可", "100"], ["行政处罚", "200"]])))
    assert not draft.tables[0].readings and draft.account.kept == 6
    assert "| 事项 | 数量 |\n| --- | --- |\n| 行政许可 | 100 |" in draft.files["report.md"].decode()


def test_a_row_with_too_few_cells_is_not_shifted() -> None:
    draft = taken(
        document(grid_of([FIRST * 4, HEAD, ["规章", "0", "0", "0"]]), grid_of([["行政规范性文件", "7", "30"]]))
    )
    assert t2(draft) == ["0", "0", "0", None, None, None]
    assert "| 行政规范性文件 | 7 | 30 |" in draft.files["report.md"].decode()


def test_a_table_broken_over_pages_goes_on_by_order_and_is_marked() -> None:
    draft = taken(
        document(
            grid_of([FIRST * 4, HEAD, ["规章", "0", "0", "0"]]), "— 2 —", grid_of([["行政规范性文件", "7", "1", "30"]])
        )
    )
    assert t2(draft) == ["0", "0", "0", "7", "1", "30"]
    assert draft.tables[0].readings[4].certainty.value == "certain"


def test_the_same_row_twice_with_other_figures_is_undecided() -> None:
    draft = taken(document(grid_of([FIRST * 4, HEAD, ["规章", "0", "0", "0"], ["规章", "0", "1", "0"]])))
    assert t2(draft)[:3] == ["0", "", "0"]
    assert draft.tables[0].readings[1].raw == "0 / 1" and "IMP-UNDECIDED" in rules(draft)


def test_a_row_the_form_does_not_have_is_listed_where_it_has_not_the_shape_of_one() -> None:
    draft = taken(document(grid_of([FIRST * 4, HEAD, ["规章", "0", "0", "0"], ["内部通知", "5", "6", "约7"]])))
    assert [item.text for item in draft.ignored] == ["内部通知", "5", "6", "约7"]
    account = draft.account
    assert account.read == account.labels + account.mapped + account.ignored + account.kept


def test_a_single_row_where_the_form_has_three_goes_nowhere_silently() -> None:
    """（六）其他处理 printed as in the earlier form: its figures are listed, the three rows stay blank."""
    old = html_table(next(t for t in form(2020).tables if t.id == "t3"), figures(2020)["t3"])
    new = html_table(next(t for t in form(2021).tables if t.id == "t3"), figures(2021)["t3"])
    draft = taken(read_page(page(2021, figures(2021)).replace(new, old)))
    assert draft.form is form(2021) and draft.counts["missing"] == 21 and draft.account.ignored == 7
    assert "  逾期不补正: [~, ~, ~, ~, ~, ~, ~]  # 待核：原文件中没有这一行" in draft.files["tables.yaml"].decode()


def test_a_header_alone_at_the_foot_of_a_page_belongs_to_the_rows_on_the_next() -> None:
    draft = taken(
        document(grid_of([FIRST * 4, HEAD]), grid_of([["规章", "0", "0", "0"], ["行政规范性文件", "7", "1", "30"]]))
    )
    assert t2(draft) == ["0", "0", "0", "7", "1", "30"] and draft.account.kept == 0


def test_a_second_row_below_an_only_row_is_not_lost() -> None:
    said = figures(2021)
    whole = html_table(table(2021, "t4"), said["t4"])
    more = whole.replace("</tbody>", f"<tr>{''.join(f'<td>{n}</td>' for n in range(15))}</tr></tbody>")
    draft = taken(read_page(page(2021, said).replace(whole, more)))
    assert texts_of(draft, "t4") == said["t4"] and [item.text for item in draft.ignored] == [str(n) for n in range(15)]
