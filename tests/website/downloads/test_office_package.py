"""Packages of Word and Excel: the same parts, the same bytes, whatever the clock."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.website.downloads.office_package import packed, unpacked

PARTS: dict[str, bytes | str] = {
    "[Content_Types].xml": "<Types/>",
    "word/甲.xml": "甲" * 1000,
    "media/a.png": b"\x89PNG\x00",
    "word/long.xml": "".join(map(str, range(4000))),
    "empty": "",
}


def test_what_is_packed_comes_back_in_order() -> None:
    package = packed(PARTS)
    assert zipfile.ZipFile(io.BytesIO(package)).testzip() is None
    read = unpacked(package)
    assert list(read) == list(PARTS) and read["word/甲.xml"].decode() == "甲" * 1000
    assert read["media/a.png"] == b"\x89PNG\x00" and read["word/long.xml"].endswith(b"39983999") and not read["empty"]


def test_it_is_what_zipfile_would_write() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in PARTS.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 3
            package.writestr(member, data, zipfile.ZIP_DEFLATED, 2)
    assert packed(PARTS) == out.getvalue()


def test_bytes_tell_no_clock_and_no_system(monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed(PARTS)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    monkeypatch.setattr("sys.platform", "win32")
    assert packed(PARTS) == first
    members = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {3}
