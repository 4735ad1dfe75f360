"""What GNU find and sha256sum print is read with every name a file may have."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.ledger.sums import Stamp
from generator.targets.server_tools import FIND, HASH, flushing, hashes, holds, linking, stamps, zero
from tests.targets.samples import lay


def run(script: str, folder: Path, data: bytes = b"") -> bytes:
    return subprocess.run(["sh", "-c", script], cwd=folder, input=data, capture_output=True, check=True).stdout


def test_files_are_stamped_and_hashed_by_their_names(tmp_path: Path) -> None:
    names = ["a b.txt", "2021/图 '1'.png", "-x"]
    lay(tmp_path, dict.fromkeys(names, b"abc"))
    for name in names:
        os.utime(tmp_path / name, (1_700_000_000, 1_700_000_000))
    (tmp_path / "link").symlink_to("a b.txt")
    seen = stamps(run(FIND, tmp_path))
    assert seen.pop("link").size == -1 and seen == dict.fromkeys(names, Stamp(3, 1_700_000_000))
    assert set(hashes(run(HASH, tmp_path, zero(names))).values()) == {
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
    assert list(hashes(run(HASH, tmp_path, zero(names)))) == names and hashes(b"") == {} == stamps(b"")


def test_what_is_there_is_flushed_with_its_folders_and_everything_where_sync_takes_no_names(tmp_path: Path) -> None:
    lay(tmp_path / "www", {"a b/x'1.txt": b"1"})
    lines = (
        "#!/bin/sh",
        "[ $# -gt 0 ] || set everything",
        'for name; do echo "$name"; done >> ../log',
        '[ "$1" = everything ] || exit $STATUS',
    )
    (tmp_path / "sync").write_text("\n".join(lines), "utf-8")
    (tmp_path / "sync").chmod(0o755)
    script, data = flushing(["a b/x'1.txt", "gone.txt"])
    for status in ("0", "1"):
        paths = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "STATUS": status}
        subprocess.run(["sh", "-c", script], cwd=tmp_path / "www", input=data, env=paths, check=True)
        told = (tmp_path / "log").read_text("utf-8").splitlines()
        assert told == ["--", "a b/x'1.txt", "a b", ".", *(["everything"] if status == "1" else [])]
        (tmp_path / "log").unlink()
    assert flushing(["x"] * 100)[1] == b""


def test_links_fill_an_empty_folder_and_touch_no_other(tmp_path: Path) -> None:
    lay(tmp_path, {"old/a b/x": b"1", "full/y": b"2"})
    for name in ("new", "later"):
        (tmp_path / name).mkdir()
    run(linking("old", "new"), tmp_path)
    assert (tmp_path / "new/a b/x").samefile(tmp_path / "old/a b/x")
    for script in (
        linking("old", "full"),
        linking("gone", "later"),
        f"cp() {{ return 1; }}; {linking('old', 'later')}",
    ):
        with pytest.raises(subprocess.CalledProcessError):
            run(script, tmp_path)
    assert os.listdir(tmp_path / "full") == ["y"] and os.listdir(tmp_path / "later") == []


def test_a_file_is_known_by_its_sum(tmp_path: Path) -> None:
    lay(tmp_path, {"a 'b": b"1"})
    path = '"a \'b"'
    run(holds(path, b"1"), tmp_path)
    for script in (holds(path, b"2"), holds("gone", b""), f"sha256sum() {{ return 127; }}; {holds(path, b'1')}"):
        with pytest.raises(subprocess.CalledProcessError):
            run(script, tmp_path)
