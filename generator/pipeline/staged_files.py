"""Holds what a release in the making consists of: files staged beside the output folder, and published ones that stay
as they are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.finding import Message, UserError
from generator.pipeline.stage_writer import Staged, StageWriter, path_of


class StagedFiles:
    """The files of one release of `output`. `changed` are the paths that putting it in place wrote or removed, where
    they are counted one by one; `released` names it."""

    _writer: StageWriter

    def __init__(self, output: Path) -> None:
        self.output = output
        self.changed: frozenset[str] = frozenset()
        self.released = ""
        self._believed = False
        self._written = 0

    def writer(self) -> StageWriter:
        return self._writer

    def put(self, path: str, data: bytes) -> None:
        self._writer.put(path, data)

    def read(self, path: str) -> bytes:
        """Returns a staged file; one that is published already and equal is not written again, so it is read there."""
        with self._writer.open(path) as file:
            return file.read()

    def read_published(self, path: str) -> bytes:
        """Returns a file of the published section."""
        return (self.output / path).read_bytes()

    def holds(self, path: str) -> bool:
        """Tells whether a file is staged, whatever the case of its letters."""
        raise NotImplementedError

    def claim(self, staged: Staged) -> None:
        """Registers what a writer staged; the same path twice, even if only letter case differs, is an error, which
        may show when all is put in its place."""
        raise NotImplementedError

    def keep(self, lines: Sequence[str]) -> bool:
        """Stages files as they are published, by their lines of `Staged`, without reading them. False, and nothing
        staged, unless each was published with this very hash and stands there with the time and size it had then: else
        draw them again."""
        stand = self.stand(lines)
        if stand:
            self.claim(Staged(list(lines), 0))
        return stand

    def drop(self, lines: Iterable[str]) -> None:
        """Gives up files that were to stay; here nothing stays that is not claimed."""

    def stand(self, lines: Sequence[str]) -> bool:
        """Tells whether files could be kept."""
        return all(map(self._as_published, lines))

    def believe(self, release: str) -> None:
        """Takes the word of the records for what was published, where they belong to the release that stands here."""
        raise NotImplementedError

    def go_on(self) -> frozenset[str] | None:
        """Lets all files of the published release stay that are not dropped; returns the paths of those that do not
        stand, which are to be made again, or None where all files have to be kept by their lines."""
        return None

    def _as_published(self, line: str) -> bool:
        """Tells whether a file stands as it was published: as this line of `Staged` says and the record does."""
        path = path_of(line)
        if not self._believed and not self._recorded(path, line):
            return False
        try:
            status = os.lstat(f"{self.output}/{path}")
        except OSError:
            return False
        return stat.S_ISREG(status.st_mode) and line.startswith(f"{status.st_mtime_ns} {status.st_size} ")

    def _recorded(self, path: str, line: str) -> bool:
        """Tells whether a file was published as its line says, where the records are not believed."""
        return False


def claimed_twice(path: str) -> UserError:
    return UserError(Message(f"两个页面都要写“{path}”", f"two pages want the path “{path}”"))
