"""Back to the release before, and forward again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline import journal
from generator.pipeline.rollback import roll_back
from generator.pipeline.verification import verify_folder
from tests.pipeline.test_output_folder import publish
from tests.pipeline.test_run import made

MANY = {f"page{number}": b"same" for number in range(20)}


@pytest.fixture(params=["files", "whole"])
def output(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A section published twice: the second time file by file, or as a whole because nearly all of it changes."""
    output = tmp_path / "site"
    publish(output, a=b"1", gone=b"x", **(MANY if request.param == "files" else {}))
    publish(output, a=b"2", new=b"y", **(MANY if request.param == "files" else {}))
    return output


def test_a_section_goes_back_to_the_release_before_and_forward_again(output: Path) -> None:
    new = made(output)
    done = roll_back(output)
    old = made(output)
    assert (old["a"], old["gone"], "new" in old) == (b"1", b"x", False) and done.files[::2] == (2, 1)
    assert verify_folder(output).equal
    again = roll_back(output)
    assert made(output) == new and (again.left, again.release) == (done.release, done.left)
    assert verify_folder(output).equal


def test_what_was_put_in_by_hand_stays(output: Path) -> None:
    (output / "web.config").write_bytes(b"theirs")
    roll_back(output)
    assert (output / "web.config").read_bytes() == b"theirs" and not verify_folder(output).differences.extra


def test_the_next_build_builds_anew_after_going_back(output: Path) -> None:
    new = made(output)
    roll_back(output)
    publish(output, **new)
    assert made(output) == new


def test_the_assets_of_the_release_that_is_left_stay_for_its_readers(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for number in (1, 2):
        publish(output, **{f"assets/a.0000000{number}.css": b"x"}, page=b"1")
    roll_back(output)
    assert made(output).keys() == {"assets/a.00000001.css", "assets/a.00000002.css", "page"}
    assert verify_folder(output).equal


def test_after_a_first_build_there_is_none(tmp_path: Path) -> None:
    publish(tmp_path / "site", a=b"1")
    with pytest.raises(UserError, match="no release"):
        roll_back(tmp_path / "site")
    assert made(tmp_path / "site") == {"a": b"1"}


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_release_before_that_is_not_whole_is_refused_and_nothing_touched(output: Path, harm: str) -> None:
    new = made(output)
    kept = output.parent / ".site.nianbao-previous/site/a"
    kept.unlink()
    if harm == "changed":
        kept.write_bytes(b"?")
    with pytest.raises(UserError, match="“a” of the release before"):
        roll_back(output)
    assert made(output) == new and verify_folder(output).equal


def test_what_stopped_on_the_way_back_is_completed_by_going_back_again_and_not_undone(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "_finish", stop)
    with pytest.raises(UserError, match="half renewed \\(the disk is full\\)"):
        roll_back(output)
    monkeypatch.undo()
    done = roll_back(output)
    assert made(output)["a"] == b"1" and verify_folder(output).manifest.release == done.release != done.left
    assert roll_back(output).left == done.release and made(output)["a"] == b"2"
