"""The output folder of a preview: it lasts as long as its process, and nobody else writes to it. So neither manifest
nor record is kept of it, and after a few edits it is not looked through."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from generator.pipeline.manifest import relative, walk
from generator.pipeline.request import FileCounts
from generator.pipeline.session import Overtaken
from generator.pipeline.stage_writer import Staged, StageWriter, path_of
from generator.pipeline.staged_files import StagedFiles, claimed_twice


class PrivateFolder(StagedFiles):
    """Stages one release after the other: `with folder.staging(…): folder.put(…); folder.commit()`. What is staged
    takes its place file by file."""

    def __init__(self, output: Path) -> None:
        super().__init__(output)
        self._standing: dict[str, str] = {}  # the paths that are claimed, by themselves in lower case
        self._dropped: set[str] = set()
        self._trusting = False

    @contextmanager
    def staging(self, trusting: bool) -> Iterator[PrivateFolder]:
        """Begins a release. `trusting`, files of the one before stay unless they are dropped, and are not looked at;
        else those stay that are kept, and whatever else lies in the folder goes."""
        self._trusting, self._dropped, self._written = trusting, set(), 0
        standing = self._standing
        if not trusting:
            self._standing = {}
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.output.parent) as stage:
            self._writer = StageWriter(str(self.output) if self.output.exists() else "", stage)
            try:
                yield self
            except Overtaken:  # before anything took its place
                self._standing = standing
                raise

    def holds(self, path: str) -> bool:
        return path.lower() in self._standing

    def claim(self, staged: Staged) -> None:
        for line in staged.lines:
            path = path_of(line)
            if self._standing.setdefault(path.lower(), path) is not path:
                raise claimed_twice(path)
        self._written += staged.written

    def keep(self, lines: Sequence[str]) -> bool:
        return self.stand(lines) if self._trusting else super().keep(lines)

    def drop(self, lines: Iterable[str]) -> None:
        for path in map(path_of, lines):
            self._dropped.add(path)
            self._standing.pop(path.lower(), None)

    def believe(self, release: str) -> None:
        self._believed = True  # the records are those of this process

    def commit(self) -> FileCounts:
        """Puts what is staged in its place."""
        self.claim(self._writer.take())
        tree = self._writer.tree
        put = [relative(item.path, tree) for item in walk(tree)] if os.path.isdir(tree) else []
        gone = [path for path in self._others() if self._standing.get(path.lower()) != path]
        delete(self.output, gone)
        if self.output.exists():
            move_in(tree, self.output, put)
        else:
            os.rename(tree, self.output)
        self.changed = frozenset((*put, *gone))
        return FileCounts(self._written, len(self._standing) - self._written, len(gone))

    def _others(self) -> Iterable[str]:
        """Yields the paths of what lies in the folder and may have to go."""
        if self._trusting:
            return self._dropped
        return [relative(item.path, self.output) for item in walk(self.output)] if self.output.exists() else []


def delete(output: Path, paths: Iterable[str]) -> None:
    """Deletes files, and folders that are left empty."""
    for path in paths:
        (output / path).unlink(missing_ok=True)
        for parent in PurePosixPath(path).parents[:-1]:
            with suppress(OSError):  # not empty
                (output / parent).rmdir()


def move_in(tree: str, output: Path, paths: Iterable[str]) -> None:
    """Moves staged files into the output, each in one step."""
    for path in paths:
        os.makedirs(os.path.dirname(f"{output}/{path}"), exist_ok=True)
        os.replace(f"{tree}/{path}", f"{output}/{path}")
