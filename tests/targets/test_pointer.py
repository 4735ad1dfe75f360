"""Releases side by side and a pointer: what is interrupted changes nothing, what is old is deleted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.sums import ADDED, SIGNATURE, sum_site
from generator.targets.local_disk import LocalDisk
from generator.targets.pointer import PointerTarget
from generator.targets.publication import carry_out
from tests.targets.samples import FILES, NEXT, TIME, Desk


def public(folder: Path) -> dict[str, bytes]:
    root = folder / "www/current"
    return {
        path: (root / path).read_bytes() for path in ("index.html", "2021/shili/index.html") if (root / path).is_file()
    }


def test_a_release_is_public_in_one_step_and_the_one_before_is_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = desk.publish()
    assert public(tmp_path)["2021/shili/index.html"] == FILES["2021/shili/index.html"]
    second = desk.publish(NEXT)
    assert public(tmp_path)["2021/shili/index.html"] == NEXT["2021/shili/index.html"]
    assert desk.target.releases() == [first.release, second.release] and desk.target.served() == second.release
    assert desk.target.read("assets/style.0a0a0a0a.css") == b"p{}"  # pages that are open still ask for it


@pytest.mark.parametrize("step", ["begin", "bring", "write_all", "switch", "_point"])
def test_whatever_fails_before_the_switch_changes_nothing_and_the_next_try_succeeds(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    first = desk.publish()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "示例")

    with monkeypatch.context() as broken:
        broken.setattr(LocalDisk, step, fail)
        with pytest.raises((OSError, UserError), match=r"No space|the disk is full; what is public was not touched"):
            desk.publish(NEXT)
    assert public(tmp_path)["2021/shili/index.html"] == FILES["2021/shili/index.html"]
    assert desk.target.served() == first.release
    second = desk.publish(NEXT)
    assert public(tmp_path)["2021/shili/index.html"] == NEXT["2021/shili/index.html"]
    assert set(os.listdir(tmp_path / "www/releases")) >= {first.release, second.release}


@pytest.mark.parametrize(
    ("step", "back"), [("fit", True), ("listing", True), ("delete", False), ("bring", False), ("flush", False)]
)
def test_the_oldest_release_is_put_back_while_nothing_of_it_was_changed_or_else_said_to_be_gone(
    tmp_path: Path, step: str, back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, target=PointerTarget(LocalDisk(tmp_path / "www", ".draft-x"), 2))
    first = desk.publish().release
    second = desk.publish(NEXT).release
    before = sum_site(tmp_path / "www/releases" / first)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "示例")

    with monkeypatch.context() as broken:
        broken.setattr(LocalDisk, step, fail)
        with pytest.raises(UserError, match="the disk is full; what is public was not touched") as said:
            desk.publish({**NEXT, "index.html": b"3", "new.txt": b"3"})
    assert desk.target.releases() == ([first, second] if back else [second])
    assert not list((tmp_path / "www/releases").glob(".*"))
    assert (first in said.value.message.zh and first in said.value.message.en) != back
    if back:
        assert sum_site(tmp_path / "www/releases" / first) == before
    third = desk.publish({**NEXT, "index.html": b"3", "new.txt": b"3"}).release
    assert desk.target.releases() == [second, third] and desk.target.served() == third


def test_what_was_edited_after_the_build_costs_no_kept_release(tmp_path: Path) -> None:
    desk = Desk(tmp_path, target=PointerTarget(LocalDisk(tmp_path / "www", ".draft-x"), 2))
    kept = [desk.publish().release, desk.publish(NEXT).release]
    publication = desk.prepare({**NEXT, "index.html": b"3"})
    (desk.site / "index.html").write_bytes(b"edited")
    with pytest.raises(UserError, match=r"nothing was published: run .* build again, then publish$"):
        carry_out(publication, TIME, "示例", "", (), lambda _: None)
    assert desk.target.releases() == kept


def test_who_is_overtaken_is_told_of_the_release_that_is_gone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, target=PointerTarget(LocalDisk(tmp_path / "www", ".draft-x"), 3))
    oldest = desk.publish().release
    desk.publish(NEXT)
    mine = desk.prepare({**NEXT, "index.html": b"3"})
    carry_out(mine, TIME, "别人", "", (), lambda _: None)
    with pytest.raises(UserError, match=f"somebody else has just published.*one kept release fewer: {oldest}"):
        carry_out(mine, TIME, "示例", "", (), lambda _: None)


def test_files_are_on_the_disk_before_they_are_public_and_the_pointer_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.publish()
    current, seen = tmp_path / "www/current", list[tuple[str, set[str]]]()

    def flush(paths: Sequence[str | Path]) -> None:
        www = tmp_path / "www"
        draft = next((www / "releases").glob(".draft-*"), www)
        seen.append((os.readlink(current), {os.path.relpath(path, draft) for path in paths}))

    monkeypatch.setattr("generator.targets.local_disk.flush", flush)
    before = os.readlink(current)
    desk.publish(NEXT)
    changed = {path for path in NEXT if NEXT[path] != FILES.get(path)}
    assert [pointer for pointer, _ in seen] == [before, before, os.readlink(current)]
    assert changed | {*ADDED} - {SIGNATURE} | {".", "2021", "2021/shili", "assets"} <= seen[0][1]
    assert (seen[1][1], seen[2][1]) == ({"releases"}, {"."})


def test_as_many_releases_are_kept_as_asked_for_and_never_the_public_one_deleted(tmp_path: Path) -> None:
    target = PointerTarget(LocalDisk(tmp_path / "www", ".draft-x"), 2)
    desk = Desk(tmp_path, target=target)
    releases = [desk.publish({**FILES, "index.html": str(n).encode()}).release for n in range(4)]
    assert target.releases() == releases[2:]


def test_what_is_not_of_nianbao_is_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publish()
    assert desk.target.strangers(desk.ledger) == []
    (tmp_path / "www/notes.txt").write_bytes(b"")
    (tmp_path / "www/releases/old").mkdir()
    (tmp_path / "www/current/2021/by-hand.html").write_bytes(b"")
    assert desk.target.strangers(desk.ledger) == ["notes.txt", "releases/old", "2021/by-hand.html"]


def test_a_publisher_who_was_overtaken_publishes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.publish()
    mine = desk.prepare(NEXT)
    theirs = carry_out(mine, TIME, "别人", "", (), lambda _: None)[0]
    with pytest.raises(UserError, match="somebody else has just published"):
        carry_out(mine, TIME, "示例", "", (), lambda _: None)
    assert desk.target.served() == theirs.release
