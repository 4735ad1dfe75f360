"""Opens the target that a destination of site.yaml names."""

from __future__ import annotations

import getpass
import hashlib
import platform
import uuid
from collections.abc import Sequence
from pathlib import Path

from generator.collection.destinations import FOLDER, FRAGMENTS, KEPT, RSYNC, S3, SFTP, ZIP, Destination
from generator.collection.target_folders import local_folder, refused_here
from generator.finding import Message, UserError, did_you_mean
from generator.targets.disk import Disk
from generator.targets.local_disk import LocalDisk
from generator.targets.local_store import LocalStore
from generator.targets.ordered import OrderedTarget, Store
from generator.targets.pointer import PointerTarget
from generator.targets.target import Target


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


def open_target(destination: Destination, content: Path, output: Path | None = None) -> Target:
    """Opens a target; local folders are relative to the folder that holds the content folder. Raises UserError, also
    for a folder that no section may be published to; `output` is where the section was built."""
    if (refused := refused_here(destination, content, output)) is not None:
        raise UserError(refused)
    folder = local_folder(destination, content)
    if destination.way == FOLDER:
        return PointerTarget(LocalDisk(folder, draft_name(content)), destination.number("保留", KEPT))
    if destination.way == ZIP:
        from generator.targets.zip_file import ZipTarget

        return ZipTarget(folder)
    if destination.way in (SFTP, RSYNC):
        return PointerTarget(_server(destination, content), destination.number("保留", KEPT))
    if destination.way == FRAGMENTS:
        return OrderedTarget(LocalStore(folder))
    if destination.way == S3:
        return OrderedTarget(_bucket(destination))
    raise AssertionError(destination.way)  # `check_destinations` knows no other


def _server(destination: Destination, content: Path) -> Disk:
    from generator.targets.ssh import account_of

    account, draft = account_of(destination, content.absolute().parent), draft_name(content)
    if destination.way == RSYNC:
        from generator.targets.rsync_disk import RsyncDisk

        return RsyncDisk(account, draft)
    try:
        from generator.targets.sftp_disk import SftpDisk
    except ModuleNotFoundError:
        raise _not_installed("asyncssh") from None
    return SftpDisk(account, draft)


def _bucket(destination: Destination) -> Store:
    try:
        from generator.targets.s3_store import S3Store
    except ModuleNotFoundError:
        raise _not_installed("boto3") from None
    return S3Store(destination)


def _not_installed(library: str) -> UserError:
    return UserError(
        Message(
            f"没有安装 {library}：请运行 pip install 'nianbao[publish]'",
            f"{library} is not installed: pip install 'nianbao[publish]'",
        )
    )


def draft_name(content: Path) -> str:
    """A hidden name for a release in the making that nobody else uses: of this computer, user and content folder."""
    parts = (platform.node(), uuid.getnode(), getpass.getuser(), str(content.resolve()))
    return f".draft-{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"
