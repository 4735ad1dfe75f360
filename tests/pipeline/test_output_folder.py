"""The stage: the whole site takes the place of the old one, or nothing changes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline import output_folder
from generator.pipeline.build_record import OLD_RECORD, load_record
from generator.pipeline.manifest import load_manifest
from generator.pipeline.output_folder import Stage, apart
from generator.pipeline.stage_writer import Staged, staged_line
from generator.pipeline.verification import verify_folder
from tests.pipeline import crash
from tests.pipeline.test_run import made


def publish(output: Path, **files: bytes) -> tuple[int, int, int]:
    return publish_files(output, files)


def publish_files(output: Path, files: Mapping[str, bytes], whole: bool = False) -> tuple[int, int, int]:
    with Stage(output, whole=whole) as stage:
        for name, data in files.items():
            stage.put(name, data)
        return stage.commit("salt", [], "")


def test_a_commit_counts_what_was_written_kept_and_removed(tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert publish(output, a=b"1", b=b"2") == (2, 0, 0)
    assert publish(output, a=b"1", c=b"3") == (1, 1, 1)
    assert made(output) == {"a": b"1", "c": b"3"}


def test_leaving_without_commit_changes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1")
    with Stage(output) as stage:
        stage.put("a", b"2")
    assert made(output) == {"a": b"1"}
    beside = {f".site.nianbao-{what}" for what in ("lock", "manifest.jsonl", "record")}
    assert {path.name for path in tmp_path.iterdir()} == {"site", *beside}


def claim_all(output: Path, paths: Sequence[str]) -> None:
    with Stage(output) as stage:
        for path in paths:
            stage.claim(Staged([f"1 1 0 {path}"], 1))
        stage.commit("salt", [], "")


@pytest.mark.parametrize("pair", [("a.html", "a.html"), ("A.html", "a.html"), ("b/Ä.png", "b/ä.png"), ("A.b", "A.b")])
def test_two_pages_on_one_path_are_an_error_even_if_only_letter_case_differs(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    for paths in (pair, pair[::-1]):
        with pytest.raises(UserError, match=rf"two pages want the path “({pair[0]}|{pair[1]})"):
            claim_all(tmp_path / "site", [*paths, "between"])
        assert not (tmp_path / "site").exists()


def test_a_second_stage_of_the_same_output_is_refused(tmp_path: Path) -> None:
    with Stage(tmp_path / "site"), pytest.raises(UserError, match="another nianbao"), Stage(tmp_path / "site"):
        pass


def test_what_no_build_made_stays(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1")
    (output / "web.config").write_bytes(b"theirs")
    publish(output, a=b"2")
    assert made(output) == {"a": b"2", "web.config": b"theirs"}


def as_published(stage: Stage) -> list[str]:
    """The published files as lines of `Staged`."""
    entries = stage.published.entries() if stage.published else ()
    return [staged_line(os.lstat(stage.output / entry.path).st_mtime_ns, entry) for entry in entries]


def test_published_files_are_kept_without_being_read_while_they_stand_as_published(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1", b=b"2", c=b"3")
    with Stage(output) as stage:
        a, b, c = as_published(stage)
        assert stage.keep([a, b]) and not stage.keep([c, c[:-1] + "d"])
        assert not stage.keep([c.replace(c.split(" ")[2], a.split(" ")[2])])
        assert stage.commit("salt", [], "") == (0, 2, 1)
    assert made(output) == {"a": b"1", "b": b"2"}
    (output / "a").write_bytes(b"x")
    with Stage(output) as stage:
        assert stage.keep([b]) and not stage.keep([a])


def test_nothing_is_kept_where_record_and_manifest_do_not_belong_together(tmp_path: Path) -> None:
    publish(tmp_path / "other", a=b"2")
    publish(tmp_path / "site", a=b"1")
    (tmp_path / ".other.nianbao-manifest.jsonl").rename(tmp_path / ".site.nianbao-manifest.jsonl")
    with Stage(tmp_path / "site") as stage:
        assert as_published(stage) and not stage.keep(as_published(stage))
        stage.believe("0" * 64)
        assert not stage.keep(as_published(stage))


def test_lines_of_the_release_that_stands_are_believed_as_long_as_the_files_do(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1", b=b"2")
    (tmp_path / ".site.nianbao-record").unlink()
    with Stage(output) as stage:
        a, b = as_published(stage)
        assert stage.published and not stage.keep([a])
        stage.believe(stage.published.release)
        assert stage.keep([a]) and stage.stand([b])
        (output / "b").write_bytes(b"3")
        assert not stage.keep([b])


def test_a_section_with_the_record_inside_is_taken_over_and_the_record_moves_out(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1", gone=b"2")
    for name in ("manifest.jsonl", "record"):
        (tmp_path / f".site.nianbao-{name}").unlink()
    (output / OLD_RECORD).parent.mkdir()
    (output / OLD_RECORD).write_bytes(b"salt 0 2 1528827757\n1 1 a\n1 1 gone\n[]")
    (output / "web.config").write_bytes(b"theirs")
    assert load_record(output / OLD_RECORD) is not None
    assert publish(output, a=b"1") == (0, 1, 1)
    assert {path.name for path in output.iterdir()} == {"a", "web.config"}
    manifest = load_manifest(tmp_path / ".site.nianbao-previous/manifest.jsonl")
    assert manifest is not None and [entry.path for entry in manifest.entries] == ["a", "gone"]


def test_a_page_changed_by_hand_is_put_right_and_the_release_before_stays(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1")
    publish(output, a=b"2")
    (output / "a").write_bytes(b"x")
    assert publish(output, a=b"2") == (1, 0, 0)
    assert made(output) == {"a": b"2"} and made(tmp_path / ".site.nianbao-previous/site") == {"a": b"1"}


@pytest.mark.parametrize("one_step", [True, False])
def test_where_folders_cannot_be_exchanged_the_risk_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    if not one_step:
        monkeypatch.setattr("generator.pipeline.journal._renameat2", lambda first, second: False)
    for data in (b"1", b"2"):
        with Stage(tmp_path / "site") as stage:
            stage.put("a", data)
            stage.commit("salt", [], "")
    assert len(stage.notes) == (not one_step) and made(tmp_path / "site") == {"a": b"2"}


def test_the_assets_before_the_last_change_of_assets_stay(tmp_path: Path) -> None:
    output = tmp_path / "site"
    first, second, third = (f"assets/a.0000000{n}.css" for n in range(3))
    for asset, page, expected in (
        (first, b"1", {first}),
        (second, b"1", {first, second}),
        (second, b"2", {first, second}),
        (third, b"2", {second, third}),
    ):
        publish(output, **{asset: b"x", "index.html": page})
        assert made(output).keys() == {"index.html", *expected}


@pytest.mark.parametrize("place", ["site/a", "site/web.config", ".site.nianbao-lock", ".site.nianbao-manifest.jsonl"])
def test_a_pipe_in_the_place_of_a_file_is_refused_by_name(tmp_path: Path, place: str) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1")
    (tmp_path / place).unlink(missing_ok=True)
    os.mkfifo(tmp_path / place)
    with pytest.raises(UserError, match=Path(place).name):
        publish(output, a=b"2")


def _put_in_the_way(path: Path, kind: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "file":
        path.write_bytes(b"x")
    elif kind == "folder":
        (path / "of somebody").mkdir(parents=True)
    else:
        path.symlink_to(path.parent / "elsewhere")


def _everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("what", "kind"),
    [
        *(
            (name, kind)
            for name in ("lock", "manifest.jsonl", "record", "journal")
            for kind in ("folder", "link", "pipe")
        ),
        *((name, kind) for name in ("new", "previous", "old") for kind in ("file", "link", "pipe")),
    ],
)
def test_what_stands_under_our_names_is_refused_by_name_before_anything_is_touched(
    tmp_path: Path, what: str, kind: str, whole: bool
) -> None:
    """Found out half-way, `previous` left a section half renewed, and a pipe was waited for for ever."""
    output, many = tmp_path / "site", {f"f{number}": b"1" for number in range(20)}
    publish(output, **many)
    publish(output, **many, a=b"1")
    beside = tmp_path / f".site.nianbao-{what}"
    _put_in_the_way(beside, kind)
    before = _everything(tmp_path)
    with pytest.raises(UserError) as refused:
        publish_files(output, {**many, "a": b"2"}, whole)
    assert str(beside) in refused.value.message.zh and "请移走或删除它" in refused.value.message.zh
    assert _everything(tmp_path) == before


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_records_that_are_no_plain_file_are_told_and_the_section_is_built(tmp_path: Path, kind: str) -> None:
    beside = tmp_path / ".site.nianbao-records.sqlite"
    _put_in_the_way(beside, kind)
    with Stage(tmp_path / "site") as stage:
        stage.commit("salt", [], "")
    assert str(beside) in stage.notes[0].zh and "请移走或删除它" in stage.notes[0].zh


@pytest.mark.parametrize(
    ("output", "content"), [("site", "site"), ("site", "site/content"), ("content/site", "content")]
)
def test_output_and_content_lie_apart(tmp_path: Path, output: str, content: str) -> None:
    with pytest.raises(UserError, match="may not lie one in the other"):
        apart(tmp_path / output, tmp_path / content)
    apart(tmp_path / "site", tmp_path / "site-content")


def test_a_staged_file_can_be_read_again_whether_written_or_only_noted(tmp_path: Path) -> None:
    with Stage(tmp_path / "site") as stage:
        stage.put("a.txt", b"1")
        assert stage.read("a.txt") == b"1"
        stage.commit("salt", [], "{}")
    with Stage(tmp_path / "site") as stage:
        stage.put("a.txt", b"1")
        stage.put("b.txt", b"2")
        assert (stage.read("a.txt"), stage.read("b.txt")) == (b"1", b"2")


def test_after_random_edits_a_section_is_what_a_first_build_makes() -> None:
    """Few changes and many, by every way; folders of removed reports go too."""
    chance = random.Random(14)
    reports = {(year, organ): "1" for year in range(2019, 2024) for organ in "abcdef"}
    style, ways = "1", set()
    with crash.in_memory() as tmp_path:
        for step in range(40):
            for _ in range(chance.choice([1, 1, 2, 12])):
                key = (chance.randrange(2018, 2026), chance.choice("abcdefgh"))
                if chance.random() < 0.4:
                    reports.pop(key, None)
                else:
                    reports[key] = str(step)
            style = str(step) if chance.random() < 0.1 else style
            inode = (tmp_path / "site").stat().st_ino if step else 0
            crash.publish(tmp_path / "site", crash.section(reports, style))
            ways.add(inode == (tmp_path / "site").stat().st_ino)
            shutil.rmtree(tmp_path / "cold", ignore_errors=True)
            crash.publish(tmp_path / "cold", crash.section(reports, style))
            now, cold = crash.tree(tmp_path / "site"), crash.tree(tmp_path / "cold")
            earlier = {path for path in now.keys() - cold.keys() if path.startswith("assets/")}
            assert {path: data for path, data in now.items() if path not in earlier} == cold and len(earlier) <= 1
            one, two = (load_manifest(tmp_path / f".{name}.nianbao-manifest.jsonl") for name in ("site", "cold"))
            assert one and two and one.release == two.release and verify_folder(tmp_path / "site").equal
    assert ways == {True, False}


def test_what_is_interrupted_while_it_begins_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    (tmp_path / "site").mkdir()
    monkeypatch.setattr(output_folder, "open_manifest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Stage(tmp_path / "site").__enter__()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.nianbao-lock", "site"]
    monkeypatch.undo()
    with Stage(tmp_path / "site"):  # the lock is free
        pass
