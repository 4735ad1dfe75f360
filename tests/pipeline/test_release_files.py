"""The files of a release are put together in one pass by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.file_lines import StagedLines
from generator.pipeline.manifest import CARRIED, EARLIER, Entry, load_manifest, make_manifest
from generator.pipeline.release_files import put_together

CSS = "assets/a.00000001.css"


def staged(*paths: str) -> StagedLines:
    lines = StagedLines()
    lines.add(f"5 2 99 {path}" for path in paths)
    return lines


def test_what_is_gone_replaced_and_besides_is_told() -> None:
    before = [Entry(path, 1, "00") for path in ("a", CSS, "b/c", "z")]
    files = put_together(staged("b/c", "b", "c", CSS), before, ["-", "b", "b/c", "x", "z"], {"b", "b/c"})
    assert list(files.outputs) == [f"5 2 {path}" for path in sorted((CSS, "b", "b/c", "c"))]
    assert list(files.gone) == ["a", "z"] and files.replaced == ["b/c"] and files.others == ["-", "x", "z"]
    assert files.assets.now == {CSS} and files.assets.before == {CSS: Entry(CSS, 1, "00")}


def test_the_manifest_is_that_of_all_files_with_those_that_stay(tmp_path: Path) -> None:
    files = put_together(staged("b", "甲/乙", 'd"'), (), (), ())
    stay = [Entry("c", 1, "11", CARRIED), Entry("a", 1, "22", EARLIER)]
    files.write_manifest(tmp_path / "manifest", stay)
    expected = make_manifest([*(Entry(path, 2, "99") for path in ("b", "甲/乙", 'd"')), *stay])
    assert load_manifest(tmp_path / "manifest") == expected and files.release == expected.release


@pytest.mark.parametrize("paths", [("a", "a"), ("A", "a"), ("a", "b", "B")])
def test_a_path_that_is_staged_twice_is_refused(paths: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="two pages want the path"):
        put_together(staged(*paths), (), (), ())
