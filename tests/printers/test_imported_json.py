"""Imports as `nianbao.import/1`: every uncertain cell with its place and reason; the roll-up after a folder of
workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.importer.run import Importer, ImportRequest, ImportResult
from generator.printers.imported_json import as_record, coverage, document
from tests.example import write_content
from tests.importer.samples import dump_text, figures


def imported(tmp_path: Path, text: str) -> ImportResult:
    content = write_content(tmp_path / "content", {})
    file = tmp_path / "报告.txt"
    file.write_text(text, encoding="utf-8")
    return Importer(ImportRequest(content)).run(file)


def test_a_record_accounts_for_every_cell(tmp_path: Path) -> None:
    record = as_record(imported(tmp_path, dump_text(2020, figures(2020))), "zh")
    assert (record["status"], record["organ"], record["year"]) == ("new", "shili", 2020)
    assert record["figures"]["certain"] == 198 and record["uncertain"] == []
    cells = record["cells"]
    assert cells["read"] == cells["labels"] + cells["mapped"] + cells["kept"] + cells["ignored"]


@pytest.mark.slow
def test_an_uncertain_cell_is_listed_with_its_name_and_reason(tmp_path: Path) -> None:
    text = dump_text(2020, figures(2020, t3_本年新收=["很多", 0, 0, 0, 0, 0, 3]))
    (cell,) = as_record(imported(tmp_path, text), "zh")["uncertain"]
    assert (cell["cell"], cell["raw"]) == ("表三.本年新收.自然人", "很多") and cell["place"] and cell["why"]


def test_a_file_that_is_refused_still_has_a_record(tmp_path: Path) -> None:
    record = as_record(imported(tmp_path, "与年报无关的文字。"), "en")
    assert record["status"] == "refused" and [item["rule"] for item in record["findings"]] == ["IMP-REFUSED"]


def test_the_document_counts_the_findings_of_all_files(tmp_path: Path) -> None:
    results = [imported(tmp_path, "与年报无关的文字。")]
    whole = document(results, [], "zh")
    assert (whole["schema"], whole["rollup"], whole["counts"]["error"]) == ("nianbao.import/1", [], 1)


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2])
def test_files_that_are_no_workbooks_of_ours_ask_for_no_roll_up(tmp_path: Path, number: int) -> None:
    results = [imported(tmp_path, dump_text(2020, figures(2020)))] * number
    assert coverage(tmp_path / "content", results) == []
