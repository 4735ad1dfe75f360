"""A plain folder of this computer whose files are replaced one by one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from generator.collection.safe_files import write_bytes
from generator.ledger.sums import FileSum, sum_file
from generator.targets.local_disk import LocalDisk
from generator.targets.target import Advance


class LocalStore:
    """The folder is made when the first file is written; folders that become empty are removed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._disk = LocalDisk(root, "")

    def read(self, path: str) -> bytes | None:
        return self._disk.read(path)

    def paths(self) -> Iterator[str]:
        return self._disk.walk("") if self._root.is_dir() else iter(())

    def sums(self, path: str) -> FileSum | None:
        return sum_file(self._root / path) if (self._root / path).is_file() else None

    def bring(self, source: Path, paths: Sequence[str], advance: Advance, resuming: bool) -> None:
        for path in paths:
            self._bring(source / path, self._root / path)
            advance((source / path).stat().st_size)

    def _bring(self, source: Path, target: Path) -> None:
        draft = target.with_name(f".{target.name}.draft")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def write(self, path: str, data: bytes) -> None:
        (self._root / path).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(self._root / path, data)

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            target = self._root / path
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self._root:
                    break
                with suppress(OSError):  # not empty
                    folder.rmdir()

    def close(self) -> None:
        """Nothing is open."""
