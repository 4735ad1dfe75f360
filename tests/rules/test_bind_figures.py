"""`bind`: what is proposed for typed numbers, and that binding changes no word of what is published. 示例 figures."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.__main__ import commands
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.rules.bind_figures import BindableNumber, bind, survey
from tests.example import FORMS, prose, tables, write_content
from tests.rules.narrative import FIGURES, LAST

MORE = '指标:\n  政策解读篇数: {值: 136, 单位: 篇, 部分: 一}\n  满意率: {值: 86.99, 单位: "%", 部分: 一}\n'
ROWS: dict[str, Sequence[object]] = {**FIGURES, "表二_行政许可": [17651]}
TABLES = tables(2021, "shili", **ROWS) + MORE


def read(narrative: str, previous: LoadedReport | None = LAST) -> LoadedReport:
    files = Files(TABLES.encode(), narrative.encode())
    entry, _ = read_entry(ReportRef(2021, "shili", "2021/shili"), files, FORMS, previous.report if previous else None)
    assert entry is not None
    return entry


def in_section(sentence: str) -> str:
    return f"## 一、总体情况\n\n{sentence}\n"


def proposals(sentence: str, previous: LoadedReport | None = LAST) -> list[tuple[str, str, bool]]:
    return [(item.typed, item.key, item.sure) for item in survey(read(in_section(sentence), previous)) if item.key]


NEW = "表三.本年新收.总计"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收到政府信息公开申请22件。", [("22", NEW, True)]),
        ("收到政府信息公开申请二十二件。", [("二十二", f"{NEW}|汉字", True)]),
        ("收到政府信息公开申请23件。", [("23", f"{NEW} + 表三.上年结转.总计", True)]),
        (
            "对申请不予公开2件，占9.09%。",
            [("2", "合计 表三.不予公开", True), ("9.09%", "合计 表三.不予公开|占 表三.总计.总计", True)],
        ),
        (
            "对申请予以公开15件，占68.2%。",
            [("15", "表三.予以公开.总计", True), ("68.2%", "表三.予以公开.总计|占 表三.总计.总计|1位", True)],
        ),
        ("收到政府信息公开申请22件，较上年增加2件。", [("22", NEW, True), ("增加2件", f"{NEW}|较上年", True)]),
        ("收到政府信息公开申请22件，同比增长10%。", [("22", NEW, True), ("增长10%", f"{NEW}|较上年%", True)]),
        ("收到政府信息公开申请25件。", []),
        ("作出行政许可决定17,651件。", []),
        ("作出行政许可决定17651件。", [("17651", "表二.行政许可.本年处理决定数量", False)]),
        ("发布政策解读136篇，满意率86.99%。", [("136", "指标.政策解读篇数", False), ("86.99", "指标.满意率", False)]),
        ("发布稿件136篇。", []),
        ("2021年6月22日印发〔2021〕22号文件，第22条，电话：0533-22222222。", []),
        ("| 收到申请22件 |", []),
    ],
)
def test_what_is_proposed(sentence: str, expected: list[tuple[str, str, bool]]) -> None:
    if sentence.startswith("2021年") or "|" in sentence:
        sentence += "\n\n政府信息公开申请。"
    assert proposals(sentence) == expected


def test_without_last_year_no_change_is_proposed() -> None:
    assert proposals("收到政府信息公开申请22件，较上年增加2件。", None) == [("22", NEW, True)]


def test_every_number_is_listed_with_its_kind() -> None:
    text = in_section("1、2021年收到政府信息公开申请22件，办结{{表三.总计.总计}}件，举办培训7次，邮编：255200。")
    assert [(item.typed, item.kind) for item in survey(read(text))] == [
        ("一", "free"),
        ("1", "free"),
        ("2021", "free"),
        ("22", "matched"),
        ("22", "bound"),
        ("7", "figure"),
        ("255200", "free"),
    ]
    seven = next(item for item in survey(read(text)) if item.typed == "7")
    assert "举办培训: {值: 7, 单位: 次, 部分: 一}" in seven.why.zh


@pytest.mark.slow
def test_four_times_the_numbers_are_about_four_times_the_work() -> None:
    """Each number was compared with all before it: 15,000 of them in one line took 25 s."""

    def work(numbers: int) -> float:
        entry = read(in_section("第9号、" * numbers))
        begun = time.process_time()
        assert len(survey(entry)) > numbers
        return time.process_time() - begun

    assert any(work(6_000) <= 9 * work(1_500) for _ in range(3))


PIECES = st.lists(
    st.sampled_from(
        [
            "收到政府信息公开申请22件",
            "**办结22件**",
            "，",
            "。",
            "\n\n",
            "较上年增加2件",
            "予以公开15件，占68.18%",
            "[不予公开2件](http://example.gov.cn/22)",
            "二十二",
            "22",
            "{{表三.总计.总计}}",
            "{{没有}}",
            "- ",
            "（三）",
            "行政许可17651件",
            "\\*22",
            "`22件`",
            "申请",
            "\t",
            "１５件",
            "政策解读136余篇",
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.slow
@given(PIECES)
@settings(deadline=None)
def test_binding_everything_proposed_changes_no_word_and_proposes_nothing_new(text: str) -> None:
    narrative = in_section(text)
    entry = read(narrative)
    chosen = [item for item in survey(entry) if item.key]
    after = read(bind(narrative, chosen))
    assert [p.text for p in after.passages] == [p.text for p in entry.passages]
    assert [item for item in survey(after) if item.key] == []

    def words(read_in: LoadedReport) -> list[str]:
        return [re.sub(r"</?span[^>]*>", "", section.html) for section in read_in.prose.sections]

    assert words(after) == words(entry)


def test_all_but_the_bound_numbers_stays_to_the_byte() -> None:
    number = BindableNumber(3, 3, 2, "22", "matched", NEW, None, "")  # type: ignore[arg-type]
    text = "\ufeff## 一\r\n\r\n收到22件\u2028。  \r尾"
    assert bind(text, [number]) == "\ufeff## 一\r\n\r\n收到{{表三.本年新收.总计}}件\u2028。  \r尾"
    with pytest.raises(ValueError, match="22"):
        bind("改过了\n", [number])


# ---------------------------------------------------------------- the command


def content(folder: Path) -> Path:
    narrative = prose(2021).replace(
        "## 二、", "共收到政府信息公开申请22件，较上年增加2件，举办培训7次。\r\n\r\n## 二、"
    )
    last = tables(
        2020,
        "shili",
        表三_本年新收=[20, 0, 0, 0, 0, 0, 20],
        表三_予以公开=[20, 0, 0, 0, 0, 0, 20],
        表三_总计=[20, 0, 0, 0, 0, 0, 20],
    )
    return write_content(folder, {"2020/shili": (last, prose(2020)), "2021/shili": (TABLES, narrative)})


def run(*arguments: str, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(commands("zh"), ["bind", *arguments], input=typed)
    return result.exit_code, result.output


def test_without_a_terminal_it_only_proposes(tmp_path: Path) -> None:
    folder = content(tmp_path / "content")
    file = folder / "2021/shili/report.md"
    before = file.read_bytes()
    code, output = run(str(folder / "2021/shili"))
    assert code == 0 and "{{表三.本年新收.总计|较上年}}" in output and "改成引用 0 处，还可改 2 处" in output
    assert "举办培训: {值: 7, 单位: 次, 部分: 一}" in output
    assert file.read_bytes() == before


def test_yes_binds_what_a_rule_matches_and_leaves_every_other_byte(tmp_path: Path) -> None:
    folder = content(tmp_path / "content")
    file = folder / "2021/shili/report.md"
    before = file.read_bytes()
    code, output = run("--content", str(folder), "--organ", "shili", "--year", "2021", "--yes")
    assert code == 0 and "改成引用 2 处，还可改 0 处" in output
    wanted = before.replace("申请22件".encode(), "申请{{表三.本年新收.总计}}件".encode())
    assert file.read_bytes() == wanted.replace("增加2件".encode(), "{{表三.本年新收.总计|较上年}}".encode())
    assert "改成引用 0 处，还可改 0 处" in run(str(folder / "2021/shili"), "--yes")[1]
    assert not list(file.parent.glob(".report*")), "no temporary file is left"


def test_json_lists_every_number(tmp_path: Path) -> None:
    folder = content(tmp_path / "content")
    code, output = run(str(folder / "2021/shili"), "--json")
    record = json.loads(output)
    assert code == 0 and record["schema"] == "nianbao.bind/1" and record["report"] == "2021/shili"
    new = next(item for item in record["numbers"] if item["text"] == "22" and item["kind"] == "matched")
    assert (new["placeholder"], new["sure"], new["applied"]) == (NEW, True, False)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nowhere"], "没有这个文件夹"),
        ([], "请写报告文件夹"),
        (["--organ", "nobody", "--year", "2021"], "没有报告“2021/nobody”"),
    ],
)
def test_a_wrong_call_is_one_sentence(tmp_path: Path, arguments: list[str], text: str) -> None:
    folder = content(tmp_path / "content")
    code, output = run(*arguments, "--content", str(folder))
    assert code == 2 and text in output


def test_a_file_that_is_not_utf8_is_left_alone(tmp_path: Path) -> None:
    folder = content(tmp_path / "content")
    file = folder / "2021/shili/report.md"
    file.write_bytes(file.read_bytes().decode().encode("gb18030"))
    code, output = run(str(folder / "2021/shili"), "--yes")
    assert code == 2 and "不是UTF-8" in output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("y\nn\n", ["申请{{表三.本年新收.总计}}件", "增加2件"]),
        ("n\ny\n", ["申请22件", "{{表三.本年新收.总计|较上年}}"]),
        ("a\n", ["申请{{表三.本年新收.总计}}件", "{{表三.本年新收.总计|较上年}}"]),
        ("q\n", ["申请22件", "增加2件"]),
        ("\n\n", ["申请{{表三.本年新收.总计}}件", "{{表三.本年新收.总计|较上年}}"]),
    ],
)
def test_at_a_terminal_each_is_shown_and_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, bound: list[str]
) -> None:
    monkeypatch.setattr("generator.commands.bind.on_terminal", lambda: True)
    folder = content(tmp_path / "content")
    code, output = run(str(folder / "2021/shili"), typed=typed)
    text = (folder / "2021/shili/report.md").read_text(encoding="utf-8")
    assert code == 0 and all(words in text for words in bound) and "共收到政府信息公开申请22件" in output
