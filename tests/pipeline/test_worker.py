"""A worker reads, checks and draws whole organs, and keeps of each report only what others need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.collection.folder import read_pictures, scan
from generator.collection.office import open_office
from generator.collection.plain_values import Summaries
from generator.collection.summary import summarise
from generator.finding import Finding
from generator.pipeline.organ_record import load_findings
from generator.pipeline.stage_writer import StageWriter, path_of
from generator.pipeline.worker import Batch, Worker
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import made

PICTURE = "\n![示例图](tu.png)\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(
        tmp_path / "content",
        {"2020/shili": (tables(2020), prose(2020)), "2021/shili": (tables(2021), prose(2021) + PICTURE)},
    )
    (content / "2021/shili/tu.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return content


def found(batch: Batch) -> list[Finding]:
    return [item for record in batch.organs for report in record.reports for item in load_findings(report.findings)]


def worker(content: Path, stage: Path | None = None) -> Worker:
    return Worker(open_office(content), scan(content)[0], StageWriter("", str(stage)) if stage else None)


def test_without_a_writer_nothing_is_drawn(content: Path) -> None:
    batch = worker(content).check(0, scan(content)[0])
    assert batch.reports == 2 and batch.staged == ([], 0)
    (record,) = batch.organs
    assert [(report.year, report.summary, report.pieces) for report in record.reports] == [
        (2020, "", ()),
        (2021, "", ()),
    ]
    assert [json.loads(report.facts)[0][0][0][0] for report in record.reports] == [2020, 2021]


def test_with_a_writer_pages_downloads_and_pictures_are_staged(content: Path, tmp_path: Path) -> None:
    batch = worker(content, tmp_path / "stage").check(7, scan(content)[0])
    files = made(tmp_path / "stage/site")
    assert {"2021/shili/index.html", "2021/shili/tu.png", "2021/shili/tables.csv", "organs/shili/index.html"} <= set(
        files
    )
    assert len(batch.staged.lines) == batch.staged.written == len(files) and batch.part == "000007"
    (record,) = batch.organs
    assert record.sound and [Summaries().load(json.loads(report.summary)).year for report in record.reports] == [
        2020,
        2021,
    ]
    assert [report.pictures for report in record.reports] == [(), ("tu.png",)]
    years = [[f"data/{year}{end}" for end in (".csv", ".csv.gz", "-indicators.csv")] for year in (2020, 2021)]
    assert [[path for path, _, _ in report.pieces] for report in record.reports] == [
        [*names, "data/index.json"] for names in years
    ]


def test_a_report_is_checked_with_the_year_before_at_hand(content: Path) -> None:
    (content / "2021/shili/tables.yaml").write_text(tables(2021, 表三_上年结转=[5, 0, 0, 0, 0, 0, 5]), encoding="utf-8")
    refs = scan(content)[0]
    assert "T3-YOY-CARRY" in {finding.rule for finding in found(worker(content).check(0, refs))}
    assert "T3-YOY-CARRY" not in {finding.rule for finding in found(worker(content).check(0, refs[1:]))}


def test_a_report_that_cannot_be_read_stops_no_other(content: Path) -> None:
    (content / "2020/shili/tables.yaml").write_text("甲: [", encoding="utf-8")
    batch = worker(content).check(0, scan(content)[0])
    assert "SRC-SYNTAX" in {finding.rule for finding in found(batch)}
    assert [json.loads(report.facts)[0][4] for report in batch.organs[0].reports] == [[[2020, "shili"]], []]


@pytest.mark.parametrize("where", ["generator.pipeline.worker.read_pictures", "generator.pipeline.worker.summarise"])
def test_a_fault_of_ours_in_one_report_is_a_finding_and_the_others_go_on(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    original = read_pictures if where.endswith("read_pictures") else summarise

    def fail_at_2020(*arguments: Any) -> Any:
        year = arguments[1].year if len(arguments) > 1 else arguments[0].ref.year
        if year == 2020:
            raise ValueError("示例")
        return original(*arguments)

    monkeypatch.setattr(where, fail_at_2020)
    batch = worker(content, tmp_path / "stage").check(0, scan(content)[0])
    (fault,) = [finding for finding in found(batch) if finding.rule == "TOOL-FAULT"]
    assert (fault.year, fault.organ, fault.blocking) == (2020, "shili", True) and "ValueError: 示例" in fault.message.zh
    (record,) = batch.organs
    assert [bool(report.summary) for report in record.reports] == [False, True] and not record.sound


def test_in_a_preview_both_languages_keep_the_last_good_page_of_a_report_that_cannot_be_read(
    content: Path, tmp_path: Path
) -> None:
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("英文页面: {网站名称: Example District}\n")
    office, refs = open_office(content), scan(content)[0]
    Worker(office, refs, StageWriter("", str(tmp_path / "first")), preview=True).check(0, refs)
    (content / "2020/shili/tables.yaml").write_text("甲: [", encoding="utf-8")
    writer = StageWriter(str(tmp_path / "first/site"), str(tmp_path / "second"))
    staged = Worker(office, refs, writer, preview=True).check(0, refs).staged
    paths = {path_of(line) for line in staged.lines}
    assert {"2020/shili/index.html", "en/2020/shili/index.html", "en/organs/shili/index.html"} <= paths
