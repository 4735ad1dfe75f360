"""Rules over all reports run a year at a time, and again only where something of the year has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.collection.facts import CollectionFacts
from generator.finding import Finding
from generator.pipeline import years
from generator.pipeline.request import Request
from generator.pipeline.run import gather_facts, run
from generator.rules.runner import check_year
from tests.example import ORGANS, prose, tables, write_content

UNITS = {
    f"{year}/{organ}": (tables(year, organ, 表三_本年新收=[9, 0, 0, 0, 0, 0, 9]), prose(year))
    for year in (2020, 2021)
    for organ in ("shili", "jiaju", "yizhen")
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path / "content", UNITS)
    (content / "organs.yaml").write_text(ORGANS.partition("未报告")[0], encoding="utf-8")
    return content


def sums(content: Path) -> list[Finding]:
    return [item for item in run(Request(content, jobs=1), None).findings if item.rule == "AGG-CELL"]


def test_a_year_is_looked_at_again_only_after_a_change_in_it(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    original = check_year

    def watched(facts: CollectionFacts, *rest: Any) -> list[Finding]:
        seen.append(facts.reports[0].year)
        return original(facts, *rest)

    monkeypatch.setattr(years, "check_year", watched)
    first = sums(content)
    assert {item.year for item in first} == {2020, 2021} and seen == [2020, 2021]
    assert sums(content) == first and seen == [2020, 2021]
    row = [4, 0, 0, 0, 0, 0, 4]
    changed = tables(2021, "jiaju", 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)
    (content / "2021/jiaju/tables.yaml").write_text(changed, encoding="utf-8")
    assert {item.values for item in sums(content)} != {item.values for item in first} and seen == [2020, 2021, 2021]


def test_facts_for_a_roll_up_are_those_of_the_years_asked_for_drafts_included(content: Path) -> None:
    file = content / "2021/jiaju/tables.yaml"
    file.write_text("状态: 草稿\n" + file.read_text("utf-8"), encoding="utf-8")
    office, facts = gather_facts(content, [2021])
    assert [report.organ for report in facts.reports] == ["jiaju", "shili", "yizhen"]
    assert {report.year for report in facts.reports} == {2021} and facts.withheld == {(2021, "jiaju")}
    assert office.content == content
