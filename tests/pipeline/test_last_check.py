"""A check of what was checked before is done by comparing stamps."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline import last_check
from generator.pipeline.last_check import checked_before
from generator.pipeline.record_file import records_beside
from generator.pipeline.request import Request
from generator.pipeline.run import run
from tests.example import write_content


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(last_check, "_GRAIN_NS", -3_600_000_000_000)  # what was written just now counts
    return write_content(tmp_path / "content")


def test_the_result_of_the_last_check_is_found(content: Path) -> None:
    assert checked_before(Request(content)) is None
    result = run(Request(content, jobs=1), None)
    assert result.reports == 3 and checked_before(Request(content)) == result
    assert checked_before(Request(content, strict=True)) is None


def test_not_after_a_change_however_small(content: Path) -> None:
    run(Request(content, jobs=1), None)
    (content / "2021/shili/report.md").chmod(0o600)
    assert checked_before(Request(content)) is None


def test_not_where_the_records_are_damaged(content: Path) -> None:
    run(Request(content, jobs=1), None)
    file = records_beside(content, None)
    data = file.read_bytes()
    for at in range(0, len(data), 997):
        file.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        found = checked_before(Request(content))
        assert found is None or found.reports == 3


def test_a_check_in_a_folder_without_settings_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(Exception, match=r"site\.yaml"):
        run(Request(tmp_path / "content"), None)
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
