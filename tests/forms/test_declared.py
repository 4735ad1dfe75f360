"""The declared forms: their size, roles and identities, as the decrees print them."""

from __future__ import annotations

import re

import pytest

from generator.forms.declared import declared_form, declared_forms, declared_trends
from generator.forms.model import Form

FORMS = declared_forms()
OF_2007, OF_2014, OF_2019, OF_2021, OF_FUJIAN_2009, OF_FUJIAN_2014 = FORMS
LIVING = (OF_2019, OF_2021)


def cell_names(form: Form) -> list[str]:
    return [slot.name for table in form.tables for slot in table.slots]


def test_one_form_is_found_by_its_id_alone() -> None:
    for form in FORMS:
        alone = declared_form(form.id)
        assert alone is not None and cell_names(alone) == cell_names(form)
    assert declared_form("series") is None and declared_form("../declared/gbkbh-2021-30") is None


def table_sizes(form: Form) -> list[int]:
    return [len(table.slots) for table in form.tables]


def test_the_two_living_forms_have_198_and_200_cells() -> None:
    assert table_sizes(OF_2019) == [22, 161, 15]
    assert table_sizes(OF_2021) == [10, 175, 15]


@pytest.mark.parametrize("form", LIVING, ids=lambda form: form.id)
def test_table_three_is_covered_by_its_three_identities(form: Form) -> None:
    table = form.tables[1]
    by_rule = {rule: [e for e in table.equations if e.rule == rule] for rule in ("T3-ROW", "T3-SUM", "T3-BAL")}
    rows = len(table.blocks[0].rows)
    assert {rule: len(found) for rule, found in by_rule.items()} == {"T3-ROW": rows, "T3-SUM": 7, "T3-BAL": 7}
    # the results add up without the total itself and without new, carried in and carried out
    assert all(len(equation.left) == rows - 4 for equation in by_rule["T3-SUM"])


KEY = re.compile(r"[a-z][a-z_0-9]*(\.[a-z][a-z_0-9]*)*")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_stable_keys_are_plain_ascii_and_no_two_cells_share_theirs(form: Form) -> None:
    keys = [key for table in form.tables for key in table.keys]
    assert len(set(keys)) == len(keys)
    assert all(KEY.fullmatch(key.row) and KEY.fullmatch(key.column) for key in keys)


def test_what_two_forms_call_alike_has_one_stable_key() -> None:
    """Of the forms of the whole country; a province's list may count something else under the same words."""
    keys: dict[tuple[str, str], set[str]] = {}
    for form in FORMS:
        for table in form.tables if not form.local else ():
            for slot in table.slots:
                keys.setdefault((table.id, "row " + slot.row.key), set()).add(slot.row.id)
                keys.setdefault((table.id, "column " + slot.column.key), set()).add(slot.column.id)
    assert {name: ids for name, ids in keys.items() if len(ids) > 1} == {}
    wanted = [("t3.denied.state_secret", "total"), ("t4.cases", "review.upheld")]
    assert all(pair in {key for table in form.tables for key in table.keys} for pair in wanted for form in LIVING)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_series_of_listings_name_cells_of_the_form(form: Form) -> None:
    names = {slot.name for table in form.tables for slot in table.slots}
    assert form.series and all(set(series.cells) <= names for series in form.series)


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


def test_row_keys_of_the_list_are_short_and_unique() -> None:
    keys = [slot.row.key for slot in OF_2014.tables[0].slots]
    assert len(set(keys)) == 58 and max(map(len, keys)) <= 11


@pytest.mark.parametrize(
    ("rule", "relations"),
    [
        ("A-31", [("equal", 4, 1)]),
        ("A-32", [("equal", 2, 1)]),
        ("A-33", [("equal", 8, 1)]),
        ("A-334", [("equal", 6, 1)]),
        ("A-4", [("equal", 3, 1)]),
        ("A-5", [("equal", 3, 1)]),
        ("A-83", [("equal", 2, 1)]),
        ("A-11", [("at_most", 1, 1)] * 2),
        ("A-12", [("at_most", 1, 1)] * 5 + [("at_most", 1, 5)]),
        ("A-221", [("at_most", 1, 1)] * 2),
        ("A-323", [("equal", 1, 1)]),
    ],
)
def test_identities_of_the_list(rule: str, relations: list[tuple[str, int, int]]) -> None:
    found = OF_2014.tables[0].by_rule[rule]
    assert [(e.relation, len(e.left), len(e.right)) for e in found] == relations


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_says_what_it_rests_on(form: Form) -> None:
    """None was compared with its official annex, and none may claim so."""
    assert form.evidence.confidence in "ABC" and form.evidence.note.zh and form.evidence.note.en
    assert not form.evidence.verified


def test_titles_are_prescribed_from_2019_on_and_found_by_keyword_before() -> None:
    assert [form.id for form in FORMS if form.strict] == ["gbkbh-2019-60", "gbkbh-2021-30"]
    fees = next(section for section in OF_2007.sections if "收费" in section.title)
    assert fees.meant("四、 收费 情况") and fees.meant("政府信息公开费用减免情况") and not fees.meant("五、行政复议")
    assert all(section.keywords for form in (OF_2007, OF_2014) for section in form.sections)


def test_forms_follow_each_other_without_a_gap_and_the_last_is_in_force() -> None:
    national = [form for form in FORMS if not form.local]
    assert [(form.first_year, form.last_year) for form in national] == [
        (2008, 2013),
        (2014, 2018),
        (2019, 2020),
        (2021, None),
    ]


def test_trends_name_cells_of_the_forms_that_have_them() -> None:
    forms = {form.id: form for form in FORMS}
    trends = declared_trends(FORMS)
    assert len({trend.name for trend in trends}) == len(trends) > 5
    assert all(cell in forms[id_].by_name for trend in trends for id_, cells in trend.cells.items() for cell in cells)
