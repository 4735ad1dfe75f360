"""Statutory tables as printed: spans that fill the rectangle, headers of each cell, lines of a list."""

from __future__ import annotations

import pytest

from generator.forms.model import Form
from generator.forms.table_layout import grid, laid
from tests.example import FORMS, form

OF_2014, OF_2019, OF_2021 = form("era-2014-stat"), form("gbkbh-2019-60"), form("gbkbh-2021-30")


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


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_figure_and_every_row_has_an_address_and_none_is_given_twice(form: Form) -> None:
    drawn = [grid(table) for table in form.tables]
    rows = [row for table in drawn for row in (*table.head, *(row for body in table.bodies for row in body.rows))]
    ids = [name for row in rows for name in (row.id, *(cell.id for cell in row.cells)) if name]
    assert len(set(ids)) == len(ids)
    for table in form.tables:
        assert {key.address for key in table.keys} | {key.row for key in table.keys} <= set(ids)


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


def test_a_row_left_out_of_a_block_leaves_the_others_as_they_are_and_a_block_of_nothing_else_is_gone() -> None:
    table = OF_2021.tables[0]
    whole, drawn = grid(table), grid(table, frozenset({"规章"}))
    assert [row for body in whole.bodies for row in body.rows if "规章" not in [cell.text for cell in row.cells]] == [
        row for body in drawn.bodies for row in body.rows
    ]
    assert [len(body.rows) for body in drawn.bodies] == [3, *(len(body.rows) for body in whole.bodies[1:])]
    none = grid(table, frozenset(row.key for row in table.blocks[0].rows))
    assert len(none.bodies) == len(whole.bodies) - 1


def test_labels_beside_a_row_that_is_left_out_span_the_others() -> None:
    table = OF_2021.tables[1]
    drawn = grid(table, frozenset({"本机关不掌握", "没有现成信息"}))
    spans = {cell.text: cell.rowspan for body in drawn.bodies for row in body.rows for cell in row.cells}
    before = {cell.text: cell.rowspan for body in grid(table).bodies for row in body.rows for cell in row.cells}
    changed = {text: (rows, spans[text]) for text, rows in before.items() if text in spans and rows != spans[text]}
    assert changed == {"三、本年度办理结果": (22, 20), "（四）无法提供": (3, 1)}
    assert {area.right for area in laid(drawn)} == {area.right for area in laid(grid(table))}


def test_cells_are_placed_as_in_html() -> None:
    areas = laid(grid(OF_2021.tables[1]))
    at = {
        area.cell.text: area[1:]
        for area in areas
        if area.cell.text in ("申请人情况", "自然人", "商业企业", "三、本年度办理结果")
    }
    assert at == {
        "申请人情况": (0, 3, 1, 10),
        "自然人": (1, 3, 3, 4),
        "商业企业": (2, 4, 3, 5),
        "三、本年度办理结果": (5, 0, 27, 1),
    }
    corner, first = areas[0], next(area for area in areas if area.cell.hole == 0)
    assert (corner.cell.kind, corner.cell.scope, corner[1:]) == ("td", "", (0, 0, 3, 3))
    assert first[1:] == (3, 3, 4, 4) and first.cell.headers.split() == [
        "t3.received",
        "t3-applicants",
        "t3-natural_person",
    ]


def test_a_block_with_a_title_has_a_row_for_it_and_its_own_header() -> None:
    drawn = grid(OF_2021.tables[0])
    title, header, first, _ = drawn.bodies[0].rows
    assert drawn.head == () and len(drawn.bodies) == 4 and (drawn.labels, drawn.values) == (1, 3)
    assert [(cell.text, cell.colspan, cell.title_row) for cell in title.cells] == [("第二十条第（一）项", 4, True)]
    assert [cell.text for cell in header.cells] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert [(cell.text, cell.hole) for cell in first.cells] == [("规章", -1), ("", 0), ("", 1), ("", 2)]


def test_the_last_column_of_a_narrow_block_takes_the_spare_width() -> None:
    _, header, permits = grid(OF_2021.tables[0]).bodies[1].rows
    assert [cell.colspan for cell in header.cells] == [cell.colspan for cell in permits.cells] == [1, 3]
