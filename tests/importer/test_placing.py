"""What is written beside a report that is there already."""

from __future__ import annotations

import pytest

from generator.importer.make_draft import Draft, Only, take
from generator.importer.placing import Placing, place
from generator.readers.document import Limits
from generator.readers.open_file import read_bytes
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from tests.example import FORMS, SETTINGS, prose, tables
from tests.importer.samples import dump_text, figures

pytestmark = pytest.mark.slow

WHOLE = dump_text(2021, figures(2021))
NARRATIVE = (
    "示例区2021年政府信息公开工作年度报告\n\n一、总体情况\n\n收到申请3件，均已答复。\n\n"
    "二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n\n四、政府信息公开行政复议、行政诉讼情况\n\n"
    "五、存在的主要问题及改进情况\n\n示例问题若干，示例改进若干。\n"
)
THERE = Files(tables(2021).encode(), prose(2021).encode())


def draft(text: str, only: Only = Only.BOTH) -> Draft:
    return take(read_bytes(text.encode(), "a.txt", Limits()), FORMS, SETTINGS.organs, "shili", 2021, only)


def load(files: Files) -> LoadedReport | None:
    return read_entry(ReportRef(2021, "shili", "2021/shili"), files, FORMS)[0]


def placed(text: str, there: Files = THERE, only: Only = Only.BOTH) -> Placing:
    return place(draft(text, only), there, load)


def test_where_nothing_is_there_all_is_written_and_nothing_lost() -> None:
    placing = placed(WHOLE, Files(None, None))
    assert set(placing.files) == {"tables.yaml", "report.md"} and placing.kept == placing.lost == ()


@pytest.mark.parametrize(("text", "only"), [(NARRATIVE, Only.BOTH), (WHOLE, Only.NARRATIVE)])
def test_a_narrative_leaves_the_tables_to_the_byte(text: str, only: Only) -> None:
    placing = placed(text, only=only)
    assert set(placing.files) == {"report.md"} and "tables.yaml" in placing.kept[0].zh
    assert placing.tables == {"表二", "表三", "表四"}
    assert not any("数" in item.zh for item in placing.lost)


def test_tables_leave_the_narrative_and_what_they_cannot_know() -> None:
    more = "指标:\n  示例次数: {值: 7, 单位: 次}\n"
    placing = placed(WHOLE, THERE._replace(tables=(tables(2021) + more).encode()), Only.TABLES)
    assert set(placing.files) == {"tables.yaml"}
    assert [item.zh for item in placing.kept] == ["tables.yaml 的发布机构、指标", "report.md（没有取正文）"]
    assert "示例次数" in placing.files["tables.yaml"].decode()
    assert [item.zh for item in placing.lost] == ["改动或去掉标题"]  # WHOLE bears another


def test_a_table_that_the_file_lacks_stays() -> None:
    start, end = WHOLE.index("四、政府信息公开"), WHOLE.index("五、存在")
    placing = placed(WHOLE[:start] + "四、政府信息公开行政复议、行政诉讼情况\n" + WHOLE[end:])
    text = placing.files["tables.yaml"].decode()
    assert (
        "表四" in placing.tables
        and tables(2021).partition("表四:")[2].splitlines()[1] in text
        and "没有找到表四" not in text
    )
    assert "状态: 草稿" not in text, "with the table that was there the report is whole"


@pytest.mark.slow
@pytest.mark.parametrize("broken", [b"\xff\xfe\x00", b"a: [", b"- 1\n- 2\n"])
def test_what_cannot_be_read_is_joined_with_nothing(broken: bytes) -> None:
    placing = placed(WHOLE, Files(broken, prose(2021).encode()))
    assert load(Files(placing.files["tables.yaml"], placing.files["report.md"])) is not None
    assert placing.files["tables.yaml"] == draft(WHOLE).files["tables.yaml"]


def test_bound_figures_stay_bound_only_while_they_print_what_the_file_says() -> None:
    bound = NARRATIVE.split("\n\n", 1)[1].replace("一、", "## 一、").replace("申请3件", "申请{{表三.本年新收.总计}}件")
    there = THERE._replace(prose=bound.encode())
    assert "申请{{表三.本年新收.总计}}件" in placed(NARRATIVE, there).files["report.md"].decode()
    assert "申请4件" in placed(NARRATIVE.replace("申请3件", "申请4件"), there).files["report.md"].decode()


def test_only_the_narrative_into_an_empty_folder_writes_blank_tables() -> None:
    files = placed(WHOLE, Files(None, None), Only.NARRATIVE).files
    report = load(Files(files["tables.yaml"], files["report.md"]))
    assert report is not None and not any(any(sheet.texts) for sheet in report.report.sheets)
    assert "\n状态: 草稿" in files["tables.yaml"].decode()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_that_notepad_saved_is_joined_like_any_other(encoding: str) -> None:
    more = "指标:\r\n  示例次数: {值: 7, 单位: 次}\r\n"
    there = Files((tables(2021).replace("\n", "\r\n") + more).encode(encoding), prose(2021).encode(encoding))
    assert "示例次数" in placed(WHOLE, there).files["tables.yaml"].decode()
    assert set(placed(NARRATIVE, there).files) == {"report.md"}


def test_tables_that_cannot_be_read_are_left_by_a_narrative_too() -> None:
    assert set(placed(NARRATIVE, Files(b"a: [", prose(2021).encode())).files) == {"report.md"}


def test_a_folder_with_one_of_the_two_files_gets_the_other_and_keeps_it() -> None:
    assert set(placed(NARRATIVE, THERE._replace(prose=None)).files) == {"report.md"}
    assert set(placed(WHOLE, THERE._replace(tables=None), Only.TABLES).files) == {"tables.yaml"}
    assert set(placed(WHOLE, THERE._replace(prose=None), Only.TABLES).files) == {"tables.yaml", "report.md"}


def test_a_narrative_fills_what_the_head_of_the_tables_leaves_blank() -> None:
    text = "文号：示例〔2022〕5号\n\n" + NARRATIVE
    blank = tables(2021).replace("机关: shili\n", "机关: shili\n文号: ~\n发文日期: ~\n")
    assert "文号: ~" in blank and draft(text).identity.meta["文号"] == "示例〔2022〕5号"
    placing = placed(text, THERE._replace(tables=blank.encode()))
    assert placing.files["tables.yaml"].decode() == blank.replace("文号: ~", "文号: 示例〔2022〕5号")
    assert placing.kept[0].zh == "tables.yaml（没有取表，只补上空着的文号）"
    typed = blank.replace("文号: ~", "文号: 示例〔2022〕6号")
    assert set(placed(text, THERE._replace(tables=typed.encode())).files) == {"report.md"}
