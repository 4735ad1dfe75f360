"""Which target is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.targets.pointer import PointerTarget
from generator.targets.ways import choose, draft_name, open_target
from generator.targets.zip_file import ZipTarget

HERE, PACKED = Destination("本机", "目录", {"目录": "www"}), Destination("上传包", "zip", {"目录": "上传"})


def test_the_name_may_be_left_out_where_there_is_one_target() -> None:
    assert choose([HERE], "") is HERE and choose([HERE, PACKED], "上传包") is PACKED
    for names, name, text in (
        ([], "", "has no 发布"),
        ([HERE, PACKED], "", "name the target"),
        ([HERE], "本地", "no target"),
    ):
        with pytest.raises(UserError, match=text):
            choose(names, name)


def test_each_way_opens_its_target_beside_the_content_folder(tmp_path: Path) -> None:
    assert isinstance(open_target(HERE, tmp_path / "content"), PointerTarget)
    target = open_target(PACKED, tmp_path / "content")
    assert isinstance(target, ZipTarget) and target._file("x") == tmp_path / "上传/nianbao-x.zip"


def test_a_release_in_the_making_is_hidden_and_bears_a_name_of_its_own(tmp_path: Path) -> None:
    names = {draft_name(tmp_path / "a"), draft_name(tmp_path / "b")}
    assert len(names) == 2 and all(name.startswith(".draft-") for name in names)
    assert draft_name(tmp_path / "a") in names
