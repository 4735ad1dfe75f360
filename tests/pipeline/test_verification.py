"""A section compared with its manifest."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.verification import verify_folder
from tests.pipeline.test_output_folder import publish


@pytest.fixture
def output(tmp_path: Path) -> Path:
    publish(tmp_path / "site", a=b"1", b=b"2", c=b"3")
    return tmp_path / "site"


def test_a_section_as_built_is_equal_wherever_it_was_copied(output: Path) -> None:
    assert verify_folder(output).equal
    shutil.copytree(output, output.parent / "copy")
    assert verify_folder(output.parent / "copy", output.parent / ".site.nianbao-manifest.jsonl").equal


def test_changed_missing_and_extra_files_are_named_though_times_and_sizes_are_as_before(output: Path) -> None:
    status = (output / "a").stat()
    (output / "a").write_bytes(b"x")
    os.utime(output / "a", ns=(status.st_atime_ns, status.st_mtime_ns))
    (output / "b").unlink()
    (output / "new").mkdir()
    (output / "new/d").write_bytes(b"")
    verified = verify_folder(output)
    assert verified.differences == (["a"], ["b"], ["new/d"]) and not verified.equal


def test_a_pipe_in_the_place_of_a_page_is_a_change_and_does_not_hang(output: Path) -> None:
    (output / "a").unlink()
    os.mkfifo(output / "a")
    assert verify_folder(output).differences.changed == ["a"]


def test_without_manifest_or_section_it_cannot_be_told(output: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        verify_folder(output.parent / "nowhere", output.parent / ".site.nianbao-manifest.jsonl")
    (output.parent / ".site.nianbao-manifest.jsonl").write_bytes(b"x")
    with pytest.raises(UserError, match=r"manifest\.jsonl"):
        verify_folder(output)


def test_a_section_that_is_half_renewed_is_not_judged(output: Path) -> None:
    (output.parent / ".site.nianbao-journal").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="renewed"):
        verify_folder(output)
