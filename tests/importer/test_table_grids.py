"""Grids matched to the form: what is taken, in which order, and what is left and listed."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from generator.finding import Level, Message
from generator.importer.grid_lines import transposed
from generator.importer.make_draft import Draft, take
from generator.readers.document import Document, DocumentTable, Limits, Mark, Paragraph, Piece, plain_and_marked
from generator.readers.open_file import read_bytes
from tests.example import FORMS
from tests.importer.samples import (
    document,
    figures,
    form,
    grid_of,
    html_table,
    page,
    read_draft,
    read_page,
    table,
    texts_of,
)

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
FIRST = ["第二十条第（一）项"]


def t2(draft: Draft) -> list[str | None]:
    return texts_of(draft, "t2")[:6]


def taken(made: Document) -> Draft:
    """The draft of a report that has a text too."""
    year = int(made.file.removeprefix("示例").removesuffix(".html") or 2021)
    lines = [line for section in form(year).sections for line in (section.title, "示例正文，无实义，只为成文。")]
    paragraphs = tuple(Paragraph((Piece(line),)) for line in lines)
    return take(replace(made, blocks=(*made.blocks, *paragraphs)), FORMS, (), "shili")


def read_alone(grid: DocumentTable, year: int = 2021) -> Draft:
    return taken(document(grid, year=year, file=f"示例{year}.html"))


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
    """（六）其他处理 printed as in the earlier form: an added row has its figures, the three rows stay blank."""
    old = html_table(next(t for t in form(2020).tables if t.id == "t3"), figures(2020)["t3"])
    new = html_table(next(t for t in form(2021).tables if t.id == "t3"), figures(2021)["t3"])
    draft = taken(read_page(page(2021, figures(2021)).replace(new, old)))
    assert draft.form is form(2021) and draft.counts["missing"] == 21
    assert [extra.label for extra in draft.extras] == ["（六）其他处理"] and draft.account.ignored == 0
    assert "  逾期不补正: [~, ~, ~, ~, ~, ~, ~]  # 待核：原文件中没有这一行" in draft.files["tables.yaml"].decode()


def test_a_header_alone_at_the_foot_of_a_page_belongs_to_the_rows_on_the_next() -> None:
    draft = taken(
        document(grid_of([FIRST * 4, HEAD]), grid_of([["规章", "0", "0", "0"], ["行政规范性文件", "7", "1", "30"]]))
    )
    assert t2(draft) == ["0", "0", "0", "7", "1", "30"] and draft.account.kept == 0


def test_a_second_row_below_an_only_row_is_in_doubt_with_it() -> None:
    said = figures(2021)
    whole = html_table(table(2021, "t4"), said["t4"])
    more = whole.replace("</tbody>", f"<tr>{''.join(f'<td>{n}</td>' for n in range(15))}</tr></tbody>")
    draft = taken(read_page(page(2021, said).replace(whole, more)))
    assert texts_of(draft, "t4") == ["0", *[""] * 14]  # both have 0 in the first cell
    (t4,) = (read for read in draft.tables if read.table.id == "t4")
    assert [t4.readings[n].raw for n in range(15)] == ["0", *(f"0 / {n}" for n in range(1, 15))]


def test_an_odd_cell_of_an_only_row_leaves_the_others() -> None:
    said = figures(2021)
    whole = html_table(table(2021, "t4"), said["t4"])
    draft = taken(read_page(page(2021, said).replace(whole, html_table(table(2021, "t4"), ["二十二", *"1" * 14]))))
    assert texts_of(draft, "t4") == ["", *"1" * 14] and draft.counts["undecided"] == 1


def rows_of(name: str, figures_: list[str]) -> DocumentTable:
    html = f"<html><body>{html_table(table(2021, name), figures_)}</body></html>"
    return next(block for block in read_page(html).blocks if isinstance(block, DocumentTable))


@pytest.mark.parametrize("name", ["t3", "t4"])
def test_a_table_printed_sideways_is_read_and_marked_with_the_places_of_the_file(name: str) -> None:
    texts = [str(number + 11) for number in range(len(table(2021, name).slots))]
    upright = rows_of(name, texts)
    grid = replace(transposed(upright), lines=(), where=upright.where._replace(sheet="表"))
    draft = read_alone(grid)
    assert texts_of(draft, name) == texts and doubts(draft, name) == {"inferred"}
    (read,) = (read for read in draft.tables if read.table.id == name)
    place = read.readings[1].spot
    assert grid.rows[place.row - 1][place.column - 1].text == "12" and place.cell


def test_the_rows_of_table_three_without_a_header_are_read_by_their_names_and_marked() -> None:
    texts = [str(number + 11) for number in range(175)]
    grid = rows_of("t3", texts)
    draft = read_alone(replace(grid, rows=grid.rows[3:]))
    assert texts_of(draft, "t3") == texts and doubts(draft, "t3") == {"inferred"}


def test_a_figure_that_covers_two_rows_is_certain_in_neither() -> None:
    rows = [FIRST * 4, HEAD, ["规章", "1", "2", "3"], ["行政规范性文件", "1", "5", "6"]]
    grid = grid_of(rows)
    covered = [list(row) for row in grid.rows]
    covered[2][1], covered[3][1] = grid.rows[2][1]._replace(rowspan=2), grid.rows[3][1]._replace(first=False)
    (read, *_) = read_alone(replace(grid, rows=tuple(map(tuple, covered)))).tables
    assert [read.readings[n].certainty.value for n in range(6)] == ["inferred", *["certain"] * 2] * 2


@pytest.mark.parametrize("words", ["（续表）", "续表三", "表三（续）", "（接上页）", "续上表", "转下页"])
def test_a_table_goes_on_behind_words_that_say_so(words: str) -> None:
    texts = [str(number + 11) for number in range(175)]
    grid = rows_of("t3", texts)
    first, second = replace(grid, rows=grid.rows[:10]), replace(grid, rows=grid.rows[10:])
    draft = taken(document(first, words, second))
    assert texts_of(draft, "t3") == texts and doubts(draft, "t3") == {"certain"}


# ---------------------------------------------------------------- other layouts

T3_HEAD = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RECEIVED = "一、本年新收政府信息公开申请数量"
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def doubts(draft: Draft, name: str) -> set[str]:
    read = next(read for read in draft.tables if read.table.id == name)
    return {reading.certainty.value for reading in read.readings.values()}


def test_table_four_printed_in_rows_is_read_and_marked() -> None:
    rows = [["项目", *OUTCOMES], ["行政复议", *"10012"], ["未经复议直接起诉", *"01001"], ["复议后起诉", *"00112"]]
    draft = read_alone(grid_of(rows))
    assert texts_of(draft, "t4") == [*"10012", *"01001", *"00112"] and doubts(draft, "t4") == {"inferred"}
    turned = [["结果", "行政复议", "未经复议直接起诉", "复议后起诉"]]
    turned += [[name, *figures] for name, figures in zip(OUTCOMES, ("100", "010", "001", "101", "212"), strict=True)]
    draft = read_alone(grid_of(turned))
    assert texts_of(draft, "t4") == [*"10012", *"01001", *"00112"] and doubts(draft, "t4") == {"inferred"}


@pytest.mark.parametrize("digits", ["3000003", "3 0 0 0 0 0 3", "3\n0\n0\n0\n0\n0\n3"])
@pytest.mark.parametrize("empty", [0, 6])
def test_seven_digits_in_one_cell_are_seven_figures_and_marked(digits: str, empty: int) -> None:
    draft = read_alone(grid_of([T3_HEAD, [RECEIVED, digits, *[""] * empty]]))
    assert texts_of(draft, "t3")[:7] == ["3", "0", "0", "0", "0", "0", "3"] and doubts(draft, "t3") == {"inferred"}


@pytest.mark.parametrize("figures", [["", "", "1280"], ["1280", "", ""]])
def test_a_figure_beside_blank_cells_is_that_figure(figures: list[str]) -> None:
    draft = read_alone(grid_of([["信息内容", *HEAD], ["行政规范性文件", *figures]]))
    assert t2(draft)[3:6] == figures and doubts(draft, "t2") == {"certain"}


def test_digits_in_one_cell_that_split_in_several_ways_are_left_blank() -> None:
    draft = read_alone(grid_of([T3_HEAD, [RECEIVED, "11111111111", *[""] * 6]]))
    assert texts_of(draft, "t3")[:7] == [""] * 7 and draft.tables[1].readings[0].raw == "11111111111"


def test_a_column_the_form_does_not_have_is_listed_and_the_others_marked() -> None:
    head = ["信息内容", "本年制发件数", "其中：联合发文", "本年废止件数", "现行有效件数"]
    draft = read_alone(grid_of([head, ["行政规范性文件", "7", "2", "1", "30"]]))
    assert t2(draft)[3:] == ["7", "1", "30"] and doubts(draft, "t2") == {"inferred"}
    assert [item.text for item in draft.ignored] == ["其中：联合发文", "2"]


def test_a_figure_before_the_rows_name_is_listed() -> None:
    draft = read_alone(grid_of([["", *HEAD], ["99", "行政规范性文件", "7", "1", "30"]]))
    assert "99" in [item.text for item in draft.ignored] and t2(draft)[3:] == ["7", "1", "30"]


def test_a_group_printed_as_one_row_is_an_added_row_told_once() -> None:
    rows = [T3_HEAD, [RECEIVED, *"3000003"], ["（六）其他处理", *"1000001"]]
    draft = read_alone(grid_of(rows))
    (extra,) = draft.extras
    assert (extra.label, extra.after, [reading.text for reading in extra.readings]) == (
        "（六）其他处理",
        "其他处理",
        [*"1000001"],
    )
    (mixed,) = [finding.message.zh for finding in draft.findings if finding.rule == "IMP-MIXED"]
    assert "逾期不补正、逾期不缴费、其他" in mixed
    (missing,) = [f.message.zh for f in draft.findings if f.rule == "IMP-MISSING" and "表三" in f.message.zh]
    assert "逾期不缴费" not in missing


def test_a_list_with_numbers_in_front_and_a_local_row() -> None:
    rows = [
        ["序号", "统 计 指 标", "单位", "统计数"],
        ["1", "一、主动公开情况", "----", ""],
        ["2", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "12"],
        ["3", "其中：主动公开规范性文件数", "条", "3"],
        ["4", "主动公开机构领导、机构设置及人事信息", "条", "1"],
        ["5", "（一）收到申请数", "件", "2"],
    ]
    draft = read_alone(grid_of(rows), 2016)
    stat = draft.tables[0]
    assert {stat.table.slots[at].row.key: reading.text for at, reading in stat.readings.items()} == {
        "主动公开数": "12",
        "公开规范性文件数": "3",
        "收到申请数": "2",
    }
    (extra,) = draft.extras
    assert (extra.label, extra.unit, extra.after) == ("主动公开机构领导、机构设置及人事信息", "条", "公开规范性文件数")
    assert draft.ignored == ()


# ---------------------------------------------------------------- the lists of one province


def of_fujian(year: int, head: list[str], columns: int) -> Draft:
    form_id = "fujian-2009-list" if year < 2014 else "fujian-2014-list"
    (local,) = [form for form in FORMS if form.id == form_id]
    rows = [
        [row.path[-1], *[str(100 * n + at) for n in range(columns)]]
        for at, row in enumerate(local.tables[0].blocks[0].rows)
    ]
    return read_alone(grid_of([head, *rows]), year)


@pytest.mark.parametrize("year", [2012, 2016])
def test_a_local_list_is_read_by_its_own_form(year: int) -> None:
    draft = of_fujian(year, ["指标名称", "本年度", "历年累计"], 2)
    assert draft.form.local and draft.form.governs(year) and doubts(draft, "list") == {"certain"}
    assert texts_of(draft, "list")[:4] == ["0", "100", "1", "101"] and not draft.ignored
    assert f"格式: {draft.form.id}" in draft.files["tables.yaml"].decode()
    (told,) = [finding for finding in draft.findings if finding.rule == "IMP-FORM"]
    assert told.level is Level.NOTE and "地方自设" in told.message.zh


def test_a_local_list_with_one_column_leaves_the_other_blank() -> None:
    draft = of_fujian(2016, ["指标名称", "年末统计"], 1)
    assert texts_of(draft, "list")[:4] == ["0", None, "1", None] and doubts(draft, "list") == {"inferred"}


def test_an_odd_cell_does_not_take_its_row_of_a_table_without_row_names_along() -> None:
    """22万 is no figure, but stands where one should be: it is 待核, the rest of the row is read."""
    made = read_page(html_table(table(2021, "t4"), figures(2021, t4_件数=["22", *"0" * 14])["t4"]))
    (grid,) = (block for block in made.blocks if isinstance(block, DocumentTable))
    odd = tuple(
        tuple(c._replace(text="22万", raw="22万", doubt=RAISED) if c.text == "22" else c for c in row)
        for row in grid.rows
    )
    read = taken(document(replace(grid, rows=odd))).tables[2].readings
    assert [read[at].text for at in range(15)] == [""] + ["0"] * 14
    assert read[0].certainty.value == "undecided" and read[1].certainty.value == "certain"


@pytest.mark.slow
@pytest.mark.parametrize(
    "repeated",
    ["总计", "（六）其他处理", "第二十条第（一）项"],
    ids=["a column's label", "a row's label", "a block's title"],
)
def test_a_label_without_end_costs_its_length(repeated: str) -> None:
    """Not a clock but a ratio: the cell repeated four times as often takes about four times as long, not sixteen."""
    source = page(2021, figures(2021))
    at = next(match for match in re.finditer("<td.*?</td>", source) if re.sub("<.*?>", "", match[0]) == repeated)

    def work(times: int) -> float:
        data = (source[: at.start()] + at[0] * times + source[at.end() :]).encode()
        document = read_bytes(data, "示例2021.html", Limits())
        began = time.process_time()
        take(document, FORMS, (), "shili", 2021)
        return time.process_time() - began

    work(1)
    ratios: list[float] = []
    while len(ratios) < 3 and (not ratios or min(ratios) > 8):
        ratios.append(work(1_200) / work(300))
    assert min(ratios) <= 8, ratios


def marked_name(kind: Mark, plain: str, other: str) -> DocumentTable:
    """表二 with a row name that shows another text in front."""
    rows = [FIRST * 4, HEAD, ["规章", "0", "0", "0"], ["行政规范性文件", "7", "1", "30"]]
    grid = grid_of(rows)
    text, raw, doubt = plain_and_marked([Piece(other, mark=kind), Piece(plain)])
    cell = grid.rows[3][0]._replace(text=text, raw=raw, doubt=doubt)
    return replace(grid, rows=(*grid.rows[:3], (cell, *grid.rows[3][1:])))


def test_a_mark_on_a_row_name_is_told_and_a_struck_one_makes_its_figures_doubtful() -> None:
    struck = taken(document(marked_name(Mark.STRUCK, "行政规范性文件", "旧")))
    assert [(struck.tables[0].readings[at].text, struck.tables[0].readings[at].certainty.value) for at in (2, 3)] == [
        ("0", "certain"),
        ("7", "inferred"),
    ]
    raised = taken(document(marked_name(Mark.RAISED, "行政规范性文件", "1")))
    assert raised.tables[0].readings[3].certainty.value == "certain"
    for draft, shown in ((struck, "〔划去：旧〕行政规范性文件"), (raised, "〔上标：1〕行政规范性文件")):
        (told,) = (finding for finding in draft.findings if finding.rule == "IMP-MARKED")
        assert shown in told.message.zh and "行名或表头" in told.message.zh


def test_a_row_whose_name_is_struck_out_altogether_is_left_and_told() -> None:
    draft = taken(document(marked_name(Mark.STRUCK, "", "行政规范性文件")))
    assert 3 not in draft.tables[0].readings
    told = [finding.message.zh for finding in draft.findings if finding.rule == "IMP-IGNORED"]
    assert len(told) == 4 and "行政规范性文件" in told[0] and "“30”" in told[3]


@pytest.mark.parametrize(
    ("year", "form_id"), [(2012, "fujian-2009-list"), (2016, "fujian-2014-list"), (2016, "era-2014-stat")]
)
def test_a_list_without_a_header_is_read_in_order_and_doubted(year: int, form_id: str) -> None:
    (listed,) = [form for form in FORMS if form.id == form_id]
    block = listed.tables[0].blocks[0]
    rows = [
        [row.path[-1], *[str(100 * n + at) for n in range(len(block.columns))]] for at, row in enumerate(block.rows)
    ]
    draft = read_alone(grid_of(rows), year)
    assert draft.form.id == form_id and doubts(draft, listed.tables[0].id) == {"inferred"}
    assert texts_of(draft, listed.tables[0].id)[:2] == (["0", "100"] if len(block.columns) == 2 else ["0", "1"])
    assert "没有表头" in draft.files["tables.yaml"].decode()


def test_a_few_rows_of_a_list_or_one_column_of_two_stay_in_the_narrative() -> None:
    (listed,) = [form for form in FORMS if form.id == "fujian-2014-list"]
    names = [row.path[-1] for row in listed.tables[0].blocks[0].rows]
    for rows in ([[name, "1", "2"] for name in names[:4]], [[name, "17"] for name in names]):
        draft = read_alone(grid_of(rows), 2016)
        assert not any(read.readings for read in draft.tables)
        assert names[0] in draft.files["report.md"].decode()


def test_rows_of_a_list_that_the_file_does_not_have_are_left_out_and_named() -> None:
    """They were never printed: blank cells would be errors of an old report, and rows of the page."""
    names = [row.path[-1] for row in table(2016, "stat").blocks[0].rows]
    draft = read_alone(grid_of([["统计指标", "统计数"], *([name, "3"] for name in names[:6])]), 2016)
    report, wrong = read_draft(draft)
    assert len(report.sheets[0].rows) == 6 and report.sheets[0].absent and not wrong
    text = draft.files["tables.yaml"].decode()
    assert "  # 培训人数: [~]  # 原文件中没有这一行" in text and "待核" not in text.split("\n", 2)[2]
    assert [f.rule for f in draft.findings] == ["IMP-MISSING"]


def test_a_name_beside_blanks_is_no_only_row() -> None:
    upright = rows_of("t4", ["约"] * 15)
    blank = [cell._replace(text="", rowspan=1, colspan=1, first=True) for cell in upright.rows[-1]]
    after = (blank[0]._replace(text="五、存在的主要问题"), *blank[1:])
    draft = read_alone(replace(upright, rows=(*upright.rows[:-1], after)))
    assert not any(read.readings for read in draft.tables if read.table.id == "t4")
