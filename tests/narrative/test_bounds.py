"""What is too much for one narrative stays as typed and is told: brackets, cells, columns, depth."""

from __future__ import annotations

import pytest

from generator import limits
from generator.finding import Level
from generator.narrative.html import NarrativeHtml, read_prose

HEAD = "## 一、总体情况\n\n"


def read(text: str) -> NarrativeHtml:
    return read_prose(HEAD + text, "report.md", lambda key: None)


def rules(prose: NarrativeHtml) -> list[tuple[str, Level, int]]:
    return [(finding.rule, finding.level, finding.place.line) for finding in prose.findings]


def table(rows: int, columns: int) -> str:
    return f"|{'甲|' * columns}\n|{'-|' * columns}\n" + f"|{'乙|' * columns}\n" * rows + "\n"


def test_a_table_of_as_many_columns_as_are_allowed_is_one() -> None:
    prose = read(table(1, limits.COLUMNS))
    assert prose.sections[0].html.count("<td>") == limits.COLUMNS and rules(prose) == []


def test_a_table_of_more_columns_stays_as_typed() -> None:
    prose = read(table(1, limits.COLUMNS + 1))
    assert "<td>" not in prose.sections[0].html and prose.sections[0].html.count("乙") == limits.COLUMNS + 1
    assert ("MD-TABLE", Level.ERROR, 3) in rules(prose)


def test_tables_beyond_the_cells_of_a_narrative_stay_as_typed_and_are_told_once() -> None:
    one = table(limits.CELLS // 4, 2)
    prose = read(one * 4)
    assert prose.sections[0].html.count("<table") == 1 and prose.sections[0].html.count("乙") == 8 * (limits.CELLS // 4)
    assert [rule for rule, level, _ in rules(prose) if level is Level.ERROR] == ["MD-TABLE"]


def test_links_behind_too_many_brackets_stay_as_typed() -> None:
    link = "\n\n[甲](https://www.example.gov.cn/)"
    few, many = read("[ " * 100 + link), read("[ " * limits.BRACKETS + "\n" + link)
    assert "<a href" in few.sections[0].html and rules(few) == []
    assert "<a href" not in many.sections[0].html and "[甲](https" in many.sections[0].html
    assert ("MD-LINK", Level.ERROR) in [item[:2] for item in rules(many)]


@pytest.mark.parametrize("depth", [5, 8, 9, 12, 40])
@pytest.mark.parametrize("kind", ["list", "numbers", "quote"])
def test_nothing_is_lost_however_deep(kind: str, depth: int) -> None:
    if kind == "quote":
        text = "".join(f"{'>' * (2 * n + 1)} 甲{n}乙\n\n" for n in range(depth))
    else:
        mark = "- " if kind == "list" else "1. "
        text = "".join(" " * len(mark) * n + f"{mark}甲{n}乙\n" for n in range(depth))
    prose = read(text)
    assert [n for n in range(depth) if f"甲{n}乙" not in prose.sections[0].html] == []
    assert ("MD-DEEP" in {rule for rule, _, _ in rules(prose)}) is (depth > 8)
