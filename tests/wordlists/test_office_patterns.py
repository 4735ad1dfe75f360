"""An office's own figure patterns are laid over the shipped ones; an error in them is reported at its own character."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.printers.explain import documentation
from generator.report.entry import Files, ReportRef, read_entry
from generator.rules.runner import check_entry
from generator.wordlists.figure_patterns import compile_patterns, shipped_source
from generator.wordlists.office_patterns import PatternSource, laid_over
from generator.wordlists.shipped import shipped_words
from generator.yaml_source.reader import read
from tests.example import FORMS, prose, tables, write_content

FEES = "信息处理费: {发出通知: 1, 总金额: 100, 实际收取: 100}\n"


def over(text: str) -> tuple[PatternSource, list[Finding]]:
    node, slips = read(text.encode(), "lists/narrative.yaml")
    assert node is not None and slips == []
    return laid_over(shipped_source(), node)


def with_own(sentence: str, own: str, rule: str, figures: str = "") -> list[str]:
    """Gives what a rule finds in a sentence with an office's own patterns, and checks that the shipped ones differ."""
    values, shipped_values = both(sentence, own, rule, figures)
    assert values != shipped_values, "the office's own list changes nothing"
    return values


def both(sentence: str, own: str, rule: str, figures: str = "") -> list[list[str]]:
    """Gives what a rule finds in a sentence with an office's own patterns and with the shipped ones. The report
    received 3 applications in 2021 and 1 in 2020."""
    source, slips = over(own)
    assert slips == []
    values = []
    for patterns in (compile_patterns(source), None):
        last, _ = read_entry(
            ReportRef(2020, "shili", "2020/shili"), Files(_one(tables(2020)).encode(), prose(2020).encode()), FORMS
        )
        files = Files((tables(2021) + figures).encode(), f"{prose(2021)}\n{sentence}\n".encode())
        report, _ = read_entry(
            ReportRef(2021, "shili", "2021/shili"), files, FORMS, last.report if last else None, patterns
        )
        assert report is not None
        values.append(
            [f.values for f in check_entry(report, Context(previous=last, words=shipped_words())) if f.rule == rule]
        )
    return values


def _one(text: str) -> str:
    return text.replace("[3, 0, 0, 0, 0, 0, 3]", "[1, 0, 0, 0, 0, 0, 1]")


STATEMENT = (
    "statements:\n  - {rule: NAR-NEW, units: 宗, hint: 登, before: '登记在册的公开申请有$', equals: [[received]]}\n"
)
CHANGES = [
    ("a new way of speaking", "登记在册的公开申请有9宗。", STATEMENT, "NAR-NEW", ["9≠3"]),
    (
        "one of several sums",
        "登记在册的公开申请有9宗。",
        STATEMENT.replace("[[received]]", "[[carried_in], [received, handled_total]]"),
        "NAR-NEW",
        ["9≠0"],
    ),
    (
        "one of ours is taken out",
        "现行有效的行政规范性文件9件。",
        "statements:\n"
        "  - {rule: NAR-DOCS, before: '现行有效[^，。；\\d]{0,12}规范性文件[^，。；\\d]{0,6}$', off: yes}\n",
        "NAR-DOCS",
        [],
    ),
    (
        "a denial in other words",
        "全年政府信息公开申请为空。",
        "denials:\n  no_request: {words+: '申请为空'}\n",
        "NAR-NOREQ",
        ["0≠3"],
    ),
    (
        "a denial that is excused",
        "本年未收到政府信息公开申请示例。",
        "denials:\n  no_request: {unless+: '申请示例', words: '未收到政府信息公开申请示例'}\n",
        "NAR-NOREQ",
        [],
    ),
    (
        "another word for more",
        "收到政府信息公开申请3件，较上年激增5件。",
        "trend:\n  more+: [激增]\n",
        "NAR-YOY",
        ["3;1"],
    ),
    (
        "another word for charging",
        "本级征缴信息处理费700元。",
        "fees:\n  collected+: ['征缴信息处理费〈数〉(?P<unit>万元|元)']\n",
        "XT-FEE",
        ["700≠100"],
    ),
    (
        "a statement with every condition",
        "据统计，登记在册的公开申请有9宗已办。登记在册的公开申请有8宗。另，登记在册的公开申请有7宗已办。",
        STATEMENT[:-2] + ", after: '已办', unless: '另', about: '申请', sentence: '统计', at_most: '不超过', "
        "unless_sentence: '无关', year: 0, channels: 否, source: 示例}\n",
        "NAR-NEW",
        ["9≠3"],
    ),
    (
        "a limit, kept and passed",
        "登记在册的公开申请有2宗，登记在册的公开申请有9宗。",
        STATEMENT[:-2] + ", at_most: '在册'}\n",
        "NAR-NEW",
        ["9≠3"],
    ),
    (
        "what counts by one channel only",
        "网上登记在册的公开申请有9宗。信函和网上登记在册的公开申请有8宗。",
        STATEMENT[:-2] + ", channels: yes}\n",
        "NAR-NEW",
        ["8≠3"],
    ),
    ("what excuses an amount", "收取信息处理费示例700元。", "fees:\n  unless+: ['示例']\n", "XT-FEE", []),
]


@pytest.mark.parametrize(
    ("sentence", "own", "rule", "values"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_what_an_office_may_add_and_change(sentence: str, own: str, rule: str, values: list[str]) -> None:
    assert with_own(sentence, own, rule, FEES) == values


ADDED = [
    ("收到政府信息公开申请3件，较上年增加5件。", "trend:\n  more{}: [激增]\n", "NAR-YOY", ["3;1"]),
    ("本年未收到政府信息公开申请。", "denials:\n  no_request: {{words{}: '申请为空'}}\n", "NAR-NOREQ", ["0≠3"]),
]


@pytest.mark.parametrize(("sentence", "own", "rule", "values"), ADDED)
def test_what_is_added_leaves_the_shipped_and_what_is_written_again_takes_its_place(
    sentence: str, own: str, rule: str, values: list[str]
) -> None:
    assert both(sentence, own.format("+"), rule) == [values, values]
    assert both(sentence, own.format(""), rule) == [[], values]


def test_a_way_of_speaking_that_begins_with_the_number() -> None:
    own = "statements:\n  - {rule: NAR-NEW, units: 宗, hint: 登, after: '公开申请登记在册', equals: [[received]]}\n"
    assert with_own("共有9宗公开申请登记在册。", own, "NAR-NEW") == ["9≠3"]


def test_nothing_changes_without_a_list() -> None:
    assert laid_over(shipped_source(), None) == (shipped_source(), [])


# ---------------------------------------------------------------- slips: (text, line, column, words)

SLIPS = [
    ("[]\n", 1, 1, "应为“名称: 值”"),
    ("denial: {}\n", 1, 1, "没有“denial”这一项；是不是“denials”？"),
    ("roles: {}\n", 1, 1, "没有“roles”这一项"),
    ("denials:\n  no_request: {word: 未收到}\n", 2, 16, "没有“word”这一项；是不是“words”？"),
    ("denials:\n  no_request: {hints: 未}\n", 2, 16, "没有“hints”这一项"),
    ("denials:\n  no_request: 未收到\n", 2, 15, "“no_request”下应为"),
    ("denials:\n  no_request: {words: '(未收到'}\n", 2, 24, "不是正则表达式：第1个字起有误"),
    ("fee_said: '费[用'\n", 1, 13, "第2个字起有误"),
    ('fee_said: ""\n', 1, 11, "应为一段文字"),
    ("fee_said: 费用)\n", 1, 13, "第3个字起有误"),
    ("fee_said: [费用]\n", 1, 11, "应为一段文字"),
    ("share: '占\\d+%'\n", 1, 8, "括号应与原有的一条一样：1个"),
    ("share+: '占(\\d+)%'\n", 1, 9, "请整条重写"),
    ("trend:\n  number: '(?P<number>\\d+)件'\n", 2, 11, "括号应与原有的一条一样：number、unit"),
    ("trend:\n  more+: 激增\n", 2, 10, "应为方括号里的若干项"),
    ("fees:\n  collected+: ['征缴〈数〉元']\n", 2, 16, "括号应与原有的一条一样：number、unit"),
    ("statements: 无\n", 1, 13, "应为以“- ”开头的若干项"),
    ("statements:\n  - 收到\n", 2, 5, "应为“名称: 值”"),
    ("statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, before: '收到$'}\n", 2, 5, "缺少“equals”"),
    ("statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, equals: [[received]]}\n", 2, 5, "缺少“before”或“after”"),
    (
        "statements:\n  - {rule: T3-SUM, units: 件, hint: 收, before: '收到$', equals: [[received]]}\n",
        2,
        12,
        "规则只有：NAR-CARRYIN",
    ),
    (
        "statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, before: '收到$', equals: [[recieved]]}\n",
        2,
        64,
        "没有“recieved”这个角色",
    ),
    (
        "statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, before: '收到$', equals: received}\n",
        2,
        63,
        "“equals”应写成",
    ),
    ("statements:\n  - {rule: NAR-NEW, unit: 件}\n", 2, 21, "没有“unit”这一项；是不是“units”？"),
    ("statements:\n  - {rule: NAR-NEW, before: 甲, channels: 也许}\n", 2, 42, "“channels”应写 yes 或 no"),
    ("statements:\n  - {rule: NAR-NEW, year: '1x'}\n", 2, 27, "“year”应为-1、0或1"),
    ("statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, before: '收到$', equals: []}\n", 2, 63, "“equals”应写成"),
    (
        "statements:\n  - {rule: NAR-NEW, units: 件, hint: 收, before: '收到$', equals: [[received], []]}\n",
        2,
        76,
        "方括号里没有内容",
    ),
    ("joints: 和\n", 1, 1, "没有“joints”这一项"),
    ("fillers: 的\n", 1, 1, "没有“fillers”这一项"),
    ("year: '(\\d)年'\n", 1, 1, "没有“year”这一项"),
    ("approximate: 余\n", 1, 1, "没有“approximate”这一项"),
    ("statements+: []\n", 1, 1, "没有“statements+”这一项"),
    ("trend:\n  more: ['激(增']\n", 2, 12, "不是正则表达式"),
    ("trend:\n  more: []\n", 2, 9, "方括号里没有内容"),
    ("statements:\n  - {rule: NAR-NEW, year: 2021}\n", 2, 27, "“year”应为-1、0或1"),
    (
        "statements:\n  - {rule: NAR-NEW, before: '没有这样的话', off: yes}\n",
        2,
        5,
        "没有“rule”和“before”都与此相同的一条",
    ),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"), SLIPS, ids=[f"{case[3]} {number}" for number, case in enumerate(SLIPS)]
)
def test_a_slip_is_reported_at_its_own_character_and_changes_nothing(
    text: str, line: int, column: int, words: str
) -> None:
    source, (finding,) = over(text)
    assert words in finding.message.zh and finding.message.en
    assert (finding.rule, finding.level) == ("LIST-ENTRY", Level.ERROR) and documentation("LIST-ENTRY")
    assert (finding.place.file, finding.place.line, finding.place.column) == ("lists/narrative.yaml", line, column)
    assert source.raw == shipped_source().raw


ODD = [
    "[]",
    "[甲]",
    "{甲: 乙}",
    "~",
    '"~"',
    "1",
    "99999999999999999999",
    "甲",
    "'('",
    "'(?P<number>甲)'",
    "是",
    '""',
    "[[甲乙], {甲: 乙}]",
    "[received]",
    "[[received]]",
]
PLACES = [
    *(
        f"{key}: {{}}\n"
        for key in (
            "statements",
            "denials",
            "fees",
            "trend",
            "share",
            "fee_said",
            "channels",
            "channels+",
            "denials+",
            "fees+",
        )
    ),
    *(
        f"statements:\n  - {{{{rule: NAR-NEW, units: 件, hint: 收, before: '收到$', {key}: {{}}}}}}\n"
        for key in (
            "equals",
            "after",
            "unless",
            "about",
            "sentence",
            "at_most",
            "unless_sentence",
            "channels",
            "year",
            "off",
            "source",
            "rule",
            "units",
            "hint",
        )
    ),
    "statements: [{}]\n",
    "trend:\n  more: {}\n",
    "trend:\n  more+: [激增, {}]\n",
    "trend:\n  subject: {}\n",
    "fees:\n  unless+: {}\n",
    "denials:\n  no_request: {{words+: {}}}\n",
    "denials:\n  no_request: {}\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_whatever_stands_in_any_field_is_taken_or_reported_and_never_a_crash(text: str) -> None:
    for odd in ODD:
        node, _ = read(text.format(odd).encode(), "lists/narrative.yaml")
        assert node is not None
        source, findings = laid_over(shipped_source(), node)
        compile_patterns(source)
        assert all(
            f.rule == "LIST-ENTRY" and f.place.line and f.place.column and f.message.zh and f.message.en
            for f in findings
        ), odd
        assert not findings or source.raw == shipped_source().raw, odd


def test_from_the_content_folder_to_the_findings(tmp_path: Path) -> None:
    content = write_content(
        tmp_path / "content", {"2021/shili": (tables(2021), prose(2021) + "\n登记在册的公开申请有9宗。\n")}
    )
    (content / "lists").mkdir()
    (content / "lists/narrative.yaml").write_text(STATEMENT + "share: '占'\n", encoding="utf-8")
    done = CliRunner().invoke(commands("zh"), ["check", "--content", str(content), "--jobs", "1"])
    assert "9≠3" not in done.output and "NAR-NEW" in done.output and "登记在册的公开申请有9宗" in done.output
    assert "lists/narrative.yaml" in done.output and "LIST-ENTRY" in done.output and done.exit_code == 1
