"""What is missing, doubtful or left over in a draft."""

from __future__ import annotations

from dataclasses import replace

from generator.drafts.readings import Certainty, Ignored, Reading, SourcePlace, TableRead
from generator.finding import Finding, Level, Message, Place
from generator.importer.draft_findings import ignored_finding, not_told, table_findings
from generator.readers.document import BlockPlace
from generator.readers.open_file import read_bytes
from tests.importer.samples import LIMITS, document, figures, flat_text, grid_of, table, taken


def test_a_table_run_together_that_no_form_knows_stays_as_text_and_is_pointed_at() -> None:
    text = "指标名称单位本年甲类文件数条20691210乙类文件数条0丙类文件数条12丁类申请数件3戊类申请数件4己类答复数件5"
    draft = taken(document("一、总体情况", text))
    assert text in draft.files["report.md"].decode() and "IMP-RUN-TOGETHER" in {
        finding.rule for finding in draft.findings
    }


T2, SPOT = table(2021, "t2"), SourcePlace(BlockPlace(table=1), 3, 2)


def certain(text: str = "0") -> Reading:
    return Reading(text, text, Certainty.CERTAIN, SPOT)


def t2_with(readings: dict[int, Reading]) -> TableRead:
    return TableRead(T2, {index: certain() for index in range(len(T2.slots))} | readings)


def test_a_table_read_without_doubt_has_no_findings() -> None:
    assert list(table_findings("a.html", t2_with({}))) == []


def test_a_table_that_is_not_there_is_one_finding() -> None:
    (finding,) = table_findings("a.html", TableRead(T2, {}))
    assert finding.rule == "IMP-TABLE" and finding.message.en.endswith("was not found; its cells are blank")


def test_missing_cells_are_named_by_their_rows_once() -> None:
    readings = {index: certain() for index in range(len(T2.slots)) if index not in (0, 1, 3)}
    (finding,) = table_findings("a.html", TableRead(T2, readings))
    assert (finding.rule, finding.message.zh) == ("IMP-MISSING", "表二在原文件中没有这些行或格：规章、行政规范性文件")


def test_cells_that_share_a_doubt_are_one_finding_with_all_their_places() -> None:
    why = Message("原文连写", "run together")
    doubt = Reading("", "693665", Certainty.UNDECIDED, SPOT, why)
    inferred = Reading("7", "7件", Certainty.INFERRED, SPOT, why)
    first, second = table_findings("a.html", t2_with({3: doubt, 4: doubt, 5: doubt, 0: inferred}))
    assert (first.rule, first.subject, len(first.cells)) == ("IMP-INFERRED", "表二.规章.本年制发件数", 1)
    assert (
        first.message.en
        == "表二.规章.本年制发件数: “7件” (table 1, row 3, column 2): run together; read as “7”, please check"
    )
    assert (second.rule, len(second.cells)) == (
        "IMP-UNDECIDED",
        3,
    ) and "表二.行政规范性文件（3格）" in second.message.zh


def test_a_cell_without_a_place_is_quoted_with_where_and_why() -> None:
    finding = ignored_finding("a.html", Ignored("约7", SPOT, Message("没有这一行", "no such row")))
    assert finding.message == Message(
        "第1张表 第3行第2列的“约7”没有填入：没有这一行",
        "“约7” (table 1, row 3, column 2) was not filled in: no such row",
    )


def test_passages_that_were_tables_are_told_together() -> None:
    text = "指标名称单位本年甲类文件数条20691210乙类文件数条0丙类文件数条12丁类申请数件3戊类申请数件4己类答复数件5"
    draft = taken(document("一、总体情况", text, "示例正文。", text))
    (finding,) = [finding for finding in draft.findings if finding.rule == "IMP-RUN-TOGETHER"]
    assert "等2处" in finding.message.zh and "and 1 more" in finding.message.en


def test_a_misprinted_note_is_told_once() -> None:
    draft = taken(read_bytes(flat_text(2021, figures(2021), 勾稽="钩稽").encode(), "示例.txt", LIMITS))
    (finding,) = [finding for finding in draft.findings if finding.rule == "IMP-SLIP"]
    assert "钩稽" in finding.message.zh and finding.level is Level.NOTE
    assert "钩稽" not in draft.files["report.md"].decode()


def test_a_marked_cell_of_a_table_in_the_narrative_is_quoted() -> None:
    doubt = Message("有上标“1”", "raised 1")
    grid = grid_of([["项目", "数量"], ["甲", "22"]])
    cell = grid.rows[1][1]._replace(raw="22〔上标：1〕", doubt=doubt)
    marked = replace(grid, rows=(grid.rows[0], (grid.rows[1][0], cell)))
    draft = taken(document("一、总体情况", "示例正文，无实义，只为成文。", marked))
    (finding,) = [finding for finding in draft.findings if finding.rule == "IMP-MARKED"]
    assert "“22〔上标：1〕”：有上标“1”；正文的表格里写作“22¹”" in finding.message.zh
    assert "| 甲 | 22¹ |" in draft.files["report.md"].decode()


def test_an_added_row_names_the_doubts_of_its_cells() -> None:
    doubt = Message("有上标“1”", "raised 1")
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    grid = grid_of([head, ["规章", "0", "0", "0"], ["内部通知", "5", "6", "7"]])
    cell = grid.rows[2][3]._replace(raw="7〔上标：1〕", doubt=doubt)
    marked = replace(grid, rows=(*grid.rows[:2], (*grid.rows[2][:3], cell)))
    draft = taken(document("一、总体情况", "示例正文，无实义，只为成文。", marked))
    (finding,) = [finding for finding in draft.findings if finding.rule == "IMP-EXTRA"]
    assert "有上标“1”" in finding.message.zh and "raised 1" in finding.message.en


def test_a_cell_in_doubt_is_told_once() -> None:
    """Its mark 待核 in tables.yaml was told too, beside what was found in the file: three findings for one cell."""

    def found(rule: str, subject: str) -> Finding:
        return Finding(rule, Level.WARNING, Place("a"), Message("示例", "x"), subject=subject)

    doubt = found("IMP-UNDECIDED", "表二.行政许可.本年处理决定数量")
    marks = [found("IMP-UNCHECKED", "表二.行政许可"), found("IMP-UNCHECKED", "表二.行政许")]
    other = found("T3-ROW", "表二.行政许可")
    assert not_told([*marks, other], [doubt]) == (marks[1], other)
    assert not_told(marks, [found("IMP-MISSING", doubt.subject)]) == tuple(marks)
