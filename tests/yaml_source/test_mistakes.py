"""Every typing mistake that reading knows, one a line: what was typed, where it is reported, and in which words.

The tables are read from top to bottom: (rule, typed, line, column, words of the Chinese message).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.collection import folder as load
from generator.finding import Finding
from generator.printers.explain import documentation
from generator.yaml_source.reader import read
from tests.example import entry, prose, tables

GENERATOR = Path(__file__).parents[2] / "generator"

# ---------------------------------------------------------------- files: any YAML file

FILES = [
    ("SRC-BOM", b"\xef\xbb\xbf\xe7\x94\xb2: 1\n", 1, 1, "BOM"),
    ("SRC-ENCODING", "甲: 数据\n".encode("gbk"), 1, 1, "已按 GB18030 读取"),
    ("SRC-ENCODING", "甲: 1\n乙: 𠮷\n".encode("gb18030"), 1, 1, "另存为"),
    ("SRC-ENCODING", b"a: 1\nb: \xff\xfe\xff\n", 2, 1, "既不是 UTF-8 也不是 GB18030"),
    ("SRC-EMPTY", b"", 0, 0, "空的"),
    ("SRC-EMPTY", b" \n\n", 0, 0, "空的"),
    ("SRC-EMPTY", "# 只有说明\n".encode(), 0, 0, "空的"),
    ("SRC-LARGE", b"a: " + b"1\n" * 1_100_000, 0, 0, "超过 2 MB"),
    ("SRC-LARGE", b"a: 1\nb: " + b"1" * 70_000, 2, 1, "超过 64 KB"),
    ("SRC-CONTROL", "甲: 一\u0007二\n".encode(), 1, 5, "U+0007"),
    ("SRC-CONTROL", b"a: 1\nb: x\x00y\n", 2, 5, "U+0000"),
    ("SRC-DUPLICATE", "甲: 1\n乙: 2\n甲: 3\n".encode(), 3, 1, "第 1 行已经写过"),
    ("SRC-ALIAS", "甲: &x 1\n".encode(), 1, 4, "锚点"),
    ("SRC-ALIAS", "甲: *x\n".encode(), 1, 4, "引用"),
    ("SRC-TAG", "甲: !!int 1\n".encode(), 1, 4, "类型标记"),
    ("SRC-TAG", "甲: !!python/object/apply:os.system [id]\n".encode(), 1, 4, "类型标记"),
    ("SRC-DEEP", "甲: [[[[[[[[1]]]]]]]]\n".encode(), 1, 11, "超过 8 层"),
    ("SRC-DOCUMENTS", "甲: 1\n---\n乙: 2\n".encode(), 2, 1, "---"),
    ("SRC-TAB", "甲:\n\t乙: 1\n".encode(), 2, 1, "制表符"),
    ("SRC-FULLWIDTH", "甲：1\n乙: 2\n".encode(), 1, 2, "全角冒号"),
    ("SRC-FULLWIDTH", "甲: [22，0]\n".encode(), 1, 7, "全角标点"),
    ("SRC-FULLWIDTH", "甲: [22、0]\n".encode(), 1, 7, "全角标点"),
    ("SRC-FULLWIDTH", "甲: ［22, 0］\n".encode(), 1, 4, "全角括号"),
    ("SRC-FULLWIDTH", "甲:\n\u3000\u3000乙: 1\n丙\n".encode(), 2, 1, "全角空格"),
    ("SRC-COLON", "甲:1\n乙: 2\n".encode(), 1, 2, "空一格"),
    ("SRC-SYNTAX", "甲: [1, 2\n".encode(), 1, 4, "右方括号"),
    ("SRC-SYNTAX", "甲: {乙: 1\n".encode(), 1, 4, "右花括号"),
    ("SRC-SYNTAX", '甲: "没有关\n'.encode(), 1, 4, "有开无关"),
    ("SRC-SYNTAX", "甲: 1\n  乙: 2\n".encode(), 2, 3, "没有对齐"),
    ("SRC-SYNTAX", "甲:\n    乙: 1\n  丙: 2\n".encode(), 3, 3, "没有对齐"),
    ("SRC-SYNTAX", "甲: @\n".encode(), 1, 4, "英文引号"),
    ("SRC-SYNTAX", '甲: "\\乙"\n'.encode(), 1, 5, "反斜杠"),
    ("SRC-SYNTAX", "? [甲]\n: 1\n".encode(), 1, 3, "名称必须是一个词"),
]


@pytest.mark.parametrize(
    ("rule", "typed", "line", "column", "words"), FILES, ids=[f"{n}-{case[0]}" for n, case in enumerate(FILES)]
)
def test_a_slip_in_a_file(rule: str, typed: bytes, line: int, column: int, words: str) -> None:
    assert_reported(read(typed, "tables.yaml")[1], rule, line, column, words)


def assert_reported(found: list[Finding], rule: str, line: int, column: int, words: str) -> None:
    """One of the findings is the wanted one; it speaks Chinese in Chinese and no Chinese label is lost in English."""
    matching = [
        f for f in found if (f.rule, f.place.line, f.place.column) == (rule, line, column) and words in f.message.zh
    ]
    assert matching, [(f.rule, f.place.line, f.place.column, f.message.zh) for f in found]
    message = matching[0].message
    assert re.search("[\u4e00-\u9fff]", message.zh) and re.search("[a-z]{2}", message.en) and message.zh != message.en


# ---------------------------------------------------------------- cells: 行政许可 of 2021, line 8 column 10

CELLS = [
    ("FIG-COMMA", "[1，024]", 10, "全角逗号或顿号"),
    ("FIG-COMMA", '["12、0"]', 10, "顿号"),
    ("FIG-FULLWIDTH", "[１２]", 10, "请改为半角“12”"),
    ("FIG-NUMBER", "[−3]", 10, "“−3”不是数"),
    ("FIG-ZERO", "[007]", 10, "请写“7”"),
    ("FIG-ZERO", "[0533]", 10, "以0开头"),
    ("FIG-THOUSANDS", "['1,024']", 10, "请写“1024”"),
    ("FIG-THOUSANDS", "[1_024]", 10, "千分位"),
    ("FIG-TIME", "[12:30]", 10, "像时间"),
    ("FIG-DATE", "[2021-01-29]", 10, "是日期"),
    ("FIG-NUMBER", "[no]", 10, "“no”不是数"),
    ("FIG-NUMBER", "[1e3]", 10, "“1e3”不是数"),
    ("FIG-NUMBER", "[0x1F]", 10, "不是数"),
    ("FIG-NUMBER", "[1.5]", 10, "应为整数"),
    ("FIG-NUMBER", "[三]", 10, "应为整数、~（空白）或 /（不适用）"),
    ("FIG-NUMBER", "[22件]", 10, "“22件”不是数"),
    ("FIG-NUMBER", '["~~"]', 10, "不是数"),
    ("FIG-NUMBER", "[[1]]", 10, "应为一个数"),
    ("ROW-LENGTH", "[1,024]", 9, "是否写了千分位逗号"),
    ("ROW-LENGTH", "{}", 9, "缺少：本年处理决定数量"),
    ("KEY-UNKNOWN", "{本年处理决定量: 1}", 10, "是不是“本年处理决定数量”？"),
]


@pytest.mark.parametrize(("rule", "typed", "column", "words"), CELLS, ids=[f"{case[0]}-{case[1]}" for case in CELLS])
def test_a_slip_in_a_cell(rule: str, typed: str, column: int, words: str) -> None:
    text = tables(2021).replace("行政许可: [0]", f"行政许可: {typed}")
    found = entry(2021, text)[1]
    assert_reported(found, rule, 8, column, words)
    assert {f.place.line for f in found if f.rule.startswith(("FIG", "ROW", "SRC"))} == {8} or rule == "KEY-UNKNOWN"


def test_a_row_with_a_full_width_comma_between_its_figures_says_so() -> None:
    assert_reported(
        entry(2021, tables(2021).replace("规章: [0, 0, 0]", "规章: [22，0, 0]"))[1],
        "ROW-LENGTH",
        6,
        7,
        "数之间是全角逗号或顿号",
    )
    assert_reported(
        entry(2021, tables(2021).replace("规章: [0, 0, 0]", "规章: [0, 0]"))[1], "ROW-LENGTH", 6, 7, "空白格请写 ~"
    )


# ---------------------------------------------------------------- 信息处理费 of 2021, added behind the tables
# (rule, typed, column, words)

FEES = [
    ("FIG-NUMBER", "{发出通知: 3份}", 15, "信息处理费.发出通知：“3份”不是数"),
    ("FIG-NUMBER", "{发出通知: 3元}", 15, "单位应是件"),
    ("FIG-NUMBER", "{总金额: 3件}", 14, "单位应是元"),
    ("FIG-NUMBER", "{发出通知: 1.5}", 15, "应为整数"),
    ("FIG-NUMBER", "{总金额: -100}", 14, "没有发生写0"),
    ("FIG-NUMBER", "{实际收取: /}", 15, "没有发生写0"),
    ("FIG-NUMBER", "{实际收取: [1, 2]}", 15, "应为一个数"),
    ("FIG-ZERO", "{总金额: 0900元}", 14, "请写“900”"),
    ("FIG-THOUSANDS", '{总金额: "1,200元"}', 14, "请写“1200”"),
    ("FIG-THOUSANDS", "{总金额: 1,200元}", 16, "“200元”像是千分位逗号后面的数"),
    ("KEY-UNKNOWN", "{发出通知数: 3}", 9, "是不是“发出通知”？"),
    ("KEY-SHAPE", "3件", 8, "应为“名称: 值”"),
]


@pytest.mark.parametrize(("rule", "typed", "column", "words"), FEES, ids=[f"{case[0]}-{case[1]}" for case in FEES])
def test_a_slip_in_the_fee(rule: str, typed: str, column: int, words: str) -> None:
    text = tables(2021)
    assert_reported(entry(2021, f"{text}信息处理费: {typed}\n")[1], rule, text.count("\n") + 1, column, words)


def test_a_year_before_the_fee_knows_none() -> None:
    text = tables(2018)
    assert_reported(
        entry(2018, text + "信息处理费: {发出通知: 0}\n")[1], "KEY-UNKNOWN", text.count("\n") + 1, 1, "没有“信息处理费”"
    )


# ---------------------------------------------------------------- the rest of tables.yaml: (rule, change, words, place)

LINES = [
    ("KEY-UNKNOWN", ("机关: shili", "机关: shili\n备注: 无"), "没有“备注”", 3, 1),
    ("KEY-UNKNOWN", ("  重复申请:", "  重复的申请:"), "是不是“重复申请”？", 29, 3),
    ("KEY-SHAPE", ("标题: 示例区人民政府2021年政府信息公开工作年度报告", "标题: [甲, 乙]"), "应为一段文字", 3, 5),
    (
        "KEY-SHAPE",
        ("表四:\n  件数: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]", "表四: 没有"),
        "应为“名称: 值”",
        38,
        5,
    ),
    ("KEY-STATE", ("机关: shili", "机关: shili\n状态: 定稿"), "草稿", 3, 5),
    ("KEY-FOLDER", ("年度: 2021", "年度: 2020"), "写的是“2020”，所在文件夹是“2021”", 1, 5),
    ("KEY-FOLDER", ("机关: shili", "机关: jiaju"), "写的是“jiaju”", 2, 5),
    ("ROW-MISSING", ("  重复申请: [0, 0, 0, 0, 0, 0, 0]\n", ""), "缺少：重复申请", 13, 3),
    ("ROW-LENGTH", ("规章: [0, 0, 0]", "规章: 7"), "应写成[数, 数, …]", 6, 7),
    ("META-TITLE", ("标题: 示例区人民政府2021年政府信息公开工作年度报告\n", ""), "缺少“标题”", 1, 1),
    ("META-DATE", ("机关: shili", "机关: shili\n发文日期: 2022年1月9日"), "应写成 2021-01-29", 3, 7),
    ("STR-MISSING", ("表四:\n  件数: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\n", ""), "缺少表四", 1, 1),
    ("IND-VALUE", ("机关: shili", "机关: shili\n指标:\n  次数: {单位: 次}"), "没有“值”", 4, 3),
    ("FIG-NUMBER", ("机关: shili", "机关: shili\n指标:\n  次数: {值: 七, 单位: 次}"), "“次数”", 4, 11),
    ("CORR-INCOMPLETE", ("机关: shili", "机关: shili\n更正:\n  - {日期: 今天, 位置: 甲}"), "“更正为”", 4, 5),
    ("ACC-INCOMPLETE", ("机关: shili", "机关: shili\n接受:\n  - {规则: T3-SUM, 位置: [甲]}"), "“原因”", 4, 5),
]


@pytest.mark.parametrize(
    ("rule", "change", "words", "line", "column"), LINES, ids=[f"{n}-{case[0]}" for n, case in enumerate(LINES)]
)
def test_a_slip_in_tables_yaml(rule: str, change: tuple[str, str], words: str, line: int, column: int) -> None:
    text = tables(2021)
    assert change[0] in text
    assert_reported(entry(2021, text.replace(*change, 1))[1], rule, line, column, words)


# ---------------------------------------------------------------- the narrative: one line put in front

NARRATIVE = [
    ("MD-HTML", "甲<script>alert(1)</script>", 2, "原样显示"),
    ("MD-LINK", "甲[乙](javascript:alert(1))", 2, "只保留文字"),
    ("MD-PICTURE", "![甲](../甲.png)", 1, "同一文件夹"),
    ("MD-PICTURE", "![甲](甲 乙.png)", 1, "同一文件夹"),
    ("MD-HEADING", "# 甲", 1, "三级及以下"),
    ("MD-BRACES", "甲{{表三", 2, "写成“{{表三}}”"),
    ("MD-BRACES", "收到{表三.本年新收.总计}件", 3, "写成“{{表三.本年新收.总计}}”"),
    ("MD-BRACES", "收到｛｛表三.本年新收.总计｝｝件", 3, "写成“{{表三.本年新收.总计}}”"),
    ("MD-MARK", "###（六）小标题", 1, "“### （一）标题”"),
    ("MD-MARK", "用`代码`写", 2, "反引号"),
    ("MD-MARK", "如下[^1]。", 3, "脚注"),
    ("MD-MARK", "**没有关上", 1, "成对"),
    ("MD-LINK", "见[附件](附件 1.pdf)", 2, "不能有空格"),
    ("MD-TABLE", "｜名称｜数｜", 1, "半角 |"),
    ("MD-TABLE", "名称\t上年\t本年", 1, "Excel"),
    ("MD-TITLE", '![甲](tu.png "{{乙}}")', 1, "题注"),
    ("MD-HTML", "甲&nbsp;乙", 2, "原样显示"),
    ("A11Y-ALT", "![](tu.png)", 1, "没有文字说明"),
    ("BIND-UNKNOWN", "甲{{表三.没有}}", 2, "找不到对应的数"),
]


@pytest.mark.parametrize(("rule", "typed", "column", "words"), NARRATIVE, ids=[case[0] for case in NARRATIVE])
def test_a_slip_in_the_narrative(rule: str, typed: str, column: int, words: str) -> None:
    assert_reported(entry(2021, narrative=f"{typed}\n\n{prose(2021)}")[1], rule, 1, column, words)


# ---------------------------------------------------------------- nothing is forgotten


def ids_in(*names: str) -> set[str]:
    return {
        rule
        for name in names
        for rule in re.findall(r'"([A-Z][A-Z0-9]*-[A-Z]+)"', (GENERATOR / name).read_text("utf-8"))
    }


def test_every_finding_of_reading_stands_in_a_table_above() -> None:
    tested = {str(case[0]) for table in (FILES, CELLS, LINES, NARRATIVE) for case in table}
    assert (
        ids_in(
            "yaml_source/reader.py",
            "yaml_source/mistakes.py",
            "report/figure.py",
            "report/reader.py",
            "narrative/html.py",
        )
        - tested
        == set()
    )


def test_every_finding_the_program_can_make_is_explained() -> None:
    names = [path.relative_to(GENERATOR).as_posix() for path in GENERATOR.rglob("*.py")]
    unknown = {rule for rule in ids_in(*names) - {"UTF-8", "JSON-LD"} if documentation(rule) is None}
    assert unknown == set()


@pytest.mark.parametrize(("name", "rule"), [("甲局", "FILE-NAME"), ("Jia", "FILE-NAME"), ("jia ju", "FILE-NAME")])
def test_a_folder_name_that_could_not_be_an_address(tmp_path: Path, name: str, rule: str) -> None:
    (tmp_path / "2021" / name).mkdir(parents=True)
    refs, found = load.scan(tmp_path)
    assert refs == [] and [(f.rule, f.place.file) for f in found] == [(rule, f"2021/{name}")]
