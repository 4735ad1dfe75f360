"""Findings on a terminal: in the order of their places, harmless, counted."""

from __future__ import annotations

import pytest

from generator.finding import Finding, Level, Message, Place
from generator.printers.clean import harmless
from generator.printers.terminal import lines, print_findings, totals

FINDINGS = [
    Finding("B", Level.WARNING, Place("b.yaml", 2, 1), Message("乙", "b")),
    Finding("A", Level.ERROR, Place("a.yaml", 12, 3), Message("甲\x1b[2J", "a"), related=(Place("r.yaml", 1, 1),)),
    Finding("C", Level.ERROR, Place("a.yaml", 3, 3), Message("丙", "c"), accepted="示例原因"),
    Finding("D", Level.NOTE, Place("a.yaml"), Message("丁", "d")),
]


def test_findings_stand_by_file_and_line() -> None:
    assert [text for _, text in lines(FINDINGS, "zh")] == [
        "a.yaml",
        "        -  提示  D  丁",
        "      3:3  已接受  C  丙",
        "           原因: 示例原因",
        "     12:3  错误  A  甲\\u001b[2J",
        "           另见 r.yaml:1:1",
        "b.yaml",
        "      2:1  警告  B  乙",
    ]


def test_levels_are_counted_and_accepted_ones_apart() -> None:
    assert totals(FINDINGS, "zh") == "错误 1，警告 1，提示 1，已接受 1"
    assert totals(FINDINGS, "en") == "1 error, 1 warning, 1 note, 1 accepted"


def test_accepted_findings_can_be_left_out_and_are_counted_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings(FINDINGS, "en", hide_accepted=True)
    printed = capsys.readouterr().out
    assert "C  c" not in printed and printed.endswith("1 note, 1 accepted\n")


@pytest.mark.parametrize(
    ("name", "shown"), [("甲.docx", "甲.docx"), ("a\nb", "a\\u000ab"), ("\u202efdp", "\\u202efdp")]
)
def test_a_name_cannot_command_the_terminal(name: str, shown: str) -> None:
    assert harmless(name) == shown
