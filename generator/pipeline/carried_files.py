"""Tells which files of the published section stay in the next release besides those that the build makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from generator.finding import Message, UserError
from generator.pipeline.build_record import OLD_RECORD
from generator.pipeline.manifest import CARRIED, EARLIER, Entry, measure
from generator.pipeline.many_files import folders_of

# The hash in the name of an asset, which stands before its ending.
_HASH = re.compile(r"\.[0-9a-f]{8}\.(?=[a-z0-9]+$)")


def staying(built: Mapping[str, Entry], before: Mapping[str, Entry], output: Path, found: Sequence[str]) -> list[Entry]:
    """Finds what stays besides what this build made: the assets that pages of the release before ask for, and what no
    build made (.gitignore, web.config, a file put there by hand), which belongs to the user.

    `built` and `before` are the files of this build and of the release before by path, `found` is what else lies in
    `output` now. Raises UserError where a file put there by hand is in the way of what is built."""
    earlier = _earlier(built, before)
    # earlier versions are recognised by name too: the record of an older program may not be readable
    hashed = {_HASH.sub(".", path) for path in built.keys() | before.keys() if _HASH.search(path)}
    stay, carried = [], []
    for path in found:
        if path in earlier:
            stay.append(before[path]._replace(kind=EARLIER))
            continue
        ours = path in built or path in before or path == OLD_RECORD.as_posix()
        if not ours and not (_HASH.search(path) and _HASH.sub(".", path) in hashed):
            carried.append(path)
    _refuse_in_the_way(carried, built, output)
    return [*stay, *(Entry(path, *measure(f"{output}/{path}"), CARRIED) for path in carried)]


def _earlier(built: Mapping[str, Entry], before: Mapping[str, Entry]) -> set[str]:
    """Chooses the hashed assets that the release before last changed: who opened a page before still gets its style
    sheet. They stay until the assets change again."""
    assets = {path for path in built if _HASH.search(path)}
    then = {path for path, entry in before.items() if _HASH.search(path) and not entry.kind}
    if then != assets:
        return then - assets
    return {path for path, entry in before.items() if entry.kind == EARLIER}


def _refuse_in_the_way(carried: Sequence[str], built: Mapping[str, Entry], output: Path) -> None:
    """Refuses a file or link put by hand where the build needs a folder, and a folder where it needs a file."""
    if not carried:
        return
    folders = folders_of(built)
    for path in carried:
        over = [str(parent) for parent in PurePosixPath(path).parents if str(parent) in built]
        if path in folders or over:
            place = output / (over[0] if over else path)
            raise UserError(
                Message(
                    f"“{place}”挡住了要生成的文件（是另外放进去的文件、链接或文件夹）：请移走它，再运行一次",
                    f"“{place}”, a file, link or folder put there by hand, is in the way of what is to be built: "
                    "move it away and run this again",
                )
            )
