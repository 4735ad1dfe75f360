"""Findings as SARIF."""

from __future__ import annotations

import json

from generator.finding import Finding, Level, Message, Place
from generator.printers.sarif import sarif
from tests.example import findings
from tests.printers.samples import ACCEPTED, BROKEN


def test_sarif_suppresses_what_is_accepted_and_explains_its_rules() -> None:
    log = json.loads(
        sarif(findings(2022, BROKEN + ACCEPTED), "zh", "1", "content", lambda rule: Message(f"{rule}的说明", "doc"))
    )
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("content/2022/shili/") and place["region"]["startLine"] > 0
    blank = next(result for result in run["results"] if result["ruleId"] == "T2-BLANK")
    assert blank["suppressions"] == [{"kind": "inSource", "justification": "示例：原表空白"}]
    assert rules[0]["help"]["text"] == f"{rules[0]['id']}的说明"


def test_sarif_addresses_are_addresses() -> None:
    found = Finding(
        "X", Level.NOTE, Place("2022/a b/图 1.md", 2, 3), Message("甲", "a"), related=(Place("r.yaml", 1, 1),)
    )
    result = json.loads(sarif([found], "en", "1", "", lambda rule: None))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "2022/a%20b/%E5%9B%BE%201.md"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "r.yaml"
