"""A publication from start to end; the commands are walked in tests/commands/test_publish.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.chain import Override, read_ledger
from generator.targets.publication import one_at_a_time, roll_back, witness_path
from tests.targets.samples import FILES, NEXT, TIME, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_ledger_is_published_and_a_copy_kept_here(desk: Desk) -> None:
    desk.publish()
    entry = desk.publish(NEXT, [Override("vanish", "示例")])
    data = desk.target.read("ledger.jsonl")
    assert data is not None and data == witness_path(desk.office.content, desk.destination).read_bytes()
    read = read_ledger(data)
    assert read.faults == () and read.entries[-1] == entry and entry.overrides == (Override("vanish", "示例"),)
    assert set(entry.changed) == {"2021/shili/index.html", "2021/shili/report.json", "assets/style.0b0b0b0b.css"}


def test_going_back_takes_the_release_before_or_the_one_named(desk: Desk) -> None:
    witness = witness_path(desk.office.content, desk.destination)
    first = desk.publish()
    with pytest.raises(UserError, match="no earlier release"):
        roll_back(desk.target, witness, "", TIME, "示例", "")
    second = desk.publish(NEXT)
    assert roll_back(desk.target, witness, "", TIME, "示例", "")[0].release == first.release
    assert desk.target.read("2021/shili/index.html") == FILES["2021/shili/index.html"]
    assert desk.target.read("assets/style.0b0b0b0b.css") is not None  # for pages of the second that are still open
    assert roll_back(desk.target, witness, second.release, TIME, "示例", "")[0].number == 4
    with pytest.raises(UserError, match="is not kept on the target"):
        roll_back(desk.target, witness, "000009-20260101T000000Z-00000000", TIME, "示例", "")


def test_a_publication_after_going_back_starts_from_what_is_public(desk: Desk) -> None:
    witness = witness_path(desk.office.content, desk.destination)
    desk.publish()
    desk.publish(NEXT)
    roll_back(desk.target, witness, "", TIME, "示例", "")
    entry = desk.publish(NEXT)
    assert "2021/shili/index.html" in entry.changed
    assert desk.target.read("2021/shili/index.html") == NEXT["2021/shili/index.html"]


def test_without_a_section_there_is_nothing_to_publish(desk: Desk) -> None:
    with pytest.raises(UserError, match="run build first"):
        desk.prepare({"a": b""})


def test_a_public_report_that_somebody_broke_does_not_stop_the_comparison(desk: Desk) -> None:
    desk.publish()
    (desk.folder / "www/current/2021/shili/report.json").write_bytes(b"\xff")
    assert desk.prepare(NEXT).reports.old == {"2021/shili/report.json": None}


def test_one_publisher_at_a_time(desk: Desk) -> None:
    witness = witness_path(desk.office.content, desk.destination)
    with one_at_a_time(witness), pytest.raises(UserError, match="another nianbao"), one_at_a_time(witness):
        pass
