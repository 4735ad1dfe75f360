"""The stage: the whole site takes the place of the old one, or nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.output_folder import Stage, apart
from generator.pipeline.stage_writer import Staged
from tests.pipeline.test_run import made


def publish(output: Path, **files: bytes) -> tuple[int, int, int]:
    with Stage(output) as stage:
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
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.nianbao-lock"}


def test_two_pages_on_one_path_are_an_error_even_if_only_letter_case_differs(tmp_path: Path) -> None:
    with Stage(tmp_path / "site") as stage:
        stage.claim(Staged(["1 1 A.html"], 1))
        with pytest.raises(UserError, match=r"a\.html"):
            stage.claim(Staged(["1 1 a.html"], 1))


def test_a_second_stage_of_the_same_output_is_refused(tmp_path: Path) -> None:
    with Stage(tmp_path / "site"), pytest.raises(UserError, match="another nianbao"), Stage(tmp_path / "site"):
        pass


def test_what_no_build_made_stays(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, a=b"1")
    (output / "web.config").write_bytes(b"theirs")
    publish(output, a=b"2")
    assert made(output) == {"a": b"2", "web.config": b"theirs"}


@pytest.mark.parametrize(
    ("output", "content"), [("site", "site"), ("site", "site/content"), ("content/site", "content")]
)
def test_output_and_content_lie_apart(tmp_path: Path, output: str, content: str) -> None:
    with pytest.raises(UserError, match="may not lie one in the other"):
        apart(tmp_path / output, tmp_path / content)
    apart(tmp_path / "site", tmp_path / "site-content")
