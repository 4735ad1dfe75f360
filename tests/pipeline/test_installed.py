"""Which libraries make downloads, and in which version."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from generator.pipeline.installed import _version, made_with
from generator.website.downloads.download import DOWNLOADS


def test_every_library_is_named_with_its_version() -> None:
    modules = {module for item in DOWNLOADS for module in item.modules}
    assert {item.split(" ")[0] for item in made_with()} == modules
    assert f"docx {version('python-docx')}" in made_with()


def test_a_version_is_told_by_the_folder_beside_the_library_else_asked_for(tmp_path: Path) -> None:
    assert _version("xlsxwriter", "xlsxwriter", [str(tmp_path / "none")]) == version("xlsxwriter")
    assert _version("no_such_module", "no-such-module", [str(tmp_path)]) == ""
    (tmp_path / "No_Such_Module-1.2.dist-info").mkdir()
    assert _version("no_such_module", "no-such-module", ["", str(tmp_path)]) == "1.2"
