"""What findings are printed as: JSON, SARIF, workflow commands, a page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from generator.finding import Finding, Level, Message, Place
from generator.printers.findings_json import as_json
from generator.printers.github import workflow_commands
from generator.printers.sarif import sarif
from tests.example import findings, prose, tables, write_content

BROKEN = tables(2022, 表三_重复申请=[0, 0, 0, 0, 0, 0, 2], 表二_规章=["~", 0, 0])
ACCEPTED = "接受:\n  - {规则: T2-BLANK, 位置: 表二.规章.本年制发件数, 原因: 示例：原表空白, 批准人: 示例甲, 批准日期: 2023-01-20}\n"


def nianbao(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_content(
        tmp_path_factory.mktemp("printers") / "content", {"2022/shili": (BROKEN + ACCEPTED, prose(2022))}
    )


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


def test_workflow_commands_escape_what_would_end_them() -> None:
    found = [
        Finding("T3-SUM", Level.ERROR, Place("2022/a,b.yaml", 3, 7), Message("一\n::error::二 100%", "en")),
        Finding("T3-SUM", Level.WARNING, Place("f"), Message("已接受", "en"), accepted="因"),
    ]
    assert list(workflow_commands(found, "zh", "content")) == [
        "::error file=content/2022/a%2Cb.yaml,line=3,col=7,title=T3-SUM::一%0A::error::二 100%25"
    ]


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("sarif", "{"), ("github", "::"), ("text", "2022/")])
def test_the_command_prints_each_format_and_exits_1_on_errors(content: Path, form: str, start: str) -> None:
    done = nianbao("check", "--content", content, "--format", form)
    assert (done.returncode, done.stderr) == (1, "") and done.stdout.startswith(start)


def test_the_command_writes_to_a_file_or_says_why_not(content: Path, tmp_path: Path) -> None:
    assert nianbao("check", "--content", content, "--format", "json", "--output", tmp_path / "f.json").returncode == 1
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["counts"]["error"] >= 2
    done = nianbao("check", "--content", content, "--format", "json", "--output", tmp_path / "no" / "f.json")
    assert (
        done.returncode == 2
        and f"“{tmp_path / 'no' / 'f.json'}”时出错：没有这个文件或文件夹" in done.stderr
        and "Traceback" not in done.stderr
    )


def test_a_report_is_explained_in_prose(content: Path) -> None:
    done = nianbao("explain", content / "2022/shili")
    assert done.returncode == 0
    assert "【错误】T3-ROW" in done.stdout and "│ 表三每行" in done.stdout and "← 示例：原表空白" in done.stdout
    assert done.stdout.index("【错误】") < done.stdout.index("已接受，不再处理")


@pytest.fixture
def page(content: Path, tmp_path: Path) -> Iterator[Page]:
    nianbao("check", "--content", content, "--format", "html", "--output", tmp_path / "findings.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        trouble: list[str] = []
        page.on("console", lambda message: trouble.append(message.text))
        page.goto(f"file://{tmp_path / 'findings.html'}")
        yield page
        assert trouble == []
        browser.close()


def test_the_page_marks_cells_filters_and_is_accessible(page: Page) -> None:
    row = page.locator("li[data-rule=T3-ROW]")
    assert row.locator("mark").all_inner_texts() == ["0", "0", "0", "0", "0", "0", "2"]
    assert row.locator("tbody th").inner_text() == "三、本年度办理结果／（五）不予处理／2.重复申请"
    assert not page.locator("li[data-level=accepted]").first.is_visible()
    page.get_by_label("已接受").check()
    assert page.locator("li[data-level=accepted]").first.is_visible()
    page.get_by_label("规则").select_option("T3-ROW")
    assert page.locator("li.finding:visible").count() == 1
    assert page.locator("#shown").inner_text().startswith("显示 1 项")
    page.get_by_label("规则").select_option("")
    assert not Axe().run(page, options={"preload": False}).response["violations"]
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
