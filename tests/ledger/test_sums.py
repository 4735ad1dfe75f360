"""Sums of files, and the lists by which anybody verifies them with standard tools."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger import sums
from generator.ledger.sums import FileSum, list_site, sha256_list, sm3_list, sum_pieces, sum_site
from tests.targets.samples import FILES, lay

# GB/T 32905-2016, example 1
SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_file_is_summed_by_both_algorithms() -> None:
    assert sum_pieces([b"a", b"bc"]) == FileSum(3, hashlib.sha256(b"abc").hexdigest(), SM3_OF_ABC)


def test_sm3_comes_from_cryptography_where_openssl_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_sm3(name: str, data: bytes = b"") -> object:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", without_sm3)
    sums._sm3_maker.cache_clear()
    try:
        assert sum_pieces([b"abc"]).sm3 == SM3_OF_ABC
    finally:
        sums._sm3_maker.cache_clear()


def test_hidden_files_are_not_published_and_a_link_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"b": b"", "a/c": b"", ".htaccess": b"", ".git/x": b""})
    assert sorted(path for path, _ in list_site(tmp_path)) == [".htaccess", "a/c", "b"]
    (tmp_path / "a/link").symlink_to("/etc/passwd")
    with pytest.raises(UserError, match="a/link"):
        list(list_site(tmp_path))


def test_the_lists_are_what_standard_tools_check(tmp_path: Path) -> None:
    files = sum_site(lay(tmp_path, {**FILES, "示例 图.png": b"1"}))
    (tmp_path / "SHA256SUMS").write_bytes(sha256_list(files))
    (tmp_path / "SM3SUMS").write_bytes(sm3_list(files))
    for command in (["sha256sum", "--strict", "-c", "SHA256SUMS"], ["cksum", "--strict", "--check", "SM3SUMS"]):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.count(": OK")) == (0, 5), done.stderr
    (tmp_path / "index.html").write_bytes(b"!")
    for command in (["sha256sum", "-c", "SHA256SUMS"], ["cksum", "--check", "SM3SUMS"]):
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.html")
    with pytest.raises(UserError, match=r"“page\.html” is no plain file"):
        sum_site(tmp_path)
