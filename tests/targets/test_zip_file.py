"""One zip a release, for people who upload by hand."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.ledger.verify import verify
from generator.targets.publication import roll_back
from tests.targets.samples import FILES, NEXT, TIME, Desk

ZIP = Destination("上传包", "zip", {"方式": "zip", "目录": "上传"})
PICTURE = {"2021/shili/示例图.png": b"1"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, ZIP)


def archive(desk: Desk) -> Path:
    return max((desk.folder / "上传").glob("*.zip"))


def test_the_zip_holds_the_tree_its_sums_and_what_to_do_with_it(desk: Desk, tmp_path: Path) -> None:
    desk.publish({**FILES, **PICTURE})
    with zipfile.ZipFile(archive(desk)) as opened:
        opened.extractall(tmp_path / "out")
        readme = opened.read("README.txt")
        names = {item.filename: item for item in opened.infolist()}
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out/nianbao", check=False, text=True, capture_output=True
    )
    assert done.returncode == 0 and done.stdout.count("OK") == 5
    assert readme.startswith(b"\xef\xbb\xbf") and readme.count(b"\n") == readme.count(b"\r\n")
    # bit 11: the name is UTF-8, which Windows' own unzip heeds; without it the name is taken for GBK
    assert names["nianbao/2021/shili/示例图.png"].flag_bits & 0x800 and names["README.txt"].flag_bits & 0x800 == 0
    assert all("\\" not in name for name in names)


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    desks = [Desk(tmp_path / name, ZIP) for name in "ab"]
    for desk in desks:
        desk.publish()
    assert archive(desks[0]).read_bytes() == archive(desks[1]).read_bytes()


def test_the_last_zip_is_what_counts_as_public(desk: Desk) -> None:
    first, second = desk.publish(), desk.publish(NEXT)
    assert desk.target.releases() == [first.release, second.release] and desk.target.served() == second.release
    with zipfile.ZipFile(archive(desk)) as opened:
        assert "assets/style.0a0a0a0a.css" in opened.read("nianbao/SHA256SUMS").decode()  # from the zip before
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()


def test_a_zip_is_opened_once_for_all_its_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its directory, which lists every file, is read each time it is opened: done for each file, that is quadratic."""
    desk.publish()
    desk.target.close()
    opened: list[str] = []
    begin = zipfile.ZipFile.__init__

    def counted(self: zipfile.ZipFile, file: str, *more: Any, **named: Any) -> None:
        opened.append(file)
        begin(self, file, *more, **named)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", counted)
    assert {path for path in desk.target.paths() if desk.target.sums(path)} >= FILES.keys()
    assert desk.target.read_all([*FILES, "gone"]) == {**FILES, "gone": None}
    assert opened == [str(archive(desk))]
    desk.publish(NEXT)
    assert (
        desk.target.read("2021/shili/index.html") == NEXT["2021/shili/index.html"] and desk.target.sums("gone") is None
    )


def test_a_changed_file_bears_a_new_date_and_a_kept_one_its_own(desk: Desk) -> None:
    """A server that answers by size and date (nginx's ETag) would otherwise go on calling the old page the newest."""
    published = [desk.publish(), desk.publish(NEXT)]
    dates = []
    for release in published:
        with zipfile.ZipFile(desk.folder / f"上传/nianbao-{release.release}.zip") as opened:
            dates.append({item.filename: item.date_time for item in opened.infolist()})
    before, now = dates
    changed = {f"nianbao/{path}" for path in NEXT if NEXT[path] != FILES.get(path)}
    assert changed and all(now[path] > before["nianbao/index.html"] for path in changed)
    kept = {f"nianbao/{path}" for path in NEXT if NEXT[path] == FILES.get(path)}
    assert kept and all(now[path] == before[path] for path in kept)


def test_an_interrupted_zip_is_not_public(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "示例")

    with monkeypatch.context() as broken:
        broken.setattr(zipfile.ZipFile, "writestr", fail)
        with pytest.raises(OSError, match="No space"):
            desk.publish(NEXT)
    assert len(desk.target.releases()) == 1 and len(list((desk.folder / "上传").iterdir())) == 1


def test_going_back_is_for_the_portals_people(desk: Desk) -> None:
    desk.publish()
    desk.publish(NEXT)
    with pytest.raises(UserError, match="hand them the zip"):
        roll_back(desk.target, desk.folder / "发布记录/上传包.jsonl", "", TIME, "示例", "")
    (desk.folder / "上传/other.txt").write_bytes(b"")
    assert desk.target.strangers(desk.ledger) == ["other.txt"]
