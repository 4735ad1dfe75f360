"""Puts a staged release in the place of the published one, and completes what a killed run left half done.

A journal beside the output is the point of no return: it is written when everything else is ready, and deleted when
the release stands with its manifest and record. Each step may be repeated, so a later run can do all of them again.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from pathlib import Path

from generator.pipeline.layout import Layout
from generator.pipeline.plain_files import read_plain


def publish(layout: Layout) -> None:
    """Puts the whole staged tree in the place of the output; manifest, record and the release before are staged
    beside it."""
    _write_journal(layout, {"tree": os.stat(layout.tree).st_ino})
    try:
        _switch(layout)
    except OSError:
        layout.journal.unlink()
        raise
    _finish(layout)


def recover(layout: Layout) -> None:
    """Completes or undoes what a killed run left, under the lock."""
    if layout.old.exists() and not layout.output.exists():
        os.rename(layout.old, layout.output)
    journal = _read_journal(layout)
    if journal and (not layout.tree.exists() or _inode(layout.output) == journal.get("tree")):
        _finish(layout)
    layout.journal.unlink(missing_ok=True)
    discard(layout)


def discard(layout: Layout) -> None:
    """Deletes what was staged, and an output folder put aside for a new one."""
    for folder in (layout.stage, layout.old):
        shutil.rmtree(folder, ignore_errors=True)


def _finish(layout: Layout) -> None:
    """Brings manifest, record and the release before in line with the new output."""
    if layout.new_previous.exists():
        aside = layout.old if layout.old.exists() else layout.tree
        if aside.exists():
            os.rename(aside, layout.new_previous / "site")
        shutil.rmtree(layout.previous, ignore_errors=True)
        os.rename(layout.new_previous, layout.previous)
    for staged, place in ((layout.new_manifest, layout.manifest), (layout.new_record, layout.record)):
        if staged.exists():
            os.replace(staged, place)
    layout.journal.unlink(missing_ok=True)
    discard(layout)


def _inode(path: Path) -> int:
    return os.stat(path).st_ino if path.exists() else 0


def _write_journal(layout: Layout, journal: dict[str, object]) -> None:
    draft = layout.stage / "journal"
    draft.write_text(json.dumps(journal), encoding="utf-8")
    os.replace(draft, layout.journal)


def _read_journal(layout: Layout) -> dict[str, object]:
    """The journal of a run that was killed; empty where there is none."""
    try:
        journal = json.loads(read_plain(layout.journal))
    except (OSError, ValueError):
        return {}
    return journal if isinstance(journal, dict) else {}


def _switch(layout: Layout) -> None:
    """Exchanges two folders in one step where the system can, else by two renames, which `recover` undoes if killed."""
    if not layout.output.exists():
        os.rename(layout.tree, layout.output)
        return
    if sys.platform.startswith("linux") and _renameat2(layout.tree, layout.output):
        return
    os.rename(layout.output, layout.old)
    try:
        os.rename(layout.tree, layout.output)
    except OSError:
        os.rename(layout.old, layout.output)
        raise


def _renameat2(first: Path, second: Path) -> bool:
    exchange, here = 2, -100
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)
