"""The manifest: what a section holds, and how a folder differs from it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from generator.pipeline.manifest import (
    CARRIED,
    SCHEMA,
    Entry,
    differences,
    load_manifest,
    make_manifest,
    measure,
    measure_folder,
    parse_manifest,
)

ENTRIES = [Entry("b", 2, "00"), Entry("a/甲", 1, "11"), Entry("web.config", 3, "22", CARRIED)]


def test_a_manifest_is_a_head_and_a_line_a_file_sorted_by_path() -> None:
    lines = [json.loads(line) for line in b"".join(make_manifest(ENTRIES).lines()).decode().splitlines()]
    assert lines[0] | {"program": "", "release": ""} == {"schema": SCHEMA, "release": "", "program": "", "files": 3}
    assert lines[1:] == [
        {"path": "a/甲", "size": 1, "sha256": "11"},
        {"path": "b", "size": 2, "sha256": "00"},
        {"path": "web.config", "size": 3, "sha256": "22", "kind": "carried"},
    ]


def test_it_comes_back_as_it_was_written_even_with_names_that_are_no_text(tmp_path: Path) -> None:
    manifest = make_manifest([*ENTRIES, Entry("\udcff\n", 0, "33", CARRIED)])
    (tmp_path / "manifest").write_bytes(b"".join(manifest.lines()))
    assert load_manifest(tmp_path / "manifest") == manifest


def test_the_release_is_the_same_whatever_is_put_in_by_hand_and_another_with_another_content() -> None:
    release = make_manifest(ENTRIES).release
    assert make_manifest(ENTRIES[:2]).release == release
    assert make_manifest([ENTRIES[0], ENTRIES[1]._replace(sha256="12")]).release != release


@pytest.mark.parametrize("cut", [0, 1, 30, -1, -20])
def test_a_manifest_cut_short_is_none(tmp_path: Path, cut: int) -> None:
    (tmp_path / "manifest").write_bytes(b"".join(make_manifest(ENTRIES).lines())[:cut])
    assert load_manifest(tmp_path / "manifest") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"00"', b'"01"'), (b'"size": 2', b'"size": 3'), (SCHEMA.encode(), b"x/1"), (b'"b"', b'"z"'), (b"{", b"[")],
)
def test_a_manifest_that_was_changed_is_not_taken(old: bytes, new: bytes) -> None:
    data = b"".join(make_manifest(ENTRIES[:2]).lines())
    assert parse_manifest(data)
    with pytest.raises(ValueError, match=r"manifest|Expecting|delimiter"):
        parse_manifest(data.replace(old, new, 1))


def test_what_is_changed_missing_and_extra_is_named() -> None:
    found = {"b": (2, "99"), "web.config": (3, "22"), "new": (0, "")}
    assert differences(make_manifest(ENTRIES), found) == (["b"], ["a/甲"], ["new"])


def test_files_links_and_pipes_of_a_folder_are_measured(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/甲").write_bytes(b"1")
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    digests = {text: hashlib.sha256(text).hexdigest() for text in (b"1", b"a")}
    assert measure_folder(tmp_path) == {"a/甲": (1, digests[b"1"]), "link": (1, digests[b"a"]), "pipe": (-1, "")}
    assert measure(f"{tmp_path}/link") == (1, digests[b"a"])
