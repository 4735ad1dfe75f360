"""`check`: all reports, or the one whose folder is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from generator.rules.runner import COLLECTION_IDS
from tests.example import prose, tables, write_content

SUMS_DIFFER = {
    "2020/shili": (tables(2020), prose(2020)),
    "2021/shili": (tables(2021, 表三_上年结转=[5, 0, 0, 0, 0, 0, 5]), prose(2021)),
    "2021/jiaju": (tables(2021, "jiaju", 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021)),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", SUMS_DIFFER)


def check(*arguments: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["check", *map(str, arguments)])


def rules(result: Result) -> set[tuple[str, str]]:
    return {(item["organ"], item["rule"]) for item in json.loads(result.stdout)["findings"]}


def test_one_report_is_checked_alone_with_the_year_before_at_hand(content: Path) -> None:
    result = check(content / "2021/shili", "--format", "json")
    assert result.exit_code == 1
    assert ("shili", "T3-YOY-CARRY") in rules(result) and {organ for organ, _ in rules(result)} == {"shili"}


def test_its_findings_are_those_of_the_whole_but_for_rules_over_all_reports(content: Path) -> None:
    whole = check("--content", content, "--format", "json", "--jobs", "1")
    alone = rules(check(content / "2021/jiaju", "--format", "json"))
    assert alone == {(organ, rule) for organ, rule in rules(whole) if organ == "jiaju" and rule not in COLLECTION_IDS}


def test_no_other_report_is_read(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text("甲: [", encoding="utf-8")
    assert "SRC-SYNTAX" not in check(content / "2021/shili").output


def test_its_pictures_are_looked_at(content: Path) -> None:
    report = content / "2020/shili/report.md"
    report.write_text(prose(2020) + "\n![示例](tu.png)\n", encoding="utf-8")
    assert "MD-PICTURE" in check(content / "2020/shili").output


def test_strict_counts_warnings_as_errors(content: Path) -> None:
    report = content / "2020/shili/report.md"
    report.write_text(prose(2020) + "\n[点](ftp://example.gov.cn/)\n", encoding="utf-8")
    assert check(content / "2020/shili").exit_code == 0 and check(content / "2020/shili", "--strict").exit_code == 1


@pytest.mark.parametrize("path", ["2021", "2022/shili", "nowhere"])
def test_what_is_no_report_folder_is_one_sentence(content: Path, path: str) -> None:
    result = check(content / path, lang="en")
    assert result.exit_code == 2 and "a report's folder is “year/organ”, such as content/2020/boshan" in result.output
