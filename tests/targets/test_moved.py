"""Reports that move to another address, as when an organ is renamed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.collection.redirects import Redirect
from generator.ledger.chain import Override
from generator.ledger.sums import FileSum
from generator.ledger.verify import verify
from generator.targets.moved import moved_files
from tests.targets.samples import FILES, Desk, record

STUB = "示例跳转".encode()
MOVED = {
    "index.html": b"1",
    "2021/shili/index.html": STUB,
    "2021/xin/index.html": "示例报告，收到3件".encode(),
    "2021/xin/report.json": record(),
    "assets/style.0a0a0a0a.css": b"p{}",
}
TOLD = [{"name": "表三.本年新收.总计", "date": "2022-03-01", "old": "3", "new": "4", "reason": "示例"}]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    settings = replace(desk.portal.settings, redirects=(Redirect("2021/shili/", "2021/xin/"),))
    desk.portal = desk.portal._replace(settings=settings)
    return desk


def gates(desk: Desk, files: dict[str, bytes]) -> set[str]:
    return {item.gate for item in desk.prepare(files).refusals} - {"identifiers", "stale"}


def test_a_renamed_organ_keeps_its_files_at_the_old_address_and_they_stay_like_those_at_the_new(desk: Desk) -> None:
    desk.publish()
    assert gates(desk, MOVED) == set()
    desk.publish(MOVED)
    assert desk.target.read("2021/shili/report.json") == MOVED["2021/xin/report.json"]
    corrected = MOVED | {"2021/xin/report.json": record(received="4", corrections=TOLD)}
    assert gates(desk, corrected) == set()
    desk.publish(corrected)
    assert desk.target.read("2021/shili/report.json") == corrected["2021/xin/report.json"]
    assert desk.target.read("2021/xin/first-published.html") == MOVED["2021/xin/index.html"]
    assert desk.target.read("2021/shili/first-published.html") is None  # there the page only leads on
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()


def test_no_figure_and_no_date_changes_by_being_moved(desk: Desk) -> None:
    desk.publish()
    assert gates(desk, MOVED | {"2021/xin/report.json": record(received="4")}) == {"correction"}
    assert gates(desk, MOVED | {"2021/xin/report.json": record("2022-01-21")}) == {"redate"}


def test_the_page_as_first_published_moves_along(desk: Desk) -> None:
    desk.publish()
    both = MOVED | {"2021/xin/report.json": record(received="4", corrections=TOLD)}
    desk.publish(both)
    for folder in ("2021/shili", "2021/xin"):
        assert desk.target.read(f"{folder}/first-published.html") == FILES["2021/shili/index.html"], folder
        assert desk.target.read(f"{folder}/first-published.json") == FILES["2021/shili/report.json"], folder


def test_a_ledger_that_is_set_aside_does_not_stop_a_publication_with_moved_files(desk: Desk) -> None:
    desk.publish()
    desk.publish(MOVED)
    desk.publish(MOVED | {"index.html": b"2"}, [Override("chain", "示例")])
    assert desk.target.read("2021/xin/report.json") == MOVED["2021/xin/report.json"]


def test_files_without_a_redirect_or_a_counterpart_are_not_taken_for_moved() -> None:
    one = FileSum(1, "1", "")
    public = dict.fromkeys(["2020/a/report.json", "2020/a/tu.png", "2020/b/report.json", "2020/a/old.html"], one)
    built = dict.fromkeys(["2020/a/index.html", "2020/d/report.json", "2020/d/old.html", "2020/d/tu.png"], one)
    built["2020/a/tu.png/index.html"] = one  # a redirect of its own
    leads = [
        Redirect("2020/a/", "2020/c/"),
        Redirect("2020/c/", "2020/d/"),
        Redirect("2020/b/", "https://example.org/"),
    ]
    assert moved_files(leads, public, built) == {"2020/a/report.json": "2020/d/report.json"}
