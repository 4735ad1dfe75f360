"""A built section is read again only where its record and manifest do not say what the ledger says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.sums import FileSum, sum_file, sum_site
from generator.pipeline.layout import Layout
from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.targets.built import BuiltSection
from generator.targets.publication import state_of_build
from tests.example import write_content


@pytest.fixture
def section(tmp_path: Path) -> Path:
    run(Request(write_content(tmp_path / "content"), jobs=1), tmp_path / "site")
    return tmp_path / "site"


def read_files(section: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read to sum a section whose every file is public as it is."""
    read: list[str] = []
    public = sum_site(section)

    def watch(path: str) -> FileSum:
        read.append(Path(path).name)
        return sum_file(path)

    with monkeypatch.context() as watched:
        watched.setattr("generator.targets.built.sum_file", watch)
        before = dict(public)
        assert BuiltSection(section).sums(before) == public
    return read


def test_a_build_within_seconds_of_an_edit_is_not_older_than_it(section: Path) -> None:
    """Though times prove nothing then, and no page was written anew."""
    request, site = Request(section.parent / "content", jobs=1), section.parent / "content/site.yaml"
    site.touch()
    run(request, section)
    assert not state_of_build(request, BuiltSection(section))[1]
    site.touch()
    assert state_of_build(request, BuiltSection(section))[1]
    run(request, section)
    (section / "index.html").touch()
    assert state_of_build(request, BuiltSection(section))[1]


def test_what_is_as_built_and_published_is_not_read(section: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (section / "示例 “图”.png").write_bytes(b"1")  # put there by hand: nothing is known of it
    assert read_files(section, monkeypatch) == ["示例 “图”.png"]


def test_a_link_or_a_pipe_put_there_by_hand_is_refused(section: Path) -> None:
    os.mkfifo(section / "2021/shili/pipe")
    with pytest.raises(UserError, match="no plain file"):
        BuiltSection(section).sums({})
    (section / "2021/shili/pipe").unlink()
    (section / "2021/shili/link").symlink_to("index.html")
    with pytest.raises(UserError, match="symbolic link"):
        BuiltSection(section).sums({})


def test_hidden_files_are_not_published_but_for_those_that_servers_read(section: Path) -> None:
    for name in (".htaccess", ".git", "2021/shili/.swp"):
        (section / name).write_bytes(b"1")
    assert BuiltSection(section).sums({}).keys() == {path for path in sum_site(section) if "/." not in path}
    assert {".htaccess"} == {path for path in BuiltSection(section).seen if path.startswith(".")}


def test_what_was_put_there_by_hand_before_a_build_stays_public(section: Path) -> None:
    (section / "2021/shili/by-hand.txt").write_bytes(b"1")
    content = section.parent / "content"
    (content / "site.yaml").touch()
    run(Request(content, jobs=1), section)
    assert "2021/shili/by-hand.txt" in BuiltSection(section).sums({})
    (section / "2021/shili/by-hand.txt").unlink()
    assert "2021/shili/by-hand.txt" not in BuiltSection(section).sums({})


def test_what_was_touched_is_read(section: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (section / "2021/shili/report.json").touch()
    assert read_files(section, monkeypatch) == ["report.json"]


@pytest.mark.parametrize("harm", ["replaced", "deleted", "added"])
def test_of_a_large_section_changed_folders_are_looked_at(
    section: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.targets.built.MANY", 0)
    public, place = sum_site(section), section / "2021/shili/report.json"
    assert BuiltSection(section).stands and BuiltSection(section).sums(public) == public
    if harm == "added":
        (section / "2021/shili/new.txt").write_bytes(b"1")
    else:
        place.unlink()
        if harm == "replaced":
            place.write_bytes(b"1")
    assert BuiltSection(section).stands == (harm == "added")
    assert BuiltSection(section).sums(public) == sum_site(section)


def test_content_that_differs_from_the_ledger_is_read(section: Path) -> None:
    public = sum_site(section)
    place = section / "2021/shili/report.json"
    status = place.stat()
    place.write_bytes(place.read_bytes() + b" ")
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert BuiltSection(section).sums(public)["2021/shili/report.json"] != public["2021/shili/report.json"]
    other = {path: item._replace(sha256="0" * 64) for path, item in public.items()}
    assert BuiltSection(section).sums(other) == sum_site(section)


@pytest.mark.parametrize(
    "harm", [lambda data: b"", lambda data: data[:-3], lambda data: data.replace(b'"size": ', b'"size": 1')]
)
def test_a_damaged_manifest_is_not_believed(section: Path, harm: object, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Layout(section).manifest
    manifest.write_bytes(harm(manifest.read_bytes()))  # type: ignore[operator]
    assert len(read_files(section, monkeypatch)) == len(sum_site(section))
