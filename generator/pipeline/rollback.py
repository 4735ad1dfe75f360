"""Returns a section to the release before. What is left becomes the release before in its turn."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from generator.finding import Message, UserError
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import Entry, measure, open_manifest
from generator.pipeline.output_folder import Stage, link_or_copy
from generator.pipeline.request import FileCounts
from generator.pipeline.stage_writer import Staged, staged_line


class Returned(NamedTuple):
    """Says from which release to which a section went, when the latter was published (local time as text), and the
    files."""

    left: str
    release: str
    published: str
    files: FileCounts


def roll_back(output: Path, durable: bool = True, whole: bool = False) -> Returned:
    """Publishes the release before again. Raises UserError where there is none or a file of it has changed since;
    nothing is touched then. Files put there by hand stay as they are. Where an earlier call died on the way, this
    completes it and goes no further."""
    with Stage(output, durable, whole) as stage:
        previous = open_manifest(stage.layout.previous_manifest)
        if previous is None or stage.published is None:
            raise UserError(
                Message(
                    f"“{output}”没有可以回到的上一版：只留着紧挨着的上一版，第一次生成之后还没有",
                    f"there is no release of “{output}” to return to: only the one before the last change is kept, and "
                    "after a first build there is none",
                )
            )
        if stage.went_back:
            files = FileCounts(0, stage.published.files, 0)
            return Returned(previous.release, stage.published.release, _time_of(stage.layout.manifest), files)
        then = _time_of(stage.layout.previous_manifest)
        made: set[str] = set()
        for entry in previous.entries():
            if not entry.kind:
                stage.claim(_restored(stage.layout, entry, made))
        files = stage.commit("", [], "", back=True)
        return Returned(stage.published.release, previous.release, then, files)


def _time_of(manifest: Path) -> str:
    """Tells when a release was published."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(os.stat(manifest).st_mtime))


def _restored(layout: Layout, entry: Entry, made: set[str]) -> Staged:
    """Stages one file of the release before, from the published section where it is the same there."""
    for folder in (layout.output, layout.previous_tree):
        source = f"{folder}/{entry.path}"
        try:
            found = measure(source)
        except OSError:
            continue
        if found == (entry.size, entry.sha256):
            line = staged_line(os.lstat(source).st_mtime_ns, entry)
            if folder is layout.output:
                return Staged([line], 0)
            link_or_copy(source, f"{layout.tree}/{entry.path}", made)
            return Staged([line], 1)
    raise UserError(
        Message(
            f"上一版的“{entry.path}”已被改动或不在了，不能回到上一版；请用备份，或改好内容再生成",
            f"“{entry.path}” of the release before has changed or is gone: cannot return to it. Use a backup, or mend "
            "the content and build again",
        )
    )
