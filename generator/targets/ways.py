"""Opens the target that a destination of site.yaml names."""

from __future__ import annotations

import getpass
import hashlib
import platform
import uuid
from collections.abc import Sequence
from pathlib import Path

from generator.collection.destinations import FOLDER, FRAGMENTS, KEPT, ZIP, Destination
from generator.finding import Message, UserError, did_you_mean
from generator.targets.local_disk import LocalDisk
from generator.targets.local_store import LocalStore
from generator.targets.ordered import OrderedTarget
from generator.targets.pointer import PointerTarget
from generator.targets.target import Target
from generator.targets.zip_file import ZipTarget


def choose(destinations: Sequence[Destination], name: str) -> Destination:
    """Finds a destination by its name, which may be left out where there is only one. Raises UserError."""
    names = [item.name for item in destinations]
    if not destinations:
        raise UserError(
            Message(
                "site.yaml 里没有“发布”：请写明发布到哪里，如 发布: {本机: {方式: 目录, 目录: 发布}}",
                "site.yaml has no 发布: say where to publish, e.g. 发布: {本机: {方式: 目录, 目录: 发布}}",
            )
        )
    if not name and len(destinations) == 1:
        return destinations[0]
    found = next((item for item in destinations if item.name == name), None)
    if found is None:
        hint, listed = did_you_mean(name, names), "、".join(names)
        raise UserError(
            Message(
                f"没有叫“{name}”的发布目标{hint.zh}；site.yaml 里有：{listed}" if name else f"请写明发布目标：{listed}",
                f"no target “{name}”{hint.en}; site.yaml has: {', '.join(names)}"
                if name
                else f"name the target: {', '.join(names)}",
            )
        )
    return found


def open_target(destination: Destination, content: Path) -> Target:
    """Opens a target; local folders are relative to the folder that holds the content folder. Raises UserError."""
    folder = content.absolute().parent / destination.text("目录")
    if destination.way == FOLDER:
        return PointerTarget(LocalDisk(folder, draft_name(content)), destination.number("保留", KEPT))
    if destination.way == ZIP:
        return ZipTarget(folder)
    if destination.way == FRAGMENTS:
        return OrderedTarget(LocalStore(folder))
    raise UserError(Message(f"还不能用方式“{destination.way}”", f"way “{destination.way}” is not available"))


def draft_name(content: Path) -> str:
    """A hidden name for a release in the making that nobody else uses: of this computer, user and content folder."""
    parts = (platform.node(), uuid.getnode(), getpass.getuser(), str(content.resolve()))
    return f".draft-{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"
