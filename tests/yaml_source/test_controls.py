"""Characters that nobody sees: raw or written as an escape, they stop a file and are told with their place."""

from __future__ import annotations

import pytest

from generator.narrative.html import read_prose
from generator.yaml_source.controls import CONTROL, code_of
from generator.yaml_source.reader import decode, read

UNSEEN = [
    *("\0", "\x07", "\x1b", "\x7f", "\x80", "\x85", "\x9f", "\u061c", "\u200e", "\u200f", "\u2028", "\u2029"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\ufffe"),
    *("\ufff9", "\U000e0041"),
]


@pytest.mark.parametrize("character", UNSEEN, ids=map(code_of, UNSEEN))
def test_typed_or_pasted_it_is_told_with_its_place(character: str) -> None:
    text, (finding,) = decode(f"甲\n乙：一{character}二{character}\n".encode(), "report.md")
    assert (text, finding.rule, finding.place.line, finding.place.column) == ("", "SRC-CONTROL", 2, 4)
    assert code_of(character) in finding.message.zh and code_of(character) in finding.message.en


@pytest.mark.parametrize("character", UNSEEN, ids=map(code_of, UNSEEN))
def test_written_as_an_escape_it_reaches_no_value(character: str) -> None:
    escape = f"\\U{ord(character):08x}"
    for text in (f'标题: 甲\n地址: "一{escape}二"\n', f'甲: [1, "{escape}22"]\n', f'"甲{escape}": 1\n'):
        node, findings = read(text.encode(), "tables.yaml")
        assert node is None and "SRC-CONTROL" in {finding.rule for finding in findings}, text


@pytest.mark.parametrize("typed", ['"\\e[2J"', '"\\0"', '"\\r"', '"\\x1b"', '"\\u202e"', '"\\N"', '"\\L"', '"\\P"'])
def test_yaml_has_short_names_for_some(typed: str) -> None:
    (finding,) = read(f"甲: 1\n乙: {typed}\n".encode(), "tables.yaml")[1]
    assert (finding.rule, finding.place.line, finding.place.column) == ("SRC-CONTROL", 2, 4)


def test_other_lines_with_more_of_them_are_named() -> None:
    _, (finding,) = decode("一\u200e\n二\n三\u202e\n四\u200f\n".encode(), "report.md")
    assert finding.place.line == 1 and "第3、4行也有" in finding.message.zh


@pytest.mark.parametrize("text", ["甲\t乙\n", "“引”—…　·", "\u3000\u3000甲", "𠮷㐀", "é", "a\u200bb"])
def test_ordinary_characters_are_none(text: str) -> None:
    assert not CONTROL.search(text)


@pytest.mark.parametrize(
    "typed",
    [
        "&#x202e;甲",
        "&lrm;甲",
        "&#27;甲",
        '![甲](a.png "乙&#x202e;丙")',
        '[甲](http://a.cn "乙&rlm;丙")',
        "<http://a.cn/%E2%80%AE>",
        "![甲](%E2%80%AE.png)",
    ],
)
def test_no_detour_of_the_narrative_brings_one_to_the_page(typed: str) -> None:
    page = read_prose(typed, "report.md", dict[str, str]().get)
    assert not CONTROL.search(page.preface.replace("\n", "")) and "202e;" not in page.preface.replace(
        "&amp;#x202e;", ""
    )
