"""Reads the two files at the top of the content folder, site.yaml and organs.yaml: all that publishing needs of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from generator import limits
from generator.collection.settings import Settings, read_settings
from generator.collection.settings_checks import check_settings
from generator.collection.target_folders import check_target_folders
from generator.finding import Finding, Message, UserError
from generator.yaml_source.reader import read


class Site(NamedTuple):
    """A content folder as far as these files tell of it, and what is wrong with them."""

    content: Path
    base_url: str
    settings: Settings
    findings: list[Finding]


def open_site(content: Path, base_url: str = "") -> Site:
    """Opens a content folder without looking at its reports. Raises UserError where it has no site.yaml."""
    return Site(content, base_url, *read_site(content, base_url))


def read_site(content: Path, base_url: str = "", required: bool = True) -> tuple[Settings, list[Finding]]:
    """Reads site.yaml and organs.yaml. Raises UserError when the folder has no site.yaml and that is `required`."""
    data = _settings_file(content / "site.yaml", limits.TEXT_BYTES)
    if data is None:
        if not required:
            return read_settings(None, None, base_url), []
        raise UserError(
            Message(
                f"“{content}”中没有 site.yaml；请用 --content 指明内容文件夹",
                f"no site.yaml in “{content}”; name the content folder with --content",
            )
        )
    site, findings = read(data, "site.yaml")
    listed = _settings_file(content / "organs.yaml", limits.REGISTER_BYTES)
    organs, more = read(listed, "organs.yaml", limits.REGISTER_BYTES) if listed is not None else (None, [])
    settings = read_settings(site, organs, base_url)
    if site is None or (organs is None and more):  # a file that cannot be read says nothing of what it lacks
        return settings, [*findings, *more]
    said = check_settings(settings, site, "site.yaml")
    return settings, [*findings, *more, *said, *check_target_folders(settings.destinations, site, "site.yaml", content)]


def _settings_file(path: Path, most: int) -> bytes | None:
    """Reads site.yaml or organs.yaml, up to `most` bytes and one; None where there is none. Raises UserError where
    something else has its name."""
    if path.is_file():
        with path.open("rb") as opened:
            return opened.read(most + 1)  # more than that is refused as too large
    if not os.path.lexists(path):
        return None
    raise UserError(
        Message(
            f"“{path}”不是普通文件（是文件夹、断了的链接、管道或设备）：请换成文件",
            f"“{path}” is no plain file (a folder, broken link, pipe or device): put a file in its place",
        )
    )
