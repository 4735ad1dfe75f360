"""示例 narratives for the rules on numbers: one sentence added to a consistent report."""

from __future__ import annotations

from generator.finding import Finding, Level
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from tests.example import FORMS, findings, prose, tables


def row(count: int) -> list[object]:
    return [count, 0, 0, 0, 0, 0, count]


FIGURES: dict[str, list[object]] = {
    "表三_本年新收": row(22),
    "表三_上年结转": row(1),
    "表三_予以公开": row(15),
    "表三_部分公开": row(2),
    "表三_属于国家秘密": row(1),
    "表三_属于行政执法案卷": row(1),
    "表三_本机关不掌握": row(2),
    "表三_重复申请": row(1),
    "表三_总计": row(22),
    "表三_结转下年度": row(1),
    "表四_件数": [1, 0, 0, 1, 2, 2, 1, 0, 0, 3, 1, 0, 0, 0, 1],
    "表二_行政规范性文件": [9, 1, 30],
}
ZERO: dict[str, list[object]] = {"表三_本年新收": row(0), "表三_予以公开": row(0), "表三_总计": row(0)}


def narrative_findings(
    sentence: str, year: int = 2021, previous: LoadedReport | None = None, **rows: list[object]
) -> list[Finding]:
    """Returns what the narrative's rules find in one sentence added to a consistent report."""
    text = tables(year, "shili", **(rows or FIGURES))
    everything = findings(year, text, prose(year) + f"\n{sentence}\n", previous=previous)
    assert [f.message.zh for f in everything if f.rule == "TOOL-FAULT"] == []
    # prose() itself says 收到申请{{…}}件，均已答复
    return [f for f in everything if f.rule.startswith("NAR-") and f.rule != "NAR-REV"]


def brief(items: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.subject, f.values) for f in items]


def line_of(sentence: str) -> int:
    """Returns the line of the report on which the last line of an added sentence stands."""
    return (prose(2021) + sentence).count("\n") + 2


def assert_reported(sentence: str, rule: str, subject: str, values: str, at: str) -> None:
    """Asserts that a sentence has just this one finding, a warning that stands where `at` does."""
    (finding,) = narrative_findings(sentence)
    assert (finding.rule, finding.subject, finding.values, finding.level) == (rule, subject, values, Level.WARNING)
    assert (finding.place.file, finding.place.line) == ("2021/shili/report.md", line_of(sentence))
    assert finding.place.column == sentence.rpartition("\n")[2].rindex(at) + 1
    assert finding.message.zh and finding.message.en


def report_of(year: int = 2020, **rows: list[object]) -> LoadedReport:
    """Reads a consistent report with some rows of its tables replaced."""
    entry, _ = read_entry(
        ReportRef(year, "shili", f"{year}/shili"),
        Files(tables(year, "shili", **rows).encode(), prose(year).encode()),
        FORMS,
    )
    assert entry is not None
    return entry


def entry_of(narrative: str) -> LoadedReport:
    """Reads a report with the example's figures and a narrative of its own."""
    files = Files(tables(2021, "shili", **FIGURES).encode(), narrative.encode())
    entry, _ = read_entry(ReportRef(2021, "shili", "2021/shili"), files, FORMS)
    assert entry is not None
    return entry


LAST = report_of(表三_本年新收=row(20), 表三_部分公开=row(2), 表三_予以公开=row(18), 表三_总计=row(20))
