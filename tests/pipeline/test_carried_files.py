"""What stays in a section besides what is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.carried_files import Assets, is_asset, refuse_in_the_way, staying
from generator.pipeline.manifest import CARRIED, EARLIER, Entry


def entries(*paths: str, kind: str = "") -> dict[str, Entry]:
    return {path: Entry(path, 1, "0", kind) for path in paths}


def kinds(tmp_path: Path, built: dict[str, Entry], before: dict[str, Entry], *found: str) -> dict[str, str]:
    for path in found:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assets = Assets(set(filter(is_asset, built)), {path: before[path] for path in before if is_asset(path)})
    others = [path for path in found if path not in built]
    stay = staying(assets, before.keys() - built.keys(), tmp_path, others)
    refuse_in_the_way(stay, built, tmp_path)
    return {entry.path: entry.kind for entry in stay}


def test_what_no_build_made_is_carried_along_and_what_one_made_goes(tmp_path: Path) -> None:
    stay = kinds(tmp_path, entries("a"), entries("a", "gone"), "a", "gone", "web.config", ".nianbao/state")
    assert stay == {"web.config": CARRIED}


def test_assets_before_the_last_change_stay_and_those_of_older_programs_go(tmp_path: Path) -> None:
    one, two, three = (f"assets/x.0000000{number}.css" for number in range(3))
    assert kinds(tmp_path, entries(two), entries(one), one, three) == {one: EARLIER}
    before = entries(two) | entries(one, kind=EARLIER)
    assert kinds(tmp_path, entries(two), before, one, two) == {one: EARLIER}
    assert kinds(tmp_path, entries(three), before, one, two) == {two: EARLIER}


@pytest.mark.parametrize(("built", "found", "named"), [("a/b", "a", "a"), ("a", "a/b", "a"), ("a", "a/b/c", "a")])
def test_a_file_by_hand_in_the_way_of_what_is_built_is_named(
    tmp_path: Path, built: str, found: str, named: str
) -> None:
    with pytest.raises(UserError, match=f"{named}”, a file"):
        kinds(tmp_path, entries(built), {}, found)
