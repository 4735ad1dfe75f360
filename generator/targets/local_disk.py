"""A folder of this computer, or of a server that is mounted here, as a target."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from generator.collection.file_lock import wait_for_lock
from generator.collection.safe_files import write_bytes
from generator.finding import Message, UserError
from generator.ledger.sums import FileSum, sum_file
from generator.targets.pointer import CURRENT
from generator.targets.target import Advance, Plan, changed_meanwhile

_LOCK = ".nianbao-lock"


class LocalDisk:
    """The folder is made when something is first published; `draft` names what is not public yet."""

    def __init__(self, root: Path, draft: str) -> None:
        self._root, self._draft = root, draft

    def read(self, path: str) -> bytes | None:
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        return {path: self.read(f"{folder}/{path}") for path in paths}

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self._root / folder))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(self, folder: str, below: str = "") -> Iterator[str]:
        with os.scandir(self._root / folder / below) as listing:
            items = sorted(listing, key=lambda item: item.name)
        for item in items:
            if item.is_dir(follow_symlinks=False):
                yield from self.walk(folder, f"{below}{item.name}/")
            else:
                yield below + item.name

    def sums(self, path: str) -> FileSum | None:
        try:
            return sum_file(self._root / path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def pointer(self) -> str:
        place = self._root / CURRENT
        if place.is_symlink():
            return os.readlink(place).replace(os.sep, "/").rstrip("/")
        if place.exists():
            raise UserError(
                Message(
                    f"“{place}”不是 nianbao 的指针（不是符号链接）：请移走它，或换一个空文件夹",
                    f"“{place}” is not nianbao's pointer (no symbolic link): move it away or name an empty folder",
                )
            )
        return ""

    def assemble(self, folder: str, base: str, plan: Plan, advance: Advance) -> None:
        new, old, made = str(self._root / folder), str(self._root / base), set[str]()
        os.makedirs(new)
        for path in plan.kept:
            target = _place(new, path, made)
            try:
                os.link(f"{old}/{path}", target)
            except FileNotFoundError:
                raise
            except OSError:  # a file system without hard links
                shutil.copy2(f"{old}/{path}", target)
        for path in plan.changed:
            target = _place(new, path, made)
            shutil.copyfile(plan.source / path, target)
            shutil.copystat(plan.source / path, target)
            os.chmod(target, os.stat(target).st_mode | 0o444)  # the web server runs as somebody else
            advance(os.path.getsize(target))

    def link(self, old: str, new: str) -> None:
        target = self._root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.link(self._root / old, target)

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            target = self._root / folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, data)

    def remove(self, folder: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self._root / folder)

    def switch(self, draft: str, new: str, before: str) -> bool:
        with open(self._root / _LOCK, "ab") as file:
            wait_for_lock(file)
            if self.pointer() != before:
                if draft:
                    self.remove(draft)
                raise changed_meanwhile()
            if draft:
                self.remove(new)  # one that a killed publisher left, never public
                os.rename(self._root / draft, self._root / new)
            self._point(new)
        return True

    def _point(self, to: str) -> None:
        draft = self._root / f".{CURRENT}.{self._draft.strip('.')}"
        draft.unlink(missing_ok=True)
        os.symlink(to, draft, target_is_directory=True)
        os.replace(draft, self._root / CURRENT)

    def draft(self) -> str:
        return self._draft

    def close(self) -> None:
        """Nothing is open."""


def _place(root: str, path: str, made: set[str]) -> str:
    target = f"{root}/{path}"
    folder = target.rpartition("/")[0]
    if folder not in made:
        os.makedirs(folder, exist_ok=True)
        made.add(folder)
    return target
