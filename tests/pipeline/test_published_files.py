"""A release that changes a few files of the one before is the same as one made of all its files."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.build_record import load_record, outputs_stand
from generator.pipeline.output_folder import Stage
from generator.pipeline.published_files import open_published
from generator.pipeline.record_store import Damaged
from generator.pipeline.request import FileCounts
from generator.pipeline.verification import verify_folder
from tests.pipeline.test_output_folder import publish_files
from tests.pipeline.test_run import made

FILES = {f"202{year}/{organ}/index.html": b"1" for year in range(3) for organ in "abcdefgh"} | {"index.html": b"1"}


def renew(output: Path, put: Mapping[str, bytes], drop: Iterable[str] = ()) -> tuple[frozenset[str] | None, FileCounts]:
    """Publishes what stays and what is put; `drop` are the paths that stay no longer as they are. Returns those that
    did not stand."""
    with Stage(output) as stage:
        assert stage.published
        stage.believe(stage.published.release)
        stale = stage.go_on()
        stage.drop([f"1 1 0 {path}" for path in drop])
        for path, data in put.items():
            stage.put(path, data)
        return stale, stage.commit("salt", ["1 1 in"], "[]", 7)


def manifest(output: Path) -> bytes:
    return output.with_name(f".{output.name}.nianbao-manifest.jsonl").read_bytes()


def record(output: Path) -> Path:
    return output.with_name(f".{output.name}.nianbao-record")


def test_after_random_changes_manifest_and_record_are_those_of_a_first_build(tmp_path: Path) -> None:
    chance, output = random.Random(14), tmp_path / "site"
    publish_files(output, FILES)
    (output / "web.config").write_bytes(b"theirs")
    now, more = dict(FILES), ["2021/new/index.html", "2021/new/a.css", "2020/a/Tu.png"]
    for step in range(25):
        paths = chance.sample([*FILES, *more], chance.randrange(1, 4))
        put = {path: b"n%d" % step for path in paths if chance.random() < 0.7}
        drop = [path for path in paths if path in now]
        stale, counts = renew(output, put, drop)
        now = {path: data for path, data in now.items() if path not in drop} | put
        assert stale == frozenset() and made(output) == now | {"web.config": b"theirs"}
        assert counts == FileCounts(len(put), len(now) - len(put), len(set(drop) - put.keys()))
        publish_files(tmp_path / f"cold{step}", now)
        one, two = load_record(record(output)), load_record(record(tmp_path / f"cold{step}"))
        assert one and two and one.release == two.release and list(one.inputs) == ["1 1 in"] and one.started == 7
        assert [line.split(" ")[1:] for line in one.outputs] == [line.split(" ")[1:] for line in two.outputs]
        assert outputs_stand(one, output) and verify_folder(output).equal
        assert b'"kind": "carried"' in manifest(output)


def test_a_file_changed_lost_or_replaced_by_a_link_does_not_stand_and_has_to_be_made_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish_files(output, FILES)
    gone, changed, link = "2020/a/index.html", "2021/b/index.html", "2022/c/index.html"
    (output / gone).unlink()
    (output / changed).write_bytes(b"2")
    (output / link).unlink()
    (output / link).symlink_to(output / "index.html")
    with pytest.raises(Damaged):
        renew(output, {})
    stale, counts = renew(output, {gone: b"1", changed: b"1", link: b"1"}, [gone, changed, link])
    assert stale == frozenset((gone, changed, link)) and counts == FileCounts(3, len(FILES) - 3, 0)
    assert made(output) == FILES and not (output / link).is_symlink()


@pytest.mark.parametrize("path", ["index.html", "Index.html", "2020/A/index.html"])
def test_a_path_that_stays_is_refused_even_if_only_letter_case_differs(tmp_path: Path, path: str) -> None:
    publish_files(tmp_path / "site", FILES)
    with pytest.raises(UserError, match="two pages want the path"):
        renew(tmp_path / "site", {path: b"2"})
    assert made(tmp_path / "site") == FILES


def test_what_was_not_published_cannot_be_given_up(tmp_path: Path) -> None:
    publish_files(tmp_path / "site", FILES)
    with pytest.raises(Damaged):
        renew(tmp_path / "site", {}, ["2020/nobody/index.html"])


def test_where_much_changes_all_is_put_together(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish_files(output, FILES)
    inode, new = output.stat().st_ino, {path: b"2" for path in FILES if path.startswith("2021")}
    renew(output, new, new)
    assert made(output) == FILES | new and verify_folder(output).equal and output.stat().st_ino != inode


def test_paths_that_stay_are_held_until_they_are_given_up(tmp_path: Path) -> None:
    publish_files(tmp_path / "site", FILES | {"a/TU.png": b""})
    with Stage(tmp_path / "site") as stage:
        assert stage.published
        stage.believe(stage.published.release)
        stage.go_on()
        held = ["INDEX.html", "a/tu.png"]
        assert all(map(stage.holds, held)) and not stage.holds("a") and stage.keep(["1 1 0 index.html"])
        stage.drop(["1 1 0 index.html", "1 1 0 a/TU.png"])
        assert not any(map(stage.holds, held))


@pytest.mark.parametrize("damage", ["lost", "cut", "changed", "other release", "other number"])
def test_without_a_whole_record_of_the_release_nothing_stays_by_itself(tmp_path: Path, damage: str) -> None:
    publish_files(tmp_path / "site", FILES)
    file = record(tmp_path / "site")
    data = file.read_bytes()
    if damage == "lost":
        file.unlink()
    else:
        release = data.split(b"\n")[0].split(b" ")[4]
        others = {
            "cut": data[:-9],
            "changed": data.replace(b" 1 2020/a", b" 2 2020/a"),
            "other release": data.replace(release, release[::-1]),
            "other number": b"",
        }
        file.write_bytes(others[damage])
    with Stage(tmp_path / "site") as stage:
        assert stage.published and open_published(stage.layout, stage.published) is None
        stage.believe(stage.published.release)
        assert stage.go_on() is None


def test_a_pipe_is_refused_by_name(tmp_path: Path) -> None:
    publish_files(tmp_path / "site", FILES)
    os.mkfifo(tmp_path / "site/pipe")
    with pytest.raises(UserError, match="pipe"):
        renew(tmp_path / "site", {})
