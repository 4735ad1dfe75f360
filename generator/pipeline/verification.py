"""Compares a built section with its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.finding import NIANBAO, Message, UserError
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import Differences, Manifest, differences, load_manifest, measure_folder


class Verified(NamedTuple):
    """Holds the manifest a folder was compared with, and how the folder differs from it."""

    manifest: Manifest
    differences: Differences

    @property
    def equal(self) -> bool:
        return not any(self.differences)


def verify_folder(folder: Path, manifest_file: Path | None = None) -> Verified:
    """Compares every file of a folder by size and hash with the manifest beside it, or with another one.

    Raises UserError where there is no folder, no whole manifest, or the section is being changed."""
    layout = Layout(folder)
    source = manifest_file or layout.manifest
    manifest = load_manifest(source)
    if manifest is None or not layout.output.is_dir():
        what = f"“{source}”" if manifest is None else f"“{folder}”"
        raise UserError(
            Message(
                f"找不到栏目或它的清单（{what}）：清单在栏目旁边，由 build 写成；核对拷走的栏目用 --manifest 指明",
                f"no section or no whole manifest of it ({what}): build writes it beside the section; name it with "
                "--manifest for a copy elsewhere",
            )
        )
    found = measure_folder(layout.output)
    if manifest_file is None and (layout.journal.exists() or load_manifest(source) != manifest):
        raise UserError(
            Message(
                f"“{folder}”正在换版，或上次换版中断了：请等它结束，或运行一次 {NIANBAO} build，再核对",
                f"“{folder}” is being renewed, or that was interrupted: wait, or run {NIANBAO} build, and verify again",
            )
        )
    return Verified(manifest, differences(manifest, found))
