"""Every slip of a bracket, quote, colon or column is told on its own line, in a file as `new` writes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.drafts.blank_report import Prefill, scaffold
from generator.yaml_source.reader import read
from generator.yaml_source.structure import without_comment
from tests.example import FORMS


def fresh() -> str:
    """The tables.yaml of a new folder, with the notes that `new` writes behind a #."""
    form = next(form for form in FORMS if form.governs(2021))
    contact = {"联系.地址": "某路1号", "联系.邮编": "255200", "联系.电话": "0533-0000000"}
    start = Prefill(2021, "shili", "示例区人民政府", {"表三.上年结转.总计": "3"}, contact, ())
    return scaffold(form, start)["tables.yaml"].decode()


def slips_of(line: str) -> Iterator[tuple[str, str]]:
    """The line with one thing wrong, by name."""
    yield "a full-width colon", line.replace(": ", "：", 1)
    yield "no blank behind the colon", line.replace(": ", ":", 1)
    yield "no colon", line.replace(": ", " ", 1)
    yield "a tab", "\t" + line.lstrip()
    yield "a column too far right", " " + line
    yield "a column too far left", line.removeprefix(" ")
    yield "twice", line + "\n" + line
    yield "a mark of direction", line + "\u202e"
    for opening, closing in ("[]", "{}"):
        if closing in line:
            yield "not closed", line.replace(closing, "", 1)
            yield "closed twice", line.replace(closing, closing * 2, 1)
            yield "closed by another", line.replace(closing, ")" if closing == "]" else "]", 1)
            yield "closed by a full-width one", line.replace(closing, "］", 1)
            yield "words behind", line.replace(closing, closing + " 注", 1)
            yield "two commas", line.replace(", ", ", , ", 1)
        if opening in line:
            yield "opened by a full-width one", line.replace(opening, "［", 1)
    if '"' in line:
        yield "no quote in front", line.replace('"', "", 1)
        yield "a full-width quote in front", line.replace('"', "“", 1)


def places(text: str) -> tuple[bool, set[int]]:
    """Whether a file is read, and the lines its findings are on."""
    node, findings = read(text.encode(), "tables.yaml")
    return node is not None, {finding.place.line for finding in findings}


@pytest.mark.slow
def test_a_slip_anywhere_in_a_new_file_is_told_on_its_line() -> None:
    lines = fresh().split("\n")
    assert places(fresh()) == (True, set()) and any("#" in line and "：" not in line and "，" in line for line in lines)
    tried, wrong = 0, []
    for at, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for name, typed in slips_of(line):
            is_read, told = places("\n".join([*lines[:at], typed, *lines[at + 1 :]]))
            tried += typed != line
            if told - {at + 1, at + 1 + typed.count("\n")} or not (told or is_read or typed == line):
                wrong.append((name, at + 1, typed, told))
    assert wrong == [] and tried > 400


NOTED = '年度: 2021\n机关: jiaju\n联系: {地址: 某路1号, 邮编: "255200"}  # 由上年报告带入，请核对：（一）\n\n表二:\n'


@pytest.mark.parametrize(
    ("rows", "line", "column", "words"),
    [
        ("  规章: [0, , 0]\n", 6, 11, "没有数"),
        ("  规章: [, 0]\n", 6, 8, "没有数"),
        ("  规章: [0, 0, 0]\n   行政许可: [12]\n", 7, 4, "没有对齐"),
        ("   规章: [0, 0, 0]\n  行政许可: [12]\n  行政处罚: [1]\n", 6, 4, "没有对齐"),
        ("  规章: [0, 0, 0\n  行政许可: [12]\n", 6, 7, "右方括号"),
        ("  规章: [0, 0, 0］\n  行政许可: [12]\n", 6, 15, "全角"),
        ("  规章: [0, 0, 0}\n  行政许可: [12]\n", 6, 15, "不成对"),
        ("  规章: [0, 0, 0]]\n  行政许可: [12]\n", 6, 16, "右括号后面"),
        ("  规章 [0, 0, 0]\n  行政许可: [12]\n", 6, 3, "缺少冒号"),
        ("  规章: [0, 0, 0]\n  行政许可 [12]\n  行政处罚: [1]\n", 7, 3, "缺少冒号"),
        ('  规章: [0, 0, 0]\n标题: "甲\n文号: "乙"\n', 7, 5, "引号"),
    ],
)
def test_nothing_behind_a_note_mark_is_blamed(rows: str, line: int, column: int, words: str) -> None:
    node, findings = read((NOTED + rows).encode(), "tables.yaml")
    assert node is None
    assert [(f.rule, f.place.line, f.place.column) for f in findings] == [("SRC-SYNTAX", line, column)]
    assert words in findings[0].message.zh and findings[0].message.en


def test_a_byte_order_mark_does_not_hide_why_a_file_is_refused() -> None:
    found = read("\ufeff甲: [1\n".encode(), "t.yaml")[1]
    assert [finding.rule for finding in found] == ["SRC-BOM", "SRC-SYNTAX"]


@pytest.mark.parametrize(
    "text",
    [
        "位置: [甲,\n  乙]\n接受:\n- 规则: 甲\n  原因: 一段话\n    接着写\n- 规则: 乙\n",
        "原因: |\n  [没有关\n  “引号\n标题: it's # don't\n",
        "联系: {地址: 甲, 邮编:\n    乙}\n'名 称': 甲[1\n",
        "标题: \"甲\n  乙\"\n文号: '甲''乙'\n",
    ],
)
def test_what_is_allowed_is_no_slip(text: str) -> None:
    assert read(text.encode(), "t.yaml")[1] == []


@pytest.mark.parametrize(
    ("line", "quiet"),
    [
        ("甲: 乙 # 丙，丁", "甲: 乙 "),
        ('甲: "乙 # 丙" # 丁', "甲: \0\0\0\0\0\0\0 "),
        ("甲: 乙#丙", "甲: 乙#丙"),
        ("# 丙", ""),
        ("甲: it's # don't", "甲: it's "),
    ],
)
def test_a_note_is_cut_off_and_quotes_are_blanked(line: str, quiet: str) -> None:
    assert without_comment(line) == quiet


@given(st.lists(st.sampled_from(["甲: ", "\n  ", "［", "\t", *"甲[]{},:\"'# \n-"]), max_size=30).map("".join))
def test_whatever_is_typed_a_refused_file_has_an_error_within_it(text: str) -> None:
    node, findings = read(text.encode(), "t.yaml")
    lines = text.split("\n")
    assert node is not None or findings
    for place in (finding.place for finding in findings if finding.rule == "SRC-SYNTAX"):
        assert 1 <= place.line <= len(lines) + 1
