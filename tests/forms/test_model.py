"""The declared forms: their size, their spans and their identities, as the decrees print them."""

from __future__ import annotations

import pytest

from generator.forms.declared import declared_forms
from generator.forms.flat_table import flat
from generator.forms.model import Form, form_for, plain_label
from generator.forms.table_layout import grid

FORMS = declared_forms()
OF_2007, OF_2014, OF_2019, OF_2021 = FORMS
LIVING = (OF_2019, OF_2021)


def table_sizes(form: Form) -> list[int]:
    return [len(table.slots) for table in form.tables]


def test_the_two_living_forms_have_198_and_200_cells() -> None:
    assert table_sizes(OF_2019) == [22, 161, 15]
    assert table_sizes(OF_2021) == [10, 175, 15]


@pytest.mark.parametrize(
    ("year", "document"),
    [(2019, "〔2019〕60号"), (2020, "〔2019〕60号"), (2021, "〔2021〕30号"), (2025, "〔2021〕30号")],
)
def test_the_report_year_chooses_the_form(year: int, document: str) -> None:
    form = form_for(FORMS, year)
    assert form is not None and form.document.endswith(document)


@pytest.mark.parametrize(
    ("year", "form"), [(2008, OF_2007), (2013, OF_2007), (2014, OF_2014), (2018, OF_2014), (2019, OF_2019)]
)
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
    labels = [
        cell for body in drawn.bodies for row in body.rows for cell in row.cells if cell.text == "三、本年度办理结果"
    ]
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


# ---------------------------------------------------------------- 2014-2018: a list


def test_the_list_table_has_65_lines_58_of_them_with_figures() -> None:
    (table,) = OF_2014.tables
    bodies = grid(table).bodies
    lines = [row.cells for body in bodies for row in body.rows]
    assert (len(lines), len(table.slots), len(bodies)) == (65, 58, 9)
    assert all(len(cells) == 3 for cells in lines)
    headings = [cells for cells in lines if cells[2].hole < 0]
    assert {cells[1].text for cells in headings} == {"——"} and {cells[2].text for cells in headings} == {""}
    assert [cell.text for row in grid(table).head for cell in row.cells] == ["统计指标", "单位", "统计数"]


def test_lines_of_the_list_know_their_depth_unit_and_headings() -> None:
    (table,) = OF_2014.tables
    slots = {slot.name: slot for slot in table.slots}
    ground = slots["统计表.涉及国家秘密"]
    assert ground.row.path == ("三、依申请公开情况", "（三）申请答复数", "4.不同意公开答复数", "其中：涉及国家秘密")
    assert slots["统计表.专项经费"].column.unit == "万元" and slots["统计表.专项经费"].column.decimal
    assert slots["统计表.培训人数"].column.unit == "人次" and not slots["统计表.培训人数"].column.decimal
    cells = [row.cells for body in grid(table).bodies for row in body.rows]
    line = next(cells for cells in cells if cells[0].text == "其中：涉及国家秘密")
    assert line[0].level == 4 and line[2].headers.split() == [
        *line[0].headers.split(),
        line[0].id,
        grid(table).head[0].cells[2].id,
    ]
    ids = {cells[0].id: cells[0].text for cells in cells}
    assert [ids[name] for name in line[0].headers.split()] == list(ground.row.path[:-1])


def test_rows_a_report_never_printed_have_no_line_nor_has_a_heading_of_nothing_else() -> None:
    """Blank and absent differ: a blank row is shown with a blank cell."""
    (table,) = OF_2014.tables
    absent = frozenset(slot.row.key for slot in table.slots if slot.row.path[0] == "二、回应解读情况") | {
        "公开规范性文件数",
        "收到申请数",
    }
    drawn = grid(table, absent)
    lines = [row.cells for body in drawn.bodies for row in body.rows]
    labels = [cells[0].text for cells in lines]
    assert len(drawn.bodies) == 8 and len(lines) == 65 - 11 and "二、回应解读情况" not in labels
    assert "其中：主动公开规范性文件数" not in labels and "制发规范性文件总数" in labels
    received = lines[labels.index("（一）收到申请数")]
    assert received[2].hole < 0 and lines[labels.index("1.当面申请数")][2].hole >= 0
    assert [cell.hole for cells in lines for cell in cells if cell.hole >= 0] == [
        index for index, slot in enumerate(table.slots) if slot.row.key not in absent
    ]
    assert len(flat(table, absent).rows) == 58 - len(absent)


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


# ---------------------------------------------------------------- what is known of each


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_says_what_it_rests_on(form: Form) -> None:
    """None was compared with its official annex, and none may claim so."""
    assert form.evidence.confidence in "ABC" and form.evidence.note.zh and form.evidence.note.en
    assert not form.evidence.verified


def test_titles_are_prescribed_from_2019_on_and_found_by_keyword_before() -> None:
    assert [form.strict for form in FORMS] == [False, False, True, True]
    fees = next(section for section in OF_2007.sections if "收费" in section.title)
    assert fees.meant("四、 收费 情况") and fees.meant("政府信息公开费用减免情况") and not fees.meant("五、行政复议")
    assert all(section.keywords for form in (OF_2007, OF_2014) for section in form.sections)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "主动公开政府信息数"),
        ("其中：涉及国家秘密", "涉及国家秘密"),
        ("1．属于国家秘密", "属于国家秘密"),
        ("1、属于国家秘密", "属于国家秘密"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("三、本年度办 理结果", "本年度办理结果"),
        ("三类内部事务信息", "三类内部事务信息"),
        ("(二)部分公开(区分处理的)", "部分公开"),
    ],
)
def test_labels_are_compared_by_their_words(label: str, words: str) -> None:
    assert plain_label(label) == words
