"""A new release is put together from the oldest one or the public one, and takes nothing over on trust."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from zlib import crc32

import pytest

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.ledger.sums import UNKNOWN, sum_site
from generator.ledger.verify import verify
from generator.targets.local_disk import LocalDisk
from generator.targets.pointer import PointerTarget
from generator.targets.publication import carry_out, roll_back, witness_path
from tests.targets.samples import FILES, NEXT, TIME, Desk, lay
from tests.targets.ssh_server import SshServer, running

pytestmark = pytest.mark.slow


# Each step of rsync is a login of its own: what is the same code for every way is tried without it.
_EVERY = pytest.mark.parametrize("desk", ["目录", "sftp", "rsync"], indirect=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with running(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture(params=["目录", "sftp"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, server: SshServer) -> Iterator[Desk]:
    login = {} if request.param == "目录" else server.values
    values = {"方式": request.param, **login, "目录": str(tmp_path / "www"), "保留": "2"}
    desk = Desk(tmp_path, Destination("门户", request.param, values))
    yield desk
    desk.target.close()


def public(desk: Desk) -> Path:
    return desk.folder / "www/current"


def numbered(number: int) -> dict[str, bytes]:
    return {**FILES, "index.html": str(number).encode(), f"data/{number}.csv": b"1", "same.txt": b"same"}


def verified(desk: Desk) -> list[tuple[str, str]]:
    def read(path: str) -> bytes | None:
        place = public(desk) / path
        return place.read_bytes() if place.is_file() else None

    return [(item.kind, item.path) for item in verify(read, lambda _: sum_site(public(desk).resolve())).differences]


def keep_times(desk: Desk) -> None:
    """As a build does: files that stay keep their times."""
    for path in desk.site.rglob("*"):
        if path.name != "index.html":
            os.utime(path, (1_700_000_000, 1_700_000_000))


def publish(desk: Desk, number: int, more: Mapping[str, bytes] = MappingProxyType({})) -> list[str]:
    lay(desk.site, {**numbered(number), **more})
    keep_times(desk)
    _, notes = carry_out(desk.prepare(), TIME, "示例", "", (), lambda _: None)
    return [note.en for note in notes]


@_EVERY
def test_the_oldest_release_becomes_the_new_one_with_nothing_left_of_itself(desk: Desk) -> None:
    more = {f"more/{count}.txt": b"1" for count in range(9)}
    for number in range(4):
        assert publish(desk, number, more if number else {}) == [] and verified(desk) == []
        if number == 1:
            oldest = min((desk.folder / "www/releases").iterdir())
            kept = (oldest / "same.txt").stat().st_ino
    assert sorted(os.listdir(public(desk) / "data")) == ["3.csv"]
    assert (public(desk) / "same.txt").stat().st_ino == kept
    assert len(desk.target.releases()) == 2 and len(os.listdir(desk.folder / "www/releases")) == 2


@_EVERY
def test_what_somebody_changed_in_an_old_release_never_comes_back(desk: Desk) -> None:
    """Files that are shared between releases, or of the oldest one only, changed with and without their size."""
    for number in range(2):
        publish(desk, number)
    oldest = min((desk.folder / "www/releases").iterdir())
    (oldest / "same.txt").unlink()
    (oldest / "same.txt").write_bytes(b"evil")
    (oldest / "2021/shili/index.html").write_bytes(b"evil and longer")  # the public one too: it is the same file
    (oldest / "extra.html").write_bytes(b"evil")
    notes = publish(desk, 2)
    assert verified(desk) == []
    assert len(notes) == 1 and "2021/shili/index.html" in notes[0] and "same.txt" not in notes[0]


@pytest.mark.parametrize("desk", ["目录"], indirect=True)
@pytest.mark.parametrize("share", range(4))
def test_of_a_large_release_changed_folders_and_a_turning_share_are_looked_at(
    desk: Desk, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was replaced is seen at once, what was written into within four publications; then all of it is mended."""
    monkeypatch.setattr("generator.targets.local_disk.MANY", 0)
    more = {f"{folder}/{share}.txt": b"1" for folder in "abcdefgh"}
    for number in range(2):
        publish(desk, number, more)
    oldest = min((desk.folder / "www/releases").iterdir())
    (oldest / "2021/shili/report.json").unlink()
    (oldest / "2021/shili/report.json").write_bytes(b"evil")  # of this release alone, in a folder that tells
    for folder in "ab":
        (public(desk) / f"{folder}/{share}.txt").write_bytes(b"evil")  # in every release, in folders that do not
    (public(desk) / f"a/{share}.txt").write_bytes(b"evil")
    for number in range(2, 6):
        publish(desk, number, more)
        assert (public(desk) / "2021/shili/report.json").read_bytes() == FILES["2021/shili/report.json"]
    assert verified(desk) == []


@pytest.mark.parametrize("desk", ["目录"], indirect=True)
@pytest.mark.parametrize("share", range(4))
def test_every_share_of_a_large_release_has_its_turn_also_where_every_other_release_is_rolled_back(
    desk: Desk, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rollbacks take numbers of the ledger as well: numbers of releases do not tell whose turn it is."""
    monkeypatch.setattr("generator.targets.local_disk.MANY", 0)
    place = next(f"{name}/1.txt" for name in "abcdefghijklmnop" if crc32(name.encode()) % 4 == share)
    more, witness = {place: b"1"}, witness_path(desk.portal.content, desk.destination)
    desk.target = PointerTarget(LocalDisk(desk.folder / "www", ".draft-x"), 5)
    for number in range(5):
        publish(desk, number, more)
    (public(desk) / place).write_bytes(b"evil")  # one file in every release
    for number in range(5, 9):
        roll_back(desk.target, witness, desk.target.releases()[-2], TIME, "示例", "")
        publish(desk, number, more)
    assert verified(desk) == []


@pytest.mark.parametrize("desk", ["目录"], indirect=True)
def test_what_was_replaced_before_a_large_release_was_rolled_back_to_is_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.targets.local_disk.MANY", 0)
    names, witness = "abcdefgh", witness_path(desk.portal.content, desk.destination)
    more = {f"{folder}/1.txt": b"1" for folder in names}
    for number in range(2):
        publish(desk, number, more)
    oldest = min((desk.folder / "www/releases").iterdir())
    for folder in names:
        (oldest / f"{folder}/1.txt").unlink()
        (oldest / f"{folder}/1.txt").write_bytes(b"evil")
    for _ in range(2):  # to it, and back again
        time.sleep(0.02)  # the ledger, written anew, is younger than the folders
        roll_back(desk.target, witness, "", TIME, "示例", "")
    publish(desk, 2, more)
    assert verified(desk) == []


@pytest.mark.parametrize("way", ["目录", "zip"])
def test_what_was_edited_after_the_build_is_not_brought_over(tmp_path: Path, way: str) -> None:
    desk = Desk(tmp_path, Destination("本机", way, {"方式": way, "目录": "www"}))
    desk.publish()
    publication = desk.prepare({**FILES, "index.html": b"1"})
    (desk.site / "index.html").write_bytes(b"edited")
    with pytest.raises(UserError, match=r"index.html.*changed or deleted after it was built"):
        carry_out(publication, TIME, "示例", "", (), lambda _: None)
    assert desk.target.read("index.html") == FILES["index.html"]


@_EVERY
def test_times_that_differ_are_no_reason_to_bring_everything_over_where_sums_can_be_had(desk: Desk) -> None:
    publish(desk, 0)
    before = (public(desk) / "same.txt").stat().st_ino
    desk.site.joinpath("same.txt").touch()  # as on another computer
    desk.site.joinpath("index.html").write_bytes(b"1")
    assert carry_out(desk.prepare(), TIME, "示例", "", (), lambda _: None)[1] == []
    assert (public(desk) / "same.txt").stat().st_ino == before and verified(desk) == []


def test_an_old_file_that_cannot_be_brought_again_and_was_changed_stops_the_publication(desk: Desk) -> None:
    desk.publish()
    (public(desk) / "assets/style.0a0a0a0a.css").write_bytes(b"x{}")
    with pytest.raises(UserError, match=r"style.0a0a0a0a.css.*--allow chain"):
        desk.publish(NEXT)
    assert desk.target.served() == desk.ledger.entries[0].release


def test_going_back_and_on_again_recycles_the_right_release(desk: Desk) -> None:
    for number in range(2):
        publish(desk, number)
    roll_back(desk.target, desk.folder / "w.jsonl", "", TIME, "示例", "")
    assert verified(desk) == [] and (public(desk) / "index.html").read_bytes() == b"0"
    publish(desk, 2)  # the oldest release is the public one: it is not touched
    publish(desk, 3)
    assert verified(desk) == [] and (public(desk) / "index.html").read_bytes() == b"3"


def test_a_server_that_only_tells_names_is_no_reason_to_accuse_anybody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(desk.target, PointerTarget)
    disk = type(desk.target._disk)
    whole = disk.listing
    monkeypatch.setattr(disk, "listing", lambda self, folder, *_: dict.fromkeys(whole(self, folder), UNKNOWN))
    monkeypatch.setattr(disk, "hashes", lambda *_: {})
    for number in range(4):
        assert publish(desk, number) == []
    assert verified(desk) == []


def test_a_publication_that_died_while_recycling_is_made_good(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2):
        publish(desk, number)
    assert isinstance(desk.target, PointerTarget)

    def die(*_: object) -> None:
        raise KeyboardInterrupt  # nothing is tidied up then, as after a kill

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.target._disk), "write_all", die)
        with pytest.raises(KeyboardInterrupt):
            publish(desk, 2)
    assert verified(desk) == [] and [*(desk.folder / "www/releases").glob(".*")]
    publish(desk, 3)
    assert verified(desk) == [] and not list((desk.folder / "www/releases").glob(".*"))
    shutil.rmtree(desk.folder / "www/releases" / desk.target.releases()[0])
    publish(desk, 4)
    assert verified(desk) == []


def test_everything_is_brought_over_again_when_asked_for(desk: Desk) -> None:
    """Also what was changed with its size and time, which only verifying finds."""
    for number in range(2):
        publish(desk, number)
    for release in (desk.folder / "www/releases").iterdir():
        page = release / "same.txt"
        page.unlink()
        page.write_bytes(b"evil")
        os.utime(page, (1_700_000_000, 1_700_000_000))
    assert verified(desk) == [("changed", "same.txt")]
    carry_out(desk.prepare(), TIME, "示例", "", (), lambda _: None, again=True)
    assert verified(desk) == []
