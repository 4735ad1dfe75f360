"""A publication from start to end; the commands are walked in tests/commands/test_publish.py."""

from __future__ import annotations

import errno
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.collection.destinations import Destination
from generator.collection.redirects import Redirect
from generator.finding import UserError
from generator.ledger.chain import Override, read_ledger
from generator.ledger.proposal import Proposal, propose
from generator.ledger.signature import PUBLIC_KEY, sign
from generator.targets import publication
from generator.targets.disk import Disk
from generator.targets.publication import catch_up, one_at_a_time, roll_back, witness_path
from generator.targets.release import sort_out
from generator.targets.target import Plan
from tests.targets.samples import FILES, NEXT, TIME, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_ledger_is_published_and_a_copy_kept_here(desk: Desk) -> None:
    desk.publish()
    entry = desk.publish(NEXT, [Override("vanish", "示例")])
    data = desk.target.read("ledger.jsonl")
    assert data is not None and data == witness_path(desk.portal.content, desk.destination).read_bytes()
    read = read_ledger(data)
    assert read.faults == () and read.entries[-1] == entry and entry.overrides == (Override("vanish", "示例"),)
    assert set(entry.changed) == {"2021/shili/index.html", "2021/shili/report.json", "assets/style.0b0b0b0b.css"}


def test_a_copy_of_the_ledger_that_could_not_be_written_is_told_and_made_up_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    witness = witness_path(desk.portal.content, desk.destination)
    monkeypatch.setattr(publication, "write_bytes", full)
    with pytest.raises(UserError, match=r"is public, but the copy .* \(the disk is full\)"):
        desk.publish()
    monkeypatch.undo()
    again = desk.prepare()
    assert not again.alters and not witness.exists()
    catch_up(again)
    assert witness.read_bytes() == desk.target.read("ledger.jsonl")


class Unsearched(tuple[str, ...]):
    """Paths that may be gone through, but not searched for one: done for each file, that is quadratic."""

    def __contains__(self, path: object) -> bool:
        raise AssertionError(f"{path} is searched for among all others")

    index = count = __contains__  # type: ignore[assignment]


def test_no_file_is_searched_for_among_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a report moved, and where the oldest release becomes the new one."""
    desk = Desk(tmp_path, Destination("本机", "目录", {"方式": "目录", "目录": "www", "保留": "2"}))
    settings = replace(desk.portal.settings, redirects=(Redirect("2021/shili/", "2021/xin/"),))
    desk.portal = desk.portal._replace(settings=settings)

    def proposed(*asked: Any) -> Proposal:
        files, *lists = propose(*asked)
        return Proposal(files, *map(Unsearched, lists))

    def sorted_out(disk: Disk, plan: Plan, *more: Any) -> Any:
        changed, kept, gone = map(Unsearched, (plan.changed, plan.kept, plan.gone))
        return sort_out(disk, plan._replace(changed=changed, kept=kept, gone=gone), *more)

    monkeypatch.setattr(publication, "propose", proposed)
    monkeypatch.setattr("generator.targets.pointer.sort_out", sorted_out)
    moved = {path.replace("shili", "xin"): data for path, data in FILES.items()}
    stub = {"2021/shili/index.html": b"1"}
    for files in (FILES, moved | stub, moved | stub | {"index.html": b"2"}):
        desk.publish(files)
    assert desk.ledger.files.keys() == {*FILES, *moved} and len(desk.target.releases()) == 2


def test_going_back_takes_the_release_before_or_the_one_named(desk: Desk) -> None:
    witness = witness_path(desk.portal.content, desk.destination)
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
    witness = witness_path(desk.portal.content, desk.destination)
    desk.publish()
    desk.publish(NEXT)
    roll_back(desk.target, witness, "", TIME, "示例", "")
    entry = desk.publish(NEXT)
    assert "2021/shili/index.html" in entry.changed
    assert desk.target.read("2021/shili/index.html") == NEXT["2021/shili/index.html"]


def test_a_history_that_somebody_else_signed_is_not_gone_on_from(desk: Desk) -> None:
    """Where our own copy is not at hand, as on another computer."""
    keys = [desk.folder / "ours", desk.folder / "theirs"]
    for key in keys:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public_key = keys[0].with_suffix(".pub").read_text("utf-8").strip()
    settings = replace(desk.portal.settings, values={**desk.portal.settings.values, PUBLIC_KEY: public_key})
    desk.portal = desk.portal._replace(settings=settings)
    desk.publish()
    current, witness = desk.folder / "www/current", witness_path(desk.portal.content, desk.destination)
    assert "chain" not in {item.gate for item in desk.prepare(NEXT).refusals}  # it is our own copy
    copy = witness.read_bytes()
    for data in (b"", copy[:-1]):
        witness.write_bytes(data)
        for key, refused in zip(keys, (False, True), strict=True):
            (current / "ledger.jsonl.sig").write_bytes(sign(copy, key))
            told = [item.message.en for item in desk.prepare(NEXT).refusals if item.gate == "chain"]
            assert bool(told) == refused and all("another key" in text for text in told)
    with pytest.raises(UserError, match=r"cannot roll back: .*the ledger was signed with another key"):
        roll_back(desk.target, witness, "", TIME, "示例", "", None, public_key)


@pytest.mark.parametrize("harm", ["cut", "rewritten", "broken", "gone"])
def test_going_back_does_not_hide_what_was_done_to_the_ledger(desk: Desk, harm: str) -> None:
    """Our own copy stays, by which `verify` tells it; the way out that the refusal names leads to the release."""
    witness, public = witness_path(desk.portal.content, desk.destination), desk.folder / "www/current/ledger.jsonl"
    first = desk.publish()
    desk.publish(NEXT)
    desk.publish({**NEXT, "index.html": b"3"})
    copy = witness.read_bytes()
    lines = copy.splitlines(keepends=True)
    last = read_ledger(copy).entries[-1]
    public.unlink()  # it may be one file with others
    harmed = {
        "cut": b"".join(lines[:2]),
        "rewritten": b"".join([*lines[:2], replace(last, author="evil").line(), b"\n"]),
        "broken": b"".join([lines[0], lines[2]]),
    }
    if harm in harmed:
        public.write_bytes(harmed[harm])
    with pytest.raises(UserError, match=r"cannot roll back: .* publish --allow chain") as told:
        roll_back(desk.target, witness, first.release, TIME, "示例", "")
    assert "不能换回" in told.value.message.zh and witness.read_bytes() == copy
    desk.publish(NEXT, [Override("chain", "示例")])
    assert roll_back(desk.target, witness, first.release, TIME, "示例", "")[0].number == 5
    assert desk.ledger.data.startswith(copy) and desk.target.read("index.html") == FILES["index.html"]


def test_without_a_section_there_is_nothing_to_publish(desk: Desk) -> None:
    with pytest.raises(UserError, match="run nianbao build first"):
        desk.prepare({"a": b""})


def test_one_publisher_at_a_time(desk: Desk) -> None:
    witness = witness_path(desk.portal.content, desk.destination)
    with one_at_a_time(witness), pytest.raises(UserError, match="another nianbao"), one_at_a_time(witness):
        pass
