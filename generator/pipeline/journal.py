"""Puts a staged release in the place of the published one, and completes what a killed run left half done.

Either the whole folder changes places with the staged one in one step, or, for few changes, single files are renamed
into it: downloads and assets first, then pages, listings after what they lead to, deletions last, so that no reader
meets half a file or a dead link. A journal beside the output is the point of no return: it is written when everything
else is ready and flushed to the disk, and deleted when the release stands with its manifest and record. Each step may
be repeated, so a later run can do all of them again.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from generator.pipeline.flush import below, flush
from generator.pipeline.interrupts import no_return
from generator.pipeline.layout import Layout
from generator.pipeline.plain_files import read_plain


def publish_whole(layout: Layout, durable: bool = True, back: bool = False) -> bool:
    """Puts the staged tree in the place of the output; manifest, record and the release before are staged beside it.
    False where the system cannot do it in one step, so that for a moment there was no output folder. `back` notes that
    this returns to the release before."""
    with no_return():
        _write_journal(layout, {"tree": os.stat(layout.tree).st_ino, "back": back}, durable)
        try:
            one_step = _switch(layout)
        except OSError:
            layout.journal.unlink()
            raise
        _finish(layout, [], durable)
    return one_step


def publish_files(
    layout: Layout, put: Sequence[str], remove: Sequence[str], durable: bool = True, back: bool = False
) -> None:
    """Renames staged files into the output one by one, in `order`, then deletes others from it; `back` notes that this
    returns to the release before."""
    journal = {"put": order(put, layout.output), "remove": sorted(remove), "back": back}
    with no_return():
        _write_journal(layout, journal, durable)
        _finish(layout, _rename_and_delete(layout, journal), durable)


def recover(layout: Layout) -> bool:
    """Completes or undoes what a killed run left, under the lock. True where it completed the way back to the release
    before, which a command that was to go back must not go once more."""
    if layout.old.exists() and not layout.output.exists():
        os.rename(layout.old, layout.output)
    journal = _read_journal(layout)
    completes = True
    if "put" in journal:
        _finish(layout, _rename_and_delete(layout, journal), True)
    elif "tree" in journal and (not layout.tree.exists() or _inode(layout.output) == journal["tree"]):
        _finish(layout, [], True)
    else:
        completes = False
    layout.journal.unlink(missing_ok=True)
    discard(layout)
    return completes and journal.get("back") is True


def discard(layout: Layout) -> None:
    """Deletes what was staged, and an output folder put aside for a new one, unless no new one stands."""
    shutil.rmtree(layout.stage, ignore_errors=True)
    if layout.output.exists():
        shutil.rmtree(layout.old, ignore_errors=True)


def order(paths: Sequence[str], output: Path) -> list[str]:
    """Orders files so that each is in place before what leads to it: downloads and assets, new pages, which nothing
    leads to yet, report pages, then listings, the home page and the site map last."""

    def rank(path: str) -> tuple[int, bool, str]:
        if not path.endswith(".html"):
            return (5 if path == "sitemap.xml" else 0), path.endswith("datapackage.json"), path
        if not (output / path).exists():
            return 1, False, path
        depth = path.count("/")
        return (2 if depth > 1 and not path.startswith("organs/") else 3 if depth else 4), False, path

    return sorted(paths, key=rank)


def _rename_and_delete(layout: Layout, journal: dict[str, Any]) -> list[Path]:
    """Carries out a journal of single files, from wherever it was left; returns the folders that changed."""
    folders: set[Path] = set()
    for path in journal["put"]:
        staged, target = layout.tree / path, layout.output / path
        if staged.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
        folders.update(layout.output / parent for parent in PurePosixPath(path).parents)
    for path in journal["remove"]:
        (layout.output / path).unlink(missing_ok=True)
        for parent in PurePosixPath(path).parents[:-1]:
            with suppress(OSError):  # not empty
                (layout.output / parent).rmdir()
            folders.add(layout.output / parent)
    return [layout.output, *folders]


def _finish(layout: Layout, changed: Sequence[Path], durable: bool) -> None:
    """Brings manifest, record and the release before in line with the new output."""
    if layout.new_previous.exists():
        aside = layout.old if layout.old.exists() else layout.tree
        if not changed and aside.exists():
            os.rename(aside, layout.new_previous / "site")
        shutil.rmtree(layout.previous, ignore_errors=True)
        os.rename(layout.new_previous, layout.previous)
    for staged, place in ((layout.new_manifest, layout.manifest), (layout.new_record, layout.record)):
        if staged.exists():
            os.replace(staged, place)
    if durable:
        flush([*changed, layout.output.parent])
    layout.journal.unlink(missing_ok=True)
    discard(layout)


def _inode(path: Path) -> int:
    return os.stat(path).st_ino if path.exists() else 0


def _write_journal(layout: Layout, journal: dict[str, Any], durable: bool) -> None:
    draft = layout.stage / "journal"
    draft.write_text(json.dumps(journal), encoding="utf-8")
    if durable:
        flush([*below(layout.stage), layout.output.parent])
    os.replace(draft, layout.journal)
    if durable:
        flush([layout.output.parent])


def _read_journal(layout: Layout) -> dict[str, Any]:
    """The journal of a run that was killed; empty where there is none, or none that such a run can have written."""
    try:
        journal = json.loads(read_plain(layout.journal))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(journal, dict):
        return {}
    if "put" in journal and not (_inside(journal["put"]) and _inside(journal.get("remove"))):
        return {}
    return journal


def _inside(paths: object) -> bool:
    """Tells whether these are paths that stay inside a folder."""
    return isinstance(paths, list) and all(
        isinstance(path, str) and not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts
        for path in paths
    )


def _switch(layout: Layout) -> bool:
    """Exchanges two folders in one step where the system can, else by two renames, which `recover` undoes if killed;
    then it returns False."""
    if not layout.output.exists():
        os.rename(layout.tree, layout.output)
        return True
    if sys.platform.startswith("linux") and _renameat2(layout.tree, layout.output):
        return True
    os.rename(layout.output, layout.old)
    try:
        os.rename(layout.tree, layout.output)
    except OSError:
        os.rename(layout.old, layout.output)
        raise
    return False


def _renameat2(first: Path, second: Path) -> bool:
    exchange, here = 2, -100
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)
