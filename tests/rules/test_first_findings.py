"""A file with thousands of findings: the worst are listed, the others counted, and the exit code is the same."""

from __future__ import annotations

from dataclasses import replace

from generator import limits
from generator.finding import Finding, Level, Message, Place
from generator.rules.first_findings import first_findings


def found(file: str, line: int, level: Level = Level.WARNING) -> Finding:
    return Finding("X-Y", level, Place(file, line, 1), Message("示例", "example"))


def test_as_many_as_are_allowed_stay_as_they_are() -> None:
    some = [found("2021/shili/tables.yaml", line) for line in range(limits.FINDINGS)]
    assert first_findings(some) == some


def test_the_worst_are_listed_and_the_others_counted() -> None:
    file = "2021/shili/tables.yaml"
    notes = [found(file, line, Level.NOTE) for line in range(300)]
    warnings = [found(file, line) for line in range(150)]
    errors = [found(file, 900 + line, Level.ERROR) for line in range(60)]
    accepted = [replace(found(file, 5, Level.ERROR), accepted="示例原因")]
    *kept, more = first_findings([*notes, *warnings, *errors, *accepted, found("2021/shili/report.md", 1)])[:-1]
    assert [f for f in kept if f.level is Level.ERROR] == errors + accepted
    assert [f for f in kept if f.level is Level.WARNING] == warnings[: limits.FINDINGS - 60]
    assert [f for f in kept if f.level is Level.NOTE] == []
    assert (more.rule, more.level, more.place) == ("FILE-MORE", Level.WARNING, Place(file))
    assert "另有310处没有列出（错误0，警告10，提示300）" in more.message.zh and "310 more" in more.message.en


def test_an_error_that_is_left_out_still_counts_as_one() -> None:
    *_, more = first_findings([found("site.yaml", line, Level.ERROR) for line in range(201)])
    assert more.blocking and "错误1" in more.message.zh


def test_files_that_are_not_read_count_together_by_their_folder() -> None:
    strays = [found(f"2021/shili/{number}.txt", 0) for number in range(500)]
    *_, more = first_findings(strays)
    assert (more.place.file, "另有300处" in more.message.zh) == ("2021/shili/", True)


def test_a_long_message_loses_its_middle() -> None:
    long = replace(found("site.yaml", 1), message=Message("甲" * 9_000 + "乙", "a" * 9_000), subject="b" * 9_000)
    (finding,) = first_findings([long])
    assert finding.message.zh.endswith("乙") and all(len(text) < 610 for text in (*finding.message, finding.subject))
