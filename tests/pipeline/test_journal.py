"""A release takes the place of another, and what a killed run left is completed or undone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import journal
from generator.pipeline.journal import discard, order, publish_files, publish_whole, recover
from generator.pipeline.layout import Layout
from tests.pipeline.test_run import made


def staged(folder: Path, data: str = "new") -> Layout:
    """A published section `old` and a staged one that is to take its place."""
    layout = Layout(folder / "site")
    layout.output.mkdir()
    (layout.output / "page").write_text("old", encoding="utf-8")
    layout.manifest.write_text("old", encoding="utf-8")
    layout.tree.mkdir(parents=True)
    (layout.tree / "page").write_text(data, encoding="utf-8")
    layout.new_manifest.write_text(data, encoding="utf-8")
    layout.new_previous.mkdir()
    return layout


def test_the_staged_release_is_published_and_the_old_one_kept(tmp_path: Path) -> None:
    layout = staged(tmp_path)
    publish_whole(layout)
    assert made(layout.output) == {"page": b"new"} and layout.manifest.read_bytes() == b"new"
    assert made(layout.previous_tree) == {"page": b"old"}
    assert {path.name for path in tmp_path.iterdir()} == {"site", layout.manifest.name, layout.previous.name}


def test_without_a_journal_a_stage_means_nothing(tmp_path: Path) -> None:
    layout = staged(tmp_path)
    recover(layout)
    assert made(layout.output) == {"page": b"old"} and layout.manifest.read_bytes() == b"old"
    assert not layout.stage.exists()


@pytest.mark.parametrize("switched", [False, True])
def test_a_journal_tells_whether_the_folders_have_changed_places(tmp_path: Path, switched: bool) -> None:
    layout = staged(tmp_path)
    layout.journal.write_text(json.dumps({"tree": layout.tree.stat().st_ino}), encoding="utf-8")
    if switched:
        layout.output.rename(tmp_path / "x")
        layout.tree.rename(layout.output)
        (tmp_path / "x").rename(layout.tree)
    recover(layout)
    now = b"new" if switched else b"old"
    assert made(layout.output) == {"page": now} and layout.manifest.read_bytes() == now
    assert layout.previous.exists() == switched and not layout.journal.exists() and not layout.stage.exists()


@pytest.mark.parametrize("journal", ["", "[]", "{", "null"])
def test_a_journal_that_says_nothing_is_as_none(tmp_path: Path, journal: str) -> None:
    layout = staged(tmp_path)
    layout.journal.write_text(journal, encoding="utf-8")
    recover(layout)
    assert made(layout.output) == {"page": b"old"} and not layout.journal.exists()


# ---------------------------------------------------------------- what is on the disk, and when


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, set[str]]]:
    """What is flushed and renamed, in order; names are relative to the folder that holds the section."""
    log: list[tuple[str, set[str]]] = []
    replace, rename, unlink = os.replace, os.rename, Path.unlink

    def note(what: str, *paths: Any) -> bool:
        log.append((what, {str(path).partition("/at/")[2] for path in paths}))
        return False

    def patch(name: str, original: Any) -> Any:
        return lambda source, target: (note(name, target), original(source, target))[1]

    monkeypatch.setattr(journal, "flush", lambda paths: note("flush", *paths))
    monkeypatch.setattr(os, "replace", patch("rename", replace))
    monkeypatch.setattr(os, "rename", patch("rename", rename))
    monkeypatch.setattr(journal, "_renameat2", lambda one, two: note("exchange", two))
    monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: (note("delete", path), unlink(path, missing_ok)))
    return log


@pytest.mark.parametrize("way", ["whole", "files"])
def test_everything_is_on_the_disk_before_the_journal_and_the_change_before_its_end(
    tmp_path: Path, log: list[tuple[str, set[str]]], way: str
) -> None:
    (tmp_path / "at").mkdir()
    layout = staged(tmp_path / "at")
    everything = {str(path.relative_to(tmp_path / "at")) for path in layout.stage.rglob("*")}
    publish_whole(layout) if way == "whole" else publish_files(layout, ["page"], ["gone"])
    steps = [(what, paths) for what, paths in log if what != "delete" or layout.journal.name in paths]
    journal = steps.index(("rename", {layout.journal.name}))
    first = min(n for n, (_, paths) in enumerate(steps) if paths & {"site", "site/page", layout.old.name})
    assert steps[journal - 1][0] == "flush" and steps[journal - 1][1] >= {*everything, layout.stage.name}
    assert journal < steps.index(("flush", {""}), journal) < first, "the journal is on the disk before the first change"
    assert steps[-1] == ("delete", {layout.journal.name}) and steps[-2][0] == "flush"
    assert "" in steps[-2][1] and (way == "whole" or "site" in steps[-2][1])


def test_nothing_is_flushed_where_that_is_not_wanted(tmp_path: Path, log: list[tuple[str, set[str]]]) -> None:
    publish_whole(staged(tmp_path), durable=False)
    assert not [what for what, _ in log if what == "flush"]


def test_files_come_before_what_leads_to_them(tmp_path: Path) -> None:
    for old in ("2020/a/index.html", "2020/index.html", "index.html", "organs/a/index.html"):
        (tmp_path / old).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / old).touch()
    expected = [
        "2021/a/report.json",
        "assets/a.00000000.css",
        "data/reports.csv",
        "data/datapackage.json",
        "2021/a/index.html",
        "2021/index.html",
        "2020/a/index.html",
        "2020/index.html",
        "organs/a/index.html",
        "index.html",
        "sitemap.xml",
    ]
    assert order(sorted(expected), tmp_path) == expected


def test_an_output_put_aside_is_not_deleted_before_another_stands(tmp_path: Path) -> None:
    """Both renames of a switch in two steps fail: what was put aside is the only copy."""
    layout = staged(tmp_path)
    os.rename(layout.output, layout.old)
    before = made(layout.old)
    discard(layout)
    assert made(layout.old) == before and not layout.stage.exists()
    recover(layout)
    assert made(layout.output) == before and not layout.old.exists()


@pytest.mark.parametrize(
    "journal",
    [
        *("5", '{"put": 5, "remove": []}', '{"put": [null], "remove": []}', '{"put": []}', "[" * 100_000),
        *('{"put": ["../../other"], "remove": []}', '{"put": [], "remove": ["../other"]}'),
        '{"put": [], "remove": ["OTHER"]}',
    ],
)
def test_a_journal_that_no_run_wrote_touches_nothing(tmp_path: Path, journal: str) -> None:
    layout = staged(tmp_path)
    other = tmp_path / "other"
    other.write_text("示例", "utf-8")
    layout.journal.write_text(journal.replace("OTHER", str(other)), "utf-8")
    recover(layout)
    assert other.exists() and made(layout.output) == {"page": b"old"} and not layout.journal.exists()
