"""A folder of this computer as a target."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.sums import Stamp, list_site
from generator.targets.local_disk import LocalDisk
from tests.targets.samples import FILES, lay


@pytest.fixture
def disk(tmp_path: Path) -> LocalDisk:
    lay(tmp_path / "site", FILES)
    return LocalDisk(tmp_path / "www", ".draft-x")


def test_files_are_copied_with_their_times_and_others_are_linked(disk: LocalDisk, tmp_path: Path) -> None:
    sizes: list[int] = []
    disk.begin("releases/a")
    disk.bring(tmp_path / "site", "releases/a", list(FILES), sizes.append)
    assert sizes == [len(data) for data in FILES.values()]
    disk.begin("releases/b")
    disk.link_all("releases/a", "releases/b", ["index.html"])
    a, b = tmp_path / "www/releases/a", tmp_path / "www/releases/b"
    assert (a / "index.html").stat().st_ino == (b / "index.html").stat().st_ino
    seen = list_site(tmp_path / "site")
    stamps = {p: Stamp(s.st_size, s.st_mtime_ns // 10**9) for p, s in seen}
    assert disk.listing("releases/a") == stamps
    asked = ["index.html", "gone.html", "index.html/below"]
    assert disk.listing("releases/a", asked) == {"index.html": stamps["index.html"]}
    assert list(disk.walk("releases/a")) == sorted(FILES) and disk.names("releases") == ["a", "b"]


def test_a_file_that_other_releases_share_is_replaced_not_written_into(disk: LocalDisk, tmp_path: Path) -> None:
    disk.bring(tmp_path / "site", "releases/a", ["index.html"], lambda _: None)
    disk.link_all("releases/a", "releases/b", ["index.html"])
    (tmp_path / "site/index.html").write_bytes(b"new")
    disk.bring(tmp_path / "site", "releases/b", ["index.html"], lambda _: None)
    assert disk.read("releases/a/index.html") == FILES["index.html"] and disk.read("releases/b/index.html") == b"new"


def test_what_came_into_a_release_after_it_was_made_is_found(disk: LocalDisk, tmp_path: Path) -> None:
    """Without its ledger, which says when it was made, everything is listed."""
    disk.bring(tmp_path / "site", "releases/a", list(FILES), lambda _: None)
    disk.write_all("releases/a", {"ledger.jsonl": b""})
    release, known = tmp_path / "www/releases/a", {*FILES, "ledger.jsonl"}
    assert disk.others("releases/a", known) == []
    (release / "2021/shili/evil.html").write_bytes(b"1")
    assert disk.others("releases/a", known) == ["2021/shili/evil.html"]
    (release / "ledger.jsonl").unlink()
    assert disk.others("releases/a", known) == ["2021/shili/evil.html"]


def test_files_fit_by_size_and_time_to_the_second(disk: LocalDisk, tmp_path: Path) -> None:
    lines = {path: f"{status.st_mtime_ns} {status.st_size} {path}" for path, status in list_site(tmp_path / "site")}
    disk.bring(tmp_path / "site", "releases/a", list(FILES), lambda _: None)
    release = tmp_path / "www/releases/a"
    time = (release / "index.html").stat().st_mtime_ns // 10**9
    os.utime(release / "index.html", (time, time))
    (release / "2021/shili/index.html").write_bytes(b"evil")
    (release / "2021/shili/report.json").unlink()
    (release / "2021/shili/report.json").mkdir()
    fitting, left = disk.fit("releases/a", {*FILES, "gone"}, [*FILES, "gone"], lines)
    assert fitting == {"index.html", "assets/style.0a0a0a0a.css"} and left == ["2021/shili/index.html"]
    assert disk.fit("releases/a", (), (), lines)[1] == [*left, "assets/style.0a0a0a0a.css", "index.html"]


def test_files_are_copied_where_hard_links_are_not_to_be_had(
    disk: LocalDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.bring(tmp_path / "site", "releases/a", list(FILES), lambda _: None)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    disk.link_all("releases/a", "releases/b", list(FILES))
    assert disk.listing("releases/b") == disk.listing("releases/a")


def test_folders_go_with_their_last_file(disk: LocalDisk, tmp_path: Path) -> None:
    disk.bring(tmp_path / "site", "releases/a", list(FILES), lambda _: None)
    disk.delete("releases/a", [path for path in FILES if path.startswith("2021/")])
    assert disk.names("releases/a") == ["assets", "index.html"]


def test_a_release_is_withdrawn_unless_it_is_public(disk: LocalDisk, tmp_path: Path) -> None:
    for name in "ab":
        disk.bring(tmp_path / "site", f"releases/{name}", ["index.html"], lambda _: None)
    disk.switch("", "releases/b", "")
    assert not disk.withdraw("releases/b", "releases/.x") and not disk.withdraw("releases/c", "releases/.x")
    assert disk.withdraw("releases/a", "releases/.x") and disk.names("releases") == [".x", "b"]
    with pytest.raises(UserError, match="somebody else"):  # it has just become another release
        disk.switch("", "releases/a", "releases/b")


def test_the_pointer_is_replaced_and_must_be_a_link(disk: LocalDisk, tmp_path: Path) -> None:
    assert disk.pointer() == ""
    for name in "ab":
        (tmp_path / "www/releases" / name).mkdir(parents=True)
    assert disk.switch("", "releases/a", "") and disk.pointer() == "releases/a"
    assert disk.switch("", "releases/b", "releases/a") and disk.pointer() == "releases/b"
    with pytest.raises(UserError, match="somebody else"):
        disk.switch("", "releases/a", "releases/a")
    (tmp_path / "www/current").unlink()
    (tmp_path / "www/current").mkdir()
    with pytest.raises(UserError, match="no symbolic link"):
        disk.pointer()


def test_what_is_not_there_is_nothing(disk: LocalDisk) -> None:
    assert disk.read("current/a") is None and disk.sums("current/a") is None and disk.names("releases") == []
    disk.remove("releases/none")


def test_a_file_that_is_written_in_part_is_written_on_or_an_error_that_names_it(tmp_path: Path) -> None:
    """Where files may hold 1000 bytes, as at the end of a disk, the first write takes 1000 and says so: no error."""
    script = (
        "import resource; from generator.targets.local_disk import _copy; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); _copy('old', 'new')"
    )
    (tmp_path / "old").write_bytes(bytes(1500))
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, check=False)
    assert b"File too large: 'new'" in done.stderr


def test_what_cannot_be_deleted_is_named_whole(
    disk: LocalDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied", "tables.csv")

    monkeypatch.setattr("generator.targets.local_disk.shutil.rmtree", refuse)
    with pytest.raises(PermissionError) as error:
        disk.remove("releases/.draft-x")
    assert error.value.filename == str(tmp_path / "www/releases/.draft-x")
