"""Reports as they are public: what a new one is compared with, and what stays of them as first published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ledger.verify import verify
from tests.targets.samples import FILES, NEXT, Desk, record


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_public_report_that_somebody_broke_does_not_stop_the_comparison(desk: Desk) -> None:
    desk.publish()
    (desk.folder / "www/current/2021/shili/report.json").write_bytes(b"\xff")
    assert desk.prepare(NEXT).reports.old == {"2021/shili/report.json": None}


def test_the_page_as_first_published_stays_at_its_own_address_for_good(desk: Desk) -> None:
    desk.publish()
    told = [{"name": "表三.本年新收.总计", "old": "3", "new": "4"}]
    desk.publish({**NEXT, "2021/shili/report.json": record(received="4", corrections=told)})
    first = "2021/shili/first-published"
    assert desk.target.read(f"{first}.html") == FILES["2021/shili/index.html"]
    assert desk.target.read(f"{first}.json") == FILES["2021/shili/report.json"]
    for number in range(3):
        desk.publish({**NEXT, "index.html": str(number).encode(), "assets/style.0c0c0c0c.css": b"3"})
        assert desk.target.read(f"{first}.html") == FILES["2021/shili/index.html"]
        assert desk.target.read("assets/style.0a0a0a0a.css") is not None  # its style sheet
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()


def test_a_report_that_is_new_with_its_corrections_has_no_dead_link(desk: Desk) -> None:
    told = [{"name": "表三.本年新收.总计", "old": "3", "new": "4"}]
    first = "2021/shili/first-published.html"
    desk.publish({**FILES, "2021/shili/report.json": record(received="4", corrections=told)})
    stub = desk.target.read(first)
    assert stub is not None and "没有更正前的页面" in stub.decode()
    desk.publish({**NEXT, "2021/shili/report.json": record(received="5", corrections=[*told, *told])})
    assert desk.target.read(first) == stub


@pytest.mark.parametrize("corrected", [False, True])
def test_a_report_that_was_withdrawn_comes_again_as_it_was_or_with_a_correction(
    tmp_path: Path, corrected: bool
) -> None:
    desk = Desk(tmp_path)
    desk.publish()
    desk.publish({"index.html": b"1"})  # the gate refused: set aside
    desk.publish({"index.html": b"2"})
    again = {**FILES, "index.html": b"3"}
    assert "correction" not in {item.gate for item in desk.prepare(again).refusals}
    correction = {"date": "2026-01-30", "name": "表三.本年新收.总计", "old": "3", "new": "4"}
    changed = record("2022-01-21", "4", [correction] if corrected else [])
    said = {item.gate: item.message.zh for item in desk.prepare({**again, "2021/shili/report.json": changed}).refusals}
    assert "2022-01-20 → 2022-01-21" in said["redate"]
    assert corrected or "表三.本年新收.总计 3 → 4" in said["correction"]
    assert ("correction" in said) != corrected
