"""The declared forms: their size, their spans and their identities, as the decrees print them."""

from __future__ import annotations

import pytest

from generator import load
from generator.format import Form, form_for
from generator.grid import grid

FORMS = load.forms()
OF_2007, OF_2014, OF_2019, OF_2021 = FORMS
LIVING = (OF_2019, OF_2021)


def table_sizes(form: Form) -> list[int]:
    return [len(table.slots) for table in form.tables]


def test_the_two_living_forms_have_198_and_200_cells() -> None:
    assert table_sizes(OF_2019) == [22, 161, 15]
    assert table_sizes(OF_2021) == [10, 175, 15]


@pytest.mark.parametrize(("year", "document"), [(2019, "〔2019〕60号"), (2020, "〔2019〕60号"), (2021, "〔2021〕30号"), (2025, "〔2021〕30号")])
def test_the_report_year_chooses_the_form(year: int, document: str) -> None:
    form = form_for(FORMS, year)
    assert form is not None and form.document.endswith(document)


@pytest.mark.parametrize(("year", "form"), [(2008, OF_2007), (2013, OF_2007), (2014, OF_2014), (2018, OF_2014), (2019, OF_2019)])
def test_earlier_years_have_their_own_forms(year: int, form: Form) -> None:
    assert form_for(FORMS, year) is form


def test_before_there_were_reports_there_is_no_form() -> None:
    assert form_for(FORMS, 2007) is None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_printed_table_is_a_full_rectangle(form: Form) -> None:
    """Each row of the grid covers the table's width exactly once, spans counted."""
    for table in form.tables:
        drawn = grid(table)
        for rows in [drawn.head, *(body.rows for body in drawn.bodies)]:
            covered: set[tuple[int, int]] = set()
            for line, row in enumerate(rows):
                column = 0
                for cell in row.cells:
                    while (line, column) in covered:
                        column += 1
                    for down in range(cell.rowspan):
                        for across in range(cell.colspan):
                            assert (line + down, column + across) not in covered
                            covered.add((line + down, column + across))
            assert covered == {(line, column) for line in range(len(rows)) for column in range(table.width)}, table.id


@pytest.mark.parametrize(("form", "span"), [(OF_2019, 20), (OF_2021, 22)], ids=["2019", "2021"])
def test_the_results_label_spans_all_results(form: Form, span: int) -> None:
    drawn = grid(form.tables[1])
    labels = [cell for body in drawn.bodies for row in body.rows for cell in row.cells if cell.text == "三、本年度办理结果"]
    assert [cell.rowspan for cell in labels] == [span]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_figure_cell_points_at_headers_that_exist(form: Form) -> None:
    for table in form.tables:
        drawn = grid(table)
        rows = [*drawn.head, *(row for body in drawn.bodies for row in body.rows)]
        ids = {cell.id for row in rows for cell in row.cells if cell.id}
        holes = [cell for row in rows for cell in row.cells if cell.hole >= 0]
        assert [cell.hole for cell in holes] == list(range(len(table.slots)))
        for cell in holes:
            assert cell.headers and set(cell.headers.split()) <= ids


@pytest.mark.parametrize("form", LIVING, ids=lambda form: form.id)
def test_table_three_is_covered_by_its_three_identities(form: Form) -> None:
    table = form.tables[1]
    by_rule = {rule: [e for e in table.equations if e.rule == rule] for rule in ("T3-ROW", "T3-SUM", "T3-BAL")}
    rows = len(table.blocks[0].rows)
    assert {rule: len(found) for rule, found in by_rule.items()} == {"T3-ROW": rows, "T3-SUM": 7, "T3-BAL": 7}
    # the results add up without the total itself and without new, carried in and carried out
    assert all(len(equation.left) == rows - 4 for equation in by_rule["T3-SUM"])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_series_of_listings_name_cells_of_the_form(form: Form) -> None:
    names = {slot.name for table in form.tables for slot in table.slots}
    assert form.series and all(set(series.cells) <= names for series in form.series)


def test_rules_find_cells_by_role_whatever_the_form_calls_them() -> None:
    form_2019, form_2021 = LIVING
    assert form_2019.role("received") == form_2021.role("received") == ("表三.本年新收.总计",)
    assert form_2021.row_roles["received"] == (("t3", "本年新收"),)
    assert form_2019.role("normdocs_made") == ("表二.规范性文件.本年新制作数量",)
    assert form_2021.role("normdocs_made") == ("表二.行政规范性文件.本年制发件数",)
    assert form_2019.role("oth_unpaid") == () and form_2021.role("oth_unpaid") == ("表三.逾期不缴费.总计",)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_roles_name_cells_and_rows_of_the_form(form: Form) -> None:
    assert all(slot in form.by_name for slots in form.roles.values() for slot in slots)
    rows = {(table.id, key) for table in form.tables for key in table.row_ranges}
    assert {row for said in form.row_roles.values() for row in said} <= rows


@pytest.mark.parametrize(("form", "number"), [(OF_2019, 19), (OF_2021, 21)], ids=["2019", "2021"])
def test_the_results_are_the_rows_that_the_total_adds_up(form: Form, number: int) -> None:
    table = form.tables[1]
    added = {table.slots[index].row.key for e in table.by_rule["T3-SUM"] for index in e.left}
    assert {key for _, key in form.row_roles["results"]} == added and len(added) == number
    assert [len(form.role(name)) for name in ("denied", "unavailable", "rejected")] == [8, 3, 5]


def test_item_counts_of_2019_are_not_summed_over_units() -> None:
    shared = {slot.column.key for slot in OF_2019.tables[0].slots if not slot.column.additive}
    assert shared == {"上一年项目数量", "本年增/减"}
    assert all(slot.column.additive for table in OF_2021.tables for slot in table.slots)
