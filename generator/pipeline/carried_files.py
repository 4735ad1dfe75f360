"""Tells which files of the published section stay in the next release besides those that the build makes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.finding import Message, UserError
from generator.pipeline.build_record import OLD_RECORD
from generator.pipeline.manifest import CARRIED, EARLIER, Entry, measure
from generator.pipeline.many_files import folders_of

# The hash in the name of an asset, which stands before its ending.
_HASH = re.compile(r"\.[0-9a-f]{8}\.(?=[a-z0-9]+$)")


def is_asset(path: str) -> bool:
    """Tells whether the name of a file holds a hash, as those of assets do."""
    return _HASH.search(path) is not None


@dataclass
class Assets:
    """The hashed assets of a release (paths) and of the one before (by path)."""

    now: set[str] = field(default_factory=set)
    before: dict[str, Entry] = field(default_factory=dict)

    def earlier(self) -> set[str]:
        """Chooses the assets that the release before last changed: who opened a page before still gets its style
        sheet. They stay until the assets change again."""
        then = {path for path, entry in self.before.items() if not entry.kind}
        if then != self.now:
            return then - self.now
        return {path for path, entry in self.before.items() if entry.kind == EARLIER}


def staying(assets: Assets, gone: Container[str], output: Path, found: Iterable[str]) -> list[Entry]:
    """Finds what stays besides what this build made: the assets that pages of the release before ask for, and what no
    build made (.gitignore, web.config, a file put there by hand), which belongs to the user.

    `gone` are the paths of the release before that are not built any more, `found` is what lies in `output` now
    besides the files of this build."""
    earlier = assets.earlier()
    # earlier versions are recognised by name too: the record of an older program may not be readable
    hashed = {_HASH.sub(".", path) for path in assets.now | assets.before.keys()}
    stay, carried = [], []
    for path in found:
        if path in earlier:
            stay.append(assets.before[path]._replace(kind=EARLIER))
            continue
        ours = path in gone or path == OLD_RECORD.as_posix()
        if not ours and not (is_asset(path) and _HASH.sub(".", path) in hashed):
            carried.append(path)
    return [*stay, *(Entry(path, *measure(f"{output}/{path}"), CARRIED) for path in carried)]


def refuse_in_the_way(stay: Iterable[Entry], built: Iterable[str], output: Path) -> None:
    """Refuses a file or link put by hand where the build, whose paths are `built`, needs a folder, and a folder where
    it needs a file. Raises UserError."""
    carried = {entry.path for entry in stay if entry.kind == CARRIED}
    if not carried:
        return
    over = folders_of(carried)
    for path in built:
        in_the_way = path if path in over else next((place for place in _parents(path) if place in carried), "")
        if in_the_way:
            place = output / in_the_way
            raise UserError(
                Message(
                    f"“{place}”挡住了要生成的文件（是另外放进去的文件、链接或文件夹）：请移走它，再运行一次",
                    f"“{place}”, a file, link or folder put there by hand, is in the way of what is to be built: "
                    "move it away and run this again",
                )
            )


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
