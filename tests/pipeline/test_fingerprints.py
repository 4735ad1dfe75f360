"""What a record was made of is known again: by stamps where these prove anything, else by content."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

import jinja2
import pytest

from generator.collection.folder import read_files, scan
from generator.pipeline import fingerprints, validity
from generator.pipeline.fingerprints import (
    content_digest,
    digest_of_folder,
    drawing_key,
    look,
    office_digest,
    organ_key,
    program_digest,
    program_stamps,
)
from generator.pipeline.request import Request
from generator.report.entry import ReportRef
from tests.example import write_content

REF = ReportRef(2021, "shili", "2021/shili")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content")


def test_a_file_that_changed_just_now_proves_nothing(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(f"{content}/2021/shili").signature == ""
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", 0)
    assert look(f"{content}/2021/shili").signature != ""


@pytest.mark.parametrize("edit", ["same size and time", "new file", "gone", "mode", "touched"])
def test_every_change_of_a_folder_changes_its_signature(
    content: Path, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", 0)
    folder = content / "2021/shili"
    file, before = folder / "tables.yaml", look(str(folder)).signature
    status = file.stat()
    if edit == "same size and time":
        file.write_bytes(file.read_bytes().replace(b"3", b"4"))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif edit == "new file":
        (folder / "tu.png").write_bytes(b"")
    elif edit == "gone":
        file.unlink()
    elif edit == "mode":
        file.chmod(0o600)
    else:
        os.utime(file)
    assert look(str(folder)).signature not in ("", before)


def test_the_content_is_the_two_files_the_names_and_the_pictures_shown(content: Path) -> None:
    folder = content / "2021/shili"
    (folder / "tu.png").write_bytes(b"1")
    seen = {digest_of_folder(content, REF, ["tu.png"]), digest_of_folder(content, REF, [])}
    state, files = look(str(folder)), read_files(content, REF)
    assert content_digest(state, files, [("tu.png", b"1")]) == digest_of_folder(content, REF, ["tu.png"])
    (folder / "tu.png").write_bytes(b"2")
    seen.add(digest_of_folder(content, REF, ["tu.png"]))
    (folder / "report.md").write_bytes(b"")
    seen.add(digest_of_folder(content, REF, ["tu.png"]))
    (folder / "stray").mkdir()
    seen.add(digest_of_folder(content, REF, ["tu.png"]))
    assert len(seen) == 5


def test_the_office_is_its_settings_its_lists_its_address_and_the_program(content: Path) -> None:
    seen = {office_digest(Request(content), "1"), office_digest(Request(content), "2")}
    seen.add(office_digest(Request(content, "https://www.example.gov.cn/"), "1"))
    (content / "lists").mkdir()
    (content / "lists/names.yaml").write_text("人名: []\n", encoding="utf-8")
    seen.add(office_digest(Request(content), "1"))
    (content / "organs.yaml").unlink()
    seen.add(office_digest(Request(content), "1"))
    assert len(seen) == 5


def test_the_program_is_known_by_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = program_digest()
    assert before == program_digest() and len(program_stamps()) in (0, 32)
    assert fingerprints._installed_in("jinja2") == str(Path(jinja2.__file__).parent.parent)
    template = tmp_path / "year.html"
    template.write_text("示例", encoding="utf-8")
    monkeypatch.setattr(fingerprints, "templates_folder", lambda: tmp_path)
    assert program_digest() != before and program_stamps() == ""


def test_keys_name_reports_and_where_their_pages_lead(content: Path) -> None:
    refs = [ref for ref in scan(content)[0] if ref.organ == "shili"]
    key = organ_key("office", [(2021, "", "d")])
    assert len({key, organ_key("other", [(2021, "", "d")]), organ_key("office", [(2021, "draft", "d")])}) == 3
    moved = [ref._replace(next=2022) for ref in refs]
    assert len({drawing_key(key, refs, False), drawing_key(key, refs, True), drawing_key(key, moved, False)}) == 3


def test_the_programs_hash_is_worked_out_once_for_all_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[str] = []

    def digest() -> str:
        worked_out.append("")
        return "示例"

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(validity, "program_digest", digest)
    for stamps, times in (("a", 1), ("a", 1), ("b", 2), ("", 3), ("", 4)):  # "" proves nothing
        monkeypatch.setattr(validity, "program_stamps", partial(str, stamps))
        assert validity.known_program(None)[0] == "示例"
        assert len(worked_out) == times
