"""Findings as JSON."""

from __future__ import annotations

from generator.printers.findings_json import as_json
from tests.example import findings
from tests.printers.samples import ACCEPTED, BROKEN


def test_json_names_place_cells_and_acceptance() -> None:
    rows = {item["rule"]: item for item in (as_json(finding, "zh") for finding in findings(2022, BROKEN + ACCEPTED))}
    row = rows["T3-ROW"]
    assert {key: row[key] for key in ("level", "file", "organ", "year", "accepted", "values", "subject")} == {
        "level": "error",
        "file": "2022/shili/tables.yaml",
        "organ": "shili",
        "year": 2022,
        "accepted": False,
        "values": "0 ≠ 2",
        "subject": "表三.重复申请.总计",
    }
    assert row["cells"][-1] == {
        "table": "t3",
        "row": ["三、本年度办理结果", "（五）不予处理", "2.重复申请"],
        "column": ["申请人情况", "总计"],
    }
    assert BROKEN.splitlines()[row["line"] - 1][row["column"] - 1] == "2"
    assert rows["T2-BLANK"]["accepted"] is True and rows["T2-BLANK"]["reason"] == "示例：原表空白"
